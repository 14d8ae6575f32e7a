"""The handler of the metrics."""

from __future__ import annotations

from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from vesoc import context
from vesoc.negotiation import field

_FIELDS = MappingProxyType({"Cache-Control": "no-store", "Vary": "Accept"})
_NO_INDEX = MappingProxyType({"X-Robots-Tag": "noindex"})  # which every answer has of a server that is not for crawlers


async def metrics(request: Request) -> Response:
    """The metrics for Prometheus, as text or as OpenMetrics; Problem 403 or 404 for those who may not read them."""
    client = request.client.host if request.client else ""
    request.app.state.readers.require(client, request.state.peer, request.scope["headers"])
    body, media_type = await request.app.state.meters.written(field(request, "accept") or "")
    open_to_all = {} if context.settings(request).missing() else _NO_INDEX
    return Response(body, headers={**_FIELDS, **open_to_all, "Content-Type": media_type})
