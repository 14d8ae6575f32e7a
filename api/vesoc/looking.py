"""Handlers for those who look a thing up: its IRI, the document about it, lists of things, things of others."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp

from vesoc import addresses, context, formats, links, profiles, resource
from vesoc.errors import Problem
from vesoc.negotiation import VARY
from vesoc.responses import page
from vesoc.words import LANGUAGES

_PAGE = re.compile(r"[1-9][0-9]{0,8}")


async def thing(request: Request) -> ASGIApp:
    """The IRI of a thing: see the document about it."""
    path, form, profile = _representation(request, _path(request, "/id/"))
    return context.relay(request, "thing", form, ending=_ending(request, path, "/id/"), **_asked(path, form, profile))


async def document(request: Request) -> ASGIApp:
    """The document about a thing, or the list of the things of one kind."""
    path = _path(request, "/doc/")
    if _is_list(path):
        return _listing(request, path)
    path, form, profile = _representation(request, path)
    asked = {**_asked(path, form, profile), **_part(request)}
    place = addresses.with_query(profiles.address(asked["address"], profile, form), _part(request))
    asked["lang"] = _lang(request)
    ending = _ending(request, path, "/doc/")
    return context.relay(request, "resource", form, {"Content-Location": place}, ending=ending, **asked)


def _listing(request: Request, path: str) -> ASGIApp:
    path, form = context.form(request, path, formats.LISTS)
    path = path.rstrip("/")
    if not path:
        raise Problem(404, "name a kind of things: /doc/ and its name")
    page = None if form is formats.CSV else _part(request)["page"]  # a table is whole
    headers = {"Content-Location": addresses.with_query(f"/doc/{path}.{form.suffix}", {"page": page})}
    asked: dict[str, Any] = {"path": path, "address": f"/doc/{path}", "suffix": form.suffix, "page": page}
    asked["lang"] = _lang(request)
    return context.relay(request, "listing", form, headers, **asked)


async def outside(request: Request) -> ASGIApp:
    """A thing by its whole IRI: where its document is, or what the graph says of a thing that is not ours."""
    iri = request.query_params.get("uri", "")
    if not iri:
        raise Problem(400, "name a thing: ?uri= and its IRI")
    base = context.settings(request).base
    if iri.startswith(base):
        return RedirectResponse(addresses.of(iri, base), 303, {"Vary": VARY})
    _, form, profile = context.representation(request, "")
    asked = {**_asked("", form, profile), **_part(request), "iri": iri}
    asked |= {"address": addresses.with_query("/resource", {"uri": iri}), "lang": _lang(request)}
    place = profiles.address(asked["address"], profile, form)
    return context.relay(request, "outside", form, {"Content-Location": place}, **asked)


async def profile(request: Request) -> ASGIApp:
    """What a profile is that documents may be had in."""
    token, form = context.form(request, request.path_params["token"], (*formats.TRIPLES, formats.HTML))
    if token not in profiles.MEANINGS:
        raise Problem(404, f"there is no profile {token}; there are {', '.join(profiles.MEANINGS)}")
    if form is formats.HTML:
        found, base = profiles.get(token), context.settings(request).base
        return page("profile.html", request, title=token, meaning=profiles.MEANINGS[token], profile=found, base=base)
    return context.relay(request, "profile", form, token=token, suffix=form.suffix)


def _path(request: Request, start: str) -> str:
    """What follows `start` in the address, with the percent signs that it came with."""
    return addresses.in_path(request.scope["raw_path"]).removeprefix(start)


def _ending(request: Request, path: str, start: str) -> str:
    """What an address has after the path of its thing: a suffix and a query."""
    query = addresses.in_query(request.scope["query_string"])
    return _path(request, start).removeprefix(path) + (f"?{query}" if query else "")


def _asked(path: str, form: formats.Format, profile: profiles.Profile) -> dict[str, Any]:
    return {"path": path, "address": f"/doc/{path}", "suffix": form.suffix, "profile": profile.token}


def _part(request: Request) -> dict[str, Any]:
    """Which part of what points to a thing is asked for; Problem 400 for a page that is no number."""
    page = request.query_params.get("page")
    if page is not None and not _PAGE.fullmatch(page):
        raise Problem(400, f"a page is a number from 1, not {page!r}")
    wanted = "1" if request.query_params.get("inverse") in ("1", "true") else ""
    by = request.query_params.get("property") or None
    if by and resource.named_node(by) is None:
        raise Problem(400, f"a property is named by its IRI, not {by!r}")
    return {"property": by, "inverse": wanted, "page": int(page) if page else None}


def _lang(request: Request) -> str:
    """The language that the address names, which those of the other pages name too."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else ""


def _is_list(path: str) -> bool:
    """Whether the path is that of a kind of things, or of a scheme of concepts, and of no thing."""
    return path.rstrip("/").count("/") == (1 if path.startswith("concept/") else 0)


def _representation(request: Request, path: str) -> tuple[str, formats.Format, profiles.Profile]:
    try:
        return context.representation(request, path)
    except Problem as problem:
        raise _refused(problem, path, context.settings(request).base) from None


def _refused(problem: Problem, path: str, base: str) -> Problem:
    """The problem with links to all that may be had instead."""
    stem, _, suffix = path.rpartition(".")
    bare = stem if stem and formats.by_suffix(suffix, formats.RESOURCES) else path
    found = links.of_forms(f"/doc/{bare}", profiles.VESOC, formats.RESOURCES, base)
    problem.headers = {**problem.headers, "Link": links.field(found)}
    return problem
