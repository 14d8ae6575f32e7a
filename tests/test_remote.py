"""The same front before an engine elsewhere: pages, data, dumps and queries as from a server that has all in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from types import MappingProxyType
from typing import Any

import engines
import front
import httpx2
import pytest
import remotes
from engines import Engine
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from vesoc.errors import Problem, VesocError
from vesoc.names import BASE
from vesoc.remote import queries, results, stand
from vesoc.remote.client import SOLUTIONS, Client
from vesoc.remote.extent import Extent
from vesoc.remote.store import RemoteStore
from vesoc.settings import Settings

HTML = {"Accept": "text/html"}
NT = {"Accept": "application/n-triples"}
DATA = (
    *("/catalog.ttl", "/ldes.ttl", "/sitemap.xml", "/ns.ttl", "/ns/context.jsonld", "/robots.txt"),
    *(
        "/doc/akkoord/iab.ttl",
        "/doc/akkoord/iab.jsonld",
        "/doc/maatregel.csv",
        "/workbench/terms.json",
        "/cite/akkoord/iab",
    ),
    *("/search/suggest?q=opl", "/queries", "/dumps"),
)
SETS = ("/graphs?default", "/graphs/metadata", "/graphs/iab", "/.well-known/void", "/sparql")
# Pages that say when they were made, what the server has done, or which request it was.
PASSING = {"/catalog/quality", "/metrics", *front.PROBLEMS}
QUERIES = MappingProxyType(
    {
        "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "whole": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "from": f"SELECT (COUNT(*) AS ?n) FROM <{BASE}id/graaf/iab> {{ ?s ?p ?o }}",
        "from and graph": f"SELECT (COUNT(*) AS ?n) FROM <{BASE}id/graaf/iab> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "from named": f"SELECT (COUNT(*) AS ?n) FROM NAMED <{BASE}id/graaf/iab> {{ ?s ?p ?o }}",
        "stand": f"SELECT ?p {{ GRAPH <{BASE}id/graaf/stand> {{ ?s ?p ?o }} }}",
        "subject": f"SELECT ?p {{ <{BASE}id/graaf/stand> ?p ?o }}",
        "relative": f"BASE <{BASE}> SELECT ?p ?o {{ <id/akkoord/iab> ?p ?o }}",
        "base": "SELECT ?p ?o { <id/akkoord/iab> ?p ?o }",
        "values": "SELECT ?x { VALUES ?x { 1 2 } } VALUES ?x { 2 3 }",
    }
)
ASKED = MappingProxyType(
    {
        "construct": (f"CONSTRUCT {{ ?s a ?c }} {{ GRAPH <{BASE}id/graaf/iab> {{ ?s a ?c }} }}", 200),
        "describe": (f"DESCRIBE <{BASE}id/akkoord/iab>", 200),
        "syntax": ("SELECT * {\n ?s ?p", 400),
        "update": ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400),
        "service": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        "prefix": ("SELECT * { ?s xyz:p ?o }", 400),
    }
)
OURS, APART = f"{BASE}id/graaf/iab", stand.graph(BASE).value
CHOSEN = (
    {"default-graph-uri": OURS, "named-graph-uri": APART},
    {"default-graph-uri": APART},
    {"named-graph-uri": APART},
    {"default-graph-uri": APART, "named-graph-uri": OURS},
)


@pytest.fixture(scope="module")
def memory() -> Iterator[httpx2.Client]:
    """A server that has the files in memory."""
    with remotes.serving(None) as client:
        yield client


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[Engine]:
    with engines.oxigraph() as engine:
        remotes.fill(engine, remotes.graph())
        yield engine


@pytest.fixture(scope="module")
def looking(oxigraph: Engine) -> Iterator[httpx2.Client]:
    """A server that holds nothing in memory, and looks everything up."""
    with remotes.serving(oxigraph, remotes.NONE) as client:
        yield client


@pytest.fixture(scope="module")
def virtuoso() -> Iterator[Engine]:
    with engines.virtuoso() as engine:
        remotes.fill(engine, remotes.graph())
        yield engine


@pytest.fixture(scope="module")
def beside_virtuoso(virtuoso: Engine) -> Iterator[httpx2.Client]:
    with remotes.serving(virtuoso) as client:
        yield client


def asked(client: httpx2.Client, path: str, **given: Any) -> httpx2.Response:
    """The answer, once what it is made from has been made."""
    for _ in range(20):
        found = client.get(path, **given)
        if found.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
            break
    return found


def rows(response: httpx2.Response) -> list[str]:
    """The rows of an answer in one order: those that no ORDER BY tells apart come as they like."""
    assert response.status_code == httpx2.codes.OK, response.text
    told = response.json()
    return (
        sorted(json.dumps(row, sort_keys=True) for row in told["results"]["bindings"]) if "results" in told else [told]
    )


PAGES = [path for path in front.kinds() if path not in PASSING]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_the_same(memory: httpx2.Client, looking: httpx2.Client, path: str) -> None:
    ours, theirs = (asked(client, path, headers=HTML) for client in (memory, looking))
    assert (theirs.status_code, theirs.text) == (ours.status_code, ours.text)


@pytest.mark.parametrize("path", DATA)
def test_data_is_the_same(memory: httpx2.Client, looking: httpx2.Client, path: str) -> None:
    ours, theirs = (asked(client, path) for client in (memory, looking))
    assert (ours.status_code, theirs.content) == (200, ours.content)
    assert theirs.headers["content-type"] == ours.headers["content-type"]


def test_search_finds_the_same(memory: httpx2.Client, looking: httpx2.Client) -> None:
    """Things of the same weight may come in another order."""
    ours, theirs = (asked(client, "/search.csv?q=opleiding").text for client in (memory, looking))
    assert sorted(theirs.splitlines()) == sorted(ours.splitlines()) != []


@pytest.mark.parametrize("path", SETS)
def test_graph_is_the_same(memory: httpx2.Client, looking: httpx2.Client, path: str) -> None:
    ours, theirs = (asked(client, path, headers=NT) for client in (memory, looking))
    assert sorted(theirs.text.splitlines()) == sorted(ours.text.splitlines()) != []


def test_release_is_the_same(memory: httpx2.Client, looking: httpx2.Client) -> None:
    place = asked(memory, "/dumps/latest", follow_redirects=False).headers["location"]
    for name in (file["name"] for file in asked(memory, f"{place}/manifest.json").json()["files"]):
        assert asked(looking, f"{place}/{name}").content == asked(memory, f"{place}/{name}").content


@pytest.mark.parametrize("name", remotes.names())
def test_question_is_answered_the_same(memory: httpx2.Client, looking: httpx2.Client, name: str) -> None:
    ours, theirs = (asked(client, f"/queries/{name}.json") for client in (memory, looking))
    assert rows(theirs) == rows(ours)


@pytest.mark.parametrize("name", QUERIES)
def test_dataset_is_the_same(memory: httpx2.Client, looking: httpx2.Client, name: str) -> None:
    ours, theirs = (asked(client, "/sparql", params={"query": QUERIES[name]}) for client in (memory, looking))
    assert rows(theirs) == rows(ours)


@pytest.mark.parametrize("name", ASKED)
def test_answer_is_the_same(memory: httpx2.Client, looking: httpx2.Client, name: str) -> None:
    query, status = ASKED[name]
    accept = NT if status == httpx2.codes.OK else {}
    ours, theirs = (asked(client, "/sparql", params={"query": query}, headers=accept) for client in (memory, looking))
    assert (ours.status_code, theirs.status_code) == (status, status)
    if status == httpx2.codes.OK:
        assert sorted(theirs.text.splitlines()) == sorted(ours.text.splitlines()) != []
    else:
        same = ("kind", "detail", "line", "column")
        assert [theirs.json().get(name) for name in same] == [ours.json().get(name) for name in same]


@pytest.mark.parametrize("given", CHOSEN)
@pytest.mark.parametrize("server", ["looking", "beside_virtuoso"])
def test_graphs_of_the_protocol_are_those_of_the_answer(
    memory: httpx2.Client, server: str, given: dict[str, str], request: pytest.FixtureRequest
) -> None:
    client: httpx2.Client = request.getfixturevalue(server)
    count = {"query": "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", **given}
    assert rows(asked(client, "/sparql", params=count)) == rows(asked(memory, "/sparql", params=count))


def test_page_of_virtuosos_data_is_the_same(memory: httpx2.Client, beside_virtuoso: httpx2.Client) -> None:
    for path in ("/doc/akkoord/iab", "/compare?a=ahad&b=inim", "/search?q=opleiding"):
        ours, theirs = (asked(client, path, headers=HTML) for client in (memory, beside_virtuoso))
        assert (theirs.status_code, theirs.text) == (ours.status_code, ours.text)
    whole = [asked(client, "/graphs?default", headers=NT).text for client in (memory, beside_virtuoso)]
    assert sorted(whole[0].splitlines()) == sorted(whole[1].splitlines())


@pytest.mark.parametrize("name", remotes.names())
def test_virtuoso_answers_the_same(memory: httpx2.Client, beside_virtuoso: httpx2.Client, name: str) -> None:
    ours, theirs = (asked(client, f"/queries/{name}.json") for client in (memory, beside_virtuoso))
    assert rows(theirs) == rows(ours)


@pytest.mark.parametrize(
    "name", ["graphs", "whole", "from", "from and graph", "from named", "stand", "subject", "relative", "base"]
)
def test_virtuoso_has_the_same_dataset(memory: httpx2.Client, beside_virtuoso: httpx2.Client, name: str) -> None:
    ours, theirs = (asked(client, "/sparql", params={"query": QUERIES[name]}) for client in (memory, beside_virtuoso))
    assert rows(theirs) == rows(ours)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("select*from<urn:g>{?s ?p ?o}", True),
        ("ASK { ?from ?p 'FROM' }", False),
        ("# FROM <urn:g>\nASK { ?s <urn:from> ?o }", False),
    ],
)
def test_dataset_of_a_query_is_seen(text: str, has: bool) -> None:
    assert queries.has_dataset(text) is has


def test_password_is_told_as_virtuoso_asks_for_it(virtuoso: Engine) -> None:
    """By a digest, each time anew; who has another one is not let in."""
    given = {"sparql_url": virtuoso.update, "sparql_user": virtuoso.user}
    with closing(Client(Settings(**given, sparql_password=virtuoso.password), 5)) as client:
        for _ in range(2):
            assert results.boolean(client.whole([("query", "ASK { ?s ?p ?o }")], SOLUTIONS))
    with closing(Client(Settings(**given, sparql_password="wrong"), 5)) as client, pytest.raises(Problem) as told:
        client.whole([("query", "ASK { ?s ?p ?o }")], SOLUTIONS)
    assert (told.value.status, "401" in told.value.detail) == (502, True)


def test_odd_data_comes_out_of_virtuoso(virtuoso: Engine) -> None:
    node = NamedNode("urn:odd")
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    text = prefix + r'[ <urn:p> [ <urn:p> "\u0001\u00e9\"" ] ] . <urn:a> <urn:p> "P1D"^^xsd:duration .'
    remotes.put(virtuoso, node, [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)])
    extent = Extent({node.value: 3}, 3, union=True, plain=False, bare=False)
    with closing(Client(Settings(sparql_url=virtuoso.query), 5)) as client:
        held = list(RemoteStore(client, extent, BASE, 10).quads_for_pattern(None, None, None, node))
        remotes.put(virtuoso, node, [])
    [inner] = [quad for quad in held if quad.object == Literal('\x01é"')]
    assert [quad.object for quad in held if quad.object == inner.subject] == [inner.subject]


@pytest.mark.parametrize("secret", [{"sparql_user": "me", "sparql_password": "hush"}, {"sparql_token": "hush"}])
def test_secrets_are_not_shown(secret: dict[str, str]) -> None:
    given = Settings(sparql_url="http://127.0.0.1:9/", **secret)  # type: ignore[arg-type]
    with pytest.raises(VesocError) as told:
        Settings(sparql_url="http://me:hush@127.0.0.1:9/")
    assert "hush" not in str(told.value)
    assert "hush" not in repr(given)
    assert "hush" not in str(given.table())
