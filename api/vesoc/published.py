"""Documents that were made when the data was loaded, sent as they lie: in the form asked for, whole or in parts."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from vesoc import addresses, context
from vesoc.errors import Problem
from vesoc.files import FOREVER, packed
from vesoc.formats import Format
from vesoc.negotiation import VARY, field, matches

_SECONDS = 30  # that a request waits for what is being made


async def document(
    request: Request,
    stem: str,
    offers: tuple[Format, ...],
    headers: Mapping[str, str] | None = None,
    *,
    immutable: bool = False,
) -> Response:
    """The document `stem` of the folder, in the offer that the request likes best; Problem 404 where there is none.

    `stem` is the path below the folder and, but for what stands before it in the address, that of the request.
    """
    address, form = context.form(request, request.url.path, offers)
    path = await folder(request) / f"{stem.removesuffix(f'.{form.suffix}')}.{form.suffix}"
    own = {"Vary": VARY, "Content-Location": f"{addresses.uri(address)}.{form.suffix}", **(headers or {})}
    return await send(request, path, form.media_type, own, immutable=immutable)


async def folder(request: Request) -> Path:
    """The folder of the documents, once it is there; Problem 503 while it is being made."""
    until = time.monotonic() + _SECONDS
    pool = context.pool(request)
    if not pool.documents.is_dir():
        pool.publish()
    while not (found := pool.documents).is_dir():
        if time.monotonic() > until:
            raise Problem(503, "the documents are being made", kind="loading", headers={"Retry-After": "10"})
        await asyncio.sleep(0.05)
    return found


async def send(
    request: Request, path: Path, media_type: str, headers: Mapping[str, str] | None = None, *, immutable: bool = False
) -> Response:
    """A file by GET and HEAD, whole or in ranges, packed as the client likes it, or 304; Problem 404 without it."""
    if not path.is_file():
        raise Problem(404, f"there is no document {request.url.path}")
    tag = await asyncio.to_thread(_digest, path, path.stat().st_mtime_ns)
    loaded, settings = context.loaded(request), context.settings(request)
    fields = {**context.freshness(loaded.digest, settings.max_age), "ETag": f'"{tag[:32]}"', **(headers or {})}
    if immutable:
        fields["Cache-Control"] = FOREVER
    if matches(request, fields["ETag"], None):
        return Response(status_code=304, headers=fields)
    response = FileResponse(path, media_type=media_type, headers=fields)
    coding = None if media_type == _PACKED or field(request, "range") else context.coding(request)
    return await packed(response, coding) if coding else response


_PACKED = "application/gzip"  # else a client would unpack it and find that it is not the file of the digest


@lru_cache(maxsize=1024)
def _digest(path: Path, changed: int) -> str:
    """SHA-256 of a file as it was at a moment."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
