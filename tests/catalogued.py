"""A catalogue for tests: releases made by hand, the settings of a server that is ready for harvest, and its defects."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from conftest import ROOT
from pyoxigraph import parse
from rdflib import DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vesoc.catalogue import catalogue
from vesoc.conversion import as_graph
from vesoc.dataset import Dataset
from vesoc.feed.documents import FORMS
from vesoc.feed.documents import ROOT as FEED
from vesoc.names import BASE, PREFIXES
from vesoc.releases import tables
from vesoc.releases.archive import Archive
from vesoc.releases.publication import Publication
from vesoc.releases.release import GZIP, File, Release
from vesoc.settings import Settings

ADDRESS = "https://vesoc.example.org/"
READY = Settings(
    root=ROOT,
    public_url=ADDRESS,
    publisher="https://data.vlaanderen.be/id/organisatie/OVO000001",
    publisher_name="Departement Voorbeeld",
    publisher_type="RegionalAuthority",
    contact="vesoc@example.org",
)
PARTS = ("vesoc", "iab", "ahad", "inim")
TYPES = {
    "nq": "application/n-quads",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
DCAT = Namespace(PREFIXES["dcat"])  # rdflib's own knows version 2 only
ADMS, MDCAT = Namespace(PREFIXES["adms"]), Namespace(PREFIXES["mdcat"])
VCARD, DCATAP = Namespace(PREFIXES["vcard"]), Namespace(PREFIXES["dcatap"])
DATASETS = Namespace(PREFIXES["dataset"])
RESOURCES = (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService)
DESCRIBED = (*RESOURCES, DCAT.CatalogRecord, DCAT.Distribution)
ADDRESSES = (
    DCAT.accessURL,
    DCAT.downloadURL,
    DCAT.endpointURL,
    DCAT.endpointDescription,
    DCAT.landingPage,
    FOAF.homepage,
    VCARD.hasURL,
)
DATES = (DCTERMS.issued, DCTERMS.modified)


def release(folder: Path, version: str, moment: str, **contents: str) -> Path:
    """A release whose files say nothing but what `contents` gives them by their names without suffix."""
    place = folder / version
    (place / "tables").mkdir(parents=True)
    files = [_file(f"{part}.{suffix}.gz", part, kind, contents) for part, suffix, kind in _dumps()]
    files += [_file(f"tables/{name}", "tables", "text/csv", contents) for name in (*tables.MAIN, "periods.csv")]
    made = Release(place, version, datetime.fromisoformat(moment), "0" * 64, 5, tuple(files))
    (place / "manifest.json").write_text(json.dumps(made.document()), encoding="utf-8")
    (place / "tables" / tables.METADATA).write_text(json.dumps({"tables": list(map(_titled, tables.MAIN))}))
    return place


def _dumps() -> Iterator[tuple[str, str, str]]:
    for part in PARTS:
        for suffix, kind in TYPES.items():
            if part == "vesoc" or suffix != "nq":
                yield part, suffix, kind


def _file(name: str, part: str, kind: str, contents: dict[str, str]) -> File:
    body = contents.get(name.partition(".")[0].rpartition("/")[2], name).encode()
    packing = GZIP if name.endswith(".gz") else None
    return File(name, part, kind, packing, len(body) + 1000, hashlib.sha256(body).hexdigest(), 5, 7)


def _titled(name: str) -> dict[str, object]:
    title = name.removesuffix(".csv")
    return {"url": name, "dc:title": [{"@value": f"{title} {tag}", "@language": tag} for tag in ("nl", "en")]}


def write(data: Dataset, releases: Path, folder: Path, settings: Settings = READY) -> Path:
    """The catalogue of the releases in a folder, beside a feed of which only the sizes are looked at."""
    for form in FORMS:
        page = folder / f"{FEED}.{form.suffix}"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(b"x" * 321)
    catalogue.write(Publication(data, settings, Archive([releases]), folder))
    return folder


def read(folder: Path, suffix: str = "ttl") -> Graph:
    """The catalogue in a folder, its literals as they stand there: rdflib alone would mend them."""
    return as_graph(parse(path=folder / f"catalog.{suffix}"))


# --- the repairs that harvesters do elsewhere: what each looks for, and a triple that has the defect ------------------

Find = Callable[[Graph], object]


def of(graph: Graph, *kinds: Node) -> list[Node]:
    """The things of those classes."""
    return sorted({node for kind in kinds for node in graph.subjects(RDF.type, kind)}, key=str)


def _values(graph: Graph, *properties: URIRef) -> list[tuple[Node, Node]]:
    return [(s, o) for name in properties for s, o in graph.subject_objects(name)]


def _without(kinds: tuple[Node, ...], *properties: URIRef) -> Find:
    return lambda graph: [(n, p) for n in of(graph, *kinds) for p in properties if (n, p, None) not in graph]


def _literals(graph: Graph) -> list[tuple[Node, Node, Literal]]:
    return [(s, p, o) for s, p, o in graph if isinstance(o, Literal)]


def twice(graph: Graph) -> list[str]:
    """Identifiers of more than one thing."""
    counts = Counter(str(value) for value in graph.objects(None, DCTERMS.identifier))
    return [value for value, number in counts.items() if number > 1]


def circles(graph: Graph) -> list[Node]:
    """Things that are part or version of themselves, or dataset and service at once."""
    links = (DCTERMS.isPartOf, DCTERMS.hasPart, DCTERMS.relation, DCAT.inSeries, DCTERMS.source, FOAF.primaryTopic)
    loops = [s for name in links for s, o in graph.subject_objects(name) if s == o or (o, name, s) in graph]
    return loops + [n for n in of(graph, DCAT.Dataset) if (n, RDF.type, DCAT.DataService) in graph]


def untyped(graph: Graph) -> list[Node]:
    """Objects that are pointed at and have no class, other than addresses and classes themselves."""
    apart = {RDF.type, *ADDRESSES, VCARD.hasEmail, DCAT.themeTaxonomy, SKOS.inScheme} - {
        DCAT.landingPage,
        FOAF.homepage,
    }
    pointed = {o for _, p, o in graph if isinstance(o, URIRef) and p not in apart}
    return [node for node in pointed if (node, RDF.type, None) not in graph]


def empty(graph: Graph) -> list[Node]:
    """Agents, contacts, licences and places of which nothing is said but their class, and texts without letters."""
    bare = [
        n for n in set(graph.subjects(RDF.type)) if all(p == RDF.type for p in graph.predicates(n)) and _own(graph, n)
    ]
    return bare + [o for _, _, o in _literals(graph) if not str(o).strip()]


def _own(graph: Graph, node: Node) -> bool:
    return (node, RDF.type, FOAF.Document) not in graph  # a page says it itself


def doubles(graph: Graph) -> list[str]:
    """Titles that more than one dataset has."""
    titles = Counter(str(t) for n in of(graph, DCAT.Dataset) for t in graph.objects(n, DCTERMS.title))
    return [title for title, number in titles.items() if number > 1]


def languages_twice(graph: Graph) -> list[tuple[Node, Node, str]]:
    """Texts of one property in one language; keywords are many."""
    told = Counter((s, p, o.language) for s, p, o in _literals(graph) if o.language and p != DCAT.keyword)
    return [key for key, number in told.items() if number > 1]


IAB, FILE = DATASETS["iab"], DATASETS["iab#ttl"]
TEXTS = {DCTERMS.title, DCTERMS.description, DCAT.keyword, FOAF.name, SKOS.prefLabel, VCARD.fn}
PLAIN_LABELS = "dataserviceprotocol"  # DCAT-AP-VL wants the name of a standard without a language
DEFECTS: dict[str, tuple[Find, tuple[Node, Node, Node] | None]] = {
    "duplicate identifiers": (twice, (DATASETS.sparql, DCTERMS.identifier, Literal(str(IAB)))),
    "endpointURL in another case": (
        lambda g: [
            s for s, p in g.subject_predicates() if str(p).lower().endswith("endpointurl") and p != DCAT.endpointURL
        ],
        (DATASETS.sparql, URIRef(f"{DCAT}endpointUrl"), URIRef(ADDRESS)),
    ),
    "nothing said of an agent, contact, licence or place": (empty, (URIRef("urn:x"), RDF.type, FOAF.Agent)),
    "no licence": (
        _without((DCAT.Catalog, DCAT.Distribution), DCTERMS.license),
        (URIRef("urn:x"), RDF.type, DCAT.Distribution),
    ),
    "no accessURL": (_without((DCAT.Distribution,), DCAT.accessURL), (URIRef("urn:x"), RDF.type, DCAT.Distribution)),
    "served dataset that is not there": (
        lambda g: [o for _, o in _values(g, DCAT.servesDataset) if (o, RDF.type, DCAT.Dataset) not in g],
        (DATASETS.sparql, DCAT.servesDataset, URIRef("urn:x")),
    ),
    "contact that is an organisation": (
        lambda g: [
            o
            for _, o in _values(g, DCAT.contactPoint)
            if (o, RDF.type, VCARD.Kind) not in g or (o, RDF.type, FOAF.Agent) in g
        ],
        (DATASETS.contact, RDF.type, FOAF.Agent),
    ),
    "more than one contact or publisher": (
        lambda g: [
            n
            for n in of(g, *RESOURCES)
            for p in (DCAT.contactPoint, DCTERMS.publisher)
            if len(set(g.objects(n, p))) != 1
        ],
        (IAB, DCTERMS.publisher, URIRef("urn:x")),
    ),
    "rights as a blank node": (lambda g: [n for t in g for n in t if not isinstance(n, URIRef | Literal)], None),
    "more than one rights statement": (
        lambda g: [n for n in of(g, *DESCRIBED) if len(set(g.objects(n, DCTERMS.rights))) > 1],
        (FILE, DCTERMS.rights, URIRef("urn:x")),
    ),
    "source of a record": (
        lambda g: [n for n in of(g, DCAT.CatalogRecord) if (n, DCTERMS.source, None) in g],
        (DATASETS["iab#record"], DCTERMS.source, URIRef("urn:x")),
    ),
    "no format": (
        _without((DCAT.Distribution,), DCTERMS.format, DCAT.mediaType),
        (URIRef("urn:x"), RDF.type, DCAT.Distribution),
    ),
    "format that is a text": (
        lambda g: [
            o for _, o in _values(g, DCTERMS["format"], DCAT.mediaType, DCAT.compressFormat) if isinstance(o, Literal)
        ],
        (FILE, DCTERMS["format"], Literal("TTL")),
    ),
    "language that is no EU one": (
        lambda g: [o for _, o in _values(g, DCTERMS.language) if "/authority/language/" not in str(o)],
        (IAB, DCTERMS.language, URIRef("http://lexvo.org/id/iso639-3/nld")),
    ),
    "language tag that is neither nl nor en": (
        lambda g: [o for _, _, o in _literals(g) if o.language and o.language not in ("nl", "en")],
        (IAB, DCTERMS.title, Literal("x", lang="dut")),
    ),
    "no language tag": (
        lambda g: [(s, o) for s, p, o in _literals(g) if p in TEXTS and not o.language and PLAIN_LABELS not in str(s)],
        (IAB, DCTERMS.title, Literal("x")),
    ),
    "two texts in one language": (languages_twice, (IAB, DCTERMS.title, Literal("nog een", lang="nl"))),
    "address without scheme": (
        lambda g: [o for _, o in _values(g, *ADDRESSES) if urlsplit(str(o)).scheme != "https"],
        (DATASETS.contact, VCARD.hasURL, URIRef("www.example.org")),
    ),
    "e-mail address without mailto": (
        lambda g: [o for _, o in _values(g, VCARD.hasEmail) if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", str(o))],
        (DATASETS.contact, VCARD.hasEmail, URIRef("vesoc@example.org")),
    ),
    "identifier that is an IRI": (
        lambda g: [o for _, o in _values(g, DCTERMS.identifier) if not isinstance(o, Literal)],
        (URIRef("urn:x"), DCTERMS.identifier, URIRef("urn:x")),
    ),
    "no identifier": (_without(DESCRIBED, DCTERMS.identifier), (URIRef("urn:x"), RDF.type, DCAT.Dataset)),
    "moment without seconds, zone or datatype": (
        lambda g: [
            o
            for _, o in _values(g, *DATES)
            if o.datatype != XSD.dateTime or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(o))
        ],
        (IAB, DCTERMS.issued, Literal("2026-11-22T10:00", datatype=XSD.dateTime)),
    ),
    "day without datatype": (
        lambda g: [o for _, o in _values(g, DCAT.startDate, DCAT.endDate) if o.datatype != XSD.date],
        (URIRef(f"{BASE}id/periode/dag-2020-02-21"), DCAT.startDate, Literal("2020")),
    ),
    "size without datatype": (
        lambda g: [o for _, o in _values(g, DCAT.byteSize) if o.datatype != XSD.nonNegativeInteger],
        (FILE, DCAT.byteSize, Literal("12")),
    ),
    "tags, line breaks or spaces that do not break": (
        lambda g: [o for _, _, o in _literals(g) if re.search(r"<[a-z/]|[\n\r\t\u00a0\u202f]|^\s|\s$|  ", str(o))],
        (IAB, DCTERMS.description, Literal("a<br>b", lang="fr")),
    ),
    "no description": (
        _without((*RESOURCES, DCAT.Distribution), DCTERMS.description),
        (URIRef("urn:x"), RDF.type, DCAT.Dataset),
    ),
    "versionInfo instead of version": (
        lambda g: list(g.subjects(URIRef(f"{PREFIXES['owl']}versionInfo"))),
        (IAB, URIRef(f"{PREFIXES['owl']}versionInfo"), Literal("1")),
    ),
    "no version": (_without((DCAT.Dataset,), DCAT.version), (URIRef("urn:x"), RDF.type, DCAT.Dataset)),
    "circles": (circles, (DATASETS.akkoorden, DCAT.inSeries, DATASETS.akkoorden)),
    "object without a class": (untyped, (IAB, DCTERMS.spatial, URIRef("urn:x"))),
    "unknown as a value": (
        lambda g: [o for _, _, o in _literals(g) if str(o).lower() in ("onbekend", "unknown", "n/a", "-")],
        (DATASETS.contact, VCARD.fn, Literal("Onbekend", lang="fr")),
    ),
    "the same dataset twice": (doubles, (DATASETS.iab, DCTERMS.title, Literal("VESOC-kennisgraaf", lang="nl"))),
    "no or more than ten distributions": (
        lambda g: [n for n in of(g, DCAT.Dataset) if not 2 <= len(set(g.objects(n, DCAT.distribution))) <= 10],
        (URIRef("urn:x"), RDF.type, DCAT.Dataset),
    ),
    "a checksum": (
        lambda g: list(g.subjects(URIRef(f"{PREFIXES['spdx']}checksum"))),
        (FILE, URIRef(f"{PREFIXES['spdx']}checksum"), URIRef("urn:x")),
    ),
    "no time or place": (
        _without((DCAT.Dataset, DCAT.DatasetSeries), DCTERMS.temporal, DCTERMS.spatial),
        (URIRef("urn:x"), RDF.type, DCAT.Dataset),
    ),
}
