"""The static files over HTTP: packed, and kept for ever where the address holds their hash, else asked for by tag."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers, QueryParams
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from vesoc import codings
from vesoc.assets import VENDOR, digest, fetched

FOREVER = "public, max-age=31536000, immutable"
_ASK = "no-cache"


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
    """The same file in a coding; its tag is weak, for the bytes are others."""
    path = Path(response.path)
    body = await asyncio.to_thread(_compressed, path, path.stat().st_mtime_ns, coding)
    own = {name: value for name, value in response.headers.items() if name not in ("content-length", "accept-ranges")}
    own |= {"content-encoding": coding, "etag": f"W/{own['etag']}"}
    return Response(body, response.status_code, own)


@lru_cache(maxsize=128)
def _compressed(path: Path, changed: int, coding: str) -> bytes:
    """The bytes of a file as it was at a moment, in a coding."""
    compressor = codings.compressor(coding)
    return compressor.compress(path.read_bytes()) + compressor.finish()


def _lasting(path: str, scope: Scope) -> bool:
    if path.startswith(f"{VENDOR}/"):
        return path.removeprefix(f"{VENDOR}/") in fetched().values()
    return QueryParams(scope["query_string"]).get("v") == digest(path)
