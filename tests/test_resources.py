"""Things and their documents over HTTP, the ontology, and the pages for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from conftest import running
from rdflib import OWL, RDF, SKOS, Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from vesoc import __version__
from vesoc.names import BASE, PREFIXES
from vesoc.overviews.register import OVERVIEWS
from vesoc.web import ROUTES

THING = "akkoord/iab"
CHOICES = "/preferences"  # these links change what the client is sent from then on
IRI = f"{BASE}id/{THING}"
DOC = f"/doc/{THING}"
# Suffix, media type, and the name that rdflib has for it.
FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
    "nt": ("application/n-triples", "nt"),
    "trig": ("application/trig", "trig"),
    "nq": ("application/n-quads", "nquads"),
}
TYPES = {**{suffix: types[0] for suffix, types in FORMS.items()}, "html": "text/html"}
# rdflib's own parsers still use what it deprecates.
rdflib_parsers = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning", "ignore:Dataset.default_context:DeprecationWarning"
)


def media_type(response: httpx2.Response) -> str:
    return str(response.headers["content-type"].split(";")[0])


def rows(client: httpx2.Client, query: str) -> list[dict[str, str]]:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    found = client.post("/sparql", data={"query": prefixes + query}).json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def graph_of(response: httpx2.Response, syntax: str) -> Graph:
    if syntax not in ("trig", "nquads"):
        return Graph().parse(data=response.content, format=syntax)
    graph = Graph()
    for subject, predicate, value, _ in Dataset().parse(data=response.content, format=syntax).quads():
        graph.add((subject, predicate, value))
    return graph


# --- a thing and its document -----------------------------------------------------------------------------------------


def test_thing_leads_to_its_document(server: httpx2.Client) -> None:
    response = server.get(f"/id/{THING}")
    assert (response.status_code, response.headers["location"]) == (303, DOC)
    assert server.head(f"/id/{THING}").status_code == 303


@pytest.mark.parametrize("name", ["a%3Fb", "a%23b", "a%25b", "%E2%82%AC", "a%20b"])
def test_redirect_keeps_the_name_as_it_was_written(server: httpx2.Client, name: str) -> None:
    assert server.get(f"/id/maatregel/{name}").headers["location"] == f"/doc/maatregel/{name}"


@pytest.mark.parametrize(
    "name", ["%E2%82%AC", "a%20b", "%3Cscript%3E", "a%22b", "a%5Cb", "%7B", "a%7Cb", "..%2F..%2Fx"]
)
def test_name_that_no_thing_can_have_is_404(server: httpx2.Client, name: str) -> None:
    assert server.get(f"/doc/maatregel/{name}").status_code == 404


@pytest.mark.parametrize("path", [f"/doc/{THING}x", "/doc/nothing/x", "/doc/nothing", "/doc/", "/nothing", "/static/"])
def test_what_is_not_there_is_404(server: httpx2.Client, path: str) -> None:
    response = server.get(path)
    assert response.status_code == 404
    assert media_type(response) == "application/problem+json"


def test_document_without_accept_is_turtle(server: httpx2.Client) -> None:
    response = server.get(DOC, headers={"accept": ""})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(("suffix", "wanted"), TYPES.items(), ids=TYPES)
def test_accept_chooses_the_form(server: httpx2.Client, suffix: str, wanted: str) -> None:
    response = server.get(DOC, headers={"accept": f"{wanted}, */*;q=0.1"})
    assert media_type(response) == wanted
    assert response.headers["content-location"] == f"{DOC}.{suffix}"


@pytest.mark.parametrize(("suffix", "wanted"), TYPES.items(), ids=TYPES)
def test_suffix_goes_before_accept(server: httpx2.Client, suffix: str, wanted: str) -> None:
    assert media_type(server.get(f"{DOC}.{suffix}", headers={"accept": "image/png"})) == wanted


@pytest.mark.parametrize(("suffix", "wanted"), TYPES.items(), ids=TYPES)
def test_mediatype_argument_goes_before_accept(server: httpx2.Client, suffix: str, wanted: str) -> None:
    for value in (suffix, wanted):
        response = server.get(DOC, params={"_mediatype": value}, headers={"accept": "image/png"})
        assert media_type(response) == wanted


def test_mediatype_argument_that_is_none_is_406(server: httpx2.Client) -> None:
    assert server.get(DOC, params={"_mediatype": "image/png"}).status_code == 406


def test_accept_that_none_fits_is_406_with_the_list(server: httpx2.Client) -> None:
    response = server.get(DOC, headers={"accept": "image/png"})
    assert response.status_code == 406
    assert set(response.json()["offers"]) == {*TYPES.values(), "application/linkset+json"}


@rdflib_parsers
def test_every_form_says_the_same_triples(server: httpx2.Client) -> None:
    graphs = [graph_of(server.get(f"{DOC}.{suffix}"), syntax) for suffix, (_, syntax) in FORMS.items()]
    assert len(graphs[0]) > 10
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


def test_document_says_what_the_endpoint_says(server: httpx2.Client) -> None:
    said = server.get("/sparql", params={"query": f"CONSTRUCT WHERE {{ <{IRI}> ?p ?o }}"})
    assert set(Graph().parse(data=said.content)) <= set(graph_of(server.get(f"{DOC}.ttl"), "turtle"))


@rdflib_parsers
def test_quads_tell_the_named_graph(server: httpx2.Client) -> None:
    for suffix in ("trig", "nq"):
        quads = Dataset().parse(data=server.get(f"{DOC}.{suffix}").content, format=FORMS[suffix][1]).quads()
        in_graphs: dict[str, set[object]] = {}
        for *statement, graph in quads:
            in_graphs.setdefault(str(graph), set()).add(tuple(statement))
        assert set(in_graphs) == {"urn:x-rdflib:default", f"{PREFIXES['graaf']}iab"}
        assert len({frozenset(statements) for statements in in_graphs.values()}) == 1


def test_turtle_has_prefixes(server: httpx2.Client) -> None:
    assert f"@prefix vesoc: <{PREFIXES['vesoc']}>" in server.get(f"{DOC}.ttl").text


def test_links_lead_to_the_thing_and_the_other_forms(server: httpx2.Client) -> None:
    response = server.get(DOC)
    links = response.headers["link"]
    assert f'<{IRI}>; rel="describes"' in links
    alternates = dict(re.findall(r'<([^>?]+)>; rel="alternate"; type="([^"]+)"', links))
    assert alternates == {f"{DOC}.{suffix}": wanted for suffix, wanted in TYPES.items()}
    for path, wanted in alternates.items():
        assert media_type(server.get(path)) == wanted


def test_document_varies_by_accept_and_language(server: httpx2.Client) -> None:
    vary = server.get(DOC).headers["vary"]
    assert {"Accept", "Accept-Language"} <= set(vary.split(", "))


def test_head_has_the_headers_of_get(server: httpx2.Client) -> None:
    for suffix in TYPES:
        head, whole = server.head(f"{DOC}.{suffix}"), server.get(f"{DOC}.{suffix}")
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "etag", "vary", "link", "last-modified"):
            assert head.headers[name] == whole.headers[name]


# --- validators -------------------------------------------------------------------------------------------------------


def test_each_representation_has_an_etag_of_its_own(server: httpx2.Client) -> None:
    pages = [server.get(f"{DOC}.html", params={"lang": language}) for language in ("nl", "en")]
    answers = [server.get(f"{DOC}.{suffix}") for suffix in FORMS] + pages
    assert len({answer.headers["etag"] for answer in answers}) == len(answers)
    assert all(re.fullmatch('W/"[^"]+"', answer.headers["etag"]) for answer in answers)


def test_etag_is_strong_where_nothing_is_packed(server: httpx2.Client) -> None:
    plain = server.get(DOC, headers={"accept-encoding": "identity"})
    assert re.fullmatch('"[^"]+"', plain.headers["etag"])


def test_same_representation_has_the_same_etag(server: httpx2.Client) -> None:
    assert server.get(f"{DOC}.ttl").headers["etag"] == server.get(DOC).headers["etag"]


VALIDATED = [f"{DOC}.html", "/ns", "/doc/akkoord", "/.well-known/void", "/sparql", f"/dumps/{__version__}/vesoc.nq.gz"]


@pytest.mark.parametrize("path", VALIDATED)
def test_known_etag_is_304(server: httpx2.Client, path: str) -> None:
    etag = server.head(path).headers["etag"]
    response = server.get(path, headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == etag


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"], ids=["same", "weak", "list", "star"])
def test_etag_is_found_in_any_form_of_the_field(server: httpx2.Client, form: str) -> None:
    etag = server.head(DOC).headers["etag"].removeprefix("W/")
    assert server.get(DOC, headers={"if-none-match": form.format(etag)}).status_code == 304


def test_304_repeats_what_caches_need(server: httpx2.Client) -> None:
    whole = server.get(DOC)
    response = server.get(DOC, headers={"if-none-match": whole.headers["etag"]})
    for name in ("etag", "vary", "cache-control", "content-location", "last-modified"):
        assert response.headers[name] == whole.headers[name]


def test_etag_of_another_form_is_no_304(server: httpx2.Client) -> None:
    etag = server.get(f"{DOC}.nt").headers["etag"]
    assert server.get(f"{DOC}.ttl", headers={"if-none-match": etag}).status_code == 200


def test_head_with_known_etag_is_304(server: httpx2.Client) -> None:
    etag = server.head(DOC).headers["etag"]
    assert server.head(DOC, headers={"if-none-match": etag}).status_code == 304


def test_what_is_not_there_is_never_304(server: httpx2.Client) -> None:
    assert server.get(f"/doc/{THING}x", headers={"if-none-match": "*"}).status_code == 404


def test_not_modified_since_is_304(server: httpx2.Client) -> None:
    modified = server.get(DOC).headers["last-modified"]
    assert parsedate_to_datetime(modified)
    assert server.get(DOC, headers={"if-modified-since": modified}).status_code == 304


def test_later_day_is_304_and_earlier_is_not(server: httpx2.Client) -> None:
    later, earlier = "Fri, 01 Jan 2100 00:00:00 GMT", "Sat, 01 Jan 2000 00:00:00 GMT"
    assert server.get(DOC, headers={"if-modified-since": earlier}).status_code == 200
    assert server.get(DOC, headers={"if-modified-since": later}).status_code == 304


def test_etag_goes_before_the_day(server: httpx2.Client) -> None:
    modified = server.get(DOC).headers["last-modified"]
    headers = {"if-none-match": '"other"', "if-modified-since": modified}
    assert server.get(DOC, headers=headers).status_code == 200


def test_day_that_is_none_is_ignored(server: httpx2.Client) -> None:
    assert server.get(DOC, headers={"if-modified-since": "yesterday"}).status_code == 200


# --- the ontology -----------------------------------------------------------------------------------------------------


@rdflib_parsers
@pytest.mark.parametrize("path", ["/ns", f"/ns/{__version__}"])
def test_ontology_is_the_file(server: httpx2.Client, path: str) -> None:
    header = URIRef(f"{BASE}ns")
    for suffix, (wanted, syntax) in FORMS.items():
        response = server.get(path, headers={"accept": wanted})
        assert media_type(response) == wanted, suffix
        found = graph_of(response, syntax)
        assert (header, RDF.type, OWL.Ontology) in found
        assert len(found) == int(rows(server, "SELECT (COUNT(*) AS ?n) { GRAPH graaf:ontologie { ?s ?p ?o } }")[0]["n"])


@pytest.mark.parametrize("version", ["0.9.0", "1.0", "1.0.0.0", "latest", "%20"])
def test_other_version_of_the_ontology_is_404(server: httpx2.Client, version: str) -> None:
    assert server.get(f"/ns/{version}").status_code == 404


def test_ontology_page_has_every_term(server: httpx2.Client) -> None:
    page = Page(server.get("/ns", headers={"accept": "text/html"}))
    terms = rows(
        server, f"SELECT DISTINCT ?t {{ ?t rdfs:isDefinedBy <{BASE}ns> FILTER(STRSTARTS(STR(?t), '{BASE}ns#')) }}"
    )
    assert terms
    assert {row["t"].removeprefix(f"{BASE}ns#") for row in terms} <= page.anchors


# --- pages ------------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page holds: texts, links with their texts, what it loads, its language."""

    def __init__(self, response: httpx2.Response) -> None:
        super().__init__()
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        self.links: dict[str, str] = {}
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.headings: list[str] = []
        self.cells: list[str] = []
        self.terms: list[str] = []
        self.tags: set[str] = set()
        self.scripts: list[dict[str, str]] = []
        self.text = ""
        self.language = ""
        self._open: list[tuple[str, str]] = []
        self.feed(response.text)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.anchors |= {values["id"]} if "id" in values else set()
        self._open.append((tag, values.get("href", "")))
        if tag == "script":
            self.scripts.append(values)
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "a":
            self.links.setdefault(values.get("href", ""), "")
        elif tag in ("link", "script", "img", "iframe", "form", "object", "source"):
            self.loaded += [values[name] for name in ("href", "src", "action", "data") if name in values]
        assert not [name for name in values if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        text, inside = " ".join(data.split()), [tag for tag, _ in self._open]
        if not text:
            return
        for tag, href in self._open:
            if tag == "a":
                self.links[href] = text
        for tag, texts in (("h1", self.headings), ("h2", self.headings), ("td", self.cells), ("dt", self.terms)):
            if tag in inside:
                texts.append(text)


def page(client: httpx2.Client, path: str, **headers: str) -> Page:
    return Page(client.get(path, headers={"accept": "text/html", **headers}))


@pytest.fixture(scope="module")
def samples(server: httpx2.Client) -> dict[str, str]:
    """One thing of every kind: the path that its IRI begins with, and the rest of it."""
    found: dict[str, str] = {}
    for row in rows(server, f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}id/')) }} ORDER BY ?s"):
        path = row["s"].removeprefix(f"{BASE}id/")
        if "#" not in path and "/" in path:
            found.setdefault(path.rsplit("/", 1)[0], path)
    return found


def test_there_are_many_kinds(samples: dict[str, str]) -> None:
    assert len(samples) >= 30
    assert {"akkoord", "maatregel", "vindplaats", "concept/status", "persoon"} <= set(samples)


def test_page_of_every_kind_has_a_title_and_links_that_are_named(
    server: httpx2.Client, samples: dict[str, str]
) -> None:
    for path in samples.values():
        shown = page(server, f"/doc/{path}")
        assert shown.headings[0], path
        for href, text in shown.links.items():
            assert text, (path, href)
            assert not text.startswith(("http://", "https://")), (path, href)


def test_page_shows_labels_instead_of_iris(server: httpx2.Client) -> None:
    shown = page(server, "/doc/maatregel/ahad-s01-4a?lang=nl")
    query = """SELECT ?thing ?label { mtr:ahad-s01-4a ?p ?thing .
        ?thing skos:prefLabel|dcterms:title ?label FILTER(LANG(?label) = "nl") }"""
    labelled = rows(server, query)
    assert len(labelled) > 3
    for row in labelled:
        assert shown.links[f"/doc/{row['thing'].removeprefix(f'{BASE}id/')}"] == row["label"]
    assert shown.links["/doc/concept/status/beslist"] == "beslist"


def test_every_link_of_a_page_leads_somewhere(server: httpx2.Client, samples: dict[str, str]) -> None:
    for kind in ("ondertekening", "maatregel"):
        links = page(server, f"/doc/{samples[kind]}").links
        own = [href for href in links if href.startswith("/") and not href.startswith(CHOICES)]
        assert own
        for href in own:
            found = server.head(href.split("#")[0], headers={"accept": "text/html, */*;q=0.8"})  # as browsers do
            assert found.status_code == 200, (kind, href)


def test_page_groups_who_points_to_the_thing(server: httpx2.Client) -> None:
    thing = "http://themis.vlaanderen.be/id/persoon/5fed907ee6670526694a0707"
    points = rows(server, f"SELECT DISTINCT ?p {{ ?s ?p <{thing}> }}")
    shown = page(server, f"/resource?uri={quote(thing)}&lang=en")
    assert "Points here" in shown.headings
    properties = {f"/{row['p'].removeprefix(BASE)}" if row["p"].startswith(BASE) else row["p"] for row in points}
    assert properties
    assert properties <= set(shown.links)
    assert {shown.links[name] for name in properties} <= set(shown.terms)


def test_long_list_of_who_points_is_cut_and_counted(server: httpx2.Client) -> None:
    thing = f"{PREFIXES['oa']}TextPositionSelector"
    total = int(rows(server, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{thing}> }}")[0]["n"])
    text = server.get(f"/resource?uri={quote(thing, safe='')}&lang=en", headers={"accept": "text/html"}).text
    assert total > 1000
    assert f"and {total - 25} more" in text


def test_page_shows_section_and_item_of_the_evidence(server: httpx2.Client) -> None:
    shown = page(server, "/doc/maatregel/ahad-s01-4a?lang=en")
    assert "Passages" in shown.headings
    query = """SELECT ?path ?item { mtr:ahad-s01-4a vesoc:hasEvidence ?e .
        ?e vesoc:sectionPath ?path ; vesoc:bulletNumber ?item }"""
    passages = rows(server, query)
    assert passages
    for passage in passages:
        assert passage["path"] in shown.text
        assert f"item {passage['item']}" in shown.text


@pytest.mark.parametrize(
    ("path", "field", "language"),
    [
        (DOC, None, "nl"),
        (DOC, "en", "en"),
        (DOC, "nl;q=0.5, en;q=0.9", "en"),
        (DOC, "en;q=0.5, nl;q=0.9", "nl"),
        (DOC, "en-GB,en;q=0.9,nl;q=0.8", "en"),
        (DOC, "fr, de", "nl"),
        (DOC, "fr, en; q=0.5", "en"),
        (DOC, "en;q=0", "nl"),
        (DOC, "en-GB, nl", "en"),
        (DOC, "not a language;q=x", "nl"),
        (f"{DOC}?lang=en", "nl", "en"),
        (f"{DOC}?lang=nl", "en", "nl"),
        (f"{DOC}?lang=fr", "en", "en"),
        ("/?lang=en", None, "en"),
        ("/doc/akkoord?lang=en", None, "en"),
        ("/ns?lang=en", None, "en"),
        ("/workbench?lang=en", None, "en"),
        ("/docs?lang=en", None, "en"),
    ],
)
def test_page_speaks_the_language_asked_for(server: httpx2.Client, path: str, field: str | None, language: str) -> None:
    response = server.get(path, headers={"accept": "text/html"} | ({"accept-language": field} if field else {}))
    assert Page(response).language == language
    assert response.headers["content-language"] == language
    assert {"nl": "VESOC-kennisgraaf", "en": "VESOC knowledge graph"}[language] in response.text


def test_title_is_in_the_readers_language(server: httpx2.Client) -> None:
    assert page(server, f"{DOC}?lang=nl").headings[0] == "Iedereen aan boord"
    assert page(server, f"{DOC}?lang=en").headings[0] == "Everyone on board"


def test_home_leads_to_agreements_kinds_and_endpoint(server: httpx2.Client) -> None:
    shown = page(server, "/")
    assert {DOC, "/doc/akkoord/ahad", "/doc/maatregel", "/workbench", "/.well-known/void", "/docs"} <= set(shown.links)
    for href in shown.links:
        if href.startswith("/") and not href.startswith(("/doc/", CHOICES)):
            assert server.head(href, headers={"accept": "*/*"}, follow_redirects=True).status_code == 200, href


def test_listing_has_all_things_of_a_kind(server: httpx2.Client) -> None:
    listed = {href for href in page(server, "/doc/organisatie").links if href.startswith("/doc/organisatie/")}
    query = f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{PREFIXES['orgn']}')) }}"
    assert listed == {f"/doc/organisatie/{row['s'].removeprefix(PREFIXES['orgn'])}" for row in rows(server, query)}


def test_listing_with_a_slash_is_the_same(server: httpx2.Client) -> None:
    with_slash, without = (
        {href for href in page(server, path).links if not href.startswith(CHOICES)}
        for path in ("/doc/akkoord/", "/doc/akkoord")
    )
    assert with_slash == without


@pytest.mark.parametrize(
    ("path", "accept"), [("/doc/akkoord.ttl", "*/*"), ("/doc/akkoord", "text/turtle")], ids=["suffix", "accept"]
)
def test_listing_is_never_a_form_that_was_not_asked_for(server: httpx2.Client, path: str, accept: str) -> None:
    response = server.get(path, headers={"accept": accept})
    assert (response.status_code, media_type(response)) in [(200, "text/turtle"), (406, "application/problem+json")]


# --- the description of the interface ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def openapi(server: httpx2.Client) -> dict[str, Any]:
    document: dict[str, Any] = server.get("/openapi.json").json()
    return document


FILLED = {
    **{f"/{name}.{{suffix}}": [f"/{name}.{suffix}" for suffix in ("csv", "json", "rq")] for name in OVERVIEWS},
    "/workbench/answer.{suffix}": [f"/workbench/answer.{suffix}?query=SELECT(1AS?n){{}}" for suffix in ("csv", "json")],
    "/search.{suffix}": ["/search.csv?q=vov", "/search.ttl?q=vov"],
    "/search/suggest": ["/search/suggest?q=vo"],
    "/cite/{path}": [f"/cite/{THING}.bib"],
    "/queries/{name}": ["/queries/instrument-history", "/queries/instrument-history.csv"],
    "/graphs": ["/graphs?default", f"/graphs?graph={BASE}id/graaf/iab"],
    "/graphs/{path}": ["/graphs/iab"],
    "/id/{path}": [f"/id/{THING}"],
    "/doc/{path}": [DOC, "/doc/akkoord", "/doc/akkoord.csv"],
    "/resource": ["/resource?uri=http://qudt.org/vocab/unit/MO", f"/resource?uri={BASE}id/{THING}"],
    "/profiles/{token}": ["/profiles/labelled"],
    "/ns.{suffix}": ["/ns.ttl"],
    "/ns/{version}": [f"/ns/{__version__}"],
    "/dumps/{version}": [f"/dumps/{__version__}"],
    "/sitemap-{number}.xml": ["/sitemap-1.xml"],
    "/catalog.{suffix}": ["/catalog.ttl", "/catalog.rdf", "/catalog.html"],
    "/catalog/quality.{suffix}": ["/catalog/quality.ttl", "/catalog/quality.csv"],
    "/ldes.{suffix}": ["/ldes.ttl", "/ldes.jsonld"],
    "/ldes/{path}": ["/ldes/shape"],
    "/dumps/{version}/{name}": [f"/dumps/{__version__}/vesoc.{suffix}.gz" for suffix in ("nq", "ttl", "nt")],
}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_description_has_what_openapi_31_wants(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(openapi["info"])
    assert openapi["info"]["license"]["name"]
    assert all(urlsplit(server["url"]).scheme for server in openapi["servers"])
    assert all(path.startswith("/") for path in openapi["paths"])


def test_operations_have_what_openapi_31_wants(openapi: dict[str, Any]) -> None:
    for path, method, operation in operations(openapi):
        assert method in {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
        assert operation["summary"]
        for status, response in operation["responses"].items():
            assert re.fullmatch("[1-5]([0-9]{2}|XX)|default", status)
            assert response["description"], path
            check_content(response.get("content", {}))
        check_content(operation.get("requestBody", {}).get("content", {}))


def check_content(content: dict[str, Any]) -> None:
    for media, value in content.items():
        assert re.fullmatch(r"[\w.+-]+/[\w.+*-]+", media)
        assert isinstance(value, dict)


def test_parameters_have_what_openapi_31_wants(openapi: dict[str, Any]) -> None:
    for path, _, operation in operations(openapi):
        parameters = operation.get("parameters", [])
        places = [(parameter["name"], parameter["in"]) for parameter in parameters]
        assert len(set(places)) == len(places)
        assert {name for name, place in places if place == "path"} == set(re.findall(r"{(\w+)}", path))
        for parameter in parameters:
            assert parameter["in"] in {"path", "query", "header", "cookie"}
            assert "schema" in parameter
            assert parameter["required"] is True or parameter["in"] != "path"


def test_every_route_is_described_and_no_other(openapi: dict[str, Any]) -> None:
    described = {path: {method.upper() for method in methods} for path, methods in openapi["paths"].items()}
    assert described == {re.sub(r":\w+}", "}", path): set(methods) for path, _, methods in ROUTES}


def test_every_described_path_answers_as_described(server: httpx2.Client, openapi: dict[str, Any]) -> None:
    for path, method, operation in operations(openapi):
        for filled in FILLED.get(path, [path]):
            sent = ("<urn:a> <urn:b> 1 .", "text/turtle") if "valid" in path else ("ASK {}", "application/sparql-query")
            given: dict[str, Any] = {"content": sent[0], "headers": {"content-type": sent[1]}}
            response = server.request(method, filled, **(given if method == "post" else {}))
            assert str(response.status_code) in operation["responses"], filled
            content = operation["responses"][str(response.status_code)].get("content")
            if content:
                assert media_type(response) in content, filled


def test_every_route_tells_its_methods(server: httpx2.Client) -> None:
    for path, _, methods in ROUTES:
        filled = FILLED.get(path.replace(":path", ""), [path])[0]
        wanted = {*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}
        assert set(server.options(filled).headers["allow"].split(", ")) == wanted
        refused = server.delete(filled)
        assert (refused.status_code, set(refused.headers["allow"].split(", "))) == (405, wanted)


@pytest.mark.parametrize("path", ["/docs", "/workbench", "/ns", DOC, "/doc/maatregel", "/doc/organisatie/vdab"])
def test_page_loads_nothing_from_another_host(server: httpx2.Client, path: str) -> None:
    shown = page(server, path)
    assert shown.loaded
    for address in shown.loaded:
        assert not urlsplit(address).netloc, address
        assert server.get(address).status_code == 200, address
    assert not re.search(r"url\(|@import", server.get("/static/style.css").text)


# --- hostile data -----------------------------------------------------------------------------------------------------

HOSTILE = """
PREFIX mtr: <https://w3id.org/vesoc-kg/id/maatregel/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>

mtr:kwaad skos:prefLabel "<script>alert(1)</script>" ;
  dcterms:description "<img src=x onerror=alert(2)>"@nl , '"><svg onload=alert(3)>' ;
  rdfs:seeAlso <javascript:alert(4)> , <data:text/html,alert> , <http://e.example/'onmouseover='alert(5)> ;
  vesoc:hasEvidence mtr:vindplaats ;
  <http://e.example/"%3E%3Cscript%3E> [ rdfs:label "</title><script>alert(6)</script>" ] .
mtr:vindplaats vesoc:sectionPath "<script>alert(7)</script>" ; vesoc:bulletNumber "<script>alert(8)</script>" .
mtr:ander rdfs:label "{{ 7 * 7 }} </title><script>" ; dcterms:relation mtr:kwaad .
mtr:é skos:prefLabel "één"@nl .
<https://w3id.org/vesoc-kg/id/instrument/los> a vesoc:Instrument ; skos:prefLabel "los"@nl .
mtr:los vesoc:concernsInstrument <https://w3id.org/vesoc-kg/id/instrument/los> .
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    file: Path = tmp_path_factory.mktemp("data") / "hostile.ttl"
    file.write_text(HOSTILE.replace('"%3E', "%22%3E"), encoding="utf-8")
    with running("--data", str(file), "--no-validate") as client:
        yield client


@pytest.mark.parametrize("path", ["/doc/maatregel/kwaad", "/doc/maatregel/ander", "/doc/maatregel", "/"])
def test_hostile_label_never_becomes_markup(hostile: httpx2.Client, path: str) -> None:
    shown = page(hostile, path)  # which also looks for attributes that hold a script
    assert not shown.tags & {"img", "svg", "iframe", "object"}
    for script in shown.scripts:  # ours, or data
        assert script.get("src", "").startswith("/static/") or script["type"] == "application/ld+json"
    assert all(urlsplit(href).scheme in ("", "http", "https") for href in shown.links)


def test_hostile_label_is_shown_as_it_is(hostile: httpx2.Client) -> None:
    assert page(hostile, "/doc/maatregel/kwaad").headings[0] == "<script>alert(1)</script>"
    assert page(hostile, "/doc/maatregel/ander").headings[0] == "{{ 7 * 7 }} </title><script>"


def test_hostile_label_survives_in_every_form(hostile: httpx2.Client) -> None:
    for suffix in ("ttl", "nt", "rdf"):
        found = graph_of(hostile.get(f"/doc/maatregel/kwaad.{suffix}"), FORMS[suffix][1])
        assert {str(label) for label in found.objects(None, SKOS.prefLabel)} == {"<script>alert(1)</script>"}


def test_hostile_value_in_the_workbench_is_text(hostile: httpx2.Client) -> None:
    shown = Page(hostile.get("/workbench", params={"query": "SELECT * { ?s ?p ?o }"}))
    assert not shown.tags & {"img", "svg"}
    assert shown.loaded == Page(hostile.get("/workbench")).loaded
    assert all(urlsplit(href).scheme in ("", "http", "https") for href in shown.links)


def test_name_outside_ascii_has_a_document(hostile: httpx2.Client) -> None:
    path = f"/doc/maatregel/{quote('é')}"
    response = hostile.get(path)
    assert response.status_code == 200
    assert response.headers["content-location"] == f"{path}.ttl"
    assert page(hostile, path).headings[0] == "één"


def test_foreign_data_has_no_agreements_and_still_a_home(hostile: httpx2.Client) -> None:
    links = page(hostile, "/").links
    assert "/doc/maatregel" in links
    assert not {"/timeline", "/budget"} & set(links)
    assert hostile.get("/ns").status_code == 404


def test_measure_in_no_agreement_is_on_the_page_of_its_instrument(hostile: httpx2.Client) -> None:
    shown = page(hostile, "/doc/instrument/los")
    assert "/doc/maatregel/los" in shown.links
    assert not [link for link in shown.links if link.startswith("/queries/")]


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Op dit adres is niets"), ("en", "There is nothing at this address")]
)
def test_page_of_a_problem_has_its_title_in_the_readers_language(
    server: httpx2.Client, language: str, title: str
) -> None:
    answer = server.get("/doc/maatregel/nergens", headers={"accept": "text/html", "accept-language": language})
    assert f"<title>{title} · " in answer.text
    assert f"<h1>{title}</h1>" in answer.text
