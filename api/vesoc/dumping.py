"""Handlers for the releases: which there are, what is in one, and its files as they lie."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vesoc import addresses, context, formats, links, published
from vesoc.errors import Problem
from vesoc.negotiation import VARY
from vesoc.releases import release
from vesoc.releases.publication import DUMPS
from vesoc.releases.release import MANIFEST, File, Release
from vesoc.responses import page

LATEST = "latest"
_OFFERS = (formats.HTML, formats.JSON)


async def dumps(request: Request) -> Response:
    """The releases that there are, the last one first."""
    found = sorted(await _releases(request), key=lambda one: one.moment, reverse=True)
    form = formats.choose(request.query_params.get("_mediatype") or request.headers.get("accept"), _OFFERS)
    if form is formats.HTML:
        return page("dumps.html", request, releases=found)
    own = ("version", "modified", "digest", "triples")
    told = [{name: one.document()[name] for name in own} | {"files": f"/dumps/{one.version}"} for one in found]
    return JSONResponse({"releases": told}, headers={"Vary": VARY, "Cache-Control": _short(request)})


async def dump(request: Request) -> Response:
    """A release, or a file of it; what is asked of the latest is elsewhere."""
    version, name = request.path_params["version"], request.path_params.get("name", "")
    found = await _releases(request)
    if version == LATEST:
        last = max(found, key=lambda one: one.moment).version
        place = addresses.uri(f"/dumps/{last}/{name}".rstrip("/"))
        return RedirectResponse(place, 302, {"Vary": VARY, "Cache-Control": _short(request)})
    one = next((one for one in found if one.version == version), None)
    if one is None:
        raise Problem(404, f"there is no release {version}; there are {', '.join(each.version for each in found)}")
    return await (_file(request, one, name) if name else _contents(request, one))


async def _contents(request: Request, one: Release) -> Response:
    if formats.choose(request.headers.get("accept"), _OFFERS) is formats.HTML:
        return page("dump.html", request, release=one, files=sorted(one.files, key=lambda file: file.name))
    return await published.send(request, one.folder / MANIFEST, formats.JSON.types[0], {"Vary": VARY})


async def _file(request: Request, one: Release, name: str) -> Response:
    if name == MANIFEST:
        return await published.send(request, one.folder / MANIFEST, formats.JSON.types[0])
    if name == "SHA256SUMS":
        return await published.send(request, one.folder / name, "text/plain; charset=utf-8")
    file = one.file(name)
    if file is None:
        raise Problem(404, f"release {one.version} has no file {name}; /dumps/{one.version} lists those it has")
    media_type, kept = file.packing or _media_type(file), _kept(request, one)
    return await published.send(request, one.folder / file.name, media_type, _fields(file, one), immutable=kept)


def _fields(file: File, one: Release) -> dict[str, str]:
    """What is true of the file alone: its digest (RFC 9530), and where it is described."""
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    described = links.field([links.Link(f"/dumps/{one.version}/{MANIFEST}", "describedby", formats.JSON.types[0])])
    return {"Repr-Digest": f"sha-256=:{digest}:", "Dataset-Digest": f"sha-256={one.digest}", "Link": described}


def _media_type(file: File) -> str:
    text = file.media_type.startswith("text/")
    return f"{file.media_type}; charset=utf-8" if text else file.media_type


def _kept(request: Request, one: Release) -> bool:
    """Whether the release is one that stays: one made at the start is what the data happens to be."""
    kept = context.settings(request).releases
    return kept is not None and one.folder.parent == kept


def _short(request: Request) -> str:
    return context.cache_control(context.settings(request).max_age)


async def _releases(request: Request) -> list[Release]:
    """The releases in the folder of releases and the one made at the start; Problem 503 while that is being made."""
    kept = context.settings(request).releases
    folders = [await published.folder(request) / DUMPS, *([kept] if kept else [])]
    manifests = [path for folder in folders for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    return [_read(path.parent, path.stat().st_mtime_ns) for path in manifests]


@lru_cache(maxsize=256)
def _read(folder: Path, changed: int) -> Release:
    """The release in a folder whose manifest was written at a moment."""
    return release.read(folder)
