"""A picture of what leads to what: boxes with the names that lead on, and an arc from each to the box it leads to."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

LINE = 18  # units of the SVG from one line of text to the next
LEFT, RIGHT, BETWEEN = 310, 190, 140
_LETTERS = 38  # of a line in a box on the left
_HEAD, _FOOT, _GAP = 28, 8, 12
_LEAST = 28  # height of a box on the right
_ARRIVAL = 5  # from one arc that arrives to the next

Edges = Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True)
class Box:
    """A box by its name, its left and upper edge and its size; `lines` are texts in it with their base."""

    name: str
    x: float
    y: float
    width: float
    height: float
    lines: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Arc:
    """An arc as the path of an SVG, what it leads from and to, and by what."""

    path: str
    start: str
    end: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """The picture with its size."""

    boxes: list[Box]
    arcs: list[Arc]
    width: float
    height: float


def picture(edges: Edges) -> Picture:
    """The picture of edges: from a name to another, by some names.

    What leads stands on the left by letter, each edge on a line of its own; what is led to on the right, near those.
    """
    starts, leaving = _starts(edges)
    height = max((box.y + box.height for box in starts), default=0.0)
    ends, arriving = _ends(leaving, height)
    arcs = [Arc(_path(leaving[edge], arriving[edge]), *edge, tuple(sorted(edges[edge]))) for edge in sorted(edges)]
    lowest = max((box.y + box.height for box in ends), default=0.0)
    return Picture([*starts, *ends], arcs, LEFT + BETWEEN + RIGHT, max(height, lowest) + 1)


def _starts(edges: Edges) -> tuple[list[Box], dict[tuple[str, str], float]]:
    """The boxes on the left, and how high each edge leaves them."""
    boxes: list[Box] = []
    leaving: dict[tuple[str, str], float] = {}
    top = 1.0
    for start in sorted({start for start, _ in edges}, key=str.casefold):
        lines: list[tuple[float, str]] = []
        for edge in sorted(edge for edge in edges if edge[0] == start):
            texts = textwrap.wrap(", ".join(sorted(edges[edge])), _LETTERS)
            bases = [top + _HEAD + LINE * (len(lines) + number) + 13 for number in range(len(texts))]
            leaving[edge] = (bases[0] + bases[-1]) / 2 - 4
            lines += zip(bases, texts, strict=True)
        boxes.append(Box(start, 1, top, LEFT, _HEAD + LINE * len(lines) + _FOOT, lines))
        top += boxes[-1].height + _GAP
    return boxes, leaving


def _ends(leaving: Mapping[tuple[str, str], float], height: float) -> tuple[list[Box], dict[tuple[str, str], float]]:
    """The boxes on the right within a height, where they fit, and how high each edge arrives at them."""
    near: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in sorted(leaving, key=lambda edge: leaving[edge]):
        near[edge[1]].append(edge)
    middles = {end: sum(leaving[edge] for edge in some) / len(some) for end, some in near.items()}
    sizes = {end: max(_LEAST, _ARRIVAL * (len(some) + 1)) for end, some in near.items()}
    gap = max(_GAP, (height - sum(sizes.values())) / max(1, len(sizes)))
    boxes: list[Box] = []
    arriving: dict[tuple[str, str], float] = {}
    top = 1 + gap / 2
    for end in sorted(near, key=lambda end: (middles[end], end)):
        boxes.append(Box(end, LEFT + BETWEEN - 1, top, RIGHT, sizes[end]))
        first = top + (sizes[end] - _ARRIVAL * (len(near[end]) - 1)) / 2
        arriving |= {edge: first + _ARRIVAL * number for number, edge in enumerate(near[end])}
        top += sizes[end] + gap
    return boxes, arriving


def _path(leaves: float, arrives: float) -> str:
    left, right = LEFT + 1, LEFT + BETWEEN - 3
    middle = (left + right) / 2
    return f"M{left} {leaves:.0f}C{middle:g} {leaves:.0f} {middle:g} {arrives:.0f} {right} {arrives:.0f}"
