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
from vesoc.graphs import METADATA
from vesoc.places import Places
from vesoc.quality.client import remote
from vesoc.settings import Settings
from vesoc.shapes import Shapes

STDIN = "-"


def own(chosen: Settings) -> Material:
    """Our own graph, whole, its files named as reports have them."""
    found = places.find(chosen.root)
    documents = read(graphs.own_files(found), chosen.base)
    return Material(documents, chosen.base, Shapes(found.shapes), places=found, sources=chosen.sources)


def whole(found: Places, base: str) -> Material:
    """Our own graph, whole, its files named below its root, wherever that is."""
    files = graphs.own_files(found)
    names = {file.path: file.path.relative_to(found.root).as_posix() for file in files}
    return Material(read(files, base, names), base, Shapes(found.shapes), places=found)


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

    `syntax` is the media type or suffix of what comes from `stream`. What is named twice is one document.
    """
    found = places.find(chosen.root) if not shapes else None
    documents = _documents(names, chosen.base, stream, syntax, found)
    if found is None:
        return Material(documents, chosen.base, Shapes(*shapes))
    around = beside(found, chosen.base) if context else beside(found, chosen.base, ontology=True)
    return Material(documents, chosen.base, Shapes(found.shapes), context=around)


def beside(found: Places, base: str, *, ontology: bool = False) -> tuple[Quad, ...]:
    """Our graph as others' documents stand beside it: all but what it says of itself, or the ontology only."""
    files = [file for file in graphs.own_files(found) if file.slug != METADATA]
    wanted = [file for file in files if not ontology or file.slug == graphs.ONTOLOGY]
    return tuple(quad for file in wanted for quad in graphs.quads(file, base))


def among(names: Sequence[str], chosen: Settings) -> list[str] | None:
    """The names of those documents of our own graph that are asked for; None where others are among them.

    The root of our graph and the folder of the ontology stand for our files in them; a folder around the root for those
    of others in it, if there are any; any other for all RDF in it.
    """
    if any(name == STDIN or remote(name) for name in names):
        return None
    found = places.find(chosen.root)
    own_paths = [file.path.resolve() for file in graphs.own_files(found)]
    wanted: set[Path] = set()
    for path in (Path(name).resolve() for name in names):
        if path == found.ontology or found.root.is_relative_to(path):
            wanted |= {own for own in own_paths if own.is_relative_to(path)}
        if path not in (found.root, found.ontology):
            wanted |= {file.resolve() for file in _files(path, found)}
    return [shown(path) for path in own_paths if path in wanted] if wanted <= set(own_paths) else None


def _documents(
    names: Iterable[str], base: str, stream: BinaryIO, syntax: str | None, ours: Places | None
) -> tuple[Document, ...]:
    found = (document for name in dict.fromkeys(names) for document in _named(name, base, stream, syntax, ours))
    return tuple({document.iri: document for document in found}.values())


def _named(name: str, base: str, stream: BinaryIO, syntax: str | None, ours: Places | None) -> Iterator[Document]:
    if name == STDIN:
        yield Document(name, stream.read(), _syntax(syntax), "urn:stdin:")
    elif remote(name):
        yield _fetched(name)
    else:
        yield from read(graphs.given_files(_files(Path(name), ours)), base)


def _files(path: Path, ours: Places | None) -> list[Path]:
    """The file of that name, or all RDF files of a folder, without the graph of ours that they are to stand beside.

    VesocError where there are none.
    """
    found = graphs.below(path) if path.is_dir() else [path]
    if not found:
        raise VesocError(f"{path}: there is no RDF in this folder")
    if ours is None or path.resolve() not in ours.root.parents:
        return found
    return [file for file in found if not file.resolve().is_relative_to(ours.root)]


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
        raise VesocError(f"{name}: unknown syntax; give a media type, or one of {' '.join(graphs.SUFFIXES)}")
    return found
