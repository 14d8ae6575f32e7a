"""The 24 tests of FOOPS! on the ontology, restated: each is passed here, or waits for a registration that is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from rdflib import DC, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, Graph, Literal, Namespace, URIRef

from vesoc.names import BASE

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
URI = URIRef(f"{BASE}ns")
BIBO = Namespace("http://purl.org/ontology/bibo/")
SCHEMA = Namespace("https://schema.org/")
SYNTAXES = {"application/rdf+xml": "xml", "text/turtle": "turtle", "application/ld+json": "json-ld"}
PERSISTENT = (
    "w3id.org",
    "doi.org",
    "purl.org",
    "linked.data.gov.au",
    "dbpedia.org",
    "www.w3.org",
    "perma.cc",
    "data.europa.eu",
)
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
METADATA = (str(DC), str(DCTERMS), str(SCHEMA), str(VANN), str(PROV), str(BIBO), str(FOAF), str(OWL), str(RDFS))
MINIMUM = {
    "title": [DCTERMS.title],
    "description": [DCTERMS.description],
    "licence": [DCTERMS.license],
    "version IRI": [OWL.versionIRI],
    "creator": [DCTERMS.creator],
    "namespace": [VANN.preferredNamespaceUri],
}
RECOMMENDED = {
    "prefix": [VANN.preferredNamespacePrefix],
    "version": [OWL.versionInfo],
    "created": [DCTERMS.created],
    "citation": [DCTERMS.bibliographicCitation],
}
DETAILED = {
    "DOI": [BIBO.doi, SCHEMA.identifier, DCTERMS.identifier],
    "publisher": [DCTERMS.publisher],
    "logo": [FOAF.logo],
    "status": [BIBO.status],
    "source": [DCTERMS.source],
    "issued": [DCTERMS.issued],
}
PROVENANCE = {"creator": [DCTERMS.creator], "created": [DCTERMS.created]}
MORE_PROVENANCE = {"issued": [DCTERMS.issued], "publisher": [DCTERMS.publisher]}
REGISTRY = "found in a registry"
# What only somebody outside can give: who serves the graph asks for it when it is published.
WAITING = {
    "FIND2": {REGISTRY},  # the prefix at prefix.cc or LOV
    "FIND3": {REGISTRY},  # the ontology at LOV
    "FIND_3_BIS": {REGISTRY},  # the same
    "OM3": {"DOI"},  # from an agency such as DataCite
}


@dataclass(frozen=True)
class Ontology:
    """The ontology as a client finds it that starts from its URI; the server stands in for what w3id.org leads to."""

    server: httpx2.Client
    graph: Graph

    def get(self, iri: str, accept: str) -> httpx2.Response:
        assert iri.startswith(BASE)
        address = f"/{iri.removeprefix(BASE)}"
        return self.server.get(address, headers={"Accept": accept}, follow_redirects=True)

    def one(self, predicate: URIRef) -> object:
        return self.graph.value(URI, predicate)

    def terms(self) -> set[URIRef]:
        found = {term for kind in TERMS for term in self.graph.subjects(RDF.type, kind)}
        return {term for term in found if isinstance(term, URIRef) and term.startswith(f"{URI}#")}


Check = Callable[[Ontology], Iterable[str]]


@pytest.fixture(scope="module")
def ontology(server: httpx2.Client) -> Ontology:
    answer = server.get("/ns", headers={"Accept": "text/turtle"})
    return Ontology(server, Graph().parse(data=answer.text, format="turtle"))


def missing(wanted: dict[str, list[URIRef]]) -> Check:
    """A check that names what the header says by none of its properties."""
    return lambda found: {name for name, by in wanted.items() if all(found.one(one) is None for one in by)}


def negotiated(found: Ontology) -> Iterable[str]:
    """CN1: HTML and RDF at the URI itself."""
    for media_type in ("text/html", *SYNTAXES):
        answer = found.get(URI, media_type)
        if answer.status_code != 200 or answer.headers["content-type"].split(";")[0] != media_type:
            yield media_type


def documented(found: Ontology) -> Iterable[str]:
    """DOC1: a page at the URI."""
    answer = found.get(URI, "text/html")
    return set() if answer.status_code == 200 and "<h1>" in answer.text else {"page"}


def loaded(found: Ontology) -> Iterable[str]:
    """RDF1 and URI1: what the URI gives is RDF that says that this is an ontology."""
    for media_type, syntax in SYNTAXES.items():
        graph = Graph().parse(data=found.get(URI, media_type).text, format=syntax)
        if (URI, RDF.type, OWL.Ontology) not in graph or len(graph) != len(found.graph):
            yield media_type


def registered_prefix(found: Ontology) -> Iterable[str]:
    """FIND2: what can be told here is the prefix and its namespace; that a registry has them cannot."""
    told = (found.one(VANN.preferredNamespacePrefix), str(found.one(VANN.preferredNamespaceUri)))
    return {REGISTRY} if told == (Literal("vesoc"), f"{URI}#") else {"prefix"}


def registered(found: Ontology) -> Iterable[str]:
    """FIND3: a catalogue of ontologies outside; our own is none."""
    return set() if found.one(SCHEMA.includedInDataCatalog) else {REGISTRY}


def open_protocol(found: Ontology) -> Iterable[str]:
    """HTTP1."""
    return set() if urlsplit(str(URI)).scheme in ("http", "https") else {"protocol"}


def persistent(found: Ontology) -> Iterable[str]:
    """PURL1."""
    return set() if urlsplit(str(URI)).hostname in PERSISTENT else {"persistent host"}


def licence(found: Ontology) -> Iterable[str]:
    """OM4.2: the licence is an address; that of CC0, which is known to answer."""
    return (
        set() if str(found.one(DCTERMS.license)) == "http://creativecommons.org/publicdomain/zero/1.0/" else {"licence"}
    )


def same_name(found: Ontology) -> Iterable[str]:
    """URI2: the only ontology that the document speaks of is the one that was asked for."""
    return set(map(str, found.graph.subjects(RDF.type, OWL.Ontology))) - {str(URI)}


def versioned(found: Ontology) -> Iterable[str]:
    """VER1: a version IRI of its own."""
    return {"version IRI"} if found.one(OWL.versionIRI) in (None, URI) else set()


def version_resolves(found: Ontology) -> Iterable[str]:
    """VER2: the version IRI gives a page and the ontology."""
    version = str(found.one(OWL.versionIRI))
    return {media for media in ("text/html", *SYNTAXES) if found.get(version, media).status_code != 200}


def metadata_of_others(found: Ontology) -> Iterable[str]:
    """VOC1."""
    used = {str(predicate) for predicate in found.graph.predicates(URI)}
    return set() if any(name.startswith(METADATA) for name in used) else {"vocabularies"}


def terms_of_others(found: Ontology) -> Iterable[str]:
    """VOC2: terms beside our own and those of RDF, RDFS and OWL."""
    named = {str(term) for kind in TERMS for term in found.graph.subjects(RDF.type, kind)}
    others = {name for name in named if not name.startswith((f"{URI}#", str(RDF), str(RDFS), str(OWL)))}
    return set() if others else {"reuse"}


def lacking(predicate: URIRef) -> Check:
    """VOC3 and VOC4: the terms of the ontology that do not say it in both languages."""

    def check(found: Ontology) -> Iterable[str]:
        languages = {
            term: {getattr(v, "language", "") for v in found.graph.objects(term, predicate)} for term in found.terms()
        }
        return {str(term) for term, said in languages.items() if said != {"nl", "en"}}

    return check


CHECKS: dict[str, Check] = {
    "CN1": negotiated,
    "DOC1": documented,
    "FIND1": missing({"prefix": [VANN.preferredNamespacePrefix]}),
    "FIND2": registered_prefix,
    "FIND3": registered,
    "FIND_3_BIS": registered,
    "HTTP1": open_protocol,
    "OM1": missing(MINIMUM),
    "OM2": missing(RECOMMENDED),
    "OM3": missing(DETAILED),
    "OM4.1": missing({"licence": [DCTERMS.license]}),
    "OM4.2": licence,
    "OM5.1": missing(PROVENANCE),
    "OM5.2": missing(MORE_PROVENANCE),
    "PURL1": persistent,
    "RDF1": loaded,
    "URI1": loaded,
    "URI2": same_name,
    "VER1": versioned,
    "VER2": version_resolves,
    "VOC1": metadata_of_others,
    "VOC2": terms_of_others,
    "VOC3": lacking(RDFS.label),
    "VOC4": lacking(SKOS.definition),
}


def test_all_are_restated(vocabularies: Path) -> None:
    described = sorted((vocabularies / "foops").glob("*.ttl"))
    assert len(described) == 24
    assert {path.stem for path in described} == CHECKS.keys()


@pytest.mark.parametrize("code", CHECKS)
def test_is_passed_or_waits_for_a_registration(ontology: Ontology, code: str) -> None:
    assert set(CHECKS[code](ontology)) == WAITING.get(code, set())


def test_checks_can_fail(ontology: Ontology) -> None:
    bare = Ontology(ontology.server, Graph())
    bare.graph.add((URIRef(f"{URI}#X"), RDF.type, OWL.Class))
    served = {"CN1", "DOC1", "HTTP1", "PURL1", "URI2"}  # ask the server, or the URI, and nothing of what it gave
    asked = [code for code in CHECKS if code not in served | {"VER2"}]
    assert {code for code in asked if not set(CHECKS[code](bare))} == set()


def test_logo_is_a_picture(ontology: Ontology) -> None:
    logo = ontology.get(str(ontology.one(FOAF.logo)), "*/*")
    assert (logo.status_code, logo.headers["content-type"].split(";")[0]) == (200, "image/svg+xml")


def test_licence_stands_in_the_table_of_the_union(ontology: Ontology, vocabularies: Path) -> None:
    known = Graph().parse(vocabularies / "eu-authority" / "licences-skos.rdf", format="xml")
    found = {str(value).removeprefix("http://").removeprefix("https://") for value in known.objects()}
    stated = str(ontology.one(DCTERMS.license)).removeprefix("http://").rstrip("/")
    assert {stated, f"{stated}/", f"{stated}/deed.en"} & found
