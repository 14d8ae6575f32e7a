"""What is answered before anything is made of it: requests whose like came before, from the cache."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc import journal
from vesoc.cache import Cache, Fields, Kept, Lead
from vesoc.door import Door, private
from vesoc.ledger import Ledger, Line
from vesoc.negotiation import same_tag

_DECIDING = (b"accept", b"accept-encoding")
_WITH_BODY = (b"content-length", b"transfer-encoding", b"expect")
_METHODS = ("GET", "HEAD")
_GOOD = (200, 304)


class Hits:
    """Answers a GET of `path` that was answered before with the same, or with 304, as bytes for the connection.

    Who may not pass the door is left to those who tell the reason.
    """

    def __init__(self, cache: Cache, path: str, door: Door, ledger: Ledger) -> None:
        self._cache = cache
        self._door = door
        self._path = path
        self._ledger = ledger
        self._names = journal.Names()

    def response(
        self, peer: tuple[str, int] | None, method: str, url: bytes, fields: Fields, defaults: Fields
    ) -> bytes | None:
        """The whole response; None where there is none. `defaults` are the fields that every response has."""
        started = time.perf_counter()
        path, _, query = url.partition(b"?")
        if path.decode("latin-1") != self._path or method not in _METHODS:
            return None
        named = [field for field in fields if field[0] in _TOLD]
        if any(name in _WITH_BODY for name, _ in named):
            return None
        lead = self._cache.lead((query, *(field for field in named if field[0] in _DECIDING)))
        kept = self._kept(lead, named) if lead else None
        if lead is None or kept is None:
            return None
        client = self._door.client(peer, fields)
        if not self._door.lets_pass(client, fields):
            return None
        identifier = self._names.of(next((value for name, value in named if name == b"x-request-id"), b""))
        body = kept.body if method == "GET" else b""
        seconds = time.perf_counter() - started
        line = Line(identifier, client, method, self._path, kept.status, len(body), seconds, whole=True)
        self._ledger.hit(line, lead.asked)
        return self._written(kept, identifier, body, defaults)

    def _kept(self, lead: Lead, fields: Fields) -> Kept | None:
        tags = b",".join(value for name, value in fields if name == b"if-none-match")
        if tags and (tags == lead.field or same_tag(tags.decode("latin-1"), lead.tag)):
            return lead.unchanged
        return self._cache.get(lead.key)

    def _written(self, kept: Kept, identifier: str, body: bytes, defaults: Fields) -> bytes:
        head = Kept(kept.status, private(kept.fields)).head if self._door.closed else kept.head
        lines = b"".join(b"%b: %b\r\n" % field for field in defaults)
        return b"%b%bx-request-id: %b\r\n\r\n%b" % (head, lines, identifier.encode(), body)


_TOLD = frozenset((*_DECIDING, *_WITH_BODY, b"if-none-match", b"x-request-id"))


class Leads:
    """ASGI middleware: remembers where each good GET of `path` led, as the application says in `scope["state"]`."""

    def __init__(self, app: ASGIApp, cache: Cache, path: str) -> None:
        self._app = app
        self._cache = cache
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self._app(scope, receive, send)
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] not in _METHODS:
            return
        lead, status = scope["state"].get("lead"), scope["state"]["record"].status
        if lead and status in _GOOD:
            request = scope["query_string"], *(field for field in scope["headers"] if field[0] in _DECIDING)
            self._cache.remember(request, lead, sum(map(len, (request[0], *(value for _, value in request[1:])))))
