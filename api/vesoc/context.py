"""What handlers share: the parts of the application, the form that a request asks for, and relayed answers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vesoc import __version__, formats
from vesoc.errors import Problem
from vesoc.library import Library
from vesoc.negotiation import language, matches
from vesoc.pool import Pool
from vesoc.responses import Relay
from vesoc.settings import Settings


def pool(request: Request) -> Pool:
    """The pool of workers."""
    found: Pool = request.app.state.pool
    return found


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
    return path, formats.choose(asked or request.headers.get("accept"), offers)


def relay(
    request: Request, operation: str, chosen_form: formats.Format, headers: dict[str, str] | None = None, **values: Any
) -> Response:
    """A worker's answer with validators; the worker answers 304 where the client has it already."""
    chosen = language(request)
    own = validators(request, f"{chosen_form.suffix}-{chosen}" if chosen_form is formats.HTML else chosen_form.suffix)
    all_headers = {**own, "Vary": "Accept, Accept-Language", **(headers or {})}
    if chosen_form is formats.HTML:
        all_headers["Content-Language"] = chosen
    unchanged = matches(request, own["ETag"], own.get("Last-Modified"))
    return Relay(pool(request), operation, all_headers, language=chosen, unchanged=unchanged, **values)


def validators(request: Request, variant: str) -> dict[str, str]:
    """ETag of one representation of the loaded data, and the day the data was changed."""
    loaded = pool(request).loaded
    if loaded is None:
        raise Problem(503, "the data is being loaded", headers={"Retry-After": "2"})
    headers = {"ETag": f'"{loaded.state[:16]}-{__version__}-{variant}"', "Cache-Control": "public, max-age=300"}
    if loaded.modified:
        day = datetime.fromisoformat(loaded.modified).replace(tzinfo=UTC)
        headers["Last-Modified"] = formatdate(day.timestamp(), usegmt=True)
    return headers
