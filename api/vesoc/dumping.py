"""Handlers for the releases: which there are, what is in one, and its files as they lie."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vesoc import addresses, context, formats, links, published
from vesoc.errors import Problem, VesocError
from vesoc.negotiation import VARY
from vesoc.releases import release
from vesoc.releases.archive import manifests
from vesoc.releases.publication import DUMPS
from vesoc.releases.release import MANIFEST, WHOLE, File, Release
from vesoc.responses import page

LATEST = "latest"
_OFFERS = (formats.HTML, formats.JSON)
_LOG = logging.getLogger("vesoc.dumps")


async def dumps(request: Request) -> Response:
    """The releases that there are, the last one first."""
    found = sorted(await _releases(request), key=lambda one: one.moment, reverse=True)
    if _form(request) is formats.HTML:
        return page("dumps.html", request, releases=found, lasting=[one for one in found if _lasts(request, one)])
    own = ("version", "modified", "digest", "triples")
    told = [{name: one.document()[name] for name in own} | {"files": f"/dumps/{one.version}"} for one in found]
    return JSONResponse({"releases": told}, headers={"Vary": VARY, "Cache-Control": _short(request)})


async def dump(request: Request) -> Response:
    """A release, or a file of it; what is asked of the latest is elsewhere."""
    version, name = request.path_params["version"], request.path_params.get("name", "")
    if version == LATEST:
        return await _latest(request, name)
    one = _named(await _kept(request), version) or await _any(request, version)
    return await (_file(request, one, name) if name else _contents(request, one))


async def _latest(request: Request, name: str) -> Response:
    found = await _releases(request)
    if not found:
        raise Problem(404, "there is no release")
    last = max(found, key=lambda one: one.moment).version
    place = addresses.uri(f"/dumps/{last}/{name}".rstrip("/"))
    return RedirectResponse(place, 302, {"Vary": VARY, "Cache-Control": _short(request)})


async def _any(request: Request, version: str) -> Release:
    """The release of that version, wherever it lies; Problem 404 without it."""
    found = await _releases(request)
    one = _named(found, version)
    if one is None:
        raise Problem(404, f"there is no release {version}; there are {', '.join(each.version for each in found)}")
    return one


def _named(found: list[Release], version: str) -> Release | None:
    return next((one for one in found if one.version == version), None)


def _form(request: Request) -> formats.Format:
    # A version may end on what looks like a suffix, so the path does not say.
    return context.form(request, "", _OFFERS)[1]


async def _contents(request: Request, one: Release) -> Response:
    if _form(request) is formats.HTML:
        files = sorted(one.files, key=lambda file: (file.part != WHOLE, file.name))
        return page("dump.html", request, release=one, files=files, lasts=_lasts(request, one))
    return await published.send(request, one.folder / MANIFEST, formats.JSON.types[0], {"Vary": VARY})


async def _file(request: Request, one: Release, name: str) -> Response:
    if name == MANIFEST:
        return await published.send(request, one.folder / MANIFEST, formats.JSON.types[0])
    if name == "SHA256SUMS":
        return await published.send(request, one.folder / name, "text/plain; charset=utf-8")
    file = one.file(name)
    if file is None:
        raise Problem(404, f"release {one.version} has no file {name}; /dumps/{one.version} lists those it has")
    media_type, path = file.packing or _media_type(file), one.folder / file.name
    lasts = _lasts(request, one)
    return await published.send(request, path, media_type, _fields(file, one), immutable=lasts, sha256=file.sha256)


def _lasts(request: Request, one: Release) -> bool:
    """Whether the release stays as it is; one that was made at the start is what the data happens to be."""
    return one.folder.parent == context.settings(request).releases


def _fields(file: File, one: Release) -> dict[str, str]:
    """What is true of the file alone: its digest (RFC 9530), and where it is described."""
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    described = links.field([links.Link(f"/dumps/{one.version}/{MANIFEST}", "describedby", formats.JSON.types[0])])
    return {"Repr-Digest": f"sha-256=:{digest}:", "Dataset-Digest": f"sha-256={one.digest}", "Link": described}


def _media_type(file: File) -> str:
    text = file.media_type.startswith("text/")
    return f"{file.media_type}; charset=utf-8" if text else file.media_type


def _short(request: Request) -> str:
    return context.cache_control(context.settings(request).max_age)


async def _releases(request: Request) -> list[Release]:
    """The releases in the folder of releases and the one made at the start; Problem 503 while that is being made."""
    made = await asyncio.to_thread(_within, await published.folder(request) / DUMPS)
    kept = await _kept(request)
    return [*kept, *(one for one in made if _named(kept, one.version) is None)]


async def _kept(request: Request) -> list[Release]:
    """The releases in the folder of releases, which are there whatever is being made."""
    folder = context.settings(request).releases
    return await asyncio.to_thread(_within, folder) if folder else []


def _within(folder: Path) -> list[Release]:
    """The releases in a folder, but for those that are taken away meanwhile."""
    found = []
    for path in manifests(folder):
        with contextlib.suppress(OSError, VesocError):
            found.append(_read(path.parent, path.stat().st_mtime_ns))
    return [one for one in found if one]


@lru_cache(maxsize=256)
def _read(folder: Path, changed: int) -> Release | None:
    """The release in a folder whose manifest was written at a moment; None, and a line in the log, for a broken one."""
    try:
        return release.read(folder)
    except VesocError as error:
        if not (folder / MANIFEST).is_file():
            raise
        _LOG.error("a release is left out: %s", error)
        return None
