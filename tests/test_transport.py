"""What no connection may do: flood, dawdle, crowd out others, or hold an answer that it never reads."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn

from vesoc.transport import LEAVING, PIPELINE, bounded

MIB = 1024 * 1024
HEADERS, SECONDS, CONNECTIONS, STALL = 16 * 1024, 0.25, 8, 0.15
GET = b"GET /small HTTP/1.1\r\nHost: here\r\n\r\n"


@dataclass
class App:
    """A tiny application; it counts what it has finished."""

    ended: list[str] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self._answer(scope, receive, send)
        finally:
            self.ended.append(scope["path"])

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        if path == "/slow":
            await asyncio.sleep(0.2)
        if path == "/body":
            await self._read(receive)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if path in ("/large", "/broken"):
            await send({"type": "http.response.body", "body": bytes(32 * MIB), "more_body": True})
        elif path == "/long":
            for _ in range(64):
                await send({"type": "http.response.body", "body": bytes(MIB), "more_body": True})
        if path != "/broken":
            await send({"type": "http.response.body", "body": path.encode()})

    async def _read(self, receive: Any) -> None:
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ConnectionError
            size, more = size + len(message["body"]), message["more_body"]
        self.bodies.append(size)


@dataclass
class Running:
    """A server on a port of its own."""

    app: App
    server: uvicorn.Server
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def connections(self) -> int:
        return len(self.server.server_state.connections)


@contextlib.contextmanager
def running(timeout_graceful_shutdown: int | None = 1, **limits: Any) -> Iterator[Running]:
    app = App()
    values = {"headers": HEADERS, "header_seconds": SECONDS, "connections": CONNECTIONS, "stall_seconds": STALL}
    config = uvicorn.Config(
        app,
        http=bounded(**{**values, **limits}),
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=timeout_graceful_shutdown,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert wait_until(lambda: server.started)
        yield Running(app, server, listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    with running() as server:
        yield server


@pytest.fixture
def server(shared: Running) -> Running:
    """The shared server, empty again."""
    assert wait_until(lambda: not shared.connections())
    shared.app.ended.clear()
    shared.app.bodies.clear()
    return shared


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def wait_until(condition: Callable[[], bool], seconds: float = 4) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def read_all(client: socket.socket) -> bytes:
    parts = []
    while part := client.recv(MIB):
        parts.append(part)
    return b"".join(parts)


def read_one(client: socket.socket) -> bytes:
    """The bytes up to the end of one chunked answer."""
    data = b""
    while b"\r\n0\r\n\r\n" not in data:
        part = client.recv(MIB)
        assert part
        data += part
    return data


def parse(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), headers, body)


def exchange(server: Running, *parts: bytes) -> bytes:
    """All that the server says until it closes the connection."""
    with server.connect() as client:
        for part in parts:
            with contextlib.suppress(ConnectionError):
                client.sendall(part)
        return read_all(client)


def require_problem(data: bytes, status: int) -> dict[str, Any]:
    answer = parse(data)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-length"] == str(len(answer.body))
    document: dict[str, Any] = json.loads(answer.body)
    assert document["status"] == status
    assert re.fullmatch("[0-9a-f]{32}", document["request_id"])
    assert answer.headers["x-request-id"] == document["request_id"]
    return document


# --- the head of a request --------------------------------------------------------------------------------------------

ENDLESS = {
    "address": b"GET /" + b"a" * HEADERS * 2,
    "one field": b"GET / HTTP/1.1\r\nX: " + b"a" * HEADERS * 2,
    "name of a field": b"GET / HTTP/1.1\r\n" + b"a" * HEADERS * 2,
    "many fields": b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * HEADERS,
    "whole": b"GET / HTTP/1.1\r\nX: " + b"a" * HEADERS * 2 + b"\r\n\r\n",
    "whole, in a row": GET.replace(b"GET", b"HEAD") + b"GET / HTTP/1.1\r\nX: " + b"a" * HEADERS * 2 + b"\r\n\r\n",
    "trailer": b"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * 10 * MIB,
}


@pytest.mark.parametrize("request_", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("size", [5000, 20 * MIB])
def test_large_head_is_refused(server: Running, request_: bytes, size: int) -> None:
    parts = [request_[start : start + size] for start in range(0, len(request_), size)]
    data = exchange(server, *parts)
    last = data[data.rindex(b"HTTP/1.1 ") :]
    if last.startswith(b"HTTP/1.1 200"):  # to the request before: it was under way, and nothing may follow it
        assert data == last
        assert b"\r\nGET" in request_
    else:
        assert require_problem(last, 431)["bytes"] == HEADERS
    assert "/" not in server.app.ended


def test_head_within_the_limit_is_taken(server: Running) -> None:
    request = b"GET / HTTP/1.1\r\nConnection: close\r\nX: " + b"a" * (HEADERS - 200) + b"\r\n\r\n"
    assert parse(exchange(server, request)).status == 200
    assert parse(exchange(server, request[:3000], request[3000:9000], request[9000:])).status == 200


def test_flood_takes_no_memory(server: Running) -> None:
    tracemalloc.start()
    with server.connect() as client, contextlib.suppress(ConnectionError):
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
        block = b"a" * MIB
        for _ in range(64):
            client.sendall(block)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * MIB


def test_large_body_is_no_large_head(server: Running) -> None:
    size = 40 * HEADERS
    head = f"POST /body HTTP/1.1\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n".encode()
    assert parse(exchange(server, head, b"a" * size)).status == 200
    head = b"POST /body HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert parse(exchange(server, head, *[b"400\r\n" + b"a" * 1024 + b"\r\n"] * 640, b"0\r\n\r\n")).status == 200
    assert server.app.bodies == [size, size]


def test_request_after_a_large_body_is_served(server: Running) -> None:
    size = 4 * HEADERS
    with server.connect() as client:
        head = f"POST /body HTTP/1.1\r\nContent-Length: {size}\r\n\r\n".encode()
        client.sendall(head + b"a" * size + GET[:10])
        assert b"/body" in read_one(client)
        client.sendall(GET[10:])
        assert b"/small" in read_one(client)


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [b"", b"GET", GET[:-2], b"\r\n"])
def test_slow_head_is_refused(server: Running, start: bytes) -> None:
    started = time.monotonic()
    document = require_problem(exchange(server, start), 408)
    # A loop tells its time by the millisecond, or as it was when it last woke.
    assert SECONDS - 0.005 <= time.monotonic() - started < SECONDS + 0.5
    assert document["seconds"] == SECONDS


def test_slow_drip_is_refused(server: Running) -> None:
    started = time.monotonic()
    with server.connect() as client:
        client.settimeout(0.05)
        data, drops = b"", iter(b"GET /" + b"a" * 1000)
        while not data:
            client.sendall(bytes([next(drops)]))
            with contextlib.suppress(TimeoutError):
                data = client.recv(MIB)
    require_problem(data, 408)
    assert time.monotonic() - started < SECONDS + 0.5


def test_slow_second_request_is_refused(server: Running) -> None:
    with server.connect() as client:
        client.sendall(GET)
        read_one(client)
        time.sleep(SECONDS + 0.1)  # nothing is owed by a connection at rest
        client.sendall(GET[:5])
        started = time.monotonic()
        require_problem(read_all(client), 408)
        assert SECONDS - 0.05 <= time.monotonic() - started < SECONDS + 0.5


def test_connection_at_rest_is_served_again(server: Running) -> None:
    with server.connect() as client:
        for _ in range(2):
            client.sendall(GET[:9])
            time.sleep(0.05)
            client.sendall(GET[9:])
            assert parse(read_one(client)).status == 200
            time.sleep(SECONDS + 0.1)


def test_slow_answer_is_no_slow_head(server: Running) -> None:
    with running(header_seconds=0.1) as quick, quick.connect() as client:
        client.sendall(GET.replace(b"small", b"slow") + GET[:5])
        assert b"/slow" in read_one(client)
        client.sendall(GET[5:])
        assert b"/small" in read_one(client)


def test_body_for_nobody_does_not_hold_the_connection(server: Running) -> None:
    with server.connect() as client:
        client.sendall(b"POST /small HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n")
        read_one(client)
        client.sendall(b"a")
        require_problem(read_all(client), 408)


# --- malformed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        b"HELLO\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ],
)
def test_malformed_request_is_refused(server: Running, request_: bytes) -> None:
    require_problem(exchange(server, request_), 400)


def test_fault_after_a_good_request_does_not_garble_its_answer(server: Running) -> None:
    data = exchange(server, GET.replace(b"small", b"slow") + GET + b"HELLO\r\n\r\n")
    assert data.count(b"HTTP/1.1 200") == data.count(b"HTTP/1.1 ") == 2
    assert data.index(b"/slow") < data.index(b"/small")
    assert data.endswith(b"0\r\n\r\n")


def test_fault_in_a_body_ends_its_request(server: Running) -> None:
    start = b"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
    with server.connect() as client:
        client.sendall(start)
        time.sleep(0.05)
        client.sendall(b"what?\r\n")
        require_problem(read_all(client), 400)
    assert wait_until(lambda: server.app.ended == ["/body"])
    assert server.app.bodies == []


def test_offer_of_another_protocol_is_passed_over(server: Running) -> None:
    for protocol in (b"websocket", b"h2c"):
        upgrade = b"GET /small HTTP/1.1\r\nConnection: Upgrade, close\r\nUpgrade: " + protocol + b"\r\n\r\n"
        assert parse(exchange(server, upgrade)).status == 200


# --- requests in a row ------------------------------------------------------------------------------------------------


def test_requests_in_a_row_are_answered_in_order(server: Running) -> None:
    paths = [b"/slow", b"/a", b"/b", b"/c"]
    last = GET.replace(b"/small", b"/d").replace(b"Host", b"Connection: close\r\nHost")
    data = exchange(server, b"".join(GET.replace(b"/small", path) for path in paths) + last)
    assert re.findall(rb"\r\n(/\w+)\r\n", data) == [*paths, b"/d"]


def test_too_many_requests_in_a_row_end_the_connection(server: Running) -> None:
    data = exchange(server, GET.replace(b"small", b"slow") + GET * 5000)
    assert data.count(b"HTTP/1.1 200") == PIPELINE + 1
    assert data.endswith(b"0\r\n\r\n")


# --- number -----------------------------------------------------------------------------------------------------------


def test_connection_too_many_is_refused_and_others_are_served(server: Running) -> None:
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(CONNECTIONS)]
        for client in clients:
            client.sendall(GET)
            read_one(client)
        data = exchange(server, GET)
        assert require_problem(data, 503)["kind"] == "connections"
        assert parse(data).headers["retry-after"] == "2"
        clients[0].sendall(GET)
        assert parse(read_one(clients[0])).status == 200
        clients[1].close()
        assert wait_until(lambda: served(server))


def served(server: Running) -> bool:
    return parse(exchange(server, GET.replace(b"Host", b"Connection: close\r\nHost"))).status == 200


def test_refused_connections_do_not_pile_up(server: Running) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(CONNECTIONS + 2 * LEAVING):
            stack.enter_context(server.connect())
        assert wait_until(lambda: server.connections() <= CONNECTIONS + LEAVING)
        assert wait_until(lambda: not server.connections())  # they say nothing, and are let go
    assert served(server)


# --- clients that do not read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [b"/large", b"/broken", b"/long"])
def test_client_that_does_not_read_is_let_go(server: Running, path: bytes) -> None:
    with server.connect() as client:
        client.sendall(GET.replace(b"/small", path))
        assert wait_until(lambda: server.connections() == 1, 1)
        assert wait_until(lambda: not server.connections(), 3)
    assert wait_until(lambda: server.app.ended == [path.decode()])


def test_stop_does_not_wait_for_a_client_that_does_not_read() -> None:
    with running(timeout_graceful_shutdown=None) as server, server.connect() as client:
        client.sendall(GET.replace(b"small", b"large"))
        assert wait_until(lambda: server.app.ended == ["/large"])
        server.server.should_exit = True
        assert wait_until(lambda: not server.connections(), 3)


def test_client_that_reads_slowly_is_served(server: Running) -> None:
    with server.connect() as client:
        client.sendall(GET.replace(b"small", b"large"))
        size, until = 0, time.monotonic() + 5 * STALL
        while time.monotonic() < until:
            size += len(client.recv(MIB // 4))
            time.sleep(0.01)
        assert size + len(read_one(client)) > 32 * MIB


# --- the log ----------------------------------------------------------------------------------------------------------


def test_refusals_are_logged_like_requests(server: Running, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "vesoc.access"):
        told = [require_problem(exchange(server, b"HELLO\r\n\r\n"), 400), require_problem(exchange(server), 408)]
    entries = [json.loads(record.getMessage()) for record in caplog.records if record.name == "vesoc.access"]
    assert [entry["id"] for entry in entries] == [document["request_id"] for document in told]
    assert list(entries[0]) == ["id", "client", "method", "path", "status", "bytes", "milliseconds", "whole"]
    assert entries[1]["status"] == 408
    assert entries[1]["milliseconds"] == pytest.approx(SECONDS * 1000, abs=200)
