"""Frames between the web process and its workers, and a worker's way back: when what leaves, in which frames."""

from __future__ import annotations

import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from test_codings import DECODE

from vesoc import channel, codings, wire
from vesoc.channel import CHUNK, LEAST_PACKED, Channel
from vesoc.errors import Problem, ReaderGone

FRAMES = [
    (wire.HELLO, b""),
    (wire.DATA, b"x"),
    (wire.HEADER, b'{"a":1}\nrest'),
    (wire.DATA, bytes(300)),
    (wire.END, b""),
]
STREAM = b"".join(wire.pack(kind, payload) for kind, payload in FRAMES)
HEADER = {"status": 200, "type": "text/plain"}
NOISE = random.Random(7).randbytes(5 * CHUNK)
TEXT = b"".join(b"<urn:s%d> <urn:p> <urn:o> .\n" % number for number in range(20_000))


def parsed(pieces: list[bytes]) -> list[wire.Frame]:
    parser, other, found, one_by_one = wire.Parser(), wire.Parser(), [], []
    for piece in pieces:
        found += parser.frames(piece)
        other.feed(piece)
        while frame := other.next():
            one_by_one.append(frame)
    assert parser.next() is None
    assert found == one_by_one
    return found


# --- frames -----------------------------------------------------------------------------------------------------------


def test_frames_are_the_same_wherever_the_stream_is_cut() -> None:
    for cut in range(len(STREAM) + 1):
        assert parsed([STREAM[:cut], STREAM[cut:]]) == FRAMES


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_frames_are_the_same_in_pieces_of_any_size(size: int) -> None:
    assert parsed([STREAM[start : start + size] for start in range(0, len(STREAM), size)]) == FRAMES


def test_frames_are_the_same_where_each_comes_by_itself() -> None:
    assert parsed([wire.pack(kind, payload) for kind, payload in FRAMES]) == FRAMES


def test_frame_that_is_not_complete_waits() -> None:
    assert parsed([STREAM[:-1]]) == FRAMES[:-1]
    assert parsed([b""]) == []


def test_json_frame_has_its_rest_after_the_line() -> None:
    ((kind, payload),) = parsed([wire.pack_json(wire.HEADER, {"a": "b\n"}, b"\nmore\n")])
    document, _, rest = payload.partition(b"\n")
    assert (kind, orjson.loads(document), rest) == (wire.HEADER, {"a": "b\n"}, b"\nmore\n")


def test_large_frame_arrives_whole() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        large = NOISE * 40
        sender = threading.Thread(target=ours.sendall, args=(wire.pack(wire.DATA, large) + wire.pack(wire.END),))
        sender.start()
        parser = wire.Parser()
        assert wire.receive(theirs, parser) == (wire.DATA, large)
        assert wire.receive(theirs, parser) == (wire.END, b"")
        sender.join()


@pytest.mark.parametrize("sent", [b"", wire.pack(wire.DATA, b"whole")[:-1]])
def test_end_of_the_stream_is_told(sent: bytes) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        ours.sendall(sent)
        ours.close()
        with pytest.raises(EOFError):
            wire.receive(theirs, wire.Parser())


# --- the way back -----------------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> Iterator[None]:
    """The clock that a worker always has while it answers."""
    signal.setitimer(signal.ITIMER_REAL, 600)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


class Listener:
    """Whoever asked: takes the frames as they come."""

    def __init__(self, connection: socket.socket) -> None:
        self.frames: list[wire.Frame] = []
        self._connection = connection
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        parser = wire.Parser()
        with self._connection:
            while data := self._connection.recv(1 << 16):
                parser.feed(data)
                while frame := parser.next():
                    self.frames.append(frame)

    def join(self) -> None:
        self._thread.join()

    @property
    def kinds(self) -> bytes:
        return b"".join(kind for kind, _ in self.frames)

    @property
    def header(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.frames[0][1].partition(b"\n")[0])
        return found

    @property
    def body(self) -> bytes:
        (_, first), *others = self.frames
        return first.partition(b"\n")[2] + b"".join(payload for kind, payload in others if kind == wire.DATA)


@contextmanager
def replying(coding: str | None = None) -> Iterator[tuple[Channel, Listener]]:
    """A channel with a header, and its listener, who has heard all when the block ends."""
    ours, theirs = socket.socketpair()
    listener = Listener(theirs)
    with ours:
        reply = Channel(ours, coding)
        reply.start(HEADER)
        yield reply, listener
    listener.join()


pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("pieces", [[], [b"text"], [b"a", b"", b"b"] * 100, [bytes(CHUNK - 1)]])
def test_small_answer_is_one_frame_with_its_length(pieces: list[bytes]) -> None:
    with replying() as (reply, listener):
        for piece in pieces:
            assert reply.write(piece) == len(piece)
        reply.flush()
        reply.end()
    assert listener.kinds == wire.HEADER
    assert listener.body == b"".join(pieces)
    assert listener.header == {**HEADER, "length": len(listener.body)}


