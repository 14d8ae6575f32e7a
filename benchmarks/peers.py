"""Servers to measure, ours among them: how each is started, filled, asked whether it is ready, and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

from benchmarks import mix, processes, virtuoso
from benchmarks.connection import Connection, Cut
from benchmarks.rig import PEERS, Rig

PATIENCE = 900.0
# Processor seconds in a second below which nothing is going on.
REST = 0.05
READY = "ASK { <https://w3id.org/vesoc-kg/id/akkoord/a1> ?property ?value }"
TITLES = {
    "vesoc": "vesoc",
    "ox": "Oxigraph server, memory",
    "oxdisk": "Oxigraph server, disk",
    "rdflib": "rdflib-endpoint",
    "virtuoso": "Virtuoso",
}


@dataclass
class Server:
    """A server that was started here; `seconds` went by until its first right answer."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str
    seconds: float = 0.0

    def connect(self, timeout: float = 120.0) -> Connection:
        """A keep-alive connection of its own."""
        return Connection(self.port, timeout)

    def target(self, text: str) -> str:
        """The address of that query, without the host."""
        return mix.target(self.path, text)

    @property
    def alive(self) -> bool:
        """Whether the process we started still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End the session that was opened for it, which holds nothing else."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            _signal(self.process, sign)
            try:
                self.process.wait(20)
                break
            except subprocess.TimeoutExpired:
                continue
        _signal(self.process, signal.SIGKILL)


@dataclass(frozen=True)
class Plan:
    """How to start one kind of server: its arguments, and what has to be done once it listens."""

    command: list[str]
    path: str = "/query"
    environment: Mapping[str, str] = field(default_factory=dict)
    fill: Callable[[int], None] | None = None
    folder: Path | None = None


@contextmanager
def running(
    rig: Rig,
    name: str,
    *,
    limit: int | None = None,
    memory: int | None = None,
    environment: Mapping[str, str] | None = None,
    settle: bool = True,
) -> Iterator[Server]:
    """A server with the data in it, at rest; `limit` is seconds for one query, `memory` MiB for the whole of a peer."""
    with TemporaryDirectory(prefix="bench-") as folder:
        port = _free_port()
        plan = _PLANS[name](rig, port, Path(folder), limit)
        server = _started(name, plan, port, environment or {}, memory if name != "vesoc" else None)
        try:
            _wait(server, plan)
            if settle:
                settled(server)
            yield server
        finally:
            server.stop()


@contextmanager
def started(name: str, plan: Callable[[int], Plan], environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server that finds its data ready; `plan` is told the port."""
    port = _free_port()
    server = _started(name, plan(port), port, environment or {}, None)
    try:
        _wait(server, plan(port))
        yield server
    finally:
        server.stop()


@contextmanager
def all_running(rig: Rig, names: list[str], limit: int | None = None) -> Iterator[dict[str, Server]]:
    """Several at the same time; those that are not asked just then are at rest."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(running(rig, name, limit=limit)) for name in names}


def _started(name: str, plan: Plan, port: int, environment: Mapping[str, str], memory: int | None) -> Server:
    bound = ["prlimit", f"--as={memory << 20}", "--"] if memory else []
    process = subprocess.Popen(
        [*bound, *plan.command],
        cwd=plan.folder,
        env={**os.environ, **plan.environment, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Server(name, process, port, plan.path, perf_counter())


def _wait(server: Server, plan: Plan) -> None:
    """Fill it as soon as it listens, and ask until the answer is right."""
    if plan.fill:
        _until(server, lambda: _listens(server.port))
        plan.fill(server.port)
    _until(server, lambda: _answers(server))
    server.seconds = perf_counter() - server.seconds


def _until(server: Server, holds: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not holds():
        if not server.alive or monotonic() > end:
            raise SystemExit(f"{server.name}: did not start")
        sleep(0.005)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _answers(server: Server) -> bool:
    connection = server.connect(60)
    try:
        answer = connection.get(server.target(READY), mix.JSON)
    except (Cut, OSError):
        return False
    finally:
        connection.close()
    return answer.status == 200 and b"true" in answer.body


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _signal(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign)


def _vesoc(rig: Rig, port: int, folder: Path, limit: int | None) -> Plan:
    command = [str(rig.vesoc), "serve", "--no-validate", "--data", str(rig.data.path)]
    bound = {"VESOC_QUERY_TIMEOUT": str(limit)} if limit else {}
    return Plan([*command, "--host", "127.0.0.1", "--port", str(port)], "/sparql", bound)


def _ox(rig: Rig, port: int, folder: Path, limit: int | None) -> Plan:
    bound = ["--timeout-s", str(limit)] if limit else []
    command = [str(PEERS / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}", *bound]
    return Plan(command, fill=lambda port: _send(port, rig.data.path))


def _oxdisk(rig: Rig, port: int, folder: Path, limit: int | None) -> Plan:
    memory = _ox(rig, port, folder, limit)
    return Plan([*memory.command, "--location", str(folder)], fill=memory.fill)


def _rdflib(rig: Rig, port: int, folder: Path, limit: int | None) -> Plan:
    command = [str(PEERS / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    return Plan([*command, str(rig.data.path)], "/")


def _virtuoso(rig: Rig, port: int, folder: Path, limit: int | None) -> Plan:
    second = _free_port()
    command = virtuoso.prepared(folder, port, second, rig.data.path)
    path = f"/sparql?default-graph-uri={virtuoso.GRAPH}"
    return Plan(command, path, fill=lambda _: virtuoso.fill(second, rig.data.path), folder=folder)


_PLANS: dict[str, Callable[[Rig, int, Path, int | None], Plan]] = {
    "vesoc": _vesoc,
    "ox": _ox,
    "oxdisk": _oxdisk,
    "rdflib": _rdflib,
    "virtuoso": _virtuoso,
}


def _send(port: int, file: Path) -> None:
    """Fill an Oxigraph server over its own door for data."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with file.open("rb") as body:
        headers = {"Content-Type": "application/n-triples", "Content-Length": str(file.stat().st_size)}
        connection.request("POST", "/store?default", body, headers)
        status = connection.getresponse().status
    connection.close()
    if status >= 300:
        raise SystemExit(f"the Oxigraph server took no data: {status}")


def settled(server: Server) -> float:
    """Wait until the tree is at rest, since a server may go on preparing; MiB at the highest meanwhile."""
    root, peak, end = server.process.pid, 0.0, monotonic() + PATIENCE
    while monotonic() < end:
        before = processes.processor_seconds(root)
        sleep(1)
        peak = max(peak, processes.memory(root))
        if processes.processor_seconds(root) - before < REST:
            break
    return peak
