"""What is known of an engine elsewhere at the moment: looked at every few seconds, whoever asks for it meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vesoc.errors import VesocError
from vesoc.settings import Settings

if TYPE_CHECKING:
    from vesoc.remote.client import Client

SECONDS = 2.0  # between two looks
_PATIENCE = 2.0  # seconds that one may take
_TRIES = 2
_LONGEST = 10.0  # seconds after which an engine that answers by and by is not there
_LOG = logging.getLogger("vesoc.engine")
_SILENT = "the engine behind this server does not come to an end with its answer"
_UNREAD = "what the engine behind this server says of its data cannot be read"
_PUSHING = "new data is being pushed to the engine behind this server"
UNSEEN, READY, PUSHING, GONE = "unseen", "ready", "pushing", "gone"
Looked = Callable[["Condition", "Condition", float], None]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Condition:
    """`state` is UNSEEN, READY, PUSHING or GONE, `since` a moment (ISO 8601, UTC), `reason` why it is not READY.

    `pushed` is the state of the data that was pushed there; None where nobody did, or nobody answers.
    """

    state: str = UNSEEN
    pushed: str | None = None
    reason: str | None = None
    since: str = field(default_factory=_now, compare=False)


class Watch:
    """Looks at the engine by one small query; `condition` is what the last look found."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: Client | None = None
        self._closed = False
        self._looked = asyncio.Condition()
        self.condition = Condition()

    async def follow(self, looked: Looked) -> None:
        """Look again and again; `looked` is told the condition before and after each look, and when that began."""
        while True:
            try:
                await self._followed(looked)
            except Exception:
                _LOG.exception("what is known of the engine could not be acted on")
            await asyncio.sleep(SECONDS)

    def close(self) -> None:
        """Hang up."""
        self._closed = True
        if self._client:
            self._client.close()

    async def _followed(self, looked: Looked) -> None:
        began = time.monotonic()
        look = asyncio.ensure_future(asyncio.to_thread(self._look))
        done, _ = await asyncio.wait({look}, timeout=_LONGEST)
        if not done:
            await self._found(Condition(GONE, None, _SILENT), began, looked)
        await self._found(await look, began, looked)

    async def _found(self, found: Condition, began: float, looked: Looked) -> None:
        before = self.condition
        if found != before:
            self.condition = found
            _tell(found)
        looked(before, self.condition, began)
        async with self._looked:
            self._looked.notify_all()

    async def ready(self) -> None:
        """Wait for a look that finds it ready."""
        async with self._looked:
            await self._looked.wait()
            await self._looked.wait_for(lambda: self.condition.state == READY)

    def _look(self) -> Condition:
        # The client imports much; the server answers already when this is first done.
        from vesoc.remote.client import Client
        from vesoc.remote.survey import look_up

        self._client = self._client or Client(self._settings, _PATIENCE, tries=_TRIES)
        try:
            told = look_up(self._client, self._settings.base)
        except VesocError as error:
            return Condition(GONE, None, str(error))
        except Exception:
            if not self._closed:
                _LOG.exception("the engine could not be looked at")
            return Condition(GONE, None, _UNREAD)
        if told and not told.complete:
            return Condition(PUSHING, told.manifest.state, _PUSHING)
        return Condition(READY, told.manifest.state if told else None)


def document(condition: Condition) -> dict[str, Any]:
    """The members of a condition that people are told."""
    told = {"state": condition.state, "since": condition.since, "reason": condition.reason}
    return {name: value for name, value in told.items() if value is not None}


def _tell(condition: Condition) -> None:
    level = logging.INFO if condition.state == READY else logging.ERROR
    reason = {"reason": condition.reason} if condition.reason else {}
    _LOG.log(level, json.dumps({"engine": condition.state, **reason}, ensure_ascii=False))