@pytest.mark.parametrize("size", [1000, CHUNK - 1, CHUNK, 3 * CHUNK])
def test_large_answer_is_a_stream(size: int) -> None:
    with replying() as (reply, listener):
        for start in range(0, len(NOISE), size):
            reply.write(NOISE[start : start + size])
        reply.end()
    assert listener.kinds[:1] == wire.HEADER
    assert listener.kinds.endswith(wire.END)
    assert set(listener.kinds[1:-1]) == set(wire.DATA)
    assert all(len(payload) >= CHUNK for kind, payload in listener.frames[1:-2] if kind == wire.DATA)
    assert listener.body == NOISE
    assert listener.header == HEADER


def test_answer_of_just_a_chunk_ends() -> None:
    with replying() as (reply, listener):
        reply.write(bytes(CHUNK))
        reply.end()
    assert listener.kinds == wire.HEADER + wire.END
    assert listener.body == bytes(CHUNK)


def test_first_bytes_leave_after_a_moment_even_if_they_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    with replying() as (reply, listener):
        reply.write(b"few")
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 2 * channel.PATIENCE)
        reply.write(b" bytes")
        monkeypatch.undo()
        until = time.monotonic() + 5
        while not listener.frames and time.monotonic() < until:
            time.sleep(0.005)
        assert listener.kinds == wire.HEADER
        assert listener.body == b"few bytes"
        # From then on they are gathered again.
        reply.write(b", more")
        reply.end()
    assert listener.kinds == wire.HEADER + wire.DATA + wire.END
    assert listener.body == b"few bytes, more"
    assert "length" not in listener.header


def test_problem_before_the_first_bytes_is_all_there_is() -> None:
    problem = Problem(400, "no", kind="syntax", extra={"line": 1}, headers={"Retry-After": "2"})
    with replying() as (reply, listener):
        reply.write(b"few")
        reply.refuse(problem)
    ((kind, payload),) = listener.frames
    assert kind == wire.ERROR
    told = Problem(**orjson.loads(payload))
    assert vars(told) == vars(problem)


def test_problem_after_the_first_bytes_comes_after_them() -> None:
    with replying() as (reply, listener):
        reply.write(bytes(CHUNK))
        reply.write(b"held")
        reply.refuse(Problem(400, "no"))
    assert listener.kinds == wire.HEADER + wire.ERROR
    assert "length" not in listener.header


@pytest.mark.parametrize("coding", codings.OFFERS)
@pytest.mark.parametrize("size", [LEAST_PACKED, CHUNK - 1, len(TEXT)])
def test_answer_leaves_in_its_coding(coding: str, size: int) -> None:
    with replying(coding) as (reply, listener):
        for start in range(0, size, 1000):
            reply.write(TEXT[start : min(start + 1000, size)])
        reply.end()
    assert listener.header["coding"] == coding
    assert DECODE[coding](listener.body) == TEXT[:size]
    assert len(listener.body) < size
    if listener.kinds == wire.HEADER:
        assert listener.header["length"] == len(listener.body)
    else:
        assert listener.kinds.endswith(wire.END)


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_each_chunk_can_be_unpacked_as_it_comes(coding: str) -> None:
    with replying(coding) as (reply, listener):
        reply.write(TEXT[:CHUNK])
        until = time.monotonic() + 5
        while not listener.frames and time.monotonic() < until:
            time.sleep(0.005)
        assert DECODE[coding](listener.body) == TEXT[:CHUNK]
        reply.end()


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_tiny_answer_stays_plain(coding: str) -> None:
    with replying(coding) as (reply, listener):
        reply.write(TEXT[: LEAST_PACKED - 1])
        reply.end()
    assert listener.header == {**HEADER, "length": LEAST_PACKED - 1}
    assert listener.body == TEXT[: LEAST_PACKED - 1]


def test_reader_who_has_gone_is_told_of() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        reply = Channel(ours, None)
        reply.start(HEADER)
        with pytest.raises(ReaderGone):
            reply.write(bytes(CHUNK))
        with pytest.raises(ReaderGone):
            reply.refuse(Problem(400, "no"))


def test_clock_stands_still_while_the_reader_is_slow() -> None:
    ours, theirs = socket.socketpair()
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    with ours:
        reply = Channel(ours, None)
        reply.start(HEADER)
        reader = threading.Timer(0.8, Listener, (theirs,))
        reader.start()
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        reply.write(NOISE * 10)
        left, _ = signal.setitimer(signal.ITIMER_REAL, 600)
    reader.join()
    signal.signal(signal.SIGALRM, before)
    assert rung == []
    assert 0 < left <= 0.4
