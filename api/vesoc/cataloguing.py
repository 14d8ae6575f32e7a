"""Handlers for the catalogue: as RDF for those who harvest, and as a page."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from vesoc import context, formats, links, published
from vesoc.catalogue import page as shown
from vesoc.catalogue.catalogue import STEM
from vesoc.errors import Problem
from vesoc.formats import HTML, TRIPLES, Format
from vesoc.negotiation import VARY, field, language
from vesoc.responses import page

OFFERS = (*TRIPLES, HTML)
_PLACES = tuple(f"/{STEM}.{form.suffix}" for form in OFFERS)


async def catalogue(request: Request) -> Response:
    """The catalogue in the form that the request asks for: Turtle where it asks for none."""
    stem, form = context.form(request, request.url.path, OFFERS)
    if stem != f"/{STEM}":
        raise Problem(404, f"the catalogue is at /{STEM} and, in one form, at {', '.join(_PLACES)}")
    return await (_page(request) if form is HTML else document(request, form))


async def document(request: Request, form: Format) -> Response:
    """The catalogue in one of its forms for triples."""
    name = f"{STEM}.{form.suffix}"
    fields = {"Vary": VARY, "Content-Location": f"/{name}", "Link": _alternates()}
    return await published.send(request, await published.folder(request) / name, form.media_type, fields)


def asked(request: Request) -> Format | None:
    """The form for triples that a request for the first page asks for; None where it is to get the page."""
    try:
        form = formats.choose(field(request, "accept"), (HTML, *TRIPLES))
    except Problem:  # what asks for anything else has always had the page
        return None
    return None if form is HTML else form


async def _page(request: Request) -> Response:
    folder, base = await published.folder(request), context.settings(request).base
    try:
        found = await asyncio.to_thread(shown.shown, folder, base, language(request))
    except FileNotFoundError:
        raise Problem(404, "no catalogue describes the data of others") from None
    return page("catalogue.html", request, headers={"Link": _alternates()}, catalogue=found, forms=TRIPLES)


def _alternates() -> str:
    return links.field(links.Link(f"/{STEM}.{form.suffix}", "alternate", form.types[0]) for form in OFFERS)
