"""Handlers for those who browse and harvest: things, ontology, first page, VoID, dumps."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from vesoc import context, formats
from vesoc.errors import Problem
from vesoc.negotiation import field, matches

_DUMP_SECONDS = 10
_DUMP_NAMES = ("vesoc.nq.gz", "vesoc.ttl.gz", "vesoc.nt.gz")


async def thing(request: Request) -> Response:
    """The IRI of a thing: see the document about it."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/doc/{quote(request.path_params['path'])}{query}", 303)


async def document(request: Request) -> ASGIApp:
    """The document about a thing, or the list of the things of one kind."""
    path, form = context.form(request, request.path_params["path"])
    iri = f"{context.settings(request).base}id/{path}"
    if "/" not in path.rstrip("/"):
        return context.relay(request, "listing", form, prefix=f"{iri.rstrip('/')}/", suffix=form.suffix)
    address = f"/doc/{quote(path)}"
    headers = {"Content-Location": f"{address}.{form.suffix}", "Link": _links(quote(iri, safe=":/"), address)}
    return context.relay(request, "resource", form, headers, iri=iri, suffix=form.suffix)


async def ontology(request: Request) -> ASGIApp:
    """The ontology, or one version of it."""
    version = request.path_params.get("version")
    _, form = context.form(request, "")
    iri = f"{context.settings(request).base}ns"
    return context.relay(
        request, "ontology", form, {"Link": f'<{iri}>; rel="canonical"'}, suffix=form.suffix, version=version
    )


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


def _links(iri: str, path: str) -> str:
    alternates = [f'<{path}.{form.suffix}>; rel="alternate"; type="{form.types[0]}"' for form in formats.RESOURCES]
    return ", ".join([f'<{iri}>; rel="canonical"', f'<{iri}>; rel="describes"', *alternates])
