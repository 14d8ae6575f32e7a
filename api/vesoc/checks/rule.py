"""The rules that steps check by: their codes and titles, of those that found nothing as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import DCTERMS, RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from vesoc.checks.finding import SEVERITIES, Finding, Texts
from vesoc.shapes import SHAPES, TARGETS, Shapes

_KINDS = (SH.NodeShape, SH.PropertyShape)
_MARKS = (*TARGETS, SH.path)


@dataclass(frozen=True)
class Rule:
    """A rule of a step: its code, by language what it asks and how to mend a breach, and how severe that is."""

    step: str
    code: str
    titles: Texts = field(default_factory=dict, compare=False)
    severity: str = field(default="Violation", compare=False)
    remedies: Texts = field(default_factory=dict, compare=False)


def declared(shapes: Shapes, step: str = "shacl") -> tuple[Rule, ...]:
    """The rules that shapes declare, by code; a shape that is part of none is a rule of its own."""
    by_code: dict[str, list[Node]] = defaultdict(list)
    for shape in _named(shapes.graph):
        by_code[shapes.rule_of(shape)].append(shape)
    remedies = {rule.code: rule.remedy for rule in shapes.rules}
    codes = [*remedies, *sorted(set(by_code) - set(remedies))]
    return tuple(
        Rule(
            step,
            code,
            _titles(shapes.graph, code, by_code[code]),
            _worst(shapes, by_code[code]),
            remedies.get(code, {}),
        )
        for code in codes
    )


def _named(graph: Graph) -> list[Node]:
    """The shapes that have an IRI."""
    typed = (shape for kind in _KINDS for shape in graph.subjects(RDF.type, kind))
    found = {*typed, *(shape for mark in _MARKS for shape in graph.subjects(mark))}
    return sorted((shape for shape in found if isinstance(shape, URIRef)), key=str)


def _titles(graph: Graph, code: str, shapes: list[Node]) -> Texts:
    """The title of a rule, or else the name of its shape."""
    given = [*graph.objects(URIRef(SHAPES + code), DCTERMS.title)]
    found = given or [name for shape in shapes[:1] for name in graph.objects(shape, SH.name)]
    return {text.language or "en": str(text) for text in sorted(found, key=str) if isinstance(text, Literal)}


def _worst(shapes: Shapes, of_rule: list[Node]) -> str:
    return min(map(shapes.severity_of, of_rule), key=SEVERITIES.index, default="Violation")


def used(findings: Iterable[Finding], known: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """The rules that are known, then those of findings that are not, each once."""
    rules = {(rule.step, rule.code): rule for rule in known}
    for finding in findings:
        key = finding.step, finding.rule
        rules.setdefault(key, Rule(*key, severity=finding.severity))
    return tuple(rules.values())
