"""HTTP connections on which what is known is answered before anything is made of the request, or without a task."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from vesoc.gathering import Gathering
from vesoc.whole import Early, Straight, Taken, Whole


@dataclass(frozen=True)
class Ways:
    """A request that `early` has a response to goes no further, one that `straight` takes goes on without a task."""

    early: Early | None = None
    straight: Straight | None = None


class Prompt(HttpToolsProtocol):
    """Connections with these `ways`.

    Data that were one whole request, answered early, are answered without the parser when they come again, where the
    connection is at rest and the answer is still known.
    """

    ways: ClassVar[Ways]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ws_protocol_class = None  # such a protocol would take the connection out of our hands, and our counts
        self._answered = False  # whether the last request was answered by the time its head had been read
        self._rests = True  # whether all that came belongs to whole requests
        self._begun = 0  # requests in the data at hand
        self._asked: Any = None  # what was last answered early of these
        self._moment = 0.0  # of the last early answer
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
            early.know(data, self._asked)

    def _answer_again(self, data: bytes) -> bool:
        """Answer what is known as it comes; the parser rests between two requests, and need not hear of this one."""
        early = self.ways.early if self._rests and not self._busy else None
        asked = early.known(data) if early else None
        if not early or not asked or not self._answer(early, asked):
            return False
        self._answered = True
        self.transport.flush()  # type: ignore[attr-defined]
        return True

    def on_message_begin(self) -> None:
        self._unset_keepalive_if_required()  # only now: blank lines do not keep a connection
        super().on_message_begin()
        self._begun += 1
        self._answered = self._rests = False

    def on_headers_complete(self) -> None:
        self._unset_keepalive_if_required()  # set where an answer was finished after this head had begun
        self._answered = not self._busy and self._answer_early()
        if self._answered:
            return
        super().on_headers_complete()
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

    def timeout_keep_alive_handler(self) -> None:
        # Set once for many early answers; each time would cost some microseconds.
        left = self._moment + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        begin = partial(super()._start_asgi_task, cycle, Whole(app, cycle))  # type: ignore[arg-type]
        # Of requests in a line, the last alone: each of them would begin the next before it has ended itself.
        straight = self.ways.straight if cycle is self.cycle else None
        self._taken = straight(cycle, begin) if straight else None
        if not self._taken:
            begin()

    def _answer_early(self) -> bool:
        parser, early = self.parser, self.ways.early
        plain = parser.get_http_version() == "1.1" and parser.should_keep_alive() and not parser.should_upgrade()
        asked = early.read(parser.get_method().decode("ascii"), self.url, self.headers) if early and plain else None
        if not early or not asked or not self._answer(early, asked):
            return False
        self._asked = asked
        return True

    def _answer(self, early: Early, asked: Any) -> bool:
        if self.flow.write_paused:
            return False
        response = early.answer(self.client, asked, self.server_state.default_headers)
        if response is None:
            return False
        self.transport.hold(response)  # type: ignore[attr-defined]
        self._moment = self.loop.time()
        if self.timeout_keep_alive_task is None:
            wait, end = self.timeout_keep_alive, self.timeout_keep_alive_handler
            self.timeout_keep_alive_task = self.loop.call_later(wait, end)
        return True
