"""What is answered before anything is made of it: requests whose like came before, from the cache."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable

from vesoc import journal
from vesoc.cache import Cache, Fields, Kept, Lead
from vesoc.door import Door, private
from vesoc.ledger import Ledger, Line
from vesoc.negotiation import same_tag

_DECIDING = (b"accept", b"accept-encoding")
WITH_BODY = frozenset((b"content-length", b"transfer-encoding", b"expect"))
_METHODS = ("GET", "HEAD")


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
        self._defaults: Fields = []
        self._block = b""

    def response(
        self, peer: tuple[str, int] | None, method: str, url: bytes, fields: Fields, defaults: Fields
    ) -> bytes | None:
        """The whole response; None where there is none. `defaults` are the fields that every response has."""
        started = time.perf_counter()
        path, _, query = url.partition(b"?")
        if path.decode("latin-1") != self._path or method not in _METHODS:
            return None
        named = dict(fields)
        if not WITH_BODY.isdisjoint(named):
            return None
        lead = self._cache.lead(_asked(query, fields))
        kept = self._kept(lead, fields if b"if-none-match" in named else ()) if lead else None
        if lead is None or kept is None:
            return None
        client = self._door.client(peer, fields)
        if not self._door.lets_pass(client, fields):
            return None
        identifier = self._names.of(named.get(b"x-request-id", b""))
        body = kept.body if method == "GET" else b""
        seconds = time.perf_counter() - started
        line = Line(identifier, client, method, self._path, kept.status, len(body), seconds, whole=True)
        self._ledger.hit(line, lead.asked)
        return self._written(kept, identifier, body, defaults)

    def _kept(self, lead: Lead, fields: Iterable[tuple[bytes, bytes]]) -> Kept | None:
        tags = b",".join(value for name, value in fields if name == b"if-none-match")
        if tags and (tags == lead.field or same_tag(tags.decode("latin-1"), lead.tag)):
            return lead.unchanged
        return self._cache.get(lead.key)

    def _written(self, kept: Kept, identifier: str, body: bytes, defaults: Fields) -> bytes:
        head = Kept(kept.status, private(kept.fields)).head if self._door.closed else kept.head
        return b"%b%bx-request-id: %b\r\n\r\n%b" % (head, self._lines(defaults), identifier.encode(), body)

    def _lines(self, defaults: Fields) -> bytes:
        """The fields that every response has; they are others each second."""
        if defaults is not self._defaults:
            self._defaults, self._block = defaults, b"".join(b"%b: %b\r\n" % field for field in defaults)
        return self._block


def remember(cache: Cache, lead: Lead, query: bytes, fields: Fields) -> None:
    """A request with that query and those fields has led there, as it came."""
    size = len(query) + sum([len(value) for name, value in fields if name in _DECIDING])
    cache.remember(_asked(query, fields), lead, size)


def _asked(query: bytes, fields: Fields) -> Hashable:
    """What decides on an answer, as it came."""
    return query, *[field for field in fields if field[0] in _DECIDING]
