"""A text as it is read: headings, paragraphs and list items, cut into pieces where passages begin and end.

The pieces of a block, one after the other, are the text as it is, character by character; nothing is left out but what
stands between blocks (blank lines, page numbers, marks of headings).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from vesoc.chapters import Chapter
from vesoc.holdings import Pointer, Volume
from vesoc.items import WRAPPED, Item, ItemKind, Section

TAG = "tag"
_TAG = re.compile(r"</?(?:b|sup)>")
_LISTED = (ItemKind.BULLET, ItemKind.POINT)
Span = tuple[int, int]
Aside = tuple[int, int, str]


@dataclass(frozen=True)
class Piece:
    """Some characters, the passages that they stand in, those that begin to be seen with them, and those that end.

    `aside` is tag for markup that was left in the text, which is not seen, footnote for one inside another item.
    """

    text: str
    start: int
    within: tuple[Pointer, ...]
    opening: tuple[Pointer, ...]
    ending: tuple[Pointer, ...]
    aside: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or an item. `level` is its depth, from 1; `lines` says that its line breaks are meant."""

    kind: str
    level: int
    start: int
    pieces: tuple[Piece, ...]
    pointers: tuple[Pointer, ...]
    lines: bool


def blocks(volume: Volume, chapter: Chapter) -> list[Block]:
    """What stands in a chapter of a text that is here, in its order."""
    setter = _Setter(volume, chapter)
    headings = [setter.heading(section) for section in chapter.sections if section.end]
    items = [setter.item(item) for item in setter.items if not setter.inside(item)]
    return sorted([*headings, *items], key=lambda block: block.start)


class _Setter:
    def __init__(self, volume: Volume, chapter: Chapter) -> None:
        assert volume.text is not None
        self._content = volume.text.content
        self._pointers = volume.pointers_in(chapter)
        self._unwrapped = _unwrapped(self._content)
        self._top = min((one.path.count(" > ") for one in chapter.sections if one.end), default=0)
        self.items = [item for item in volume.items if chapter.start <= item.start < chapter.end]

    def heading(self, section: Section) -> Block:
        level = section.path.count(" > ") - self._top + 1
        return self._block("heading", level, (section.start, section.end), False)

    def item(self, item: Item) -> Block:
        notes = [(one.start, one.end, "footnote") for one in self.items if one is not item and _holds(item, one)]
        kind = "item" if item.kind in _LISTED else str(item.kind)
        lines = self._unwrapped or item.kind is ItemKind.BLOCK
        return self._block(kind, item.number.count(".") + 1, (item.start, item.end), lines, notes)

    def inside(self, item: Item) -> bool:
        """Whether it is a footnote in the middle of another item, with which it is shown."""
        return any(one is not item and _holds(one, item) for one in self.items)

    def _block(self, kind: str, level: int, span: Span, lines: bool, asides: Iterable[Aside] = ()) -> Block:
        start, end = span
        pointers = tuple(one for one in self._pointers if start <= one.start and one.end <= end)
        tags = [(match.start(), match.end(), TAG) for match in _TAG.finditer(self._content, start, end)]
        pieces = tuple(self._pieces(span, pointers, [*asides, *tags]))
        return Block(kind, level, start, pieces, pointers, lines)

    def _pieces(self, span: Span, pointers: tuple[Pointer, ...], asides: list[Aside]) -> Iterator[Piece]:
        edges = [span, *((one.start, one.end) for one in pointers), *(aside[:2] for aside in asides)]
        unopened = set(pointers)
        for left, right in pairwise(sorted({place for edge in edges for place in edge})):
            aside = next((kind for first, last, kind in asides if first <= left and right <= last), "")
            within = tuple(one for one in pointers if one.start <= left and right <= one.end)
            opening = tuple(one for one in within if one in unopened and aside != TAG)
            ending = tuple(one for one in pointers if one.end == right)
            unopened -= set(opening)
            yield Piece(self._content[left:right], left, within, opening, ending, aside)


def _holds(item: Item, other: Item) -> bool:
    return item.start <= other.start and other.end <= item.end


def _unwrapped(content: str) -> bool:
    """Whether a line of the text is a paragraph, so that each break is meant."""
    widths = sorted(len(line) for line in content.splitlines() if line.strip())
    return bool(widths) and widths[int(len(widths) * 0.95)] > WRAPPED
