"""What a worker can be asked: the operations behind each route, on one dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Triple

from vesoc import description, markup, resource, sparql
from vesoc.asked import Asked
from vesoc.dataset import Dataset
from vesoc.errors import Problem
from vesoc.formats import GRAPHS, HTML, RESOURCES, Format, by_suffix
from vesoc.graphs import ONTOLOGY, graph_iri
from vesoc.names import prefixes
from vesoc.pages.book import Pages
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.settings import Settings
from vesoc.worker import Operation

_VERSION_IRI = NamedNode("http://www.w3.org/2002/07/owl#versionIRI")


class Answers:
    """Answers from one dataset."""

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self._dataset = dataset
        self._store = dataset.store
        self._base = dataset.base
        self._settings = settings
        self._pages = Pages(dataset.store, dataset.base)
        self._asked = Asked(dataset.store, self._pages, settings)

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {
            "query": self.query,
            "graph": self.graph,
            "resource": self.resource,
            "ontology": self.ontology,
            "listing": self.listing,
            "home": self.home,
            "void": self.void,
            "service": self.service,
            **self._asked.operations(),
        }

    def query(self, request: dict[str, Any], reply: Reply) -> None:
        """A SPARQL query."""
        query = sparql.Query(request["query"], request["accept"], request["default"], request["named"])
        sparql.answer(self._store, query, self._settings, reply)

    def graph(self, request: dict[str, Any], reply: Reply) -> None:
        """One graph whole, the first of those named that is there; None is the default graph."""
        nodes = [_graph_node(iri) for iri in request["graphs"]]
        found = [node for node in nodes if isinstance(node, DefaultGraph) or self._store.contains_named_graph(node)]
        if not found:
            raise Problem(404, f"there is no graph {request['graphs'][-1]}", kind="no-graph")
        if self._begin(request, reply, form := _form(request)):
            syntax: Any = form.engine
            self._store.dump(markup.safe(reply, form), syntax, from_graph=found[0], prefixes=prefixes(self._base))

    def resource(self, request: dict[str, Any], reply: Reply) -> None:
        """What is said of one thing; 404 where nothing is."""
        iri = request["iri"]
        if not resource.known(self._store, iri):
            raise Problem(404, f"the graph says nothing of {iri}")
        form = _form(request)
        if form is HTML:
            self._send(request, reply, form, self._pages.resource(iri, Reader.from_document(request["reader"])))
        else:
            self._write(request, reply, form, resource.outgoing(self._store, iri))

    def ontology(self, request: dict[str, Any], reply: Reply) -> None:
        """The ontology, as RDF or as a page."""
        triples = resource.graph(self._store, graph_iri(ONTOLOGY, self._base))
        version = request.get("version")
        if not triples or (version and not self._is_version(version)):
            raise Problem(404, f"there is no version {version} of the ontology" if version else "there is no ontology")
        form = _form(request)
        if form is HTML:
            self._send(request, reply, form, self._pages.ontology(triples, Reader.from_document(request["reader"])))
        else:
            self._write(request, reply, form, triples)

    def listing(self, request: dict[str, Any], reply: Reply) -> None:
        """The things of one kind, by the first segment of their path: a page, or type and labels in RDF."""
        things = resource.listed(self._store, request["prefix"])
        if not things:
            raise Problem(404, f"the graph has nothing under {request['prefix']}")
        form = _form(request)
        if form is not HTML:
            self._write(request, reply, form, resource.outlines(self._store, things))
            return
        self._send(
            request,
            reply,
            HTML,
            self._pages.listing(request["prefix"], things, Reader.from_document(request["reader"])),
        )

    def home(self, request: dict[str, Any], reply: Reply) -> None:
        """The first page."""
        reader = Reader.from_document(request["reader"])
        self._send(request, reply, HTML, self._pages.home(self._dataset.counts, reader))

    def void(self, request: dict[str, Any], reply: Reply) -> None:
        """VoID of the dataset."""
        triples = description.void(self._dataset.counts, self._base, self._settings.address)
        self._write(request, reply, _form(request), list(triples))

    def service(self, request: dict[str, Any], reply: Reply) -> None:
        """The SPARQL service description."""
        triples = description.service(self._dataset.counts, self._base, self._settings.address)
        limits = description.limits(self._settings)
        self._write(request, reply, _form(request), [*triples, *limits])

    def _is_version(self, version: str) -> bool:
        iri = resource.named_node(f"{self._base}ns/{version}")
        pattern = NamedNode(f"{self._base}ns"), _VERSION_IRI, iri
        return iri is not None and next(self._store.quads_for_pattern(*pattern, None), None) is not None

    def _write(self, request: dict[str, Any], reply: Reply, form: Format, triples: list[Triple]) -> None:
        body = resource.write(self._store, sorted(triples, key=str), form, self._base)
        self._send(request, reply, form, body)

    def _send(self, request: dict[str, Any], reply: Reply, form: Format, body: bytes) -> None:
        if self._begin(request, reply, form):
            reply.write(markup.mended(body, form))

    def _begin(self, request: dict[str, Any], reply: Reply, form: Format) -> bool:
        """The header of the answer, and whether a body follows: not where the client has it already."""
        unchanged: bool = request["unchanged"]
        reply.start({"status": 304} if unchanged else {"status": 200, "type": form.media_type, "suffix": form.suffix})
        return not unchanged


def _form(request: dict[str, Any]) -> Format:
    form = by_suffix(request["suffix"], (*RESOURCES, *GRAPHS))
    if form is None:
        raise Problem(404, f"there is no form {request['suffix']!r} of this")
    return form


def _graph_node(iri: str | None) -> NamedNode | DefaultGraph:
    if iri is None:
        return DefaultGraph()
    try:
        return NamedNode(iri)
    except ValueError:
        raise Problem(400, "the graph argument is no absolute IRI") from None
