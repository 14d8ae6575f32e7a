"""The engine's process as the web process sees it: started, told what turned slow, and started anew when it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from vesoc.errors import VesocError
from vesoc.spare import Start, started
from vesoc.wire import PAGES, PUBLISH

Result = TypeVar("Result")
RETRY_SECONDS = 5
_LOG = logging.getLogger("vesoc.engine")
_ENDED = '{"error": "the engine ended while it loaded the data"}'


@dataclass(frozen=True)
class Loaded:
    """What the engine says of the data when it is ready.

    `pushed` is the state of what was pushed to an engine elsewhere, None where nobody did; `own` is said of our graph.
    """

    digest: str
    state: str
    triples: int
    pushed: str | None = None
    own: bool = True


class Refused(VesocError):
    """Data that the engine does not serve; `violations` tells what of the shapes it breaks, not always all of it."""

    def __init__(self, reason: str, violations: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(reason)
        self.violations = violations


class Supervisor:
    """Keeps an engine running, told `orders` at each start; one that is started again only serves the same.

    `engine` gives a process that waits for them.
    """

    def __init__(self, orders: dict[str, Any], engine: Start = started) -> None:
        self._orders = orders
        self._engine = engine
        self._process: subprocess.Popen[bytes] | None = None
        self._task: asyncio.Task[None] | None = None
        # To wait for a process takes a thread; those that all share are few.
        self._threads = ThreadPoolExecutor(2, "engine")
        self._outdated: Callable[[], None] = lambda: None
        self._other: str | None = None  # the state that was found instead of what was loaded, and told
        self.loaded: Loaded | None = None
        self.up = False
        self.restarts = 0

    @property
    def process(self) -> int | None:
        """The engine's process; None where it has ended, or was never started."""
        return self._process.pid if self._process and self._process.returncode is None else None

    def launch(self) -> None:
        """Have an engine begin; it loads the data while we do something else."""
        self._process = self._engine()
        self._say(json.dumps(self._orders).encode() + b"\n")

    async def start(self, outdated: Callable[[], None]) -> Loaded:
        """Wait for the data; Refused where it cannot be loaded.

        `outdated` is called where the engine ended and what it had to serve is no longer there: once for each state
        that is found instead.
        """
        self._outdated = outdated
        loaded = self.loaded = await self._report()
        self.up = True
        self._orders = {**self._orders, "validate": False, "beside": False}
        self._task = asyncio.create_task(self._supervise())
        return loaded

    async def stop(self) -> None:
        """End the engine, and its workers with it."""
        self.up = False
        if self._task:
            self._task.cancel()
        await self._end()
        self._threads.shutdown(wait=False)

    def replace(self, process: int) -> None:
        """A worker has turned slow: there is to be a fresh one in its place."""
        self._say(b"%d\n" % process)

    def publish(self) -> None:
        """Somebody wants what is published beside answers: it is to be made now, if it is not yet."""
        self._say(PUBLISH + b"\n")

    def ready_pages(self) -> None:
        """Somebody asks for more than queries: what that needs is to be made ready, now and after each start."""
        if not self._orders["pages"]:
            self._orders = {**self._orders, "pages": True}
            self._say(PAGES + b"\n")

    def _say(self, line: bytes) -> None:
        assert self._process
        assert self._process.stdin
        try:
            self._process.stdin.write(line)
        except (OSError, ValueError):  # its end of the pipe is closed, or ours
            _LOG.debug("the engine has ended")

    async def _report(self) -> Loaded:
        """What the engine says when it is ready; Refused where it says why it is not."""
        assert self._process
        assert self._process.stdout
        line = await self._apart(self._process.stdout.readline)
        report = json.loads(line or _ENDED)
        if "error" in report:
            await self._end()
            raise Refused(report["error"], report.get("violations", ()))
        return Loaded(**report)

    async def _supervise(self) -> None:
        while self._process:
            code = await self._apart(self._process.wait)
            self.up = False
            self.restarts += 1
            self._hang_up()
            _LOG.error(json.dumps({"error": "the engine ended; it is started again", "code": code}))
            try:
                self.launch()
                await self._restarted()
            except Exception as error:
                _LOG.error(json.dumps({"error": f"the engine cannot be started: {error!r}"}))
                await asyncio.sleep(RETRY_SECONDS)

    async def _restarted(self) -> None:
        """Wait for the data; Refused where it is other data, for requests may be under way that began with the old."""
        found = await self._report()
        if self.loaded and found.state != self.loaded.state:
            await self._end()
            self._tell_outdated(found.state)
            raise Refused("its files have changed meanwhile")
        self.up = True

    def _tell_outdated(self, state: str) -> None:
        if state != self._other:
            self._other = state
            self._outdated()

    async def _end(self) -> None:
        if self._process:
            self._process.kill()  # its workers end with it, and it may be deep in a load
            await self._apart(self._process.wait)
            self._hang_up()

    def _hang_up(self) -> None:
        """Close our ends of the pipes to a process that has ended."""
        assert self._process
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    async def _apart(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
