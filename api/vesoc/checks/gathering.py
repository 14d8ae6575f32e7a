"""What a run is to look at, gathered: our own graph, or the files, folders, addresses and input that somebody names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat

from vesoc import graphs, places
from vesoc.checks.material import Document, Material, read, shown
from vesoc.errors import VesocError
from vesoc.graphs import METADATA, GraphFile
from vesoc.places import Places
from vesoc.settings import Settings
from vesoc.shapes import Shapes

STDIN = "-"
_WEB = ("http://", "https://")


def own(chosen: Settings) -> Material:
    """Our own graph, whole."""
    found = places.find(chosen.root)
    documents = read(graphs.own_files(found), chosen.base)
    return Material(documents, chosen.base, Shapes(found.shapes), places=found, sources=chosen.sources)


def given(
    names: Iterable[str],
    chosen: Settings,
    stream: BinaryIO,
    *,
    syntax: str | None = None,
    shapes: Sequence[Path] = (),
    context: bool = True,
) -> Material:
    """Documents of others: with our shapes beside our graph, which `context` leaves out, or with `shapes` alone.

    `syntax` is the media type or suffix of what comes from `stream`.
    """
    documents = tuple(document for name in names for document in _documents(name, chosen.base, stream, syntax))
    if shapes:
        return Material(documents, chosen.base, Shapes(*shapes))
    found = places.find(chosen.root)
    around = beside(found, chosen.base) if context else beside(found, chosen.base, ontology=True)
    return Material(documents, chosen.base, Shapes(found.shapes), context=around)


def beside(found: Places, base: str, *, ontology: bool = False) -> tuple[Quad, ...]:
    """Our graph as others' documents stand beside it: all but what it says of itself, or the ontology only."""
    files = [file for file in graphs.own_files(found) if file.slug != METADATA]
    wanted = [file for file in files if not ontology or file.slug == graphs.ONTOLOGY]
    return tuple(quad for file in wanted for quad in graphs.quads(file, base))


def among(names: Sequence[str], chosen: Settings) -> list[str] | None:
    """The names of those documents of our own graph that are asked for; None where others are among them."""
    paths = [Path(name).resolve() for name in names]
    own_paths = [file.path.resolve() for file in graphs.own_files(places.find(chosen.root))]
    wanted = [own for own in own_paths if any(own.is_relative_to(path) for path in paths)]
    whole = all(any(own.is_relative_to(path) for own in own_paths) for path in paths)
    return [shown(path) for path in wanted] if whole else None


def _documents(name: str, base: str, stream: BinaryIO, syntax: str | None) -> Iterator[Document]:
    if name == STDIN:
        yield Document(name, stream.read(), _syntax(syntax), "urn:stdin:")
    elif name.startswith(_WEB):
        yield _fetched(name)
    else:
        yield from read(_files(Path(name)), base)


def _files(path: Path) -> list[GraphFile]:
    if not path.is_dir():
        return graphs.given_files([path])
    found = graphs.given_files(sorted(file for file in path.rglob("*") if graphs.known(file)))
    if not found:
        raise VesocError(f"{path}: there is no RDF in this folder")
    return found


def _fetched(address: str) -> Document:
    from vesoc.quality import reading
    from vesoc.quality.client import Client

    found = asyncio.run(Client().document(address))
    return Document(address, found.body, reading.syntax(found.body, found.media_type, found.address), found.address)


def _syntax(name: str | None) -> RdfFormat:
    """A syntax by its media type or suffix; Turtle where none is named."""
    if name is None:
        return RdfFormat.TURTLE
    found = RdfFormat.from_media_type(name) or RdfFormat.from_extension(name.removeprefix("."))
    if found is None:
        raise VesocError(f"{name}: unknown syntax; give a media type, or ttl, trig, nt, nq, rdf, jsonld")
    return found
