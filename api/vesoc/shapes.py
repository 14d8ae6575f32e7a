"""SHACL shapes as data: what each engine runs of them, and what they say of what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph
from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vesoc.conversion import as_graph, numbered
from vesoc.errors import VesocError
from vesoc.names import BASE, split
from vesoc.places import foreign

SHAPES = BASE + "shapes#"
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_NAMELESS = "shape-"  # what blank nodes are called by, and a number
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
        files = {file.resolve(): file for place in places for file in _files(place)}
        quads = (quad for file in files.values() for quad in _parsed(file))
        self.graph += as_graph(numbered(quads, _NAMELESS))
        if not len(self.graph):
            named = ", ".join(map(str, places))
            raise ShapesError(f"There are no shapes in {named}: name the folder that holds them.")

    @cached_property
    def core(self) -> Graph:
        """The shapes for pySHACL: all but the SPARQL constraints that we run ourselves."""
        apart = {node for shape, constraint in self._queries for node in (shape, constraint)}
        graph = Graph("SimpleMemory", bind_namespaces="none")  # which pySHACL asks more quickly, for it has no names
        for subject, predicate, value in self.graph:
            if subject not in apart and not (predicate in _TOLD_BY_US and subject in self._typed):
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
        classes = {shape for shape in self._typed if (shape, RDF.type, RDFS.Class) in self.graph}
        return tuple(sorted({*classes, *(s for target in TARGETS for s in self.graph.subjects(target))}, key=str))

    def named(self, shape: Node) -> Node:
        """The shape, or the nearest one with a name that it is part of, or else the outermost; the first by name."""
        seen, level, above = {shape}, [shape], [shape]
        while above:
            level = above
            if found := [node for node in level if not isinstance(node, BNode)]:
                return found[0]
            above = sorted({node for part in level for node in self.graph.subjects(None, part)} - seen, key=str)
            seen.update(above)
        return level[0]

    def rule_of(self, shape: Node) -> str:
        """The code of the rule that a shape is part of; where it is part of none its name, or else its target's."""
        if (rule := self.graph.value(shape, DCTERMS.isPartOf)) or not isinstance(shape, BNode):
            return local(rule or shape)
        targets = sorted((target for kind in TARGETS for target in self.graph.objects(shape, kind)), key=str)
        return f"{_NAMELESS}{local(targets[0])}" if targets else str(shape)

    def severity_of(self, shape: Node) -> str:
        """The severity of a shape; one that SHACL does not know counts as a violation."""
        given = local(self.graph.value(shape, SH.severity, default=SH.Violation))
        return given if given in ("Warning", "Info") else "Violation"

    def messages_of(self, shape: Node) -> Mapping[str, str]:
        """What a shape says of what breaks it, by language."""
        return self._texts(shape, SH.message)

    @cached_property
    def _typed(self) -> frozenset[Node]:
        """What is said to be a shape."""
        kinds = (SH.NodeShape, SH.PropertyShape)
        return frozenset(shape for kind in kinds for shape in self.graph.subjects(RDF.type, kind))

    @cached_property
    def _queries(self) -> tuple[tuple[Node, Node], ...]:
        """The shapes of our rules that are no more than one query on one node, and their constraints."""
        plain = {RDF.type, SH.targetNode, SH.sparql, *_TOLD_BY_US}
        rules = set(self.graph.subjects(_VS["candidates"]))
        pairs = list(self.graph.subject_objects(SH.sparql))
        ours = (pair for pair in pairs if self.graph.value(pair[0], DCTERMS.isPartOf) in rules)
        return tuple(pair for pair in ours if set(self.graph.predicates(pair[0])) <= plain)

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
        return by_language(self.graph.objects(subject, predicate))


def by_language(texts: Iterable[Node]) -> Mapping[str, str]:
    """Texts by language, without one by the empty text; of those in one language the first by its letters."""
    known = sorted((text for text in texts if isinstance(text, Literal)), key=str, reverse=True)
    return {text.language or "": str(text) for text in known}


def local(node: Node | None) -> str:
    """The name of an IRI without its namespace; the whole of one that has none."""
    text = str(node)
    return split(text)[1] or text


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    return [path for path in sorted(place.glob("*.ttl")) if not foreign(path.name)]


def _parsed(path: Path) -> Iterator[pyoxigraph.Quad]:
    try:
        yield from pyoxigraph.parse(path=path, base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
    except (OSError, ValueError, SyntaxError) as error:
        raise ShapesError(f"{path}: no shapes can be read ({error})") from None
