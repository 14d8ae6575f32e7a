"""The step `skos`: concept schemes are free of the quality issues that qSKOS names."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.thesaurus import ISSUES, Issue
from vesoc.names import prefixes, term

_TYPE, _CONCEPT = term("rdf:type"), term("skos:Concept")


def look(material: Material) -> Look:
    """Ask each issue of the documents together with what they point into, and tell of the documents alone."""
    store = material.store
    theirs = {node for quad in material.quads for node in (quad.subject, quad.predicate, quad.object)}
    issues = [issue for issue in ISSUES if material.own or not issue.ours]
    found = (finding for issue in issues for finding in culprits(store, material.base, issue))
    findings = tuple(f for f in found if f.thing is not None and NamedNode(f.thing) in theirs)
    concepts = sum(quad.predicate == _TYPE and quad.object == _CONCEPT for quad in material.quads)
    return Look(findings, concepts, "concepts")


def culprits(store: Store, base: str, issue: Issue) -> Iterator[Finding]:
    """A finding for each statement, or thing, that has an issue."""
    solutions = store.query(f"BASE <{base}> {issue.query}", prefixes=prefixes(base))
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        culprit, path, value = solution
        if isinstance(culprit, NamedNode):
            yield Finding(
                STEP.name,
                issue.code,
                _severity(issue),
                {"nl": issue.nl, "en": issue.en},
                thing=culprit.value,
                focus=culprit.value,
                path=path.value if isinstance(path, NamedNode) else None,
                value=str(value) if isinstance(value, NamedNode | Literal) else None,
            )


def _severity(issue: Issue) -> str:
    return "Violation" if issue.integrity else "Warning"


# By issue the rule of another step that finds the same thing; who has both tells one of them.
SAID_BY_OTHERS = MappingProxyType({issue.code: issue.rule for issue in ISSUES if issue.rule})
RULES = tuple(Rule("skos", issue.code, {"nl": issue.nl, "en": issue.en}, _severity(issue)) for issue in ISSUES)
STEP = Step("skos", "concept schemes are free of known quality issues", look, rules=RULES)
