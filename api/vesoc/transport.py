"""HTTP connections with bounds that uvicorn does not set: on head, time, number and on clients that do not read."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from vesoc import refusals
from vesoc.crowd import Crowd
from vesoc.errors import Problem
from vesoc.gathering import Gathering
from vesoc.ledger import NOTHING, Ledger, Line
from vesoc.settings import Settings
from vesoc.whole import Early, Straight, Taken, Whole

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
    early: Early | None = None,
    straight: Straight | None = None,
    ledger: Ledger | None = None,
    crowd: Crowd | None = None,
) -> type[HttpToolsProtocol]:
    """A protocol for `uvicorn.Config(http=…)`; one for each server, as it counts the connections.

    A request has at most `headers` bytes before its body (431) and `header_seconds` to send them (408), there are at
    most `connections` at once (503), and one whose client takes nothing of what waits for it is aborted after one to
    two times `stall_seconds`. A request that `early` has a response to goes no further, one that
    `straight` takes goes its way before a task begins for it. What is refused here is told to
    `ledger`, and the connections are counted in `crowd`.
    """

    our_crowd = crowd or Crowd()

    class Bounded(_Protocol):
        limits = _Limits(headers, header_seconds, connections, stall_seconds, early, straight)
        crowd = our_crowd
        book = ledger or Ledger(Settings())

    return Bounded


@dataclass(frozen=True)
class _Limits:
    headers: int
    header_seconds: float
    connections: int
    stall_seconds: float
    early: Early | None
    straight: Straight | None


class _Protocol(HttpToolsProtocol):
    limits: ClassVar[_Limits]
    crowd: ClassVar[Crowd]
    book: ClassVar[Ledger]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ws_protocol_class = None  # such a protocol would take the connection out of our hands, and our counts
        self._due: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._admitted = False
        self._refused = False
        self._leaving = False
        self._since = 0.0
        self._cycles: list[Any] = []
        self._pending = 0  # bytes since a head was last complete or part of a body last came
        self._before = 0  # bytes of the data that did so; their tail may belong to the next head
        self._progress = False
        self._early = False  # whether the request at hand has been answered before it was one
        self._taken: Taken | None = None
        self._drains = 0
        self._waiting = (0, 0)

    @property
    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]
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
        # uvicorn tells the request that came last; those before it run on or wait.
        for cycle in self._cycles:
            cycle.disconnected = True
            cycle.message_event.set()
        if self._taken:
            self._taken.leave()
        self._forget_head()
        if self._watch is not None:
            self._watch.cancel()
        self.crowd.inside -= self._admitted
        self.crowd.leaving -= self._leaving
        self._admitted = self._leaving = False

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._unset_keepalive_if_required()
        self._pending += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request has been taken in as if it had not asked
        except httptools.HttpParserError as error:
            self._refuse(refusals.cause(error))
            return
        finally:
            self.transport.flush()  # type: ignore[attr-defined]
        self._measure()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._early = False

    def on_headers_complete(self) -> None:
        self._unset_keepalive_if_required()  # which a request before it in the same data may have set
        self._progress = True
        limit = self.limits.headers
        if self._before + self._pending > limit and self._head_size() > limit:
            raise self._too_large()
        if len(self.pipeline) >= PIPELINE:
            raise Problem(429, f"more than {PIPELINE} requests wait on one connection")
        self._early = not self._busy and self._answer_early()
        if self._early:
            return
        super().on_headers_complete()
        self._early = self.cycle.response_complete
        self._cycles = [cycle for cycle in self._cycles if not cycle.response_complete]
        self._cycles.append(self.cycle)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        begin = partial(super()._start_asgi_task, cycle, Whole(app, cycle))  # type: ignore[arg-type]
        # Of requests in a line, the last alone: each of them would begin the next before it has ended itself.
        straight = self.limits.straight if cycle is self.cycle else None
        self._taken = straight(cycle, begin) if straight else None
        if not self._taken:
            begin()

    def on_message_complete(self) -> None:
        if not self._early:
            super().on_message_complete()

    def on_body(self, body: bytes) -> None:
        self._progress = True
        super().on_body(body)

    def shutdown(self) -> None:
        if self._taken:
            self._taken.pass_on()
        super().shutdown()

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
        if self._busy or self._early:
            self._forget_head()
        elif self._due is None:
            self._expect_head()

    def _answer_early(self) -> bool:
        parser, early = self.parser, self.limits.early
        plain = parser.get_http_version() == "1.1" and parser.should_keep_alive() and not parser.should_upgrade()
        if early is None or not plain or self.flow.write_paused:
            return False
        method = parser.get_method().decode("ascii")
        response = early(self.client, method, self.url, self.headers, self.server_state.default_headers)
        if response is None:
            return False
        self.transport.hold(response)  # type: ignore[attr-defined]
        self._unset_keepalive_if_required()
        wait, end = self.timeout_keep_alive, self.timeout_keep_alive_handler
        self.timeout_keep_alive_task = self.loop.call_later(wait, end)
        return True

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
