"""A server whose data is in an engine elsewhere: it starts without it, takes what is pushed, keeps nothing wrong."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from vesoc.cache import Cache
from vesoc.errors import Problem, VesocError
from vesoc.pool import Pool
from vesoc.reloading import Reloader
from vesoc.remote import failures, watch
from vesoc.remote.watch import Condition, Watch
from vesoc.settings import Settings
from vesoc.supervisor import Loaded

_LEAST, _MOST = 1.0, 30.0  # seconds until the data is loaded again that could not be
_AGAIN = 10  # looks until new data that could not be taken is tried again
_LOG = logging.getLogger("vesoc.engine")
_FAILED = "the server failed on it; its log says how"
_LOST = "what was pushed to the engine behind this server is no longer there"
_NEW = "the engine behind this server has new data, which is being loaded"


class Attendance:
    """Looks after a pool; whoever asks for data passes `require` first.

    Answers are kept once a later look finds that nothing has changed since they were given.
    """

    def __init__(self, settings: Settings, pool: Pool, reloader: Reloader, cache: Cache) -> None:
        self._pool = pool
        self._reloader = reloader
        self._cache = cache
        self._watch = Watch(settings)
        self._tasks: list[asyncio.Task[None]] = []
        self._refusal: str | None = None
        self._wait = 0
        self._tried: str | None = None
        pool.guard = self.require

    def begin(self) -> None:
        """Look from now on, and load the data once it is there."""
        self._tasks = [asyncio.create_task(self._watch.follow(self._looked)), asyncio.create_task(self._start())]

    async def stop(self) -> None:
        """Look no longer."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._watch.close()

    def require(self, loaded: Loaded | None) -> None:
        """Problem 503 where the engine's data is not known to be what is loaded; it may be gone for the moment."""
        reason = self._changing(loaded)
        if reason:
            raise failures.changing(reason)

    def require_ready(self, loaded: Loaded | None) -> None:
        """Problem 503 with the reason, and since when, unless the engine is there and has what is loaded."""
        now = self._watch.condition
        reason = self._changing(loaded)
        if reason or loaded is None or now.state != watch.READY:
            told = reason or now.reason or self._refusal or "the data is being loaded"
            headers = {"Cache-Control": "no-store", "Retry-After": "2"}
            raise Problem(503, told, kind="engine", extra={"engine": watch.document(now)}, headers=headers)

    def document(self) -> dict[str, Any]:
        """What the last look found."""
        return watch.document(self._watch.condition)

    def _changing(self, loaded: Loaded | None) -> str | None:
        """Why the engine's data is not what is loaded."""
        now = self._watch.condition
        if now.state == watch.PUSHING:
            return now.reason
        if loaded is None or now.state != watch.READY or now.pushed == loaded.pushed:
            return None
        return _NEW if now.pushed else _LOST

    def _looked(self, before: Condition, now: Condition, began: float) -> None:
        """Keep or forget what was answered before the look; have new data loaded."""
        if now.state == watch.READY and (before.state, before.pushed) == (now.state, now.pushed):
            self._cache.settle(began)
        else:
            self._cache.doubt()
        loaded = self._pool.current.known
        if loaded is None or now.state != watch.READY:
            return
        self._wait = max(0, self._wait - 1)
        # What others fill may have changed while it was gone; what was pushed says so itself.
        back = before.state == watch.GONE and now.pushed is None and loaded.pushed is None
        new = now.pushed is not None and now.pushed != loaded.pushed
        if (back or new) and not (self._wait and now.pushed == self._tried):
            self._wait, self._tried = _AGAIN, now.pushed
            self._reloader.request()

    async def _start(self) -> None:
        """Load the data, again and again until it can be: the engine may come later than we do."""
        pause = _LEAST
        while not await self._started():
            await asyncio.sleep(pause)
            pause = min(2 * pause, _MOST) if self._watch.condition.state == watch.READY else _LEAST
            await self._watch.ready()
        self._refusal = None
        self._reloader.begin()

    async def _started(self) -> bool:
        """Whether the data could be loaded; why not is told."""
        try:
            if self._refusal:
                await self._pool.launch()
            await self._pool.start(self._cache.begin, self._reloader.request)
        except VesocError as error:
            self._refused(self._pool.public(str(error)))
        except Exception:
            _LOG.exception("the data could not be loaded")
            self._refused(_FAILED)
        else:
            return True
        return False

    def _refused(self, reason: str) -> None:
        if reason != self._refusal:
            _LOG.error(json.dumps({"error": reason}, ensure_ascii=False))
        self._refusal = reason
