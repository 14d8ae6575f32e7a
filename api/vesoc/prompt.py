"""HTTP connections on which what is known is answered before anything is made of the request, or without a task."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from vesoc.gathering import Gathering
from vesoc.whole import Early, Straight, Taken, Whole


@dataclass(frozen=True)
class Ways:
    """A request that `early` has a response to goes no further, one that `straight` takes goes on without a task."""

    early: Early | None = None
    straight: Straight | None = None


class Prompt(HttpToolsProtocol):
    """Connections with these `ways`.

    Data that are one whole request like one before go past the parser, where the connection is at rest: to the answer,
    if that is known, else on their way.
    """

    ways: ClassVar[Ways]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ws_protocol_class = None  # such a protocol would take the connection out of our hands, and our counts
        self._answered = False  # whether the last request was answered by the time its head had been read
        self._rests = True  # whether all that came belongs to whole requests
        self._begun = 0  # requests in the data at hand
        self._asked: Any = None  # what the last of these asks, where it is one to answer early
        self._moment = 0.0  # of the last answer
        self._idle = False  # whether no request has begun since
        self._cycles: list[Any] = []
        self._taken: Taken | None = None

    @property
    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # uvicorn tells the request that came last; those before it run on or wait.
        for cycle in self._cycles:
            cycle.disconnected = True
            cycle.message_event.set()
        if self._taken:
            self._taken.leave()
        # Each of these knows the connection: it would stay until garbage is looked for among all that is old.
        self._unset_keepalive_if_required()
        self.cycle = self._taken = None  # type: ignore[assignment]
        self._cycles.clear()
        self.pipeline.clear()

    def _feed(self, data: bytes) -> None:
        """Let the parser read; HttpParserError where that is not to go on."""
        rested, self._begun, self._asked = self._rests, 0, None
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request has been taken in as if it had not asked
        finally:
            self.transport.flush()  # type: ignore[attr-defined]
        early = self.ways.early
        if early and self._asked and rested and self._rests and self._begun == 1:
            early.know(data, self._asked, answered=self._answered)

    def _take_known(self, data: bytes) -> bool:
        """Take a request that is like one before; the parser rests between two, and need not hear of this one."""
        early = self.ways.early if self._rests and not self._busy else None
        known = early.known(data) if early else None
        asked = known or early.like(data) if early else None
        if not early or not asked:
            return False
        response = self._response(early, asked)
        self._answered = response is not None
        if response is None:
            self._begin_known(asked)
            return True
        self.transport.send(response)  # type: ignore[attr-defined]
        if not known:
            early.know(data, asked, answered=True)
        return True

    def _begin_known(self, asked: Any) -> None:
        """Begin a request of which all has come, as the parser and uvicorn would."""
        HttpToolsProtocol.on_message_begin(self)
        self._idle = False
        self.scope |= asked.scope
        cycle = self.cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        self._start_asgi_task(cycle, self.app)
        self._note_begun()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun += 1
        self._answered = self._rests = self._idle = False  # only now: blank lines do not keep a connection

    def on_headers_complete(self) -> None:
        self._idle = False  # of a request whose head had begun when the last answer was finished
        self._answered = not self._busy and self._answer_early()
        if not self._answered:
            super().on_headers_complete()
            self._note_begun()

    def _note_begun(self) -> None:
        self._answered = self.cycle.response_complete
        self._cycles = [cycle for cycle in self._cycles if not cycle.response_complete]
        self._cycles.append(self.cycle)

    def on_message_complete(self) -> None:
        self._rests = True
        if not self._answered:
            super().on_message_complete()

    def shutdown(self) -> None:
        if self._taken:
            self._taken.pass_on()
        super().shutdown()

    def on_response_complete(self) -> None:
        """As uvicorn has it, but for the timer of the rest that begins."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        else:
            self._rest()

    def timeout_keep_alive_handler(self) -> None:
        self.timeout_keep_alive_task = None
        left = self._moment + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._wake_after(left)
        elif self._idle:
            super().timeout_keep_alive_handler()

    def _rest(self) -> None:
        """The client has so long for another request. One timer does for many rests: each would cost microseconds."""
        self._moment, self._idle = self.loop.time(), True
        if self.timeout_keep_alive_task is None:
            self._wake_after(self.timeout_keep_alive)

    def _wake_after(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def _begin_task(self, cycle: Any, app: Any) -> None:
        super()._start_asgi_task(cycle, Whole(app, cycle))  # type: ignore[arg-type]

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        begin = partial(self._begin_task, cycle, app)
        # Of requests in a line, the last alone: each of them would begin the next before it has ended itself.
        straight = self.ways.straight if cycle is self.cycle else None
        self._taken = straight(cycle, begin) if straight else None
        if not self._taken:
            begin()

    def _answer_early(self) -> bool:
        parser, early = self.parser, self.ways.early
        plain = parser.get_http_version() == "1.1" and parser.should_keep_alive() and not parser.should_upgrade()
        asked = early.read(parser.get_method().decode("ascii"), self.url, self.headers) if early and plain else None
        self._asked = asked
        response = self._response(early, asked) if early and asked else None
        if response is None:
            return False
        self.transport.hold(response)  # type: ignore[attr-defined]
        return True

    def _response(self, early: Early, asked: Any) -> bytes | None:
        """What answers a request early; the connection rests then."""
        if self.flow.write_paused:
            return None
        response = early.answer(self.client, asked, self.server_state.default_headers)
        if response is not None:
            self._rest()
        return response
