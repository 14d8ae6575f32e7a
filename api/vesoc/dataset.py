"""The graph as the server holds it: files in, one read-only Oxigraph store out, with named graphs and a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from vesoc import description, void
from vesoc.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from vesoc.graphs import METADATA, GraphFile, graph_iri, load_whole, quads
from vesoc.library import NamedQuery
from vesoc.names import term
from vesoc.serialisation import lines, written
from vesoc.statistics import Counts, count

_FORMS = MappingProxyType({form.suffix: form for form in (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)})
_LARGE = 1_000_000  # triples
Progress = Callable[[GraphFile], None]


@dataclass(frozen=True)
class Dataset:
    """A loaded store, and what tells it from others.

    `digest` is the SHA-256 of what the data says; `state` covers what is said of this server as well. Where they are
    known already, `counted` are its sizes, `size` its triples as servers tell them, and `kinds` those of its things.
    """

    store: Store
    base: str
    digest: str
    state: str
    counted: Counts | None = None
    size: int | None = None
    kinds: frozenset[str] | None = None

    @property
    def large(self) -> bool:
        """Whether it holds so much that nothing is made in advance that takes the longer the more there is."""
        known = self.counted.triples if self.size is None and self.counted else self.size
        return (len(self.store) if known is None else known) > _LARGE

    @cached_property
    def counts(self) -> Counts:
        """The sizes of the data; what has been loaded for others is counted when somebody asks."""
        return self.counted or count(self.store, self.base)


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
    *,
    library: Iterable[NamedQuery] = (),
    limits: Iterable[Triple] = (),
) -> Dataset:
    """The VESOC graph: named graphs, the metadata graph, and a default graph that holds each triple once.

    `library` and `limits` are what the metadata graph tells of the endpoint beside the data.
    """
    store = load(files, base, progress)
    counts = count(store, base, graph_iri(METADATA, base))
    digest = hashlib.sha256(dump(store, base, "nq")).hexdigest()
    metadata = NamedNode(graph_iri(METADATA, base))
    described = description.describe(counts, base, address, data_version(store, base))
    triples = (*described, *description.examples(library, base, address), *limits)
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, metadata) for triple in triples)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    told = lines(store.quads_for_pattern(None, None, None, metadata))
    state = hashlib.sha256(digest.encode() + told).hexdigest()
    return Dataset(store, base, digest, state, counts)


def build_given(files: list[GraphFile], base: str, progress: Progress = lambda file: None) -> Dataset:
    """Other people's data as it stands, the default graph as written."""
    store, digest = Store(), hashlib.sha256()
    for file in files:
        progress(file)
        load_whole(store, file)
        with open(file.path, "rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return Dataset(store, base, digest.hexdigest(), digest.hexdigest())


def dump(store: Store, base: str, suffix: str) -> bytes:
    """All that the sources, the ontology and the editors say, sorted: quads for `nq`, each triple once for the others.

    The metadata graph tells of one deployment and the default graph repeats the others; neither is part of a dump.
    """
    kept = data_quads(store, base)
    return lines(kept) if suffix == "nq" else written({quad.triple for quad in kept}, _FORMS[suffix], base)


def data_quads(store: Store, base: str) -> list[Quad]:
    """The statements of a dump, in the order of the store."""
    metadata = NamedNode(graph_iri(METADATA, base))
    graphs: list[NamedNode | BlankNode | DefaultGraph] = [g for g in store.named_graphs() if g != metadata]
    if not store.contains_named_graph(metadata):
        graphs.append(DefaultGraph())
    return [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]


def data_version(store: Store, base: str) -> str | None:
    """The version that the editors give the data; None where they give none."""
    found = store.quads_for_pattern(void.whole(base), term("dcat:version"), None, None)
    return min((str(quad.object.value) for quad in found if isinstance(quad.object, Literal)), default=None)
