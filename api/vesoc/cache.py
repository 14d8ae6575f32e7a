"""Answers that were given lately, for those who ask the same: bounded in bytes, the least used go first."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, partial
from http import HTTPStatus

from cachetools import LRUCache
from starlette.types import Receive, Scope, Send

from vesoc.fingerprint import Fingerprint

_OVERHEAD = 1024  # bytes that an entry takes beside what is counted
_MIB = 1024 * 1024
_SHARE = 8  # no answer takes more than this part of the cache, nor do all the leads
Fields = list[tuple[bytes, bytes]]


@dataclass
class Lead:
    """Where a request leads: the key of its answer, and the fields that every answer with that key has, 304 too.

    `asked` is the query, where it is one.
    """

    key: str
    tag: str
    fields: Fields
    generation: int
    asked: Fingerprint | None = None

    @cached_property
    def field(self) -> bytes:
        """The tag as a client sends it back that knows no other."""
        return self.tag.encode()

    @cached_property
    def unchanged(self) -> Kept:
        """What those are told who have the answer."""
        return Kept(304, self.fields)


@dataclass
class Kept:
    """An answer, whole, as it went out."""

    status: int
    fields: Fields
    body: bytes = b""

    @cached_property
    def head(self) -> bytes:
        """Status line and fields as HTTP/1.1 has them."""
        status = b"HTTP/1.1 %d %b\r\n" % (self.status, HTTPStatus(self.status).phrase.encode())
        return status + b"".join(b"%b: %b\r\n" % field for field in self.fields)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with it, as an ASGI application."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.fields})
        await send({"type": "http.response.body", "body": self.body})


class Cache:
    """Answers by key, and where each request as it came has led.

    A `patient` one gives no answer before `settle` has told that the data was the same from before it until after it.
    """

    def __init__(self, mebibytes: int, *, patient: bool = False) -> None:
        size = mebibytes * _MIB
        self._patient = patient
        self._unsettled: LRUCache[str, tuple[_Given, float]]
        self._unsettled = LRUCache(size // 2, lambda entry: len(entry[0].body) + _OVERHEAD)
        self._doubts = 0  # how often answers that were under way could not be trusted any more
        self.most = size // _SHARE - _OVERHEAD
        self.generation = 0
        self.size = size
        self._answers = _Answers(size, lambda given: len(given.body) + _OVERHEAD)
        self._leads: LRUCache[Hashable, tuple[Lead, int]] = LRUCache(size // _SHARE, lambda entry: entry[1] + _OVERHEAD)

    @property
    def held(self) -> int:
        """Bytes of memory that the answers take."""
        return int(self._answers.currsize)

    @property
    def entries(self) -> int:
        """The number of answers."""
        return len(self._answers)

    @property
    def evictions(self) -> int:
        """How many answers have made room for others."""
        return self._answers.evictions

    def get(self, key: str) -> Kept | None:
        """The answer with that key."""
        try:
            found = self._answers[key]
        except KeyError:
            return None
        return found.kept

    def keeper(self, lead: Lead) -> Callable[[Fields, bytes], None]:
        """What keeps the answer of a request that begins now."""
        return partial(self.put, lead, doubts=self._doubts)

    def put(self, lead: Lead, fields: Fields, body: bytes, *, doubts: int = 0) -> None:
        """Keep an answer; not one of more than `most` bytes, nor where the data has changed meanwhile."""
        if len(body) > self.most or (lead.generation, doubts) != (self.generation, self._doubts):
            return
        found = _Given(fields, body)
        if self._patient:
            self._unsettled[lead.key] = found, time.monotonic()
        else:
            self._answers[lead.key] = found

    def settle(self, until: float) -> None:
        """The data was still the same at a moment (`time.monotonic`): what was whole before it is kept."""
        for key, (found, moment) in list(self._unsettled.items()):
            if moment < until:
                del self._unsettled[key]
                self._answers[key] = found

    def doubt(self) -> None:
        """Nobody knows whether the data was the same: what is not settled is not kept, nor what is under way."""
        self._doubts += 1
        self._unsettled.clear()
        self._leads.clear()  # so that who asks next is told what is the matter

    def lead(self, request: Hashable) -> Lead | None:
        """Where such a request has led before."""
        try:
            return self._leads[request][0]
        except KeyError:
            return None

    def remember(self, request: Hashable, lead: Lead, size: int) -> None:
        """Such a request, of `size` bytes, leads there; not where the data has changed meanwhile."""
        if lead.generation != self.generation:
            return
        with contextlib.suppress(ValueError):  # larger than the cache
            self._leads[request] = lead, size

    def begin(self, generation: int) -> None:
        """Forget all: from now on only what comes from this generation of the data is kept."""
        self.generation = generation
        self._answers.clear()
        self._unsettled.clear()
        self._leads.clear()


@dataclass(eq=False)
class _Given:
    """An answer as it was first given; most are not asked for again."""

    fields: Fields
    body: bytes

    @cached_property
    def kept(self) -> Kept:
        """As it is given again."""
        own = [field for field in self.fields if field[0] not in (b"content-length", b"server-timing")]
        length = (b"content-length", str(len(self.body)).encode())
        return Kept(200, [*own, length, (b"server-timing", b"cache;desc=hit")], self.body)


class _Answers(LRUCache[str, _Given]):
    evictions = 0

    def popitem(self) -> tuple[str, _Given]:
        self.evictions += 1
        return super().popitem()


def raw(headers: dict[str, str]) -> Fields:
    """Header fields as ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def key(*parts: object) -> str:
    """A key for what the parts say, in their order: the data, the query, its dataset, the format, the coding."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
