"""The data as tables for people without RDF: one CSV a class, the links among all, and what each column means.

CSV as RFC 4180 has it: UTF-8, commas, CRLF, a header. Several values of a cell are parted by a vertical bar.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import Store

from vesoc.errors import VesocError
from vesoc.releases import csvw, dictionary, links
from vesoc.releases.columns import Column, Columns
from vesoc.releases.csvw import SEPARATOR, Table
from vesoc.releases.passages import Passages
from vesoc.releases.things import CLASSES, IRI, Thing, Things
from vesoc.words import LANGUAGES

METADATA = "csv-metadata.json"
LINKS = "links.csv"
DICTIONARY = "columns.csv"

# The tables that answer most questions: as many as a catalogue lists of one dataset.
MAIN = (
    "agreements.csv",
    "budget-lines.csv",
    "claims.csv",
    "goals.csv",
    "instruments.csv",
    LINKS,
    "measures.csv",
    "organisations.csv",
    "passages.csv",
    "target-groups.csv",
)
_TITLES = MappingProxyType({"nl": "De VESOC-kennisgraaf als tabellen", "en": "The VESOC knowledge graph as tables"})
Rows = Iterable[Iterable[str]]


def write(store: Store, base: str, folder: Path) -> list[tuple[str, int | None]]:
    """Write the tables of the named graphs of `store` and what describes them, the same bytes for the same data.

    Gives the names of the files, sorted, with the number of their records; None for the metadata. VesocError
    where a value among several of one cell holds the mark that parts them.
    """
    things = Things(store, base)
    passages, rows = Passages(things), things.rows
    columns = {slug: Columns(things, passages, found).all() for slug, found in rows.items()}
    counts: dict[str, int | None] = {
        f"{slug}.csv": _write(folder / f"{slug}.csv", (column.name for column in told), _records(told, rows[slug]))
        for slug, told in columns.items()
    }
    counts[LINKS] = _write(folder / LINKS, links.NAMES, links.records(things))
    counts[DICTIONARY] = _write(folder / DICTIONARY, dictionary.NAMES, dictionary.records(things, columns))
    described = [_table(things, slug, rows[slug], told) for slug, told in columns.items()]
    described = sorted([*described, links.table(LINKS), dictionary.table(DICTIONARY)], key=lambda table: table.name)
    text = json.dumps(csvw.document(_TITLES, described), ensure_ascii=False, indent=1)
    (folder / METADATA).write_text(f"{text}\n", encoding="utf-8")
    return sorted((counts | {METADATA: None}).items())


def _write(path: Path, header: Iterable[str], records: Rows) -> int:
    """Write one file; gives the number of its records."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        number = 0
        for number, record in enumerate(records, 1):  # noqa: B007
            writer.writerow(record)
    return number


def _records(columns: list[Column], rows: list[Thing]) -> Iterator[list[str]]:
    for thing in rows:
        yield [_cell(column, column.read(thing)) for column in columns]


def _cell(column: Column, values: list[str]) -> str:
    if len(values) > 1 and any(SEPARATOR in value for value in values):
        raise VesocError(
            f"{column.name}: a value holds {SEPARATOR}, which parts the values of a cell; write it otherwise"
        )
    return SEPARATOR.join(values)


def _table(things: Things, slug: str, rows: list[Thing], columns: list[Column]) -> Table:
    kind = next((things.expanded(name) for name, table in CLASSES.items() if table == slug), "")
    return Table(
        name=f"{slug}.csv",
        titles={language: things.term(kind, language) if kind else slug for language in LANGUAGES},
        descriptions={language: things.definition(kind, language) if kind else "" for language in LANGUAGES},
        columns=tuple(_column(things, column, columns) for column in columns),
        key=("iri",),
        types=tuple(sorted(set.intersection(*(thing.types for thing in rows)))),
        nested=tuple(_nested(rows, columns)),
        references=tuple(_references(columns)),
    )


def _column(things: Things, column: Column, columns: list[Column]) -> dict[str, Any]:
    definitions = {language: things.definition(column.predicate, language) for language in LANGUAGES}
    via = column.field.via if column.field else ""
    return csvw.column(column, definitions, next(_named_by(via, columns)) if via else "")


def _named_by(predicate: str, columns: list[Column]) -> Iterator[str]:
    """The column that holds the IRIs of a property."""
    return (one.name for one in columns if one.field and one.field.kind == IRI and one.predicate == predicate)


def _references(columns: list[Column]) -> Iterator[tuple[str, str]]:
    """The columns whose every cell names one row of another table, and that table."""
    yield from ((one.name, f"{one.table}.csv") for one in columns if one.table and one.required and not one.many)


def _nested(rows: list[Thing], columns: list[Column]) -> Iterator[tuple[str, str]]:
    for via in sorted({via for thing in rows for via in thing.nested}):
        name = next(_named_by(via, columns))
        for kind in sorted(set.union(*(thing.nested.get(via, set()) for thing in rows))):
            yield name, kind
