"""Queries by GET without a task of their own: from the connection to a worker, and back when its answer is whole.

Most answers are there in a moment and in one piece; for them a task, and the layers of an application around it, take
longer than the query. What is not so goes on as a request like all others, from where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp

from vesoc import asking
from vesoc.access import foreseen
from vesoc.cache import Fields, Kept
from vesoc.door import private
from vesoc.hits import APART
from vesoc.negotiation import url_query
from vesoc.passage import Passage
from vesoc.records import Record
from vesoc.relay import Relay
from vesoc.responses import problem_response
from vesoc.whole import at_once


class Straight:
    """Takes requests with a query at `path`, which `app` would answer behind the same `passage`."""

    def __init__(self, app: ASGIApp, passage: Passage, path: str) -> None:
        self._app = app
        self._passage = passage
        self._path = path

    def takes(self, cycle: Any, go_on: Callable[[], None]) -> Errand | None:
        """Take the request of a cycle of uvicorn; `go_on` is called where a task is needed after all.

        None where the request is not taken.
        """
        scope = cycle.scope
        if scope["path"] != self._path or scope["method"] != "GET" or b"query=" not in scope["query_string"]:
            return None
        if not APART.isdisjoint(dict(scope["headers"])):
            return None
        scope["app"] = self._app
        record = self._passage.open(scope)
        record.route = self._path
        errand = Errand(cycle, self._passage, record, go_on)
        errand.begin()
        return errand


class Errand:
    """One request until it is answered, or goes on with its record as far as it has come."""

    def __init__(self, cycle: Any, passage: Passage, record: Record, go_on: Callable[[], None]) -> None:
        self._cycle = cycle
        self._passage = passage
        self._record = record
        self._on = go_on
        self._relay: Relay | None = None
        self._over = False

    def begin(self) -> None:
        """Answer from the cache, or ask a worker."""
        self._telling(self._ask)

    def leave(self) -> None:
        """The client has gone: it waits no longer. A worker that was asked has its moment, and would be missed."""
        if self._waits:
            self._over = True
            self._close()

    def pass_on(self) -> None:
        """The server is about to stop: what waits goes on as a task, which is told so in the end."""
        if self._waits:
            self._go_on()

    @property
    def _waits(self) -> bool:
        return not self._over and self._relay is not None and self._relay.waits

    def _close(self) -> None:
        if self._relay:
            self._relay.close()
        self._passage.close(self._record)

    def _telling(self, step: Callable[[], None]) -> None:
        """Take a step, and tell a problem that comes of it, unless all has been told."""
        try:
            step()
        except Exception as error:
            scope = self._record.scope
            response = problem_response(Request(scope), foreseen(scope, error))
            if not self._over:
                self._end(response.status_code, response.raw_headers, bytes(response.body))

    def _ask(self) -> None:
        record = self._record
        self._passage.admit(record)
        request = Request(record.scope)
        query = url_query(request)
        found = record.response = asking.answer(request, query) if query else None
        if isinstance(found, Kept):
            fields = private(found.fields) if self._passage.closed else found.fields
            self._end(found.status, fields, found.body)
        elif isinstance(found, Relay):
            self._relay, record.usage = found, found.usage
            found.begin(lambda: self._telling(lambda: self._take(found)))
        else:
            self._go_on()

    def _take(self, relay: Relay) -> None:
        """Something has come from the worker, or it takes longer than a moment."""
        if self._over:
            return None
        try:
            taken = relay.take()
        except BaseException:
            relay.close()
            raise
        if taken is None:
            return self._go_on()
        status, fields, body = taken
        self._over = self._write(status, private(fields) if self._passage.closed else fields, body)
        relay.close()
        relay.keep(status, fields, body)
        return self._leave()

    def _end(self, status: int, fields: Fields, body: bytes) -> None:
        self._over = self._write(status, fields, body)
        self._leave()

    def _write(self, status: int, fields: Fields, body: bytes) -> bool:
        """Whether the answer is written; else it is left to the task."""
        record = self._record
        written = at_once(self._cycle, status, [*fields, *record.fields], body)
        if written:
            record.status, record.size, record.whole = status, len(body), True
        else:
            record.response = Kept(status, fields, body)
        return written

    def _leave(self) -> None:
        if self._over:
            self._passage.close(self._record)
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self._waits and self._relay:
            self._relay.close()
        self._over = True
        self._on()
