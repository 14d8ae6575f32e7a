"""Handlers for those who ask by query: the SPARQL endpoint, the Graph Store Protocol, the workbench."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from vesoc import __version__, assets, cache, context, examples, fingerprint, formats, resource
from vesoc.errors import Problem
from vesoc.graphs import graph_iri
from vesoc.library import UnknownQuery, bare
from vesoc.negotiation import field, graph_argument, language, same_tag, sparql_query
from vesoc.records import HIT, MISS, UNCHANGED, note
from vesoc.relay import Relay
from vesoc.responses import page
from vesoc.snapshot import Snapshot
from vesoc.sparql import OFFERS, Query
from vesoc.topics import topics
from vesoc.words import PROBLEMS
from vesoc.workbench import WORKBENCH_FIELDS, Told, excerpt

_VARY = ((b"vary", b"Accept, Accept-Encoding"),)


async def sparql(request: Request) -> ASGIApp:
    """SPARQL 1.1 Protocol; without a query the service description, for browsers the workbench."""
    query = await sparql_query(request, context.settings(request))
    return await _endpoint(request) if query is None else answer(request, query)


def answer(request: Request, query: Query) -> ASGIApp:
    """The answer to a query: from the cache where it is there, else from a worker."""
    kind = query.kind
    asks = fingerprint.of(query.text, kind)
    note(request.scope, query=asks, text=query.text)
    coding = context.coding(request)
    asked: dict[str, Any] = {
        "query": query.text,
        "accept": query.accept,
        "default": query.default_graphs,
        "named": query.named_graphs,
        "coding": coding,
    }
    form = formats.choose(query.accept, OFFERS[kind]) if kind else None
    snapshot = context.snapshot(request)
    if form is None or not query.repeatable:
        return Relay(snapshot, "query", [*_VARY, (b"cache-control", b"no-store")], **asked)
    loaded = snapshot.require()
    key = cache.key(
        __version__, loaded.state, query.text, query.default_graphs, query.named_graphs, form.suffix, coding
    )
    tag = f'W/"{key}"'
    fields = [*_VARY, *context.fresh_fields(loaded.digest, context.settings(request).max_age), (b"etag", tag.encode())]
    return _kept(request, cache.Lead(key, tag, fields, snapshot.generation, asks), snapshot, asked)


def _kept(request: Request, lead: cache.Lead, snapshot: Snapshot, asked: dict[str, Any]) -> ASGIApp:
    kept = context.cache(request)
    request.scope["state"]["lead"] = lead
    found = kept.get(lead.key)
    if request.method in ("GET", "HEAD") and _has(request, lead.tag, known=found is not None):
        note(request.scope, cache=UNCHANGED)
        return lead.unchanged
    note(request.scope, cache=HIT if found else MISS)
    if found:
        return found
    return Relay(snapshot, "query", lead.fields, kept.keeper(lead), kept.most, **asked)


def _has(request: Request, tag: str, *, known: bool) -> bool:
    """Whether the client names the tag; `*` says nothing as long as it is not `known` that there is an answer."""
    tags = field(request, "if-none-match")
    return tags is not None and (known or tags != "*") and same_tag(tags, tag)


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


async def _endpoint(request: Request) -> ASGIApp:
    form = formats.choose(field(request, "accept"), (*formats.TRIPLES, formats.HTML))
    if form is formats.HTML:
        return RedirectResponse("/workbench", 303, {"Vary": "Accept"})
    return context.relay(request, "service", form, suffix=form.suffix)


async def workbench(request: Request) -> ASGIApp:
    """The workbench: a query, and its answer where there is one; a query that fails is shown with its problem."""
    text = await _text(request)
    values = {"title": "SPARQL", "text": text or _example(request), "topics": _topics(request), **assets.addresses()}
    if text is None:
        return context.relay(request, "workbench", formats.HTML, WORKBENCH_FIELDS, query=None, values=values)
    asked = Query(text)
    note(request.scope, query=fingerprint.of(text, asked.kind), text=text)
    lasting = request.method != "POST" and asked.repeatable
    found = context.relay(
        request, "workbench", formats.HTML, WORKBENCH_FIELDS, lasting=lasting, query=text, values=values
    )
    return Told(found, lambda problem: _failed(request, problem, values))


async def _text(request: Request) -> str | None:
    """The query that is to be answered."""
    if request.method == "POST":
        found = await sparql_query(request, context.settings(request))
        return found.text if found else None
    return request.query_params.get("query") or None


def _example(request: Request) -> str:
    """The query that the workbench begins with: one of the library, where it is named."""
    name = request.query_params.get("example")
    if name is None:
        return examples.EXAMPLE
    try:
        return bare(context.library(request).get(name).text)
    except UnknownQuery as error:
        raise Problem(404, str(error)) from None


def _topics(request: Request) -> list[dict[str, Any]]:
    return topics(list(context.library(request)), language(request))


def _failed(request: Request, problem: Problem, values: dict[str, Any]) -> Response:
    """The workbench with what is wrong with its query."""
    note(request.scope, problem=problem.kind)
    told = {**problem.document(), "excerpt": excerpt(values["text"], problem), "meaning": PROBLEMS.get(problem.kind)}
    return page("workbench.html", request, problem, WORKBENCH_FIELDS, **values, failure=told)


async def terms(request: Request) -> ASGIApp:
    """What the editor may offer: prefixes, classes, properties, things."""
    return context.relay(request, "terms", formats.JSON)


async def download(request: Request) -> ASGIApp:
    """The answer to a query as a file, in the form that the suffix names."""
    form = formats.by_suffix(request.path_params["suffix"], (*formats.TABLES, *formats.GRAPHS))
    text = request.query_params.get("query")
    if form is None or not text:
        raise Problem(404, "there is no such form, or no query")
    return answer(request, Query(text, form.types[0]))
