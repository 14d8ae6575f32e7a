"""What an ontology asks of data, as tables: of OWL 2 that part of which data can break a rule of its RL profile.

Domains, ranges and superclasses that are named classes, unions of such or required values (owl:hasValue); disjoint
classes and properties; functional, asymmetric and irreflexive properties; subproperties; datatypes. A restriction
with owl:someValuesFrom asks for something that data need not tell. What else there is stands in `unjudged`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from vesoc.conversion import as_store
from vesoc.names import BASE, PREFIXES, split
from vesoc.tables import rows

_OWL, _RDF, _RDFS = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"]
_LINKS = frozenset(
    (*(_RDFS + name for name in ("domain", "range", "subClassOf", "subPropertyOf")), f"{_RDF}first", f"{_RDF}rest")
)
_JUDGED = frozenset(
    _OWL + name
    for name in (
        *("AllDisjointClasses", "AllDisjointProperties", "AnnotationProperty", "AsymmetricProperty", "Class"),
        *("DatatypeProperty", "FunctionalProperty", "IrreflexiveProperty", "ObjectProperty", "Ontology", "Restriction"),
        *("NamedIndividual", "Thing", "deprecated", "disjointWith", "hasValue", "imports", "members", "onProperty"),
        *("priorVersion", "propertyDisjointWith", "sameAs", "someValuesFrom", "unionOf", "versionIRI", "versionInfo"),
        *("backwardCompatibleWith", "incompatibleWith"),
    )
)
_ENDS = """SELECT ?of ?end ?node ?class WHERE {
  VALUES ?end { rdfs:domain rdfs:range rdfs:subClassOf }
  ?of ?end ?node .
  OPTIONAL { ?node owl:unionOf/rdf:rest*/rdf:first ?member }
  BIND(COALESCE(?member, ?node) AS ?class)
  FILTER(ISIRI(?of) && ISIRI(?class))
  FILTER NOT EXISTS { ?node owl:unionOf/rdf:rest*/rdf:first ?nameless FILTER(ISBLANK(?nameless)) }
}"""
_VALUES = """SELECT ?of ?end ?property ?value WHERE {
  VALUES ?end { rdfs:domain rdfs:range rdfs:subClassOf }
  ?of ?end [ owl:onProperty ?property ; owl:hasValue ?value ] .
}"""
_APART = """SELECT ?one ?other WHERE {
  { ?one %s ?other } UNION { ?all a %s ; owl:members/rdf:rest*/rdf:first ?one , ?other . FILTER(?one != ?other) }
}"""
_KINDS = "SELECT ?property ?kind WHERE { ?property a ?kind FILTER(STRSTARTS(STR(?kind), STR(owl:))) }"

Alternatives = frozenset[str]


@dataclass(frozen=True)
class Value:
    """A value that a restriction requires, by IRI."""

    property: str
    iri: str


class Axioms:
    """The axioms among some statements; IRIs are plain."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._told = [quad for quad in quads if _is_axiom(quad)]
        self._store = as_store(self._told)

    def _rows(self, query: str) -> list[dict[str, str]]:
        return rows(self._store, BASE, query)

    @cached_property
    def classes(self) -> dict[tuple[str, str], set[Alternatives]]:
        """By property (or class) and end: classes that something is one of (domain, range) or is as well."""
        nodes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for row in self._rows(_ENDS):
            nodes[row["of"], split(row["end"])[1], row["node"]].add(row["class"])
        found: dict[tuple[str, str], set[Alternatives]] = defaultdict(set)
        for (of, end, _), names in nodes.items():
            found[of, end].add(frozenset(names))
        return found

    @cached_property
    def values(self) -> dict[tuple[str, str], set[Value]]:
        """By property (or class) and end: values that something must have."""
        found: dict[tuple[str, str], set[Value]] = defaultdict(set)
        for row in self._rows(_VALUES):
            found[row["of"], split(row["end"])[1]].add(Value(row["property"], row["value"]))
        return found

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """The properties and classes by their kind in OWL (`FunctionalProperty`)."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(_KINDS):
            found[split(row["kind"])[1]].add(row["property"])
        return found

    @cached_property
    def superclasses(self) -> dict[str, set[str]]:
        """The named classes above a class."""
        return self._above("rdfs:subClassOf")

    @cached_property
    def superproperties(self) -> dict[str, set[str]]:
        """The properties above a property."""
        return self._above("rdfs:subPropertyOf")

    def _above(self, link: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(f"SELECT ?of ?above {{ ?of {link}+ ?above FILTER(ISIRI(?of) && ISIRI(?above)) }}"):
            found[row["of"]].add(row["above"])
        return found

    @cached_property
    def disjoint_classes(self) -> set[frozenset[str]]:
        """Pairs of classes that share nothing."""
        return self._apart("owl:disjointWith", "owl:AllDisjointClasses")

    @cached_property
    def disjoint_properties(self) -> set[frozenset[str]]:
        """Pairs of properties of which a thing has only one to the same value."""
        return self._apart("owl:propertyDisjointWith", "owl:AllDisjointProperties")

    def _apart(self, link: str, kind: str) -> set[frozenset[str]]:
        return {frozenset((row["one"], row["other"])) for row in self._rows(_APART % (link, kind))}

    def clash(self, one: Alternatives, other: Alternatives) -> bool:
        """Whether nothing can be both one of some classes and one of others."""
        return all(self._disjoint(first, second) for first in one for second in other)

    def _disjoint(self, one: str, other: str) -> bool:
        ups = (self.superclasses.get(name, set()) | {name} for name in (one, other))
        first, second = ups
        return any(frozenset((a, b)) in self.disjoint_classes for a in first for b in second)

    @property
    def unjudged(self) -> list[str]:
        """The terms of OWL in the axioms that nothing here looks at, each once."""
        nodes = [node for quad in self._told for node in (quad.predicate, quad.object)]
        terms = {node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith(_OWL)}
        return sorted(terms - _JUDGED)


def _is_axiom(quad: Quad) -> bool:
    if quad.predicate.value == f"{_RDF}type":
        return isinstance(quad.object, NamedNode) and quad.object.value.startswith(_OWL)
    return quad.predicate.value in _LINKS or quad.predicate.value.startswith(_OWL)
