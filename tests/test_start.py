"""What a server does before its first answer, and what it leaves for later."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import httpx2
import pytest
from command import vesoc
from serving import end, few_things, free_port, started, wait_until
from typer.main import get_command

from vesoc import spare, wire
from vesoc.cli import app

COMMANDS = Path(import_module("vesoc.commands").__path__[0])
ANSWERING = """
import sys, time
from vesoc.worker import Worker

def slow(request, reply):
    print("begun", flush=True)
    time.sleep(0.3)
    reply.start({"status": 200})
    reply.write(b"whole")

Worker(sys.argv[1], {"slow": slow}.__getitem__, 256, confined=True).run()
"""


def imported(*modules: str) -> set[str]:
    """All that Python has imported after these modules."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize(
    ("modules", "later"),
    [
        (["vesoc.cli", "vesoc.commands.serving"], {"rich", "uvicorn", "starlette", "vesoc.dataset"}),
        (["vesoc.server", "vesoc.front"], {"fastapi", "pydantic", "jinja2", "rdflib", "vesoc.pages", "vesoc.openapi"}),
        (["vesoc.engine"], {"asyncio", "jinja2", "rdflib", "tantivy", "vesoc.pages", "vesoc.overviews"}),
    ],
)
def test_server_begins_without_what_no_query_needs(modules: list[str], later: set[str]) -> None:
    assert imported(*modules) & later == set()


def test_every_command_is_listed() -> None:
    modules = [import_module(f"vesoc.commands.{path.stem}") for path in COMMANDS.glob("*.py")]
    found = [get_command(module.app) for module in modules if hasattr(module, "app")]
    names = {name for one in found for name in (getattr(one, "commands", None) or [one.name])}
    assert names == set(get_command(app).commands)  # type: ignore[attr-defined]


def test_engine_that_waits_is_given_once() -> None:
    given = spare.Spare()
    first, second = given(), given()
    given.end()
    for process in (first, second):
        assert process.poll() is None, "it is its taker's to end"
        process.communicate()
        assert process.returncode == 0, "without orders it ends by itself"
    assert first.pid != second.pid


def test_engine_that_nobody_wants_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    real = spare.started
    monkeypatch.setattr(spare, "started", lambda: begun.append(real()) or begun[-1])
    assert vesoc("serve", "--data", "missing.ttl").returncode == 2
    assert vesoc("serve", "--port", "many").returncode == 2
    assert vesoc("serve", "--help").returncode == 0
    assert [process.returncode for process in begun] == [-signal.SIGKILL] * 2


def test_worker_that_is_told_to_leave_ends_its_answer_first(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        command = [sys.executable, "-c", ANSWERING, path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, listener.accept()[0] as asker:
            parser = wire.Parser()
            assert wire.receive(asker, parser)[0] == wire.HELLO
            asker.sendall(wire.pack_json(wire.REQUEST, {"operation": "slow", "seconds": 10}))
            assert process.stdout
            assert process.stdout.readline() == "begun\n"
            os.kill(process.pid, signal.SIGTERM)
            told = b""
            with contextlib.suppress(EOFError):
                while True:
                    told += wire.receive(asker, parser)[1]
            assert told.endswith(b"whole")
            assert process.wait(10) == 0


def test_what_pages_of_others_data_need_is_made_ready_when_somebody_asks_for_more_than_queries(tmp_path: Path) -> None:
    port = free_port()
    process = started(port, "--no-validate", "--data", few_things(tmp_path))
    try:
        wait_until(port, "/sparql?query=ASK%7B%7D")
        time.sleep(1.5)  # longer than anything waits for leisure
        before = tree(process)
        assert [one for one in before if has(one, b"markupsafe") or has(one, b"tantivy")] == []
        wait_until(port, "/health/ready")
        assert has(process.pid, b"markupsafe")
        until = time.monotonic() + 30
        while not all(has(one, b"tantivy") for one in tree(process)[1:]) and time.monotonic() < until:
            time.sleep(0.05)
        assert set(tree(process)) & set(before) == set(before[:2]), "all workers are others"
        assert httpx2.get(f"http://127.0.0.1:{port}/").status_code == httpx2.codes.OK
    finally:
        end(process)


def tree(process: subprocess.Popen[bytes]) -> list[int]:
    """The web process, its engine and the workers."""
    engine = children(process.pid)
    return [process.pid, *engine, *children(*engine)]


def children(*parents: int) -> list[int]:
    found = [Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split() for one in parents]
    return [int(child) for some in found for child in some]


def has(process: int, library: bytes) -> bool:
    """Whether a process has loaded a library; one that is gone has none."""
    try:
        return library in Path(f"/proc/{process}/maps").read_bytes()
    except OSError:
        return False
