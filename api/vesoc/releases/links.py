"""The table of links: which thing points to which, by which property, one link a row."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from vesoc.releases import csvw
from vesoc.releases.csvw import Table
from vesoc.releases.things import CLASSES, IRI, NESTED, Thing, Things
from vesoc.words import LANGUAGES

_TITLES = MappingProxyType({"nl": "alle verbanden tussen dingen", "en": "all links between things"})
_COLUMNS = MappingProxyType(
    {
        "from": ("van (IRI)", "from (IRI)"),
        "from_table": ("tabel van waaruit", "table of what it comes from"),
        "from_label_nl": ("van (nl)", "from (nl)"),
        "from_label_en": ("van (en)", "from (en)"),
        "property": ("eigenschap (IRI)", "property (IRI)"),
        "property_nl": ("eigenschap (nl)", "property (nl)"),
        "property_en": ("eigenschap (en)", "property (en)"),
        "to": ("naar (IRI)", "to (IRI)"),
        "to_table": ("tabel waarheen", "table of what it goes to"),
        "to_label_nl": ("naar (nl)", "to (nl)"),
        "to_label_en": ("naar (en)", "to (en)"),
    }
)
_KEY = ("from", "property", "to")
_PLACED = CLASSES["vesoc:Evidence"]
NAMES = tuple(_COLUMNS)


def records(things: Things) -> Iterator[list[str]]:
    """All links in the order of their IRIs; what the data knows nothing of has neither table nor label."""
    for subject, predicate, target in sorted(set(_links(things))):
        names = [things.term(predicate, language) for language in LANGUAGES]
        yield [*_end(things, subject), predicate, *names, *_end(things, target)]


def table(name: str) -> Table:
    """The table for the metadata: each row is a statement."""
    columns = [_column(name, titles) for name, titles in _COLUMNS.items()]
    return Table(name, _TITLES, {}, tuple(columns), _KEY, about=_KEY[0])


def _links(things: Things) -> Iterator[tuple[str, str, str]]:
    nested = {things.expanded(name) for name in NESTED}
    for thing in things.all.values():
        for told, values in thing.values.items():
            if told.kind == IRI and told.predicate not in nested:
                yield from ((_subject(thing, told.via), told.predicate, value) for value in values)


def _subject(thing: Thing, via: str) -> str:
    return next(values[0] for told, values in thing.values.items() if told.predicate == via) if via else thing.iri


def _end(things: Things, iri: str) -> list[str]:
    """One end of a link; a passage is named by its place in the texts, which is long and stands in its own table."""
    table = things.table_of.get(iri, "")
    labels = [things.label(iri, language) if table != _PLACED else "" for language in LANGUAGES]
    return [iri, table, *labels]


def _column(name: str, titles: tuple[str, str]) -> dict[str, Any]:
    described = csvw.plain(name, dict(zip(LANGUAGES, titles, strict=True)))
    described["datatype"] = "anyURI" if name in _KEY else "string"
    if name != "to":
        return described | {"suppressOutput": True}
    return described | {"propertyUrl": "{+property}", "valueUrl": "{+to}"}
