"""What schema.org can say of a thing without saying more than the graph: JSON-LD for pages, and the same as triples."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import RdfFormat, Store, Triple, parse

from vesoc.datasets import Datasets
from vesoc.names import PREFIXES
from vesoc.nodes import Nodes
from vesoc.settings import Settings

SCHEMA = PREFIXES["schema"]
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
    ("dateModified", ("Dataset",), ("dcterms:modified",)),
    ("license", ("Dataset",), ("dcterms:license",)),
)


class Entries:
    """Entries of schema.org about the things of one store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._nodes = Nodes(store, settings.base)
        self._datasets = Datasets(store, settings)
        self._base = settings.base

    def classes(self, iri: str) -> list[str]:
        """The classes of schema.org that a thing is of."""
        types = self._nodes.iris(iri, "rdf:type")
        found = next((names for ours, names in _CLASSES if self._nodes.iri(ours) in types), ("Thing",))
        kinds = [iri.removeprefix(f"{self._base}id/concept/") for iri in self._nodes.iris(iri, "dcterms:type")]
        return [*found, *(_KINDS[kind] for kind in kinds if kind in _KINDS)]

    def of(self, iri: str) -> dict[str, Any]:
        """The entry of a thing as JSON-LD, which needs nothing from elsewhere to be read."""
        classes = self.classes(iri)
        head = {"@context": {"@vocab": SCHEMA}, "@id": iri, "@type": classes}
        entry: dict[str, Any] = {**head, "name": self._nodes.named(iri)}
        for name, having, ours in _PROPERTIES:
            if not having or set(having) & set(classes):
                values = [self._nodes.value(value) for one in ours for value in self._nodes.values(iri, one)]
                entry[name] = entry.get(name, []) + values
        if "MonetaryAmount" in classes:
            entry["currency"] = "EUR"
        if iri.startswith(f"{self._base}id/dataset/") and "Dataset" in classes:
            entry |= self._datasets.entry(iri)
        return {name: value for name, value in entry.items() if value}

    def script(self, iri: str) -> str:
        """The entry as it can stand within a script element: no mark in it can end that."""
        text = json.dumps(self.of(iri), ensure_ascii=False)
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

    def triples(self, iri: str) -> list[Triple]:
        """The entry as triples."""
        return [quad.triple for quad in parse(json.dumps(self.of(iri)), format=RdfFormat.JSON_LD)]
