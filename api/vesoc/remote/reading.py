"""Statements out of an engine elsewhere: of one graph from its beginning to its end, or those that fit a pattern."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from vesoc.remote import failures, results
from vesoc.remote.client import SOLUTIONS, Client
from vesoc.remote.extent import Extent

Graph = NamedNode | DefaultGraph
_NOWHERE = DefaultGraph()
_NAMES = ("s", "p", "o")


class Reading:
    """The statements of one extent. What the default graph only repeats is made here, and not asked for."""

    def __init__(self, client: Client, extent: Extent) -> None:
        self._client = client
        self.extent = extent

    def named(self) -> Iterator[NamedNode]:
        """The named graphs."""
        yield from map(NamedNode, self.extent.graphs)

    def graph(self, graph: Graph) -> Iterator[Quad]:
        """All of one graph; Problem 502 where the engine gives fewer statements than it counts, or more."""
        if isinstance(graph, NamedNode):
            yield from self._counted(graph, f"GRAPH {graph} {{ ?s ?p ?o }}", self.extent.graphs.get(graph.value, 0))
        elif self.extent.union:
            for named in self.named():
                yield from (Quad(*quad.triple) for quad in self.graph(named))
        else:
            yield from self._counted(graph, "?s ?p ?o", self.extent.default)

    def whole(self) -> Iterator[Quad]:
        """All statements, those of the default graph too."""
        for named in self.named():
            yield from self.graph(named)
        yield from self.graph(_NOWHERE)

    def matching(self, subject: Any, predicate: Any, value: Any) -> list[Quad]:
        """What fits a pattern in any graph, in the forms and the order of the engine of ours; None fits everything.

        A blank node has no name that an engine knows: nothing fits it.
        """
        if any(isinstance(term, BlankNode) for term in (subject, predicate, value)):
            return []
        given = (subject, predicate, value)
        free = [f"?{name}" for name, term in zip(_NAMES, given, strict=True) if term is None]
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in zip(_NAMES, given, strict=True))
        inside = f"GRAPH ?g {{ {pattern} }}"
        asked = inside if self.extent.union else f"{{ {pattern} }} UNION {{ {inside} }}"
        return self._asked(f"SELECT ?g {' '.join(free)} {{ {asked} }}", given)

    def about(self, subjects: Collection[Any]) -> dict[Any, list[Quad]]:
        """All that is said of some things, in one go; a thing of which nothing is said has an empty list."""
        told: dict[Any, list[Quad]] = {subject: [] for subject in subjects}
        values = f"VALUES ?s {{ {' '.join(map(str, subjects))} }}"
        inside = "GRAPH ?g { ?s ?p ?o }"
        asked = inside if self.extent.union else f"{{ ?s ?p ?o }} UNION {{ {inside} }}"
        for quad in self._asked(f"SELECT ?g ?s ?p ?o {{ {values} {asked} }}", (None, None, None)):
            told[quad.subject].append(quad)
        return told

    def _asked(self, text: str, given: tuple[Any, Any, Any]) -> list[Quad]:
        rows = results.rows(self._client.whole([("query", text), *self.extent.fields(text)], SOLUTIONS))
        return self._stored(_quad(row, given) for row in rows)

    def _stored(self, found: Iterator[Quad]) -> list[Quad]:
        """As a store gives them back: values in their one form, each statement once."""
        store = Store()
        store.extend(found)
        quads = list(store)
        return [*quads, *(Quad(*quad.triple) for quad in quads)] if self.extent.union else quads

    def _counted(self, graph: Graph, pattern: str, number: int) -> Iterator[Quad]:
        text, read = f"SELECT ?s ?p ?o {{ {pattern} }}", 0
        body = self._client.stream([("query", text), *self.extent.fields(text)], SOLUTIONS)
        for row in results.Solutions(results.solutions(body)):
            read += 1
            yield Quad(row["s"], row["p"], row["o"], graph)
        if read != number:
            raise failures.strange(f"{read} of {number} statements")


def _quad(row: Any, given: tuple[Any, Any, Any]) -> Quad:
    subject, predicate, value = (row[name] if term is None else term for name, term in zip(_NAMES, given, strict=True))
    return Quad(subject, predicate, value, row["g"] or _NOWHERE)
