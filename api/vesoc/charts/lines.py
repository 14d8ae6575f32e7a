"""Lines: values in order, joined where they belong to one series."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from vesoc.charts.bars import Names
from vesoc.charts.scale import Scale, steps
from vesoc.charts.svg import LETTER, drawing, finished, piece, shortened

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP = 720, 260, 60, 60, 14
_FOOT = 30


def lines(names: Names, points: Sequence[tuple[str, float]]) -> Markup:
    """One line through points with a label each, from left to right."""
    made = drawing(names.name, names.title, names.description, _WIDTH)
    marks = steps(max((value for _, value in points), default=0))
    up = Scale(0, marks[-1], _HEIGHT - _FOOT, _TOP)
    across = Scale(0, max(len(points) - 1, 1), _LEFT, _WIDTH - _RIGHT)
    for value in marks:
        y = up.at(value)
        piece(made, "line", {"class": "grid", "x1": _LEFT, "x2": _WIDTH - _RIGHT, "y1": y, "y2": y})
        piece(made, "text", {"class": "tick", "x": _LEFT - 8, "y": y + 4, "text-anchor": "end"}, names.write(value))
    places = [(across.at(place), up.at(value)) for place, (_, value) in enumerate(points)]
    piece(made, "polyline", {"class": "line", "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in places)})
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(points), 1)
    for (label, value), (x, y) in zip(points, places, strict=True):
        _point(made, (x, y), shortened(label, max(room, 4 * LETTER)), f"{label}: {names.write(value)}")
    return finished(made, _HEIGHT)


def _point(made: Element, place: tuple[float, float], label: str, told: str) -> None:
    within = piece(made, "g", {})
    piece(within, "title", {}, told)
    piece(within, "circle", {"class": "point", "cx": place[0], "cy": place[1], "r": 4})
    piece(within, "text", {"class": "tick", "x": place[0], "y": _HEIGHT - 10, "text-anchor": "middle"}, label)
