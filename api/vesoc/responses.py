"""Responses that are made here: pages, and problems as documents or pages."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vesoc import formats
from vesoc.errors import Problem
from vesoc.negotiation import VARY_WITH_READER, field, reader
from vesoc.records import note
from vesoc.templating import render
from vesoc.words import KINDS, PROBLEMS

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
_PROBLEM = formats.Format("json", ("application/problem+json", "application/json"))


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
