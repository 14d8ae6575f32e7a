"""The web process's side of the engine: requests go out over sockets, answers come back as streams.

A place is taken for each request under way; past the places requests wait in line, and past the line they are told 503.
A worker that takes longer than a moment is niced, so that short queries go before long ones. One whose client is gone
is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vesoc import wire
from vesoc.errors import Problem, VesocError
from vesoc.settings import Settings
from vesoc.worker import FRESH_SECONDS

WHOLE_BYTES = 16 * 1024 * 1024  # the most that is kept of an answer that a page shows
RETRY_SECONDS = 5
_GRACE = 1.0  # seconds that a worker has beyond its own clock before it is killed from here
_LOG = logging.getLogger("vesoc.pool")


@dataclass(frozen=True)
class Orders:
    """What the engine is to load: the folder of our own graph, or other people's files."""

    root: Path | None
    data: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What the engine says of the data when it is ready."""

    digest: str
    state: str
    modified: str | None
    triples: int


class Answer:
    """The answer of one worker: its header, and its bytes as they come."""

    def __init__(self, header: dict[str, Any], exchange: _Exchange) -> None:
        self.header = header
        self._exchange = exchange

    def stopped(self) -> Problem:
        """The problem to tell where the worker was stopped."""
        return self._exchange.stopped()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes; ConnectionError where the worker was stopped before the end."""
        while True:
            kind, payload = await self._exchange.next()
            if kind == wire.END:
                return
            if kind == wire.ERROR:
                raise ConnectionError("the query failed half-way")
            yield payload


class Pool:
    """Runs the engine and asks its workers."""

    def __init__(self, settings: Settings, orders: Orders) -> None:
        self._settings = settings
        self._orders = orders
        self._folder = tempfile.TemporaryDirectory(prefix="vesoc-")
        self._places = asyncio.Semaphore(settings.query_places)
        self._waiting = 0
        self._process: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._socket = ""
        self.loaded: Loaded | None = None

    @property
    def dumps(self) -> Path:
        """The folder with the dumps of the data."""
        return Path(self._folder.name) / "dumps"

    async def start(self) -> None:
        """Load the data and fork the first workers; VesocError where the data cannot be loaded."""
        await self._launch()
        self._supervisor = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """End the engine and its workers."""
        if self._supervisor:
            self._supervisor.cancel()
        await self._end()
        self._folder.cleanup()

    @asynccontextmanager
    async def ask(self, operation: str, **request: Any) -> AsyncIterator[Answer]:
        """Ask a worker; Problem 503 when all places and the line are taken, or when the worker was stopped."""
        async with self._place():
            exchange = await self._connect({"operation": operation, **request})
            try:
                yield Answer(await exchange.header(), exchange)
            finally:
                exchange.close()

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
                raise answer.stopped() from None
            return answer.header, bytes(body)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._places.locked() and self._waiting >= self._settings.query_queue:
            raise Problem(503, "the server is full; try again in a moment", headers={"Retry-After": "2"})
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()

    async def _connect(self, request: dict[str, Any]) -> _Exchange:
        seconds = self._settings.query_timeout
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket)
            exchange = _Exchange(reader, writer, seconds)
            try:
                await exchange.begin({**request, "seconds": seconds})
            except BaseException:
                exchange.close()
                raise
        except (OSError, asyncio.IncompleteReadError):
            raise Problem(
                503, "the data is being loaded; try again in a moment", headers={"Retry-After": "2"}
            ) from None
        return exchange

    async def _launch(self) -> None:
        self._socket = str(Path(self._folder.name) / f"socket-{time.monotonic_ns()}")
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "vesoc.engine"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=1 << 20,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(self._message()).encode() + b"\n")
        line = await self._process.stdout.readline()
        report = json.loads(line) if line else {"error": "the engine ended while it loaded the data"}
        if "error" in report:
            await self._end()
            raise VesocError(report["error"])
        self.loaded = Loaded(**report)

    def _message(self) -> dict[str, Any]:
        settings = self._settings
        return {
            "root": str(self._orders.root) if self._orders.root else None,
            "data": [str(path) for path in self._orders.data],
            "base": settings.base,
            "address": settings.address,
            "socket": self._socket,
            "dumps": str(self.dumps),
            "query_memory": settings.query_memory,
            "service_hosts": list(settings.service_hosts),
        }

    async def _supervise(self) -> None:
        """Start the engine anew when it ends by itself."""
        while self._process:
            await self._process.wait()
            self.loaded = None
            _LOG.error("the engine ended; it is started again")
            try:
                await self._launch()
            except Exception as error:
                _LOG.error("the engine cannot be started: %r", error)
                await asyncio.sleep(RETRY_SECONDS)

    async def _end(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()
            await self._process.wait()


class _Exchange:
    """One request to one worker."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
        self._reader = reader
        self._writer = writer
        self._seconds = seconds
        self._started = time.monotonic()
        self._worker: int | None = None
        self._niced: asyncio.TimerHandle | None = None
        self._ended = False

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the request and learn who answers."""
        self._writer.write(wire.pack_json(wire.REQUEST, request))
        async with asyncio.timeout(self._seconds):
            _, payload = await wire.read(self._reader)
        hello = json.loads(payload)
        self._worker = hello["process"]
        loop = asyncio.get_running_loop()
        self._niced = loop.call_later(FRESH_SECONDS, _nice, hello["thread"])

    async def header(self) -> dict[str, Any]:
        """The header of the answer; the problem that the worker tells instead, or 503 where it was stopped."""
        try:
            async with asyncio.timeout(self._seconds + _GRACE):
                kind, payload = await self.next()
        except (ConnectionError, TimeoutError):
            raise self.stopped() from None
        message: dict[str, Any] = json.loads(payload)
        if kind == wire.ERROR:
            raise Problem(message["status"], message["detail"], extra=message["extra"])
        return message

    async def next(self) -> tuple[bytes, bytes]:
        """The next frame; ConnectionError where the worker is gone."""
        try:
            kind, payload = await wire.read(self._reader)
        except asyncio.IncompleteReadError:
            self._ended = True
            raise ConnectionError("the worker was stopped") from None
        self._ended = kind in (wire.END, wire.ERROR)
        if self._ended and self._niced:
            self._niced.cancel()
        return kind, payload

    def close(self) -> None:
        """Done with it; a worker that is still at work is killed."""
        if self._niced:
            self._niced.cancel()
        if not self._ended and self._worker:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._worker, signal.SIGKILL)
        self._writer.close()

    def stopped(self) -> Problem:
        """Why the worker ended before its answer: 503 with the limit that it met."""
        took = time.monotonic() - self._started
        if took >= self._seconds:
            detail = f"the query was stopped: it took longer than {self._seconds:g} seconds"
            return Problem(503, detail, extra={"limit": "time", "seconds": self._seconds})
        return Problem(
            503,
            "the query ended before its answer: most likely it took more than its share of memory",
            extra={"limit": "memory"},
        )


def _nice(thread: int) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, 19)
