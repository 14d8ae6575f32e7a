"""The table of columns: what each column of the tables means, for those who read no metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vesoc.releases import csvw
from vesoc.releases.columns import Column
from vesoc.releases.csvw import Table
from vesoc.releases.things import Things
from vesoc.words import LANGUAGES

_TITLES = MappingProxyType({"nl": "wat elke kolom betekent", "en": "what each column means"})
_COLUMNS = MappingProxyType(
    {
        "table": ("bestand", "file"),
        "column": ("kolom", "column"),
        "title_nl": ("titel (nl)", "title (nl)"),
        "title_en": ("titel (en)", "title (en)"),
        "meaning_nl": ("betekenis (nl)", "meaning (nl)"),
        "meaning_en": ("betekenis (en)", "meaning (en)"),
        "property": ("eigenschap (IRI)", "property (IRI)"),
        "several": ("kan meerdere waarden hebben", "may hold several values"),
        "values": ("bestand waarin de waarden staan", "file that the values stand in"),
    }
)
_KEY = ("table", "column")
NAMES = tuple(_COLUMNS)


def records(things: Things, tables: Mapping[str, list[Column]]) -> Iterator[list[str]]:
    """A row for each column of each table, in the order of the tables."""
    for slug, columns in tables.items():
        for column in columns:
            titles = [column.titles[language] for language in LANGUAGES]
            meanings = [things.definition(column.predicate, language) for language in LANGUAGES]
            several = "true" if column.many else "false"
            values = f"{column.table}.csv" if column.table else ""
            yield [f"{slug}.csv", column.name, *titles, *meanings, column.predicate, several, values]


def table(name: str) -> Table:
    """The table for the metadata; no statement is to be read from it."""
    columns = [
        csvw.plain(name, dict(zip(LANGUAGES, titles, strict=True)))
        | {"datatype": "boolean" if name == "several" else "string", "suppressOutput": True}
        for name, titles in _COLUMNS.items()
    ]
    return Table(name, _TITLES, {}, tuple(columns), _KEY, about="")
