"""Our graph in an engine elsewhere, put there as a push leaves it, and servers that ask there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import httpx2
from conftest import ROOT, START_SECONDS, running, started
from engines import Engine, free_port, oxigraph, virtuoso
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from vesoc import dataset, description, graphs, places, resource, settings, source
from vesoc.builds.manifest import Manifest
from vesoc.dataset import Dataset
from vesoc.library import Library
from vesoc.names import BASE, term
from vesoc.remote import stand
from vesoc.remote.stand import COMPLETE, Stand
from vesoc.settings import Settings

ADDRESS = "https://vesoc.example/"
ENGINES = MappingProxyType({"oxigraph": oxigraph, "virtuoso": virtuoso})
ALL, NONE = "1000000", "0"  # statements that are held in memory


@cache
def graph(address: str = ADDRESS, seconds: float = 20.0) -> Dataset:
    """The VESOC graph as a server at an address builds it whose queries may take so many seconds."""
    found = places.find(ROOT)
    limits = description.limits(Settings(query_timeout=seconds))
    library = Library(found.queries)
    return dataset.build_own(graphs.own_files(found), BASE, address, library=library, limits=limits)


def manifest(data: Dataset, address: str = ADDRESS) -> Manifest:
    """What the build of the data says of itself."""
    named = list(data.store.named_graphs())
    sizes = {node.value: sum(1 for _ in data.store.quads_for_pattern(None, None, None, node)) for node in named}
    sizes[""] = len(data.store) - sum(sizes.values())
    return Manifest(
        made="2026-01-01T00:00:00+00:00",
        software={},
        base=BASE,
        address=address,
        own=True,
        version=dataset.data_version(data.store, BASE),
        digest=data.digest,
        state=data.state,
        triples=data.counts.triples,
        quads=len(data.store),
        graphs=sizes,
        counts=data.counts,
        files=(),
        source=source.digest(places.find(ROOT)),
        kinds=tuple(sorted(resource.kinds(data.store, BASE))),
    )


def others(number: int = 2000) -> tuple[Dataset, Manifest]:
    """A graph of others with so many statements, and what a push tells of it."""
    node, store = NamedNode(f"{BASE}id/graaf/klein"), Store()
    things = (NamedNode(f"{BASE}id/ding/{n}") for n in range(number))
    store.extend(Quad(thing, term("rdfs:label"), Literal(f"ding {at}"), node) for at, thing in enumerate(things))
    data = Dataset(store, BASE, f"{number:064x}", f"{number:064x}")
    told = replace(manifest(graph()), own=False, version=None, counts=None, source=None, kinds=("ding",))
    graphs = {"": number, node.value: number}
    return data, replace(told, digest=data.digest, state=data.state, triples=number, quads=number, graphs=graphs)


def fill(engine: Engine, data: Dataset, told: Stand | None = None) -> None:
    """Put the named graphs into an engine, and the stand that is given or tells that all is there."""
    for node in data.store.named_graphs():
        assert isinstance(node, NamedNode)
        put(engine, node, (quad.triple for quad in data.store.quads_for_pattern(None, None, None, node)))
    tell(engine, told or Stand(COMPLETE, manifest(data)))


def tell(engine: Engine, told: Stand) -> None:
    """Have the engine's stand say something else."""
    put(engine, stand.graph(BASE), [stand.triple(told, BASE)])


def put(engine: Engine, node: NamedNode, triples: Iterator[Triple] | list[Triple]) -> None:
    """A graph by the Graph Store HTTP Protocol, in the ways of Virtuoso where it is that."""
    virtuoso = engine.name == "virtuoso"
    kind = "text/plain" if virtuoso else "application/n-triples"
    body = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    with engine.client() as client:
        named = {"graph-uri" if virtuoso else "graph": node.value}
        answer = client.put(engine.graphs, params=named, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 201, 204), answer.text


@contextmanager
def serving(engine: Engine | None, held: str = ALL, **environment: str) -> Iterator[httpx2.Client]:
    """A server at `ADDRESS` that asks an engine, or has the files in memory."""
    own = {"VESOC_PUBLIC_URL": ADDRESS, "VESOC_QUERY_TIMEOUT": "20", "VESOC_SPARQL_HELD": held, **environment}
    asked = engine.settings if engine else {}
    with running("--no-validate", "--port", str(free_port()), **own, **asked) as client:
        yield client


@contextmanager
def early(engine: Engine) -> Iterator[httpx2.Client]:
    """A server that has nothing to serve yet, as soon as it answers."""
    own = {"VESOC_PUBLIC_URL": ADDRESS, **engine.settings}
    with started("--no-validate", "--port", str(free_port()), **own) as told, httpx2.Client(base_url=told) as client:
        _wait_until_alive(client)
        yield client


def _wait_until_alive(client: httpx2.Client) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(httpx2.TransportError):
            client.get("/health/live")
            return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


@contextmanager
def moved(name: str, environment: dict[str, str]) -> Iterator[str]:
    """A server that tests share, with its data in an engine: oxigraph or virtuoso."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    data = graph(address, settings.read(environment).query_timeout)
    with ENGINES[name]() as engine:
        fill(engine, data, Stand(COMPLETE, manifest(data, address)))
        own = {**environment, "VESOC_PUBLIC_URL": address, **engine.settings}
        with started("--no-validate", "--port", str(port), **own) as told:
            yield told


def names() -> list[str]:
    """The queries of the library."""
    return sorted(path.stem for path in Path(ROOT / "queries").glob("*.rq"))
