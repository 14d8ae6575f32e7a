"""The SPARQL 1.1 Protocol over HTTP: the cases of the W3C suite by their names, and what we promise beyond them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import httpx2
import pytest
from conftest import ROOT
from pyoxigraph import Store
from rdflib import RDF, VOID, Dataset, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from vesoc import __version__, errors
from vesoc.dataset import Dataset as Built
from vesoc.names import BASE, PREFIXES
from vesoc.words import PROBLEMS

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "xml": "application/rdf+xml",
    "json-ld": "application/ld+json",
    "nquads": "application/n-quads",
    "trig": "application/trig",
}
SD = Namespace(PREFIXES["sd"])
AKK = f"{PREFIXES['graaf']}ahad"
IAB = f"{PREFIXES['graaf']}iab"
ABOUT_IAB = f"<{PREFIXES['akk']}iab> a ?type"
ABOUT_AHAD = f"<{PREFIXES['akk']}ahad> a ?type"
# rdflib's own parsers still use what it deprecates.
rdflib_parsers = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning", "ignore:Dataset.default_context:DeprecationWarning"
)
PREFLIGHT = ("access-control-allow-methods", "access-control-allow-headers")
ORIGIN = {"origin": "https://elsewhere.example"}
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def get(client: httpx2.Client, query: str, accept: str | None = None, **fields: Any) -> httpx2.Response:
    return client.get("/sparql", params={"query": query, **fields}, headers={"accept": accept} if accept else {})


def direct(client: httpx2.Client, query: str | bytes, **fields: Any) -> httpx2.Response:
    return client.post("/sparql", params=fields, content=query, headers=DIRECT)


def post(client: httpx2.Client, content: str | bytes, headers: dict[str, str]) -> httpx2.Response:
    return client.post("/sparql", content=content, headers=headers)


def holds(response: httpx2.Response) -> bool:
    assert response.status_code == 200, response.text
    found: bool = response.json()["boolean"]
    return found


def problem(response: httpx2.Response) -> dict[str, Any]:
    """The problem document of a failed request, after a look at what all of them have."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    document: dict[str, Any] = response.json()
    assert document["status"] == response.status_code
    assert document["title"]
    assert document["detail"]
    assert document["request_id"] == response.headers["x-request-id"]
    assert "Traceback" not in response.text
    return document


def refused(response: httpx2.Response) -> bool:
    return 400 <= response.status_code < 500 and bool(problem(response))


# --- the query cases of the W3C suite, by their names ---------------------------------------------------------------


def test_query_post_form(server: httpx2.Client) -> None:
    assert holds(post(server, "query=ASK%20%7B%7D", FORM))


def test_query_dataset_default_graphs_get(server: httpx2.Client) -> None:
    query = f"ASK {{ {ABOUT_IAB} . {ABOUT_AHAD} }}"
    assert holds(get(server, query, **{"default-graph-uri": [IAB, AKK]}))
    assert not holds(get(server, query, **{"default-graph-uri": IAB}))


def test_query_dataset_default_graphs_post(server: httpx2.Client) -> None:
    query = f"ASK {{ {ABOUT_IAB} . {ABOUT_AHAD} }}"
    assert holds(direct(server, query, **{"default-graph-uri": [IAB, AKK]}))
    form = urlencode([("query", query), ("default-graph-uri", IAB), ("default-graph-uri", AKK)])
    assert holds(post(server, form, FORM))


def test_query_dataset_named_graphs_post(server: httpx2.Client) -> None:
    query = f"ASK {{ GRAPH ?g1 {{ {ABOUT_IAB} }} GRAPH ?g2 {{ {ABOUT_AHAD} }} }}"
    assert holds(direct(server, query, **{"named-graph-uri": [IAB, AKK]}))
    assert not holds(direct(server, query, **{"named-graph-uri": IAB}))


def test_query_dataset_named_graphs_get(server: httpx2.Client) -> None:
    query = f"ASK {{ GRAPH ?g1 {{ {ABOUT_IAB} }} GRAPH ?g2 {{ {ABOUT_AHAD} }} }}"
    assert holds(get(server, query, **{"named-graph-uri": [IAB, AKK]}))


