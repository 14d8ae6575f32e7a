"""Handlers for those who browse and harvest: the ontology, the first page, VoID, dumps."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp

from vesoc import addresses, context, formats, links
from vesoc.errors import Problem
from vesoc.negotiation import field, matches

_DUMP_SECONDS = 10
_DUMP_NAMES = ("vesoc.nq.gz", "vesoc.ttl.gz", "vesoc.nt.gz")


async def ontology(request: Request) -> ASGIApp:
    """The ontology, or one version of it."""
    settings = context.settings(request)
    path, form = context.form(request, request.url.path.strip("/"))
    forms = [links.Link(f"/{path}.{form.suffix}", "alternate", form.types[0]) for form in formats.RESOURCES]
    told = [links.Link(settings.address + path, "canonical"), links.Link(settings.base + path, "cite-as"), *forms]
    headers = {"Content-Location": f"/{addresses.uri(path)}.{form.suffix}", "Link": links.field(told)}
    version = path.removeprefix("ns").removeprefix("/") or None
    return context.relay(request, "ontology", form, headers, suffix=form.suffix, version=version)


async def home(request: Request) -> ASGIApp:
    """The first page."""
    return context.relay(request, "home", formats.HTML)


async def void(request: Request) -> ASGIApp:
    """VoID of the dataset."""
    form = formats.choose(field(request, "accept"), formats.TRIPLES)
    return context.relay(request, "void", form, suffix=form.suffix)


async def dump(request: Request) -> Response:
    """A dump of the data."""
    name = request.path_params["name"]
    if name not in _DUMP_NAMES:
        raise Problem(404, f"there is no dump {name}; there are {', '.join(_DUMP_NAMES)}")
    headers = context.validators(request, name)
    if matches(request, headers["ETag"], headers.get("Last-Modified")):
        return Response(status_code=304, headers=headers)
    return FileResponse(
        await _written(context.pool(request).dumps / name), media_type="application/gzip", headers=headers
    )


async def _written(file: Path) -> Path:
    """The file, once it is there: it is being written when the server has just started."""
    until = time.monotonic() + _DUMP_SECONDS
    while not file.is_file():
        if time.monotonic() > until:
            raise Problem(503, "the dump is being written", kind="loading", headers={"Retry-After": "10"})
        await asyncio.sleep(0.05)
    return file
