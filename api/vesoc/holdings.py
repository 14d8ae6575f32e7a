"""The documents that the graph points into, with their text where that is here, and whether people may read it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from pyoxigraph import NamedNode, Store

from vesoc import coverage, texts
from vesoc.chapters import Chapter, chapters_of
from vesoc.coverage import Kind
from vesoc.items import Item
from vesoc.settings import Settings
from vesoc.tables import rows
from vesoc.texts import Text

_DOCUMENTS = """
SELECT ?source ?length WHERE {
  ?source a vesoc:SourceDocument ; vesoc:characterCount ?length .
  FILTER EXISTS { ?evidence oa:hasSource ?source }
}
ORDER BY ?source
"""
_POINTERS = """
SELECT ?source ?evidence ?start ?end ?digest WHERE {
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector ; vesoc:sha256 ?digest .
  ?selector oa:start ?start ; oa:end ?end .
}
ORDER BY ?start DESC(?end) ?evidence
"""
_GAP = 40  # characters, such as a bullet and blank lines, that do not part two passages


class Access(StrEnum):
    """Whether a text can be read, and why not."""

    OPEN = "open"
    WITHHELD = "withheld"
    ABSENT = "absent"


@dataclass(frozen=True)
class Pointer:
    """A passage: the IRI of the evidence, its range in code points, the digest that it had."""

    iri: str
    start: int
    end: int
    digest: str

    @property
    def slug(self) -> str:
        """The end of its IRI."""
        return self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Run:
    """A stretch of a text, and the strongest kind of statement that stands on it."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Volume:
    """One document. `text` is its text, to be read by people only where `access` is open."""

    iri: str
    length: int
    chapters: tuple[Chapter, ...]
    pointers: tuple[Pointer, ...]
    runs: tuple[Run, ...]
    access: Access
    text: Text | None
    counts: Counter[Kind] | None

    @cached_property
    def items(self) -> list[Item]:
        """The list items of the text; none without it."""
        return self.text.items() if self.text else []

    def chapter_at(self, position: int) -> Chapter:
        """The chapter that a character stands in."""
        return [chapter for chapter in self.chapters if chapter.start <= position][-1]

    def chapter(self, code: str) -> Chapter | None:
        """The chapter of that name, else the first that has a section of that name."""
        named = [chapter for chapter in self.chapters if chapter.code == code]
        holding = [chapter for chapter in self.chapters if code in {section.code for section in chapter.sections}]
        return next(iter([*named, *holding]), None)

    def pointers_in(self, chapter: Chapter) -> tuple[Pointer, ...]:
        """The passages of a chapter, in the order of the text, a wider one before those inside it."""
        first, end = (bisect_left(self.pointers, edge, key=_begin) for edge in (chapter.start, chapter.end))
        return self.pointers[first:end]

    @cached_property
    def shares(self) -> dict[Kind, float]:
        """The share of the text that is of each kind."""
        return self._shares(0, self.length)

    @cached_property
    def chapter_shares(self) -> tuple[dict[Kind, float], ...]:
        """The share of each chapter that is of each kind."""
        return tuple(self._shares(chapter.start, chapter.end) for chapter in self.chapters)

    def _shares(self, start: int, end: int) -> dict[Kind, float]:
        lengths: Counter[Kind] = Counter()
        for run in self.runs:
            lengths[run.kind] += max(min(run.end, end) - max(run.start, start), 0)
        return {kind: lengths[kind] / max(end - start, 1) for kind in Kind}

    def unchanged(self, pointer: Pointer) -> bool | None:
        """Whether the passage has the digest that it had; None without the text."""
        if self.text is None:
            return None
        passage = self.text.content[pointer.start : pointer.end]
        return hashlib.sha256(passage.encode()).hexdigest() == pointer.digest


def _begin(pointer: Pointer) -> int:
    return pointer.start


class Holdings:
    """All documents that a store points into, laid out when the first page asks for one."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._documents = rows(store, settings.base, _DOCUMENTS)
        self._texts = _texts(store, settings) if self._documents else {}

    @cached_property
    def _volumes(self) -> dict[str, Volume]:
        lengths = {row["source"]: int(row["length"]) for row in self._documents}
        return {
            iri: _volume(self._store, self._settings, iri, length, self._texts.get(iri))
            for iri, length in lengths.items()
        }

    @cached_property
    def _places(self) -> dict[str, tuple[Volume, Pointer]]:
        return {pointer.iri: (volume, pointer) for volume in self for pointer in volume.pointers}

    def warm(self) -> None:
        """Lay the documents out now."""
        self.place("")

    def __iter__(self) -> Iterator[Volume]:
        return iter(self._volumes.values())

    def state(self, data: str) -> str:
        """The state of what pages are made from: that of the data, and which texts can be read beside it."""
        iris = [row["source"] for row in self._documents]
        texts_here = {iri: self._texts.get(iri) for iri in iris}
        told = [f"{iri} {_access(iri, text, self._settings)} {text is not None}" for iri, text in texts_here.items()]
        return hashlib.sha256("\n".join([data, *told]).encode()).hexdigest()

    def volume(self, iri: str) -> Volume | None:
        """The document of that IRI; None where the graph does not point into it."""
        return self._volumes.get(iri)

    def place(self, evidence: str) -> tuple[Volume, Pointer] | None:
        """The document and the range of a passage."""
        return self._places.get(evidence)


def _texts(store: Store, settings: Settings) -> dict[str, Text | None]:
    if settings.sources is None:
        return {}
    found = texts.available(store, settings.base, settings.sources) if settings.sources.is_dir() else {}
    missing = [iri for iri, text in found.items() if text is None]
    if missing or not found:
        what = f"no text of {', '.join(missing)}" if found else "no such folder"
        warning = f"{settings.sources}: {what}; pages give the places of passages in it, not their words"
        from vesoc import journal  # which imports more than the engine needs else

        journal.warn(warning)
    return found


def _volume(store: Store, settings: Settings, iri: str, length: int, text: Text | None) -> Volume:
    sections = texts.sections(store, settings.base, iri)
    pointers = rows(store, settings.base, _POINTERS, source=NamedNode(iri))
    counts = Counter(covered.kind for covered in coverage.cover(store, settings.base, text).items) if text else None
    return Volume(
        iri,
        length,
        chapters_of(sections, length),
        tuple(Pointer(row["evidence"], int(row["start"]), int(row["end"]), row["digest"]) for row in pointers),
        tuple(_runs(coverage.passages(store, settings.base, iri), length)),
        _access(iri, text, settings),
        text,
        counts,
    )


def _access(iri: str, text: Text | None, settings: Settings) -> Access:
    if iri.rsplit("/", 1)[-1] not in settings.shown_sources:
        return Access.WITHHELD
    return Access.OPEN if text else Access.ABSENT


def _runs(passages: Iterable[coverage.Passage], length: int) -> list[Run]:
    """The text in stretches of one kind that follow each other; what is short between passages goes with the first."""
    found, order, runs = list(passages), list(Kind), [Run(0, 0, Kind.NONE)]
    cuts = sorted({0, length, *(one.start for one in found), *(one.end for one in found)})
    for start, end in pairwise(cuts):
        kinds = [one.kind for one in found if one.start <= start and end <= one.end]
        kind = min(kinds, key=order.index, default=Kind.NONE)
        last = runs[-1]
        if kind in (last.kind, Kind.NONE) and (kind is last.kind or end - start < _GAP):
            runs[-1] = Run(last.start, end, last.kind)
        else:
            runs.append(Run(start, end, kind))
    return [run for run in runs if run.end > run.start]
