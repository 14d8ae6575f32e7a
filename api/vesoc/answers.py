"""What a worker can be asked beside queries: the operations behind each route, on one dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Triple

from vesoc import description, markup, replies, resource, void
from vesoc.asked import Asked
from vesoc.checked import Checked
from vesoc.cited import Cited
from vesoc.dataset import Dataset, data_version
from vesoc.documents import Documents
from vesoc.errors import Problem
from vesoc.formats import HTML
from vesoc.graphs import ONTOLOGY, graph_iri
from vesoc.holdings import Holdings
from vesoc.names import prefixes
from vesoc.pages.book import Pages
from vesoc.places import Places
from vesoc.rdf import Writer
from vesoc.reader import Reader
from vesoc.releases import given
from vesoc.reply import Reply
from vesoc.settings import Settings
from vesoc.worker import Operation

_VERSION_IRI = NamedNode("http://www.w3.org/2002/07/owl#versionIRI")


class Answers:
    """Answers from one dataset."""

    def __init__(
        self, dataset: Dataset, settings: Settings, found: Places | None = None, holdings: Holdings | None = None
    ) -> None:
        self._dataset = dataset
        self._own = found is not None
        self._store = dataset.store
        self._base = dataset.base
        self._settings = settings
        self._writer = Writer(dataset.store, dataset.base, settings.address)
        shapes = found.shapes if found else None
        self._pages = Pages(
            dataset.store, settings, dataset.digest, shapes, dataset.kinds, holdings=holdings, large=dataset.large
        )
        self._documents = Documents(dataset.store, self._pages, self._writer, settings)
        self._asked = Asked(dataset.store, self._pages, settings)
        self._checked = Checked(dataset.store, settings, found)

    def chores(self) -> list[Callable[[], None]]:
        """What the first page of some kind would have to make, each thing by itself."""
        whole = [] if self._dataset.large else [self._documents.warm]
        return [*self._pages.chores(), *whole, self._writer.warm, *self._checked.chores()]

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {
            "graph": self.graph,
            "ontology": self.ontology,
            "context": self.context,
            "home": self.home,
            "void": self.void,
            "service": self.service,
            **self._asked.operations(),
            **self._checked.operations(),
            **Cited(self._store, self._pages).operations(),
            **self._documents.operations(),
        }

    def graph(self, request: dict[str, Any], reply: Reply) -> None:
        """One graph whole, the first of those named that is there; None is the default graph."""
        nodes = [_graph_node(iri) for iri in request["graphs"]]
        found = [node for node in nodes if isinstance(node, DefaultGraph) or self._store.contains_named_graph(node)]
        if not found:
            raise Problem(404, f"there is no graph {request['graphs'][-1]}", kind="no-graph")
        if replies.begin(request, reply, form := replies.form(request)):
            syntax: Any = form.engine
            self._store.dump(markup.safe(reply, form), syntax, from_graph=found[0], prefixes=prefixes(self._base))

    def ontology(self, request: dict[str, Any], reply: Reply) -> None:
        """The ontology, as RDF or as a page."""
        triples = resource.graph(self._store, graph_iri(ONTOLOGY, self._base))
        version = request.get("version")
        if not triples or (version and not self._is_version(version)):
            raise Problem(404, f"there is no version {version} of the ontology" if version else "there is no ontology")
        form = replies.form(request)
        if form is HTML:
            replies.send(request, reply, form, self._pages.ontology(Reader.from_document(request["reader"])))
        else:
            self._write(request, reply, triples)

    def context(self, request: dict[str, Any], reply: Reply) -> None:
        """The context of our JSON-LD."""
        replies.send(request, reply, replies.form(request), self._writer.context())

    def home(self, request: dict[str, Any], reply: Reply) -> None:
        """The first page."""
        reader = Reader.from_document(request["reader"])
        replies.send(request, reply, HTML, self._pages.home(self._dataset.counts, reader))

    def void(self, request: dict[str, Any], reply: Reply) -> None:
        """VoID of the dataset."""
        counts, base, address = self._dataset.counts, self._base, self._settings.address
        version = data_version(self._store, base) if self._own else None
        forms = void.DUMPED if version else given.FORMS
        folder = f"{address}dumps/{version or given.VERSION}/"
        triples = {
            *void.void(counts, base, address),
            *void.document(base, address),
            *void.dumps(base, folder, forms),
            *void.told(self._store, counts, base),
        }
        self._write(request, reply, list(triples))

    def service(self, request: dict[str, Any], reply: Reply) -> None:
        """The SPARQL service description."""
        triples = description.service(self._dataset.counts, self._base, self._settings.address)
        limits = description.limits(self._settings)
        self._write(request, reply, [*triples, *limits])

    def _is_version(self, version: str) -> bool:
        iri = resource.named_node(f"{self._base}ns/{version}")
        pattern = NamedNode(f"{self._base}ns"), _VERSION_IRI, iri
        return iri is not None and next(self._store.quads_for_pattern(*pattern, None), None) is not None

    def _write(self, request: dict[str, Any], reply: Reply, triples: list[Triple]) -> None:
        replies.write(request, reply, self._writer, triples)


def _graph_node(iri: str | None) -> NamedNode | DefaultGraph:
    if iri is None:
        return DefaultGraph()
    try:
        return NamedNode(iri)
    except ValueError:
        raise Problem(400, "the graph argument is no absolute IRI") from None
