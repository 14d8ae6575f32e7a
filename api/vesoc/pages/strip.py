"""How much of a text the graph bears out, from its beginning to its end: as a strip, and as a table of its chapters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from vesoc.catalogues import translation
from vesoc.chapters import Chapter
from vesoc.coverage import Kind
from vesoc.holdings import Access, Pointer, Volume
from vesoc.pages.values import Value
from vesoc.pages.view import View

WIDTH = 1000  # of the strip, in its own units
HEIGHT = 28
# The kinds as style sheets name them, the strongest first.
NAMES = MappingProxyType(
    {Kind.MEASURE: "measure", Kind.STATEMENT: "statement", Kind.PART: "part", Kind.NONE: "nothing"}
)


@dataclass(frozen=True)
class Stretch:
    """A chapter on the strip and in the table; `shares` are those of each kind, from 0 to 1, by name."""

    link: Value
    left: float
    width: float
    passages: int
    shares: dict[str, float]


@dataclass(frozen=True)
class Strip:
    """`paths` draw each kind; `counts` are the list items of each, known where the text is here; `here` is a place."""

    width: int
    height: int
    paths: dict[str, str]
    stretches: list[Stretch]
    shares: dict[str, float]
    counts: dict[str, int] | None
    here: float | None


def strip(view: View, volume: Volume, pointer: Pointer | None = None) -> Strip:
    """The strip of a document; with a passage, its place is marked."""
    scale = WIDTH / max(volume.length, 1)
    counts = {name: volume.counts[kind] for kind, name in NAMES.items()} if volume.counts is not None else None
    return Strip(
        width=WIDTH,
        height=HEIGHT,
        paths=_paths(volume, scale),
        stretches=[
            _stretch(view, volume, chapter, shares)
            for chapter, shares in zip(volume.chapters, volume.chapter_shares, strict=True)
        ],
        shares=_named(volume.shares),
        counts=counts,
        here=round((pointer.start + pointer.end) / 2 * scale, 1) if pointer else None,
    )


def chapter_link(view: View, volume: Volume, chapter: Chapter) -> Value:
    """A chapter by the title of the part of the agreement that it is, else by its heading, and where it can be read."""
    part = NamedNode(f"{view.base}id/deel/{chapter.code}")
    title: Any = view.link(part) if view.values(part, "rdf:type") else _heading(view, volume, chapter)
    address = f"{view.href(volume.iri)}?section={chapter.code}" if volume.access is Access.OPEN else None
    return Value(title.text, address, title.language if title.language != view.reader.language else None)


def _heading(view: View, volume: Volume, chapter: Chapter) -> Value:
    """Its heading; what has none is the whole text, or its beginning."""
    _ = translation(view.reader.language).gettext
    heading = chapter.key.path.split(" > ")[-1]
    if not heading.startswith("["):
        return Value(heading, language="nl")
    return Value(_("The whole text") if len(volume.chapters) == 1 else _("The beginning"))


def _paths(volume: Volume, scale: float) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for run in volume.runs:
        left, right = round(run.start * scale, 1), round(run.end * scale, 1)
        found[NAMES[run.kind]].append(f"M{left:g} 0H{right:g}V{HEIGHT}H{left:g}z")
    return {name: "".join(found[name]) for name in NAMES.values() if name in found}


def _stretch(view: View, volume: Volume, chapter: Chapter, shares: dict[Kind, float]) -> Stretch:
    scale = WIDTH / max(volume.length, 1)
    return Stretch(
        chapter_link(view, volume, chapter),
        round(chapter.start * scale, 1),
        round(chapter.size * scale, 1),
        len(volume.pointers_in(chapter)),
        _named(shares),
    )


def _named(shares: dict[Kind, float]) -> dict[str, float]:
    return {name: shares[kind] for kind, name in NAMES.items()}
