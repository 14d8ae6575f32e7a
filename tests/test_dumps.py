"""The dumps: all of the data, and the same bytes for the same data."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import httpx2
import pytest
from conftest import ROOT
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import Graph

from vesoc import __version__, dataset, graphs, places
from vesoc.names import BASE, PREFIXES
from vesoc.releases import content, edition

ADDRESS = "http://127.0.0.1:8000/"
METADATA = NamedNode(f"{PREFIXES['graaf']}metadata")
SYNTAX = {
    "nq": RdfFormat.N_QUADS,
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
VERSION = __version__


@pytest.fixture(scope="module")
def dumps(server: httpx2.Client) -> dict[str, bytes]:
    """The dumps as the server sends them, unpacked."""
    return {suffix: gzip.decompress(server.get(path(suffix)).content) for suffix in SYNTAX}


def path(suffix: str) -> str:
    return f"/dumps/{VERSION}/vesoc.{suffix}.gz"


def triples(dump: bytes, suffix: str) -> list[Triple]:
    return [quad.triple for quad in parse(dump, format=SYNTAX[suffix])]


# --- what is in them --------------------------------------------------------------------------------------------------


def test_quads_are_those_of_the_server_but_the_metadata(server: httpx2.Client, dumps: dict[str, bytes]) -> None:
    store = Store()
    store.load(dumps["nq"], format=RdfFormat.N_QUADS)
    listed = server.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g {} }"}).json()["results"]["bindings"]
    names = {row["g"]["value"] for row in listed} - {METADATA.value}
    assert {str(graph.value) for graph in store.named_graphs() if isinstance(graph, NamedNode)} == names
    for name in names:
        query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        live = server.get("/sparql", params={"query": query}, headers={"accept": "application/n-triples"})
        assert {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(name))} == set(
            triples(live.content, "nt")
        ), name


def test_quads_leave_the_default_graph_out(dumps: dict[str, bytes]) -> None:
    assert all(quad.graph_name != DefaultGraph() for quad in parse(dumps["nq"], format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf"])
def test_triples_stand_in_a_dump_once(dumps: dict[str, bytes], suffix: str) -> None:
    found = triples(dumps[suffix], suffix)
    assert len(set(found)) == len(found)
    assert set(found) == set(triples(dumps["nq"], "nq"))


def test_turtle_is_read_by_rdflib_as_well(dumps: dict[str, bytes]) -> None:
    assert len(Graph().parse(data=dumps["ttl"], format="turtle")) == dumps["nt"].count(b"\n") > 1000


def test_lines_are_sorted(dumps: dict[str, bytes]) -> None:
    for suffix in ("nq", "nt"):
        lines = BytesIO(dumps[suffix]).readlines()
        assert lines == sorted(lines)


def test_dump_tells_nothing_of_the_deployment(server: httpx2.Client, dumps: dict[str, bytes]) -> None:
    address = str(server.base_url).rstrip("/").encode()
    assert all(address not in dump and METADATA.value.encode() not in dump for dump in dumps.values())


def test_dump_has_no_blank_nodes(dumps: dict[str, bytes]) -> None:
    # Names for everything are what makes two dumps comparable line by line.
    assert b"_:" not in dumps["nt"].replace(b"http://", b"")


# --- the same bytes ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second build of the data, for another deployment, the files given in another order."""
    files = graphs.own_files(places.find(ROOT))
    data = dataset.build_own(files[::-1], BASE, "https://elsewhere.example/")
    made = content.of(data, content.heading(places.find(ROOT), BASE))
    return edition.write(made, tmp_path_factory.mktemp("dumps") / VERSION).folder


@pytest.mark.parametrize("suffix", SYNTAX)
def test_same_data_is_the_same_bytes(again: Path, server: httpx2.Client, suffix: str) -> None:
    assert server.get(path(suffix)).content == (again / f"vesoc.{suffix}.gz").read_bytes()


@pytest.mark.parametrize("suffix", SYNTAX)
def test_packed_file_names_no_time(again: Path, suffix: str) -> None:
    assert (again / f"vesoc.{suffix}.gz").read_bytes()[4:8] == bytes(4)


def test_digest_is_that_of_the_quads(server: httpx2.Client, dumps: dict[str, bytes]) -> None:
    assert hashlib.sha256(dumps["nq"]).hexdigest() == server.get("/health/ready").json()["digest"]


def test_loading_the_dump_and_dumping_it_changes_nothing(dumps: dict[str, bytes]) -> None:
    store = Store()
    store.load(dumps["nq"], format=RdfFormat.N_QUADS)
    for suffix in SYNTAX:
        assert dataset.dump(store, BASE, suffix) == dumps[suffix]


def test_other_data_has_another_digest(dumps: dict[str, bytes]) -> None:
    store = Store()
    store.load(dumps["nq"], format=RdfFormat.N_QUADS)
    node = NamedNode("urn:new")
    store.add(Quad(node, node, node, NamedNode(f"{PREFIXES['graaf']}iab")))
    assert dataset.dump(store, BASE, "nq") != dumps["nq"]


# --- how they are sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SYNTAX)
def test_dump_is_sent_as_it_lies(server: httpx2.Client, suffix: str) -> None:
    head, whole = server.head(path(suffix)), server.get(path(suffix))
    assert whole.headers["content-type"] == "application/gzip"
    # Else a client would unpack it and find that it is not the file of the digest.
    assert "content-encoding" not in whole.headers
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.content))


def test_dump_is_sent_in_parts(server: httpx2.Client) -> None:
    whole = server.get(path("nt"))
    for field in ("if-range", "if-match"):
        part = server.get(path("nt"), headers={"range": "bytes=10-29", field: whole.headers["etag"]})
        assert (part.status_code, part.content) == (206, whole.content[10:30])
    other = server.get(path("nt"), headers={"range": "bytes=10-29", "if-match": '"another"'})
    assert other.status_code == 412


@pytest.mark.parametrize("name", ["vesoc.nq", "vesoc.csv.gz", "..%2Fsocket", "..%2f..%2f..%2fetc%2fpasswd"])
def test_no_other_file_is_sent(server: httpx2.Client, name: str) -> None:
    assert server.get(f"/dumps/{VERSION}/{name}").status_code == 404
