"""What the SPARQL constraints on names, words and structure see of one damaged triple.

A query cannot be read for what it protects, so each constraint stands here by its name, with a condition on the damage
in terms of the rule's own words; those that one triple cannot break are in `statements.UNSEEN`. A test wants every
constraint in one of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode

from benchmarks.mutations.damage import XSD, Damage
from benchmarks.mutations.world import IN_SCHEME, TYPE, World, own, term

Sees = Callable[[World, Damage], bool]

_NAMED = ("org:Organization", "foaf:Person", "vesoc:Instrument", "vesoc:TargetGroup", "vesoc:Indicator")
_DATATYPES = {XSD + name for name in ("integer", "decimal", "date", "string", "anyURI")}
_CLASSES = ("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "FunctionalProperty")
_PROPERTIES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
_PLAIN = (
    *("foaf:name", "vesoc:printedAs", "vesoc:functionAsPrinted", "vesoc:sectionPath", "vesoc:bulletNumber"),
    *("skos:notation", "eli:number", "dcterms:identifier"),
)
_SCHEME_CLASSES = {
    "cs:instrument": "vesoc:Instrument",
    "cs:doelgroep": "vesoc:TargetGroup",
    "cs:indicator": "vesoc:Indicator",
}
_FREE = {
    *map(term, ("rdf:type", "rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy", "rdfs:subClassOf")),
    *map(term, ("rdfs:subPropertyOf", "owl:deprecated", "owl:imports", "owl:priorVersion", "owl:versionIRI")),
    term("owl:versionInfo"),
}
_UNCLEAN = re.compile(r"^\s|\s$|\s\s|[\n\r\t]|^$|</?[a-zA-Z][^>]*>|&[a-zA-Z]+;|&#[0-9]+;")
ROLES = ("vesoc:valueBefore", "vesoc:valueAfter", "vesoc:hasTargetValue")


def at(damage: Damage, *properties: str) -> bool:
    """Whether the damaged triple has one of some properties."""
    return damage.old.predicate in map(term, properties)


def last(world: World, damage: Damage) -> bool:
    """Whether the thing loses the only value that it has for the property."""
    return damage.gone and not damage.doubles and len(world.values(damage.old.subject, damage.old.predicate)) == 1


def replaced(damage: Damage) -> bool:
    """Whether the thing has another value in place of the old one."""
    return damage.value is not None and not damage.doubles


def untyped(world: World, damage: Damage) -> bool:
    """Whether the thing loses its only class, and no other takes its place."""
    return at(damage, "rdf:type") and last(world, damage)


def _thing_unnamed(world: World, damage: Damage) -> bool:
    thing = damage.old.subject
    if not at(damage, "vesoc:hasEvidence") or not last(world, damage) or not world.is_a(thing, *_NAMED):
        return False
    editor = term("organisatiesoort:redactie") in world.values(thing, "dcterms:type")
    return not editor and not world.users(thing, "skos:broader")


def _class_unknown(world: World, damage: Damage) -> bool:
    new = damage.new
    if new is not None and new.predicate == TYPE:
        known = [term(f"owl:{name}") for name in _CLASSES]
        return new.object not in known and not world.is_a(new.object, "owl:Class")
    return untyped(world, damage) and TYPE in [predicate for _, predicate in world.into(damage.old.subject)]


def _datatype_unknown(world: World, damage: Damage) -> bool:
    value = damage.value
    if not isinstance(value, Literal) or value.language or at(damage, "vesoc:claims"):
        return False
    return value.datatype.value not in _DATATYPES and not at(damage, "owl:deprecated")


def _nameless(world: World, damage: Damage) -> bool:
    return any(isinstance(node, BlankNode) for triple in damage.added for node in (triple.subject, triple.object))


def _withdrawn(world: World, damage: Damage) -> bool:
    return bool(damage.beside) and not at(damage, "dcterms:isReplacedBy", "vesoc:isAbout", "vesoc:claims")


def _object_unknown(world: World, damage: Damage) -> bool:
    new = damage.new
    excused = new is None or new.predicate in map(term, ("rdf:type", "owl:versionIRI"))
    if new is not None and not excused and own(new.object) and not world.values(new.object, TYPE):
        return True
    return untyped(world, damage) and own(damage.old.subject) and _used(world, damage)


def _used(world: World, damage: Damage) -> bool:
    return any(predicate != TYPE for _, predicate in world.into(damage.old.subject))


def _property_unknown(world: World, damage: Damage) -> bool:
    new = damage.new
    if new is None or new.predicate in _FREE:
        return False
    return not world.is_a(new.predicate, *(f"owl:{kind}" for kind in _PROPERTIES))


def _property_misplaced(world: World, damage: Damage) -> bool:
    if (new := damage.new) is None:
        return False
    if new.predicate == TYPE:
        classes = {*world.values(new.subject, TYPE), new.object} - (
            {damage.old.object} if not damage.doubles else set()
        )
        return any(_outside(world, name, classes) for name in world.properties(new.subject))
    return bool(world.values(new.subject, TYPE)) and _outside(
        world, new.predicate, set(world.values(new.subject, TYPE))
    )


def _outside(world: World, name: NamedNode, classes: set[object]) -> bool:
    domains = set(world.values(name, "schema:domainIncludes"))
    return bool(domains) and term("owl:Thing") not in domains and not domains & classes


def _subject_unknown(world: World, damage: Damage) -> bool:
    new = damage.new
    if new is not None and new.subject != damage.old.subject:
        return own(new.subject) and new.predicate != TYPE and not world.values(new.subject, TYPE)
    return untyped(world, damage) and own(damage.old.subject) and len(world.properties(damage.old.subject)) > 1


def _foreign_language(world: World, damage: Damage) -> bool:
    value = damage.value
    return isinstance(value, Literal) and bool(value.language) and value.language not in ("nl", "en")


def _text_unclean(world: World, damage: Damage) -> bool:
    value = damage.value
    if not isinstance(value, Literal) or not (value.language or at(damage, *_PLAIN)):
        return False
    return _UNCLEAN.search(value.value) is not None


def _broader_elsewhere(world: World, damage: Damage) -> bool:
    if at(damage, "skos:inScheme"):
        near = [*world.values(damage.old.subject, "skos:broader"), *world.users(damage.old.subject, "skos:broader")]
        return replaced(damage) and bool(near)
    schemes = world.values(damage.value, IN_SCHEME) if damage.value is not None and at(damage, "skos:broader") else ()
    return bool(schemes) and not set(schemes) & set(world.values(damage.old.subject, IN_SCHEME))


def _broader_circle(world: World, damage: Damage) -> bool:
    value = damage.value
    if value is None or not at(damage, "skos:broader"):
        return False
    return damage.old.subject in (value, *world.up(value, "skos:broader"))


def _outside_the_tree(world: World, damage: Damage) -> bool:
    roots, above = (world.values(damage.old.subject, name) for name in ("skos:topConceptOf", "skos:broader"))
    moved = at(damage, "skos:inScheme") and replaced(damage) and not above
    lost = at(damage, "skos:topConceptOf", "skos:broader") and damage.gone and len(roots) + len(above) == 1
    return moved or lost or (at(damage, "skos:topConceptOf") and replaced(damage) and not above)


def _concept_unused(world: World, damage: Damage) -> bool:
    concept = damage.old.object
    if damage.doubles or not world.values(concept, IN_SCHEME):
        return False
    return len(world.into(concept)) == 1


def _concept_misnamed(world: World, damage: Damage) -> bool:
    if not at(damage, "skos:inScheme") or damage.value is None or "/id/concept/" not in damage.old.subject.value:
        return False
    return damage.value != damage.old.object


def _class_of_scheme(world: World, damage: Damage) -> bool:
    thing = damage.old.subject
    schemes = [damage.value] if at(damage, "skos:inScheme") else world.values(thing, IN_SCHEME)
    classes = set(world.values(thing, TYPE))
    if at(damage, "rdf:type") and not damage.doubles:
        classes = classes - {damage.old.object} | ({damage.value} if damage.value is not None else set())
    asked = [term(kind) for scheme, kind in _SCHEME_CLASSES.items() if term(scheme) in schemes]
    return bool(classes) and any(kind not in classes for kind in [*asked, *([term("skos:Concept")] if schemes else [])])


def _label_taken(world: World, damage: Damage) -> bool:
    value, concept = damage.value, damage.old.subject
    if not isinstance(value, Literal) or not at(damage, "skos:prefLabel", "skos:altLabel"):
        return False
    alike = {other for scheme in world.values(concept, IN_SCHEME) for other in world.users(scheme, "skos:inScheme")} - {
        concept
    }
    labels = (
        label for other in alike for name in ("skos:prefLabel", "skos:altLabel") for label in world.values(other, name)
    )
    wanted = value.language, value.value.lower()
    return any(isinstance(label, Literal) and (label.language, label.value.lower()) == wanted for label in labels)


def _root_elsewhere(world: World, damage: Damage) -> bool:
    if at(damage, "skos:topConceptOf"):
        return damage.value is not None
    return (
        at(damage, "skos:inScheme")
        and not damage.doubles
        and bool(world.values(damage.old.subject, "skos:topConceptOf"))
    )


def _period_open(world: World, damage: Damage) -> bool:
    days = [*world.values(damage.old.subject, "dcat:startDate"), *world.values(damage.old.subject, "dcat:endDate")]
    period = world.is_a(damage.old.subject, "dcterms:PeriodOfTime")
    return period and at(damage, "dcat:startDate", "dcat:endDate") and damage.gone and len(days) == 1


SEES: dict[str, Sees] = {
    "broader-in-same-scheme": _broader_elsewhere,
    "broader-without-cycle": _broader_circle,
    "class-is-declared": _class_unknown,
    "concept-has-the-class-of-its-scheme": _class_of_scheme,
    "concept-in-the-tree": _outside_the_tree,
    "concept-is-used": _concept_unused,
    "concept-named-after-scheme": _concept_misnamed,
    "datatype-is-allowed": _datatype_unknown,
    "label-is-unique-in-scheme": _label_taken,
    "named-thing-has-passage": _thing_unnamed,
    "no-blank-nodes": _nameless,
    "nothing-deprecated-is-used": _withdrawn,
    "object-is-typed": _object_unknown,
    "only-nl-and-en": _foreign_language,
    "period-has-a-side": _period_open,
    "predicate-is-declared": _property_unknown,
    "property-fits-its-subject": _property_misplaced,
    "subject-is-typed": _subject_unknown,
    "text-is-clean": _text_unclean,
    "top-concept-of-own-scheme": _root_elsewhere,
}
