"""The step `owl`: ontologies keep to a profile of OWL 2, and no statement contradicts the axioms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad, parse

from vesoc import places
from vesoc.checks.axioms import Axioms
from vesoc.checks.contradictions import Contradiction, contradictions
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.wording import about, filled
from vesoc.conversion import as_store
from vesoc.errors import VesocError
from vesoc.names import short, term

_TYPE, _ONTOLOGY = term("rdf:type"), term("owl:Ontology")
_SAYS = {
    "disjoint-classes": {
        "nl": "Dit maakt van {thing} een {one}, maar het is een {other}, en niets is beide ({against}).",
        "en": "This makes {thing} a {one}, but it is a {other}, and nothing is both ({against}).",
    },
    "functional-property": {
        "nl": "Hierdoor heeft {thing} twee waarden waar er één kan zijn: {one} en {other} ({against}).",
        "en": "By this {thing} has two values where there can be one: {one} and {other} ({against}).",
    },
    "irreflexive-property": {
        "nl": "Niets kan voor {one} naar zichzelf verwijzen.",
        "en": "Nothing can refer to itself by {one}.",
    },
    "asymmetric-property": {
        "nl": "{one} geldt nooit in beide richtingen, maar ook het omgekeerde staat er ({against}).",
        "en": "{one} never holds both ways, but the reverse is stated as well ({against}).",
    },
    "disjoint-properties": {
        "nl": "{one} en {other} leiden nooit naar hetzelfde ({against}).",
        "en": "{one} and {other} never lead to the same thing ({against}).",
    },
    "datatype": {
        "nl": "De waarde {one} hoort niet tot het datatype {other}.",
        "en": "The value {one} is not of the datatype {other}.",
    },
    "literal-for-thing": {
        "nl": "{other} verwijst naar een ding, maar {one} is een tekst of getal.",
        "en": "{other} refers to a thing, but {one} is a text or number.",
    },
    "same-thing": {
        "nl": "{one} en {other} zouden hetzelfde ding zijn, maar elk ding van ons heeft één naam.",
        "en": "{one} and {other} would be the same thing, but each thing of ours has one name.",
    },
}
_MEND = {
    "nl": "Verbeter deze uitspraak of die waarmee ze botst.",
    "en": "Correct this statement or the one that it contradicts.",
}
_PROFILE = {
    "nl": "{part} valt buiten OWL 2 {profile}: {what}.",
    "en": "{part} is not in OWL 2 {profile}: {what}.",
}
_UNJUDGED = {
    "nl": "De stap owl kijkt niet naar {term}: deze axioma's worden niet getoetst.",
    "en": "The step owl does not look at {term}: these axioms are not tested.",
}


def look(material: Material) -> Look:
    """Test profile and consistency: of our graph as a whole, of others what their documents add to ours."""
    beside = _axioms(material)
    axioms = Axioms((*material.context, *material.quads, *beside))
    findings = (*_profiles(material, beside), *_unjudged(axioms, material), *_contradictions(material, axioms))
    return Look(findings, len(material.quads), "triples")


def _axioms(material: Material) -> list[Quad]:
    """The axioms that are in no graph, for they only serve to check."""
    file = _places(material).ontology / "vesoc-axioms.ttl"
    return list(parse(path=str(file), rename_blank_nodes=True)) if file.is_file() else []


def _places(material: Material) -> places.Places:
    return material.places or places.find()


def _hindrance(material: Material) -> str | None:
    try:
        _places(material)
    except VesocError as error:
        return str(error)
    return None


def _contradictions(material: Material, axioms: Axioms) -> Iterator[Finding]:
    own = set(material.quads)
    for found in contradictions((*material.context, *material.quads), axioms, material.base):
        if found.blamed in own:
            yield _contradiction(found, material.base)
        elif found.against in own:
            yield _contradiction(found.turned(), material.base)


def _contradiction(found: Contradiction, base: str) -> Finding:
    values = {"one": _shown(found.one, base), "other": _shown(found.other, base), "thing": _shown(found.thing, base)}
    values["against"] = " ".join(_term(node, base) for node in found.against.triple)
    messages = filled(_SAYS[found.rule], **values)
    return about(found.blamed, messages, step=STEP.name, rule=found.rule, remedy=_MEND)


def _shown(name: str, base: str) -> str:
    return " | ".join(short(part, base) for part in name.split(" | "))


def _term(node: Any, base: str) -> str:
    return short(node.value, base) if isinstance(node, NamedNode) else str(node)


def _profiles(material: Material, beside: list[Quad]) -> Iterator[Finding]:
    if not material.own:
        for document in material.documents:
            if any(quad.predicate == _TYPE and quad.object == _ONTOLOGY for quad in document.quads):
                yield from _outside(document.quads, document.iri, ("dl",), "Warning")
        return
    header = f"{material.base}ns"
    ontology = [document.quads for document in material.documents if _is_ontology(document.iri, material)]
    quads = [quad for told in ontology for quad in told]
    yield from _outside(quads, header, ("dl", "rl"), "Violation")
    yield from _outside((*quads, *beside), f"{header}/axioms", ("dl",), "Violation")


def _is_ontology(iri: str, material: Material) -> bool:
    return material.places is not None and iri.startswith(material.places.ontology.resolve().as_uri())


def _outside(quads: Iterable[Quad], thing: str, profiles: tuple[str, ...], severity: str) -> Iterator[Finding]:
    """What keeps an ontology out of profiles."""
    from pyowl2_profiles import detect_profiles

    found = detect_profiles(as_store(quads), graph_iri=None)
    for profile in profiles:
        for kind in sorted(found[profile]["violations_by_axiom_type"]):
            samples = found[profile]["sample_violations"]
            named = next((sample["subject_iri"] for sample in samples if sample["axiom_type"] == kind), None) or thing
            messages = filled(_PROFILE, part=short(named), profile=profile.upper(), what=kind)
            yield Finding(STEP.name, f"profile-{profile}", severity, messages, named, focus=named)


def _unjudged(axioms: Axioms, material: Material) -> Iterator[Finding]:
    """A warning for axioms that nothing here tests, lest somebody thinks that they hold."""
    if material.own:
        for name in axioms.unjudged:
            yield Finding(STEP.name, "axiom-not-tested", "Warning", filled(_UNJUDGED, term=short(name)), name)


_TITLES = {
    "disjoint-classes": ("Niets hoort tot klassen die elkaar uitsluiten", "Nothing is of classes that are disjoint"),
    "functional-property": ("Een functionele eigenschap heeft één waarde", "A functional property has one value"),
    "irreflexive-property": (
        "Niets verwijst naar zichzelf waar dat niet kan",
        "Nothing refers to itself where it cannot",
    ),
    "asymmetric-property": (
        "Een asymmetrische eigenschap geldt in één richting",
        "An asymmetric property holds one way",
    ),
    "disjoint-properties": (
        "Eigenschappen die elkaar uitsluiten gelden niet samen",
        "Disjoint properties exclude each other",
    ),
    "datatype": ("Een waarde is van het datatype van haar eigenschap", "A value is of the datatype of its property"),
    "literal-for-thing": ("Wat naar een ding verwijst, heeft een IRI", "What refers to a thing has an IRI"),
    "same-thing": ("Elk ding heeft één naam", "Each thing has one name"),
    "profile-dl": ("Een ontologie valt binnen OWL 2 DL", "An ontology is in OWL 2 DL"),
    "profile-rl": ("De lichte ontologie valt binnen OWL 2 RL", "The light ontology is in OWL 2 RL"),
}
_UNTESTED = {"nl": "Elk axioma wordt getoetst", "en": "Each axiom is tested"}
RULES = (
    *(Rule("owl", code, {"nl": nl, "en": en}) for code, (nl, en) in _TITLES.items()),
    Rule("owl", "axiom-not-tested", _UNTESTED, "Warning"),
)
STEP = Step("owl", "ontologies keep to OWL 2 DL, and nothing contradicts the axioms", look, _hindrance, rules=RULES)
