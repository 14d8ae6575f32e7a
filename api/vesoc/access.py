"""What every request passes: an identifier, a line in the access log, a bound on its address, and an honest end."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc import journal
from vesoc.errors import Problem
from vesoc.ledger import Ledger
from vesoc.records import Record
from vesoc.responses import problem_response

_ERRORS = logging.getLogger("vesoc.web")
_FAILURE = Problem(500, "the server failed on this request; its identifier is in the log")
_STOPPED = Problem(503, "the server stops before this is answered", headers={"Retry-After": "5"})
_ASKING = ("GET", "HEAD", "POST")


class Access:
    """ASGI middleware: `X-Request-Id` in and out (made where none is sent), one JSON line a request, and every problem
    told: 414 for an address longer than `url_limit` bytes, 500 for what nobody foresaw. Every answer has `fields`.
    """

    def __init__(
        self, app: ASGIApp, url_limit: int, ledger: Ledger, fields: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        self._app = app
        self._ledger = ledger
        self._fields = fields
        self._limit = url_limit
        self._names = journal.Names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        record = Record(scope, send, self._names.of(given), self._fields)
        try:
            if len(scope["raw_path"]) + len(scope["query_string"]) > self._limit:
                raise self._too_long()
            await self._app(scope, receive, record.send)
        except ClientDisconnect:
            return None
        except asyncio.CancelledError:  # by the server, which stops and has waited long enough
            if record.begun:
                raise
            await problem_response(Request(scope), _STOPPED)(scope, receive, record.send)
        except Exception as error:
            problem = _problem(scope, error)
            if not record.begun:
                await problem_response(Request(scope), problem)(scope, receive, record.send)
        finally:
            self._ledger.close(record)
        return None

    def _too_long(self) -> Problem:
        detail = f"the address is longer than {self._limit} bytes; send the query by POST"
        return Problem(414, detail, extra={"limit": "address", "bytes": self._limit})


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
        scope["state"]["record"].route = self._path
        response = await self._handler(Request(scope, receive, send))
        return await response(scope, receive, send)


def _problem(scope: Scope, error: Exception) -> Problem:
    """The problem to tell; what is none stands in the log."""
    if isinstance(error, Problem):
        return error
    entry = {"id": scope["state"]["request_id"], "error": repr(error), "trace": traceback.format_exception(error)}
    _ERRORS.error(json.dumps(entry))
    return _FAILURE
