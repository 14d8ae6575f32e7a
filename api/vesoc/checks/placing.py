"""What findings lack that steps do not know: the place of each cause, and what the thing is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from vesoc.checks.finding import Finding
from vesoc.checks.locating import Locator
from vesoc.checks.material import Material
from vesoc.names import term

_LABELS = tuple(term(name) for name in ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name", "schema:name"))


def placed(findings: Collection[Finding], material: Material) -> list[Finding]:
    """The findings in their order, with place and label where there are some."""
    locator = Locator(material.documents, material.shapes, material.context)
    known = _labels({finding.thing for finding in findings if finding.thing}, material)
    return [
        replace(finding, place=finding.place or locator.place(finding), label=known.get(finding.thing or "", {}))
        for finding in findings
    ]


def _labels(things: Collection[str], material: Material) -> Mapping[str, Mapping[str, str]]:
    """The labels of things by language, of the kind that comes first."""
    found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for quad in (*material.readable, *material.context) if things else ():
        if quad.predicate in _LABELS and isinstance(quad.object, Literal) and (thing := _iri(quad)) in things:
            language, label = quad.object.language or "", (_LABELS.index(quad.predicate), quad.object.value)
            found[thing][language] = min(label, found[thing].get(language, label))
    return {thing: {language: text for language, (_, text) in texts.items()} for thing, texts in found.items()}


def _iri(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""
