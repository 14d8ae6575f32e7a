"""Several web processes at one address: each answers, one that ends is replaced, and all end together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import small
from serving import end, few_things, free_port, started, wait_until_ready

from vesoc import pool, processes
from vesoc.errors import VesocError
from vesoc.processes import _LEAST, _LIVED, _MOST, _Crew, _Member
from vesoc.settings import Settings


def children(process: int) -> set[int]:
    """The processes that a process has started."""
    told = Path(f"/proc/{process}/task/{process}/children")
    return set(map(int, told.read_text(encoding="ascii").split())) if told.exists() else set()


def wait_until(condition: Callable[[], object], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, condition
        time.sleep(0.05)


@dataclass(frozen=True)
class Answer:
    """Which process gave it, of which data, and with which tag."""

    process: str
    digest: str
    tag: str


def asked(port: int, times: int = 24) -> list[Answer]:
    """What new connections are told that are open at the same time, which are dealt out among those that listen."""
    connections = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(times)]
    for connection in connections:
        connection.sendall(b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    return [_read(connection) for connection in connections]


def _read(connection: socket.socket) -> Answer:
    with connection, connection.makefile("rb") as stream:
        head, _, _ = stream.read().partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first == "HTTP/1.1 200 OK"
    fields = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(fields["x-request-id"].partition("-")[0], fields["dataset-digest"], fields["etag"])


def answering(port: int) -> set[str]:
    """The processes that answer."""
    return {answer.process for answer in asked(port)}


@dataclass(frozen=True)
class Two:
    """A server of two processes, both of which answer."""

    first: subprocess.Popen[bytes]
    port: int
    folder: Path


@contextmanager
def running_two(folder: Path) -> Iterator[Two]:
    port = free_port()
    process = started(port, "--data", few_things(folder), "--processes", "2", log=folder / "log")
    try:
        wait_until_ready(port)
        wait_until(lambda: len(answering(port)) == 2)
        yield Two(process, port, folder)
    finally:
        end(process)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with running_two(tmp_path_factory.mktemp("two")) as two:
        yield two


def test_new_data_reaches_all(two: Two) -> None:
    port = two.port
    [before] = {answer.digest for answer in asked(port)}
    with (two.folder / "data.ttl").open("a", encoding="utf-8") as file:
        file.write("<http://example.org/new> a <http://example.org/C> .")
    two.first.send_signal(signal.SIGHUP)
    answers: list[Answer] = []

    def all_new() -> bool:
        last = asked(port)
        answers.extend(last)
        return len({answer.process for answer in last if answer.digest != before}) == 2

    wait_until(all_new)
    assert len({(answer.digest, answer.tag) for answer in answers}) == 2, "a tag is that of the data of its answer"
    assert len(children(two.first.pid)) == 2


def test_process_that_dies_is_replaced(two: Two) -> None:
    port = two.port
    before, names = children(two.first.pid), answering(port)
    assert len(before) == 2
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: killed not in children(two.first.pid))
    assert len(answering(port)) == 1, "the other one goes on"
    wait_until(lambda: len(answering(port)) == 2)
    assert len(answering(port) & names) == 1
    assert len(children(two.first.pid) - {killed}) == 2
    assert '"code": -9' in (two.folder / "log").read_text(encoding="utf-8")


def test_all_end_together(two: Two) -> None:
    own = children(two.first.pid)
    two.first.send_signal(signal.SIGTERM)
    assert two.first.wait(20) == -signal.SIGTERM
    assert not any(Path(f"/proc/{process}").exists() for process in own)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", two.port))


def test_none_outlives_the_one_that_started_them(tmp_path: Path) -> None:
    with running_two(tmp_path) as two:
        own = children(two.first.pid)
        two.first.kill()
        two.first.wait()
        wait_until(lambda: not any(Path(f"/proc/{process}").exists() for process in own), 15)


def test_server_that_cannot_start_says_so(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    process = started(free_port(), "--data", tmp_path / "bad.ttl", "--processes", "2", log=tmp_path / "log")
    assert process.wait(60) == 2
    told = (tmp_path / "log").read_text(encoding="utf-8")
    assert "bad.ttl" in told
    assert told.splitlines()[-1] == "vesoc: none of the processes can start; each has told why"
    assert "Traceback" not in told


def test_process_that_starts_again_checks_what_it_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def launched(chosen: Settings, ordered: dict[str, Any], *_: object, **__: object) -> None:
        told.append(ordered["validate"])
        raise VesocError("this far and no further")

    monkeypatch.setattr(pool, "Snapshot", launched)
    root = small.root(tmp_path)
    for validate, again in ((True, False), (True, True), (False, True)):
        with pytest.raises(VesocError, match="no further"):
            pool.Pool(Settings(), pool.Orders(root, validate=validate, again=again))
    assert told == [False, True, False]


def test_process_that_ends_before_it_has_its_orders_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.sys, "executable", shutil.which("true"))
    more_than_a_pipe_holds = tuple(Path(f"/{number}") for number in range(20_000))
    crew = _Crew(Settings(processes=2), pool.Orders(None, more_than_a_pipe_holds))
    crew._start()
    for member in crew._members:
        wait_until(member.ended)
        assert (member.code, member.wait) == (0, 2 * _LEAST)


def test_process_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.sys, "executable", "/there/is/nothing")
    crew = _Crew(Settings(processes=2), pool.Orders(None))
    crew._start()
    assert [(member.process, member.wait) for member in crew._members] == [(None, 2 * _LEAST)] * 2
    assert 0 < crew._next() - time.monotonic() <= 2 * _LEAST


def test_wait_grows_with_each_early_end() -> None:
    member = _Member()
    waits = []
    for lived in (*[0.0] * 8, _LIVED + 1, 0.0):
        member.process = subprocess.Popen(["true"])
        member.process.wait()
        member.since = time.monotonic() - lived
        assert member.ended()
        assert not member.ended()
        waits.append(member.wait)
    assert waits[:3] == [2 * _LEAST, 4 * _LEAST, 8 * _LEAST]
    assert waits[7:] == [_MOST, _LEAST, 2 * _LEAST]
