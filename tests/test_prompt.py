"""What is answered early, and what is known as it comes: the same bytes again, where a request may begin."""

from __future__ import annotations

import gc
import socket
import time
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from test_transport import HEADERS, MIB, Running, read_all, read_one, running, wait_until

from vesoc.cache import Cache, Lead
from vesoc.door import Door
from vesoc.hits import Asked, Hits, remember
from vesoc.ledger import Ledger
from vesoc.prompt import Prompt, Ways
from vesoc.settings import Settings

EARLY = b"GET /early HTTP/1.1\r\nHost: x\r\n\r\n"
OTHER = b"GET /early HTTP/1.1\r\nHost: y\r\n\r\n"
FIELDS = [(b"host", b"x"), (b"accept", b"text/csv")]
TARGET = b"/sparql?query=ASK%20%7B%7D"
PEER = ("127.0.0.1", 1)


class Early(str):
    """What a request for `/early` asks."""

    scope: ClassVar = {"method": "GET", "path": "/early", "raw_path": b"/early", "query_string": b"", "headers": []}


class SlowOne(Early):
    """What a request for `/slow` asks."""

    scope: ClassVar = {**Early.scope, "path": "/slow", "raw_path": b"/slow"}


class Oracle:
    """Answers what asks for `/early` by telling how much it has read."""

    def __init__(self) -> None:
        self.heads: dict[bytes, Early] = {}
        self.others: dict[bytes, Early] = {}  # what is like a request before
        self.reads = 0
        self.silent = False
        self.size = 0  # of the padding of an answer
        self.told = 0

    def read(self, method: str, target: bytes, fields: Any) -> Early | None:
        self.reads += 1
        return Early("early") if target == b"/early" else None

    def answer(self, peer: Any, asked: str, defaults: Any) -> bytes | None:
        self.told += 1
        body = b"early %d" % self.reads + b" " * self.size
        head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        return None if self.silent else head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)

    def known(self, data: bytes) -> Early | None:
        return self.heads.get(data)

    def like(self, data: bytes) -> Early | None:
        return self.others.get(data)

    def know(self, data: bytes, asked: Early, *, answered: bool) -> None:
        (self.heads if answered else self.others)[data] = asked


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def server(oracle: Oracle) -> Iterator[Running]:
    with running(ways=Ways(oracle)) as server:
        yield server


@pytest.fixture
def client(server: Running) -> Iterator[socket.socket]:
    with server.connect() as connection:
        yield connection


def ask(client: socket.socket, data: bytes) -> bytes:
    """The body of the answer to data."""
    client.sendall(data)
    return read_one(client).splitlines()[-3]


def test_same_bytes_are_read_once(oracle: Oracle, server: Running, client: socket.socket) -> None:
    assert [ask(client, EARLY) for _ in range(3)] == [b"early 1"] * 3
    assert ask(client, OTHER) == b"early 2"
    assert ask(client, EARLY) == b"early 2"
    with server.connect() as another:
        assert ask(another, EARLY) == b"early 2"
    assert oracle.heads == {EARLY: "early", OTHER: "early"}


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((EARLY[:9], EARLY[9:]), id="in two pieces"),
        pytest.param((EARLY + EARLY[:9], EARLY[9:]), id="with the beginning of the next"),
        pytest.param((EARLY + EARLY,), id="two at once"),
        pytest.param((EARLY + EARLY.replace(b"early", b"small"),), id="with one that is not answered early"),
        pytest.param((EARLY.replace(b"1.1", b"1.0"),), id="HTTP/1.0"),
        pytest.param((EARLY.replace(b"x\r\n", b"x\r\nConnection: close\r\n"),), id="the last of its connection"),
    ],
)
def test_nothing_else_is_known_by_its_bytes(oracle: Oracle, client: socket.socket, pieces: tuple[bytes, ...]) -> None:
    for piece in pieces:
        client.sendall(piece)
        time.sleep(0.05)
    assert read_one(client).startswith(b"HTTP/1.1 200")
    assert not oracle.heads


def test_body_that_looks_like_a_known_request_is_a_body(oracle: Oracle, server: Running, client: socket.socket) -> None:
    ask(client, EARLY)
    client.sendall(b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (2 * len(EARLY)))
    for _ in range(2):
        time.sleep(0.05)
        client.sendall(EARLY)
    assert read_one(client).splitlines()[-3] == b"/body"
    assert server.app.bodies == [2 * len(EARLY)]


def test_head_that_ends_like_a_known_request_is_read(client: socket.socket) -> None:
    ask(client, EARLY)
    client.sendall(b"GET /small HTTP/1.1\r\nX: ")
    time.sleep(0.05)
    assert ask(client, EARLY) == b"/small"


