"""The engine's process as the web process sees it: started, told what turned slow, and started anew when it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vesoc.errors import VesocError
from vesoc.wire import PUBLISH

RETRY_SECONDS = 5
_LOG = logging.getLogger("vesoc.engine")
_ENDED = '{"error": "the engine ended while it loaded the data"}'


@dataclass(frozen=True)
class Loaded:
    """What the engine says of the data when it is ready."""

    digest: str
    state: str
    modified: str | None
    triples: int


class Supervisor:
    """Keeps an engine running, told `orders` at each start."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self._orders = json.dumps(orders).encode() + b"\n"
        self._process: subprocess.Popen[bytes] | None = None
        self._task: asyncio.Task[None] | None = None
        self._changed: Callable[[], None] = lambda: None
        self._state = ""
        self.loaded: Loaded | None = None

    def launch(self) -> None:
        """Start the engine's process; it loads the data while we do something else."""
        command = [sys.executable, "-m", "vesoc.engine"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
        self._process = subprocess.Popen(command, start_new_session=True, **pipes)  # type: ignore[call-overload]
        self._say(self._orders)

    async def start(self, changed: Callable[[], None]) -> None:
        """Wait for the data; VesocError where it cannot be loaded. `changed` is called when other data is loaded."""
        self._changed = changed
        await self._wait_for_data()
        self._task = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """End the engine, and its workers with it."""
        if self._task:
            self._task.cancel()
        await self._end()

    def replace(self, process: int) -> None:
        """A worker has turned slow: there is to be a fresh one in its place."""
        self._say(b"%d\n" % process)

    def publish(self) -> None:
        """Somebody wants what is published beside answers: it is to be made now, if it is not yet."""
        self._say(PUBLISH + b"\n")

    def _say(self, line: bytes) -> None:
        assert self._process
        assert self._process.stdin
        try:
            self._process.stdin.write(line)
        except OSError:
            _LOG.debug("the engine has ended")

    async def _wait_for_data(self) -> None:
        assert self._process
        assert self._process.stdout
        line = await asyncio.to_thread(self._process.stdout.readline)
        report = json.loads(line or _ENDED)
        if "error" in report:
            await self._end()
            raise VesocError(report["error"])
        self.loaded = Loaded(**report)
        if self.loaded.state != self._state:
            self._state = self.loaded.state
            self._changed()

    async def _supervise(self) -> None:
        while self._process:
            code = await asyncio.to_thread(self._process.wait)
            self.loaded = None
            _LOG.error(json.dumps({"error": "the engine ended; it is started again", "code": code}))
            try:
                self.launch()
                await self._wait_for_data()
            except Exception as error:
                _LOG.error(json.dumps({"error": f"the engine cannot be started: {error!r}"}))
                await asyncio.sleep(RETRY_SECONDS)

    async def _end(self) -> None:
        if self._process:
            self._process.kill()  # its workers end with it, and it may be deep in a load
            await asyncio.to_thread(self._process.wait)
