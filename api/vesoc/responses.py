"""Responses of their own kind: a worker's answer as it comes, and problems as documents or pages."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vesoc import formats
from vesoc.cache import Fields
from vesoc.errors import Problem
from vesoc.negotiation import VARY_WITH_READER, field, reader
from vesoc.records import note
from vesoc.snapshot import Answer, Snapshot
from vesoc.templating import render
from vesoc.usage import Usage
from vesoc.words import KINDS, PROBLEMS

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
# A page loads and sends nothing elsewhere, and runs no script but ours.
PAGE_FIELDS = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
)
_OK, _UNCHANGED = HTTPStatus.OK.value, HTTPStatus.NOT_MODIFIED.value
_PROBLEM = formats.Format("json", ("application/problem+json", "application/json"))


class Relay:
    """ASGI application: the answer of a worker, sent on as it comes; `fields` join those of the answer.

    A worker that is stopped half-way, or a client that takes its answer too slowly, breaks the transfer off, so that a
    short answer never looks whole. A whole one goes to `keep` with its fields, if it has at most `most` bytes. Where
    the answer is elsewhere, `ending` is what its address has after its path.
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
        self._fields = fields
        self._ending = ending
        self._snapshot = snapshot
        self._operation = operation
        self._request = request
        self._keep = keep
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Relay until the answer ends."""
        usage = Usage(self._operation)
        note(scope, usage=usage)
        answer = await self._snapshot.ask(self._operation, usage, **self._request)
        try:
            await self._relayed(answer, send)
        except ConnectionError:
            note(scope, problem=answer.exchange.stopped().kind)
        except TimeoutError:
            note(scope, problem="stalled")
        finally:
            answer.exchange.close()

    async def _relayed(self, answer: Answer, send: Send) -> None:
        status = answer.header["status"]
        fields = [*self._own(answer), *_fields(answer)]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        if answer.whole:
            body: bytes | None = answer.first
            await send({"type": "http.response.body", "body": body})
        else:
            body = await self._stream(answer, send)
        if self._keep and body is not None and status == _OK:
            self._keep(fields, body)

    def _own(self, answer: Answer) -> Fields:
        """The fields that were given, and where the answer is if it is elsewhere."""
        location = answer.header.get("location")
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


def _fields(answer: Answer) -> Fields:
    """What the header of an answer says, as HTTP says it."""
    header = answer.header
    timing = b"queue;dur=%.2f, answer;dur=%.2f" % (answer.waited * 1000, answer.took * 1000)
    found = [(b"server-timing", timing)]
    if header["status"] != _UNCHANGED:
        found += [(_FIELDS[name], str(value).encode()) for name, value in header.items() if name in _FIELDS]
    return found


def problem_response(request: Request, problem: Problem) -> Response:
    """The problem as application/problem+json (RFC 9457), or as a page for browsers."""
    request_id = getattr(request.state, "request_id", "")
    note(request.scope, problem=problem.kind)
    if _prefers_page(request):
        return page("problem.html", request, problem, **_told(problem), request_id=request_id)
    document = {**problem.document(), "instance": request.url.path, "request_id": request_id}
    headers = {**problem.headers, "Vary": VARY_WITH_READER}
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, problem.status, headers, media_type=_PROBLEM.media_type)


def _told(problem: Problem) -> dict[str, Any]:
    """What the page of a problem shows."""
    shown = {name: problem.extra.get(name) for name in ("candidates", "tombstone")}
    meaning = PROBLEMS.get(problem.kind, PROBLEMS["other"])
    return {"title": problem.title, "status": problem.status, "meaning": meaning, "detail": problem.detail, **shown}


def page(
    template: str,
    request: Request,
    problem: Problem | None = None,
    headers: Mapping[str, str] = PAGE_FIELDS,
    **values: Any,
) -> Response:
    """A page in the reader's language."""
    who = reader(request)
    text = render(template, who, kind_names=KINDS, **values)
    own = {**PAGE_FIELDS, "Vary": VARY_WITH_READER, "Content-Language": who.language}
    all_headers = {**own, **headers, **(problem.headers if problem else {})}
    return Response(text, problem.status if problem else 200, all_headers, media_type=formats.HTML.media_type)


def _prefers_page(request: Request) -> bool:
    with contextlib.suppress(Problem):
        return formats.choose(field(request, "accept"), (_PROBLEM, formats.HTML)) is formats.HTML
    return False
