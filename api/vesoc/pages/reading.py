"""A chapter of a text on a page: its words with the passages marked, and in the margin what rests on each of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from pyoxigraph import NamedNode

from vesoc.chapters import Chapter
from vesoc.holdings import Access, Pointer, Volume
from vesoc.layout import Block, blocks
from vesoc.pages.strip import chapter_link
from vesoc.pages.values import Value
from vesoc.pages.view import View
from vesoc.words import KINDS

_ORDER = MappingProxyType(
    {kind: place for place, kind in enumerate(("maatregel", "wijziging", "doelstelling", "budgetlijn", *KINDS))}
)
_LISTED = frozenset({"item", "row", "block"})


@dataclass(frozen=True)
class Note:
    """A passage in the margin: its number in the chapter, what rests on it, and its kind where it holds no measure."""

    number: int
    slug: str
    href: str
    facts: list[Value]
    kind: Value | None
    told: Value | None


@dataclass(frozen=True)
class Line:
    """A block of the text with the passages that begin in it."""

    block: Block
    notes: list[Note]


@dataclass(frozen=True)
class Reading:
    """A chapter to read. `groups` are its lines, each group with whether it is a list; `current` is a passage's IRI."""

    chapter: Value
    part: Value | None
    groups: list[tuple[bool, list[Line]]]
    notes: dict[str, Note]
    before: Value | None
    after: Value | None
    current: str | None


def reading(view: View, volume: Volume, chapter: Chapter, pointer: Pointer | None = None) -> Reading | None:
    """A chapter of a document, with one passage to be looked at; None where it cannot be read here."""
    if volume.access is not Access.OPEN:
        return None
    pointers = volume.pointers_in(chapter)
    notes = {one.iri: note(view, one, number) for number, one in enumerate(pointers, 1)}
    lines = [Line(block, [notes[one.iri] for one in block.pointers]) for block in blocks(volume, chapter)]
    place = volume.chapters.index(chapter)
    around = [chapter_link(view, volume, one) for one in volume.chapters]
    return Reading(
        chapter=around[place],
        part=_part(view, chapter),
        groups=[(listed, list(group)) for listed, group in groupby(lines, lambda line: line.block.kind in _LISTED)],
        notes=notes,
        before=around[place - 1] if place else None,
        after=around[place + 1] if place + 1 < len(around) else None,
        current=pointer.iri if pointer else None,
    )


def note(view: View, pointer: Pointer, number: int) -> Note:
    """What the margin says of a passage."""
    evidence = NamedNode(pointer.iri)
    return Note(
        number,
        pointer.slug,
        f"{view.href(pointer.iri)}#passage",
        [*facts(view, evidence), *compared(view, evidence)],
        _kind(view, evidence),
        view.text(evidence, "dcterms:description"),
    )


def _kind(view: View, evidence: NamedNode) -> Value | None:
    """What the passage is where it holds no measure; a heading shows that by itself."""
    kind = view.one(evidence, "dcterms:type")
    headings = [view.term(f"passagesoort:{name}") for name in ("kop", "tussenkop")]
    return view.link(kind) if isinstance(kind, NamedNode) and kind not in headings else None


def facts(view: View, evidence: NamedNode) -> list[Value]:
    """What rests on a passage: measures first, then by kind and label."""
    found = [view.link(node) for node in view.subjects("vesoc:hasEvidence", evidence)]
    return sorted(found, key=lambda value: (_ORDER.get(value.kind or "", len(_ORDER)), value.text.casefold()))


def compared(view: View, evidence: NamedNode) -> list[Value]:
    """The claims that were compared with a passage."""
    return view.by_label(view.subjects("vesoc:comparedWith", evidence))


def _part(view: View, chapter: Chapter) -> Value | None:
    part = NamedNode(f"{view.base}id/deel/{chapter.code}")
    return view.link(part) if view.values(part, "rdf:type") else None
