"""What docs/negotiation.md says of a running server: every request that it lists is asked, and what came is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from vesoc import __version__
from vesoc.formats import RESOURCES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "negotiation.md"
THING = "maatregel/ahad-s04-1b"
BIG = "bron/ahad"
SHOWN = 60  # letters of a field that the page shows

# What clients send, and the suffix of the form that each is to get.
CLIENTS = {
    "Chrome": (
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
        "application/signed-exchange;v=b3;q=0.7",
        "html",
    ),
    "Firefox": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    "curl": ("*/*", "ttl"),
    "rdflib 7": (
        "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, "
        "application/trix, application/trig",
        "ttl",
    ),
    "rdflib 5": ("application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5,*/*;q=0.1", "rdf"),
    "rapper": (
        "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/plain;q=0.1, text/turtle, "
        "application/x-turtle, application/turtle, text/n3;q=0.3, text/rdf+n3;q=0.3, application/rdf+n3;q=0.3, "
        "application/x-trig, application/rss;q=0.8, application/rss+xml;q=0.8, text/rss;q=0.8, application/xml;q=0.3, "
        "text/xml;q=0.3, application/atom+xml;q=0.3, text/html;q=0.2, application/xhtml+xml;q=0.4, text/html;q=0.6, "
        "application/xhtml+xml;q=0.8, text/x-nquads, */*;q=0.1",
        "ttl",
    ),
    "Comunica": (
        "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
        "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
        "text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1,text/shaclc-ext;q=0.05",
        "nq",
    ),
    "Jena": (
        "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3",
        "ttl",
    ),
    "Protégé": (
        "application/ld+json; q=1.0, application/x-trig; q=1.0, application/owl+xml; q=1.0, application/rdf+xml; "
        "q=1.0, text/turtle; q=1.0, application/xhtml+xml; q=1.0, text/n3; q=1.0, text/plain; q=1.0, "
        "application/xml; q=0.5, application/x-turtle; q=0.5, text/xml; q=0.5, text/html; q=0.3, */*; q=0.09",
        "ttl",
    ),
    "Java": ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "html"),
}

# Rules of RFC 9110, section 12.5.1, each by a field that shows it; no suffix is 406.
RULES = {
    "no field": (None, "ttl"),
    "empty field": ("", "ttl"),
    "anything": ("*/*", "ttl"),
    "order of weights": ("application/rdf+xml;q=0.4, text/turtle;q=0.9, text/html;q=0.1", "ttl"),
    "weight 0": ("text/turtle;q=0, application/n-triples;q=0.1", "nt"),
    "weight 0, the rest": ("text/html;q=0, */*;q=0.5", "ttl"),
    "a page that is named wins": ("text/turtle, text/html", "html"),
    "part of a type": ("text/*;q=0.5, application/ld+json;q=0.4", "ttl"),
    "specific before general": ("text/*;q=0.9, text/turtle;q=0.1, application/rdf+xml;q=0.5", "html"),
    "parameter": ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    "comma in quotes": ('application/ld+json;profile="a,b";q=0.9, text/turtle;q=0.8', "jsonld"),
    "letter case": ("TEXT/TURTLE", "ttl"),
    "garbage": (";;;,q=", "ttl"),
    "nothing fits": ("image/png", None),
}


@dataclass(frozen=True)
class Probe:
    """One request of the page: what it shows, the request, and what the page tells of the answer."""

    shows: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ("content-type",)
    method: str = "GET"


PROBES = (
    Probe("thing → document, in one step", f"/id/{THING}", told=("location", "vary")),
    Probe("thing → document, with its query", f"/id/{THING}?_mediatype=nt", told=("location",)),
    Probe("thing → document, and where this form of it is", f"/doc/{THING}", told=("content-type", "content-location")),
    Probe("Vary", f"/doc/{THING}", told=("vary",)),
    Probe("Vary, of a page", f"/doc/{THING}.html", told=("vary", "content-language")),
    Probe("hash or slash: a term", "/resource?uri=https://w3id.org/vesoc-kg/ns%23Measure", told=("location",)),
    *(Probe(f"formats: {form.suffix}", f"/doc/{THING}.{form.suffix}") for form in RESOURCES),
    Probe("override by suffix", f"/doc/{THING}.nt", {"accept": "text/html"}),
    Probe("override by query string", f"/doc/{THING}?_mediatype=application/ld%2Bjson", {"accept": "text/html"}),
    Probe("override by query string, short", f"/doc/{THING}?_mediatype=rdf"),
    Probe("nothing acceptable", f"/doc/{THING}", {"accept": "image/png"}, ("content-type", "vary")),
    Probe("HEAD", f"/doc/{THING}", method="HEAD"),
    Probe("OPTIONS", f"/doc/{THING}", method="OPTIONS", told=("allow",)),
    Probe("a method that is not there", f"/doc/{THING}", method="PUT", told=("allow",)),
    Probe(
        "CORS: preflight of a page elsewhere",
        f"/doc/{THING}",
        {"origin": "https://example.org", "access-control-request-method": "GET"},
        ("access-control-allow-origin", "access-control-allow-headers"),
        "OPTIONS",
    ),
    Probe(
        "profile negotiation by field",
        f"/doc/{THING}",
        {"accept-profile": "<https://schema.org/>"},
        ("content-profile",),
    ),
    Probe(
        "profile negotiation by query string",
        f"/doc/{THING}?_profile=labelled",
        told=("content-type", "content-profile"),
    ),
    Probe("profile negotiation: the list", f"/doc/{THING}?_profile=alt", told=("content-type", "content-profile")),
    Probe("profile negotiation: unknown, by query string", f"/doc/{THING}?_profile=other", told=("content-profile",)),
    Probe("profile negotiation: unknown, by field", f"/doc/{THING}", {"accept-profile": "<https://example.org/other>"}),
    Probe("Link headers: all of them as a document", f"/doc/{THING}.linkset"),
    Probe("lists: of a kind of things", "/doc/akkoord", told=("content-type", "x-total-count")),
    Probe("lists: as a table", "/doc/akkoord.csv"),
    Probe("inverse properties", f"/doc/{BIG}.ttl?inverse=1"),
    Probe("paging of big descriptions", f"/doc/{BIG}.html?property=http://www.w3.org/ns/oa%23hasSource&page=2"),
    Probe("paging: a page that is not there", f"/doc/{BIG}.html?property=http://www.w3.org/ns/oa%23hasSource&page=999"),
    Probe("things of others", "/resource?uri=http://qudt.org/vocab/unit/MO", told=("content-type", "content-location")),
    Probe("things of others: one of ours", f"/resource?uri=https://w3id.org/vesoc-kg/id/{THING}", told=("location",)),
    Probe("404, with the nearest names", "/doc/instrument/vlaams-opleidingsverlov", told=("content-type", "vary")),
    Probe(
        "404, for people", "/doc/instrument/vlaams-opleidingsverlov", {"accept": "text/html"}, ("content-type", "vary")
    ),
    Probe("versions: of the ontology", f"/ns/{__version__}", told=("content-type", "content-location")),
    Probe("formats of the ontology", "/ns.rdf"),
    Probe("versions: one that is not there", "/ns/0.0.1"),
    Probe("OpenAPI", "/openapi.json"),
    Probe("IRI by title: no redirect, for search finds titles", "/opensearch.xml"),
    Probe("sitemap", "/sitemap.xml"),
)

# The same of a small file that says of some things that they are deprecated, have other names, or were withdrawn.
STANDING = (
    Probe("deprecated, replaced: another name", "/id/instrument/renamed", told=("location",)),
    Probe(
        "deprecated, replaced: its document, in the same form", "/doc/instrument/renamed.nt?lang=en", told=("location",)
    ),
    Probe(
        "deprecated, replaced: a name of a name leads to the last", "/id/instrument/renamed-twice", told=("location",)
    ),
    Probe("410", "/id/instrument/withdrawn"),
    Probe("410, its document for people", "/doc/instrument/withdrawn", {"accept": "text/html"}),
    Probe("410: parted in two, so no redirect", "/doc/instrument/parted"),
    Probe("deprecated, but still described", "/doc/instrument/deprecated"),
    Probe("inverse properties: 1,000 in one document", "/doc/instrument/new.ttl?inverse=1"),
    Probe("letters with an accent", "/doc/instrument/caf%C3%A9"),
    Probe("blank-node closure", "/doc/instrument/blank.nt"),
    Probe("a space", "/doc/instrument/a%20b"),
    Probe("a slash that is no slash", "/doc/instrument/a%2Fb"),
    Probe("a slash at the end", "/doc/instrument/ends/"),
)
GIVEN = f"""
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ins: <https://w3id.org/vesoc-kg/id/instrument/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ins:new a skos:Concept ; skos:prefLabel "New"@en .
ins:other a skos:Concept ; skos:prefLabel "<script>alert(1)</script>"@en .
ins:renamed owl:deprecated true ; dcterms:isReplacedBy ins:new .
ins:renamed-twice owl:deprecated true ; dcterms:isReplacedBy ins:renamed .
ins:abroad owl:deprecated true ; dcterms:isReplacedBy <http://example.org/new> .
ins:circle owl:deprecated true ; dcterms:isReplacedBy ins:back .
ins:back owl:deprecated true ; dcterms:isReplacedBy ins:circle .
ins:withdrawn owl:deprecated true ; dcterms:modified "2026-01-02"^^xsd:date ;
  dcterms:creator <https://example.org/editor> ; dcterms:description "It was two things at once."@en .
