"""Handlers for those who search: lists, suggestions while typing, and the description that browsers read."""

from __future__ import annotations

import asyncio
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from vesoc import context, formats
from vesoc.errors import Problem
from vesoc.negotiation import reader
from vesoc.search.facets import FACETS
from vesoc.search.question import SUGGESTIONS, read
from vesoc.search.shelf import folder
from vesoc.templating import render

OFFERS = (formats.HTML, formats.CSV, formats.JSON_LD, formats.TURTLE)
_FIELDS = frozenset({"q", "sort", "page", "whole", *(facet.name for facet in FACETS)})
_MOST_FIELDS = 400
_INDEX_SECONDS = 10
_DAY = 86400
_OPENSEARCH = "application/opensearchdescription+xml"


async def search(request: Request) -> ASGIApp:
    """A list of things by what they are called and what is said of them."""
    suffix = request.path_params.get("suffix")
    path, form = context.form(request, f"search.{suffix}" if suffix else "search", OFFERS, formats.RESOURCES)
    if path != "search":
        raise Problem(404, f"there is no form {suffix!r} of this")
    await _indexed(request)
    question = read([pair for pair in request.query_params.multi_items() if pair[0] in _FIELDS][:_MOST_FIELDS])
    headers = {"Content-Location": question.address(form.suffix)}
    return context.relay(request, "search", form, headers, suffix=form.suffix, pairs=question.pairs(), cut=question.cut)


async def suggest(request: Request) -> ASGIApp:
    """What a text that is being typed may become."""
    await _indexed(request)
    text = " ".join(request.query_params.get("q", "").split())
    return context.relay(request, "suggest", SUGGESTIONS, text=text[:100])


async def opensearch(request: Request) -> Response:
    """How a browser can search here, in one language."""
    who = reader(request)
    text = render("opensearch.xml", who, address=context.settings(request).address)
    headers = {"Cache-Control": f"public, max-age={_DAY}", "Vary": "Accept-Language, Cookie"}
    return Response(text, 200, headers, media_type=_OPENSEARCH)


async def _indexed(request: Request) -> None:
    """Wait a little for the index, which is being made when the server has just started."""
    index = folder(context.snapshot(request).folder, context.loaded(request).digest)
    until = time.monotonic() + _INDEX_SECONDS
    while not index.is_dir():
        if time.monotonic() > until:
            raise Problem(503, "the search index is being made", kind="loading", headers={"Retry-After": "2"})
        await asyncio.sleep(0.05)
