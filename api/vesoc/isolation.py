"""Each request reads from one snapshot of the data, which stays until the request is over (snapshot isolation)."""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc.pool import Pool
from vesoc.snapshot import Snapshot


def pinned(scope: Scope, pool: Pool) -> Snapshot:
    """The snapshot that a request reads from: the current one when it first reads, and the same from then on."""
    state = _state(scope)
    found: Snapshot | None = state.get("snapshot")
    if found is None:
        found = state["snapshot"] = state["held"] = pool.current
        found.hold()
    return found


def release(scope: Scope) -> None:
    """Give back the snapshot that a request took by `pinned`."""
    taken: Snapshot | None = _state(scope).pop("held", None)
    if taken:
        taken.release()


def within(app: ASGIApp, snapshot: Snapshot) -> ASGIApp:
    """The application, whose requests all read from one snapshot; whoever asks by it holds that."""

    async def pinned_app(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": {"snapshot": snapshot}}, receive, send)

    return pinned_app


def _state(scope: Scope) -> dict[str, Any]:
    """What a request carries with it (ASGI, lifespan state)."""
    state: dict[str, Any] = scope.setdefault("state", {})
    return state
