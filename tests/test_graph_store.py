"""Graphs read by the SPARQL 1.1 Graph Store Protocol: which one, in which form, and what is refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from conftest import running
from rdflib import Graph
from rdflib.compare import isomorphic
from test_protocol import GRAPHS, rdflib_parsers

from vesoc.graphs import graph_iri
from vesoc.names import BASE, PREFIXES

IRIS = {
    "own": "{address}graphs/own",
    "deep": "{address}graphs/a/b.c",
    "named": graph_iri("named", BASE),
    "blank": "http://g.example/blank?a=b&c#d",
}
FORMS = {syntax: accept for syntax, accept in GRAPHS.items() if syntax not in ("nquads", "trig")}
TRIG = """PREFIX : <http://t.example/#>
<OWN> { :own :p "own" , "eigen"@nl , 1 , 1.5 , true . :own :q :own }
<DEEP> { :deep :p :own }
<NAMED> { :named :p "<&>\\"\\\\ é \\n" }
<BLANK> { _:a :p [ :q ( 1 2 _:a ) ] . _:b :p _:a . [] :p _:b }
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A server of named graphs alone, some of them named by the address where it is reached."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"http://localhost:{port}/"
    text = TRIG
    for name, pattern in IRIS.items():
        text = text.replace(f"<{name.upper()}>", f"<{pattern.format(address=address)}>")
    file = tmp_path_factory.mktemp("data") / "graphs.trig"
    file.write_text(text)
    with running("--no-validate", "--port", str(port), "--data", str(file), VESOC_PUBLIC_URL=address) as client:
        yield client


def iri(client: httpx2.Client, name: str) -> str:
    """The IRI of a graph of ours by its name here."""
    return IRIS[name].format(address=client.base_url)


def graph(client: httpx2.Client, name: str, **headers: str) -> httpx2.Response:
    fields = {field.replace("_", "-"): value for field, value in headers.items()}
    return client.get("/graphs", params={"graph": iri(client, name)}, headers=fields)


def parsed(response: httpx2.Response, syntax: str = "turtle") -> Graph:
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.content, format=syntax)


def constructed(client: httpx2.Client, named: str) -> Graph:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{named}> {{ ?s ?p ?o }} }}"
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/n-triples"})
    return parsed(answer, "nt")


pytestmark = rdflib_parsers

# --- which graph ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IRIS)
@pytest.mark.parametrize(("syntax", "accept"), FORMS.items(), ids=FORMS)
def test_graph_by_its_iri_is_what_construct_gives(store: httpx2.Client, name: str, syntax: str, accept: str) -> None:
    response = graph(store, name, accept=accept)
    assert response.headers["content-type"].split(";")[0] == accept
    found = parsed(response, syntax)
    assert len(found) > 0
    assert isomorphic(found, constructed(store, iri(store, name)))


ADDRESSES = {"/graphs/own": "own", "/graphs/a/b.c": "deep", "/graphs/named": "named"}


@pytest.mark.parametrize("path", ADDRESSES)
def test_graph_by_its_address_is_the_same(store: httpx2.Client, path: str) -> None:
    direct, by_iri = store.get(path), graph(store, ADDRESSES[path])
    assert direct.status_code == 200
    assert direct.content == by_iri.content
    assert direct.headers["content-type"] == by_iri.headers["content-type"]


def test_our_graph_is_found_by_its_slug(server: httpx2.Client) -> None:
    slug = "iab"
    direct = parsed(server.get(f"/graphs/{slug}"))
    assert set(direct) == set(constructed(server, f"{PREFIXES['graaf']}{slug}"))


def test_default_graph_is_that_of_the_endpoint(server: httpx2.Client) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    accept = {"accept": "application/n-triples"}
    whole = server.get("/sparql", params={"query": query}, headers=accept)
    for path in ("/graphs?default", "/graphs?default="):
        response = server.get(path, headers=accept)
        assert response.status_code == 200
        assert set(response.text.splitlines()) == set(whole.text.splitlines())