ins:parted owl:deprecated true ; dcterms:isReplacedBy ins:new , ins:other .
ins:deprecated a skos:Concept ; skos:prefLabel "Old"@en ; owl:deprecated true ; dcterms:isReplacedBy ins:new .
ins:blank a skos:Concept ; skos:related [ skos:related [ skos:notation "deep" ] ] .
<https://w3id.org/vesoc-kg/id/instrument/café> a skos:Concept .
<https://w3id.org/vesoc-kg/id/instrument/a%20b> a skos:Concept .
<https://w3id.org/vesoc-kg/id/instrument/a%2Fb> a skos:Concept .
<https://w3id.org/vesoc-kg/id/instrument/ends/> a skos:Concept .
<https://w3id.org/vesoc-kg/id/instrument/{"long-" * 1000}> a skos:Concept .
{"".join(f"ins:n{number} a skos:Concept ; skos:related ins:new . " for number in range(1000))}
"""


def page(client: httpx2.Client, given: httpx2.Client) -> str:
    """The whole page, as a server with our graph and one with GIVEN answer now."""
    parts = (
        _head(),
        _choices(client),
        _told("Addresses, methods, profiles, lists", PROBES, client),
        _told("What became of a thing, and awkward names", STANDING, given),
        _validators(client),
        _links(client),
        _head_of_page(client),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def write(text: str) -> None:
    """Put it in docs/."""
    PAGE.write_text(text, encoding="utf-8")


def ask(client: httpx2.Client, path: str, fields: dict[str, str], method: str = "GET") -> httpx2.Response:
    """A request with no fields but those, for a client sends some of its own accord."""
    request = client.build_request(method, path)
    for name in ("accept", "accept-encoding", "user-agent"):
        del request.headers[name]
    request.headers.update(fields)
    return client.send(request)


def choice(client: httpx2.Client, accept: str | None) -> httpx2.Response:
    """The document with that Accept field."""
    return ask(client, f"/doc/{THING}", {} if accept is None else {"accept": accept})


def _head() -> Iterator[str]:
    yield "# Looking things up"
    yield ""
    yield "What a server answers to those who dereference the IRIs of the graph. A test makes this page from a running"
    yield "server (`VESOC_WRITE_PAGES=1` writes it anew), so it says what is, not what should be. How to use all this"
    yield f"stands in [use.md](use.md). The thing asked for is `{THING}`, where nothing else is said."


def _choices(client: httpx2.Client) -> Iterator[str]:
    for title, fields in (("The choice of a form", RULES), ("What clients get", CLIENTS)):
        yield from ("", f"## {title}", "", "| what | Accept | answer |", "| --- | --- | --- |")
        for name, (accept, _) in fields.items():
            answer = choice(client, accept)
            shown = _short(accept) if accept else ""
            yield f"| {name} | {shown} | {answer.status_code} {_type(answer)} |"


def _told(title: str, probes: tuple[Probe, ...], client: httpx2.Client) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| shows | request | answer |", "| --- | --- | --- |")
    for probe in probes:
        answer = ask(client, probe.path, {"accept": "text/turtle", **probe.fields}, probe.method)
        request = " ".join((probe.method, probe.path))
        fields = "".join(f"<br>{name}: {_short(value)}" for name, value in probe.fields.items())
        told = "".join(f"<br>{name}: {_short(answer.headers[name])}" for name in probe.told if name in answer.headers)
        yield f"| {probe.shows} | `{request}`{fields} | {answer.status_code}{told} |"


def _validators(client: httpx2.Client) -> Iterator[str]:
    first, other = (ask(client, f"/doc/{THING}.{suffix}", {}) for suffix in ("ttl", "nt"))
    asked: dict[str, Callable[[], dict[str, str]]] = {
        "If-None-Match with its own tag": lambda: {"if-none-match": first.headers["etag"]},
        "If-None-Match with the tag of another form": lambda: {"if-none-match": other.headers["etag"]},
        "If-Match with its own tag": lambda: {"if-match": first.headers["etag"]},
        "If-Match with the tag of another form": lambda: {"if-match": other.headers["etag"]},
        "If-Unmodified-Since its own moment": lambda: {"if-unmodified-since": first.headers["last-modified"]},
        "If-Unmodified-Since an earlier day": lambda: {"if-unmodified-since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        "If-Modified-Since its own moment": lambda: {"if-modified-since": first.headers["last-modified"]},
        "If-Modified-Since an earlier day": lambda: {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        "If-None-Match goes before the day": lambda: {
            "if-none-match": '"other"',
            "if-modified-since": first.headers["last-modified"],
        },
    }
    yield from ("", "## Validators", "", "| request | answer |", "| --- | --- |")
    for name, fields in asked.items():
        yield f"| {name} | {ask(client, f'/doc/{THING}.ttl', fields()).status_code} |"


def _links(client: httpx2.Client) -> Iterator[str]:
    yield from ("", "## Links", "", "What the Link field of the document says (RFC 8288, FAIR Signposting).", "")
    yield from ("| relation | target | attributes |", "| --- | --- | --- |")
    field_value = ask(client, f"/doc/{THING}.html", {}).headers["link"]
    for link in re.split(r", (?=<)", field_value.replace(str(client.base_url).rstrip("/"), "SERVER")):
        found = re.match(r'<([^>]*)>; rel="([^"]*)"(.*)', link)
        assert found, link
        yield f"| {found[2]} | `{found[1]}` | {found[3].removeprefix('; ').replace('|', '')} |"


def _head_of_page(client: httpx2.Client) -> Iterator[str]:
    text = ask(client, f"/doc/{THING}.html", {}).text
    entry = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert entry
    thing = json.loads(entry[1])
    yield from ("", "## In the page itself", "", "| element | says |", "| --- | --- |")
    yield f"| embedded JSON-LD | `{thing['@id']}` is a `{thing['@context']['@vocab']}{thing['@type'][0]}` |"
    for relation, media_type, target in re.findall(r'<link rel="(\w+)"(?: type="([^"]+)")? href="(/doc/[^"]+)"', text):
        yield f"| link `{relation}`{f' `{media_type}`' if media_type else ''} | `{target}` |"


def _short(value: str) -> str:
    cut = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return f"`{cut}`"


def _type(answer: httpx2.Response) -> str:
    return f"`{answer.headers['content-type'].split(';')[0]}`"