def test_query_dataset_full(server: httpx2.Client) -> None:
    query = f"ASK {{ {ABOUT_IAB} GRAPH ?g {{ {ABOUT_AHAD} }} FILTER NOT EXISTS {{ {ABOUT_AHAD} }} }}"
    assert holds(direct(server, query, **{"default-graph-uri": IAB, "named-graph-uri": AKK}))


def test_query_multiple_dataset(server: httpx2.Client) -> None:
    query = f"ASK FROM <{AKK}> {{ GRAPH ?g {{ {ABOUT_IAB} }} FILTER NOT EXISTS {{ {ABOUT_AHAD} }} }}"
    assert holds(direct(server, query, **{"named-graph-uri": IAB}))


def test_query_get(server: httpx2.Client) -> None:
    assert holds(get(server, "ASK {}"))


def test_query_content_type_select(server: httpx2.Client) -> None:
    response = direct(server, "SELECT (1 AS ?value) {}")
    assert response.headers["content-type"] in RESULTS.values()


def test_query_content_type_ask(server: httpx2.Client) -> None:
    response = direct(server, "ASK {}")
    assert response.headers["content-type"] in (RESULTS["json"], RESULTS["xml"])


def test_query_content_type_describe(server: httpx2.Client) -> None:
    response = direct(server, f"DESCRIBE <{PREFIXES['akk']}iab>")
    assert response.headers["content-type"].split(";")[0] in GRAPHS.values()
    assert len(Graph().parse(data=response.text)) > 5


def test_query_content_type_construct(server: httpx2.Client) -> None:
    response = direct(server, "CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}")
    assert response.headers["content-type"].split(";")[0] in GRAPHS.values()


def test_query_post_direct(server: httpx2.Client) -> None:
    assert holds(direct(server, "ASK {}"))


def test_bad_query_method(server: httpx2.Client) -> None:
    assert refused(server.put("/sparql", params={"query": "ASK {}"}, headers=FORM))


