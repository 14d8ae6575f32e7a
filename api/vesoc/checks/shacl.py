"""The step `shacl`: the data keeps to the shapes, and the shapes have something to look at."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from vesoc import validation
from vesoc.checks.expectation import expected
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.graphs import METADATA, graph_iri
from vesoc.names import term
from vesoc.shapes import SHAPES, Shapes

_NO_TARGET = {
    "nl": "Geen enkele regel raakt iets in deze documenten: er is dus niets nagekeken.",
    "en": "No rule hits anything in these documents, so nothing has been checked.",
}
_IDLE = {
    "nl": "Deze shape heeft geen focus node in de gegevens: ze heeft niets nagekeken.",
    "en": "This shape has no focus node in the data: it has checked nothing.",
}
_REMEDY = {
    "nl": "Kijk na of klassen en eigenschappen van de gegevens die van de shapes zijn.",
    "en": "See whether the classes and properties of the data are those of the shapes.",
}

_TYPE = term("rdf:type")
_FOCUS_NODES = f"{SHAPES}focusNodes"  # the part of SHACL that finds what a shape is about


def look(material: Material) -> Look:
    """Run the shapes: ours over our graph, or over documents beside it; those of others over the documents alone."""
    if material.own:
        return _own(material)
    return _part(material) if material.shapes.rules else _foreign(material)


def findings(report: validation.Report, shapes: Shapes) -> Iterator[Finding]:
    """What a validation found, with what was expected and how to mend it."""
    remedies = {rule.code: rule.remedy for rule in shapes.rules}
    for found in report.findings:
        yield Finding(
            STEP.name,
            found.rule,
            found.severity,
            found.messages,
            thing=found.culprit,
            focus=found.focus,
            path=found.path,
            value=found.value,
            shape=found.shape,
            component=found.component,
            part=found.part or None,
            expected=expected(shapes, found.source, found.component),
            remedy=remedies.get(found.rule, {}),
        )


def _own(material: Material) -> Look:
    metadata = graph_iri(METADATA, material.base)  # which describes the data, and has the shapes of catalogues
    quads = [quad for quad in material.quads if getattr(quad.graph_name, "value", None) != metadata]
    report = validation.check(quads, material.shapes)
    return Look(tuple(findings(report, material.shapes)), len(quads), "triples")


def _part(material: Material) -> Look:
    """The rules are those of our house: they judge what bears a name of ours or says that it is of a class of ours."""
    around = material.surroundings or validation.Surroundings(material.context, material.shapes)
    report = validation.check_part(material.quads, around, material.shapes)
    ours = _ours(material)
    found = [finding for finding in findings(report, material.shapes) if _is_ours(finding, ours, material.base)]
    if not ours or not any(number > 0 for number in report.candidates.values()):
        found.append(_untargeted(material))
    return Look(tuple(found), len(material.quads), "triples")


def _ours(material: Material) -> frozenset[str]:
    """The subjects of the documents with an IRI of ours, or with a type of our ontology."""
    own, terms = f"<{material.base}", f"<{material.base}ns#"
    return frozenset(
        quad.subject.value
        for quad in material.quads
        if not isinstance(quad.subject, Triple)
        and (str(quad.subject).startswith(own) or (quad.predicate == _TYPE and str(quad.object).startswith(terms)))
    )


def _is_ours(finding: Finding, ours: frozenset[str], base: str) -> bool:
    """How others name their things, and which terms of theirs they use, is not for us to judge."""
    if finding.rule == "R12" and not (finding.thing or "").startswith(base):
        return False
    if finding.rule == "R13" and finding.path and not finding.path.startswith(base):
        return False
    return (finding.thing or "").removeprefix("_:") in ours or (finding.thing or "").startswith(base)


def _foreign(material: Material) -> Look:
    report = validation.check(material.quads, material.shapes)
    idle, number = validation.untargeted(material.quads, material.shapes)
    found = [*findings(report, material.shapes), *(_idle(shape) for shape in idle)]
    if len(idle) == number:
        found.append(_untargeted(material))
    return Look(tuple(found), len(material.quads), "triples")


def _idle(shape: str) -> Finding:
    """A remark only: shapes of a profile are for more than one file."""
    return Finding(
        STEP.name,
        "no-focus-node",
        "Info",
        _IDLE,
        thing=shape,
        focus=shape,
        shape=shape,
        component=_FOCUS_NODES,
        remedy=_REMEDY,
    )


def _untargeted(material: Material) -> Finding:
    iri = material.documents[0].iri
    return Finding(
        STEP.name,
        "nothing-checked",
        "Violation",
        _NO_TARGET,
        thing=iri,
        focus=iri,
        component=_FOCUS_NODES,
        remedy=_REMEDY,
    )


RULES = (
    Rule("shacl", "nothing-checked", {"nl": "Minstens één regel raakt iets", "en": "At least one rule hits something"}),
    Rule("shacl", "no-focus-node", {"nl": "Elke shape raakt iets", "en": "Each shape hits something"}, "Info"),
)
STEP = Step("shacl", "the data keeps to the shapes, and each rule has something to look at", look, rules=RULES)
