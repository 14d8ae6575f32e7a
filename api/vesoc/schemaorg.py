"""What schema.org can say of a thing without saying more than the graph: JSON-LD for pages, and the same as triples."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from vesoc.names import PREFIXES, prefixes

SCHEMA = PREFIXES["schema"]
_XSD = PREFIXES["xsd"]
_TERM, _WORK, _ORGANIZATION = ("DefinedTerm",), ("CreativeWork",), ("Organization",)
# The first class of a thing that stands here decides: what is more special stands higher.
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("vesoc:Agreement", _WORK),
    ("vesoc:AgreementPart", _WORK),
    ("vesoc:Measure", _WORK),
    ("vesoc:SourceDocument", ("CreativeWork", "DigitalDocument")),
    ("vesoc:Claim", ("CreativeWork", "Claim")),
    ("vesoc:TargetGroup", ("DefinedTerm", "Audience")),
    ("vesoc:Signature", ("AgreeAction",)),
    ("vesoc:Quantity", ("QuantitativeValue",)),
    ("vesoc:BudgetLine", ("MonetaryAmount",)),
    ("vesoc:BudgetTotal", ("MonetaryAmount",)),
    ("org:Membership", ("OrganizationRole",)),
    ("org:Organization", _ORGANIZATION),
    ("foaf:Organization", _ORGANIZATION),
    ("foaf:Person", ("Person",)),
    ("skos:ConceptScheme", ("DefinedTermSet",)),
    ("owl:Ontology", ("DefinedTermSet",)),
    ("skos:Concept", _TERM),
    ("dcat:Dataset", ("Dataset",)),
    ("void:Dataset", ("Dataset",)),
)
# Classes that follow from the kind that the graph gives a thing by dcterms:type.
_KINDS = {
    "instrumentsoort/dienstverlening": "GovernmentService",
    "organisatiesoort/overheid": "GovernmentOrganization",
    "organisatiesoort/overheidsdienst": "GovernmentOrganization",
    "organisatiesoort/vakbond": "WorkersUnion",
}
# Properties of schema.org, the classes that have them, and ours that mean the same or less.
_PROPERTIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("alternateName", (), ("skos:altLabel",)),
    ("description", (), ("dcterms:description", "skos:definition")),
    ("sameAs", (), ("skos:exactMatch",)),
    ("isPartOf", _WORK, ("dcterms:isPartOf",)),
    ("isBasedOn", _WORK, ("vesoc:buildsOn", "vesoc:continues", "vesoc:executes", "vesoc:extends", "vesoc:replaces")),
    ("about", _WORK, ("vesoc:concernsInstrument", "dcterms:subject", "vesoc:reportsOn", "vesoc:isAbout")),
    ("audience", _WORK, ("vesoc:hasTargetGroup",)),
    ("dateCreated", _WORK, ("dcterms:date",)),
    ("exampleOfWork", _WORK, ("vesoc:isTextOf",)),
    ("inDefinedTermSet", _TERM, ("skos:inScheme",)),
    ("termCode", _TERM, ("skos:notation",)),
    ("provider", ("GovernmentService",), ("vesoc:isResponsibilityOf",)),
    ("identifier", _ORGANIZATION, ("org:identifier",)),
    ("agent", ("AgreeAction",), ("vesoc:signedBy",)),
    ("object", ("AgreeAction",), ("vesoc:signs",)),
    ("value", ("QuantitativeValue",), ("vesoc:numericValue",)),
    ("value", ("MonetaryAmount",), ("vesoc:amount",)),
    ("datePublished", ("Dataset",), ("dcterms:issued",)),
    ("dateModified", ("Dataset",), ("dcterms:modified",)),
    ("license", ("Dataset",), ("dcterms:license",)),
    ("publisher", ("Dataset",), ("dcterms:publisher",)),
    ("version", ("Dataset",), ("dcat:version",)),
)
_NAMES = ("skos:prefLabel", "dcterms:title", "rdfs:label", "foaf:name")
_PLAIN = ("string", "langString")


class Entries:
    """Entries of schema.org about the things of one store."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base
        self._prefixes = prefixes(base)

    def classes(self, iri: str) -> list[str]:
        """The classes of schema.org that a thing is of."""
        types = self._iris(iri, "rdf:type")
        found = next((names for ours, names in _CLASSES if self._iri(ours) in types), ("Thing",))
        kinds = [iri.removeprefix(f"{self._base}id/concept/") for iri in self._iris(iri, "dcterms:type")]
        return [*found, *(_KINDS[kind] for kind in kinds if kind in _KINDS)]

    def of(self, iri: str) -> dict[str, Any]:
        """The entry of a thing as JSON-LD, which needs nothing from elsewhere to be read."""
        classes = self.classes(iri)
        head = {"@context": {"@vocab": SCHEMA}, "@id": iri, "@type": classes}
        entry: dict[str, Any] = {**head, "name": self._named(iri)}
        for name, having, ours in _PROPERTIES:
            if not having or set(having) & set(classes):
                values = [self._value(value) for one in ours for value in self._values(iri, one)]
                entry[name] = entry.get(name, []) + values
        if "MonetaryAmount" in classes:
            entry["currency"] = "EUR"
        return {name: value for name, value in entry.items() if value}

    def script(self, iri: str) -> str:
        """The entry as it can stand within a script element: no mark in it can end that."""
        text = json.dumps(self.of(iri), ensure_ascii=False)
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

    def triples(self, iri: str) -> list[Triple]:
        """The entry as triples."""
        return [quad.triple for quad in parse(json.dumps(self.of(iri)), format=RdfFormat.JSON_LD)]

    def _value(self, value: Any) -> Any:
        if not isinstance(value, NamedNode):
            return _literal(value)
        name = self._named(value.value)
        return {"@id": value.value, "name": name} if name else {"@id": value.value}

    def _named(self, iri: str) -> list[Any]:
        found = (self._values(iri, name) for name in _NAMES)
        return [_literal(value) for value in next(filter(None, found), []) if isinstance(value, Literal)]

    def _iris(self, iri: str, name: str) -> list[str]:
        return [value.value for value in self._values(iri, name)]

    def _values(self, iri: str, name: str) -> list[Any]:
        quads = self._store.quads_for_pattern(NamedNode(iri), NamedNode(self._iri(name)), None, None)
        kept = (NamedNode, Literal)
        return sorted({quad.object for quad in quads if isinstance(quad.object, kept)}, key=str)

    def _iri(self, name: str) -> str:
        prefix, local = name.split(":", 1)
        return self._prefixes[prefix] + local


def _literal(value: Literal) -> Any:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value.removeprefix(_XSD) in _PLAIN:
        return value.value
    return {"@value": value.value, "@type": value.datatype.value}
