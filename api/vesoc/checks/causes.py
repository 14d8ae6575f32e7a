"""The statements that a rule blames: shapes name them by a query (vs:cause) where a finding alone does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Quad, QueryTriples, Variable
from rdflib import SH, URIRef

from vesoc.checks.finding import Finding
from vesoc.conversion import as_store
from vesoc.names import PREFIXES
from vesoc.shapes import SHAPES, Shapes

_CAUSE = URIRef(f"{SHAPES}cause")
Triple = tuple[str, str, str]


class Causes:
    """What the shapes' queries blame in a graph, which is loaded at the first question."""

    def __init__(self, shapes: Shapes | None, quads: Iterable[Quad]) -> None:
        self._queries = _queries(shapes) if shapes else {}
        self._quads = quads

    def blamed(self, finding: Finding) -> list[Triple]:
        """The statements to mend, in N-Triples; none where the shape has no query."""
        query = self._queries.get(finding.shape or "")
        if query is None or not _is_iri(finding.thing):
            return []
        found = self._store.query(query, prefixes=PREFIXES, substitutions=_known(query, finding))
        assert isinstance(found, QueryTriples)
        return [(str(triple.subject), str(triple.predicate), str(triple.object)) for triple in found]

    @cached_property
    def _store(self) -> Any:
        return as_store(quad.triple for quad in self._quads)


def _queries(shapes: Shapes) -> Mapping[str, str]:
    pairs = shapes.graph.subject_objects(SH.sparql)
    found = ((shape, shapes.graph.value(constraint, _CAUSE)) for shape, constraint in pairs)
    return {str(shape): str(query) for shape, query in found if query is not None}


def _is_iri(thing: str | None) -> bool:
    return thing is not None and not thing.startswith(("_:", '"'))


def _known(query: str, finding: Finding) -> dict[Variable, Any]:
    """The variables of a query that the finding fills; the engine refuses those that a query does not have."""
    filled = {"thing": finding.thing, "path": finding.path}
    return {Variable(name): NamedNode(iri) for name, iri in filled.items() if iri and f"${name}" in query}
