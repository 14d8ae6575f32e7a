"""What the tests share: the graph, the texts, and a server as users run it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import TextIO

import httpx2
import pytest

from vesoc import dataset, graphs, places
from vesoc.dataset import Dataset
from vesoc.names import BASE

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
FIRST_PAGES = ("/doc/akkoord/iab.html", "/doc/vindplaats/ahad-1.html", "/doc/instrument/nothing", "/sitemap.xml")
pytest_plugins = ["browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is done in a browser is tried again before it counts as failed: its pages load in their own time."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def graph() -> Dataset:
    """The VESOC graph, built as the server builds it."""
    return dataset.build_own(graphs.own_files(places.find(ROOT)), BASE, "http://127.0.0.1:8000/")


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
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--port", "0", *arguments]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=log, env={**os.environ, **environment})
        try:
            told = _address(process, log)
            with httpx2.Client(base_url=_reached(told, arguments), timeout=60) as client:
                client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # tests that share it stay apart
                _wait_until_ready(client)
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def server() -> Iterator[httpx2.Client]:
    """The server with our graph and a time limit of six seconds a query."""
    with running("--no-validate", VESOC_QUERY_TIMEOUT="6") as client:
        _wait_until_pages_are_quick(client)
        yield client


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
