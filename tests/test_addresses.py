"""Every address that catalogue, VoID, service description, feed, interfaces and sitemap give is here, and answers."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import chain
from queue import SimpleQueue
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import httpx2
import pytest
from rdflib import VOID, Graph, Namespace, URIRef

from vesoc import __version__
from vesoc.names import BASE, PREFIXES

DCAT, TREE = Namespace(PREFIXES["dcat"]), Namespace("https://w3id.org/tree#")
PAGE = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DATA = {"accept": "*/*"}
TOGETHER = 4  # requests at the same time
TRIES = 5
OF_A_KIND = 4  # pages of a kind that are made to see them
SEED = 20261122
# What the header of an answer to HEAD says as that to GET does.
ALIKE = ("content-type", "content-length", "etag", "last-modified", "location", "link", "vary", "cache-control")
Answer = tuple[str, httpx2.Response]


@contextmanager
def clients() -> Iterator[Callable[[tuple[str, str, dict[str, str]]], Answer]]:
    """What asks for an address by a method, from several threads at a time, each with a connection of its own."""
    idle: SimpleQueue[httpx2.Client] = SimpleQueue()
    made = [httpx2.Client(timeout=120) for _ in range(TOGETHER)]
    for client in made:
        idle.put(client)

    def ask(wanted: tuple[str, str, dict[str, str]]) -> Answer:
        method, address, headers = wanted
        client = idle.get()
        try:
            return address, client.request(method, address, headers=headers)
        finally:
            idle.put(client)

    yield ask
    for client in made:
        client.close()


def alike(addresses: list[str], headers: dict[str, str]) -> dict[str, httpx2.Response]:
    """The answers to GET, which those to HEAD are like; each is asked for once before, so that it is made and kept."""
    answers("GET", addresses, headers)
    got, head = (answers(method, addresses, headers) for method in ("GET", "HEAD"))
    for address in addresses:
        assert got[address].status_code == head[address].status_code == 200, address
        assert head[address].content == b""
        for name in ALIKE:
            assert head[address].headers.get(name) == got[address].headers.get(name), (address, name)
    return got


def answers(method: str, addresses: list[str], headers: dict[str, str]) -> dict[str, httpx2.Response]:
    """What each address answers; what takes too long among others on a busy machine is asked for again by itself."""
    with clients() as ask, ThreadPoolExecutor(TOGETHER) as pool:
        found = dict(pool.map(ask, [(method, address, headers) for address in addresses]))
        for _ in range(TRIES):
            late = [address for address, one in found.items() if one.status_code == httpx2.codes.SERVICE_UNAVAILABLE]
            found |= dict(ask((method, address, headers)) for address in late)
    return found


def statuses(addresses: list[str]) -> list[tuple[str, int]]:
    """The statuses by HEAD, over a connection that does no more than that: there are thousands."""
    connection = HTTPConnection(urlsplit(addresses[0]).netloc, timeout=120)

    def status(address: str) -> int:
        for _ in range(TRIES):
            connection.request("HEAD", urlsplit(address).path, headers=DATA)
            with connection.getresponse() as response:
                response.read()
            if response.status != httpx2.codes.SERVICE_UNAVAILABLE:
                break
        return response.status

    with closing(connection):
        return [(address, status(address)) for address in addresses]


def own(server: httpx2.Client) -> str:
    return f"{str(server.base_url).rstrip('/')}/"


def graph(server: httpx2.Client, path: str) -> Graph:
    response = server.get(path, headers={"accept": "text/turtle"})
    assert response.status_code == 200, (path, response.text[:300])
    return Graph().parse(data=response.content, format="turtle", publicID=urljoin(own(server), path))


def named(found: Graph, start: str) -> set[str]:
    """All IRIs in a graph that begin so, as addresses to fetch: without a fragment."""
    nodes = (node for triple in found for node in triple if isinstance(node, URIRef))
    return {str(node).partition("#")[0] for node in nodes if str(node).startswith(start)}


def feed_pages(server: httpx2.Client) -> list[str]:
    """The pages of the feed, by their links from the first one."""
    seen, waiting = set(), [f"{own(server)}ldes"]
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            waiting += [str(node) for node in graph(server, page).objects(None, TREE.node)]
    return sorted(seen)


@pytest.fixture(scope="module")
def told(server: httpx2.Client) -> dict[str, set[str]]:
    """The addresses on this server that each document gives."""
    start = own(server)
    catalogue, void, service = (graph(server, path) for path in ("/catalog.ttl", "/.well-known/void", "/sparql"))
    pages = feed_pages(server)
    feed = {address for page in pages for address in named(graph(server, page), start)}
    interfaces = server.get("/.well-known/api-catalog").json()["linkset"]
    links = {link["href"] for one in interfaces for links in one.values() if isinstance(links, list) for link in links}
    return {
        "catalogue": named(catalogue, start),
        "VoID": named(void, start) - {str(one) for one in void.objects(None, VOID.uriLookupEndpoint)},
        "service description": named(service, start),
        "feed": {*pages, *feed},
        "interfaces": {link for link in links if link.startswith(start)},
        "security and robots": set(re.findall(rf"{re.escape(start)}\S+", server.get("/robots.txt").text)),
    }


DOCUMENTS = ("catalogue", "VoID", "service description", "feed", "interfaces", "security and robots")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_address_answers_by_get_and_head_alike(
    server: httpx2.Client, told: dict[str, set[str]], document: str
) -> None:
    addresses = sorted(told[document])
    assert addresses
    alike(addresses, DATA)


def test_documents_name_what_there_is_to_fetch(server: httpx2.Client, told: dict[str, set[str]]) -> None:
    paths = {document: {urlsplit(address).path for address in addresses} for document, addresses in told.items()}
    assert {"/sparql", "/ldes", f"/dumps/{__version__}/vesoc.nq.gz", f"/dumps/{__version__}/iab.ttl.gz"} <= paths[
        "catalogue"
    ]
    assert {"/sparql", f"/dumps/{__version__}/vesoc.nq.gz", "/opensearch.xml"} <= paths["VoID"]
    assert "/sparql" in paths["service description"]
    assert len(paths["feed"]) >= 3


def test_no_document_leads_to_another_server_of_ours(server: httpx2.Client) -> None:
    """Files, endpoints and pages are fetched here, whatever the names of things begin with."""
    catalogue, void = (graph(server, path) for path in ("/catalog.ttl", "/.well-known/void"))
    fetched = [DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, VOID.dataDump, VOID.sparqlEndpoint]
    addresses = [str(node) for found in (catalogue, void) for name in fetched for node in found.objects(None, name)]
    assert len(addresses) > 30
    assert [one for one in addresses if not one.startswith(own(server))] == []


@pytest.mark.parametrize("document", ["/catalog.ttl", "/.well-known/void"])
def test_names_of_ours_lead_to_their_documents(server: httpx2.Client, document: str) -> None:
    """What has an IRI below the base is asked for below the address: one redirect to a document that is there."""
    found = graph(server, document)
    names = {str(node).partition("#")[0] for triple in found for node in triple if str(node).startswith(f"{BASE}id/")}
    places = {name: own(server) + name.removeprefix(BASE) for name in sorted(names)}
    assert len(places) >= 5
    for name, place in places.items():
        for method in ("GET", "HEAD"):
            redirect = server.request(method, place, headers=DATA)
            assert redirect.status_code == 303, (method, name)
            document_there = server.request(method, urljoin(place, redirect.headers["location"]), headers=DATA)
            assert document_there.status_code == 200, (method, name)


# --- the sitemap ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed(server: httpx2.Client) -> list[str]:
    root = ElementTree.fromstring(server.get("/sitemap.xml").content)
    assert root.tag.endswith("urlset")
    return [str(node.text) for node in root.iter() if node.tag.endswith("loc")]


def kind(address: str) -> str:
    """What pages are of one kind: those of things of one kind, lists, queries, and each other page by itself."""
    first, _, rest = urlsplit(address).path.strip("/").partition("/")
    if first == "doc":
        return f"doc/{rest.partition('/')[0]}" if "/" in rest else "doc"
    return first if rest else f"{first}/"


def test_every_address_of_the_sitemap_is_there_once(server: httpx2.Client, listed: list[str]) -> None:
    """All of them by HEAD, in the form that is quickest to make: 200, and no way to another address."""
    assert len(set(listed)) == len(listed) > 3500
    assert [one for one in listed if not one.startswith(own(server))] == []
    with ThreadPoolExecutor(TOGETHER) as pool:
        found = dict(chain.from_iterable(pool.map(statuses, (listed[start::TOGETHER] for start in range(TOGETHER)))))
    assert found.keys() == set(listed)
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_pages_of_each_kind_are_pages_by_get_and_head_alike(server: httpx2.Client, listed: list[str]) -> None:
    kinds = defaultdict(list)
    for address in listed:
        kinds[kind(address)].append(address)
    chance = random.Random(SEED)
    chosen = [one for name in sorted(kinds) for one in chance.sample(kinds[name], min(OF_A_KIND, len(kinds[name])))]
    assert len(kinds) > 40
    for address, page in alike(chosen, PAGE).items():
        assert page.headers["content-type"] == "text/html; charset=utf-8", address
        assert "</html>" in page.text
