"""The SHACL rules over the graph: a sorted list of findings, and how much each rule could hit.

Core constraints run in pySHACL on rdflib, which keeps a literal as the file has it. SPARQL
constraints are queries over the whole graph and run on Oxigraph. Why, and what each costs, stands
in docs/decisions/0010-validation-engines.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from vesoc.conversion import as_graph, as_store
from vesoc.names import BASE
from vesoc.shapes import SHAPES, Rule, Shapes, ShapesError

ONTOLOGY = BASE + "ns"
SEVERITIES = ("Violation", "Warning", "Info")

_THIS = pyoxigraph.Variable("this")
_HITS_NOTHING = {
    "nl": "{} De regel raakt niets, want niets valt eronder: kijk na of de gegevens volledig zijn.",
    "en": "{} The rule hits nothing, for nothing falls under it: see whether the data is complete.",
}


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


def check(quads: Iterable[pyoxigraph.Quad], shapes: Path | Shapes) -> Report:
    """Test the ontology and the data together against the shapes; graph names play no part."""
    known = shapes if isinstance(shapes, Shapes) else Shapes(shapes)
    triples = [quad.triple for quad in quads]
    store = as_store(triples)
    candidates = _candidates(store, known)
    findings = {*_core_findings(as_graph(triples), known), *_sparql_findings(store, known)}
    findings.update(_idle(known.rules, candidates))
    return _report(findings, candidates)


def check_part(part: Collection[pyoxigraph.Quad], context: Collection[pyoxigraph.Quad], shapes: Shapes) -> Report:
    """What the part adds to the findings of the context, and its own candidates of each rule.

    For the core constraints as much of the context is read as the part has to do with: what is said of its subjects
    and objects. What that leaves open is open without the part too, so it is no finding of the part.
    """
    named = {node for quad in part for node in (quad.subject, quad.object)}
    near = as_graph(quad for quad in context if quad.subject in named)
    store = as_store(context)
    before = {*_core_findings(near, shapes), *_sparql_findings(store, shapes)}
    store.extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in part)
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
        shape, component = about[SH.sourceShape], about[SH.sourceConstraintComponent]
        found = {"path": _path(about.get(SH.resultPath)), "value": _n3(about.get(SH.value))}
        yield _finding(shapes, shape, component, str(about[SH.focusNode]), **found)


def _sparql_findings(store: pyoxigraph.Store, shapes: Shapes) -> Iterator[Finding]:
    """What the SPARQL constraints find; `value` is the focus node where the query gives none."""
    for constraint in shapes.sparql:
        this = pyoxigraph.NamedNode(constraint.focus)
        solutions = _solutions(store, constraint.query, {_THIS: this})
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = dict(zip(names, solution, strict=True))
            found = {"path": _value(bound.get("path")), "value": str(bound.get("value") or this)}
            yield _finding(shapes, constraint.shape, SH.SPARQLConstraintComponent, constraint.focus, **found)


def _finding(shapes: Shapes, shape: Node, component: Node, focus: str, **found: str | None) -> Finding:
    """A finding of a shape, with its rule, severity and messages, which come from the shape: pySHACL loses some."""
    named = shapes.named(shape)
    return Finding(
        rule=shapes.rule_of(named),
        severity=shapes.severity_of(shape),
        focus=focus,
        path=found["path"],
        value=found["value"],
        messages=shapes.messages_of(shape),
        shape=str(named),
        component=str(component),
    )


def _candidates(store: pyoxigraph.Store, shapes: Shapes) -> dict[str, int]:
    """How many things each rule could hit."""
    return {rule.code: _count(store, rule.query) for rule in shapes.rules}


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


def _path(node: Node | None) -> str | None:
    """A result path that is one property; of another one there is no short name."""
    return None if node is None or isinstance(node, BNode) else str(node)


def _n3(node: Any) -> str | None:
    return None if node is None else node.n3()


def _value(term: Any) -> str | None:
    return None if term is None else term.value
