"""The graph as the server holds it: files in, one read-only Oxigraph store out, with named graphs and a digest."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from vesoc import description
from vesoc.graphs import METADATA, ONTOLOGY, GraphFile, graph_iri, load_whole, quads
from vesoc.library import NamedQuery
from vesoc.names import prefixes

DUMPS = ("nq", "ttl", "nt")
_LEVEL = 6  # of gzip
_SYNTAX = MappingProxyType({"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES})
_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_MODIFIED = NamedNode("http://purl.org/dc/terms/modified")
Progress = Callable[[GraphFile], None]


@dataclass(frozen=True)
class Dataset:
    """A loaded store and the day it was last changed (ISO 8601).

    `digest` is the SHA-256 of what the data says; `state` covers what is said of this server as well; `counted`
    are its sizes, where they are known already.
    """

    store: Store
    base: str
    digest: str
    state: str
    modified: str | None
    counted: description.Counts | None = None

    @cached_property
    def counts(self) -> description.Counts:
        """The sizes of the data; what has been loaded for others is counted when somebody asks."""
        return self.counted or description.count(self.store)


def load(files: Iterable[GraphFile], base: str, progress: Progress = lambda file: None) -> Store:
    """A store with the quads of `files`; VesocError for the first that is not RDF."""
    store = Store()
    for file in files:
        progress(file)
        store.bulk_extend(quads(file, base))
    return store


def build_own(
    files: list[GraphFile],
    base: str,
    address: str,
    progress: Progress = lambda file: None,
    library: Iterable[NamedQuery] = (),
) -> Dataset:
    """The VESOC graph: named graphs, the metadata graph, and a default graph that holds each triple once."""
    store = load(files, base, progress)
    counts = description.count(store, graph_iri(METADATA, base))
    digest = hashlib.sha256(dump(store, base, "nq")).hexdigest()
    metadata = NamedNode(graph_iri(METADATA, base))
    for triple in (*description.describe(counts, base, address), *description.examples(library, base, address)):
        store.add(Quad(triple.subject, triple.predicate, triple.object, metadata))
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    told = _lines(store.quads_for_pattern(None, None, None, metadata))
    state = hashlib.sha256(digest.encode() + told).hexdigest()
    return Dataset(store, base, digest, state, _modified(store, base), counts)


def build_given(files: list[GraphFile], base: str, progress: Progress = lambda file: None) -> Dataset:
    """Other people's data as it stands, the default graph as written."""
    store, digest = Store(), hashlib.sha256()
    for file in files:
        progress(file)
        load_whole(store, file)
        with open(file.path, "rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return Dataset(store, base, digest.hexdigest(), digest.hexdigest(), None)


def write_dumps(dataset: Dataset, folder: Path) -> None:
    """`vesoc.nq.gz`, `vesoc.ttl.gz` and `vesoc.nt.gz`, the same bytes for the same data.

    Our own are sorted; others' data, which may be large, goes out in the order of the store.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in DUMPS:
        part = folder / f"vesoc.{suffix}.gz.part"
        with part.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            if dataset.counted:
                packed.write(dump(dataset.store, dataset.base, suffix))
            else:
                _stream(dataset, suffix, packed)
        part.rename(part.with_suffix(""))


def _stream(dataset: Dataset, suffix: str, out: Any) -> None:
    store, names = dataset.store, prefixes(dataset.base)
    if suffix == "nq":
        store.dump(out, RdfFormat.N_QUADS)
    elif any(store.named_graphs()):
        triples: Any = store.query(_TRIPLES)
        triples.serialize(out, _SYNTAX[suffix])
    else:
        store.dump(out, _SYNTAX[suffix], from_graph=DefaultGraph(), prefixes=names)


def dump(store: Store, base: str, suffix: str) -> bytes:
    """All that the sources, the ontology and the editors say, sorted: quads for `nq`, each triple once for the others.

    The metadata graph tells of one deployment and the default graph repeats the others; neither is part of a dump.
    """
    kept = _data_quads(store, base)
    if suffix == "nq":
        return _lines(kept)
    triples = {quad.triple for quad in kept}
    lines = _lines(triples)
    return lines if suffix == "nt" else _turtle(lines, base)


def _data_quads(store: Store, base: str) -> list[Quad]:
    metadata = NamedNode(graph_iri(METADATA, base))
    graphs: list[NamedNode | BlankNode | DefaultGraph] = [g for g in store.named_graphs() if g != metadata]
    if not store.contains_named_graph(metadata):
        graphs.append(DefaultGraph())
    return [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]


def _lines(statements: Iterable[Quad] | Iterable[Triple]) -> bytes:
    text = serialize(statements, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(io.BytesIO(text)))


def _turtle(lines: bytes, base: str) -> bytes:
    store = Store()
    store.load(lines, format=RdfFormat.N_TRIPLES)
    triples = sorted((quad.triple for quad in store), key=str)
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes(base)) or b""


def _modified(store: Store, base: str) -> str | None:
    """The latest day that the ontology or the data says it was changed, not the clock's."""
    days = [
        quad.object.value
        for slug in (ONTOLOGY, METADATA)
        for quad in store.quads_for_pattern(None, _MODIFIED, None, NamedNode(graph_iri(slug, base)))
        if isinstance(quad.object, Literal)
    ]
    return max(days, default=None)
