"""The answer to a query as a table for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

ROW_LIMIT = 1000
CELL_LIMIT = 10_000


@dataclass(frozen=True)
class Cell:
    """One value: its text, its address where it is a thing, its language where it has one."""

    text: str
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Table:
    """Column names, the rows that a page shows (at most `ROW_LIMIT`, fewer of many columns), and how many there are."""

    names: list[str]
    rows: list[list[Cell]]
    total: int

    @classmethod
    def read(cls, body: bytes, base: str) -> Table:
        """From SPARQL JSON results; a graph is shown as the lines of its Turtle."""
        try:
            results = json.loads(body)
        except ValueError:
            lines = body.decode().splitlines()
            return cls(["Turtle"], [[Cell(line)] for line in lines[:ROW_LIMIT]], len(lines))
        if "boolean" in results:
            return cls(["ASK"], [[Cell(str(results["boolean"]).lower())]], 1)
        names = results["head"]["vars"]
        bindings = results["results"]["bindings"]
        shown = bindings[: min(ROW_LIMIT, CELL_LIMIT // max(len(names), 1))]
        return cls(names, [[_cell(row.get(name), base) for name in names] for row in shown], len(bindings))


def _cell(term: dict[str, Any] | None, base: str) -> Cell:
    if term is None:
        return Cell("")
    value = str(term["value"])
    if term["type"] != "uri":
        return Cell(value, language=term.get("xml:lang"))
    own = value.removeprefix(base)
    if not value.startswith(("http://", "https://")):
        return Cell(value)
    return Cell(own, value if own == value else f"/{own}")
