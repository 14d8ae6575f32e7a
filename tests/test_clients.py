"""Other people's clients at our endpoint, and the figures of the agreements asked through them."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from io import StringIO

import httpx2
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from vesoc.names import PREFIXES

Ask = Callable[[str], list[list[str]]]
IAB, AHAD = (URIRef(f"{PREFIXES['akk']}{name}") for name in ("iab", "ahad"))
HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("akk", "budgetcategorie", "dcterms", "vesoc"))
LONG = "#" * 3000

CATEGORIES = """SELECT ?category (SUM(?amount) AS ?sum) {
  ?line a vesoc:BudgetLine ; vesoc:hasBudgetCategory ?category ; vesoc:amount ?amount
} GROUP BY ?category ORDER BY DESC(?sum)"""
TOTALS = "SELECT ?amount { ?total a vesoc:BudgetTotal ; vesoc:amount ?amount } ORDER BY DESC(?amount)"
SUM = "SELECT (SUM(?amount) AS ?sum) { ?line a vesoc:BudgetLine ; vesoc:amount ?amount }"
LINES = "SELECT (COUNT(*) AS ?n) { ?line a vesoc:BudgetLine ; dcterms:isPartOf akk:ahad }"
POINTS = """SELECT (COUNT(DISTINCT ?part) AS ?n) {
  ?part a vesoc:AgreementPart ; dcterms:type <https://w3id.org/vesoc-kg/id/concept/deelsoort/speerpunt> ;
    dcterms:isPartOf+ akk:ahad
}"""
SIGNATURES = """SELECT ?agreement (COUNT(DISTINCT ?signature) AS ?n) {
  VALUES ?agreement { akk:ahad akk:iab } ?signature a vesoc:Signature ; vesoc:signs ?agreement
} GROUP BY ?agreement ORDER BY ?agreement"""
MILLION = 1_000_000


@pytest.fixture(scope="module")
def endpoint(server: httpx2.Client) -> str:
    return f"{str(server.base_url).rstrip('/')}/sparql"


@pytest.fixture(scope="module", params=["httpx", "curl", "wrapper", "rdflib"])
def ask(request: pytest.FixtureRequest, endpoint: str) -> Ask:
    """A client that gives the values of each row."""
    clients: dict[str, Callable[[str, str], list[list[str]]]] = {
        "httpx": by_httpx,
        "curl": by_curl,
        "wrapper": by_wrapper,
        "rdflib": by_rdflib,
    }
    return lambda query: clients[request.param](endpoint, HEAD + query)


def by_httpx(endpoint: str, query: str) -> list[list[str]]:
    return values(httpx2.get(endpoint, params={"query": query}).text)


def by_curl(endpoint: str, query: str) -> list[list[str]]:
    return list(csv.reader(StringIO(curl(endpoint, "--data-urlencode", f"query={query}", "-H", "Accept: text/csv"))))[
        1:
    ]


def by_wrapper(endpoint: str, query: str) -> list[list[str]]:
    client = wrapper(endpoint, query)
    client.setReturnFormat(JSON)
    return values(json.dumps(client.query().convert()))


def by_rdflib(endpoint: str, query: str) -> list[list[str]]:
    return [[str(value) for value in row] for row in store(endpoint).query(query)]  # type: ignore[union-attr]


def values(body: str) -> list[list[str]]:
    document = json.loads(body)
    names = document["head"]["vars"]
    return [[row[name]["value"] for name in names] for row in document["results"]["bindings"]]


def curl(*arguments: str) -> str:
    command = ["curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "20", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def wrapper(endpoint: str, query: str) -> SPARQLWrapper:
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    return client


def store(endpoint: str) -> Graph:
    return Graph(SPARQLStore(endpoint, returnFormat="json"))


def numbers(rows: list[list[str]]) -> list[int]:
    return [int(float(row[-1])) for row in rows]


# --- the figures of the agreements, by each client --------------------------------------------------------------------


def test_categories_sum_to_119_50_and_21_million(ask: Ask) -> None:
    rows = ask(CATEGORIES)
    assert [row[0].rsplit("/", 1)[1] for row in rows] == ["oo", "dig", "ahad"]
    assert numbers(rows) == [119 * MILLION, 50 * MILLION, 21 * MILLION]


def test_lines_sum_to_190_million(ask: Ask) -> None:
    assert numbers(ask(SUM)) == [190 * MILLION]


def test_stated_totals_are_the_sums(ask: Ask) -> None:
    assert numbers(ask(TOTALS)) == [190 * MILLION, 119 * MILLION, 50 * MILLION, 21 * MILLION]


def test_there_are_23_budget_lines(ask: Ask) -> None:
    assert numbers(ask(LINES)) == [23]


def test_there_are_20_speerpunten(ask: Ask) -> None:
    assert numbers(ask(POINTS)) == [20]


def test_eleven_people_signed_each_text(ask: Ask) -> None:
    assert ask(SIGNATURES) == [[str(AHAD), "11"], [str(IAB), "11"]]


# --- SPARQLWrapper ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_wrapper_reads_tables(endpoint: str, method: str, form: str) -> None:
    client = wrapper(endpoint, "SELECT (42 AS ?x) {}")
    client.setMethod(method)
    client.setReturnFormat(form)
    answer = client.query().convert()
    assert "42" in (answer.toxml() if form == XML else str(answer))


def test_wrapper_sends_the_query_as_the_body(endpoint: str) -> None:
    client = wrapper(endpoint, f"ASK {{}} {LONG}")
    client.setMethod(POST)
    client.setRequestMethod(POSTDIRECTLY)
    client.setReturnFormat(JSON)
    assert client.query().convert()["boolean"] is True


def test_wrapper_names_graphs(endpoint: str) -> None:
    client = wrapper(endpoint, f"ASK {{ <{AHAD}> a ?type }}")
    client.setReturnFormat(JSON)
    client.addDefaultGraph(f"{PREFIXES['graaf']}iab")
    assert client.query().convert()["boolean"] is False


# SPARQLWrapper itself still uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, RDFXML])
def test_wrapper_reads_graphs(endpoint: str, form: str) -> None:
    client = wrapper(endpoint, f"DESCRIBE <{IAB}>")
    client.setReturnFormat(form)
    answer = client.query().convert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert (IAB, URIRef(f"{PREFIXES['dcterms']}title"), Literal("Iedereen aan boord", lang="nl")) in graph


def test_wrapper_tells_errors_apart(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapper(endpoint, "SELECT").query()


# --- rdflib -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rdflib_reads_tables(endpoint: str, form: str) -> None:
    graph = Graph(SPARQLStore(endpoint, returnFormat=form))
    rows = list(graph.query("SELECT ?x ?y { VALUES (?x ?y) { (<urn:a> 'b') } }"))
    assert rows == [(URIRef("urn:a"), Literal("b"))]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sends_queries(endpoint: str, method: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat="json"))
    assert graph.query("ASK {}").askAnswer is True


def test_rdflib_walks_the_graph(endpoint: str) -> None:
    graph = store(endpoint)
    title = URIRef(f"{PREFIXES['dcterms']}title")
    assert Literal("Alle hens aan dek", lang="nl") in set(graph.objects(AHAD, title))
    assert (AHAD, title, None) in graph


def test_rdflib_reads_what_is_constructed(endpoint: str) -> None:
    # Its store asks for graphs only when it asks for tables in XML, which is its default.
    answer = Graph(SPARQLStore(endpoint)).query(f"CONSTRUCT WHERE {{ <{IAB}> ?p ?o }}")
    assert answer.graph is not None
    assert len(answer.graph) > 5


def test_rdflib_loads_a_thing_by_its_address(server: httpx2.Client) -> None:
    graph = Graph().parse(f"{str(server.base_url).rstrip('/')}/id/akkoord/iab")
    assert (IAB, None, URIRef(f"{PREFIXES['vesoc']}Agreement")) in graph


# --- curl -------------------------------------------------------------------------------------------------------------


def test_curl_gets_json_without_an_accept(endpoint: str) -> None:
    assert json.loads(curl("--get", "--data-urlencode", "query=ASK {}", endpoint))["boolean"] is True


def test_curl_sends_a_file(endpoint: str) -> None:
    kind = "Content-Type: application/sparql-query"
    assert json.loads(curl("-H", kind, "--data-binary", f"ASK {{}} {LONG}", endpoint))["boolean"] is True


def test_curl_follows_a_thing_to_its_document(server: httpx2.Client) -> None:
    text = curl("--location", f"{str(server.base_url).rstrip('/')}/id/akkoord/iab")
    assert (IAB, None, None) in Graph().parse(data=text, format="turtle")


def test_curl_fails_on_a_query_that_fails(endpoint: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        curl("--get", "--data-urlencode", "query=SELECT", endpoint)
    assert json.loads(caught.value.stdout)["status"] == 400
