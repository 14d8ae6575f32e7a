"""A picture of what leads to what: boxes under each other, and arcs beside them from one to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

ROW = 34
BOX = 210
_HIGH = 24
_ROUNDS = 40
_BEND = 18  # units to the right for each row that an arc passes


@dataclass(frozen=True)
class Box:
    """A box by its name, and its upper edge."""

    name: str
    y: float


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
    box: float = BOX
    high: float = _HIGH


def picture(edges: Mapping[tuple[str, str], list[str]]) -> Picture:
    """The picture of edges: from a name to another, by some names. Neighbours stand as near as an easy order lets."""
    names = _ordered(edges)
    places = {name: row for row, name in enumerate(names)}
    arcs = [_arc(ends, places, tuple(sorted(by))) for ends, by in sorted(edges.items())]
    furthest = max((abs(places[start] - places[end]) for start, end in edges), default=0)
    boxes = [Box(name, row * ROW + 6) for name, row in places.items()]
    return Picture(boxes, arcs, BOX + 30 + round(_BEND * furthest), ROW * len(names) + 6)


def _ordered(edges: Mapping[tuple[str, str], list[str]]) -> list[str]:
    """The names, each drawn to the middle of its neighbours a number of times."""
    near: dict[str, set[str]] = defaultdict(set)
    for start, end in edges:
        near[start].add(end)
        near[end].add(start)
    best = names = sorted(near)
    for _ in range(_ROUNDS):
        places = {name: row for row, name in enumerate(names)}
        middles = {name: sum(places[one] for one in near[name]) / len(near[name]) for name in names}
        names = sorted(names, key=lambda name: ((middles[name] + places[name]) / 2, name))
        best = min(best, names, key=lambda order: _length(edges, order))
    return best


def _length(edges: Mapping[tuple[str, str], list[str]], order: list[str]) -> int:
    places = {name: row for row, name in enumerate(order)}
    return sum(abs(places[start] - places[end]) for start, end in edges)


def _arc(ends: tuple[str, str], places: Mapping[str, int], by: tuple[str, ...]) -> Arc:
    start, end = ends
    middle, down = 6 + _HIGH / 2, places[end] - places[start]
    shift = 4 if down > 0 else -4  # arcs that leave and those that arrive have places of their own at a box
    first, last = places[start] * ROW + middle + shift, places[end] * ROW + middle - shift
    far = BOX + 24 + _BEND * abs(down) * 1.3
    return Arc(f"M{BOX} {first:g}C{far:g} {first:g} {far:g} {last:g} {BOX + 2} {last:g}", start, end, by)
