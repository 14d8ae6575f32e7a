"""The step `vocabulary`: the terms that the documents use exist, and so do the concepts that they point to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from vesoc.checks.finding import Finding
from vesoc.checks.known import Terms, nearest
from vesoc.checks.material import Document, Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.wording import about, filled, same
from vesoc.names import prefixes, short, split, term

# Properties whose values are classes, properties or datatypes.
_NAMING = frozenset(
    map(
        term,
        (
            *("rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range"),
            *("schema:domainIncludes", "schema:rangeIncludes", "owl:equivalentClass", "owl:equivalentProperty"),
            *("owl:disjointWith", "owl:propertyDisjointWith", "owl:inverseOf", "owl:onProperty", "owl:onClass"),
            *("owl:someValuesFrom", "owl:allValuesFrom", "sh:path", "sh:class", "sh:datatype", "sh:targetClass"),
            *("sh:targetSubjectsOf", "sh:targetObjectsOf"),
        ),
    )
)
_TYPE, _CONCEPT, _DEPRECATED = term("rdf:type"), term("skos:Concept"), term("owl:deprecated")
_REPLACED = term("dcterms:isReplacedBy")

_UNKNOWN = {"nl": "{term} bestaat niet.", "en": "{term} does not exist."}
_MEANT = {"nl": "{term} bestaat niet: bedoelde u {near}?", "en": "{term} does not exist: did you mean {near}?"}
_CORRECT = {
    "nl": "Verbeter de naam, of verklaar de term in de ontologie als hij nieuw is.",
    "en": "Correct the name, or declare the term in the ontology if it is new.",
}
_MISS = {
    "nl": "De naamruimte {given} lijkt op {space}, maar is een andere ({number} keer gebruikt).",
    "en": "The namespace {given} is like {space}, but it is another one (used {number} times).",
}
_WRITE = {"nl": "Schrijf {space}.", "en": "Write {space}."}
_OLD = {"nl": "{term} is ingetrokken.", "en": "{term} is deprecated."}
_USE = {"nl": "Gebruik {near}.", "en": "Use {near}."}


class _Use(NamedTuple):
    """A term and the statement that uses it."""

    iri: str
    quad: Quad


class Judge:
    """What is known of the terms and concepts that documents may use."""

    def __init__(self, material: Material) -> None:
        self._base = material.base
        self._quads = (*material.quads, *material.context)
        self._subjects = {quad.subject.value for quad in self._quads if isinstance(quad.subject, NamedNode)}
        # Others cannot declare a term of ours.
        declaring = material.quads if material.own else material.context
        self._terms = Terms(declaring, f"{material.base}ns#", prefixes(material.base).values())
        self.unknown = cache(self._unknown)
        self.meant = cache(self._terms.meant)

    @cached_property
    def deprecated(self) -> dict[str, list[str]]:
        """What is withdrawn, with what is there instead."""
        told = [quad for quad in self._quads if quad.predicate in (_DEPRECATED, _REPLACED)]
        instead: dict[str, list[str]] = {
            quad.subject.value: []
            for quad in told
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.object.value == "true"
        }
        for quad in told:
            if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
                instead.setdefault(quad.subject.value, []).append(quad.object.value)
        return instead

    @cached_property
    def _concepts(self) -> dict[str, list[str]]:
        """Our concepts, by namespace."""
        found: dict[str, list[str]] = {}
        for quad in self._quads:
            typed = quad.object == _CONCEPT and quad.predicate == _TYPE
            if typed and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(self._base):
                found.setdefault(split(quad.subject.value)[0], []).append(quad.subject.value)
        return found

    def _unknown(self, iri: str) -> list[str] | None:
        """The nearest to a term or concept that does not exist; None where it does, or where nobody can tell."""
        space, name = split(iri)
        if not name:
            return None
        if space in self._concepts:
            return None if iri in self._subjects else nearest(iri, self._concepts[space])
        unknown = self._terms.space(iri)
        return None if unknown is None else self._terms.near(iri, unknown)

    def names(self, iris: Iterable[str]) -> str:
        return ", ".join(short(iri, self._base) for iri in iris)


def look(material: Material) -> Look:
    """Judge each use of a term in the documents."""
    judge = Judge(material)
    findings: list[Finding] = []
    number = 0
    for document in material.documents:
        uses = list(_uses(document, material.base))
        number += len(uses)
        findings += [*_near_misses(uses, judge), *_findings(uses, judge)]
    return Look(tuple(findings), number, "uses of terms")


def _uses(document: Document, base: str) -> Iterator[_Use]:
    for quad in document.quads:
        yield _Use(quad.predicate.value, quad)
        if isinstance(quad.object, Literal):
            yield _Use(quad.object.datatype.value, quad)
        elif isinstance(quad.object, NamedNode) and (
            quad.predicate in _NAMING or _may_be_ours(quad.object.value, base)
        ):
            yield _Use(quad.object.value, quad)


def _may_be_ours(iri: str, base: str) -> bool:
    return base.rsplit("://", maxsplit=1)[-1] in iri


def _near_misses(uses: list[_Use], judge: Judge) -> Iterator[Finding]:
    """A warning for each namespace of a document that is nearly a known one, at its first use."""
    missed = [(miss, use) for use in uses if (miss := judge.meant(use.iri))]
    numbers = Counter(miss for miss, _ in missed)
    for miss, use in dict(reversed(missed)).items():
        values = {"given": miss[0], "space": miss[1], "number": numbers[miss]}
        yield _missed(use, values)


def _missed(use: _Use, values: Mapping[str, Any]) -> Finding:
    rule = {"step": STEP.name, "rule": "near-namespace", "severity": "Warning"}
    expected, remedy = same(values["space"]), filled(_WRITE, **values)
    return about(use.quad, filled(_MISS, **values), **rule, focus=use.iri, expected=expected, remedy=remedy)


def _findings(uses: list[_Use], judge: Judge) -> Iterator[Finding]:
    for use in uses:
        if (near := judge.unknown(use.iri)) is not None:
            yield _unknown(use, near, judge)
        elif use.iri in judge.deprecated and use.quad.predicate != _REPLACED:
            yield _deprecated(use, judge)


def _unknown(use: _Use, near: list[str], judge: Judge) -> Finding:
    values = {"term": judge.names([use.iri]), "near": judge.names(near)}
    messages = filled(_MEANT if near else _UNKNOWN, **values)
    rule = {"step": STEP.name, "rule": "unknown-term"}
    return about(use.quad, messages, **rule, focus=use.iri, expected=same(values["near"]), remedy=_CORRECT)


def _deprecated(use: _Use, judge: Judge) -> Finding:
    near = judge.names(judge.deprecated[use.iri])
    messages = filled(_OLD, term=judge.names([use.iri]))
    remedy = filled(_USE, near=near) if near else {}
    rule = {"step": STEP.name, "rule": "deprecated-term", "severity": "Warning"}
    return about(use.quad, messages, **rule, focus=use.iri, expected=same(near), remedy=remedy)


RULES = (
    Rule(
        "vocabulary", "unknown-term", {"nl": "Elke term en elk concept bestaat", "en": "Each term and concept exists"}
    ),
    Rule(
        "vocabulary",
        "near-namespace",
        {"nl": "Geen naamruimte lijkt op een bekende", "en": "No namespace is nearly a known one"},
        "Warning",
    ),
    Rule(
        "vocabulary",
        "deprecated-term",
        {"nl": "Geen term is ingetrokken", "en": "No term is deprecated"},
        "Warning",
    ),
)
STEP = Step("vocabulary", "the terms and concepts that are used exist", look, rules=RULES)
