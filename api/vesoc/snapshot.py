"""One state of the data: the engine that holds it, its workers, and what goes with it, for as long as somebody reads.

A request reads from one snapshot from its beginning to its end, so that whatever an answer says of the data is true of
the data that it comes from. Requests go to workers over sockets, answers come back as streams.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vesoc.builds.shelf import Lease
from vesoc.errors import Problem
from vesoc.exchange import Answer, Exchange
from vesoc.lanes import Lanes, Slow
from vesoc.library import Library
from vesoc.places import Places
from vesoc.runner import Runner
from vesoc.settings import Settings
from vesoc.spare import Start, started
from vesoc.supervisor import Loaded, Refused, Supervisor
from vesoc.turns import Turn
from vesoc.usage import Usage

_TRIES = (*[False] * 5, True)  # whether it is the last: idle workers may have ended together
_PREPARED = 20  # seconds that a new snapshot has for its first worker
_GLANCE = 0.02
Guard = Callable[[Loaded | None], None]  # raises Problem where what is loaded may not be told of


class Snapshot:
    """An engine that is started at once, in a folder of its own; `generation` tells it from those before it.

    `orders` say what it is to load; `slow` are the places that it shares with other engines.
    """

    def __init__(
        self,
        settings: Settings,
        orders: dict[str, Any],
        slow: Slow,
        folder: Path,
        generation: int,
        *,
        guard: Guard = lambda loaded: None,
        engine: Start = started,
    ) -> None:
        self.generation = generation
        self.since = _second()  # that it is served; HTTP tells moments by the second
        self.library = Library()
        self._guard = guard
        self._started = False
        self._settings = settings
        self._root = folder
        self._found = Places(Path(orders["root"])) if orders["root"] else None
        self._orders = orders
        self._lease = Lease(Path(orders["store"])) if orders.get("store") else None
        own = {"socket": self._socket, "folder": str(self.folder), "ready": max(4, len(os.sched_getaffinity(0)) + 2)}
        self._supervisor = Supervisor({**orders, **own}, engine)
        self._lanes = Lanes(
            slow,
            settings.query_queue,
            settings.query_timeout / 2,
            lambda runner: self._supervisor.replace(runner.process),
        )
        self._callers: asyncio.Server | None = None
        self._readers = 0
        self._free = asyncio.Event()
        self._free.set()
        self._supervisor.launch()

    @property
    def loaded(self) -> Loaded:
        """What is loaded, be the engine up or not."""
        assert self._supervisor.loaded
        return self._supervisor.loaded

    @property
    def known(self) -> Loaded | None:
        """What is loaded, once all of it is."""
        return self._supervisor.loaded if self._started else None

    def require(self) -> Loaded:
        """What is loaded; Problem 503 while the engine is started again, or where the guard says so."""
        known = self._supervisor.loaded if self._started else None
        self._guard(known)
        if known is None or not self._supervisor.up:
            raise Problem(503, "the data is being loaded", kind="loading", headers={"Retry-After": "2"})
        return known

    @property
    def own(self) -> bool:
        """Whether it is of our own graph."""
        return self._orders["root"] is not None

    def differs(self, orders: dict[str, Any]) -> bool:
        """Whether other orders are of other files or another build; of files of others nobody knows, so they are."""
        made_from = [(told["source"], told.get("store")) for told in (self._orders, orders)]
        return made_from[0] != made_from[1] or not any(made_from[1])

    @property
    def answer_timeout(self) -> float:
        """Seconds that the transfer of an answer may take."""
        return self._settings.answer_timeout

    @property
    def folder(self) -> Path:
        """The folder for what is made from the data."""
        return self._root / "made"

    @property
    def documents(self) -> Path:
        """The folder of what is published about the data; it is there when all of it is."""
        return self.folder / self.require().state

    @property
    def up(self) -> bool:
        """Whether the engine is there."""
        return self._supervisor.up

    @property
    def restarts(self) -> int:
        """How often the engine ended by itself."""
        return self._supervisor.restarts

    @property
    def lanes(self) -> Lanes:
        """Its workers, and who waits for them."""
        return self._lanes

    @property
    def engine(self) -> int | None:
        """The engine's process."""
        return self._supervisor.process

    def publish(self) -> None:
        """Have the documents made now, if they are not made yet."""
        self._supervisor.publish()

    def ready_pages(self) -> None:
        """Have made ready what pages need, if it was not from the start."""
        self._supervisor.ready_pages()

    async def start(self, outdated: Callable[[], None]) -> None:
        """Wait for the data; VesocError where it cannot be loaded, or the library of queries that goes with it.

        `outdated` is called where the engine ended and what it had to serve is no longer there.
        """
        loop = asyncio.get_running_loop()
        self._callers = await loop.create_unix_server(lambda: Runner(self._lanes.arrive), self._socket)
        await self._supervisor.start(outdated)
        if self._found and self.loaded.own:
            self.library = await asyncio.to_thread(Library, self._found.queries)
        self._started = True

    async def prepare(self) -> None:
        """Wait for the first worker; Refused where there is none after a while, or the engine ends meanwhile."""
        until = time.monotonic() + _PREPARED
        while not self._lanes.idle and time.monotonic() < until:
            await asyncio.sleep(_GLANCE)
        if not self._supervisor.up:
            raise Refused("the engine ended as soon as it had loaded the data")
        if not self._lanes.idle:
            raise Refused("no worker could be started on the new data")

    def follow(self, before: Snapshot) -> None:
        """From now on it is served in the place of another one: since a later moment, unless it holds the same."""
        same = self.loaded.state == before.loaded.state
        self.since = before.since if same else max(_second(), before.since + timedelta(seconds=1))

    async def stop(self) -> None:
        """End the engine and its workers, and leave nothing of what they made."""
        if self._callers:
            self._callers.close()
        await self._supervisor.stop()
        if self._lease:
            self._lease.release()
        self._lanes.close()
        await asyncio.to_thread(shutil.rmtree, self._root, ignore_errors=True)

    def hold(self) -> None:
        """Somebody reads from it."""
        self._readers += 1
        self._free.clear()

    def release(self) -> None:
        """Somebody has read what they wanted."""
        self._readers -= 1
        if self._readers == 0:
            self._free.set()

    async def vacated(self) -> None:
        """Keep no worker any longer, and wait until nobody reads from it, or nobody may."""
        self._lanes.leave_off()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.query_timeout + self._settings.answer_timeout):
                await self._free.wait()

    def begin(
        self, usage: Usage, request: dict[str, Any], begun: Callable[[Exchange], object], late: Callable[[], object]
    ) -> Callable[[], object]:
        """Ask a worker as soon as one is free, and call `begun`; `late` when none was for too long.

        Problem 503 when all places and the line are taken. Gives what leaves the line. Whoever has the exchange closes
        it, or gives it to `ask` to go on with. What it takes is noted in `usage`.
        """
        self.require()
        arrived = time.monotonic()
        place = self._lanes.give(lambda turn: begun(self._asked(turn, arrived, usage, request)), late)
        return lambda: self._lanes.leave_line(place)

    async def ask(self, usage: Usage, request: dict[str, Any], begun: Exchange | None = None) -> Answer:
        """Ask a worker, and another one where it ended before it was slow, whatever ended it.

        Problem 503 when all places and the line are taken, or when the worker was stopped. What a request waits is
        taken off what it may take, but for half of it. What it takes of the worker is noted in `usage`.
        """
        arrived = time.monotonic()
        for last in _TRIES:
            if not begun:
                self.require()
            exchange = begun or self._asked(await self._lanes.take(), arrived, usage, request)
            begun = None
            try:
                return await exchange.answer()
            except BaseException as error:
                exchange.close()
                if not isinstance(error, ConnectionError):
                    raise
                if last or exchange.slow:
                    raise exchange.stopped() from None
        raise AssertionError

    def _asked(self, turn: Turn, arrived: float, usage: Usage, request: dict[str, Any]) -> Exchange:
        limit = self._settings.query_timeout
        usage.waited = time.monotonic() - arrived
        exchange = Exchange(turn, self._lanes, max(limit - usage.waited, limit / 2), limit, usage)
        exchange.ask(request)
        return exchange

    @property
    def _socket(self) -> str:
        return str(self._root / "workers")


def _second() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
