"""The texts of the pages: each has its Dutch, none is left over, and what they are filled with is the same."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from vesoc.catalogues import SOURCE_LANGUAGE, translation
from vesoc.reader import Reader
from vesoc.templating import day, euro, number, templates
from vesoc.words import LANGUAGES

PACKAGE = Path(__file__).resolve().parent.parent / "api" / "vesoc"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.xml", "jinja2")]
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "_kind": (1, 2), "_problem": None}
PLACE = re.compile(r"%\(\w+\)[sd]")


def extracted() -> set[str | tuple[str, ...]]:
    """The texts that templates and modules use."""
    found = extract_from_dir(PACKAGE, METHODS, {}, KEYWORDS)
    return {tuple(text) if isinstance(text, list) else text for _, _, text, _, _ in found}


def messages() -> dict[Any, tuple[Message, str]]:
    """The texts of the Dutch catalogues, with the file that has each; a text stands in one file."""
    found: dict[Any, tuple[Message, str]] = {}
    for file in sorted((PACKAGE / "locale" / "nl").glob("*.po")):
        for message in read_po(io.BytesIO(file.read_bytes())):
            if message.id:
                assert message.id not in found, f"{message.id!r} stands in {file.name} and {found[message.id][1]}"
                found[message.id] = (message, file.name)
    return found


def first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def test_every_text_has_its_dutch() -> None:
    known = {first(text) for text in messages()}
    texts = extracted()
    assert len(texts) > 100
    assert {text for text in texts if first(text) not in known} == set()


def test_no_text_is_left_over() -> None:
    used = {first(text) for text in extracted()}
    assert {(text, file) for text, (_, file) in messages().items() if first(text) not in used} == set()


def test_translations_are_whole() -> None:
    for text, (message, file) in messages().items():
        wanted = set(PLACE.findall(" ".join(text) if isinstance(text, tuple) else text))
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), (file, text)
        assert not message.fuzzy, (file, text)
        assert set(PLACE.findall(" ".join(strings))) <= wanted, (file, text)
        assert wanted <= set(PLACE.findall(strings[-1])), (file, text)


def test_texts_of_a_language_come_from_its_catalogues() -> None:
    assert translation("nl").gettext("Skip to content") == "Naar de inhoud"
    assert translation("nl").ngettext("measure", "measures", 2) == "maatregelen"
    assert translation(SOURCE_LANGUAGE).gettext("Skip to content") == "Skip to content"
    assert SOURCE_LANGUAGE in LANGUAGES


def test_variables_of_a_text_are_escaped() -> None:
    template = templates().from_string('{{ _("item %(number)s", number=name) }}')
    for language in LANGUAGES:
        assert template.render(language=language, name="<b>") == "item &lt;b&gt;"


@pytest.mark.parametrize(
    ("written", "nl", "en"),
    [
        ((euro, 190_000_000), "€ 190.000.000", "€190,000,000"),
        ((euro, "12.5"), "€ 12,50", "€12.50"),
        ((day, "2020-12-14"), "14 december 2020", "14 December 2020"),
        ((day, "2020"), "2020", "2020"),
        ((number, "7500"), "7.500", "7,500"),
    ],
)
def test_numbers_and_days_are_written_as_the_language_has_them(written: Any, nl: str, en: str) -> None:
    write, value = written
    assert [write(value, language).replace("\xa0", " ") for language in ("nl", "en")] == [nl, en]


def test_reader_travels() -> None:
    reader = Reader("en", "dark", "/doc/x?page=2")
    assert Reader.from_document(reader.document()) == reader
