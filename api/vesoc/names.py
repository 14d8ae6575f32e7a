"""The namespaces of the graph: one base for what is ours, one table of prefixes for all files."""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/vesoc-kg/"
_LOCAL = re.compile(r"[\w-]+(?:\.[\w-]+)*", re.ASCII)

_OWN = {
    "akk": "id/akkoord/",
    "bew": "id/bewering/",
    "bron": "id/bron/",
    "btot": "id/budgettotaal/",
    "bud": "id/budgetlijn/",
    "cs": "id/conceptscheme/",
    "dataset": "id/dataset/",
    "deel": "id/deel/",
    "dg": "id/doelgroep/",
    "doel": "id/doelstelling/",
    "fun": "id/functie/",
    "graaf": "id/graaf/",
    "hvh": "id/hoeveelheid/",
    "indi": "id/indicator/",
    "ins": "id/instrument/",
    "mtr": "id/maatregel/",
    "ond": "id/ondertekening/",
    "orgn": "id/organisatie/",
    "per": "id/periode/",
    "pers": "id/persoon/",
    "vesoc": "ns#",
    "vind": "id/vindplaats/",
    "vs": "shapes#",
    "vw": "id/voorwaarde/",
    "wijz": "id/wijziging/",
}

_SCHEMES = (
    "actie",
    "akkoordsoort",
    "basis",
    "bronsoort",
    "budgetcategorie",
    "deelsoort",
    "duurzaamheid",
    "eenheid",
    "instrumentsoort",
    "kenmerk",
    "oordeel",
    "organisatiesoort",
    "passagesoort",
    "status",
    "thema",
    "vergelijking",
)

_FOREIGN = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eurovoc": "http://eurovoc.europa.eu/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "gist": "https://w3id.org/semanticarts/ns/ontology/gist/",
    "ldes": "https://w3id.org/ldes#",
    "mdcat": "https://data.vlaanderen.be/ns/metadata-dcat#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "themism": "http://themis.vlaanderen.be/id/mandataris/",
    "themisme": "http://themis.vlaanderen.be/id/mandatee/",
    "themisp": "http://themis.vlaanderen.be/id/persoon/",
    "time": "http://www.w3.org/2006/time#",
    "tree": "https://w3id.org/tree#",
    "unit": "http://qudt.org/vocab/unit/",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# By what an organisation is in a measure, the strongest first.
ROLES = ("isCommitmentOf", "isResponsibilityOf", "hasPartner", "consults", "isRequestedOf")


def prefixes(base: str) -> dict[str, str]:
    """The table of prefixes, with our own namespaces under `base`."""
    own = {prefix: base + path for prefix, path in _OWN.items()}
    schemes = {scheme: f"{base}id/concept/{scheme}/" for scheme in _SCHEMES}
    return dict(sorted((own | schemes | _FOREIGN).items()))


PREFIXES = prefixes(BASE)


def term(name: str) -> NamedNode:
    """The node of a name with a prefix, such as rdf:type."""
    prefix, local = name.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


def short(iri: str, base: str = BASE) -> str:
    """The prefixed name of an IRI, with the longest prefix that fits; the IRI itself where none does."""
    for space, prefix in _spaces(base):
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, up to its last `#` or `/`, and the name that is left; neither need be there."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


@cache
def _spaces(base: str) -> tuple[tuple[str, str], ...]:
    """The namespaces with their prefixes, the longest of each kind first."""
    return tuple(sorted(((space, prefix) for prefix, space in prefixes(base).items()), reverse=True))
