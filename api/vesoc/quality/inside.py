"""Requests that a server makes to itself, without a network: what it would answer at its public address."""

from __future__ import annotations

from typing import Any

from httpx2 import ASGITransport, AsyncBaseTransport, ConnectError, Request, Response


class Inside(AsyncBaseTransport):
    """A transport to an ASGI application that is reached at `address`; nothing else can be reached by it."""

    def __init__(self, application: Any, address: str) -> None:
        self._address = address
        self._below = len(Request("GET", address).url.raw_path) - 1  # what a proxy takes off: all but the last slash
        self._transport = ASGITransport(app=application, raise_app_exceptions=False)

    async def handle_async_request(self, request: Request) -> Response:
        """The application's answer; ConnectError for an address of another server."""
        if not str(request.url).startswith(self._address):
            raise ConnectError("not an address of this server", request=request)
        request.url = request.url.copy_with(raw_path=request.url.raw_path[self._below :])
        return await self._transport.handle_async_request(request)
