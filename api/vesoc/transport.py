"""HTTP connections with bounds that uvicorn does not set: on head, time, number and on clients that do not read."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

import httptools

from vesoc import refusals
from vesoc.crowd import Crowd
from vesoc.errors import Problem
from vesoc.ledger import NOTHING, Ledger, Line
from vesoc.prompt import Prompt, Ways
from vesoc.settings import Settings

# For a refused client to read why: to close on data that it still sends would reset the connection.
LINGER_SECONDS = 1.0
LEAVING = 64  # refused connections that linger at once; one more is cut off without a word
PIPELINE = 64  # requests of one connection that wait for the one before them
RETRY_SECONDS = 2
_FIELD_BYTES = 4  # colon, space, end of line


def bounded(
    headers: int = 64 * 1024,
    header_seconds: float = 10.0,
    connections: int = 1000,
    stall_seconds: float = 30.0,
    *,
    ways: Ways | None = None,
    ledger: Ledger | None = None,
    crowd: Crowd | None = None,
) -> type[Prompt]:
    """A protocol for `uvicorn.Config(http=…)`; one for each server, as it counts the connections.

    A request has at most `headers` bytes before its body (431) and `header_seconds` to send them (408), there are at
    most `connections` at once (503), and one whose client takes nothing of what waits for it is aborted after one to
    two times `stall_seconds`. Some requests are answered in `ways` of their own. What is refused here is told to
    `ledger`, and the connections are counted in `crowd`.
    """

    our_ways, our_crowd = ways or Ways(), crowd or Crowd()

    class Bounded(_Protocol):
        limits = _Limits(headers, header_seconds, connections, stall_seconds)
        ways = our_ways
        crowd = our_crowd
        book = ledger or Ledger(Settings())

    return Bounded


@dataclass(frozen=True)
class _Limits:
    headers: int
    header_seconds: float
    connections: int
    stall_seconds: float


class _Protocol(Prompt):
    limits: ClassVar[_Limits]
    crowd: ClassVar[Crowd]
    book: ClassVar[Ledger]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._due: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._admitted = False
        self._refused = False
        self._leaving = False
        self._since = 0.0
        self._pending = 0  # bytes since a head was last complete or part of a body last came
        self._before = 0  # bytes of the data that did so; their tail may belong to the next head
        self._progress = False
        self._drains = 0
        self._waiting = (0, 0)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch = self.loop.call_later(self.limits.stall_seconds, self._look)
        if self.crowd.inside >= self.limits.connections:
            detail = f"there are {self.limits.connections} connections already; come back in a moment"
            self._refuse(Problem(503, detail, kind="connections", headers={"Retry-After": str(RETRY_SECONDS)}))
            return
        self._admitted = True
        self.crowd.inside += 1
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._forget_head()
        if self._watch is not None:
            self._watch.cancel()
        self.crowd.inside -= self._admitted
        self.crowd.leaving -= self._leaving
        self._admitted = self._leaving = False

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if len(data) <= self.limits.headers and self._take_known(data):
            self._forget_head()
            self._pending = 0
            return
        self._pending += len(data)
        try:
            self._feed(data)
        except httptools.HttpParserError as error:
            self._refuse(refusals.cause(error))
            return
        self._measure()

    def on_headers_complete(self) -> None:
        self._progress = True
        limit = self.limits.headers
        if self._before + self._pending > limit and self._head_size() > limit:
            raise self._too_large()
        if len(self.pipeline) >= PIPELINE:
            raise Problem(429, f"more than {PIPELINE} requests wait on one connection")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._progress = True
        super().on_body(body)

    def resume_writing(self) -> None:
        self._drains += 1
        super().resume_writing()

    def _measure(self) -> None:
        """After data that were well-formed: is the head too large, and when must it be complete?"""
        if self._progress:
            self._before, self._pending, self._progress = self._pending, 0, False
        elif self._pending > self.limits.headers:
            self._refuse(self._too_large())
            return
        if self._busy or self._answered:
            self._forget_head()
        elif self._due is None:
            self._expect_head()

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + _FIELD_BYTES for name, value in self.headers)

    def _too_large(self) -> Problem:
        limit = self.limits.headers
        detail = f"the request line and the header fields are larger than {limit} bytes; send the query by POST"
        return Problem(431, detail, extra={"limit": "headers", "bytes": limit})

    def _expect_head(self) -> None:
        self._since = self.loop.time()
        self._due = self.loop.call_later(self.limits.header_seconds, self._late)

    def _forget_head(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _late(self) -> None:
        seconds = self.limits.header_seconds
        detail = f"the header fields took longer than {seconds:g} seconds to arrive"
        self._refuse(Problem(408, detail, extra={"limit": "headers", "seconds": seconds}))

    def _look(self) -> None:
        """Abort where nothing has left since the last look, though much or all of the answer is still here."""
        size = self.transport.get_write_buffer_size()
        stuck = size > 0 and (self.transport.is_closing() or self.flow.write_paused)
        if stuck and self._waiting == (self._drains, size):
            self.transport.abort()
            return
        self._waiting = (self._drains, size if stuck else 0)
        self._watch = self.loop.call_later(self.limits.stall_seconds, self._look)

    def _refuse(self, problem: Problem) -> None:
        """Take nothing more from the client; tell it why, unless an answer is under way that this would garble."""
        self._refused = True
        if not self._busy:
            self._tell(problem)
        elif not self.cycle.more_body:
            # The fault is in a later request. uvicorn closes the connection after the answer to the last good one.
            self.cycle.keep_alive = False
            self._log(problem, uuid.uuid4().hex, 0)
        else:
            self._interrupt(problem)

    def _interrupt(self, problem: Problem) -> None:
        """The fault is in the body of the request itself: the application is to give it up."""
        if self.pipeline or self.cycle.response_started:
            self._log(problem, uuid.uuid4().hex, 0)
            self.transport.close()
            return
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        name = uuid.uuid4().hex
        if self.crowd.leaving >= LEAVING:
            self._log(problem, name, 0)
            self.transport.abort()
            return
        self._leaving = True
        self.crowd.leaving += 1
        body = json.dumps({**problem.document(), "request_id": name}, ensure_ascii=False).encode()
        self.transport.write(refusals.head(problem, name, len(body), self.server_state.default_headers) + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._log(problem, name, len(body))
        self._due = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _log(self, problem: Problem, name: str, size: int) -> None:
        """A line in the access log like those of other requests; what was not understood has no method and no path."""
        seconds = self.loop.time() - self._since if self._due else 0.0
        self._forget_head()
        client = self.client[0] if self.client else ""
        self.book.refused(Line(name, client, NOTHING, NOTHING, problem.status, size, seconds, size > 0))
