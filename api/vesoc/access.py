"""What every request passes: an identifier, a line in the access log, a bound on its address, and an honest end."""

from __future__ import annotations

import json
import logging
import os
import re
import time
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vesoc.errors import Problem
from vesoc.responses import problem_response

_LOG = logging.getLogger("vesoc.access")
_ERRORS = logging.getLogger("vesoc.web")
_FAILURE = Problem(500, "the server failed on this request; its identifier is in the log")
_ASKING = ("GET", "HEAD", "POST")
_ID = re.compile(rb"[\w.-]{1,64}")


class Access:
    """ASGI middleware: `X-Request-Id` in and out (made where none is sent) and one JSON line a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        record = _Record(scope)

        async def sent(message: Message) -> None:
            record.see(message)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            record.log()


class Guard:
    """ASGI middleware: 414 for an address longer than `url_limit` bytes, and every problem told, 500 at the worst."""

    def __init__(self, app: ASGIApp, url_limit: int) -> None:
        self._app = app
        self._limit = url_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and len(scope["raw_path"]) + len(scope["query_string"]) > self._limit:
            detail = f"the address is longer than {self._limit} bytes; send the query by POST"
            problem = Problem(414, detail, extra={"limit": "address", "bytes": self._limit})
            return await problem_response(Request(scope), problem)(scope, receive, send)
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            if scope["type"] != "http":
                raise
            if not isinstance(error, Problem):
                _report(scope, error)
            if not begun:
                problem = error if isinstance(error, Problem) else _FAILURE
                await problem_response(Request(scope), problem)(scope, receive, send)
        return None


class Direct:
    """ASGI middleware: queries at `path` go straight to their handler, without a router."""

    def __init__(self, app: ASGIApp, path: str, handler: Callable[[Request], Awaitable[ASGIApp]]) -> None:
        self._app = app
        self._path = path
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] not in _ASKING:
            return await self._app(scope, receive, send)
        response = await self._handler(Request(scope, receive, send))
        return await response(scope, receive, send)


def _report(scope: Scope, error: Exception) -> None:
    entry = {"id": scope["state"]["request_id"], "error": repr(error), "trace": traceback.format_exception(error)}
    _ERRORS.error(json.dumps(entry))


class _Record:
    def __init__(self, scope: Scope) -> None:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        self.id = given.decode() if _ID.fullmatch(given) else os.urandom(16).hex()
        scope.setdefault("state", {})["request_id"] = self.id
        self._scope = scope
        self._started = time.perf_counter()
        self._status = 0
        self._size = 0
        self._whole = False

    def see(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self.id.encode())]
        elif message["type"] == "http.response.body":
            self._size += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)

    def log(self) -> None:
        entry: dict[str, Any] = {
            "id": self.id,
            "method": self._scope["method"],
            "path": self._scope["path"],
            "status": self._status,
            "bytes": self._size,
            "milliseconds": round((time.perf_counter() - self._started) * 1000, 1),
            "whole": self._whole,
        }
        _LOG.info(orjson.dumps(entry).decode())
