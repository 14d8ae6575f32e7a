"""The SHACL rules over the graph: a sorted list of findings, and how much each rule could hit.

Core constraints run in pySHACL on rdflib, which keeps a literal as the file has it. SPARQL
constraints are queries over the whole graph and run on Oxigraph. Why, and what each costs, stands
in docs/decisions/0010-validation-engines.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from vesoc.checks.finding import SEVERITIES
from vesoc.conversion import as_graph, as_store, as_term
from vesoc.names import BASE
from vesoc.shapes import SHAPES, Rule, Shapes, ShapesError, by_language

ONTOLOGY = BASE + "ns"

_FILLED = re.compile(r"\{[$?](this|path|value)\}")  # in messages (SHACL, section 5.3.2)
_THIS = pyoxigraph.Variable("this")
_HITS_NOTHING = {
    "nl": "{} De regel raakt niets, want niets valt eronder: kijk na of de gegevens volledig zijn.",
    "en": "{} The rule hits nothing, for nothing falls under it: see whether the data is complete.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that breaks one constraint.

    IRIs are plain, `value` and a focus node or shape without an IRI are written as in N-Triples. `component` is the
    SHACL constraint component, which tells the constraints of one shape apart; `part` is the blank node that has the
    constraint within a named shape, where the shape does not have it itself.
    """

    rule: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    messages: Mapping[str, str] = field(compare=False)
    shape: str
    component: str
    part: str = ""

    @property
    def source(self) -> Node:
        """The shape that has the constraint, as the shapes have it."""
        return BNode(self.part) if self.part else URIRef(self.shape)

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
        parts = (self.culprit, self.path, self.value, self.shape, self.component, self.part, self.focus)
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


def check(quads: Iterable[pyoxigraph.Quad], shapes: Path | Shapes) -> Report:
    """Test the ontology and the data together against the shapes; graph names play no part."""
    known = shapes if isinstance(shapes, Shapes) else Shapes(shapes)
    triples = [quad.triple for quad in quads]
    store = as_store(triples)
    candidates = _candidates(store, known)
    findings = {*_core_findings(as_graph(triples), known), *_sparql_findings(store, known)}
    findings.update(_idle(known.rules, candidates))
    return _report(findings, candidates)


class Surroundings:
    """A graph beside which parts are checked, one after another, as the shapes see it."""

    def __init__(self, quads: Iterable[pyoxigraph.Quad], shapes: Shapes) -> None:
        self._quads: dict[Any, list[pyoxigraph.Quad]] = defaultdict(list)
        for quad in quads:
            self._quads[quad.subject].append(quad)
        self._store = as_store(quad for about in self._quads.values() for quad in about)
        self.findings = frozenset(_sparql_findings(self._store, shapes))

    def near(self, part: Iterable[pyoxigraph.Quad]) -> Graph:
        """What is said of the subjects and objects of a part."""
        named = {node for quad in part for node in (quad.subject, quad.object)}
        return as_graph(quad for node in named for quad in self._quads.get(node, ()))

    @contextmanager
    def beside(self, part: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Store]:
        """The graph with a part, which is gone again afterwards."""
        triples = {pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in part}
        added = [triple for triple in triples if triple not in self._store]
        self._store.extend(added)
        try:
            yield self._store
        finally:
            for triple in added:
                self._store.remove(triple)


def check_part(part: Collection[pyoxigraph.Quad], context: Surroundings, shapes: Shapes) -> Report:
    """What the part adds to the findings of the context, and its own candidates of each rule.

    For the core constraints as much of the context is read as the part has to do with: what is said of its subjects
    and objects. What that leaves open is open without the part too, so it is no finding of the part.
    """
    near = context.near(part)
    before = {*_core_findings(near, shapes), *context.findings}
    with context.beside(part) as store:
        after = {*_core_findings(near + as_graph(part), shapes), *_sparql_findings(store, shapes)}
    return _report(after - before, _candidates(as_store(part), shapes))


def untargeted(quads: Iterable[pyoxigraph.Quad], shapes: Shapes) -> tuple[list[str], int]:
    """The shapes with a target of their own that have no focus node in the data, and how many shapes have a target."""
    data = as_graph(quads)
    found = {shape.node: shape for shape in pyshacl.ShapesGraph(shapes.graph).shapes}
    idle = [str(node) for node in shapes.targeted if not found[node].focus_nodes(data)]
    return idle, len(shapes.targeted)


