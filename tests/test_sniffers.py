"""What those who harvest get of a running server: each guesses the syntax by a rule of its own, and all guess well."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx2
import pytest
from catalogued import ADDRESSES, DCAT, FORMATS, RESOURCES, VCARD, of
from pyoxigraph import parse
from rdflib import DCTERMS, RDF, Graph, Literal

from vesoc.conversion import as_graph

TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
PLAIN = {"accept-encoding": "identity"}
# rdflib's own parser still uses what it deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning", "ignore:Dataset.default_context:DeprecationWarning"
)


@pytest.fixture(scope="module")
def documents(ready: httpx2.Client) -> dict[str, httpx2.Response]:
    """The documents as they are served, by suffix."""
    return {suffix: ready.get(f"/catalog.{suffix}", headers=PLAIN) for suffix in FORMATS}


@pytest.fixture(scope="module")
def found(documents: dict[str, httpx2.Response]) -> Graph:
    return as_graph(parse(documents["nt"].content, format_of("nt")))


def format_of(suffix: str) -> object:
    from vesoc.formats import TRIPLES, by_suffix

    form = by_suffix(suffix, TRIPLES)
    assert form
    return form.engine


# --- the rules --------------------------------------------------------------------------------------------------------


def vlaanderen(answer: httpx2.Response) -> str:
    """metadata.vlaanderen.be looks for marks anywhere in the text, and knows no JSON-LD."""
    text = answer.text
    if "@prefix" in text:
        return "turtle"
    return "nt" if "<http://" in text else "xml"


def belgium(answer: httpx2.Response) -> str:
    """data.gov.be looks at the first bytes, then at the ending of the file's name."""
    start = answer.content[:10].decode("utf-8", "replace")
    for marks, syntax in ((("<?xml", "<rdf"), "xml"), (("{",), "json-ld"), (("PREFIX", "@base", "@prefix"), "turtle")):
        if start.startswith(marks):
            return syntax
    endings = {"ttl": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld", "json": "json-ld"}
    return endings.get(answer.url.path.rpartition(".")[2], "nt")


def europe(answer: httpx2.Response) -> str:
    """data.europa.eu goes by the content type."""
    return {kind: FORMATS[suffix] for suffix, kind in TYPES.items()}[answer.headers["content-type"].partition(";")[0]]


def ckan(answer: httpx2.Response) -> str:
    """ckanext-dcat asks by HEAD first, takes at most 50 MB, and goes by what stands before the semicolon."""
    assert int(answer.headers["content-length"]) <= 50 * 1024 * 1024
    known = {**{kind: FORMATS[suffix] for suffix, kind in TYPES.items()}, "text/n3": "n3"}
    return known[answer.headers["content-type"].split(";", 1)[0]]


RULES: dict[str, Callable[[httpx2.Response], str]] = {
    "metadata.vlaanderen.be": vlaanderen,
    "data.gov.be": belgium,
    "data.europa.eu": europe,
    "ckanext-dcat": ckan,
}
CASES = [(who, suffix) for who in RULES for suffix in FORMATS if (who, suffix) != ("metadata.vlaanderen.be", "jsonld")]


@pytest.mark.parametrize(("who", "suffix"), CASES)
def test_harvester_chooses_the_right_parser_and_reads_all(
    documents: dict[str, httpx2.Response], who: str, suffix: str
) -> None:
    answer = documents[suffix]
    assert answer.status_code == httpx2.codes.OK
    chosen = RULES[who](answer)
    assert chosen == FORMATS[suffix]
    read, whole = (
        set(Graph().parse(data=body, format=syntax))
        for body, syntax in ((answer.content, chosen), (documents["nt"].content, "nt"))
    )
    assert len(whole) > 1000
    assert read == whole


# --- how it is served -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_head_says_what_get_says(ready: httpx2.Client, documents: dict[str, httpx2.Response], suffix: str) -> None:
    told = ready.head(f"/catalog.{suffix}", headers=PLAIN)
    assert (told.status_code, told.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary", "cache-control", "content-location"):
        assert told.headers[name] == documents[suffix].headers[name], name
    assert int(told.headers["content-length"]) == len(documents[suffix].content) < 1_000_000


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("path", ["/", "/catalog"])
def test_accept_gets_its_form(
    ready: httpx2.Client, documents: dict[str, httpx2.Response], path: str, suffix: str
) -> None:
    answer = ready.get(path, headers={"accept": TYPES[suffix]})
    assert answer.headers["content-location"] == f"/catalog.{suffix}"
    assert answer.content == documents[suffix].content
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("accept", [None, "*/*", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "image/png"])
def test_first_page_stays_a_page(ready: httpx2.Client, accept: str | None) -> None:
    request = ready.build_request("GET", "/")
    request.headers.pop("accept")
    if accept:
        request.headers["accept"] = accept
    answer = ready.send(request)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == "nl"


def test_same_document_is_not_sent_twice(ready: httpx2.Client) -> None:
    tag = ready.get("/catalog.ttl").headers["etag"]
    assert ready.get("/catalog.ttl", headers={"if-none-match": tag}).status_code == httpx2.codes.NOT_MODIFIED


def test_other_forms_are_refused(ready: httpx2.Client) -> None:
    assert ready.get("/catalog", headers={"accept": "image/png"}).status_code == httpx2.codes.NOT_ACCEPTABLE
    for path in ("/catalog.csv", "/catalog.txt"):
        assert ready.get(path).status_code == httpx2.codes.NOT_FOUND, path


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("Catalogus van de VESOC-kennisgraaf", "Diensten")), ("en", ("Catalogue of the VESOC", "Services"))],
)
def test_page_lists_all_that_can_be_fetched(
    ready: httpx2.Client, found: Graph, language: str, words: tuple[str, str]
) -> None:
    answer = ready.get(f"/catalog.html?lang={language}")
    assert (answer.headers["content-language"], answer.status_code) == (language, 200)
    text = answer.text
    assert all(word in text for word in (*words, "Departement Voorbeeld", "vesoc@example.org", "CC0"))
    wanted = [
        title
        for node in of(found, *RESOURCES)
        for title in found.objects(node, DCTERMS.title)
        if isinstance(title, Literal) and title.language == language
    ]
    assert len(wanted) == 11
    assert [title for title in wanted if str(title) not in text] == []
    links = set(re.findall(r'href="([^"]+)"', text))
    assert {str(address) for address in found.objects(None, DCAT.downloadURL)} <= links


