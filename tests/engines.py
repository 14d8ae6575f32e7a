"""SPARQL engines of others, started for a test on free ports of this computer, and ended by it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import pytest
from benchmarks import virtuoso as setup

START_SECONDS = 60
ASK = "ASK { ?s ?p ?o }"
USER, PASSWORD = "vesoc", "a secret: 1"
_BUFFERS = 8000  # of 8 KiB
# A user that may change data over HTTP, and see all of it.
_RIGHTS = f"""DB.DBA.USER_CREATE('{USER}', '{PASSWORD}'); GRANT SPARQL_UPDATE TO "{USER}";"""


@dataclass(frozen=True)
class Engine:
    """A running engine: where it is asked, changed, and where its graphs are, and who may change it."""

    name: str
    query: str
    update: str
    graphs: str
    user: str | None = None
    password: str | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The settings that point the commands at it."""
        given = {
            "VESOC_SPARQL_URL": self.query,
            "VESOC_SPARQL_UPDATE": self.update,
            "VESOC_SPARQL_GRAPHS": self.graphs,
            "VESOC_SPARQL_USER": self.user,
            "VESOC_SPARQL_PASSWORD": self.password,
        }
        return {name: value for name, value in given.items() if value}

    def client(self) -> httpx2.Client:
        """A client with the rights of its user."""
        auth = httpx2.DigestAuth(self.user, self.password) if self.user and self.password else None
        return httpx2.Client(auth=auth, timeout=60)


@contextmanager
def oxigraph(*arguments: str, port: int | None = None) -> Iterator[Engine]:
    """The Oxigraph server, in memory by default; the test is skipped where it is not installed."""
    command = Path(sys.executable).parent / "oxigraph"
    if not command.is_file():
        pytest.skip("the Oxigraph server is not here: install the package oxigraph beside Python")
    address = f"127.0.0.1:{port or free_port()}"
    root = f"http://{address}"
    with _running([str(command), "serve", "--bind", address, *arguments], f"{root}/query"):
        yield Engine("oxigraph", f"{root}/query", f"{root}/update", f"{root}/store")


@contextmanager
def virtuoso(buffers: int = _BUFFERS, **parameters: int) -> Iterator[Engine]:
    """Virtuoso from its Debian package; the test is skipped where it is not installed.

    `buffers` are pages of 8 KiB in memory; `parameters` go into its configuration.
    """
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not here: install the Debian package virtuoso-opensource-7-bin")
    with TemporaryDirectory(prefix="virtuoso-") as folder:
        http, sql = free_port(), free_port()
        command = setup.prepared(Path(folder), http, sql, Path(folder) / "data", buffers=buffers, **parameters)
        root = f"http://127.0.0.1:{http}"
        with _running(command, f"{root}/sparql", Path(folder)):
            setup.execute(sql, _RIGHTS)
            yield Engine(
                "virtuoso", f"{root}/sparql", f"{root}/sparql-auth", f"{root}/sparql-graph-crud-auth", USER, PASSWORD
            )


@contextmanager
def _running(command: list[str], address: str, folder: Path | None = None) -> Iterator[None]:
    """A process until the end of the block, from when it answers a query."""
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, address)
        yield
    finally:
        process.kill()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(address, params={"query": ASK}).status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.02)
    raise AssertionError(f"{process.args} did not start")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
