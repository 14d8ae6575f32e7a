"""Handlers for the change feed: its root, its shape and its pages as data, and for people a page about it."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vesoc import context, formats, published
from vesoc.errors import Problem
from vesoc.feed.documents import CONTENTS, FORMS, ROOT
from vesoc.feed.pages import FEED
from vesoc.feed.shape import SHAPE
from vesoc.negotiation import VARY
from vesoc.responses import page

_OFFERS = (*FORMS, formats.HTML)
_PAGE = re.compile(rf"{FEED}/(?P<name>[^/]+)/(?P<number>[1-9][0-9]{{0,5}})-[0-9a-f]{{12}}")


async def stream(request: Request) -> Response:
    """The event stream is a thing; what tells of it is the root of the feed."""
    return RedirectResponse(f"/{FEED}", 303, {"Vary": VARY})


async def feed(request: Request) -> Response:
    """The root, or for browsers what the feed is and how it is followed."""
    stem, form = context.form(request, request.url.path, _OFFERS)
    if stem != f"/{FEED}":
        places = ", ".join(f"/{FEED}.{one.suffix}" for one in _OFFERS)
        raise Problem(404, f"the feed is at /{FEED} and, in one form, at {places}")
    if form is not formats.HTML:
        return await published.document(request, ROOT, FORMS)
    told = await _contents(request)
    moments = [datetime.fromisoformat(one["moment"]) for one in told]
    rows = sorted(zip(moments, told, strict=True), key=lambda row: row[0], reverse=True)
    settings = context.settings(request)
    return page("feed.html", request, rows=rows, address=settings.address, forms=FORMS)


async def part(request: Request) -> Response:
    """The shape, or a page; Problem 410 for one that has been replaced, 404 where there is none of that number."""
    stem, form = context.form(request, f"{FEED}/{request.path_params['path']}", FORMS)
    if stem == SHAPE:
        return await published.document(request, SHAPE, FORMS)
    named = _PAGE.fullmatch(stem)
    counts = {one["name"]: one["pages"] for one in await _contents(request)}
    if named is None or int(named["number"]) > counts.get(named["name"], 0):
        raise Problem(404, f"the feed has no document {stem}; /{FEED} leads to all of them")
    path = await published.folder(request) / f"{stem}.{form.suffix}"
    if await asyncio.to_thread(published.found, path) is None:
        raise Problem(410, f"this page of the feed was replaced, as a redaction does; begin again at /{FEED}")
    return await published.document(request, stem, FORMS, immutable=True)


async def _contents(request: Request) -> list[dict[str, Any]]:
    """The transactions of the feed; Problem 404 where other people's data is served, which has none."""
    path = await published.folder(request) / CONTENTS
    told = await asyncio.to_thread(published.found, path)
    if told is None:
        raise Problem(404, "this server has no change feed: it serves data of others")
    return await asyncio.to_thread(_read, path, told.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> list[dict[str, Any]]:
    """The list of transactions as it was written at a moment."""
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found
