"""Handlers for overviews: the list of them, and each as a page or as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from vesoc import context, formats
from vesoc.errors import Problem
from vesoc.overviews.register import OVERVIEWS
from vesoc.responses import page

PATHS = [address for name in OVERVIEWS for address in (f"/{name}", f"/{name}.{{suffix}}")]
_NOT_CHOICES = ("lang", "_mediatype", "part")


async def overviews(request: Request) -> Response:
    """The overviews whose questions are in the library, each with what it shows."""
    known = {query.name for query in context.library(request)}
    shown = [one for one in OVERVIEWS.values() if all(part.query in known for part in one.parts)]
    return page("overviews/index.html", request, overviews=shown)


async def overview(request: Request) -> ASGIApp:
    """One overview: its page, a part of it as JSON or CSV, or the SPARQL of that part."""
    name, form = context.form(request, request.url.path.removeprefix("/"), formats.ANSWERS)
    if name not in OVERVIEWS:
        raise Problem(404, f"there is no overview {name}; there are {', '.join(OVERVIEWS)}")
    asked = [(key, value) for key, value in request.query_params.multi_items() if key not in _NOT_CHOICES]
    part = request.query_params.get("part")
    return context.relay(request, "overview", form, name=name, part=part, asked=asked, suffix=form.suffix)
