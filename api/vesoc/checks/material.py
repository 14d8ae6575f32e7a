"""What is checked: documents with their bytes, and the graph that they belong to or point into."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from vesoc import graphs
from vesoc.conversion import as_store, numbered
from vesoc.graphs import GraphFile
from vesoc.places import Places
from vesoc.shapes import Shapes
from vesoc.validation import Surroundings


@dataclass(frozen=True)
class Document:
    """An RDF document: its name in reports (a path, an address, `-`), its bytes, its syntax and the IRI it stands at.

    `graph` is the IRI of the named graph that its triples belong to; without one they stay where the document has them.
    """

    name: str
    content: bytes
    form: RdfFormat
    iri: str
    graph: str | None = None

    @cached_property
    def text(self) -> str:
        """Its characters without a byte order mark; what is no UTF-8 is replaced, which a parser complains of."""
        return self.body.decode("utf-8", "replace")

    @property
    def body(self) -> bytes:
        """Its bytes without a byte order mark, which parsers of UTF-8 do not know."""
        return self.content.removeprefix(codecs.BOM_UTF8)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """What it says, in the lexical forms that it has; SyntaxError or ValueError where it is not RDF."""
        parsed = pyoxigraph.parse(self.body, format=self.form, base_iri=self.iri)
        quads = numbered(parsed, self._mark)
        if self.graph is None:
            return tuple(quads)
        graph = NamedNode(self.graph)
        return tuple(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)

    @property
    def _mark(self) -> str:
        """What its blank nodes are called by: the same in each run, and other than those of another document."""
        return f"b{sha256(self.name.encode(errors='surrogateescape')).hexdigest()[:8]}n"

    @cached_property
    def readable(self) -> bool:
        """Whether it is RDF."""
        try:
            self.quads  # noqa: B018
        except (SyntaxError, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Material:
    """What a run checks.

    `documents` are our own graph, whole, where `places` tells its folders; else they are those of others, and `context`
    is what they may point into, which is not checked itself. `surroundings` are the context as the shapes see it, where
    somebody has them ready. `sources` is the folder of the source texts.
    """

    documents: tuple[Document, ...]
    base: str
    shapes: Shapes
    places: Places | None = None
    context: tuple[Quad, ...] = ()
    sources: Path | None = None
    surroundings: Surroundings | None = None

    @property
    def own(self) -> bool:
        """Whether it is our own graph."""
        return self.places is not None

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """What all documents say; a step that asks for it runs only where all of them can be read."""
        return tuple(quad for document in self.documents for quad in document.quads)

    @cached_property
    def store(self) -> Store:
        """What the documents and the context say, in one default graph; nobody changes it."""
        return as_store((*self.context, *self.quads))

    @cached_property
    def readable(self) -> tuple[Quad, ...]:
        """What those documents say that can be read."""
        return tuple(quad for document in self.documents if document.readable for quad in document.quads)


def read(files: Iterable[GraphFile], base: str, names: Mapping[Path, str] | None = None) -> tuple[Document, ...]:
    """Files as documents; VesocError for one that cannot be read. `names` are those that reports use."""
    return tuple(_document(file, base, (names or {}).get(file.path)) for file in files)


def _document(file: GraphFile, base: str, name: str | None) -> Document:
    graph = graphs.graph_iri(file.slug, base) if file.slug else None
    return Document(
        name or shown(file.path), graphs.content(file), graphs.form(file), file.path.resolve().as_uri(), graph
    )


def shown(path: Path) -> str:
    """A path as reports have it: below the folder where the command runs, as editors and CI look for it."""
    whole = path.resolve()
    return (whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole).as_posix()
