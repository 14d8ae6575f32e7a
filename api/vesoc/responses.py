"""Responses of their own kind: a worker's answer as it comes, and problems as documents or pages."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vesoc import formats
from vesoc.cache import Fields, Kept
from vesoc.errors import Problem
from vesoc.negotiation import field, language
from vesoc.pool import Answer, Pool
from vesoc.words import words

Keep = Callable[[Fields, bytes], None]
_PROBLEM = formats.Format("json", ("application/problem+json", "application/json"))
_TEMPLATES = Environment(
    loader=PackageLoader("vesoc"), autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True
)


class Relay(Response):
    """The answer of a worker, sent on as it comes; `headers` join those of the answer.

    A worker that is stopped half-way, or a client that takes its answer too slowly, breaks the transfer off, so that a
    short answer never looks whole. A whole one goes to `keep` with its fields, if it has at most `most` bytes.
    """

    def __init__(
        self,
        pool: Pool,
        operation: str,
        headers: dict[str, str] | None = None,
        keep: Keep | None = None,
        most: int = 0,
        **request: Any,
    ) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._pool = pool
        self._operation = operation
        self._request = request
        self._keep = keep
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Relay until the answer ends."""
        async with self._pool.ask(self._operation, **self._request) as answer:
            self._describe(answer)
            await send({"type": "http.response.start", "status": answer.header["status"], "headers": self.raw_headers})
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(self._pool.answer_timeout):
                    body = await self._pass_on(answer, send)
                if self._keep and body is not None:
                    self._keep(self.raw_headers, body)

    def _describe(self, answer: Answer) -> None:
        header = answer.header
        if "type" in header:
            self.headers["content-type"] = header["type"]
        if "coding" in header:
            self.headers["content-encoding"] = header["coding"]
        if "length" in header and header["status"] != 304:
            self.headers["content-length"] = str(header["length"])
        self.headers["server-timing"] = f"queue;dur={answer.waited * 1000:.2f}, answer;dur={answer.took * 1000:.2f}"

    async def _pass_on(self, answer: Answer, send: Send) -> bytes | None:
        """The whole body, where it is not too large to be kept."""
        kept: list[bytes] | None = [] if self._keep else None
        size = 0
        async for chunk in answer.chunks:
            size += len(chunk)
            kept = [*kept, chunk] if kept is not None and size <= self._most else None
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return b"".join(kept) if kept is not None else None


class Again(Response):
    """An answer that was kept."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await self._kept.send(send)


def problem_response(request: Request, problem: Problem) -> Response:
    """The problem as application/problem+json (RFC 9457), or as a page for browsers."""
    request_id = getattr(request.state, "request_id", "")
    if _prefers_page(request):
        return page("problem.html", request, problem, title=problem.title, detail=problem.detail, request_id=request_id)
    document = {**problem.document(), "instance": request.url.path, "request_id": request_id}
    headers = {**problem.headers, "Vary": "Accept"}
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, problem.status, headers, media_type=_PROBLEM.media_type)


def page(template: str, request: Request, problem: Problem | None = None, **values: Any) -> Response:
    """A page in the reader's language."""
    chosen = language(request)
    text = _TEMPLATES.get_template(template).render(language=chosen, words=words(chosen), **values)
    headers = {**(problem.headers if problem else {}), "Vary": "Accept, Accept-Language", "Content-Language": chosen}
    return Response(text, problem.status if problem else 200, headers, media_type=formats.HTML.media_type)


def _prefers_page(request: Request) -> bool:
    with contextlib.suppress(Problem):
        return formats.choose(field(request, "accept"), (_PROBLEM, formats.HTML)) is formats.HTML
    return False
