"""Handlers for crawlers and programs that look around: sitemap, rules for robots, whom to warn, which interfaces."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from vesoc import context, published
from vesoc.discovery import interfaces, notices
from vesoc.discovery.sitemap import NAME
from vesoc.errors import Problem
from vesoc.negotiation import matches

_TEXT = "text/plain; charset=utf-8"
_XML = "application/xml"
_NUMBER = re.compile("[1-9][0-9]{0,5}")


async def sitemap(request: Request) -> Response:
    """The sitemap, or the index of its parts."""
    return await published.send(request, await published.folder(request) / f"{NAME}.xml", _XML)


async def sitemap_part(request: Request) -> Response:
    """A part of a sitemap that is too large for one; Problem 404 for a number that no part has."""
    number = request.path_params["number"]
    if _NUMBER.fullmatch(number) is None:
        raise Problem(404, f"the parts of /{NAME}.xml have numbers")
    return await published.send(request, await published.folder(request) / f"{NAME}-{number}.xml", _XML)


async def robots(request: Request) -> Response:
    """What robots may fetch."""
    return _notice(request, notices.robots(context.settings(request), mapped=_own(request)).encode(), _TEXT)


async def security(request: Request) -> Response:
    """Whom to tell of a hole in the security of the server; Problem 404 where nobody has been named."""
    settings = context.settings(request)
    if settings.contact is None:
        raise Problem(404, "whoever runs this server has named no contact for security: VESOC_CONTACT is not set")
    return _notice(request, notices.security(settings, datetime.now(UTC).date()).encode(), _TEXT)


async def api_catalog(request: Request) -> Response:
    """The interfaces of the server and what describes each, as a link set."""
    body = interfaces.linkset(context.settings(request).address, _own(request))
    headers = {"Link": f'<{interfaces.PATH}>; rel="api-catalog"'}
    return _notice(request, body, interfaces.MEDIA_TYPE, headers)


def _own(request: Request) -> bool:
    """Whether our own data is served, and not that of others."""
    return context.pool(request).own


def _notice(request: Request, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """A short document, or 304 where the client has it."""
    age = context.settings(request).max_age
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    fields = {"ETag": tag, "Cache-Control": context.cache_control(age), **(headers or {})}
    if matches(request, tag, None):
        return Response(status_code=304, headers=fields)
    return Response(body, headers={**fields, "Content-Type": media_type})
