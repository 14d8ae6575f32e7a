"""The SHACL rules over the graph: a sorted list of findings, and how much each rule could hit.

Core constraints run in pySHACL on rdflib, which keeps a literal as the file has it. SPARQL
constraints are queries over the whole graph and run on Oxigraph. Why, and what each costs, stands
in docs/decisions/0010-validation-engines.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
from rdflib import DCTERMS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vesoc.errors import VesocError
from vesoc.names import BASE

SHAPES = BASE + "shapes#"
ONTOLOGY = BASE + "ns"
SEVERITIES = ("Violation", "Warning", "Info")

_THIS = pyoxigraph.Variable("this")
# pySHACL looks through all triples of a shape at each turn, so it gets none that it does not need.
_TOLD_BY_US = {DCTERMS.isPartOf, SH.message, SH.severity}
_HITS_NOTHING = {
    "nl": "{} De regel raakt niets, want niets valt eronder: kijk na of de gegevens volledig zijn.",
    "en": "{} The rule hits nothing, for nothing falls under it: see whether the data is complete.",
}


class ShapesError(VesocError):
    """The shapes themselves cannot be used."""


@dataclass(frozen=True)
class Finding:
    """One thing that breaks one constraint.

    IRIs are plain, `value` is written as in N-Triples. `component` is the SHACL constraint
    component, which tells the constraints of one shape apart.
    """

    rule: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    messages: Mapping[str, str] = field(compare=False)
    shape: str
    component: str

    @property
    def culprit(self) -> str:
        """The IRI to look for in the files: a rule on the whole graph reports it as value."""
        if self.focus == ONTOLOGY and self.value and self.value.startswith("<"):
            return self.value.strip("<>")
        return self.focus

    @property
    def sort_key(self) -> tuple[str, ...]:
        """The order of findings: worst first, then by rule and thing."""
        rank = str(SEVERITIES.index(self.severity))
        parts = (self.culprit, self.path, self.value, self.shape, self.component)
        return (rank, self.rule, *(part or "" for part in parts))


@dataclass(frozen=True)
class Report:
    """What a validation found, and for each rule how many candidates it had."""

    findings: tuple[Finding, ...]
    candidates: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """False when there is a violation; warnings and remarks do not count."""
        return not any(finding.severity == "Violation" for finding in self.findings)


@dataclass(frozen=True)
class Rule:
    """A rule, the query that counts its candidates, and whether it may have none."""

    code: str
    query: str
    may_hit_nothing: bool


@dataclass(frozen=True)
class SparqlConstraint:
    """A shape that is one query, with the node that the query knows as $this."""

    shape: Node
    focus: str
    query: str


class Shapes:
    """The shapes of files and folders, read once: what each engine runs, and what to say of it."""

    def __init__(self, *places: Path) -> None:
        self.graph = Graph(bind_namespaces="none")
        for path in (file for place in places for file in _files(place)):
            self.graph += as_graph(_parsed(path))
        if not len(self.graph):
            named = ", ".join(map(str, places))
            raise ShapesError(f"There are no shapes in {named}: name the folder that holds them.")

    @cached_property
    def core(self) -> Graph:
        """The shapes without SPARQL constraints, for pySHACL."""
        apart = {node for pair in self.graph.subject_objects(SH.sparql) for node in pair}
        graph = Graph(bind_namespaces="none")
        for subject, predicate, value in self.graph:
            if subject not in apart and predicate not in _TOLD_BY_US:
                graph.add((subject, predicate, value))
        return graph

    @cached_property
    def sparql(self) -> tuple[SparqlConstraint, ...]:
        """The SPARQL constraints."""
        return tuple(
            SparqlConstraint(shape, str(focus), self._query(constraint, SH.select))
            for shape, constraint in self.graph.subject_objects(SH.sparql)
            for focus in self.graph.objects(shape, SH.targetNode)
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, by number."""
        subjects = sorted(self.graph.subjects(URIRef(SHAPES + "candidates")), key=str)
        return tuple(self._rule(subject) for subject in subjects)

    def _rule(self, subject: Node) -> Rule:
        query = self._query(subject, URIRef(SHAPES + "candidates"))
        excused = (subject, URIRef(SHAPES + "mayHitNothing"), None) in self.graph
        return Rule(_local(subject), query, excused)

    def _query(self, subject: Node, predicate: URIRef) -> str:
        return self._prologue + self._text(subject, predicate)

    @cached_property
    def _prologue(self) -> str:
        declared = sorted(self.graph.objects(None, SH.declare), key=str)
        pairs = ((self._text(d, SH.prefix), self._text(d, SH.namespace)) for d in declared)
        return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)

    def _text(self, subject: Node, predicate: URIRef) -> str:
        return str(self.graph.value(subject, predicate))

    def finding(self, shape: Node, component: Node, focus: str, **found: str | None) -> Finding:
        """A finding of a shape, with the rule, severity and messages that the shape has."""
        texts = (text for text in self.graph.objects(shape, SH.message))
        return Finding(
            rule=_local(self.graph.value(shape, DCTERMS.isPartOf, default=shape)),
            severity=_local(self.graph.value(shape, SH.severity, default=SH.Violation)),
            focus=focus,
            path=found["path"],
            value=found["value"],
            # From the shape, since pySHACL drops the language of some.
            messages={str(text.language): str(text) for text in texts if isinstance(text, Literal)},
            shape=str(shape),
            component=str(component),
        )


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.ttl")) if place.is_dir() else [place]


