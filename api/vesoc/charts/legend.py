"""The legend of a chart: the names of its series with their patterns."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from vesoc.charts.svg import LETTER, Attributes, fill, piece

_LINE = 20


def legend(made: Element, name: str, series: Sequence[str], width: float) -> float:
    """Draws it in as many lines as it needs; gives the height that it takes."""
    x, y = 0.0, 14.0
    for place, label in enumerate(series):
        wide = 36 + len(label) * LETTER
        if x and x + wide > width:
            x, y = 0.0, y + _LINE
        box: Attributes = {"class": "edge", "x": x + 1, "y": y - 11, "width": 14, "height": 14}
        piece(made, "rect", {**box, "fill": fill(name, place)})
        piece(made, "text", {"x": x + 20, "y": y}, label)
        x += wide
    return y + 10
