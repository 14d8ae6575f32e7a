"""What is answered before anything is made of it: requests whose like came before, from the cache."""

from __future__ import annotations

import re
import time
from collections.abc import Hashable
from typing import Any, NamedTuple

from vesoc import journal
from vesoc.cache import Cache, Fields, Kept, Lead
from vesoc.door import Door, private
from vesoc.ledger import Ledger, Line
from vesoc.negotiation import WANTING, same_tag

_DECIDING = (b"accept", b"accept-encoding")
# Of requests that are not answered before anything is made of them: they have a body, or want one state only.
APART = frozenset((b"content-length", b"transfer-encoding", b"expect")) | WANTING
_METHODS = ("GET", "HEAD")
_HEADS = 512  # that are known as they came, each of at most so many bytes and fields
_HEAD = 4096
_FIELDS = 64
_LINE = re.compile(rb'GET ([!"$->@-~]*)\?([!"$-~]*) HTTP/1\.1\r\n')  # path and query of what has both


class Asked(NamedTuple):
    """What of a request decides on an answer from the cache, and on how it is told and written down."""

    method: str
    path: bytes
    query: bytes
    fields: Fields
    deciding: Fields
    tags: bytes  # If-None-Match; empty where it is not sent
    name: bytes  # X-Request-Id, likewise

    @property
    def key(self) -> Hashable:
        """What decides on an answer, as it came."""
        return self.query, *self.deciding

    @property
    def scope(self) -> dict[str, Any]:
        """What ASGI has of it."""
        return {
            "method": self.method,
            "path": self.path.decode(),
            "raw_path": self.path,
            "query_string": self.query,
            "headers": self.fields,
        }


class Hits:
    """Answers a GET or HEAD of `path` that was answered before with the same, or with 304, as bytes for the connection.

    Who may not pass the door is left to those who tell the reason. Whoever asks again mostly sends the same bytes,
    which are known then; whoever asks something else, the same fields.
    """

    def __init__(self, cache: Cache, path: str, door: Door, ledger: Ledger) -> None:
        self._cache = cache
        self._door = door
        self._path = path
        self._raw_path = path.encode()
        self._ledger = ledger
        self._names = journal.Names()
        self._heads: dict[bytes, Asked] = {}
        self._rests: dict[bytes, Asked] = {}  # by what follows the first line, a request that had it
        self._defaults: Fields = []
        self._block = b""

    def read(self, method: str, target: bytes, fields: Fields) -> Asked | None:
        """What a request asks; None where it is not one for the cache."""
        path, _, query = target.partition(b"#")[0].partition(b"?")
        if path != self._raw_path or method not in _METHODS:
            return None
        named = dict(fields)
        if not APART.isdisjoint(named):
            return None
        tags = b",".join([value for name, value in fields if name == b"if-none-match"])
        return Asked(method, path, query, fields, _deciding(fields), tags, named.get(b"x-request-id", b""))

    def answer(self, peer: tuple[str, int] | None, asked: Asked, defaults: Fields) -> bytes | None:
        """The whole response; None where there is none. `defaults` are the fields that every response has."""
        started = time.perf_counter()
        lead = self._cache.lead(asked.key)
        kept = self._kept(lead, asked.tags) if lead else None
        if lead is None or kept is None:
            return None
        client = self._door.client(peer, asked.fields)
        if not self._door.lets_pass(client, asked.fields):
            return None
        identifier = self._names.of(asked.name)
        body = kept.body if asked.method == "GET" else b""
        seconds = time.perf_counter() - started
        line = Line(identifier, client, asked.method, self._path, kept.status, len(body), seconds, whole=True)
        self._ledger.hit(line, lead.asked)
        return self._written(kept, identifier, body, defaults)

    def known(self, data: bytes) -> Asked | None:
        """What data ask that were one whole request when they came before."""
        return self._heads.get(data)

    def like(self, data: bytes) -> Asked | None:
        """What data ask that are one whole request like one before, but for the query."""
        line = _LINE.match(data)
        like = self._rests.get(data[line.end() :]) if line else None
        if line is None or like is None or line[1] != like.path:
            return None
        return Asked("GET", like.path, line[2], like.fields, like.deciding, like.tags, like.name)

    def know(self, data: bytes, asked: Asked, *, answered: bool) -> None:
        """Data were one whole request and asked this; not kept where each request has a name of its own."""
        if asked.name or len(data) > _HEAD or len(asked.fields) > _FIELDS:
            return
        if answered:  # most of what was not will not be asked again
            _put(self._heads, data, asked)
        if line := _LINE.match(data):
            _put(self._rests, data[line.end() :], asked)

    def _kept(self, lead: Lead, tags: bytes) -> Kept | None:
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
    deciding = _deciding(fields)
    cache.remember((query, *deciding), lead, len(query) + sum([len(value) for _, value in deciding]))


def _deciding(fields: Fields) -> Fields:
    return [field for field in fields if field[0] in _DECIDING]


def _put(heads: dict[bytes, Asked], data: bytes, asked: Asked) -> None:
    if len(heads) >= _HEADS:
        heads.clear()  # what is asked often is soon known again
    heads[data] = asked
