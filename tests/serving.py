"""Servers of ours on ports that are known beforehand, so that they can be stopped, killed and started again there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
from conftest import START_SECONDS

from vesoc.names import BASE


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def few_things(folder: Path, number: int = 300) -> Path:
    """A file of RDF that is loaded in no time."""
    file = folder / "data.ttl"
    things = (
        f"<{BASE}id/ding/{one}> a <http://example.org/C> ; <http://example.org/n> {one} ." for one in range(number)
    )
    file.write_text("\n".join(things), encoding="utf-8")
    return file


def started(port: int, *arguments: str | Path, log: Path | None = None, **environment: str) -> subprocess.Popen[bytes]:
    """A server that may not be ready yet."""
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--port", str(port), *map(str, arguments)]
    with open(log or os.devnull, "ab") as told:
        return subprocess.Popen(command, stderr=told, env={**os.environ, **environment})


def wait_until_ready(port: int) -> None:
    """Wait for the data."""
    wait_until(port, "/health/ready")


def wait_until(port: int, path: str) -> None:
    """Wait for an answer that is no problem."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}{path}").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.02)
    raise AssertionError(f"the server at port {port} did not get ready")


def end(*processes: subprocess.Popen[bytes]) -> None:
    """End servers; those that have ended are left alone."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        process.wait(30)
