"""The server under test: started as users do, watched from outside, and ended with all that it started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from benchmarks import processes

FOLDER = Path("build/soak")
START_SECONDS = 120
STOP_SECONDS = 30
_PROC = Path("/proc")
_ADDRESS = re.compile(r"will be at http://[^:/]+:(\d+)/")


class Broken(Exception):
    """The run cannot begin or go on; the text says why."""


@dataclass
class Server:
    """A server of ours: its process, the file that takes its log, and its port."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int = 0

    @property
    def web(self) -> int:
        """The process that speaks HTTP."""
        return self.process.pid

    @property
    def engine(self) -> int:
        """The process that holds the data; 0 where there is none."""
        return next((pid for pid in _children(self.web) if b"vesoc.engine" in _read(pid, "cmdline")), 0)

    @property
    def workers(self) -> list[int]:
        """The processes that answer queries."""
        return _children(self.engine) if self.engine else []

    @property
    def alive(self) -> bool:
        """Whether the web process runs."""
        return self.process.poll() is None

    def ready(self) -> bool:
        """Whether it says that the data are loaded."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with suppress(OSError, HTTPException):
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        return False

    def footprint(self) -> Footprint:
        """What all its processes take now."""
        pids = processes.tree(self.web)
        stay = (self.web, self.engine)
        web, engine = map(processes.pss, stay)
        return Footprint(sum(map(processes.pss, pids)), web, engine, sum(map(_descriptors, stay)), len(pids))


@dataclass(frozen=True)
class Footprint:
    """MiB as PSS of the whole tree and of the two processes that stay, their open files, and how many run in all."""

    mebibytes: float
    web: float
    engine: float
    descriptors: int
    processes: int


@contextmanager
def running(name: str, *arguments: str, **environment: str) -> Iterator[Server]:
    """A server that is ready, on a free port; its log goes to build/soak/NAME.log."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.log"
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--no-validate", "--port", "0", *arguments]
    with path.open("wb") as log:
        started = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, **environment})
    server = Server(started, path)
    try:
        _wait(server)
        yield server
    finally:
        _stop(server)


def _wait(server: Server) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until and server.alive:
        if found := _ADDRESS.search(server.log.read_text(errors="replace")):
            server.port = int(found[1])
            if server.ready():
                return
        sleep(0.1)
    raise Broken(f"the server did not start; its log is {server.log}")


def _stop(server: Server) -> None:
    pids = processes.tree(server.web) if server.alive else []
    server.process.send_signal(signal.SIGINT)
    try:
        server.process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
        raise Broken("the server did not end when it was told to") from None
    sleep(1)
    if left := [pid for pid in pids if _state(pid) not in ("", "Z")]:
        raise Broken(f"processes outlived the server: {left}")


def _children(parent: int) -> list[int]:
    return [pid for pid in processes.tree(parent)[1:] if _parent(pid) == parent and _state(pid) != "Z"]


def _stat(pid: int) -> list[str]:
    return _read(pid, "stat").decode(errors="replace").rpartition(")")[2].split()


def _state(pid: int) -> str:
    return next(iter(_stat(pid)), "")


def _parent(pid: int) -> int:
    return int((_stat(pid) or ["", "0"])[1])


def _descriptors(pid: int) -> int:
    with suppress(OSError):
        return len(os.listdir(_PROC / str(pid) / "fd"))
    return 0


def _read(pid: int, name: str) -> bytes:
    with suppress(OSError):
        return (_PROC / str(pid) / name).read_bytes()
    return b""
