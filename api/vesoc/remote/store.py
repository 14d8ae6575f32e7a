"""A store whose statements are in an engine elsewhere: what the front asks of a store of ours, asked there.

What people ask always goes to the engine. What pages need is answered from memory where the data is held there, else
looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QueryTriples, RdfFormat, Store

from vesoc.remote import queries, results
from vesoc.remote.client import SOLUTIONS, TRIPLES, Client, Fields
from vesoc.remote.extent import Extent
from vesoc.remote.lookups import Lookups
from vesoc.remote.reading import Reading

_NONE = "id/graaf/-"  # no graph has that name


class RemoteStore:
    """As `pyoxigraph.Store`, for reading; Problem 502, 503 or 504 where the engine does not answer as it should.

    `most` statements are held in memory; of more, none.
    """

    def __init__(self, client: Client, extent: Extent, base: str, most: int) -> None:
        self._client = client
        self._extent = extent
        self._base = base
        self._reading = Reading(client, extent)
        self._lookups = Lookups(self._reading)
        self._held = self._filled() if extent.quads <= most else None

    @property
    def held(self) -> Store | None:
        """The data in memory, where it is small enough."""
        return self._held

    def ask(
        self,
        text: str,
        *,
        base_iri: str,
        default_graph: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        **_: Any,
    ) -> Any:
        """What the engine answers to a query of somebody; SyntaxError where it is none."""
        kind = queries.kind(text, base_iri)
        queries.require_graphs(text, self._extent.graphs, base_iri)
        sent = queries.resolved(queries.closed(text, self._nothing), base_iri)
        if default_graph is None and named_graphs is None:
            chosen = self._extent.fields(text)
        else:
            chosen = self._chosen(default_graph or (), named_graphs or ())
        fields = [("query", sent), *chosen]
        if kind is QueryTriples:
            return results.Triples(self._client.stream(fields, TRIPLES))
        if kind is QueryBoolean:
            return results.boolean(self._client.whole(fields, SOLUTIONS))
        return results.Solutions(results.solutions(self._client.stream(fields, SOLUTIONS)))

    def query(self, text: str, **options: Any) -> Any:
        """What a query of ours is answered; `options` are those of pyoxigraph."""
        if self._held is not None:
            return self._held.query(text, **options)
        return self._asked(text, **options)

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph_name: Any = None) -> Iterator[Quad]:
        """The statements that fit; None fits everything."""
        if self._held is not None:
            return self._held.quads_for_pattern(subject, predicate, value, graph_name)
        return self._lookups.matching(subject, predicate, value, graph_name)

    def named_graphs(self) -> Iterator[NamedNode]:
        """The named graphs of the dataset."""
        return self._reading.named()

    def contains_named_graph(self, graph_name: Any) -> bool:
        """Whether the dataset has a named graph."""
        return getattr(graph_name, "value", None) in self._extent.graphs

    def dump(
        self,
        output: IO[bytes],
        format: RdfFormat,
        *,
        from_graph: Any = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Write all of it, or one graph."""
        if self._held is not None:
            self._held.dump(output, format, from_graph=from_graph, prefixes=dict(prefixes or {}))
            return
        found: Iterable[Any] = iter(self)
        if from_graph is not None:
            found = (quad.triple for quad in self._reading.graph(from_graph))
        pyoxigraph.serialize(found, output, format=format, prefixes=dict(prefixes or {}))

    def __len__(self) -> int:
        return self._extent.quads

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._held) if self._held is not None else self._reading.whole()

    def __contains__(self, quad: Quad) -> bool:
        return any(self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name))

    def _asked(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[Any, Any] | None = None,
        base_iri: str | None = None,
        **_: Any,
    ) -> Any:
        whole = queries.resolved(queries.bound(text, prefixes or {}, substitutions or {}), base_iri or self._base)
        kind = queries.kind(whole, self._base)
        fields = [("query", whole), *self._extent.fields(text)]
        if kind is QueryTriples:
            return results.Triples(self._client.stream(fields, TRIPLES))
        answer = self._client.whole(fields, SOLUTIONS)
        if kind is QueryBoolean:
            return results.boolean(answer)
        results.rows(answer)  # all of it is read once before any of it is used
        return results.solutions(answer)

    def _chosen(self, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> Fields:
        """Those of the graphs that somebody asks for which are part of the data."""
        names = (("default-graph-uri", default), ("named-graph-uri", named))
        ours = [(name, node.value) for name, nodes in names for node in nodes if self.contains_named_graph(node)]
        # Without any of a kind, some engines take all that they have.
        return [*((name, self._nothing) for name, _ in names), *ours]

    @property
    def _nothing(self) -> str:
        return f"{self._base}{_NONE}"

    def _filled(self) -> Store:
        store, extent = Store(), self._extent
        own = chain.from_iterable(map(self._reading.graph, self._reading.named()))
        store.bulk_extend(own)
        if extent.union:
            repeated = (Quad(*quad.triple) for quad in list(store))
            store.bulk_extend(repeated)
        else:
            store.bulk_extend(self._reading.graph(DefaultGraph()))
        return store
