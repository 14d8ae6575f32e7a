"""A worker's answer as a response: sent on as it comes, or in one piece where it is whole at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from starlette.types import Receive, Scope, Send

from vesoc.cache import Fields
from vesoc.exchange import Answer, Exchange
from vesoc.records import note
from vesoc.snapshot import Snapshot
from vesoc.turns import full
from vesoc.usage import Usage

Keep = Callable[[Fields, bytes], None]
_FIELDS = MappingProxyType(
    {
        "type": b"content-type",
        "coding": b"content-encoding",
        "length": b"content-length",
        "links": b"link",
        "profile": b"content-profile",
        "total": b"x-total-count",
    }
)
# What is true of the answer alone that was asked for, not of a way to another one.
_OF_ANSWER = (b"etag", b"last-modified", b"content-location", b"content-language")
_OK, _UNCHANGED = HTTPStatus.OK.value, HTTPStatus.NOT_MODIFIED.value


class Relay:
    """ASGI application: the answer of a worker, sent on as it comes; `fields` join those of the answer.

    A worker that is stopped half-way, or a client that takes its answer too slowly, breaks the transfer off, so that a
    short answer never looks whole. A whole one goes to `keep` with its fields, if it has at most `most` bytes. Where
    the answer is elsewhere, `ending` is what its address has after its path.

    The worker may have been asked before the application is called: see `begin`.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        operation: str,
        fields: Fields,
        keep: Keep | None = None,
        most: int = 0,
        *,
        ending: str = "",
        **request: Any,
    ) -> None:
        self.usage = Usage(operation)
        self._fields = fields
        self._ending = ending
        self._snapshot = snapshot
        self._request = {"operation": operation, **request}
        self._keep = keep
        self._most = most
        self._leave_line: Callable[[], object] = lambda: None
        self._exchange: Exchange | None = None
        self._answer: Answer | None = None

    def begin(self, told: Callable[[], object]) -> None:
        """Ask the worker that is free next; call once there is something to `take`, or it takes longer than a moment.

        Whoever begins calls the application or `close` in the end. Problem 503 when all places and the line are taken.
        """

        def begun(exchange: Exchange) -> None:
            self._exchange = exchange
            exchange.tell(told)

        self._leave_line = self._snapshot.begin(self.usage, self._request, begun, told)

    @property
    def waits(self) -> bool:
        """Whether no worker has been asked yet."""
        return self._exchange is None

    def take(self) -> tuple[int, Fields, bytes] | None:
        """Status, fields and body of the answer where all of it has come; the Problem that the worker tells instead."""
        if self._exchange is None:
            raise full()
        try:
            answer = self._answer = self._exchange.come()
        except ConnectionError:
            self.close()  # the application asks another worker
            return None
        return (answer.header["status"], self._all(answer), answer.first) if answer and answer.whole else None

    def keep(self, status: int, fields: Fields, body: bytes | None) -> None:
        """Keep a whole answer for those who ask the same."""
        if self._keep and body is not None and status == _OK:
            self._keep(fields, body)

    def close(self) -> None:
        """Done with the worker, or with waiting for one."""
        exchange, self._exchange = self._exchange, None
        if exchange:
            exchange.close()
        else:
            self._leave_line()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Relay until the answer ends."""
        note(scope, usage=self.usage)
        answer = self._answer or await self._snapshot.ask(self.usage, self._request, self._exchange)
        try:
            await self._relayed(answer, send)
        except ConnectionError:
            note(scope, problem=answer.exchange.stopped().kind)
        except TimeoutError:
            note(scope, problem="stalled")
        finally:
            answer.exchange.close()

    async def _relayed(self, answer: Answer, send: Send) -> None:
        status, fields = answer.header["status"], self._all(answer)
        await send({"type": "http.response.start", "status": status, "headers": fields})
        if answer.whole:
            body: bytes | None = answer.first
            await send({"type": "http.response.body", "body": body})
        else:
            body = await self._stream(answer, send)
        self.keep(status, fields, body)

    def _all(self, answer: Answer) -> Fields:
        """The fields of the response."""
        header = answer.header
        timing = b"queue;dur=%.2f, answer;dur=%.2f" % ((self.usage.waited or 0) * 1000, answer.took * 1000)
        found = [*self._own(header), (b"server-timing", timing)]
        if header["status"] != _UNCHANGED:
            found += [(_FIELDS[name], str(value).encode()) for name, value in header.items() if name in _FIELDS]
        return found

    def _own(self, header: dict[str, Any]) -> Fields:
        """The fields that were given, and where the answer is if it is elsewhere."""
        location = header.get("location")
        if location is None:
            return self._fields
        kept = [field for field in self._fields if field[0] not in _OF_ANSWER]
        ending = self._ending if location.startswith("/") else ""
        return [*kept, (b"location", f"{location}{ending}".encode())]

    async def _stream(self, answer: Answer, send: Send) -> bytes | None:
        """The whole body, where it is not too large to be kept."""
        kept: list[bytes] | None = [] if self._keep else None
        size = 0
        async with asyncio.timeout(self._snapshot.answer_timeout):
            async for chunk in answer.chunks():
                size += len(chunk)
                kept = [*kept, chunk] if kept is not None and size <= self._most else None
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        return b"".join(kept) if kept is not None else None
