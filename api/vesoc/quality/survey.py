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
from vesoc.quality.client import MOST_BYTES, SECONDS, Client, Document, Step, remote
from vesoc.quality.score import assess


@dataclass(frozen=True)
class Options:
    """What is to be surveyed: `source` is an address or a file; a file is never asked whether its addresses answer.

    `seconds` is the limit for each request, `pages` how many pages of a paged catalogue are read; `shapes` are files or
    folders that take the place of our own.
    """

    source: str
    live: bool = True
    seconds: float = SECONDS
    pages: int = 1
    shapes: Sequence[Path] = ()


async def survey(options: Options, step: Step = lambda what: None) -> Assessment:
    """The score of a catalogue; VesocError where there is none. `step` is told what is being done."""
    shapes = compliance.shapes(options.shapes)
    client = Client(options.seconds)
    catalogue = await _catalogue(options, client, step)
    if not catalogue.datasets:
        raise VesocError(f"{options.source}: names no dcat:Dataset; give the address of a DCAT catalogue")
    asked = await client.answers(catalogue.addresses(), step) if options.live and remote(options.source) else None
    step("DCAT-AP")
    return assess(catalogue, shapes, asked, moment())


async def _catalogue(options: Options, client: Client, step: Step) -> Catalogue:
    """The catalogue, with those of its pages that are wished for; a page is never a file, for others name it."""
    waiting, seen, quads, size, first = [options.source], set[str](), list[Quad](), 0, ""
    while waiting and len(seen) < options.pages:
        address = waiting.pop(0)
        step(address)
        document = await _document(address, client, MOST_BYTES - size)
        seen |= {address, document.address}
        size += len(document.body)
        first = first or document.address
        found = reading.quads(document.body, document.media_type, document.address, apart=bool(quads))
        page = Catalogue(document.address, found)
        quads += page.quads
        waiting = [following for following in page.following() if remote(following) and following not in seen]
    return Catalogue(first, quads)


async def _document(source: str, client: Client, most: int) -> Document:
    if remote(source):
        return await client.document(source, most)
    path = Path(source)
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)  # a device has no size to go by
    except OSError as error:
        raise VesocError(f"{source}: neither an address of http or https nor a file ({error.strerror})") from None
    if len(body) > most:
        raise VesocError(f"{source}: larger than {most // 1024 // 1024} MB; give a part of it")
    return Document(path.resolve().as_uri(), "", body)
