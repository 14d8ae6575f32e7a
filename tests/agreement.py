"""Agreement between two codings of the same list items: Krippendorff's alpha per property.

`python tests/agreement.py` prints the table of docs/coding.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np

Coding = dict[str, dict[str, Any]]
FOLDER = Path(__file__).parent / "coding"
SETS = ("status", "action", "instrument", "group", "responsible", "partner", "consults", "requested")


def codings() -> tuple[Coding, Coding]:
    """The two codings, by list item."""
    first, second = (json.loads((FOLDER / name).read_text(encoding="utf-8")) for name in ("first.json", "second.json"))
    return first, second


def alpha(first: Coding, second: Coding, name: str) -> float | None:
    """Alpha of a property: every item and every code that somebody used is a unit; None where nobody used one."""
    if name == "measures":
        return _alpha([[coding[item][name] for item in sorted(first)] for coding in (first, second)], "interval")
    codes = sorted({code for coding in (first, second) for entry in coding.values() for code in entry[name]})
    if not codes:
        return None
    rows = [[code in coding[item][name] for item in sorted(first) for code in codes] for coding in (first, second)]
    return _alpha(rows, "nominal")


def same(first: Coding, second: Coding, name: str) -> int:
    """The number of items that both coded alike."""
    return sum(_set(first[item][name]) == _set(second[item][name]) for item in first)


def table() -> str:
    """The agreement per property, as Markdown."""
    first, second = codings()
    lines = ["| property | alpha | items coded alike |", "| --- | ---: | ---: |"]
    for name in (*SETS, "measures"):
        value = alpha(first, second, name)
        lines.append(
            f"| {name} | {'–' if value is None else f'{value:.2f}'} | {same(first, second, name)} of {len(first)} |"
        )
    return "\n".join(lines)


def _set(value: Any) -> frozenset[str] | int:
    return frozenset(value) if isinstance(value, list) else value


def _alpha(rows: list[list[Any]], level: str) -> float:
    return float(krippendorff.alpha(reliability_data=np.array(rows, dtype=float), level_of_measurement=level))


if __name__ == "__main__":
    print(table())
