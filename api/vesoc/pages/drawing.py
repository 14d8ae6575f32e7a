"""Where the boxes and lines of a drawing of promises through time stand: a column for each agreement, in pixels."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from vesoc.pages.measures import agreement_of, agreements, day
from vesoc.pages.ties import Tie
from vesoc.pages.values import Value
from vesoc.pages.view import View

WIDTH, HEIGHT = 262, 66
GAP, BETWEEN, TOP, EDGE = 150, 14, 48, 8
_LETTERS, _LINES = 29, 2  # of a title in a box
_LETTER = 10  # width of a letter in the name of an agreement
_WORD = 18  # height of the word on a line


@dataclass(frozen=True)
class Box:
    """A measure: its place, the lines of its title, its number in the list; none where it is not in that."""

    x: int
    y: int
    link: Value
    lines: list[str]
    number: int | None
    status: Value | None


@dataclass(frozen=True)
class Line:
    """A tie from the box of the earlier measure to that of the later one, with the place of its word."""

    path: str
    tie: Tie
    x: int
    y: int


@dataclass(frozen=True)
class Column:
    """An agreement at the head of its column."""

    x: int
    agreement: Value
    year: str


@dataclass(frozen=True)
class Drawing:
    """The whole, with its size and that of a box."""

    width: int
    height: int
    box: tuple[int, int]
    columns: list[Column]
    boxes: list[Box]
    lines: list[Line]


def drawing(view: View, measures: Iterable[NamedNode], numbers: dict[NamedNode, int], ties: Sequence[Tie]) -> Drawing:
    """The measures, which come in the order of the texts, in columns by agreement, and the ties between them."""
    heads = agreements(view)
    columns = {node: place for place, node in enumerate(heads)}
    filled: dict[NamedNode, int] = defaultdict(int)
    boxes = {}
    for measure in measures:
        agreement = agreement_of(view, measure)
        if agreement is not None:
            boxes[measure.value] = _box(view, measure, columns[agreement], filled[agreement], numbers.get(measure))
            filled[agreement] += 1
    return Drawing(
        _width([view.link(node).text for node in heads]),
        TOP + max(filled.values(), default=0) * (HEIGHT + BETWEEN) + EDGE,
        (WIDTH, HEIGHT),
        [Column(_left(place), view.link(node), day(view, node)[:4]) for node, place in columns.items()],
        list(boxes.values()),
        _lines(boxes, ties),
    )


def _width(names: Sequence[str]) -> int:
    """Of all columns; the name of the last agreement may be wider than its own."""
    last = max(WIDTH, len(names[-1]) * _LETTER) if names else 0
    return _left(len(names) - 1) + last + EDGE


def _left(column: int) -> int:
    return EDGE + column * (WIDTH + GAP)


def _box(view: View, measure: NamedNode, column: int, row: int, number: int | None) -> Box:
    link = view.link(measure)
    text = f"{number}. {link.text}" if number else link.text
    lines = textwrap.wrap(text, _LETTERS, max_lines=_LINES, placeholder=" …")
    status = view.links(measure, "vesoc:hasStatedStatus")
    top = TOP + row * (HEIGHT + BETWEEN)
    return Box(_left(column), top, link, lines, number, status[0] if status else None)


def _lines(boxes: dict[str, Box], ties: Iterable[Tie]) -> list[Line]:
    drawn: list[Line] = []
    for tie in ties:
        earlier, later = boxes.get(tie.earlier.iri or ""), boxes.get(tie.later.iri or "")
        if earlier and later and earlier.x < later.x:
            drawn.append(_line(earlier, later, tie, {(line.x, line.y) for line in drawn}))
    return drawn


def _line(earlier: Box, later: Box, tie: Tie, words: set[tuple[int, int]]) -> Line:
    """A curve; its word stands in the gap before the later box, where no other word stands."""
    x1, y1, x2, y2 = earlier.x + WIDTH, earlier.y + HEIGHT // 2, later.x, later.y + HEIGHT // 2
    bend = GAP // 2
    x, y = x2 - bend, (y1 + y2) // 2
    while any(x == other and abs(y - taken) < _WORD for other, taken in words):
        y += _WORD
    return Line(f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", tie, x, y)
