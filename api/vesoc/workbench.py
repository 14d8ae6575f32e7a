"""The answer to a query as a table for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

ROW_LIMIT = 1000


@dataclass(frozen=True)
class Cell:
    """One value: its text, its address where it is a thing, its language where it has one."""

    text: str
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Table:
    """Column names and at most `ROW_LIMIT` rows."""

    names: list[str]
    rows: list[list[Cell]]

    @classmethod
    def read(cls, body: bytes, base: str) -> Table:
        """From SPARQL JSON results; a graph is shown as the lines of its Turtle."""
        try:
            results = json.loads(body)
        except ValueError:
            return cls(["Turtle"], [[Cell(line)] for line in body.decode().splitlines()[:ROW_LIMIT]])
        if "boolean" in results:
            return cls(["ASK"], [[Cell(str(results["boolean"]).lower())]])
        names = results["head"]["vars"]
        bindings = results["results"]["bindings"][:ROW_LIMIT]
        return cls(names, [[_cell(row.get(name), base) for name in names] for row in bindings])


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