@pytest.mark.parametrize(("syntax", "accept"), FORMS.items(), ids=FORMS)
def test_empty_default_graph_is_empty(store: httpx2.Client, syntax: str, accept: str) -> None:
    response = store.get("/graphs?default", headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == accept
    assert len(parsed(response, syntax)) == 0


def test_other_parameters_are_ignored(store: httpx2.Client) -> None:
    assert (
        store.get("/graphs", params={"graph": iri(store, "own"), "other": "1"}).content == graph(store, "own").content
    )


KNOWN = IRIS["named"]
REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "none": ({}, 400),
    "something else": ({"named": KNOWN}, 400),
    "both": ({"graph": KNOWN, "default": ""}, 400),
    "two": ({"graph": [KNOWN, KNOWN]}, 400),
    "default twice": ({"default": ["", ""]}, 400),
    "relative": ({"graph": "own"}, 400),
    "empty": ({"graph": ""}, 400),
    "no IRI": ({"graph": "http://a b"}, 400),
    "unknown": ({"graph": "http://g.example/none"}, 404),
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("params", "status"), REFUSED.values(), ids=REFUSED)
def test_graph_that_is_not_named_well_is_refused(
    store: httpx2.Client, params: dict[str, Any], status: int, method: str
) -> None:
    response = store.request(method, "/graphs", params=params)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "etag" not in response.headers
    assert method == "HEAD" or response.json()["detail"]


def test_address_of_no_graph_is_404(store: httpx2.Client) -> None:
    response = store.get("/graphs/none")
    assert response.status_code == 404
    assert response.json()["kind"] == "no-graph"


@pytest.mark.parametrize("name", ["a b", "<>", "é", "100%", ""], ids=["space", "angles", "accent", "percent", "empty"])
def test_strange_address_is_the_clients_error(store: httpx2.Client, name: str) -> None:
    assert store.get(f"/graphs/{quote(name)}").status_code in (400, 404)


# --- forms and validators ---------------------------------------------------------------------------------------------


def test_graph_without_accept_is_turtle(store: httpx2.Client) -> None:
    for accept in ("*/*", "text/*"):
        assert graph(store, "own", accept=accept).headers["content-type"] == "text/turtle; charset=utf-8"


def test_mediatype_argument_goes_before_accept(store: httpx2.Client) -> None:
    params = {"graph": KNOWN, "_mediatype": "application/n-triples"}
    response = store.get("/graphs", params=params, headers={"accept": "text/turtle"})
    assert response.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("accept", ["text/html", "text/csv", "application/n-quads", "image/png"])
def test_form_that_is_not_there_is_406_with_the_list(store: httpx2.Client, accept: str) -> None:
    response = graph(store, "own", accept=accept)
    assert response.status_code == 406
    if response.headers["content-type"] == "application/problem+json":
        assert "text/turtle" in response.json()["offers"]


@pytest.mark.parametrize("path", ["/graphs?default", "/graphs?graph=urn:none", "/graphs/own", "/graphs/none"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graph_cannot_be_written(store: httpx2.Client, method: str, path: str) -> None:
    response = store.request(method, path, content="<urn:s> <urn:p> 1 .", headers={"content-type": "text/turtle"})
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("params", [{"default": ""}, {"graph": KNOWN}, {"graph": IRIS["blank"]}])
def test_head_has_the_fields_of_get(store: httpx2.Client, params: dict[str, str]) -> None:
    head, whole = store.head("/graphs", params=params), store.get("/graphs", params=params)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "cache-control", "vary", "dataset-digest"):
        assert head.headers[name] == whole.headers[name], name


@pytest.mark.parametrize("path", ["/graphs?default", f"/graphs?graph={quote(KNOWN)}", "/graphs/own"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_known_etag_is_304(store: httpx2.Client, path: str, method: str) -> None:
    first = store.get(path)
    bare = first.headers["etag"].removeprefix("W/")
    for known in (bare, f"W/{bare}", "*"):
        again = store.request(method, path, headers={"if-none-match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == first.headers["etag"]
    assert store.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_each_form_has_an_etag_of_its_own(store: httpx2.Client) -> None:
    assert len({graph(store, "own", accept=accept).headers["etag"] for accept in FORMS.values()}) == len(FORMS)


def test_graph_that_is_not_there_is_never_304(store: httpx2.Client) -> None:
    assert store.get("/graphs/none", headers={"if-none-match": "*"}).status_code == 404


def test_graph_varies_by_accept(store: httpx2.Client) -> None:
    assert {"accept", "accept-encoding"} <= set(graph(store, "own").headers["vary"].lower().split(", "))
