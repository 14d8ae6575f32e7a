"""The web process's way to the data: requests go to workers over sockets, answers come back as streams."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vesoc.errors import Problem
from vesoc.exchange import Exchange
from vesoc.lanes import Lanes
from vesoc.runner import Runner
from vesoc.settings import Settings
from vesoc.supervisor import Loaded, Supervisor

_TRIES = 5  # idle workers may have ended together
WHOLE_BYTES = 16 * 1024 * 1024  # the most that is kept of an answer that a page shows


@dataclass(frozen=True)
class Orders:
    """What the engine is to load: the folder of our own graph, or other people's files."""

    root: Path | None
    data: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer of one worker: header and first bytes, and how long it waited and took to begin, in seconds."""

    header: dict[str, Any]
    first: bytes
    waited: float
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


class Pool:
    """Runs the engine, whose process starts at once, and asks its workers."""

    def __init__(self, settings: Settings, orders: Orders) -> None:
        self._settings = settings
        self._orders = orders
        self._folder = tempfile.TemporaryDirectory(prefix="vesoc-")
        self._supervisor = Supervisor(self._message())
        self._callers: asyncio.Server | None = None
        self._lanes = Lanes(
            settings.query_places,
            settings.query_queue,
            settings.query_timeout / 2,
            settings.query_memory_total,
            lambda runner: self._supervisor.replace(runner.process),
        )
        self._supervisor.launch()

    @property
    def root(self) -> Path | None:
        """The folder of our own graph; None for other people's data."""
        return self._orders.root

    @property
    def loaded(self) -> Loaded | None:
        """What is loaded; None while it is being loaded."""
        return self._supervisor.loaded

    def require(self) -> Loaded:
        """What is loaded; Problem 503 while it is being loaded."""
        if self.loaded is None:
            raise Problem(503, "the data is being loaded", kind="loading", headers={"Retry-After": "2"})
        return self.loaded

    @property
    def answer_timeout(self) -> float:
        """Seconds that the transfer of an answer may take."""
        return self._settings.answer_timeout

    @property
    def folder(self) -> Path:
        """The folder for what is made from the data."""
        return Path(self._folder.name) / "made"

    @property
    def documents(self) -> Path:
        """The folder of what is published about the loaded data; it is there when all of it is."""
        return self.folder / self.require().state

    def publish(self) -> None:
        """Have the documents made now, if they are not made yet."""
        self._supervisor.publish()

    async def start(self, changed: Callable[[], None]) -> None:
        """Wait for the data; VesocError where it cannot be loaded. `changed` is called when other data is loaded."""
        loop = asyncio.get_running_loop()
        self._callers = await loop.create_unix_server(lambda: Runner(self._lanes.arrive), self._socket)
        await self._supervisor.start(changed)

    async def stop(self) -> None:
        """End the engine and its workers."""
        if self._callers:
            self._callers.close()
        await self._supervisor.stop()
        self._folder.cleanup()

    @asynccontextmanager
    async def ask(self, operation: str, **request: Any) -> AsyncIterator[Answer]:
        """Ask a worker; Problem 503 when all places and the line are taken, or when the worker was stopped."""
        self.require()
        answer = await self._begin({"operation": operation, **request})
        try:
            yield answer
        finally:
            answer.exchange.close()

    async def whole(self, operation: str, **request: Any) -> tuple[dict[str, Any], bytes]:
        """Ask for an answer that is small, and take all of it; Problem 400 for one that is not."""
        async with self.ask(operation, **request) as answer:
            body = bytearray()
            try:
                async for chunk in answer.chunks():
                    body += chunk
                    if len(body) > WHOLE_BYTES:
                        raise Problem(400, "the answer is too large for a page; ask /sparql, or add a LIMIT")
            except ConnectionError:
                raise answer.exchange.stopped() from None
            return answer.header, bytes(body)

    @property
    def _socket(self) -> str:
        return str(Path(self._folder.name) / "workers")

    async def _begin(self, message: dict[str, Any]) -> Answer:
        """The answer of a worker; of another one where it ended before it was slow, whatever ended it.

        What a request waits is taken off what it may take, but for half of it.
        """
        arrived = time.monotonic()
        limit = self._settings.query_timeout
        for last in (*[False] * _TRIES, True):
            turn = await self._lanes.take()
            started = time.monotonic()
            seconds = max(limit - (started - arrived), limit / 2)
            exchange = Exchange(turn, self._lanes, seconds, limit)
            try:
                header, first = await exchange.header({**message, "seconds": seconds})
                return Answer(header, first, started - arrived, time.monotonic() - started, exchange)
            except BaseException as error:
                exchange.close()
                if not isinstance(error, ConnectionError):
                    raise
                if last or exchange.slow:
                    raise exchange.stopped() from None
        raise AssertionError

    def _message(self) -> dict[str, Any]:
        return {
            "root": str(self._orders.root) if self._orders.root else None,
            "data": [str(path) for path in self._orders.data],
            "socket": self._socket,
            "folder": str(self.folder),
            "ready": max(4, len(os.sched_getaffinity(0)) + 2),
            "settings": self._settings.document(),
        }
