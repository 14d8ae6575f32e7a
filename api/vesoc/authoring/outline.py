"""The outline of a new agreement: a file with a line for each heading, which the author corrects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vesoc.authoring.headings import lines_of
from vesoc.errors import VesocError

SUB = "-"  # code and kind of a heading inside a part, which makes no part of its own
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROW = re.compile(
    r"(?P<first>\d+)(?:-(?P<last>\d+))?\s+(?P<level>[1-6])\s+(?P<code>\S+)\s+(?P<kind>\S+)\s+(?P<text>.+)"
)
_HELP = """\
# The headings of {name}, one a line, as they seem to be. Remove what is none, add what is missing, correct the rest.
#   lines    where it stands in the text, 12 or 12-14
#   level    1 for a part of the agreement, 2 for a part of that part …
#   code     ends the name of the part (s04: deel:{slug}-s04); "-" makes no part: a heading inside the part around it,
#            "-s04" one inside the part s04 wherever it stands
#   kind     of part: {kinds}; "-" beside the code "-"
#   heading  its words as they stand in these lines; leave out what is no part of it
"""
_COLUMNS = "{:<12}{:<7}{:<16}{:<16}{}"


@dataclass(frozen=True)
class Heading:
    """A heading of the outline: the first and last line that it stands in, from 1, and what the author calls it."""

    first: int
    last: int
    level: int
    code: str
    kind: str
    text: str

    @property
    def makes_part(self) -> bool:
        """Whether a part of the agreement begins here."""
        return not self.code.startswith(SUB)


@dataclass(frozen=True)
class Placed:
    """A heading with its range in code points of the text, and the headings above it, the outermost first."""

    heading: Heading
    start: int
    end: int
    above: tuple[Heading, ...]

    @property
    def path(self) -> str:
        """The section path."""
        return " > ".join(folded(one.text) for one in (*self.above, self.heading))


def written(headings: Iterable[Heading], name: str, slug: str, kinds: Iterable[str]) -> str:
    """The outline as a file, with what its columns mean."""
    head = _HELP.format(name=name, slug=slug, kinds=", ".join(kinds))
    rows = [_COLUMNS.format("# lines", "level", "code", "kind", "heading")]
    for one in headings:
        lines = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
        rows.append(_COLUMNS.format(f"  {lines} ", f"{one.level} ", f"{one.code} ", f"{one.kind} ", one.text))
    return head + "\n".join(rows) + "\n"


def read(text: str, name: str, kinds: Iterable[str]) -> list[Heading]:
    """The headings of an outline file; VesocError with its line for the first that cannot be."""
    known, found, codes = set(kinds), list[Heading](), set[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            heading = _heading(line.strip(), f"{name}:{number}")
            _check(heading, f"{name}:{number}", known, codes, found)
            codes.add(heading.code)
            found.append(heading)
    if not found:
        raise VesocError(f"{name}: no heading; an agreement has at least one part")
    return found


def placed(headings: list[Heading], text: str, name: str) -> list[Placed]:
    """Where each heading stands in the text; VesocError for the first that does not stand in its lines."""
    lines = lines_of(text)
    above: list[Heading] = []
    found: list[Placed] = []
    for one in headings:
        inside = [line for line in lines if one.first <= line.number <= one.last]
        words = r"\s+".join(map(re.escape, one.text.split()))
        match = re.compile(words).search(text, inside[0].start, inside[-1].end) if inside else None
        if not match:
            where = f"line {one.first}" if one.first == one.last else f"lines {one.first}-{one.last}"
            raise VesocError(f"{name}: {one.text!r} does not stand in {where} of the text")
        if found and match.start() < found[-1].end:
            raise VesocError(f"{name}: {one.text!r} stands before {found[-1].heading.text!r}; keep their order")
        above = [upper for upper in above if upper.level < one.level]
        found.append(Placed(one, *match.span(), tuple(above)))
        above.append(one)
    return found


def folded(text: str) -> str:
    """A text on one line, white space folded."""
    return " ".join(text.split())


def slugged(text: str) -> str:
    """A text as the end of a name: lower-case letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _heading(line: str, place: str) -> Heading:
    match = _ROW.fullmatch(line)
    if not match:
        raise VesocError(f"{place}: no heading; write lines, level, code, kind and the heading, with spaces between")
    first = int(match["first"])
    last = int(match["last"] or first)
    return Heading(first, last, int(match["level"]), match["code"], match["kind"], folded(match["text"]))


def _check(heading: Heading, place: str, kinds: set[str], codes: set[str], before: list[Heading]) -> None:
    for fault in _faults(heading, kinds, codes, before):
        raise VesocError(f"{place}: {fault}")


def _faults(heading: Heading, kinds: set[str], codes: set[str], before: list[Heading]) -> Iterator[str]:
    code, level = heading.code, heading.level
    if heading.last < heading.first:
        yield f"lines {heading.first}-{heading.last} run backwards"
    if level > 1 + max((one.level for one in before[-1:]), default=0):
        yield f"level {level} under no heading of level {level - 1}"
    if not heading.makes_part:
        if code != SUB and code[1:] not in codes:
            yield f"no part {code[1:]!r} stands before it"
        return
    if not _CODE.fullmatch(code):
        yield f"code {code!r}; give lower-case letters and digits, hyphens between"
    if code in codes:
        yield f"code {code!r} is given twice"
    if heading.kind not in kinds:
        yield f"kind {heading.kind!r}; there are {', '.join(sorted(kinds))}"
