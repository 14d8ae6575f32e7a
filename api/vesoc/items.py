"""The list items of a source text: what `vesoc coverage` counts.

A text is read as its sections (from the headings that the graph knows) and, in each section, its items: bullets,
numbered points, paragraphs, rows of a budget table, signature blocks and footnotes. An item is the text of its own
only, without the items nested in it. Offsets are Unicode code points of the file as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

WRAPPED = 150  # characters; a text with longer lines has one line a paragraph
SLACK = 4  # a break counts as meant when the next word would have fitted with this much to spare


class Layout(StrEnum):
    """How the lines of a section belong together."""

    PROSE = "prose"
    ROWS = "rows"
    BLOCKS = "blocks"


class ItemKind(StrEnum):
    """What an item looks like on the page."""

    BULLET = "bullet"
    POINT = "point"
    PARAGRAPH = "paragraph"
    ROW = "row"
    BLOCK = "block"
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `code` starts the codes of its items."""

    code: str
    path: str
    start: int
    end: int
    layout: Layout = Layout.PROSE


@dataclass(frozen=True)
class Item:
    """One list item: `number` is its place under the heading, deeper levels after a dot."""

    section: Section
    number: str
    kind: ItemKind
    start: int
    end: int

    @property
    def code(self) -> str:
        """The item's name, as used in the IRIs of passages and measures."""
        return f"{self.section.code}-{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    gap: int  # blank lines before it
    indent: int
    new_page: bool


@dataclass
class _Level:
    style: str
    count: int
    labels: bool  # the item is called by its printed label
    label: str = ""


@dataclass
class _Frame:
    section: Section
    levels: list[_Level] = field(default_factory=list)
    paragraph: _Level | None = None  # the item before, where it is a paragraph: it may announce a numbered list
    counts: dict[str, int] = field(default_factory=dict)


_BULLET = re.compile(r"(?P<mark>[●•▪→]|o(?=\s)|-(?=\s))\s*")
_LABEL = re.compile(r"(?P<label>[a-z]|[ivx]+|\d{1,2})\.\s+", re.ASCII)
_PAGE_NUMBER = re.compile(r"\d{1,3}$|-{3,}$")
_FOOTNOTE = re.compile(r"\d{1,2} \S")
_ROW_END = re.compile(r"\s\d+(?:\s+[A-Z]{2,})?$|^\d+\s+[A-Z]{2,}$")
_SUM = re.compile(r"Totaal\b")
_SENTENCE_END = re.compile(r"[.!?:;…][)\"”’*]*(?:<sup>\d+</sup>)?$|[)\"”][*]*$")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def items_of(text: str, sections: list[Section]) -> list[Item]:
    """All items of `text`, in its order; `sections` are sorted by start and the first one is the text's own."""
    return sorted(_Reader(text, sections).items(), key=lambda item: item.start)


def _lines(text: str) -> Iterator[_Line]:
    offset, gap = 0, 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            start = offset + indent
            new_page = gap == 0 and indent == 1
            yield _Line(start, start + len(stripped), stripped, gap, indent, new_page)
            gap = 0
        else:
            gap += 1
        offset += len(raw) + 1


def _without_page_furniture(lines: list[_Line]) -> Iterator[tuple[_Line, bool]]:
    """Lines without page numbers, each with whether it is a footnote."""
    for line, following in zip(lines, [*lines, None][1:], strict=True):
        if _PAGE_NUMBER.match(line.text):
            continue
        at_foot = following is not None and following.new_page
        yield line, bool(at_foot and _FOOTNOTE.match(line.text)) or line.text.startswith("<sup>")


def _roman(label: str) -> int:
    values = [_ROMAN[letter] for letter in label]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _readings(label: str) -> list[tuple[str, int]]:
    """The numbering styles that a printed label can belong to, with its place in each."""
    if label.isdigit():
        return [("1", int(label))]
    readings = [("a", ord(label) - ord("a") + 1)] if len(label) == 1 else []
    return readings + ([("i", _roman(label))] if set(label) <= _ROMAN.keys() else [])


