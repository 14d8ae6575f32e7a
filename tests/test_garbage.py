"""What a request or a connection leaves in the web process: nothing that only a search for garbage would find.

Among objects that have become old there is hardly ever such a search, so that what is left would pile up for hours.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from conftest import running
from test_limits import wait_until

# Read by Python when it starts: a server stops looking for garbage at one signal, and tells at the other what there is.
SITE = """
import gc, json, os, signal
from collections import Counter
from pathlib import Path

def stop(*_):
    gc.collect()
    gc.disable()

def tell(*_):
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    told = Counter(type(one).__qualname__ for one in gc.garbage)
    gc.set_debug(0)
    gc.garbage.clear()
    Path(FOLDER, "part").write_text(json.dumps(told))
    Path(FOLDER, "part").rename(Path(FOLDER, "told"))

if b"vesoc.cli" in Path("/proc/self/cmdline").read_bytes():
    signal.signal(signal.SIGUSR1, stop)
    signal.signal(signal.SIGUSR2, tell)
    Path(FOLDER, "process").write_text(str(os.getpid()))
"""
DATA = "".join(f"<urn:s{number}> <urn:p> {number} .\n" for number in range(300))
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


class Server:
    """One whose garbage can be counted."""

    def __init__(self, client: httpx2.Client, folder: Path) -> None:
        self.client = client
        self._folder = folder
        self._process = int((folder / "process").read_text())

    def stop_looking(self) -> None:
        """No search for garbage from now on."""
        os.kill(self._process, signal.SIGUSR1)
        time.sleep(0.2)

    def garbage(self) -> dict[str, int]:
        """What has been left since then, by type."""
        told = self._folder / "told"
        told.unlink(missing_ok=True)
        os.kill(self._process, signal.SIGUSR2)
        assert wait_until(told.exists, 20)
        found: dict[str, int] = json.loads(told.read_text())
        return found

    def leave(self, query: str, seconds: float) -> None:
        """Ask, and hang up after a while."""
        with socket.create_connection((self.client.base_url.host, self.client.base_url.port)) as connection:
            target = f"/sparql?query={quote(query)}"
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            time.sleep(seconds)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("garbage")
    (folder / "sitecustomize.py").write_text(f"FOLDER = {str(folder)!r}\n{SITE}")
    (folder / "data.ttl").write_text(DATA)
    paths = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    with running("--data", str(folder / "data.ttl"), PYTHONPATH=paths, VESOC_QUERY_TIMEOUT="2") as client:
        yield Server(client, folder)


def ask(server: Server, kind: str, number: int) -> None:
    """One request of a kind."""
    client = server.client
    query = {"query": f"ASK {{ ?s ?p {number} }}"}
    match kind:
        case "new query":
            client.get("/sparql", params=query)
        case "same query":
            client.get("/sparql", params={"query": "ASK { ?s ?p 1 }"})
        case "connection of its own":
            httpx2.get(f"{client.base_url}/sparql", params=query)
        case "POST":
            client.post("/sparql", data=query)
        case "bad query":
            client.get("/sparql", params={"query": f"ASK {{ {number}"})
        case "stopped query":
            client.get("/sparql", params={"query": f"{RUNAWAY} # {number}"})
        case "client that leaves":
            server.leave(f"{RUNAWAY} # {number}", 0.2)
        case "client that leaves at once":
            server.leave(f"{EVERYTHING} # {number}", 0)
        case "page":
            client.get("/", headers={"Accept": "text/html"}, params={"lang": "en", "number": str(number)})
        case "nothing there":
            client.get(f"/nothing/{number}")


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        ("new query", 50),
        ("same query", 50),
        ("connection of its own", 20),
        ("POST", 20),
        ("bad query", 20),
        ("stopped query", 2),
        ("client that leaves", 5),
        ("client that leaves at once", 20),
        ("page", 20),
        ("nothing there", 20),
    ],
)
def test_nothing_is_left(server: Server, kind: str, times: int) -> None:
    for number in range(3):  # what the first of a kind makes stays for the others
        ask(server, kind, number)
    time.sleep(0.5)
    server.stop_looking()
    for number in range(10, 10 + times):
        ask(server, kind, number)
    time.sleep(1)  # lines of the log wait for a moment, and a worker that was stopped is replaced
    found = server.garbage()
    assert sum(found.values()) < times, str(found)
