"""What handlers share: the parts of the application, the form that a request asks for, and relayed answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import formatdate
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp

from vesoc import __version__, codings, formats
from vesoc.cache import Cache, raw
from vesoc.library import Library
from vesoc.negotiation import field, matches, reader
from vesoc.pool import Pool
from vesoc.responses import PAGE_FIELDS, Relay
from vesoc.settings import Settings
from vesoc.supervisor import Loaded


def pool(request: Request) -> Pool:
    """The pool of workers."""
    found: Pool = request.app.state.pool
    return found


def loaded(request: Request) -> Loaded:
    """What is loaded; Problem 503 while it is being loaded."""
    return pool(request).require()


def cache(request: Request) -> Cache:
    """The answers that were given lately."""
    found: Cache = request.app.state.cache
    return found


def coding(request: Request) -> str | None:
    """The content coding that the client likes best."""
    return codings.choose(field(request, "accept-encoding"))


def library(request: Request) -> Library:
    """The library of queries."""
    found: Library = request.app.state.library
    return found


def settings(request: Request) -> Settings:
    """The settings of the server."""
    found: Settings = request.app.state.settings
    return found


def form(
    request: Request, path: str, offers: tuple[formats.Format, ...] = formats.RESOURCES
) -> tuple[str, formats.Format]:
    """The path without its suffix, and the form that suffix, `_mediatype` or Accept asks for."""
    stem, _, suffix = path.rpartition(".")
    if stem and (found := formats.by_suffix(suffix, offers)):
        return stem, found
    asked = request.query_params.get("_mediatype")
    if asked and (found := formats.by_suffix(asked, offers)):
        return path, found
    return path, formats.choose(asked or field(request, "accept"), offers)


def relay(
    request: Request,
    operation: str,
    chosen_form: formats.Format,
    headers: Mapping[str, str] | None = None,
    lasting: bool = True,
    **values: Any,
) -> ASGIApp:
    """A worker's answer with validators; the worker answers 304 where the client has it already.

    An answer that is not `lasting` may be another one the next time.
    """
    page, packed = reader(request), coding(request)
    shown = [page.language, page.theme] if chosen_form is formats.HTML else []
    variant = [chosen_form.suffix, *shown, packed or ""]
    own = validators(request, "-".join(filter(None, variant))) if lasting else {"Cache-Control": "no-store"}
    if lasting and packed:  # the same bytes are packed otherwise when they come in other pieces
        own["ETag"] = f"W/{own['ETag']}"
    all_headers = {**own, "Vary": "Accept, Accept-Encoding, Accept-Language"}
    if chosen_form is formats.HTML:
        all_headers |= {**PAGE_FIELDS, "Vary": f"{all_headers['Vary']}, Cookie", "Content-Language": page.language}
    all_headers |= headers or {}
    unchanged = lasting and matches(request, own["ETag"], own.get("Last-Modified"))
    request_values = {"reader": page.document(), "coding": packed, "unchanged": unchanged, **values}
    return Relay(pool(request), operation, raw(all_headers), **request_values)


def validators(request: Request, variant: str) -> dict[str, str]:
    """ETag of one representation of the loaded data, and the day the data was changed."""
    found = loaded(request)
    headers = {
        "ETag": f'"{found.state[:16]}-{__version__}-{variant}"',
        **freshness(found.digest, settings(request).max_age),
    }
    if found.modified:
        day = datetime.fromisoformat(found.modified).replace(tzinfo=UTC)
        headers["Last-Modified"] = formatdate(day.timestamp(), usegmt=True)
    return headers


def freshness(digest: str, age: int) -> dict[str, str]:
    """How long an answer may be used unasked, in seconds, and the digest of the data that it comes from."""
    return {
        "Cache-Control": f"public, max-age={age}, stale-while-revalidate={age}",
        "Dataset-Digest": f"sha-256={digest}",
    }


@lru_cache(maxsize=2)
def fresh_fields(digest: str, age: int) -> tuple[tuple[bytes, bytes], ...]:
    """The same as ASGI has header fields."""
    return tuple(raw(freshness(digest, age)))