class _Reader:
    def __init__(self, text: str, sections: list[Section]) -> None:
        self.text = text
        self.sections = sections
        self.frames = [_Frame(sections[0])]
        self.by_code = {sections[0].code: self.frames[0]}
        lines = list(_lines(text))
        self.lines = list(_without_page_furniture(lines))
        widths = sorted(len(line.text) for line, _ in self.lines)
        self.width = widths[int(len(widths) * 0.95)] if widths else 0

    def items(self) -> Iterator[Item]:
        pending = self.sections[1:]
        current: Item | None = None
        previous: _Line | None = None
        for line, footnote in self.lines:
            while pending and line.start >= pending[0].end:
                self._enter(pending.pop(0))
                yield from (item for item in [current] if item)
                current = previous = None
            if pending and line.end > pending[0].start:
                continue
            if footnote:
                yield self._numbered(ItemKind.FOOTNOTE, "voetnoot", line)
                continue
            if current and previous and not self._starts_item(previous, line, current):
                current = Item(current.section, current.number, current.kind, current.start, line.end)
            else:
                yield from (item for item in [current] if item)
                current = self._open(line)
            previous = line
        yield from (item for item in [current] if item)

    def _enter(self, section: Section) -> None:
        """Sections of one code number their items on."""
        inside = [f for f in self.frames if section.path.startswith(f"{f.section.path} > ")]
        del self.frames[self.frames.index(inside[-1]) + 1 if inside else 1 :]
        before = self.by_code.get(section.code)
        frame = _Frame(section, before.levels[:1], counts=before.counts) if before else _Frame(section)
        self.by_code[section.code] = frame
        self.frames.append(frame)

    def _starts_item(self, previous: _Line, line: _Line, current: Item) -> bool:
        layout = self.frames[-1].section.layout
        if layout is Layout.BLOCKS:
            return line.gap > 2 or (line.gap == 1 and "\n" in self.text[current.start : current.end])
        if self._mark(line):
            return True
        if layout is Layout.ROWS:
            return bool(_ROW_END.search(self.text[current.start : previous.end]))
        return self._meant_break(previous, line)

    def _meant_break(self, previous: _Line, line: _Line) -> bool:
        """Whether a paragraph ends here: in wrapped text a line that stops early, else a blank line."""
        ended = bool(_SENTENCE_END.search(previous.text))
        if self.width > WRAPPED:
            return line.gap > 0 and ended and not line.text[0].islower()
        first_word = line.text.split(maxsplit=1)[0]
        spare = self.width - len(previous.text) - 1 - len(first_word)
        return spare >= SLACK if ended else spare >= self.width // 2 and first_word[0].isupper()

    def _mark(self, line: _Line) -> tuple[str, str] | None:
        """The bullet and the label that the line starts with, each empty where there is none; None without both."""
        bullet = _BULLET.match(line.text)
        label = _LABEL.match(line.text, bullet.end() if bullet else 0)
        if not bullet and not (label and self._continues(label["label"])):
            return None
        return bullet["mark"] if bullet else "", label["label"] if label else ""

    def _continues(self, label: str) -> bool:
        return any(place == 1 or self._find(style, place) is not None for style, place in _readings(label))

    def _find(self, style: str, place: int) -> tuple[_Frame, int] | None:
        for frame in reversed(self.frames):
            for depth in range(len(frame.levels) - 1, -1, -1):
                level = frame.levels[depth]
                if level.style == style and level.count == place - 1:
                    return frame, depth
        return None

    def _open(self, line: _Line) -> Item:
        layout = self.frames[-1].section.layout
        if layout is Layout.BLOCKS:
            return self._numbered(ItemKind.BLOCK, "", line)
        if mark := self._mark(line):
            return self._listed(*mark, line)
        if layout is Layout.ROWS:
            self._leave_block(line)
            return self._numbered(ItemKind.ROW, "", line)
        item = self._numbered(ItemKind.PARAGRAPH, "p", line)
        self.frames[-1].paragraph = _Level("p", 1, labels=True, label=item.number)
        return item

    def _leave_block(self, line: _Line) -> None:
        """A row that is no amount of one category (a sum) belongs to the table, not to its last block."""
        path = self.frames[-1].section.path
        if _SUM.match(line.text):
            while len(self.frames) > 1 and path.startswith(f"{self.frames[-2].section.path} > "):
                self.frames.pop()
                path = self.frames[-1].section.path

    def _numbered(self, kind: ItemKind, prefix: str, line: _Line) -> Item:
        frame = self.frames[-1]
        frame.counts[prefix] = frame.counts.get(prefix, 0) + 1
        return Item(frame.section, f"{prefix}{frame.counts[prefix]}", kind, line.start, line.end)

    def _listed(self, bullet: str, label: str, line: _Line) -> Item:
        frame, levels = self._level(bullet, label, line)
        frame.levels, frame.paragraph = levels, None
        number = ".".join(level.label if level.labels else str(level.count) for level in levels)
        kind = ItemKind.POINT if label.isdigit() else ItemKind.BULLET
        return Item(frame.section, number, kind, line.start, line.end)

    def _level(self, bullet: str, label: str, line: _Line) -> tuple[_Frame, list[_Level]]:
        if label:
            return self._labelled_level(label, line)
        frame = self.frames[-1]
        style = f"{bullet}{line.indent if bullet == '-' else ''}"
        for depth, level in enumerate(frame.levels):
            if level.style == style or (depth == 0 and {level.style, style} <= {"●", "•"}):
                level.count += 1
                return frame, frame.levels[: depth + 1]
        start = frame.counts.get(style, 0) if not frame.levels else 0
        return frame, [*frame.levels, _Level(style, start + 1, labels=False)]

    def _labelled_level(self, label: str, line: _Line) -> tuple[_Frame, list[_Level]]:
        for style, place in _readings(label):
            if found := self._find(style, place):
                frame, depth = found
                del self.frames[self.frames.index(frame) + 1 :]
                level = frame.levels[depth]
                level.count, level.label = place, label
                return frame, frame.levels[: depth + 1]
        style = next((style for style, place in reversed(_readings(label)) if place == 1), "1")
        frame = self.frames[-1]
        announced = self.text[: line.start].rstrip().endswith(":")
        above = [frame.paragraph] if frame.paragraph and announced else frame.levels
        return frame, [*above, _Level(style, 1, labels=True, label=label)]
