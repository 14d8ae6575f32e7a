"""Bars: one for each thing, of one piece or of several, with what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from vesoc.charts.legend import legend
from vesoc.charts.scale import Scale, steps
from vesoc.charts.svg import LETTER, Attributes, drawing, fill, finished, patterns, piece, shortened

WIDTH = 720
_BAR, _GAP, _AXIS, _RIGHT = 24, 24, 22, 110
_HALO = 8  # that a number needs beside its own width to stand within a piece


@dataclass(frozen=True)
class Piece:
    """A piece of a bar: its length, what it is, its series, and where it leads."""

    value: float
    label: str
    series: int = 0
    href: str | None = None


@dataclass(frozen=True)
class Bar:
    """A bar with the label above it and its sum, as text, behind it; `mark` is a value that it should come to."""

    label: str
    pieces: Sequence[Piece]
    total: str = ""
    mark: float | None = None

    @property
    def length(self) -> float:
        """What its pieces come to."""
        return sum(piece.value for piece in self.pieces)


@dataclass(frozen=True)
class Names:
    """What a chart is called: `name` on the page, title and description for people, and how it writes a number."""

    name: str
    title: str
    description: str
    write: Callable[[float], str] = "{:g}".format


def bars(names: Names, rows: Sequence[Bar], series: Sequence[str] = ()) -> Markup:
    """Horizontal bars under each other, with a legend where there are several series."""
    linked = any(part.href for row in rows for part in row.pieces)
    made = drawing(names.name, names.title, names.description, WIDTH, linked)
    patterns(made, names.name, max((part.series for row in rows for part in row.pieces), default=0) + 1)
    top = legend(made, names.name, series, WIDTH) if len(series) > 1 else 0.0
    marks = steps(max((max(row.length, row.mark or 0) for row in rows), default=0))
    scale = Scale(0, marks[-1], 0, WIDTH - _RIGHT)
    bottom = top + len(rows) * (_BAR + _GAP)
    _axis(made, scale, marks, (top, bottom), names.write)
    for place, row in enumerate(rows):
        _row(made, row, scale, top + place * (_BAR + _GAP) + _GAP, names)
    return finished(made, bottom + _AXIS)


def single(value: float, most: float) -> Markup:
    """One small bar for a cell of a table that says its number beside it: screen readers pass it over."""
    made = Element("svg", {"class": "cell-bar", "aria-hidden": "true", "focusable": "false", "width": "100"})
    piece(made, "rect", {"class": "bar", "width": max(value / (most or 1) * 100, 0.5), "height": 12})
    return finished(made, 12)


def _axis(
    made: Element, scale: Scale, marks: Sequence[float], ends: tuple[float, float], write: Callable[[float], str]
) -> None:
    for value in marks:
        x = scale.at(value)
        piece(made, "line", {"class": "grid", "x1": x, "x2": x, "y1": ends[0] + 4, "y2": ends[1] + 4})
        anchor = "start" if value == 0 else "middle"
        piece(made, "text", {"class": "tick", "x": x, "y": ends[1] + 18, "text-anchor": anchor}, write(value))


def _row(made: Element, row: Bar, scale: Scale, y: float, names: Names) -> None:
    piece(made, "text", {"class": "name", "x": 0, "y": y - 5}, shortened(row.label, WIDTH))
    sum_so_far = 0.0
    for part in row.pieces:
        ends = scale.at(sum_so_far), scale.at(sum_so_far + part.value)
        _piece(made, part, ends, y, names)
        if len(row.pieces) > 1:  # else the number behind the bar is the same
            _number(made, names.write(part.value), ends, y)
        sum_so_far += part.value
    if row.mark is not None:
        x = scale.at(row.mark)
        piece(made, "line", {"class": "mark", "x1": x, "x2": x, "y1": y - 4, "y2": y + _BAR + 4})
    total = row.total or names.write(row.length)
    end = scale.at(max(row.length, row.mark or 0))
    piece(made, "text", {"class": "total", "x": end + 6, "y": y + _BAR / 2 + 4}, total)


def _piece(made: Element, part: Piece, ends: tuple[float, float], y: float, names: Names) -> None:
    within = piece(made, "a", {"href": part.href, "aria-label": part.label}) if part.href else piece(made, "g", {})
    box: Attributes = {"class": "edge", "x": ends[0], "y": y, "width": ends[1] - ends[0], "height": _BAR}
    rect = piece(within, "rect", {**box, "fill": fill(names.name, part.series)})
    piece(rect, "title", {}, part.label)


def _number(made: Element, text: str, ends: tuple[float, float], y: float) -> None:
    """The number of a piece on it, where there is room."""
    if ends[1] - ends[0] >= len(text) * LETTER + _HALO:
        place: Attributes = {"class": "value", "x": sum(ends) / 2, "y": y + _BAR / 2 + 4, "text-anchor": "middle"}
        piece(made, "text", place, text)
