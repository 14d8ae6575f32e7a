"""Load from many clients, made by wrk: one thread of C, so that the cores are left to the server."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time_ns

from benchmarks.mix import Query
from benchmarks.peers import Server

CLIENTS = 8

_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Request:
    """What one client sends; `tag` goes into If-None-Match."""

    accept: str
    target: str
    tag: str = "-"


@dataclass(frozen=True)
class Load:
    """What came back in one burst; times in milliseconds, `refused` are statuses of 400 and more."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p95: float
    p99: float
    refused: int
    broken: int

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return max(self.requests - self.refused, 0) / self.seconds

    @property
    def errors(self) -> int:
        """All that was not answered as it should."""
        return self.refused + self.broken


def cold(server: Server, queries: Iterable[Query]) -> list[Request]:
    """Requests that differ each time."""
    return [Request(query.accept, server.target(query.template)) for query in queries]


def repeated(server: Server, queries: Iterable[Query]) -> list[Request]:
    """Requests that are always the same."""
    return [Request(query.accept, server.target(query.fixed())) for query in queries]


def run(server: Server, requests: list[Request], seconds: float, agreements: int, clients: int = CLIENTS) -> Load:
    """Send them in turn, each client as fast as it is answered."""
    with NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{request.accept}\t{request.tag}\t{request.target}\n" for request in requests)
        file.flush()
        return _wrk(server, file.name, seconds, agreements, clients)


def _wrk(server: Server, file: str, seconds: float, agreements: int, clients: int) -> Load:
    if not shutil.which("wrk"):
        raise SystemExit("wrk, which makes the load, is not installed here; it is a package of Debian")
    # Lua numbers hold 53 bits: a clock in microseconds fits, one in nanoseconds does not.
    arguments = [file, str(time_ns() // 1000), str(agreements)]
    options = ["--threads", "1", "--connections", str(clients), "--duration", f"{max(round(seconds), 1)}s"]
    command = ["wrk", *options, "--timeout", "60s", "--script", str(_SCRIPT), f"http://127.0.0.1:{server.port}"]
    printed = subprocess.run([*command, "--", *arguments], capture_output=True, text=True, check=True).stdout
    return Load(**json.loads(printed.splitlines()[-1]))


def tags(server: Server, queries: Iterable[Query]) -> list[Request]:
    """Requests that hold what the server gave before; empty when it gives no entity tags."""
    connection = server.connect()
    found = []
    for query in queries:
        answer = connection.get(server.target(query.fixed()), query.accept)
        if tag := answer.headers.get("etag"):
            found.append(Request(query.accept, server.target(query.fixed()), tag))
    connection.close()
    return found


def not_modified(server: Server, requests: Iterable[Request]) -> bool:
    """Whether each of them is told 304."""
    connection = server.connect()
    return all(
        connection.get(request.target, request.accept, If_None_Match=request.tag).status == 304 for request in requests
    )
