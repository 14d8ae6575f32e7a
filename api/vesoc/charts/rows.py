"""The chart of any table: which columns hold what is measured and what it is called, told from what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from vesoc.charts.bars import Bar, Names, Piece, bars
from vesoc.charts.lines import lines
from vesoc.charts.timeline import Lane, Period, timeline
from vesoc.pages.values import Value

_MOST = 40  # rows of a chart
_LONGEST = 120  # letters of a label, on average
_DATE = "#date"
_NUMBERS = ("#integer", "#decimal", "#double", "#float", "#int", "#long")
_STARTS, _ENDS = ("from", "heldFrom", "start", "begin"), ("until", "heldUntil", "by", "end")

Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Columns:
    """The names of the columns of a table; `first` are those that are rather measured than others."""

    names: Sequence[str]
    first: Sequence[str] = ()


def for_rows(kind: str, names: Names, columns: Columns, rows: Rows) -> Markup | None:
    """A chart of a table, `kind` bar, line or timeline; None where the table has nothing to draw.

    It has as many rows as can be seen at a glance.
    """
    shown = rows[:_MOST]
    if kind == "timeline":
        return _timeline(names, columns, shown)
    places = _of(shown, _NUMBERS)
    wanted = [place for place in places if columns.names[place] in columns.first] or places
    labels = _labels(shown)
    values = [float(row[wanted[0]].text or 0) for row in shown] if wanted else []
    if not values or not labels or min(values) < 0:
        return None
    points = list(zip((_label(row, labels) for row in shown), values, strict=True))
    if kind == "line":
        return lines(names, points)
    return bars(names, [Bar(label, [Piece(value, f"{label}: {names.write(value)}")]) for label, value in points])


def _timeline(names: Names, columns: Columns, rows: Rows) -> Markup | None:
    days = _of(rows, (_DATE,))
    starts = [place for place in days if columns.names[place] in _STARTS] or days
    ends = [place for place in days if columns.names[place] in _ENDS]
    labels = _labels(rows)
    if not days or not labels:
        return None
    periods = [_period(row, starts[0], ends[0] if ends else starts[0], labels) for row in rows]
    dated = [period for period in periods if period.first or period.last]
    return timeline(names, [Lane("", dated)]) if dated else None


def _period(row: Sequence[Value], start: int, end: int, labels: Sequence[int]) -> Period:
    return Period(_label(row, labels), _day(row[start]), _day(row[end]))


def _day(value: Value) -> date | None:
    return date.fromisoformat(value.text[:10]) if value.text else None


def _of(rows: Rows, types: Sequence[str]) -> list[int]:
    """The columns whose values are of these datatypes."""
    found = []
    for place in range(len(rows[0]) if rows else 0):
        filled = [row[place] for row in rows if row[place].text]
        if filled and all((value.datatype or "").endswith(tuple(types)) for value in filled):
            found.append(place)
    return found


def _labels(rows: Rows) -> list[int]:
    """The two columns that tell most rows apart in few words; the only one where there is no other."""
    others = set(_of(rows, (*_NUMBERS, _DATE)))
    texts = {place: [row[place].text for row in rows] for place in range(len(rows[0]) if rows else 0)}
    short = [
        p for p, column in texts.items() if p not in others and 0 < sum(map(len, column)) <= _LONGEST * len(column)
    ]
    varied = [place for place in short if len(set(texts[place])) > 1] or short
    chosen = sorted(varied, key=lambda place: -len(set(texts[place])))[:2]
    return sorted(chosen)


def _label(row: Sequence[Value], labels: Sequence[int]) -> str:
    return " · ".join(dict.fromkeys(row[place].text for place in labels if row[place].text)) or "–"
