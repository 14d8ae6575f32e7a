"""The chapters in which a text is read: its sections, the short ones together and the long ones apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vesoc.items import Section

LONGEST = 5000  # characters that sections may have together to stand in one chapter
SHORTEST = 300  # a chapter with fewer, such as a heading by itself, stands with the next


@dataclass(frozen=True)
class Chapter:
    """Some sections of a text, one after the other; `key` is the one that it is called after."""

    key: Section
    sections: tuple[Section, ...]
    end: int

    @property
    def start(self) -> int:
        """Its first character."""
        return self.sections[0].start

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return self.key.code

    @property
    def size(self) -> int:
        """Its length in characters."""
        return self.end - self.start


def chapters_of(sections: Sequence[Section], length: int) -> tuple[Chapter, ...]:
    """The chapters of a text of so many characters, whose first section is the text's own."""
    found: list[Chapter] = []
    for chapter in _split(Chapter(sections[0], tuple(sections), length)):
        before = found[-1] if found else None
        if before and before.size < SHORTEST:
            found[-1] = _joined(before, chapter, chapter.key)
        elif before and before.code == chapter.code and before.size + chapter.size <= LONGEST:
            found[-1] = _joined(before, chapter, before.key)
        else:
            found.append(chapter)
    return tuple(found)


def _split(chapter: Chapter) -> Iterator[Chapter]:
    """The chapter, or its head and what its sub-headings make where it is too long; all stands under a whole text."""
    if chapter.size <= LONGEST or len(chapter.sections) == 1:
        yield chapter
        return
    groups: list[list[Section]] = [[chapter.key]]
    for section in chapter.sections[1:]:
        top = groups[-1][0]
        below = section.path.startswith(f"{top.path} > ") and top is not chapter.key
        if below:
            groups[-1].append(section)
        else:
            groups.append([section])
    ends = [*(group[0].start for group in groups[1:]), chapter.end]
    for group, end in zip(groups, ends, strict=True):
        yield from _split(Chapter(group[0], tuple(group), end))


def _joined(one: Chapter, other: Chapter, key: Section) -> Chapter:
    return Chapter(key, (*one.sections, *other.sections), other.end)