def _parsed(path: Path) -> Iterator[pyoxigraph.Quad]:
    try:
        yield from pyoxigraph.parse(path=path)
    except (OSError, ValueError, SyntaxError) as error:
        raise ShapesError(f"{path}: no shapes can be read ({error})") from None


def check(quads: Iterable[pyoxigraph.Quad], shapes: Path | Shapes) -> Report:
    """Test the ontology and the data together against the shapes; graph names play no part."""
    known = shapes if isinstance(shapes, Shapes) else Shapes(shapes)
    triples = [quad.triple for quad in quads]
    store = as_store(triples)
    candidates = {rule.code: _count(store, rule.query) for rule in known.rules}
    findings = set(_core_findings(as_graph(triples), known))
    findings.update(_sparql_findings(store, known), _idle(known.rules, candidates))
    return Report(tuple(sorted(findings, key=lambda finding: finding.sort_key)), candidates)


def as_graph(triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad]) -> Graph:
    """The triples in rdflib, each literal in its own lexical form."""
    graph = Graph(bind_namespaces="none")
    term = cache(_term)
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def as_store(triples: Iterable[pyoxigraph.Triple]) -> pyoxigraph.Store:
    """The triples in one default graph, where a triple of two graphs counts once."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def _term(term: Any) -> Node:
    """A term of the engine as one of rdflib."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    # Left to itself, rdflib would mend "007" and no rule could see it.
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _core_findings(data: Graph, shapes: Shapes) -> Iterator[Finding]:
    """What pySHACL finds, without inference: inferred types would satisfy every sh:class."""
    _, results, text = pyshacl.validate(data, shacl_graph=shapes.core, inference="none")
    if not isinstance(results, Graph):
        raise ShapesError(f"The shapes could not be run: {text}")
    for node in results.objects(None, SH.result):
        about: dict[Node, Node] = dict(results.predicate_objects(node))
        shape, component = about[SH.sourceShape], about[SH.sourceConstraintComponent]
        found = {"path": _text(about.get(SH.resultPath)), "value": _n3(about.get(SH.value))}
        yield shapes.finding(shape, component, str(about[SH.focusNode]), **found)


def _sparql_findings(store: pyoxigraph.Store, shapes: Shapes) -> Iterator[Finding]:
    """What the SPARQL constraints find; `value` is the focus node where the query gives none."""
    for constraint in shapes.sparql:
        this = pyoxigraph.NamedNode(constraint.focus)
        solutions = _solutions(store, constraint.query, {_THIS: this})
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = dict(zip(names, solution, strict=True))
            found = {"path": _value(bound.get("path")), "value": str(bound.get("value") or this)}
            yield shapes.finding(constraint.shape, SH.SPARQLConstraintComponent, constraint.focus, **found)


def _solutions(
    store: pyoxigraph.Store, query: str, bound: Mapping[pyoxigraph.Variable, Any]
) -> pyoxigraph.QuerySolutions:
    solutions = store.query(query, substitutions=dict(bound))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return solutions


def _count(store: pyoxigraph.Store, query: str) -> int:
    return next(int(solution["n"].value) for solution in _solutions(store, query, {}))


def _idle(rules: Iterable[Rule], candidates: Mapping[str, int]) -> Iterator[Finding]:
    """A finding for each rule without a candidate: a rule that hits nothing passes unseen."""
    for rule in rules:
        if not candidates[rule.code] and not rule.may_hit_nothing:
            yield _hits_nothing(rule.code)


def _hits_nothing(code: str) -> Finding:
    messages = {language: text.format(code) for language, text in _HITS_NOTHING.items()}
    iri = SHAPES + code
    return Finding(code, "Violation", iri, None, None, messages, iri, SHAPES + "candidates")


def _local(node: Node | None) -> str:
    return str(node).rsplit("#", 1)[-1]


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)


def _n3(node: Any) -> str | None:
    return None if node is None else node.n3()


def _value(term: Any) -> str | None:
    return None if term is None else term.value
