"""Lines of a text that look like headings: a proposal for the outline, which the author corrects.

Numbered headings, parts that name their kind ("Speerpunt 4:"), the usual names ("Voorwoord", "Bijlage"), marks of
Markdown, lines in capitals, and short lines that stand alone. Tables of contents do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST = 120  # characters of a line that can be a heading; twice as many where it names its kind
SHORT = 80  # characters of one that nothing marks but that it stands alone


class Mark(StrEnum):
    """What gives a heading away."""

    MARKDOWN = "markdown"
    NAMED = "named"
    KIND = "kind"
    NUMBER = "number"
    CAPITALS = "capitals"
    ALONE = "alone"


@dataclass(frozen=True)
class Line:
    """A line with text: its number from 1, its range in code points, and the lines without text before it."""

    number: int
    start: int
    end: int
    text: str
    gap: int
    new_page: bool


@dataclass(frozen=True)
class Found:
    """A heading as it stands in the text: its lines, its words, its mark, and its number or kind where it has them.

    `depth` is the level that the mark itself tells (hashes, parts of the number), else None.
    """

    lines: tuple[Line, ...]
    text: str
    mark: Mark
    number: str = ""
    kind: str = ""
    depth: int | None = None


_KINDS = "Speerpunt|Pijler|Prioriteit|Hoofdstuk|Deel|Thema|Titel|Afdeling|Actielijn"
_NAMES = (
    "Voorwoord|Inleiding|Inhoud|Inhoudstafel|Inhoudsopgave|Krachtlijnen|Situering|Context|Besluit|Slot|Slotbepalingen"
)
_MARKDOWN = re.compile(r"(?P<hashes>#{1,6})\s+(?P<text>(?:(?P<number>\d+(?:\.\d+)+)\.?\s+)?[^\Wa-z_].*)")
_KIND = re.compile(rf"(?P<kind>{_KINDS})\s+(?P<number>\d{{1,2}})\b[^.]*?(?:[:–]\s*\S|$)")
_NAMED = re.compile(rf"(?:{_NAMES})$|Bijlagen?\b(?:\s*\d*\s*[:–-].*)?$|(?:Ondertekening|Namens de)\b.*")
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\da-z_].*")
_CONTENTS = re.compile(r"(?:\t|\.{3,}\s*|\s{3,})(?:<b>)?\d{1,3}(?:</b>)?$")
_SENTENCE_END = re.compile(r"[.,;!…]$")
_LIST = re.compile(r"[●•▪→▫◦*‒–-]|o\s|[a-z]\.\s|[ivx]+\.\s|\(")
_LABEL = re.compile(
    rf"(?:(?:{_KINDS})\s+(?P<number>\d{{1,2}})\s*[:–-]\s*|(?P<point>\d{{1,2}}(?:\.\d{{1,2}})*)\.?\s+)(?=\S)"
)
_SIGNED = re.compile(r"Ondertekening\b|Namens de\b")


def lines_of(text: str) -> list[Line]:
    """The lines of a text that have something in them."""
    found: list[Line] = []
    offset = gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            new_page = "\f" in raw or (gap == 0 and raw.startswith(" ") and not raw.startswith("  "))
            found.append(Line(number, start, start + len(stripped), stripped, gap, new_page))
        gap = 0 if stripped else gap + 1
        offset += len(raw) + 1
    return found


def find(text: str) -> list[Found]:
    """The headings that a text seems to have, in its order."""
    lines = lines_of(text)
    usual = _usual_gap(lines)
    if any(line.text.startswith("# ") for line in lines):
        found = [one for one in _marked(lines, usual) if one.mark in (Mark.MARKDOWN, Mark.NAMED)]
    else:
        found = list(_marked(lines, usual))
    untitled = [one for one in found if one.mark not in (Mark.ALONE, Mark.CAPITALS) or one.lines[0] != lines[0]]
    return list(_unsigned(untitled))


def label(text: str) -> tuple[str, str]:
    """The printed number of a heading, empty where it has none, and its title without number and kind."""
    match = _LABEL.match(text)
    number, title = (match["number"] or match["point"], text[match.end() :]) if match else ("", text)
    return number, title[:1].upper() + title[1:]


def _usual_gap(lines: list[Line]) -> int:
    """The empty lines between two lines of one paragraph: before those that go on with a small letter."""
    gaps = Counter(line.gap for line in lines[1:] if line.text[0].islower())
    return gaps.most_common(1)[0][0] if gaps else 0


def _marked(lines: list[Line], usual: int) -> Iterator[Found]:
    taken = 0
    for place in range(len(lines)):
        if place < taken or not (found := _found(lines, place, usual)):
            continue
        taken = place + 1
        while found.mark in (Mark.KIND, Mark.NUMBER) and taken < len(lines) and _goes_on(lines, taken, usual):
            found = replace(found, lines=(*found.lines, lines[taken]), text=f"{found.text} {lines[taken].text}")
            taken += 1
        yield found


def _goes_on(lines: list[Line], place: int, usual: int) -> bool:
    """Whether a line is the next one of a heading over several lines."""
    before, line = lines[place - 1], lines[place]
    return line.text[0].islower() and not _LIST.match(line.text) and line.gap <= usual + 1 and before.text[-1] != "."


def _found(lines: list[Line], place: int, usual: int) -> Found | None:
    line, text = lines[place], lines[place].text
    if _CONTENTS.search(text) or len(text) > 2 * LONGEST:
        return None
    if match := _KIND.match(text):
        return Found((line,), text, Mark.KIND, match["number"], match["kind"].lower())
    if len(text) > LONGEST:
        return None
    if match := _MARKDOWN.match(text):
        depth = len(match["hashes"])
        return Found((line,), match["text"], Mark.MARKDOWN, match["number"] or "", depth=depth)
    return Found((line,), text, Mark.NAMED) if _NAMED.match(text) else _plain(lines, place, usual)


def _plain(lines: list[Line], place: int, usual: int) -> Found | None:
    """A heading that only its number, its capitals or its place gives away."""
    line, text = lines[place], lines[place].text
    before, after = lines[max(place - 1, 0) : place], lines[place + 1 : place + 2]
    parted = line.new_page or line.gap > usual or not before
    if not parted or any(one.gap == 0 for one in after) or _SENTENCE_END.search(text):
        return None
    if match := _NUMBER.match(text):
        listed = any(_NUMBER.match(one.text) for one in (*before, *after))
        depth = match["number"].count(".") + 1
        return None if listed and depth == 1 else Found((line,), text, Mark.NUMBER, match["number"], depth=depth)
    if text.isupper() and len(text.split()) > 1:
        return Found((line,), text, Mark.CAPITALS)
    alone = len(text) <= SHORT and any(one.gap > usual for one in after) and not _LIST.match(text)
    return Found((line,), text, Mark.ALONE) if alone and text[0].isupper() and text[-1] not in ":\"”’'" else None


def _unsigned(found: list[Found]) -> Iterator[Found]:
    """Names and posts under the signatures stand alone too, and are no headings."""
    signed = False
    for one in found:
        signed = signed or bool(_SIGNED.match(one.text))
        if not (signed and one.mark in (Mark.ALONE, Mark.CAPITALS)):
            yield one
