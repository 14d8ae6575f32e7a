"""Responses that leave in one piece: which do, what is written, and that the others go uvicorn's way."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Message

from vesoc.gathering import Gathering
from vesoc.whole import Whole, head

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}
BODY = {"type": "http.response.body", "body": b"body"}


class Cycle(SimpleNamespace):
    """What uvicorn has of one request: what was written at once, and what it was sent."""

    def __init__(self, **given: Any) -> None:
        self.written: list[bytes] = []
        self.sent: list[Message] = []
        self.ended = 0
        plain = {"disconnected": False, "keep_alive": True, "response_started": False, "response_complete": False}
        parts = {
            "flow": SimpleNamespace(write_paused=given.pop("paused", False)),
            "transport": SimpleNamespace(hold=self.written.append, flush=lambda: None),
            "message_event": asyncio.Event(),
            "default_headers": [(b"a", b"b")],
        }
        super().__init__(**{**plain, **parts, **given})

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def on_response(self) -> None:
        self.ended += 1


def asked(cycle: Cycle, *messages: Message, method: str = "GET") -> Cycle:
    """A request whose application sends these messages."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    async def ask() -> None:
        await Whole(application, cycle)({"method": method}, None, cycle.send)  # type: ignore[arg-type]

    asyncio.run(ask())
    return cycle


def test_whole_response_is_one_piece() -> None:
    cycle = asked(Cycle(), START, BODY)
    assert cycle.written == [b"HTTP/1.1 200 OK\r\na: b\r\ncontent-length: 4\r\n\r\nbody"]
    assert (cycle.sent, cycle.ended) == ([], 1)
    assert cycle.response_started
    assert cycle.response_complete
    assert cycle.message_event.is_set()


@pytest.mark.parametrize(
    "given", [{"paused": True}, {"keep_alive": False}, {"disconnected": True}], ids=lambda given: next(iter(given))
)
def test_connection_that_does_not_go_on_is_left_to_the_cycle(given: dict[str, bool]) -> None:
    cycle = asked(Cycle(**given), START, BODY)
    assert (cycle.written, cycle.sent, cycle.ended) == ([], [START, BODY], 0)
    assert not cycle.response_complete


def test_response_in_pieces_is_left_to_the_cycle() -> None:
    more = {**BODY, "more_body": True}
    cycle = asked(Cycle(), START, more, BODY)
    assert (cycle.written, cycle.sent) == ([], [START, more, BODY])


def test_head_has_no_body() -> None:
    cycle = asked(Cycle(), START, BODY, method="HEAD")
    assert (cycle.written, cycle.sent) == ([], [START, BODY])


@pytest.mark.parametrize(
    ("status", "fields", "size"),
    [
        (200, [], 4),
        (200, [(b"content-length", b"5")], 4),
        (200, [(b"content-length", b"0")], 4),
        (304, [], 4),
        (200, [(b"content-length", b"4"), (b"connection", b"close")], 4),
        (200, [(b"content-length", b"4"), (b"transfer-encoding", b"chunked")], 4),
        (303, [(b"content-length", b"0"), (b"location", b"/a\r\nset-cookie: b")], 0),
        (303, [(b"content-length", b"0"), (b"location", b"/a\nset-cookie: b")], 0),
        (303, [(b"content-length", b"0"), (b"location", b"/a\x00")], 0),
    ],
)
def test_fields_that_need_a_closer_look(status: int, fields: list[tuple[bytes, bytes]], size: int) -> None:
    assert head(status, fields, size) is None


def test_what_is_held_leaves_in_one_go() -> None:
    written: list[bytes] = []
    transport: Any = SimpleNamespace(write=written.append, is_closing=lambda: False, get_write_buffer_size=lambda: 3)
    later: list[Any] = []
    loop: Any = SimpleNamespace(call_soon=later.append)
    gathering = Gathering(transport, loop)
    gathering.hold(b"a")
    gathering.hold(b"b")
    assert (written, later, gathering.get_write_buffer_size()) == ([], [], 5)
    gathering.flush()
    gathering.flush()
    assert written == [b"ab"]
    gathering.write(b"c")
    assert len(later) == 1
    gathering.write(b"d")
    assert (written, len(later)) == ([b"ab"], 1)
    later[0]()
    assert written == [b"ab", b"cd"]


@pytest.mark.parametrize(
    ("held", "closing", "leaves"),
    [([], False, [b"c"]), ([b"a", b"b"], False, [b"abc"]), ([], True, []), ([b"a"], True, [])],
)
def test_what_is_sent_leaves_at_once_behind_what_is_held(held: list[bytes], closing: bool, leaves: list[bytes]) -> None:
    written: list[bytes] = []
    transport: Any = SimpleNamespace(write=written.append, is_closing=lambda: closing)
    loop: Any = None
    gathering = Gathering(transport, loop)
    for data in held:
        gathering.hold(data)
    gathering.send(b"c")
    assert written == leaves


@pytest.mark.parametrize("status", [204, 304])
def test_response_without_a_body_needs_no_length(status: int) -> None:
    found = head(status, [(b"etag", b'"x"')], 0)
    assert found is not None
    assert found.endswith(b'\r\netag: "x"\r\n\r\n')
    assert found.startswith(b"HTTP/1.1 %d No" % status)
