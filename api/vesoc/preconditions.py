"""Answers that are wanted in one state only: If-Match and If-Unmodified-Since (RFC 9110, section 13)."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vesoc.errors import Problem
from vesoc.negotiation import WANTING, is_wanted
from vesoc.responses import problem_response

_METHODS = ("GET", "HEAD")
_FAILED = Problem(412, "what is here now is not what If-Match or If-Unmodified-Since asks for")


class Preconditions:
    """ASGI middleware: 412 in the place of an answer to GET or HEAD that is not in the state that is wanted.

    The validators are those of the answer itself, so that the rule is the same for all that has some.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["method"] not in _METHODS or WANTING.isdisjoint(dict(scope["headers"])):
            return await self._app(scope, receive, send)
        request = Request(scope)
        failed = False

        async def sent(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start" and not _holds(request, message):
                failed = True
                await problem_response(request, _FAILED)(scope, receive, send)
            elif not failed:
                await send(message)

        return await self._app(scope, receive, sent)


def _holds(request: Request, start: Message) -> bool:
    """Whether an answer may go out; one that is neither a success nor 304 tells more than 412 would."""
    status = start["status"]
    if not (200 <= status < 300 or status == 304):
        return True
    fields = Headers(raw=[(name.lower(), value) for name, value in start["headers"]])
    return is_wanted(request, fields.get("etag"), fields.get("last-modified"))
