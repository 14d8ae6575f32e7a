"""Responses of their own kind: a worker's answer as it comes, and problems as documents or pages."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vesoc import formats
from vesoc.errors import Problem
from vesoc.negotiation import language
from vesoc.pool import Pool
from vesoc.words import words

STALL_SECONDS = 60  # a client that takes nothing for so long has its transfer broken off, so that its place is free
_PROBLEM = formats.Format("json", ("application/problem+json", "application/json"))
_TEMPLATES = Environment(
    loader=PackageLoader("vesoc"), autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True
)


class Relay(Response):
    """The answer of a worker, sent on as it comes; `headers` join those of the answer.

    A client that goes away frees its worker at once. A worker that is stopped half-way breaks the transfer off, so that
    a short answer never looks whole.
    """

    def __init__(self, pool: Pool, operation: str, headers: dict[str, str] | None = None, **request: Any) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._pool = pool
        self._operation = operation
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Relay until the answer ends or the client has gone."""
        work = asyncio.create_task(self._relay(send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            await _cancel(work)
            await _cancel(gone)

    async def _relay(self, send: Send) -> None:
        async with self._pool.ask(self._operation, **self._request) as answer:
            if "type" in answer.header:
                self.headers["content-type"] = answer.header["type"]
            await send({"type": "http.response.start", "status": answer.header["status"], "headers": self.raw_headers})
            with contextlib.suppress(ConnectionError, TimeoutError):
                async for chunk in answer.chunks():
                    async with asyncio.timeout(STALL_SECONDS):
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Problem):
        await task


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
        return formats.choose(request.headers.get("accept"), (_PROBLEM, formats.HTML)) is formats.HTML
    return False
