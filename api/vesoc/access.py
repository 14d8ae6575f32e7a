"""What every request passes that has a task of its own: the way in and out, and an honest end."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc.door import keeping_private
from vesoc.errors import Problem
from vesoc.passage import Passage
from vesoc.records import Record
from vesoc.responses import problem_response

_ERRORS = logging.getLogger("vesoc.web")
_FAILURE = Problem(500, "the server failed on this request; its identifier is in the log")
_STOPPED = Problem(503, "the server stops before this is answered", headers={"Retry-After": "5"})
_ASKING = ("GET", "HEAD", "POST")


class Access:
    """ASGI middleware: leads each request through the passage, in and out, and tells every problem: 500 for what nobody
    foresaw.

    A request that has come a part of the way without a task has its record with it.
    """

    def __init__(self, app: ASGIApp, passage: Passage) -> None:
        self._app = app
        self._passage = passage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        record = scope.get("state", {}).get("record") or self._passage.open(scope)
        sent = record.sending(send)
        try:
            self._passage.admit(record)
            await self._app(scope, receive, keeping_private(sent) if self._passage.closed else sent)
        except ClientDisconnect:
            return None
        except asyncio.CancelledError:  # by the server, which stops and has waited long enough
            if record.begun:
                raise
            await problem_response(Request(scope), _STOPPED)(scope, receive, sent)
        except Exception as error:
            # The problem gets no name here: it knows this frame, and both would stay until garbage is looked for.
            if record.begun:
                foreseen(scope, error)
            else:
                await problem_response(Request(scope), foreseen(scope, error))(scope, receive, sent)
        finally:
            self._passage.close(record)
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
        record: Record = scope["state"]["record"]
        record.route = self._path
        response = record.response or await self._handler(Request(scope, receive, send))
        return await response(scope, receive, send)


def foreseen(scope: Scope, error: Exception) -> Problem:
    """The problem to tell; what is none stands in the log."""
    if isinstance(error, Problem):
        return error
    entry = {"id": scope["state"]["request_id"], "error": repr(error), "trace": traceback.format_exception(error)}
    _ERRORS.error(json.dumps(entry))
    return _FAILURE
