"""An assessment from the start: fetch or read the catalogue, ask the addresses, measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from vesoc.errors import VesocError
from vesoc.quality import compliance, reading
from vesoc.quality.assessment import Assessment, moment
from vesoc.quality.catalogue import Catalogue
from vesoc.quality.score import assess
from vesoc.quality.visitor import MOST_BYTES, SECONDS, Document, Step, Visitor, remote


@dataclass(frozen=True)
class Wish:
    """What is to be surveyed: `source` is an address or a file; a file is never asked whether its addresses answer.

    `seconds` is the limit for each request, `pages` how many pages of a paged catalogue are read; `shapes` are files or
    folders that take the place of our own.
    """

    source: str
    live: bool = True
    seconds: float = SECONDS
    pages: int = 1
    shapes: Sequence[Path] = ()


async def survey(wish: Wish, step: Step = lambda what: None) -> Assessment:
    """The score of a catalogue; VesocError where there is none. `step` is told what is being done."""
    shapes = compliance.shapes(wish.shapes)
    visitor = Visitor(wish.seconds)
    catalogue = await _catalogue(wish, visitor, step)
    if not catalogue.datasets:
        raise VesocError(f"{wish.source}: names no dcat:Dataset; give the address of a DCAT catalogue")
    asked = await visitor.answers(catalogue.addresses(), step) if wish.live and remote(wish.source) else None
    step("DCAT-AP")
    return assess(catalogue, shapes, asked, moment())


async def _catalogue(wish: Wish, visitor: Visitor, step: Step) -> Catalogue:
    """The catalogue, with those of its pages that are wished for."""
    waiting, seen, quads, size, first = [wish.source], set[str](), list[Quad](), 0, ""
    while waiting and len(seen) < wish.pages:
        address = waiting.pop(0)
        step(address)
        document = await _document(address, visitor, MOST_BYTES - size)
        seen |= {address, document.address}
        size += len(document.body)
        first = first or document.address
        found = reading.quads(document.body, document.media_type, document.address, apart=bool(quads))
        page = Catalogue(document.address, found)
        quads += page.quads
        waiting = [following for following in page.following() if following not in seen]
    return Catalogue(first, quads)


async def _document(source: str, visitor: Visitor, most: int) -> Document:
    if remote(source):
        return await visitor.document(source, most)
    path = Path(source)
    try:
        if path.stat().st_size > most:
            raise VesocError(f"{source}: larger than {most // 1024 // 1024} MB; give a part of it")
        return Document(path.resolve().as_uri(), "", path.read_bytes())
    except OSError as error:
        raise VesocError(f"{source}: neither an address of http or https nor a file ({error.strerror})") from None
