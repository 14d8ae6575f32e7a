"""The sizes of the data as VoID has them: of all, of each graph, class and property, and of the links to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from string import Template
from typing import Any

from pyoxigraph import NamedNode, Store

from vesoc.names import prefixes, term
from vesoc.targets import PREDICATES, TARGETS

_ROOT = "vesoc:Agreement"
_EXAMPLES = ("vesoc:Measure", "vesoc:Instrument", "vesoc:TargetGroup", "vesoc:Claim", "org:Organization")
_EVERYWHERE = "{ ?s $p ?o } UNION { GRAPH ?g { ?s $p ?o } $left_out }"
_ALONE = "?s $p ?o"
_IN_GRAPHS = "GRAPH ?g { ?s $p ?o } $left_out FILTER(ISIRI(?g))"
_PROPERTIES = """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ SELECT DISTINCT ?s ?p ?o { $everywhere } } GROUP BY ?p"""
_EACH = "SELECT DISTINCT ?p { $everywhere }"
_PROPERTY = """SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ SELECT $distinct ?s ?o { $everywhere } }"""
_CLASSES = "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) { $types } GROUP BY ?o"
_GRAPH_PROPERTIES = "SELECT ?g ?p (COUNT(*) AS ?n) { $in_graphs } GROUP BY ?g ?p"
_GRAPH_CLASSES = "SELECT ?g ?o (COUNT(*) AS ?n) { $types_in_graphs } GROUP BY ?g ?o"
_SUBJECTS = """SELECT (COUNT(*) AS ?n)
  (SUM(COALESCE(IF(STRSTARTS(STR(?s), "$things") && !CONTAINS(STR(?s), "#"), 1, 0), 0)) AS ?documents)
{ SELECT DISTINCT ?s { $everywhere } }"""
_LINKS = """SELECT ?space ?p (COUNT(*) AS ?n) {
  SELECT DISTINCT ?space ?s ?p ?o {
    VALUES ?p { $predicates } { $everywhere }
    VALUES ?space { $spaces } FILTER(ISIRI(?o) && STRSTARTS(STR(?o), ?space))
  }
} GROUP BY ?space ?p"""


@dataclass(frozen=True)
class Use:
    """How a property is used: triples, and different subjects and objects, None where these have not been counted."""

    triples: int
    subjects: int | None = None
    objects: int | None = None


@dataclass(frozen=True)
class Partitions:
    """Things by the IRI of their class, and the use of properties by their IRI."""

    classes: dict[str, int]
    properties: dict[str, Use]


@dataclass(frozen=True)
class Counts:
    """What there is in all graphs together, each triple once, and in each named graph, by its IRI.

    `documents` is the number of things that have a document of their own. `links` are triples by the beginning of the
    IRIs that they lead to and their property. `roots` are the IRIs to begin with, `examples` those of typical things.
    """

    graphs: dict[str, int]
    triples: int
    subjects: int
    documents: int
    classes: int
    properties: int
    whole: Partitions
    parts: dict[str, Partitions]
    links: dict[tuple[str, str], int]
    roots: tuple[str, ...]
    examples: tuple[str, ...]


def count(store: Store, base: str, without: str | None = None, *, large: bool = False) -> Counts:
    """Count the default graph and the named graphs but one; the IRIs of things begin with `base`.

    Of a `large` store one property is counted at a time: that takes longer, and the memory for one.
    """
    counter = _Counter(store, base, without)
    uses = counter.uses_each() if large else counter.uses()
    classes = [(row["o"], _number(row)) for row in counter.rows(_CLASSES)]
    parts = counter.parts()
    [subjects] = counter.rows(_SUBJECTS)
    return Counts(
        graphs={graph: sum(use.triples for use in part.properties.values()) for graph, part in parts.items()},
        triples=sum(use.triples for use in uses.values()),
        subjects=_number(subjects),
        documents=_number(subjects, "documents"),
        classes=len(classes),
        properties=len(uses),
        whole=Partitions(_named(classes), dict(sorted(uses.items()))),
        parts=parts,
        links=counter.links(),
        roots=tuple(counter.instances(_ROOT)),
        examples=tuple(iri for kind in _EXAMPLES for iri in counter.instances(kind)[:1]),
    )


class _Counter:
    def __init__(self, store: Store, base: str, without: str | None) -> None:
        self._store = store
        self._things = f"{base}id/"
        self._prefixes = prefixes(base)
        self._named = any(True for _ in store.named_graphs())
        self._left_out = f"FILTER(?g != <{without}>)" if without else ""

    def uses(self) -> dict[str, Use]:
        """The use of each property by its IRI."""
        return {row["p"].value: _use(row) for row in self.rows(_PROPERTIES)}

    def uses_each(self) -> dict[str, Use]:
        """The same, asked for one after another."""
        found = [row["p"] for row in self.rows(_EACH)]
        return {each.value: _use(row) for each in found for row in self.rows(_PROPERTY, str(each))}

    def rows(self, query: str, predicate: str = "?p") -> list[Any]:
        """The solutions of a query on all graphs but the one left out."""
        patterns = {
            "distinct": "DISTINCT" if self._named else "",
            "everywhere": self._pattern(_EVERYWHERE if self._named else _ALONE, predicate),
            "in_graphs": self._pattern(_IN_GRAPHS, "?p"),
            "types": self._pattern(_EVERYWHERE if self._named else _ALONE, "a"),
            "types_in_graphs": self._pattern(_IN_GRAPHS, "a"),
            "things": self._things,
            "predicates": " ".join(map(str, map(self._node, PREDICATES))),
            "spaces": " ".join(f'"{target.space}"' for target in TARGETS),
        }
        found: Any = self._store.query(Template(query).substitute(patterns))
        return list(found)

    def parts(self) -> dict[str, Partitions]:
        """The partitions of each named graph; a triple stands in a graph once, so nothing needs to be told apart."""
        properties: dict[str, dict[str, Use]] = defaultdict(dict)
        classes: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        for row in self.rows(_GRAPH_PROPERTIES):
            properties[row["g"].value][row["p"].value] = Use(_number(row))
        for row in self.rows(_GRAPH_CLASSES):
            classes[row["g"].value].append((row["o"], _number(row)))
        return {
            graph: Partitions(_named(classes[graph]), dict(sorted(properties[graph].items())))
            for graph in sorted(properties)
        }

    def links(self) -> dict[tuple[str, str], int]:
        """Triples by where they lead and their property."""
        return dict(sorted(((row["space"].value, row["p"].value), _number(row)) for row in self.rows(_LINKS)))

    def instances(self, kind: str) -> list[str]:
        """The IRIs of the things of a class that have documents of their own."""
        quads = self._store.quads_for_pattern(None, term("rdf:type"), self._node(kind), None)
        iris = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(iri for iri in iris if iri.startswith(self._things) and "#" not in iri)

    def _pattern(self, pattern: str, predicate: str) -> str:
        return Template(pattern).substitute(p=predicate, left_out=self._left_out)

    def _node(self, name: str) -> NamedNode:
        prefix, local = name.split(":", 1)
        return NamedNode(self._prefixes[prefix] + local)


def _named(classes: Iterable[tuple[Any, int]]) -> dict[str, int]:
    return dict(sorted((node.value, number) for node, number in classes if isinstance(node, NamedNode)))


def _use(row: Any) -> Use:
    return Use(_number(row), _number(row, "subjects"), _number(row, "objects"))


def _number(row: Any, name: str = "n") -> int:
    return int(row[name].value)
