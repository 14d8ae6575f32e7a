"""What the tests share: the graph, the texts, and a server as users run it."""

from __future__ import annotations

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, TextIO

import httpx2
import pytest

from vesoc import dataset, graphs, places
from vesoc.dataset import Dataset
from vesoc.names import BASE

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
PUBLISHED_SECONDS = 300
OPERATOR = {
    "VESOC_PUBLISHER": "https://data.vlaanderen.be/id/organisatie/OVO000001",
    "VESOC_PUBLISHER_NAME": "Departement Voorbeeld",
    "VESOC_CONTACT": "vesoc@example.org",
}
FIRST_PAGES = ("/doc/akkoord/iab.html", "/doc/vindplaats/ahad-1.html", "/doc/instrument/nothing", "/sitemap.xml")
pytest_plugins = ["browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is done in a browser is tried again before it counts as failed: its pages load in their own time."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_collection_finish() -> None:
    """Ten thousand tests stay until the end: a search for garbage need not go through them."""
    gc.collect()
    gc.freeze()


@cache
def whole_graph() -> Dataset:
    """The VESOC graph, built as the server builds it."""
    return dataset.build_own(graphs.own_files(places.find(ROOT)), BASE, "http://127.0.0.1:8000/")


@pytest.fixture(scope="session")
def graph() -> Dataset:
    """The VESOC graph, which tests leave as it is."""
    return whole_graph()


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder with the source texts; tests that need them are skipped without."""
    folder = os.environ.get("VESOC_SOURCES")
    if not folder:
        pytest.skip("the source texts are not here: set VESOC_SOURCES to their folder")
    return Path(folder)


@pytest.fixture(scope="session")
def vocabularies(sources: Path) -> Path:
    """The folder with vocabularies and shapes of others, beside the texts; tests that need them are skipped without."""
    folder = sources.parent / "vocab"
    if not folder.is_dir():
        pytest.skip(f"the vocabularies of others are not here: they would be in {folder}")
    return folder


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[httpx2.Client]:
    """A server in a process of its own on a free port, as a client that talks to it."""
    with started(*arguments, **environment) as address, talking(address) as client:
        yield client


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[str]:
    """The address of a server in a process of its own, which may not be ready yet."""
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--port", "0", *arguments]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=log, env={**os.environ, **environment})
        try:
            yield _reached(_address(process, log), arguments)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@contextmanager
def talking(address: str) -> Iterator[httpx2.Client]:
    """A client of a server, once that is ready."""
    with httpx2.Client(base_url=address, timeout=60) as client:
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # tests that share it stay apart
        _wait_until_ready(client)
        yield client


def usual() -> AbstractContextManager[str]:
    """A server with our graph and a time limit of six seconds a query."""
    settings = {"VESOC_QUERY_TIMEOUT": "6"}
    return _moved(settings) or started("--no-validate", **settings)


def harvestable() -> AbstractContextManager[str]:
    """A server whose operator has set all that harvest needs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = started("--no-validate", "--port", str(port), VESOC_PUBLIC_URL=f"http://127.0.0.1:{port}/", **OPERATOR)
    return _moved(OPERATOR) or own


def _moved(settings: dict[str, str]) -> AbstractContextManager[str] | None:
    """The same with its data in an engine elsewhere, where VESOC_TEST_ENGINE names one: oxigraph or virtuoso."""
    if engine := os.environ.get("VESOC_TEST_ENGINE"):
        import remotes

        return remotes.moved(engine, settings)
    return None


# One of each for all tests; where these run in several processes, whoever starts those starts the servers first.
SERVERS: dict[str, Callable[[], AbstractContextManager[str]]] = {"usual": usual, "harvestable": harvestable}
ADDRESSES = pytest.StashKey[dict[str, str]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        servers = ExitStack()
        config.add_cleanup(servers.close)
        config.stash[ADDRESSES] = {name: servers.enter_context(start()) for name, start in SERVERS.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["servers"] = node.config.stash[ADDRESSES]


@contextmanager
def shared(config: pytest.Config, name: str) -> Iterator[httpx2.Client]:
    """A client of the one server of that name."""
    given = getattr(config, "workerinput", {}).get("servers")
    with ExitStack() as own, talking(given[name] if given else own.enter_context(SERVERS[name]())) as client:
        yield client


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[httpx2.Client]:
    """The server with our graph and a time limit of six seconds a query."""
    with shared(pytestconfig, "usual") as client:
        _wait_until_pages_are_quick(client)
        yield client


@pytest.fixture(scope="session")
def ready(pytestconfig: pytest.Config) -> Iterator[httpx2.Client]:
    """A server that is ready for harvest and has made its documents."""
    with shared(pytestconfig, "harvestable") as client:
        wait_until_published(client)
        yield client


def wait_until_published(client: httpx2.Client) -> None:
    """The catalogue and what is published with it are made last."""
    until = time.monotonic() + PUBLISHED_SECONDS
    while client.get("/catalog.ttl").status_code == httpx2.codes.SERVICE_UNAVAILABLE:
        assert time.monotonic() < until, "the documents take too long"


def _wait_until_pages_are_quick(client: httpx2.Client) -> None:
    """The first pages make what later ones use, which takes a busy machine longer than the limit of time allows."""
    until = time.monotonic() + START_SECONDS
    for path in FIRST_PAGES:
        while client.get(path).status_code == httpx2.codes.SERVICE_UNAVAILABLE:
            assert time.monotonic() < until, f"{path} takes too long"


def _reached(told: str, arguments: tuple[str, ...]) -> str:
    """Where the server is reached: by the port that it was given where what it tells is a public address."""
    if "localhost" in told or "127.0.0.1" in told:
        return told
    return f"http://127.0.0.1:{arguments[arguments.index('--port') + 1]}/"


def _address(process: subprocess.Popen[bytes], log: TextIO) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"will be at (\S+)", _read(log)):
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {_read(log)}")


def _read(log: TextIO) -> str:
    log.seek(0)
    return log.read()


def _wait_until_ready(client: httpx2.Client) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if client.get("/health/ready").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server did not get ready")
