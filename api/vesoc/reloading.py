"""New data for a server that runs: one load at a time, what came of it, and the watch over its files."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vesoc.errors import VesocError
from vesoc.pool import Pool

_STILL = 400  # milliseconds without a change after which files are taken for written
_LONG = 2000  # milliseconds after which changes count though there is no end to them
_AGAIN = 5  # seconds after which a watch that failed begins anew
_LOG = logging.getLogger("vesoc.reload")
_FAILED = "the server failed to load the data; its log says why"
_UNWATCHED = "the files are not watched at present; the log of the server says why"


@dataclass(frozen=True)
class Outcome:
    """What came of the last reload: `state` is none, loading, done or refused, `at` its moment (ISO 8601, UTC)."""

    state: str = "none"
    at: str | None = None
    reason: str | None = None

    def document(self) -> dict[str, Any]:
        """The members that there are."""
        return {name: value for name, value in asdict(self).items() if value is not None}


class Reloader:
    """Loads the data of a pool anew when it is asked to; whoever asks during a load gets one more after it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._task: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._asked: list[bool] = []  # whether each who asks wants files loaded that have not changed
        self._ready = False
        self._unwatched = False
        self.outcome = Outcome()
        self.counts: Counter[str] = Counter()  # reloads by what came of them: done, unchanged, refused

    def begin(self) -> None:
        """The data is loaded: from now on what is asked for is done."""
        self._ready = True
        if self._pool.orders.watch:
            self._watch = asyncio.create_task(self._watched())
        self._go_on()

    def request(self, *, even_same: bool = True) -> None:
        """Ask for the data to be loaded anew; files that have not changed are left unless `even_same`."""
        self._asked.append(even_same)
        self._go_on()

    def document(self) -> dict[str, Any]:
        """What came of the last reload; in `watch`, why a change of the files is not seen at present."""
        return {**self.outcome.document(), **({"watch": _UNWATCHED} if self._unwatched else {})}

    async def stop(self) -> None:
        """Leave a load that is under way, and begin none any more."""
        self._ready = False
        tasks = [task for task in (self._watch, self._task) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _go_on(self) -> None:
        if self._ready and self._asked and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._asked:
            even_same = any(self._asked)
            self._asked.clear()
            await self._reload(even_same)

    async def _reload(self, even_same: bool) -> None:
        self._tell("loading")
        try:
            changed = await self._pool.renew(even_same=even_same)
            loaded = self._pool.current.loaded
            self._tell("done", changed=changed, digest=loaded.digest, triples=loaded.triples)
        except VesocError as error:
            for violation in getattr(error, "violations", ()):
                _LOG.error(json.dumps({"reload": "violation", **violation}, ensure_ascii=False))
            self._tell("refused", str(error))
        except Exception as error:
            _LOG.error(json.dumps({"error": f"the data cannot be loaded anew: {error!r}"}))
            self._tell("refused", _FAILED)

    def _tell(self, state: str, reason: str | None = None, **more: Any) -> None:
        if state != "loading":
            self.counts["unchanged" if more.get("changed") is False else state] += 1
        self.outcome = Outcome(state, datetime.now(UTC).isoformat(timespec="seconds"), reason)
        entry = {"reload": state, **({"reason": reason} if reason else {}), **more}
        _LOG.log(logging.ERROR if reason else logging.INFO, json.dumps(entry, ensure_ascii=False))

    async def _watched(self) -> None:
        while True:
            try:
                await self._follow_changes()
            except Exception as error:
                if not self._unwatched:
                    _LOG.error(json.dumps({"error": f"the files cannot be watched: {error!r}"}, ensure_ascii=False))
            self._unwatched = True
            await asyncio.sleep(_AGAIN)

    async def _follow_changes(self) -> None:
        """Ask whenever the files have changed and nobody has written for a moment, and after a time without a watch."""
        from watchfiles import Change, DefaultFilter, awatch

        orders, usual = self._pool.orders, DefaultFilter()

        def counts(change: Change, path: str) -> bool:
            return usual(change, path) and orders.counts(Path(path))

        pace: dict[str, Any] = {"debounce": _LONG, "step": _STILL, "yield_on_timeout": True}
        async for changes in awatch(*orders.watched, watch_filter=counts, recursive=orders.root is not None, **pace):
            if changes or self._unwatched:
                self.request(even_same=False)
            self._unwatched = False
