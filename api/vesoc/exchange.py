"""One request to one worker, and how it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import orjson

from vesoc import wire
from vesoc.errors import Problem
from vesoc.lanes import PATIENCE, QUICK_SECONDS, Lanes
from vesoc.turns import Turn, full, out_of_memory
from vesoc.usage import Usage

_GRACE = 0.5  # seconds that a worker has beyond its own clock before it is killed from here


@dataclass(slots=True)
class Answer:
    """The answer of one worker: header and first bytes, and the seconds that it took to begin.

    Whoever has it closes its exchange.
    """

    header: dict[str, Any]
    first: bytes
    took: float
    exchange: Exchange

    @property
    def whole(self) -> bool:
        """Whether the first bytes are all."""
        return "length" in self.header

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes; ConnectionError where the worker was stopped before the end."""
        yield self.first
        async for chunk in self.exchange.rest():
            yield chunk


class Exchange:
    """A turn at a worker, which has `seconds` until its answer begins: what the wait has left of `limit`.

    What it takes is noted in `usage`.
    """

    def __init__(self, turn: Turn, lanes: Lanes, seconds: float, limit: float, usage: Usage) -> None:
        self._turn = turn
        self._lanes = lanes
        self._seconds = seconds
        self._limit = limit
        self._usage = usage
        self._usage.begun, self._usage.worker = time.time(), turn.runner.process
        self._ended = False
        self._begun = False
        self._closed = False
        self._started = time.monotonic()
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def slow(self) -> bool:
        """Whether it took longer than a moment."""
        return self._turn.slow

    def ask(self, request: dict[str, Any]) -> None:
        """Send the request."""
        self._turn.runner.ask({**request, "seconds": self._seconds})
        self._timer = self._loop.call_later(QUICK_SECONDS, self._judge)

    def tell(self, told: Callable[[], object]) -> None:
        """Call that once, when the answer begins, the worker ends, or the request is about to be slow."""
        self._turn.runner.tell(told)

    def come(self) -> Answer | None:
        """The answer where it has begun, else like `answer`."""
        frame = self._turn.runner.next()
        return self._answer(*frame) if frame else None

    async def answer(self) -> Answer:
        """The answer once it has begun; the Problem that the worker tells instead.

        ConnectionError where the worker ended before it.
        """
        return self._answer(*await self._turn.runner.receive())

    def _answer(self, kind: bytes, payload: bytes) -> Answer:
        self._begun = True
        end = payload.index(b"\n")
        message: dict[str, Any] = orjson.loads(payload[:end])
        if kind == wire.ERROR or "length" in message:
            self._end()
        if kind == wire.ERROR:
            raise Problem(**message)
        return Answer(message, payload[end + 1 :], time.monotonic() - self._started, self)

    async def rest(self) -> AsyncIterator[bytes]:
        """The other bytes of the answer; ConnectionError where the worker ended before the last."""
        while not self._ended:
            kind, payload = await self._turn.runner.receive()
            if kind in (wire.END, wire.ERROR):
                self._end()
            if kind == wire.ERROR:
                self._turn.reason = Problem(**orjson.loads(payload))
                raise ConnectionError("the query failed half-way")
            if payload:
                yield payload

    def close(self) -> None:
        """Done with it; a worker that is still at work is killed."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        self._note()
        self._lanes.leave(self._turn, self._ended, "" if self._ended else self._ending())

    def _note(self) -> None:
        turn, usage = self._turn, self._usage
        (turn.weigh if turn.slow else turn.clock)()
        usage.took, usage.slow = time.monotonic() - self._started, turn.slow
        usage.processor, usage.memory = turn.processor, turn.memory

    def _ending(self) -> str:
        """Why a worker that is still at work is killed, or has ended."""
        if self._turn.reason:
            return self._turn.reason.kind
        if not self._turn.runner.gone:
            return "client"
        return self.stopped().kind if self.slow else "failure"

    def stopped(self) -> Problem:
        """Why the worker ended before its answer: 503 with the limit that it met."""
        if self._turn.reason:
            return self._turn.reason.anew()  # what is raised knows its frames, and they the turn
        return self._late() if time.monotonic() - self._started >= self._seconds else out_of_memory()

    def _end(self) -> None:
        self._ended = True
        if self._timer:
            self._timer.cancel()

    def _judge(self) -> None:
        """It has had its moment: was it at work, or did it wait for a processor?"""
        self._turn.runner.wake()
        if self._closed:
            return
        elapsed = time.monotonic() - self._started
        if elapsed < PATIENCE and self._turn.runner.spent() < QUICK_SECONDS / 2:
            self._timer = self._loop.call_later(QUICK_SECONDS, self._judge)
        else:
            self._turn_slow()

    def _turn_slow(self) -> None:
        self._timer = self._loop.call_later(self._seconds + _GRACE, self._expire)
        self._lanes.turn_slow(self._turn)

    def _expire(self) -> None:
        if not self._begun:
            self._turn.stop(full() if self._turn.halted else self._late())

    def _late(self) -> Problem:
        return Problem(
            503,
            f"the query was stopped: it took longer than {self._limit:g} seconds",
            kind="timeout",
            extra={"limit": "time", "seconds": self._limit},
        )
