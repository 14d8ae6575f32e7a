"""Each request reads from one snapshot of the data, which stays until the request is over (snapshot isolation)."""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc.pool import Pool
from vesoc.snapshot import Snapshot


class Isolation:
    """ASGI middleware: gives back the snapshot that a request took by `pinned`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        state = _state(scope)
        given = state.get("snapshot")
        try:
            await self._app(scope, receive, send)
        finally:
            taken: Snapshot | None = state.get("snapshot")
            if taken and taken is not given:
                taken.release()
        return None


def pinned(scope: Scope, pool: Pool) -> Snapshot:
    """The snapshot that a request reads from: the current one when it first reads, and the same from then on."""
    state = _state(scope)
    found: Snapshot | None = state.get("snapshot")
    if found is None:
        found = state["snapshot"] = pool.current
        found.hold()
    return found


def within(app: ASGIApp, snapshot: Snapshot) -> ASGIApp:
    """The application, whose requests all read from one snapshot; whoever asks by it holds that."""

    async def pinned_app(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": {"snapshot": snapshot}}, receive, send)

    return pinned_app


def _state(scope: Scope) -> dict[str, Any]:
    """What a request carries with it (ASGI, lifespan state)."""
    state: dict[str, Any] = scope.setdefault("state", {})
    return state