def _report(findings: Iterable[Finding], candidates: Mapping[str, int]) -> Report:
    return Report(tuple(sorted(findings, key=lambda finding: finding.sort_key)), candidates)


def _core_findings(data: Graph, shapes: Shapes) -> Iterator[Finding]:
    """What pySHACL finds, without inference: inferred types would satisfy every sh:class."""
    try:
        _, results, text = pyshacl.validate(data, shacl_graph=shapes.core, inference="none")
    except Exception as error:  # it compares values without asking whether they are any, for one
        raise ShapesError(f"The shapes could not be run on this data: {error}") from error
    if not isinstance(results, Graph):
        raise ShapesError(f"The shapes could not be run: {text}")
    for node in results.objects(None, SH.result):
        about: dict[Node, Node] = dict(results.predicate_objects(node))
        found = {"path": _path(about.get(SH.resultPath)), "value": _text(about.get(SH.value))}
        focus = _name(about[SH.focusNode])
        messages = _messages(shapes, about, focus, found) or by_language(results.objects(node, SH.resultMessage))
        component = about[SH.sourceConstraintComponent]
        yield _finding(shapes, about[SH.sourceShape], component, focus, messages=messages, **found)


def _sparql_findings(store: pyoxigraph.Store, shapes: Shapes) -> Iterator[Finding]:
    """What the SPARQL constraints find; `value` is the focus node where the query gives none."""
    for constraint in shapes.sparql:
        this = pyoxigraph.NamedNode(constraint.focus)
        solutions = _solutions(store, constraint.query, {_THIS: this})
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = dict(zip(names, solution, strict=True))
            found = {"path": _value(bound.get("path")), "value": str(bound.get("value") or this)}
            messages = shapes.messages_of(constraint.shape)
            component = SH.SPARQLConstraintComponent
            yield _finding(shapes, constraint.shape, component, constraint.focus, messages=messages, **found)


def _finding(
    shapes: Shapes,
    shape: Node,
    component: Node,
    focus: str,
    *,
    messages: Mapping[str, str],
    path: str | None,
    value: str | None,
) -> Finding:
    """A finding of a shape, with its rule and severity."""
    named = shapes.named(shape)
    return Finding(
        rule=shapes.rule_of(named),
        severity=shapes.severity_of(shape),
        focus=focus,
        path=path,
        value=value,
        messages=messages,
        shape=_name(named),
        component=str(component),
        part=str(shape) if isinstance(shape, BNode) else "",
    )


def _messages(
    shapes: Shapes, about: Mapping[Node, Node], focus: str, found: Mapping[str, str | None]
) -> Mapping[str, str]:
    """What the constraint, or else its shape, says of a result: pySHACL loses some of it."""
    constraint = about.get(SH.sourceConstraint)
    said = (constraint and shapes.messages_of(constraint)) or shapes.messages_of(about[SH.sourceShape])
    values = {"this": focus, **found}
    return {language: _FILLED.sub(lambda name: values[name[1]] or name[0], text) for language, text in said.items()}


def _candidates(store: pyoxigraph.Store, shapes: Shapes) -> dict[str, int]:
    """How many things each rule could hit."""
    return {rule.code: _count(store, rule.query) for rule in shapes.rules}


def _solutions(
    store: pyoxigraph.Store, query: str, bound: Mapping[pyoxigraph.Variable, Any]
) -> pyoxigraph.QuerySolutions:
    try:
        solutions = store.query(query, substitutions=dict(bound))
    except (SyntaxError, ValueError) as error:
        raise ShapesError(f"A query of the shapes could not be run: {error}") from error
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


def _path(node: Node | None) -> str | None:
    """A result path that is one property; of another one there is no short name."""
    return None if node is None or isinstance(node, BNode) else str(node)


def _text(node: Node | None) -> str | None:
    return None if node is None else str(as_term(node))


def _name(node: Node) -> str:
    """An IRI, or another node as in N-Triples."""
    return str(node) if isinstance(node, URIRef) else str(as_term(node))


def _value(term: Any) -> str | None:
    return None if term is None else term.value
