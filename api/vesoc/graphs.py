"""RDF files as quads: which named graph each file of ours belongs to, and other people's files as they stand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from vesoc.errors import VesocError
from vesoc.places import Places, foreign

ONTOLOGY = "ontologie"
ALIGNMENTS = "afstemming"
METADATA = "metadata"

_CERTAIN = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
SUFFIXES = tuple(_CERTAIN)  # of files that are RDF wherever they are found
_FORMATS = {**_CERTAIN, ".xml": RdfFormat.RDF_XML, ".json": RdfFormat.JSON_LD}  # the last two only when they are named
_OTHERS = "node_modules"  # a folder of code that somebody else made


@dataclass(frozen=True)
class GraphFile:
    """A file and the slug of the named graph that its triples belong to; none: as the file has it."""

    path: Path
    slug: str | None = None


def own_files(places: Places) -> list[GraphFile]:
    """The files of the graph, in a fixed order; the folder or file name under data/ttl is the graph's slug."""
    files = [
        GraphFile(places.ontology / "vesoc.ttl", ONTOLOGY),
        GraphFile(places.ontology / "alignments.ttl", ALIGNMENTS),
    ]
    for path in sorted(places.data.rglob("*.ttl")):
        parts = path.relative_to(places.data).parts
        if not any(map(foreign, parts)):
            files.append(GraphFile(path, parts[0].removesuffix(".ttl")))
    return files


def given_files(paths: Iterable[Path]) -> list[GraphFile]:
    """Other people's files; VesocError for one that is not there or whose format is unknown."""
    return [GraphFile(_checked(path)) for path in paths]


def quads(file: GraphFile, base: str) -> Iterator[Quad]:
    """What a file says, in the lexical forms that it has; VesocError with file, line and column if it is not RDF."""
    graph = NamedNode(graph_iri(file.slug, base)) if file.slug else None
    with told(file):
        for quad in parse(rename_blank_nodes=True, **_source(file)):
            yield Quad(quad.subject, quad.predicate, quad.object, graph) if graph else quad


def below(folder: Path) -> list[Path]:
    """The RDF files below a folder, in a fixed order; what begins with a dot is left out, and what is installed."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = (name for name in folders if not name.startswith(".") and name != _OTHERS)
        found += [Path(place, name) for name in files if not name.startswith(".") and _certain(name)]
    return sorted(path for path in found if path.is_file())


def content(file: GraphFile) -> bytes:
    """The bytes of a file; VesocError where it cannot be read."""
    with told(file):
        return file.path.read_bytes()


def form(file: GraphFile) -> RdfFormat:
    """The syntax of a file, by its name."""
    return _FORMATS[file.path.suffix.lower()]


def load_whole(store: Store, file: GraphFile, stream: IO[bytes] | None = None) -> None:
    """Load a file as it stands, however large; VesocError with file, line and column if it is not RDF.

    Its bytes are read from `stream` where there is one; what cannot be read then, or written, is an OSError.
    """
    if stream is None:
        with told(file):
            return store.bulk_load(**_source(file))
    with told_place(file):
        return store.bulk_load(**{**_source(file), "path": None, "input": stream})


def _source(file: GraphFile) -> dict[str, Any]:
    path = file.path
    return {"path": str(path), "format": form(file), "base_iri": path.resolve().as_uri()}


@contextmanager
def told(file: GraphFile) -> Iterator[None]:
    """VesocError where a file is not RDF, with line and column, or cannot be read."""
    try:
        with told_place(file):
            yield
    except (OSError, ValueError) as error:
        raise VesocError(f"{file.path}: cannot be read ({error})") from None


@contextmanager
def told_place(file: GraphFile) -> Iterator[None]:
    """VesocError with file, line and column where a file is not RDF."""
    try:
        yield
    except SyntaxError as error:
        place = ":".join(str(part) for part in (file.path, error.lineno, error.offset) if part is not None)
        raise VesocError(f"{place}: {error.msg}") from None


def graph_iri(slug: str, base: str) -> str:
    """The IRI of the named graph with that slug."""
    return f"{base}id/graaf/{slug}"


def _certain(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise VesocError(f"{path}: no such file")
    if path.suffix.lower() not in _FORMATS:
        raise VesocError(f"{path}: unknown format; name the file {', '.join(sorted(_FORMATS))}")
    return path
