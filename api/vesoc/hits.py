"""What is answered before anything is routed: requests whose like came before, from the cache."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc.cache import Cache, Kept
from vesoc.negotiation import same_tag

_DECIDING = (b"accept", b"accept-encoding")
_METHODS = ("GET", "HEAD")
_GOOD = (200, 304)


class Hits:
    """ASGI middleware: a GET of `path` that was answered before is answered with the same, or with 304.

    The application says in `scope["state"]["lead"]` where a request leads.
    """

    def __init__(self, app: ASGIApp, cache: Cache, path: str) -> None:
        self._app = app
        self._cache = cache
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] not in _METHODS:
            return await self._app(scope, receive, send)
        request = scope["query_string"], *(tuple(field) for field in scope["headers"] if field[0] in _DECIDING)
        if kept := self._kept(request, scope):
            return await kept(scope, receive, send)
        await self._app(scope, receive, send)
        lead, status = scope["state"].get("lead"), scope["state"]["record"].status
        if lead and status in _GOOD:
            self._cache.remember(request, lead, sum(map(len, (request[0], *(value for _, value in request[1:])))))
        return None

    def _kept(self, request: tuple[object, ...], scope: Scope) -> Kept | None:
        lead = self._cache.lead(request)
        if lead is None:
            return None
        tags = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
        if tags and same_tag(tags.decode("latin-1"), lead.tag):
            return Kept(304, lead.fields)
        return self._cache.get(lead.key)
