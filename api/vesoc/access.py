"""What every request passes: an identifier, a bound on its address, and a line in the access log."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vesoc.errors import Problem
from vesoc.responses import problem_response

_LOG = logging.getLogger("vesoc.access")
_ID = re.compile(r"[\w.-]{1,64}")


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


class Bounds:
    """ASGI middleware: 414 for an address longer than `url_limit` bytes."""

    def __init__(self, app: ASGIApp, url_limit: int) -> None:
        self._app = app
        self._limit = url_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        long = scope["type"] == "http" and len(scope["raw_path"]) + len(scope["query_string"]) > self._limit
        if long:
            problem = Problem(414, f"the address is longer than {self._limit} bytes; send the query by POST")
            await problem_response(Request(scope), problem)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _Record:
    def __init__(self, scope: Scope) -> None:
        given = Headers(scope=scope).get("x-request-id", "")
        self.id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = self.id
        self._scope = scope
        self._started = time.perf_counter()
        self._status = 0
        self._size = 0
        self._whole = False

    def see(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self.id
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
        _LOG.info(json.dumps(entry))
