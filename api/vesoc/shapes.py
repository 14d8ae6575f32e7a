"""SHACL shapes as data: what each engine runs of them, and what they say of what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph
from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vesoc.conversion import as_graph
from vesoc.errors import VesocError
from vesoc.names import BASE

SHAPES = BASE + "shapes#"
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
# pySHACL looks through all triples of a shape at each turn, so it gets none that it does not need.
_TOLD_BY_US = {DCTERMS.isPartOf, SH.message, SH.severity}
_VS = {name: URIRef(SHAPES + name) for name in ("candidates", "mayHitNothing", "remedy")}


class ShapesError(VesocError):
    """The shapes themselves cannot be used."""


@dataclass(frozen=True)
class Rule:
    """A rule, the query that counts its candidates, whether it may have none, and by language how to mend a breach."""

    code: str
    query: str
    may_hit_nothing: bool
    remedy: Mapping[str, str]


@dataclass(frozen=True)
class SparqlConstraint:
    """A shape that is one query, with the node that the query knows as $this."""

    shape: Node
    focus: str
    query: str


class Shapes:
    """The shapes of files and folders, read once."""

    def __init__(self, *places: Path) -> None:
        self.graph = Graph(bind_namespaces="none")
        for path in (file for place in places for file in _files(place)):
            self.graph += as_graph(_parsed(path))
        if not len(self.graph):
            named = ", ".join(map(str, places))
            raise ShapesError(f"There are no shapes in {named}: name the folder that holds them.")

    @cached_property
    def core(self) -> Graph:
        """The shapes for pySHACL: all but the SPARQL constraints that we run ourselves."""
        apart = {node for shape, constraint in self._queries for node in (shape, constraint)}
        graph = Graph(bind_namespaces="none")
        for subject, predicate, value in self.graph:
            if subject not in apart and predicate not in _TOLD_BY_US:
                graph.add((subject, predicate, value))
        return graph

    @cached_property
    def sparql(self) -> tuple[SparqlConstraint, ...]:
        """The SPARQL constraints that we run ourselves."""
        return tuple(
            SparqlConstraint(shape, str(focus), self._query(constraint, SH.select))
            for shape, constraint in self._queries
            for focus in self.graph.objects(shape, SH.targetNode)
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, by number."""
        subjects = sorted(self.graph.subjects(_VS["candidates"]), key=str)
        return tuple(self._rule(subject) for subject in subjects)

    @cached_property
    def targeted(self) -> tuple[Node, ...]:
        """The shapes that have a target of their own, in the order of their names."""
        implicit = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in self.graph.subjects(RDF.type, kind)}
        classes = {shape for shape in implicit if (shape, RDF.type, RDFS.Class) in self.graph}
        return tuple(sorted({*classes, *(s for target in TARGETS for s in self.graph.subjects(target))}, key=str))

    def named(self, shape: Node) -> Node:
        """The shape, or the nearest one with a name that it is part of."""
        above = shape
        while isinstance(above, BNode) and (found := next(self.graph.subjects(None, above), None)) is not None:
            above = found
        return shape if isinstance(above, BNode) else above

    def rule_of(self, shape: Node) -> str:
        """The code of the rule that a shape is part of; the name of the shape where it is part of none."""
        return local(self.graph.value(shape, DCTERMS.isPartOf, default=shape))

    def severity_of(self, shape: Node) -> str:
        """The severity of a shape; one that SHACL does not know counts as a violation."""
        given = local(self.graph.value(shape, SH.severity, default=SH.Violation))
        return given if given in ("Warning", "Info") else "Violation"

    def messages_of(self, shape: Node) -> Mapping[str, str]:
        """What a shape says of what breaks it, by language."""
        return self._texts(shape, SH.message)

    @cached_property
    def _queries(self) -> tuple[tuple[Node, Node], ...]:
        """The shapes that are no more than one query on one node, and their constraints."""
        plain = {RDF.type, SH.targetNode, SH.sparql, *_TOLD_BY_US}
        pairs = list(self.graph.subject_objects(SH.sparql))
        return tuple(pair for pair in pairs if set(self.graph.predicates(pair[0])) <= plain)

    def _rule(self, subject: Node) -> Rule:
        query = self._query(subject, _VS["candidates"])
        excused = (subject, _VS["mayHitNothing"], None) in self.graph
        return Rule(local(subject), query, excused, self._texts(subject, _VS["remedy"]))

    def _query(self, subject: Node, predicate: URIRef) -> str:
        return self._prologue + self._text(subject, predicate)

    @cached_property
    def _prologue(self) -> str:
        declared = sorted(self.graph.objects(None, SH.declare), key=str)
        pairs = ((self._text(d, SH.prefix), self._text(d, SH.namespace)) for d in declared)
        return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)

    def _text(self, subject: Node, predicate: URIRef) -> str:
        return str(self.graph.value(subject, predicate))

    def _texts(self, subject: Node, predicate: URIRef) -> Mapping[str, str]:
        texts = self.graph.objects(subject, predicate)
        return {str(text.language): str(text) for text in texts if isinstance(text, Literal)}


def local(node: Node | None) -> str:
    """The end of an IRI, after its last `#`, or else its last `/`."""
    text = str(node)
    return text.rpartition("#" if "#" in text else "/")[2]


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.ttl")) if place.is_dir() else [place]


def _parsed(path: Path) -> Iterator[pyoxigraph.Quad]:
    try:
        yield from pyoxigraph.parse(path=path)
    except (OSError, ValueError, SyntaxError) as error:
        raise ShapesError(f"{path}: no shapes can be read ({error})") from None
