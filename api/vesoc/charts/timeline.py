"""Time lines: periods and days in lanes on one axis, open at the side that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from markupsafe import Markup

from vesoc.charts.bars import Names
from vesoc.charts.legend import legend
from vesoc.charts.scale import Scale, years
from vesoc.charts.svg import LETTER, Attributes, drawing, fill, finished, patterns, piece, shortened

WIDTH = 1040
_LANE, _BAR, _HEADING, _TOP = 21, 12, 30, 26
_SHORT = 9  # a period that is not wider is drawn as a point
_OPEN = 26  # how far an open side goes on
_NO_DAY = date(2000, 1, 1)  # where there is nothing to draw


@dataclass(frozen=True)
class Period:
    """Something between two days, both of which belong to it; one of them may be unknown."""

    label: str
    first: date | None
    last: date | None
    series: int = 0
    told: str = ""


@dataclass(frozen=True)
class Lane:
    """The periods under one heading."""

    heading: str
    periods: Sequence[Period]


def timeline(names: Names, lanes: Sequence[Lane], series: Sequence[str] = (), landmarks: Sequence[date] = ()) -> Markup:
    """The lanes under each other, with a legend where there are several series.

    `landmarks` are days that run through all lanes.
    """
    made = drawing(names.name, names.title, names.description, WIDTH)
    patterns(made, names.name, max((one.series for lane in lanes for one in lane.periods), default=0) + 1)
    scale, marks = _scale(lanes, landmarks)
    top = legend(made, names.name, series, WIDTH) if len(series) > 1 else 0.0
    height = top + _TOP + sum(_HEADING + _LANE * len(lane.periods) for lane in lanes)
    for day in marks:
        _line(made, "grid", scale.at(day.toordinal()), top, height)
        piece(made, "text", {"class": "tick", "x": scale.at(day.toordinal()) + 3, "y": top + 14}, str(day.year))
    for day in landmarks:
        _line(made, "landmark", scale.at(day.toordinal()), top, height)
    y = top + _TOP
    for lane in lanes:
        y = _lane(made, lane, scale, y, names.name)
    return finished(made, height + 6)


def _scale(lanes: Sequence[Lane], landmarks: Sequence[date]) -> tuple[Scale, list[date]]:
    ends = [day for lane in lanes for one in lane.periods for day in (one.first, one.last) if day]
    days = [*ends, *landmarks] or [_NO_DAY]
    marks = years(min(days), max(days))
    return Scale(marks[0].toordinal(), marks[-1].toordinal(), 4, WIDTH - 40), marks


def _line(made: Element, style: str, x: float, top: float, height: float) -> None:
    piece(made, "line", {"class": style, "x1": x, "x2": x, "y1": top, "y2": height})


def _lane(made: Element, lane: Lane, scale: Scale, y: float, name: str) -> float:
    """Draws a lane; gives where the next one begins."""
    if lane.heading:
        piece(made, "text", {"class": "heading", "x": 4, "y": y + 18}, lane.heading)
    for place, one in enumerate(lane.periods):
        _period(made, one, scale, y + _HEADING + place * _LANE, name)
    return y + _HEADING + _LANE * len(lane.periods)


def _period(made: Element, one: Period, scale: Scale, y: float, name: str) -> None:
    start, end = _ends(one, scale)
    within = piece(made, "g", {})
    piece(within, "title", {}, f"{one.label}: {one.told}" if one.told else one.label)
    if end - start <= _SHORT:
        middle = (start + end) / 2
        _point(within, middle, y + _BAR / 2, fill(name, one.series))
        start, end = middle - 7, middle + 7
    else:
        box: Attributes = {"class": "edge", "x": start, "y": y, "width": end - start, "height": _BAR, "rx": 2}
        piece(within, "rect", {**box, "fill": fill(name, one.series)})
        _open_sides(within, one, (start, end), y)
    left = start - (_OPEN + 4 if one.first is None else 4)
    _label(within, one.label, left, end + (_OPEN + 4 if one.last is None else 4), y)


def _ends(one: Period, scale: Scale) -> tuple[float, float]:
    """Where a period begins and ends; an open one is a short piece at the end that is known."""
    first, last = one.first, one.last
    if first and last:
        return scale.at(first.toordinal()), scale.at(last.toordinal() + 1)
    if first:
        return (x := scale.at(first.toordinal())), x + _OPEN
    x = scale.at(last.toordinal() + 1) if last else scale.start
    return x - _OPEN, x


def _open_sides(within: Element, one: Period, ends: tuple[float, float], y: float) -> None:
    middle = y + _BAR / 2
    if one.last is None:
        piece(within, "path", {"class": "open", "d": f"M{ends[1]:.1f} {middle}h{_OPEN}m-5 -4l5 4l-5 4"})
    if one.first is None:
        piece(within, "path", {"class": "open", "d": f"M{ends[0]:.1f} {middle}h-{_OPEN}m5 -4l-5 4l5 4"})


def _point(within: Element, x: float, y: float, filling: str) -> None:
    piece(within, "path", {"class": "edge", "d": f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z", "fill": filling})


def _label(within: Element, label: str, left: float, right: float, y: float) -> None:
    """The label beside the bar where there is room for it, on the right before the left, else on it."""
    width, base = len(label) * LETTER, y + _BAR / 2 + 4
    if width <= WIDTH - right or WIDTH - right >= max(left, right - left):
        place: Attributes = {"class": "value", "x": right, "y": base}
        room = WIDTH - right
    elif width <= left or left >= right - left:
        place, room = {"class": "value", "x": left, "y": base, "text-anchor": "end"}, left
    else:
        place, room = {"class": "value", "x": left + 12, "y": base}, right - left - 16
    piece(within, "text", place, shortened(label, room))
