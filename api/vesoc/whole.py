"""Responses that are whole when they begin: one piece of bytes for the connection, and one look at their fields."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vesoc.cache import Fields

_PHRASES = {status.value: status.phrase.encode() for status in HTTPStatus}
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")  # in a field; line feeds are counted
_FRAMING = frozenset((b"connection", b"transfer-encoding"))
_BODILESS = (204, 304)
# uvicorn's cycle of a request, and what begins a task for it; None where that is to be called at once.
Straight = Callable[[Any, Callable[[], None]], "Taken | None"]


class Early(Protocol):
    """Answers some requests before anything is made of them."""

    def read(self, method: str, target: bytes, fields: Fields) -> Any | None:
        """What a request asks; None where it is not one of those."""

    def answer(self, peer: tuple[str, int] | None, asked: Any, defaults: Fields) -> bytes | None:
        """The whole response; None where there is none. `defaults` are the fields that every response has."""

    def known(self, data: bytes) -> Any | None:
        """What data ask that were one whole request when they came before; its `scope` is what ASGI has of it."""

    def like(self, data: bytes) -> Any | None:
        """The same of data that are one whole request like one before."""

    def know(self, data: bytes, asked: Any, *, answered: bool) -> None:
        """Data were one whole request and asked this, which was `answered` or has to go on."""


class Taken(Protocol):
    """A request that has no task yet."""

    def leave(self) -> None:
        """Its client has gone."""

    def pass_on(self) -> None:
        """It had better have a task now, if it waits: the server stops."""


class Whole:
    """ASGI middleware of one request: writes what is whole to the connection of its `cycle`, leaves the rest to that.

    The cycle is uvicorn's of a request and its response.
    """

    def __init__(self, app: ASGIApp, cycle: Any) -> None:
        self._app = app
        self._cycle = cycle
        self._send: Send = cycle.send
        self._start: Message | None = None

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass the request on."""
        return self._app(scope, receive, send if scope["method"] == "HEAD" else self._sent)

    async def _sent(self, message: Message) -> None:
        """Hold the head back until it is known whether the body comes with it."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start and not message.get("more_body", False) and self._at_once(start, message.get("body", b"")):
            return
        if start:
            await self._send(start)
        await self._send(message)

    def _at_once(self, start: Message, body: bytes) -> bool:
        return at_once(self._cycle, start["status"], start["headers"], body)


def at_once(cycle: Any, status: int, fields: Fields, body: bytes) -> bool:
    """Write a whole response to the connection of a cycle; whether it could be written so."""
    if cycle.disconnected or cycle.flow.write_paused or not cycle.keep_alive:
        return False
    found = head(status, [*cycle.default_headers, *fields], len(body))
    if found is None:
        return False
    cycle.transport.hold(found + body)
    cycle.transport.flush()  # the client need not wait until what remains to be noted is noted
    cycle.response_started = cycle.response_complete = True
    cycle.message_event.set()
    cycle.on_response()
    return True


def head(status: int, fields: Fields, size: int) -> bytes | None:
    """Status line and fields of a response whose body has `size` bytes; None where they need a closer look."""
    named = dict(fields)
    length = named.get(b"content-length")
    fits = length == b"%d" % size if length or status not in _BODILESS else size == 0
    if not fits or not _FRAMING.isdisjoint(named):
        return None
    block = b"\n".join([b"%b: %b" % field for field in fields])
    if _FORBIDDEN.search(block) or block.count(b"\n") >= len(fields):
        return None
    return b"HTTP/1.1 %d %b\r\n%b\r\n\r\n" % (status, _PHRASES[status], block.replace(b"\n", b"\r\n"))
