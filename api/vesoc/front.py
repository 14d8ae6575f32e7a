"""The application as it begins: what every request passes, and the endpoint; the rest is there when it is imported.

That takes longer than the data takes to load, and no query needs it. Our own graph is read on pages, so there it is
done though nobody has asked yet.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc import asking, telemetry
from vesoc.access import Access, Direct
from vesoc.cache import Cache
from vesoc.crowd import Crowd
from vesoc.door import Door
from vesoc.errors import VesocError
from vesoc.hangups import Hangups
from vesoc.ledger import Ledger
from vesoc.metrics.meters import Meters, Readers
from vesoc.passage import Passage
from vesoc.pool import Pool
from vesoc.preconditions import Preconditions
from vesoc.presence import Presence
from vesoc.reloading import Reloader
from vesoc.retention import Retention
from vesoc.settings import Settings
from vesoc.telemetry import Spans

if TYPE_CHECKING:  # which take long to import
    from vesoc.attendance import Attendance
    from vesoc.metrics.collector import Sources

_LEISURE = 0.5  # seconds after which the rest is made though nobody has asked for it: the first queries go first
_NOT_YET = ((b"x-robots-tag", b"noindex"),)  # of a server whose operator has not said who publishes, and where


class Front(Starlette):
    """What every request passes; `rest` makes what answers all but queries, in a thread.

    The pool ends with it, and hangups are wishes for new data as long as it runs.
    """

    def __init__(self, settings: Settings, pool: Pool, hangups: Hangups, rest: Callable[[Front], ASGIApp]) -> None:
        super().__init__(lifespan=_life)
        self.router.redirect_slashes = False  # its redirects would follow the Host field
        self.rest = self.router.default = _Later(pool.ready_pages, lambda: rest(self))
        state = self.state
        state.settings = settings
        state.pool = pool
        state.failure = None
        state.cache = Cache(settings.cache_size, patient=settings.sparql_url is not None)
        state.door = Door(settings)
        state.stopping = False
        state.spans = spans = _spans(settings)
        state.ledger = Ledger(settings, traced=spans.close if spans else None)
        fields = _NOT_YET if settings.missing() else ()
        state.passage = Passage(
            state.door, state.cache, state.ledger, settings.url_limit, path="/sparql", fields=fields
        )
        state.readers = Readers(settings)
        state.reloader = Reloader(pool)
        state.attendance = self._attendance() if settings.sparql_url else None
        state.hangups = hangups
        state.crowd = Crowd()
        state.meters = Meters(settings, pool, self._sources)

    def build_middleware_stack(self) -> ASGIApp:
        """What every request passes, and before the router the endpoint, whose queries need nothing of it."""
        endpoint = Direct(self.router, "/sparql", asking.sparql)
        return Access(Presence(Preconditions(endpoint)), self.state.passage)

    def _attendance(self) -> Attendance:
        from vesoc.attendance import Attendance

        state = self.state
        return Attendance(state.settings, state.pool, state.reloader, state.cache)

    def _sources(self) -> Sources:
        from vesoc.metrics.collector import Sources

        state = self.state
        return Sources(state.ledger.tally, state.cache, state.pool, state.reloader, state.crowd)


class _Later:
    """ASGI application that is made when it is first asked, or told to begin; `first` is called before."""

    def __init__(self, first: Callable[[], None], make: Callable[[], ASGIApp]) -> None:
        self._first = first
        self._make = make
        self._made: asyncio.Task[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        app = await asyncio.shield(self.begin())
        await app(scope, receive, send)

    def begin(self) -> asyncio.Task[ASGIApp]:
        """Make it, unless somebody does so already."""
        if self._made is None:
            self._first()
            self._made = asyncio.create_task(asyncio.to_thread(self._make))
        return self._made


def _spans(settings: Settings) -> Spans | None:
    return Spans(os.environ, Retention(settings)) if telemetry.wanted(os.environ) else None


@asynccontextmanager
async def _life(app: Front) -> AsyncIterator[None]:
    state = app.state
    await state.meters.start()
    with state.hangups.taken(state.reloader.request):
        await _begin(app)
        leisure = asyncio.get_running_loop().call_later(_LEISURE, app.rest.begin) if state.pool.own else None
        try:
            yield
        finally:
            if leisure:
                leisure.cancel()
            if state.attendance:
                await state.attendance.stop()
            await state.meters.stop()
            await state.reloader.stop()
            await state.pool.stop()


async def _begin(app: Front) -> None:
    """Wait for the data; an engine elsewhere may have it later."""
    state = app.state
    if state.attendance:
        state.attendance.begin()
        return
    try:
        await state.pool.start(state.cache.begin, state.reloader.request)
    except VesocError as error:
        state.failure = error
        raise
    state.reloader.begin()
