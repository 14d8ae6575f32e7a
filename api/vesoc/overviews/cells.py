"""The cells of an answer as what stands on a page, so that a page says what its rows say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from vesoc.overviews.overview import Cells
from vesoc.pages.values import Value
from vesoc.pages.view import View


def text(row: Cells, name: str) -> str:
    """The text of a cell; empty where nothing stands in it."""
    term = row.get(name)
    return "" if term is None else str(term.value)


def number(row: Cells, name: str) -> int:
    """A whole number."""
    return int(float(text(row, name) or 0))


def day(row: Cells, name: str) -> date | None:
    """A day; None where nothing stands in the cell."""
    found = text(row, name)
    return date.fromisoformat(found[:10]) if found else None


def flag(row: Cells, name: str) -> bool:
    """Whether a cell says true."""
    return text(row, name) == "true"


def linked(view: View, row: Cells, thing: str, label: str = "") -> Value:
    """The thing in one cell by the label in another."""
    node = row[thing]
    if not label or row.get(label) is None:
        return view.link(node)
    named = row[label]
    language = named.language if named.language != view.reader.language else None
    return Value(named.value, view.href(node.value), language, node.value, view.kind(node.value))


def grouped(rows: Iterable[Cells], key: Callable[[Cells], Any]) -> dict[Any, list[Cells]]:
    """The rows by what `key` gives of each, in the order in which that comes first."""
    found: dict[Any, list[Cells]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def by(name: str) -> Callable[[Cells], str]:
    """A key: the text of a cell."""
    return lambda row: text(row, name)


def firsts(rows: Iterable[Cells], name: str) -> list[Cells]:
    """The first row for each value of a cell."""
    return [found[0] for found in grouped(rows, by(name)).values()]


def search(view: View, **facets: str) -> str:
    """The address of the list of measures with these facets, each an IRI, a name in our ontology, or nothing."""
    fields = {"kind": "Measure"} | {name: _slug(view, iri) for name, iri in facets.items() if iri}
    return f"/search?{urlencode(fields)}"


def _slug(view: View, iri: str) -> str:
    if iri.startswith(f"{view.base}ns#"):
        return iri.removeprefix(f"{view.base}ns#")
    return iri.rsplit("/", 1)[-1]


def sums(rows: Sequence[Cells], name: str) -> int:
    """The sum of a column of whole numbers."""
    return sum(number(row, name) for row in rows)
