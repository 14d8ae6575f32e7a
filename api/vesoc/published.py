"""Documents that were made when the data was loaded, sent as they lie: in the form asked for, whole or in parts."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from vesoc import addresses, context
from vesoc.errors import Problem
from vesoc.files import FOREVER, LARGEST, packed, packed_fields
from vesoc.formats import Format
from vesoc.negotiation import VARY, field, matches
from vesoc.releases.publication import failure

_REST = 60  # seconds after a failure in which nothing is tried
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
    snapshot = context.snapshot(request)
    if not snapshot.documents.is_dir():
        _require_no_failure(snapshot.documents)
        snapshot.publish()
    while not (made := snapshot.documents).is_dir():
        _require_no_failure(made)
        if time.monotonic() > until:
            raise Problem(503, "the documents are being made", kind="loading", headers={"Retry-After": "10"})
        await asyncio.sleep(0.05)
    return made


def _require_no_failure(documents: Path) -> None:
    """Problem 503 where the documents could not be made a moment ago: to try again and again would help nobody."""
    with contextlib.suppress(OSError):
        left = _REST - (time.time() - failure(documents).stat().st_mtime)
        if left > 0:
            told = "the documents could not be made; the log of the server says why"
            raise Problem(503, told, kind="loading", headers={"Retry-After": str(int(left) + 1)})


async def send(
    request: Request,
    path: Path,
    media_type: str,
    headers: Mapping[str, str] | None = None,
    *,
    immutable: bool = False,
    sha256: str | None = None,
) -> Response:
    """A file by GET and HEAD, whole or in ranges, packed as the client likes it, or 304; Problem 404 without it.

    `sha256` is the digest of the file in hexadecimal digits, where it is known.
    """
    told = await asyncio.to_thread(found, path)
    if told is None:
        raise Problem(404, f"there is no document {request.url.path}")
    tag = await asyncio.to_thread(_digest, path, told.st_mtime_ns) if sha256 is None else sha256
    fields = {**_fresh(request, immutable=immutable), "ETag": f'"{tag[:32]}-{path.suffix[1:]}"', **(headers or {})}
    coding = None
    if media_type != _PACKED and told.st_size <= LARGEST:
        fields["Vary"] = _varied(fields.get("Vary", ""))
        coding = None if field(request, "range") else context.coding(request)
    if matches(request, fields["ETag"], None):
        return Response(status_code=304, headers=packed_fields(fields) if coding else fields)
    response = FileResponse(path, media_type=media_type, headers=fields, stat_result=told)
    return await packed(response, coding) if coding else response


def found(path: Path) -> os.stat_result | None:
    """What the system tells of a file; None where there is none, or where none can have such a name."""
    try:
        told = path.stat()
    except (OSError, ValueError):
        return None
    return told if stat.S_ISREG(told.st_mode) else None


def _fresh(request: Request, *, immutable: bool) -> dict[str, str]:
    fields = context.freshness(context.loaded(request).digest, context.settings(request).max_age)
    return {**fields, "Cache-Control": FOREVER} if immutable else fields


def _varied(vary: str) -> str:
    """The value of Vary with the field that decides on the packing."""
    names = [name.strip() for name in vary.split(",") if name.strip()]
    known = any(name.lower() == _ENCODING.lower() for name in names)
    return ", ".join(names if known else [*names, _ENCODING])


_ENCODING = "Accept-Encoding"
_PACKED = "application/gzip"  # else a client would unpack it and find that it is not the file of the digest


@lru_cache(maxsize=1024)
def _digest(path: Path, changed: int) -> str:
    """SHA-256 of a file as it was at a moment."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