def test_bad_multiple_queries(server: httpx2.Client) -> None:
    assert refused(server.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"))
    assert refused(server.post("/sparql?query=ASK%20%7B%7D", content="ASK {}", headers=DIRECT))
    assert refused(post(server, "query=ASK%7B%7D&query=ASK%7B%7D", FORM))


def test_bad_query_wrong_media_type(server: httpx2.Client) -> None:
    assert refused(post(server, "ASK {}", {"content-type": "text/plain"}))


def test_bad_query_missing_form_type(server: httpx2.Client) -> None:
    assert refused(post(server, "query=ASK%20%7B%7D", {}))


def test_bad_query_missing_direct_type(server: httpx2.Client) -> None:
    assert refused(post(server, "ASK {}", {}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_bad_query_non_utf8(server: httpx2.Client, encoding: str) -> None:
    content = 'ASK { FILTER("é" = "é") }'.encode(encoding)
    assert refused(post(server, content, {"content-type": f"application/sparql-query; charset={encoding}"}))


def test_bad_query_syntax(server: httpx2.Client) -> None:
    assert refused(get(server, "ASK {"))


# --- its update cases: this endpoint only reads ----------------------------------------------------------------------


UPDATES = {
    "update_dataset_default_graph": ("/sparql?using-graph-uri=urn:g", UPDATE, "INSERT { <urn:s> a <urn:t> } WHERE {}"),
    "update_dataset_default_graphs": (
        "/sparql?using-graph-uri=urn:g&using-graph-uri=urn:h",
        UPDATE,
        "INSERT { <urn:s> a <urn:t> } WHERE { ?s ?p ?o }",
    ),
    "update_dataset_named_graphs": (
        "/sparql?using-named-graph-uri=urn:g",
        UPDATE,
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    ),
    "update_dataset_full": (
        "/sparql?using-graph-uri=urn:g&using-named-graph-uri=urn:h",
        UPDATE,
        "INSERT { <urn:s> a <urn:t> } WHERE { ?s ?p ?o GRAPH ?g { ?x ?y ?z } }",
    ),
    "update_post_form": ("/sparql", FORM, "update=CLEAR+ALL"),
    "update_post_direct": ("/sparql", UPDATE, "CLEAR ALL"),
    "update_base_uri": ("/sparql", UPDATE, "INSERT DATA { GRAPH <urn:g> { <urn:s> a <test> } }"),
    "bad_multiple_updates": ("/sparql", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
    "bad_update_wrong_media_type": ("/sparql", {"content-type": "text/plain"}, "CLEAR NAMED"),
    "bad_update_missing_form_type": ("/sparql", {}, "update=CLEAR%20NAMED"),
    "bad_update_non_utf8": (
        "/sparql",
        {"content-type": "application/sparql-update; charset=UTF-16"},
        "CLEAR NAMED".encode("utf-16"),
    ),
    "bad_update_syntax": ("/sparql", FORM, "update=CLEAR%20XYZ"),
    "bad_update_dataset_conflict": (
        "/sparql?using-named-graph-uri=urn:g",
        UPDATE,
        "WITH <urn:g> DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
    ),
    "update as a query": ("/sparql", DIRECT, "INSERT DATA { <urn:s> <urn:p> 1 }"),
}


@pytest.mark.parametrize(("path", "headers", "content"), UPDATES.values(), ids=UPDATES)
def test_update_is_refused(server: httpx2.Client, path: str, headers: dict[str, str], content: str | bytes) -> None:
    assert refused(server.post(path, content=content, headers=headers))
    assert holds(get(server, f"ASK {{ {ABOUT_IAB} FILTER NOT EXISTS {{ <urn:s> ?p ?o }} }}"))


def test_bad_update_get(server: httpx2.Client) -> None:
    assert refused(server.get("/sparql?update=CLEAR%20ALL"))


# --- dataset arguments ------------------------------------------------------------------------------------------------


def test_dataset_arguments_override_from(server: httpx2.Client) -> None:
    query = f"ASK FROM <{AKK}> {{ {ABOUT_AHAD} }}"
    assert holds(get(server, query))
    assert not holds(get(server, query, **{"default-graph-uri": IAB}))


def test_from_chooses_the_dataset(server: httpx2.Client) -> None:
    assert not holds(get(server, f"ASK FROM <{IAB}> {{ {ABOUT_AHAD} }}"))
    assert holds(get(server, f"ASK FROM NAMED <{IAB}> {{ GRAPH ?g {{ {ABOUT_IAB} }} }}"))


def test_default_graph_argument_leaves_no_named_graph(server: httpx2.Client) -> None:
    assert not holds(get(server, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"default-graph-uri": IAB}))


def test_named_graph_argument_leaves_an_empty_default_graph(server: httpx2.Client) -> None:
    assert not holds(get(server, "ASK { ?s ?p ?o }", **{"named-graph-uri": IAB}))


def test_without_arguments_the_default_graph_holds_every_graph(server: httpx2.Client) -> None:
    assert holds(get(server, f"ASK {{ {ABOUT_IAB} . {ABOUT_AHAD} GRAPH <{AKK}> {{ {ABOUT_AHAD} }} }}"))


@pytest.mark.parametrize("iri", ["", "relative", "http://a b", "<http://x>"])
def test_dataset_argument_that_is_no_iri_is_refused(server: httpx2.Client, iri: str) -> None:
    assert get(server, "ASK {}", **{"default-graph-uri": iri}).status_code == 400


# --- requests ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/sparql?other=1", f"/sparql?default-graph-uri={IAB}"])
def test_get_with_parameters_but_no_query_is_refused(server: httpx2.Client, path: str) -> None:
    assert problem(server.get(path))["status"] == 400


def test_form_without_query_is_refused(server: httpx2.Client) -> None:
    assert problem(post(server, "", FORM))["status"] == 400


def test_empty_query_is_refused(server: httpx2.Client) -> None:
    assert problem(server.get("/sparql?query="))["status"] == 400
    assert problem(direct(server, ""))["status"] == 400


def test_unknown_parameters_are_ignored(server: httpx2.Client) -> None:
    assert holds(get(server, "ASK {}", format="csv", timeout="0"))


def test_form_takes_plus_as_space_and_keeps_letters(server: httpx2.Client) -> None:
    query = quote('ASK { FILTER("é+&=" = "\\u00e9+&=") }', safe=" ").replace(" ", "+")
    assert holds(post(server, f"query={query}", FORM))
    assert holds(server.get(f"/sparql?query={query}"))


def test_parameters_that_are_not_utf8_are_refused(server: httpx2.Client) -> None:
    assert problem(server.get("/sparql?query=ASK%20%7B%7D%23%FF"))["status"] == 400
    assert problem(post(server, "query=ASK%20%7B%7D%23%FF", FORM))["status"] == 400


def test_media_type_of_the_body_has_parameters_and_any_case(server: httpx2.Client) -> None:
    assert holds(post(server, "ASK {}", {"content-type": "Application/SPARQL-Query; charset=UTF-8"}))


def test_wrong_media_type_is_415_and_says_what_fits(server: httpx2.Client) -> None:
    response = post(server, "ASK {}", {"content-type": "text/plain"})
    assert problem(response)["status"] == 415
    assert "application/sparql-query" in response.headers["accept-post"]


def test_body_too_large_is_413_and_names_the_limit(server: httpx2.Client) -> None:
    response = direct(server, "ASK {}#".ljust(16 * 1024 * 1024 + 1))
    assert problem(response)["status"] == 413
    assert response.json()["bytes"] == 16 * 1024 * 1024


def test_body_as_large_as_allowed_is_read(server: httpx2.Client) -> None:
    assert holds(direct(server, "ASK {}#".ljust(1024 * 1024)))


def test_address_too_long_is_414(server: httpx2.Client) -> None:
    assert problem(get(server, "ASK {}#".ljust(17 * 1024, "x")))["status"] == 414
    assert holds(get(server, "ASK {}#".ljust(15 * 1024, "x")))


def test_other_methods_are_405_with_allow(server: httpx2.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = server.request(method, "/sparql")
        assert problem(response)["status"] == 405
        assert allowed(response) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_options_tells_the_methods(server: httpx2.Client) -> None:
    response = server.options("/sparql")
    assert response.status_code == 204
    assert allowed(response) == {"GET", "HEAD", "OPTIONS", "POST"}


def allowed(response: httpx2.Response) -> set[str]:
    return set(response.headers["allow"].split(", "))


def test_head_has_the_headers_of_get_and_no_body(server: httpx2.Client) -> None:
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 3')}"
    head, whole = server.head(path), server.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert server.head("/sparql?query=ASK").status_code == 400


def test_slash_at_the_end_leads_to_the_endpoint(server: httpx2.Client) -> None:
    response = server.get("/sparql/?query=ASK%20%7B%7D", follow_redirects=True)
    assert holds(response)
    assert response.url.path == "/sparql"


# --- failures ---------------------------------------------------------------------------------------------------------


def test_syntax_error_tells_line_and_column(server: httpx2.Client) -> None:
    document = problem(get(server, "SELECT *\nWHERE { ?s ?p ?o .\n  ?x y }"))
    assert document["status"] == 400
    # The engine tells how far it had read: the line of the fault here, and a column not before it.
    assert document["line"] == 3
    assert document["column"] >= 6
    assert f"line 3, column {document['column']}" in document["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s nowhere:p ?o }",
        "SELECT ?x (COUNT(*) AS ?n) {}",
        "SELECT (1 AS ?x) (2 AS ?x) {}",
        "ASK { ?s <http://a b> ?o }",
        "\x00",
        "LOAD <http://elsewhere.example/>",
        "SELECT * { SERVICE <http://[/> { ?s ?p ?o } }",
    ],
)
def test_query_that_cannot_be_answered_is_the_clients_error(server: httpx2.Client, query: str) -> None:
    response = direct(server, query)
    assert refused(response)
    assert len(problem(response)["detail"]) < 500


def test_unknown_function_is_an_error_in_its_expression(server: httpx2.Client) -> None:
    # SPARQL 1.1, 17.6: the variable stays unbound, the filter fails, the query goes on.
    query = "SELECT ?x ?y { BIND(<urn:one>(1) AS ?x) BIND(2 AS ?y) FILTER(COALESCE(<urn:two>(?y), true)) }"
    assert [sorted(row) for row in get(server, query).json()["results"]["bindings"]] == [["y"]]


def test_relative_iri_is_resolved_against_the_base_of_the_data(server: httpx2.Client) -> None:
    row = get(server, "SELECT (STR(<a>) AS ?x) {}").json()["results"]["bindings"][0]
    assert row["x"]["value"] == f"{BASE}a"


WRONG = {
    "SELECT * {\n  ?s nowhere:p ?o }": ("prefix", 2, 6),
    "SELECT * { <urn:a:b> ?p 'x:y' . ?s :p 1 }": ("prefix", 1, 36),
    "SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }": ("scope", 1, 40),
    "  DELETE WHERE { ?s ?p ?o }": ("update", 1, 3),
    "PREFIX e: <urn:e>\nINSERT DATA { e:a e:b e:c }": ("update", 2, 1),
    "  ": ("syntax", 1, 1),
    "SELECT * { ?s ?p": ("syntax", 1, 17),
}


@pytest.mark.parametrize("query", WRONG)
def test_wrong_query_is_told_kind_and_place(server: httpx2.Client, query: str) -> None:
    document = problem(direct(server, query))
    assert (document["kind"], document["line"], document["column"]) == WRONG[query]
    assert document["type"] == f"/docs#problem-{document['kind']}"


def test_every_kind_of_problem_is_explained(server: httpx2.Client) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "api" / "vesoc").rglob("*.py"))
    named = set(re.findall(r'(?:kind=|_refusal\([^\n]*, )"([a-z-]+)"', text)) | set(errors._KINDS.values())
    assert named == set(PROBLEMS) - {"other"}
    shown = server.get("/docs", headers={"accept": "text/html"}).text
    assert all(f'id="problem-{kind}"' in shown for kind in PROBLEMS)


def test_service_is_403(server: httpx2.Client) -> None:
    assert problem(get(server, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"))["status"] == 403


@pytest.mark.parametrize(
    ("query", "accept"), [("ASK {}", "text/csv"), ("SELECT * {}", "text/turtle"), ("DESCRIBE <urn:x>", "text/csv")]
)
def test_format_that_does_not_fit_the_kind_of_answer_is_406(server: httpx2.Client, query: str, accept: str) -> None:
    document = problem(get(server, query, accept))
    assert document["status"] == 406
    assert document["offers"]


def test_every_problem_has_a_document_or_a_page(server: httpx2.Client) -> None:
    failures: list[Callable[[dict[str, str]], httpx2.Response]] = [
        lambda headers: server.get("/sparql?query=ASK", headers=headers),
        lambda headers: server.get("/nothing", headers=headers),
        lambda headers: server.put("/sparql", headers=headers),
        lambda headers: server.get("/doc/akkoord/none.html", headers=headers),
        lambda headers: server.get("/static/none.css", headers=headers),
        lambda headers: server.get(f"/nothing?{'x' * 17000}", headers=headers),
    ]
    for fail in failures:
        assert refused(fail({"accept": "*/*"}))
        shown = fail(BROWSER)
        assert shown.headers["content-type"] == "text/html; charset=utf-8"
        assert shown.status_code == fail({}).status_code
        assert shown.headers["x-request-id"] in shown.text


def test_problem_varies_by_accept(server: httpx2.Client) -> None:
    for headers in ({}, BROWSER):
        assert "Accept" in server.get("/nothing", headers=headers).headers["vary"]


def test_page_of_a_problem_escapes_what_was_asked(server: httpx2.Client) -> None:
    shown = server.get(f"/dumps/{__version__}/<script>alert(1)<", headers=BROWSER)
    assert shown.status_code == 404
    assert "<script>" not in shown.text
    assert "&lt;script&gt;alert(1)&lt;" in shown.text


def test_strange_accept_is_no_server_error(server: httpx2.Client) -> None:
    for accept in ("text/turtle;q=nan", ";;;", "q=1", ",", "a/b;q=", "*/*;q=inf"):
        for path in ("/sparql", "/sparql?query=ASK%7B%7D", "/doc/akkoord/iab", "/nothing"):
            assert server.get(path, headers={"accept": accept}).status_code in (200, 404, 406), (accept, path)


# --- identifiers and origins ------------------------------------------------------------------------------------------


def test_request_id_comes_back(server: httpx2.Client) -> None:
    response = server.get("/nothing", headers={"x-request-id": "mine-1.2_3"})
    assert response.headers["x-request-id"] == "mine-1.2_3"
    assert response.json()["request_id"] == "mine-1.2_3"


@pytest.mark.parametrize("given", ["", "with space", "x" * 65, "<script>", '"'])
def test_request_id_that_does_not_fit_is_replaced(server: httpx2.Client, given: str) -> None:
    made = server.get("/health/live", headers={"x-request-id": given}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}-\d+", made)


def test_each_request_gets_an_identifier_of_its_own(server: httpx2.Client) -> None:
    assert len({server.get("/health/live").headers["x-request-id"] for _ in range(3)}) == 3


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/doc/akkoord/iab", "/nothing", "/ns"]
)
def test_any_origin_may_read(server: httpx2.Client, path: str) -> None:
    response = server.get(path, headers={**ORIGIN, "cookie": "a=b"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert "X-Request-Id" in response.headers["access-control-expose-headers"]


def test_any_origin_may_read_that_the_address_is_too_long(server: httpx2.Client) -> None:
    response = server.get(f"/sparql?query={'x' * 17000}", headers=ORIGIN)
    assert response.status_code == 414
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("header", ["content-type", "accept", "x-request-id", "if-none-match"])
def test_any_origin_may_ask_with(server: httpx2.Client, header: str) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": header}
    response = server.options("/sparql", headers={**ORIGIN, **asked})
    assert response.status_code == 204
    assert {"*", "POST"} <= set(re.split(r", *", ", ".join(response.headers[name] for name in PREFLIGHT)))
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


# --- answers as tables ------------------------------------------------------------------------------------------------

VALUES = """SELECT ?iri ?text ?word ?number ?nothing {
  VALUES (?iri ?text ?word ?number ?nothing) {
    (<urn:a> "a, \\"b\\" <c> & d" "één"@nl 0 UNDEF)
    (<urn:b> "two\\nlines\\tand a tab" "one"@en-gb 1.50 UNDEF)
    (<urn:c> "" "☃ 𝄞"@nl false UNDEF)
  }
}"""
XSD = PREFIXES["xsd"]
EXPECTED = [
    [("uri", "urn:a"), ("literal", 'a, "b" <c> & d'), ("nl", "één"), (f"{XSD}integer", "0")],
    [("uri", "urn:b"), ("literal", "two\nlines\tand a tab"), ("en-gb", "one"), (f"{XSD}decimal", "1.5")],
    [("uri", "urn:c"), ("literal", ""), ("nl", "☃ 𝄞"), (f"{XSD}boolean", "false")],
]
NAMES = ["iri", "text", "word", "number", "nothing"]


def test_select_as_json(server: httpx2.Client) -> None:
    document = get(server, VALUES, RESULTS["json"]).json()
    assert document["head"]["vars"] == NAMES
    rows = [[_json_term(row[name]) for name in NAMES if name in row] for row in document["results"]["bindings"]]
    assert rows == EXPECTED


def _json_term(term: dict[str, str]) -> tuple[str, str]:
    return term.get("datatype") or term.get("xml:lang") or term["type"], term["value"]


def test_select_as_xml(server: httpx2.Client) -> None:
    space = {"r": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(get(server, VALUES, RESULTS["xml"]).content)
    assert [variable.get("name") for variable in root.findall("r:head/r:variable", space)] == NAMES
    rows = [[_xml_term(term[0]) for term in row] for row in root.findall("r:results/r:result", space)]
    assert rows == EXPECTED


def _xml_term(term: ElementTree.Element) -> tuple[str, str]:
    language = term.get("{http://www.w3.org/XML/1998/namespace}lang")
    return term.get("datatype") or language or term.tag.split("}")[1], term.text or ""


def test_select_as_csv(server: httpx2.Client) -> None:
    response = get(server, VALUES, RESULTS["csv"])
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "\r\n" in response.text
    rows = list(csv.reader(StringIO(response.text, newline="")))
    assert rows == [NAMES, *([value for _, value in row] + [""] for row in EXPECTED)]


def test_select_as_tsv(server: httpx2.Client) -> None:
    lines = get(server, VALUES, RESULTS["tsv"]).text.split("\n")
    assert lines[0].split("\t") == [f"?{name}" for name in NAMES]
    # Each cell is a term as Turtle writes it, so rdflib reads the row as objects of one triple each.
    rows = [[_turtle_term(cell) for cell in line.split("\t")[:4]] for line in lines[1:4]]
    assert rows == EXPECTED


def _turtle_term(cell: str) -> tuple[str, str]:
    term = next(Graph().parse(data=f"<urn:s> <urn:p> {cell} .", format="turtle").objects())
    if isinstance(term, URIRef):
        return "uri", str(term)
    kind = term.datatype or term.language or "literal"  # type: ignore[attr-defined]
    return str(kind), "1.5" if str(term) == "1.50" else str(term)


@pytest.mark.parametrize(("query", "value"), [("ASK {}", True), ("ASK { <urn:x> ?p ?o }", False)])
def test_ask_as_json_and_xml(server: httpx2.Client, query: str, value: bool) -> None:
    assert get(server, query, RESULTS["json"]).json() == {"head": {}, "boolean": value}
    root = ElementTree.fromstring(get(server, query, RESULTS["xml"]).content)
    assert root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == str(value).lower()


@pytest.mark.parametrize("accept", RESULTS.values(), ids=RESULTS)
def test_empty_table_is_whole(server: httpx2.Client, accept: str) -> None:
    response = get(server, "SELECT ?a ?b { ?a <urn:none> ?b }", accept)
    assert response.status_code == 200
    assert "a" in response.text


@pytest.mark.parametrize("accept", RESULTS.values(), ids=RESULTS)
def test_long_table_is_whole(server: httpx2.Client, accept: str) -> None:
    count = int(get(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"])
    assert _rows(get(server, "SELECT ?s { ?s ?p ?o }", accept)) == count


def _rows(response: httpx2.Response) -> int:
    if "json" in response.headers["content-type"]:
        return len(response.json()["results"]["bindings"])
    if "xml" in response.headers["content-type"]:
        return sum(
            1 for _ in ElementTree.fromstring(response.content).iter("{http://www.w3.org/2005/sparql-results#}result")
        )
    return len(response.text.strip().splitlines()) - 1


# --- answers as graphs ------------------------------------------------------------------------------------------------


@rdflib_parsers
@pytest.mark.parametrize(("syntax", "accept"), GRAPHS.items(), ids=GRAPHS)
def test_construct_says_the_same_in_every_format(server: httpx2.Client, graph: Built, syntax: str, accept: str) -> None:
    response = get(server, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{IAB}> {{ ?s ?p ?o }} }}", accept)
    assert response.headers["content-type"].split(";")[0] == accept
    assert set(read(response.content, syntax)) == set(expected(graph.store))


@rdflib_parsers
def test_construct_of_blank_nodes_and_odd_texts_survives(server: httpx2.Client) -> None:
    query = """CONSTRUCT { ?s <urn:p#p> "<&>\\"\\\\ é \\n"@nl , 1.5 , [ <urn:p#q> ?s ] . <urn:x> <urn:p#q> ?s } WHERE
        { VALUES ?s { <urn:a> <urn:b> } }"""
    first, *others = (read(get(server, query, accept).content, syntax) for syntax, accept in GRAPHS.items())
    assert len(first) == 10
    assert all(isomorphic(first, other) for other in others)


def read(content: bytes, syntax: str) -> Graph:
    if syntax not in ("nquads", "trig"):
        return Graph().parse(data=content, format=syntax)
    dataset = Dataset().parse(data=content, format=syntax)
    assert isinstance(dataset, Dataset)
    return dataset.default_graph


def expected(store: Store) -> Iterator[Any]:
    triples = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{IAB}> {{ ?s ?p ?o }} }}")
    yield from Graph().parse(data="\n".join(f"{triple} ." for triple in triples), format="nt")  # type: ignore[union-attr]


# --- the service description ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def description(server: httpx2.Client) -> Graph:
    return Graph().parse(data=server.get("/sparql").content, format="turtle")


def number(client: httpx2.Client, query: str) -> int:
    return int(get(client, query).json()["results"]["bindings"][0]["n"]["value"])


@rdflib_parsers
@pytest.mark.parametrize(("syntax", "accept"), list(GRAPHS.items())[:4], ids=list(GRAPHS)[:4])
def test_service_description_in_each_format(
    server: httpx2.Client, description: Graph, syntax: str, accept: str
) -> None:
    response = server.get("/sparql", headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == accept
    assert isomorphic(Graph().parse(data=response.content, format=syntax), description)


def test_service_description_names_this_endpoint(server: httpx2.Client, description: Graph) -> None:
    service = next(description.subjects(RDF.type, SD.Service))
    endpoint = description.value(service, SD.endpoint)
    assert str(endpoint) == f"{str(server.base_url).rstrip('/')}/sparql"
    assert set(description.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}


def test_service_description_counts_are_those_of_the_data(server: httpx2.Client, description: Graph) -> None:
    whole = next(description.subjects(RDF.type, SD.Dataset))
    names = {str(name) for name in description.objects(whole, SD.namedGraph)}
    listed = get(server, "SELECT DISTINCT ?g { GRAPH ?g {} }").json()["results"]["bindings"]
    # The metadata graph tells of this deployment and is left out of the counts.
    assert names == {row["g"]["value"] for row in listed} - {f"{PREFIXES['graaf']}metadata"}
    for name in names:
        counted = number(server, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        assert int(description.value(URIRef(name), VOID.triples)) == counted  # type: ignore[arg-type]


def test_service_description_default_graph_counts_each_triple_once(server: httpx2.Client, description: Graph) -> None:
    default = description.value(next(description.subjects(RDF.type, SD.Dataset)), SD.defaultGraph)
    metadata = f"GRAPH <{PREFIXES['graaf']}metadata> {{ ?s ?p ?o }}"
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER NOT EXISTS {{ {metadata} }} }}"
    assert int(description.value(default, VOID.triples)) == number(server, query)  # type: ignore[arg-type]


FORMATS = "http://www.w3.org/ns/formats/"
PROMISED = {
    "SPARQL_Results_JSON": RESULTS["json"],
    "SPARQL_Results_XML": RESULTS["xml"],
    "SPARQL_Results_CSV": RESULTS["csv"],
    "SPARQL_Results_TSV": RESULTS["tsv"],
    "Turtle": GRAPHS["turtle"],
    "N-Triples": GRAPHS["nt"],
    "RDF_XML": GRAPHS["xml"],
    "JSON-LD": GRAPHS["json-ld"],
    "N-Quads": GRAPHS["nquads"],
    "TriG": GRAPHS["trig"],
}


def test_service_description_promises_the_formats_that_there_are(server: httpx2.Client, description: Graph) -> None:
    assert {str(form).removeprefix(FORMATS) for form in description.objects(None, SD.resultFormat)} == set(PROMISED)
    for name, accept in PROMISED.items():
        query = "SELECT * {} LIMIT 1" if name.startswith("SPARQL") else "CONSTRUCT {} WHERE {}"
        assert get(server, query, accept).headers["content-type"].split(";")[0] == accept


def test_browser_is_led_to_the_workbench(server: httpx2.Client) -> None:
    response = server.get("/sparql", headers=BROWSER)
    assert (response.status_code, response.headers["location"]) == (303, "/workbench")
    assert "Accept" in response.headers["vary"]


def test_answer_varies_by_accept(server: httpx2.Client) -> None:
    assert "Accept" in get(server, "ASK {}").headers["vary"]


def test_json_answer_is_json_as_it_comes(server: httpx2.Client) -> None:
    with server.stream("GET", "/sparql", params={"query": "SELECT * { ?s ?p ?o }"}) as response:
        assert "content-length" not in response.headers
        assert len(json.loads(response.read())["results"]["bindings"]) > 1000
