"""Spans of days as a picture: where each bar, each year and each mark stands, in the units of an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 720
ROW = 46
_HEAD = 22  # for the years
_WORDS = 17  # for the words at one mark
_LETTER = 7.2  # about the width of one


@dataclass(frozen=True)
class Span:
    """What lasts from a day to another, both included (ISO 8601); without an end it goes on as far as is known."""

    text: str
    start: str
    end: str = ""


@dataclass(frozen=True)
class Mark:
    """What was on one day."""

    text: str
    day: str


@dataclass(frozen=True)
class Bar:
    """A bar with the words above it; `open` where no end is known."""

    text: str
    x: float
    y: float
    width: float
    open: bool
    label: float


@dataclass(frozen=True)
class Line:
    """An upright line with its words at `y`; `end` where these stand to its left."""

    text: str
    x: float
    y: float
    end: bool


@dataclass(frozen=True)
class Chart:
    """The picture: its bars, the lines of the years, and those of the marks."""

    height: float
    bars: list[Bar]
    years: list[Line]
    marks: list[Line]
    width: float = WIDTH


def chart(spans: Sequence[Span], marks: Sequence[Mark]) -> Chart | None:
    """The picture of some spans and marks, from the first year of them to the end of the last; None without spans."""
    if not spans:
        return None
    days = [day for span in spans for day in (span.start, span.end) if day] + [mark.day for mark in marks]
    scale = _Scale(int(min(days)[:4]), int(max(days)[:4]) + 1)
    years = [_line(str(year), scale.at(f"{year}-01-01"), 0) for year in range(scale.first, scale.last)]
    ordered = sorted(marks, key=lambda mark: mark.day)
    top = _HEAD + _WORDS * len(marks)
    return Chart(
        height=top + ROW * len(spans) + 8,
        bars=[_bar(span, scale, top + ROW * row) for row, span in enumerate(spans)],
        years=years,
        marks=[_line(mark.text, scale.at(mark.day), row + 1) for row, mark in enumerate(ordered)],
    )


@dataclass(frozen=True)
class _Scale:
    """From the first day of one year to the first day of another."""

    first: int
    last: int

    def at(self, day: str, after: int = 0) -> float:
        """Where a day stands, or some days after it."""
        begin, end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return round((date.fromisoformat(day).toordinal() + after - begin) / (end - begin) * WIDTH, 1)


def _bar(span: Span, scale: _Scale, top: float) -> Bar:
    x = scale.at(span.start)
    until = scale.at(span.end, 1) if span.end else WIDTH
    label = max(0.0, min(x, WIDTH - len(span.text) * _LETTER))
    return Bar(span.text, x, top + 20, round(until - x, 1), not span.end, round(label, 1))


def _line(text: str, x: float, row: int) -> Line:
    return Line(text, x, 14 + _WORDS * row, x + len(text) * _LETTER > WIDTH)