def test_search_engines_may_come_once_all_is_set(ready: httpx2.Client, server: httpx2.Client) -> None:
    for path in ("/", "/catalog.html", "/doc/akkoord/iab.html", "/catalog.ttl"):
        assert "x-robots-tag" not in ready.get(path).headers
        assert server.get(path).headers["x-robots-tag"] == "noindex"


# --- what it says is there --------------------------------------------------------------------------------------------


def test_every_address_answers_by_get_and_head(ready: httpx2.Client, found: Graph) -> None:
    addresses = {str(o) for name in ADDRESSES for o in found.objects(None, name)}
    assert len(addresses) > 40
    wrong = {}
    for address in sorted(addresses):
        assert address.startswith(str(ready.base_url)), address
        statuses = [ready.request(method, address, headers=PLAIN).status_code for method in ("GET", "HEAD")]
        if statuses != [200, 200]:
            wrong[address] = statuses
    assert wrong == {}


def test_sizes_and_types_are_those_of_what_is_sent(ready: httpx2.Client, found: Graph) -> None:
    for node in of(found, DCAT.Distribution):
        path = str(found.value(node, DCAT.downloadURL))
        answer = ready.head(path, headers=PLAIN)
        assert answer.headers["content-length"] == str(found.value(node, DCAT.byteSize)), path
        packing = found.value(node, DCAT.compressFormat)
        told = packing or found.value(node, DCAT.mediaType)
        assert str(told).endswith(f"/media-types/{answer.headers['content-type'].partition(';')[0]}"), path


def test_pages_of_datasets_exist(ready: httpx2.Client, found: Graph) -> None:
    for node in of(found, *RESOURCES):
        path = f"/doc/dataset/{str(node).rpartition('/')[2]}"
        assert ready.get(path, headers={"accept": "text/html"}).status_code == httpx2.codes.OK, path
        read = Graph().parse(data=ready.get(f"{path}.ttl").content, format="turtle")
        assert set(found.objects(node, DCTERMS.title)) == set(read.objects(node, DCTERMS.title))
        assert set(found.objects(node, RDF.type)) <= set(read.objects(node, RDF.type)), path


def test_contact_is_the_operators(ready: httpx2.Client, found: Graph) -> None:
    assert [str(mail) for mail in found.objects(None, VCARD.hasEmail)] == ["mailto:vesoc@example.org"]
    assert str(next(found.objects(None, VCARD.hasURL))) == str(ready.base_url)
