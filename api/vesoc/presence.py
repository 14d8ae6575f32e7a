"""Whether the client is still there: a request whose client has gone is cancelled, and so is all that it waits for."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE = 0.03  # seconds before anybody looks: most requests are over by then


class Presence:
    """ASGI middleware: cancels a request when its client hangs up before the answer in `scope["state"]` is whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        watch = _Watch(scope, receive)
        has_body = scope["method"] == "POST"
        if not has_body:
            watch.begin()
        try:
            await self._app(scope, watch.receive if has_body else receive, send)
        except asyncio.CancelledError:
            if not watch.forgiven():
                raise
        finally:
            watch.end()
        return None


class _Watch:
    """Listens for the hang-up once the body of the request has come."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope = scope
        self._receive = receive
        self._request = asyncio.current_task()
        self._timer: asyncio.TimerHandle | None = None
        self._listener: asyncio.Task[None] | None = None
        self._left = False

    def begin(self) -> None:
        """Listen from a moment on."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._start)

    def end(self) -> None:
        """Listen no longer, and know none of those that know of this."""
        if self._timer:
            self._timer.cancel()
        if self._listener:
            self._listener.cancel()
        self._request = self._listener = None

    def forgiven(self) -> bool:
        """Whether the cancellation was ours, and is undone."""
        if self._left and self._request:
            self._request.uncancel()
        return self._left

    async def receive(self) -> Message:
        """The next message of the client, for the application."""
        message = await self._receive()
        if not message.get("more_body", False):
            self.begin()
        return message

    def _start(self) -> None:
        self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        # The end of the answer is told in the same way as that of the connection.
        if self._request and not self._scope["state"]["record"].whole:
            self._left = True
            self._request.cancel()
