"""The answer to a query as a table for people: things by their labels, and which columns hold amounts of money."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from types import MappingProxyType
from typing import Any

from pyoxigraph import QueryBoolean, QueryTriples

from vesoc.pages.values import Value
from vesoc.pages.view import View
from vesoc.remote.results import Triples

ROW_LIMIT = 1000
COUNT_LIMIT = 50_000
WORKBENCH_WEIGHT = 400_000  # bytes of the rows of a page, about
PAGE_WEIGHT = 60_000
_CELL_WEIGHT = 60  # bytes of a cell that are always the same
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long"))
_NAMED = re.compile(r"\((?P<from>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*?)\s+AS\s+\?(?P<name>\w+)\s*\)", re.IGNORECASE)
_SAME_UNIT = re.compile(r"(?:SUM|MIN|MAX|AVG|SAMPLE|COALESCE|ABS|DISTINCT|\?\w+|[\s(),+0-]|\.)+", re.IGNORECASE)
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True)
class Column:
    """A column by the name of its variable, and that in words for the reader.

    `money` where it holds euro, `numeric` where it holds numbers only.
    """

    name: str
    heading: str = ""
    money: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """The rows that a page shows (at most `ROW_LIMIT`, fewer of heavy ones), and how many there are.

    `counted` is False where there are more than were counted. `form` is table, graph or boolean.
    """

    form: str
    columns: list[Column]
    rows: list[list[Value]]
    total: int
    counted: bool = True

    @property
    def cut(self) -> bool:
        """Whether rows are left out."""
        return self.total > len(self.rows)


def table(view: View, results: Any, text: str, weight: int = WORKBENCH_WEIGHT) -> Table:
    """What the engine answers to a query; `weight` is how many bytes the rows may have, about."""
    if isinstance(results, QueryBoolean):
        return Table("boolean", [Column("ASK")], [[Value(str(bool(results)).lower())]], 1)
    if isinstance(results, (QueryTriples, Triples)):
        names = ["subject", "predicate", "object"]
        rows, total = _read(results)
        cells = _cells(view, ((row.subject, row.predicate, row.object) for row in rows), weight)
        return Table("graph", [Column(name) for name in names], cells, total, total <= COUNT_LIMIT)
    names = [variable.value for variable in results.variables]
    rows, total = _read(results)
    cells = _cells(view, ([row[name] for name in names] for row in rows), weight)
    return Table("table", _columns(view, names, cells, text), cells, total, total <= COUNT_LIMIT)


def without_echoes(whole: Table) -> Table:
    """The table without the columns that only repeat the labels of a column of things."""
    texts = [[row[place].text for row in whole.rows] for place in range(len(whole.columns))]
    things = [texts[place] for place in range(len(texts)) if any(row[place].iri for row in whole.rows)]
    echo = [all(row[place].iri is None for row in whole.rows) and texts[place] in things for place in range(len(texts))]
    rows = [[cell for cell, left in zip(row, echo, strict=True) if not left] for row in whole.rows]
    columns = [column for column, left in zip(whole.columns, echo, strict=True) if not left]
    return replace(whole, columns=columns, rows=rows)


def amounts(text: str) -> set[str]:
    """The variables of a query that hold amounts in euro: those of vesoc:amount, and sums and the like of them."""
    found = set(re.findall(r"(?:\bvesoc:amount|<[^<>]*/ns#amount>)\s+\?(\w+)", text))
    named = [(match["from"], match["name"]) for match in _NAMED.finditer(text) if _SAME_UNIT.fullmatch(match["from"])]
    for _ in named:
        found |= {name for source, name in named if (own := set(_VARIABLE.findall(source))) and own <= found}
    return found


def in_words(name: str) -> str:
    """The name of a variable in words: `agreedFrom` is agreed from."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


@cache
def headings(language: str) -> Mapping[str, str]:
    """What the columns of the library are called in a language, by their names in words."""
    file = files("vesoc") / "locale" / language / "headings.json"
    return MappingProxyType(json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})


def _read(results: Iterator[Any]) -> tuple[list[Any], int]:
    """The rows that may be shown, and how many there are, counted as far as `COUNT_LIMIT`."""
    rows = list(islice(results, ROW_LIMIT))
    rest = sum(1 for _ in islice(results, COUNT_LIMIT + 1 - len(rows))) if len(rows) == ROW_LIMIT else 0
    return rows, len(rows) + rest


def _cells(view: View, rows: Iterable[Iterable[Any]], weight: int) -> list[list[Value]]:
    """The first rows as values, as many as the weight allows, and one at least."""
    cells: list[list[Value]] = []
    for row in rows:
        line = [Value("") if term is None else view.value(term) for term in row]
        weight -= sum(_CELL_WEIGHT + sum(map(len, (cell.text, cell.href or "", cell.iri or ""))) for cell in line)
        if weight < 0 and cells:
            break
        cells.append(line)
    return cells


def _columns(view: View, names: list[str], rows: list[list[Value]], text: str) -> list[Column]:
    money, known = amounts(text), headings(view.reader.language)
    words = [known.get(in_words(name), in_words(name)) for name in names]
    numeric = [_numeric([row[place] for row in rows]) for place in range(len(names))]
    return [Column(*column) for column in zip(names, words, [name in money for name in names], numeric, strict=True)]


def _numeric(cells: list[Value]) -> bool:
    filled = [cell for cell in cells if cell.text]
    return bool(filled) and all(cell.datatype in _NUMBERS for cell in filled)