@pytest.mark.parametrize("paths", [[b"early"], [b"small"], [b"slow"], [b"large"], [b"slow", b"small", b"small"]])
def test_nothing_is_left_of_a_connection_that_has_ended(server: Running, paths: list[bytes]) -> None:
    """Without a search for garbage: there is none among what is old for hours."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            with server.connect() as client:
                client.sendall(b"".join(EARLY.replace(b"early", path) for path in paths))
                time.sleep(0.05)  # what is slow is not answered yet, nor what waits behind it
        assert wait_until(lambda: not connections())
    finally:
        gc.enable()


def connections() -> list[Prompt]:
    """Those that are held by anything."""
    return [found for found in gc.get_objects() if isinstance(found, Prompt)]


def test_known_request_waits_for_the_one_before_it(client: socket.socket) -> None:
    ask(client, EARLY)
    client.sendall(EARLY.replace(b"early", b"slow"))
    time.sleep(0.05)
    client.sendall(EARLY)
    data = read_one(client)
    while data.count(b"HTTP/1.1 200") < 2:
        data += read_one(client)
    assert data.index(b"/slow") < data.index(b"/early")  # which the application answers, as the server was busy


def test_known_request_without_an_answer_goes_on(oracle: Oracle, client: socket.socket) -> None:
    ask(client, EARLY)
    oracle.silent = True
    assert [ask(client, EARLY) for _ in range(2)] == [b"/early"] * 2
    assert oracle.reads == 1


def test_request_like_one_before_is_answered_or_goes_on(oracle: Oracle, client: socket.socket) -> None:
    oracle.silent = True
    assert [ask(client, EARLY) for _ in range(3)] == [b"/early"] * 3
    assert (oracle.reads, list(oracle.others), oracle.heads) == (1, [EARLY], {})
    oracle.silent = False
    assert ask(client, EARLY) == b"early 1"
    assert oracle.heads == {EARLY: "early"}


@pytest.mark.parametrize("first", [EARLY, EARLY.replace(b"early", b"small")], ids=["like it", "another"])
def test_request_waits_for_one_that_went_past_the_parser(oracle: Oracle, client: socket.socket, first: bytes) -> None:
    slow = EARLY.replace(b"early", b"slow")
    oracle.others[slow] = SlowOne("slow")
    oracle.silent = True
    client.sendall(slow)
    time.sleep(0.05)
    client.sendall(first)
    data = read_one(client)
    while data.count(b"HTTP/1.1 200") < 2:
        data += read_one(client)
    assert data.index(b"/slow") < data.index(first.split()[1])


def test_slow_answer_to_a_known_request_is_no_rest(oracle: Oracle, server: Running) -> None:
    server.server.config.timeout_keep_alive = 0.1  # type: ignore[assignment]
    slow = EARLY.replace(b"early", b"slow")
    oracle.others[slow] = SlowOne("slow")
    oracle.silent = True
    with server.connect() as client:
        for _ in range(2):
            assert ask(client, slow) == b"/slow"  # which takes twice as long as a rest may
        started = time.monotonic()
        assert read_all(client) == b""
        assert time.monotonic() - started < 2


def test_head_that_is_too_large_is_not_known(oracle: Oracle, client: socket.socket) -> None:
    large = EARLY.replace(b"x\r\n", b"x" * HEADERS + b"\r\n")
    oracle.others[large] = Early("early")
    client.sendall(large)
    assert read_all(client).startswith(b"HTTP/1.1 431")


def test_blank_lines_before_a_known_request_owe_nothing(client: socket.socket) -> None:
    ask(client, EARLY)
    client.sendall(b"\r\n")
    time.sleep(0.05)
    assert ask(client, EARLY).startswith(b"early")
    time.sleep(0.4)  # longer than a head may take
    assert ask(client, EARLY).startswith(b"early")


def test_blank_line_after_an_answer_keeps_no_connection(server: Running) -> None:
    server.server.config.timeout_keep_alive = 1
    with server.connect() as client:
        ask(client, EARLY)
        client.sendall(b"\n")
        started = time.monotonic()
        assert read_all(client) == b""
        assert time.monotonic() - started < 3


def test_request_whose_head_began_before_the_last_answer_is_no_rest(server: Running) -> None:
    slow = EARLY.replace(b"early", b"slow")
    server.server.config.timeout_keep_alive = 0.1  # type: ignore[assignment]
    with server.connect() as client:
        client.sendall(slow + slow[:9])
        read_one(client)
        assert ask(client, slow[9:]) == b"/slow"  # which takes twice as long as a rest may


def test_many_answers_at_once_wait_for_the_client(oracle: Oracle, server: Running) -> None:
    oracle.size, wanted = MIB, 40
    with server.connect() as client:
        client.sendall(EARLY * wanted)
        time.sleep(0.3)
        assert 0 < oracle.told < wanted / 2
    with server.connect() as client:  # all are answered that may wait, by the application if not early
        client.sendall(EARLY * wanted)
        data = b""
        while data.count(b"HTTP/1.1 200") < wanted:
            data += client.recv(MIB)


def test_slow_head_after_an_early_answer_is_refused(client: socket.socket) -> None:
    for _ in range(2):
        ask(client, EARLY)
    client.sendall(b"GET /next HTTP/1.1\r\nHost:")
    assert read_all(client).startswith(b"HTTP/1.1 408")


def test_connection_ends_some_time_after_its_last_answer(server: Running) -> None:
    server.server.config.timeout_keep_alive = 1
    with server.connect() as client:
        for _ in range(5):
            ask(client, EARLY)
            time.sleep(0.4)
        ask(client, EARLY)
        started = time.monotonic()
        assert read_all(client) == b""
        assert 0.9 < time.monotonic() - started < 3


def hits(**settings: Any) -> Hits:
    """A cache that has the answer to one request."""
    chosen, cache = Settings(**settings), Cache(1)
    lead = Lead("key", '"tag"', [(b"etag", b'"tag"')], 0)
    cache.put(lead, [(b"etag", b'"tag"')], b"yes")
    remember(cache, lead, TARGET.partition(b"?")[2], FIELDS)
    return Hits(cache, "/sparql", Door(chosen), Ledger(chosen))


def read(hits: Hits, *fields: tuple[bytes, bytes]) -> Asked:
    asked = hits.read("GET", TARGET, [*FIELDS, *fields])
    assert asked
    return asked


@pytest.mark.parametrize(
    ("tag", "status"), [(None, b"200"), (b'"tag"', b"304"), (b'W/"tag"', b"304"), (b"*", b"304"), (b'"other"', b"200")]
)
def test_answer_or_304(tag: bytes | None, status: bytes) -> None:
    found = hits()
    asked = read(found, *([(b"if-none-match", tag)] if tag else []))
    for _ in range(2):
        response = found.answer(PEER, asked, [])
        assert response
        assert response.split(b" ")[1] == status


def test_each_answer_has_a_name_of_its_own() -> None:
    found = hits()
    asked = read(found)
    one, two = (found.answer(PEER, asked, []) for _ in range(2))
    assert one
    assert one != two


def test_client_that_has_asked_too_much_is_not_answered_here() -> None:
    found = hits(rate_limit="1/minute")
    asked = read(found)
    answers = [found.answer(PEER, asked, []) for _ in range(200)]
    assert answers[0]
    assert answers[-1] is None


def test_request_with_a_name_is_not_known_by_its_bytes() -> None:
    found = hits()
    found.know(b"data", read(found, (b"x-request-id", b"mine")), answered=True)
    assert found.known(b"data") is None


def test_request_with_many_fields_is_not_known_by_its_bytes() -> None:
    found = hits()
    found.know(b"data", read(found, *[(b"a", b"")] * 100), answered=True)
    assert found.known(b"data") is None


def test_as_many_are_known_as_memory_is_meant_for() -> None:
    found = hits()
    asked = read(found)
    found.know(b"x" * 5000, asked, answered=True)
    assert found.known(b"x" * 5000) is None
    for number in range(2000):
        found.know(b"%d" % number, asked, answered=True)
        assert found.known(b"%d" % number)
    assert sum(found.known(b"%d" % number) is not None for number in range(2000)) <= 512


def test_fragment_is_no_part_of_what_is_asked() -> None:
    """As the parser and uvicorn have it, so that a request means the same when it is known."""
    found = hits()
    assert found.read("GET", TARGET + b"#x", FIELDS) == read(found)


def sent(target: bytes, rest: bytes = b"host: x\r\naccept: text/csv\r\n", method: bytes = b"GET") -> bytes:
    """The data of a request."""
    return b"%b %b HTTP/1.1\r\n%b\r\n" % (method, target, rest)


def test_another_query_with_the_same_fields_is_known() -> None:
    found = hits()
    asked = read(found)
    assert found.like(sent(TARGET)) is None
    found.know(sent(TARGET), asked, answered=False)
    assert found.known(sent(TARGET)) is None
    assert found.like(sent(TARGET)) == asked
    other = found.like(sent(b"/sparql?query=ASK%20%7B%3Fs%20%3Fp%201%7D&x=/?"))
    assert other == found.read("GET", b"/sparql?query=ASK%20%7B%3Fs%20%3Fp%201%7D&x=/?", FIELDS)
    assert other
    assert other.scope == {**asked.scope, "query_string": b"query=ASK%20%7B%3Fs%20%3Fp%201%7D&x=/?"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(sent(b"/sparqls?query=ASK%7B%7D"), id="another path"),
        pytest.param(sent(b"/sparql"), id="no query"),
        pytest.param(sent(b"/sparql?query=ASK#%7B%7D"), id="a fragment"),
        pytest.param(sent(b"/sparql?query=ASK {}"), id="a space"),
        pytest.param(sent(b"/sparql?query=ASK\x00"), id="a control character"),
        pytest.param(sent(b"/sparql?query=ASK\xc3\xa9"), id="beyond ASCII"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D", method=b"HEAD"), id="HEAD"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D", method=b"POST"), id="POST"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D", b"host: y\r\naccept: text/csv\r\n"), id="another field"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D").replace(b"1.1", b"1.0"), id="HTTP/1.0"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D")[:-1], id="not all of it"),
        pytest.param(sent(b"/sparql?query=ASK%7B%7D") * 2, id="two at once"),
        pytest.param(b"\r\n" + sent(b"/sparql?query=ASK%7B%7D"), id="a blank line before"),
    ],
)
def test_nothing_else_is_like_a_known_request(data: bytes) -> None:
    found = hits()
    found.know(sent(TARGET), read(found), answered=False)
    assert found.like(data) is None
