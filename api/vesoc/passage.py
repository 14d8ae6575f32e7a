"""What every request passes on its way in and on its way out, with a task of its own or without one."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import Scope

from vesoc import hits, isolation, journal
from vesoc.cache import Cache
from vesoc.door import Door
from vesoc.errors import Problem
from vesoc.ledger import Ledger
from vesoc.records import HIT, UNCHANGED, Record

_OPEN = ("/health/live", "/health/ready", "/metrics")  # for those who watch over the server
_FILES = "/static/"
_KNOWN = (HIT, UNCHANGED)
_METHODS = ("GET", "HEAD")


class Passage:
    """In: an identifier (`X-Request-Id`, made where none is sent), the door, a bound on the address.

    Out: the snapshot that was read from is given back, a query at `path` remembered in the cache, and all of it written
    down in the ledger. Every answer has `fields`.
    """

    def __init__(
        self,
        door: Door,
        cache: Cache,
        ledger: Ledger,
        url_limit: int,
        *,
        path: str,
        fields: Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        self._door = door
        self._cache = cache
        self._ledger = ledger
        self._limit = url_limit
        self._path = path
        self._fields = fields
        self._names = journal.Names()

    @property
    def closed(self) -> bool:
        """Whether answers are for those alone who may pass."""
        return self._door.closed

    def open(self, scope: Scope) -> Record:
        """The record of a request that begins."""
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        return Record(scope, self._names.of(given), self._fields)

    def admit(self, record: Record) -> None:
        """Let it in, once: Problem 414 for an address that is too long, 401 or 429 for who may not pass.

        `scope["client"]` becomes the client, also of who comes by a proxy.
        """
        scope = record.scope
        if record.admitted:
            return
        if len(scope["raw_path"]) + len(scope["query_string"]) > self._limit:
            raise self._too_long()
        record.admitted = True
        if not record.inside:
            self._require(record, scope)

    def close(self, record: Record) -> None:
        """The request is over."""
        scope = record.scope
        isolation.release(scope)
        again = record.cache in _KNOWN and scope["path"] == self._path and scope["method"] in _METHODS
        if record.counted and (again or _was_cheap(record)):
            self._door.give_back(record.client)
        # Most queries are never asked again, so the first time nothing is remembered but the answer.
        if again:
            self._remember(scope)
        self._ledger.close(record)
        # It knows the scope: both would stay until garbage is looked for.
        del scope["state"]["record"]

    def _remember(self, scope: Scope) -> None:
        lead = scope["state"].get("lead")
        if lead:
            hits.remember(self._cache, lead, scope["query_string"], scope["headers"])

    def _require(self, record: Record, scope: Scope) -> None:
        peer, fields = scope["client"], scope["headers"]
        client = self._door.client(peer, fields)
        scope["state"]["peer"] = peer[0] if peer else ""
        scope["client"] = (client, 0) if client else None
        if scope["path"] in _OPEN:
            return None
        if scope["method"] == "OPTIONS":  # a browser asks without credentials whether it may send them (Fetch standard)
            return self._door.require_rate(client, cheap=True)
        self._door.require(client, fields)
        record.counted = True
        return None

    def _too_long(self) -> Problem:
        detail = f"the address is longer than {self._limit} bytes; send the query by POST"
        return Problem(414, detail, extra={"limit": "address", "bytes": self._limit})


def _was_cheap(record: Record) -> bool:
    return record.status == 304 or (0 < record.status < 400 and record.path.startswith(_FILES))
