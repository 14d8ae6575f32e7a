"""The templates of the pages, and how they write numbers, days and amounts."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vesoc import __version__
from vesoc.assets import static
from vesoc.catalogues import translation
from vesoc.reader import Reader

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemBytecodeCache

_LOCALES = MappingProxyType({"nl": "nl_BE", "en": "en_GB"})
_DIGITS = 40  # before or behind the point: a number with more stands as it was given


def render(template: str, reader: Reader, **values: Any) -> str:
    """A page or part of one, for a reader."""
    found = templates().get_template(template)
    return found.render(reader=reader, language=reader.language, version=__version__, **values)


@cache
def templates() -> Environment:
    """The environment of the templates, made when the first page is: most processes start without one."""
    from jinja2 import Environment, PackageLoader, pass_context

    environment = Environment(
        loader=PackageLoader("vesoc"),
        bytecode_cache=_compiled(),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(pass_context(_gettext), pass_context(_ngettext), newstyle=False)  # type: ignore[attr-defined]
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # ours are of that style, and know the language
    environment.globals["static"] = static
    filters = {"day": day, "day_of_reference": day_of_reference, "euro": euro, "number": number, "percent": percent}
    for name, write in filters.items():
        environment.filters[name] = pass_context(_in_language(write))
    return environment


def _compiled() -> FileSystemBytecodeCache | None:
    """The templates as earlier starts compiled them, among the temporary files; None where none can be kept there."""
    from jinja2 import FileSystemBytecodeCache

    with contextlib.suppress(OSError, RuntimeError):
        return FileSystemBytecodeCache()
    return None


def euro(amount: Decimal | int | str, language: str) -> str:
    """An amount in euro, without cents where there are none; a text that is no number as it stands."""
    from babel.numbers import format_currency

    value = _decimal(amount)
    if value is None:
        return str(amount)
    pattern = None if value % 1 else "¤ #,##0" if language == "nl" else "¤#,##0"
    return format_currency(value, "EUR", pattern, locale=_LOCALES[language], currency_digits=pattern is None)


def day(value: date | str, language: str) -> str:
    """A day in full; a text that is no ISO 8601 day as it stands."""
    from babel.dates import format_date

    try:
        found = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        return str(value)
    return format_date(found, "long", locale=_LOCALES[language])


def day_of_reference(value: date, language: str) -> str:
    """A day as APA has it in a reference: the year first."""
    from babel.dates import format_date

    return format_date(value, "y, d MMMM" if language == "nl" else "y, MMMM d", locale=_LOCALES[language])


def percent(share: Decimal, language: str) -> str:
    """A share as a percentage with one decimal at most."""
    from babel.numbers import format_percent

    return format_percent(share, "0.#\u00a0%" if language == "nl" else "0.#%", locale=_LOCALES[language])


def number(value: Decimal | float | str, language: str) -> str:
    """A number with the marks of the language; a text that is no number as it stands."""
    from babel.numbers import format_decimal

    found = _decimal(value)
    return str(value) if found is None else format_decimal(found, locale=_LOCALES[language])


def _decimal(value: Decimal | float | str) -> Decimal | None:
    """The number; None where it is none, or one that nobody could write out."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= _DIGITS else None


def _gettext(context: Any, text: str, **variables: Any) -> str:
    return _filled(context, translation(context["language"]).gettext(text), variables)


def _ngettext(context: Any, singular: str, plural: str, num: int, **variables: Any) -> str:
    text = translation(context["language"]).ngettext(singular, plural, num)
    return _filled(context, text, {"num": num, **variables})


def _filled(context: Any, text: str, variables: dict[str, Any]) -> str:
    """The text with its variables, escaped as the template escapes."""
    from markupsafe import Markup

    return (Markup(text) if context.eval_ctx.autoescape else text) % variables


def _in_language(write: Any) -> Any:
    def written(context: Any, value: Any) -> str:
        return str(write(value, context["language"]))

    return written
