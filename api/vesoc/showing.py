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
from vesoc.formats import JSON_LD, TURTLE
from vesoc.names import PREFIXES
from vesoc.negotiation import field, matches

_DUMP_SECONDS = 10
_DUMP_NAMES = ("vesoc.nq.gz", "vesoc.ttl.gz", "vesoc.nt.gz")


async def ontology(request: Request) -> ASGIApp:
    """The ontology, or one version of it."""
    settings = context.settings(request)
    path, form = context.form(request, request.url.path.strip("/"))
    told = links.field(_links(path, settings.address, settings.base))
    headers = {"Content-Location": f"/{addresses.uri(path)}.{form.suffix}", "Link": told}
    version = path.removeprefix("ns").removeprefix("/") or None
    return context.relay(request, "ontology", form, headers, suffix=form.suffix, version=version)


def _links(path: str, address: str, base: str) -> list[links.Link]:
    return [
        links.Link(address + path, "canonical"),
        links.Link(base + path, "cite-as"),
        links.Link(f"{PREFIXES['owl']}Ontology", "type"),
        *([links.Link("/ns", "latest-version")] if path != "ns" else []),
        *(links.Link(f"/{path}.{form.suffix}", "describedby", form.types[0]) for form in (TURTLE, JSON_LD)),
        *(links.Link(f"/{path}.{form.suffix}", "alternate", form.types[0]) for form in formats.RESOURCES),
    ]


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
