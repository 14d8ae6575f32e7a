"""Handlers for those who ask: the SPARQL endpoint, the workbench, the library of queries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from vesoc import __version__, cache, context, formats, openapi, resource
from vesoc.errors import Problem
from vesoc.graphs import graph_iri
from vesoc.library import CHOICES, NamedQuery, QueryError, UnknownQuery
from vesoc.negotiation import field, graph_argument, language, same_tag, sparql_query
from vesoc.responses import Relay, page
from vesoc.sparql import Query
from vesoc.workbench import Table

_VARY = ((b"vary", b"Accept, Accept-Encoding"),)
_JSON = formats.Format("json", ("application/json",))


async def sparql(request: Request) -> ASGIApp:
    """SPARQL 1.1 Protocol; without a query the service description, for browsers the workbench."""
    query = await sparql_query(request, context.settings(request))
    return await _endpoint(request) if query is None else _answer(request, query)


def _answer(request: Request, query: Query) -> ASGIApp:
    """The answer to a query: from the cache where it is there, else from a worker."""
    coding = context.coding(request)
    asked = {**_asked(query.text, query.accept, query.default_graphs, query.named_graphs), "coding": coding}
    form = formats.choose(query.accept, query.offers) if query.offers else None
    if form is None or not query.repeatable:
        return Relay(context.pool(request), "query", [*_VARY, (b"cache-control", b"no-store")], **asked)
    loaded = context.loaded(request)
    settings = context.settings(request)
    key = cache.key(
        __version__, loaded.state, query.text, query.default_graphs, query.named_graphs, form.suffix, coding
    )
    tag = f'W/"{key}"'
    fields = [*_VARY, *context.fresh_fields(loaded.digest, settings.max_age), (b"etag", tag.encode())]
    return _kept(request, cache.Lead(key, tag, fields, context.cache(request).generation), asked)


def _kept(request: Request, lead: cache.Lead, asked: dict[str, Any]) -> ASGIApp:
    kept = context.cache(request)
    request.scope["state"]["lead"] = lead
    if request.method in ("GET", "HEAD") and _has(request, lead.tag):
        return lead.unchanged
    if found := kept.get(lead.key):
        return found
    keep = partial(kept.put, lead)
    return Relay(context.pool(request), "query", lead.fields, keep, kept.most, **asked)


def _has(request: Request, tag: str) -> bool:
    """Whether the client names the tag; `*` says nothing here, for nobody knows yet that there is an answer."""
    tags = field(request, "if-none-match")
    return tags is not None and tags != "*" and same_tag(tags, tag)


async def graph(request: Request) -> ASGIApp:
    """SPARQL 1.1 Graph Store Protocol, for reading: a graph by its IRI or by its address, or the default graph."""
    path = request.scope["raw_path"].decode("latin-1").removeprefix("/graphs").removeprefix("/")
    iris = _addressed(request, path) if path else [graph_argument(request.url.query)]
    _, form = context.form(request, "", formats.TRIPLES)
    return context.relay(request, "graph", form, graphs=iris, suffix=form.suffix)


def _addressed(request: Request, path: str) -> list[str]:
    """The IRIs that a graph may have which is asked for by that path, as it came or without its percent signs."""
    settings = context.settings(request)
    paths = dict.fromkeys((path, unquote(path)))
    own = [f"{settings.address}graphs/{path}" for path in paths]
    iris = [iri for iri in (*own, *(graph_iri(path, settings.base) for path in paths)) if resource.named_node(iri)]
    if not iris:
        raise Problem(404, f"no graph can be named {path}", kind="no-graph")
    return iris


async def without_slash(request: Request) -> Response:
    """The endpoint's address with a slash too much, which some clients add."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/sparql{query}", 307)


def _asked(
    text: str, accept: str | None = None, default: Sequence[str] = (), named: Sequence[str] = ()
) -> dict[str, Any]:
    return {"query": text, "accept": accept, "default": default, "named": named}


async def _endpoint(request: Request) -> ASGIApp:
    form = formats.choose(field(request, "accept"), (*formats.TRIPLES, formats.HTML))
    if form is formats.HTML:
        return RedirectResponse("/workbench", 303, {"Vary": "Accept"})
    return context.relay(request, "service", form, suffix=form.suffix)


async def workbench(request: Request) -> Response:
    """A form for a query, and its answer as a table."""
    text = request.query_params.get("query", "")
    values: dict[str, Any] = {"query": text or openapi.EXAMPLE, "title": "SPARQL"}
    if not text:
        return page("workbench.html", request, **values)
    try:
        _, body = await context.pool(request).whole("query", **_asked(text))
    except Problem as problem:
        return page("workbench.html", request, problem, **values, failure=problem.detail)
    return page(
        "workbench.html",
        request,
        **values,
        table=await asyncio.to_thread(Table.read, body, context.settings(request).base),
    )


async def queries(request: Request) -> Response:
    """The library of queries."""
    library = list(context.library(request))
    if formats.choose(field(request, "accept"), (formats.HTML, _JSON)) is formats.HTML:
        return page("queries.html", request, title="SPARQL", library=library)
    return JSONResponse([query.document() for query in library], headers={"Vary": "Accept"})


async def named_query(request: Request) -> ASGIApp:
    """One query of the library: its answer as a page, JSON or CSV, or the SPARQL itself."""
    name, form = context.form(request, request.path_params["name"], formats.ANSWERS)
    try:
        query = context.library(request).get(name)
        asked = {name: value for name, value in request.query_params.items() if name not in ("lang", "_mediatype")}
        text = query.filled(asked)
    except UnknownQuery as error:
        raise Problem(404, str(error)) from None
    except QueryError as error:
        raise Problem(400, str(error)) from None
    if form is formats.SPARQL_QUERY:
        return Response(text, headers={"Vary": "Accept"}, media_type=form.media_type)
    if form is not formats.HTML:
        return Relay(context.pool(request), "query", [(b"vary", b"Accept")], **_asked(text, form.types[0]))
    return await _query_page(request, query, text, asked)


async def _query_page(request: Request, query: NamedQuery, text: str, asked: dict[str, str]) -> Response:
    base = context.settings(request).base
    _, body = await context.pool(request).whole("query", **_asked(text))
    choices = {p.name: await _choices(request, p.source) for p in query.parameters if p.type == "iri"}
    values = {p.name: asked.get(p.name, p.plain) for p in query.parameters}
    return page(
        "query.html",
        request,
        title=query.question(language(request)),
        query=query,
        text=text,
        table=await asyncio.to_thread(Table.read, body, base),
        choices=choices,
        values=values,
        link=urlencode(values),
    )


async def _choices(request: Request, source: str) -> list[tuple[str, str]]:
    """The things that a parameter may name: the concepts of a scheme or the instances of a class, by label."""
    _, body = await context.pool(request).whole(
        "query", **_asked(CHOICES.format(source=source, language=language(request)))
    )
    rows = json.loads(body)["results"]["bindings"]
    return [(row["thing"]["value"], row["label"]["value"]) for row in rows]
