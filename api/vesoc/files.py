"""The static files over HTTP: packed, and kept for ever where the address holds their hash, else asked for by tag."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from cachetools import LRUCache, cached
from starlette.datastructures import Headers, QueryParams
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from vesoc import codings
from vesoc.assets import VENDOR, digest, fetched

FOREVER = "public, max-age=31536000, immutable"
LARGEST = 8 * 1024 * 1024  # bytes of a file that is packed while the client waits
_ASK = "no-cache"
_KEPT = 32 * 1024 * 1024  # bytes of packed files that are kept for the next client
_OF_BYTES = ("accept-ranges", "content-length", "repr-digest")  # fields that are true of the file as it lies


class Files(StaticFiles):
    """The files of a folder."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, or 304."""
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            response.headers["Cache-Control"] = FOREVER if _lasting(path, scope) else _ASK
            response.headers["Vary"] = "Accept-Encoding"
        wanted = Headers(scope=scope)
        coding = codings.choose(wanted.get("accept-encoding"))
        if isinstance(response, FileResponse) and coding and "range" not in wanted:
            return await packed(response, coding)
        return response


async def packed(response: FileResponse, coding: str) -> Response:
    """The same file in a coding, or as it is where it has more than LARGEST bytes."""
    path = Path(response.path)
    told = path.stat()
    if told.st_size > LARGEST:
        return response
    body = await asyncio.to_thread(_compressed, path, told.st_mtime_ns, coding)
    return Response(body, response.status_code, {**packed_fields(response.headers), "content-encoding": coding})


def packed_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a file when it is packed: its tag is weak and it has no digest, for the bytes are others."""
    own = {name.lower(): value for name, value in fields.items() if name.lower() not in _OF_BYTES}
    return own | {"etag": f"W/{own['etag']}"}


@cached(LRUCache(_KEPT, getsizeof=len), lock=Lock())
def _compressed(path: Path, changed: int, coding: str) -> bytes:
    """The bytes of a file as it was at a moment, in a coding."""
    compressor = codings.compressor(coding)
    return compressor.compress(path.read_bytes()) + compressor.finish()


def _lasting(path: str, scope: Scope) -> bool:
    if path.startswith(f"{VENDOR}/"):
        return path.removeprefix(f"{VENDOR}/") in fetched().values()
    return QueryParams(scope["query_string"]).get("v") == digest(path)
