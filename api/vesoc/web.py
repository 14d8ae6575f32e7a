"""The server: every route in one table, and the application that answers them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from vesoc import (
    __version__,
    asking,
    cataloguing,
    citing,
    context,
    discovering,
    dumping,
    feeding,
    looking,
    metering,
    openapi,
    overviewing,
    questions,
    scoring,
    searching,
    showing,
    statement,
    telemetry,
    validating,
)
from vesoc.access import Access, Direct
from vesoc.assets import FOLDER
from vesoc.attendance import Attendance
from vesoc.cache import Cache
from vesoc.crowd import Crowd
from vesoc.door import Door
from vesoc.errors import Problem, VesocError
from vesoc.files import Files
from vesoc.hangups import Hangups
from vesoc.ledger import Ledger
from vesoc.metrics.meters import Meters, Readers
from vesoc.passage import Passage
from vesoc.pool import Pool
from vesoc.preferences import preferences
from vesoc.presence import Presence
from vesoc.records import note
from vesoc.reloading import Reloader
from vesoc.responses import page, problem_response
from vesoc.retention import Retention
from vesoc.settings import Settings
from vesoc.telemetry import Spans
from vesoc.words import PROBLEMS

if TYPE_CHECKING:  # which takes long to import
    from vesoc.metrics.collector import Sources

Handler = Callable[[Request], Awaitable[ASGIApp]]
_DAY = "86400"
_NOT_YET = ((b"x-robots-tag", b"noindex"),)  # of a server whose operator has not said who publishes, and where
_HTTP_DETAILS = {404: "there is nothing at this address", 405: "this method is not allowed here"}


def create_app(settings: Settings, pool: Pool, hangups: Hangups) -> FastAPI:
    """The application; the pool ends with it, and hangups are wishes for new data as long as it runs."""
    spans = _spans(settings)
    told: Any = spans.config() if spans else telemetry.off()
    app = _Application(title="VESOC", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_life, telemetry=told)
    app.router.redirect_slashes = False  # its redirects would follow the Host field
    app.state.settings = settings
    app.state.pool = pool
    app.state.failure = None
    app.state.cache = Cache(settings.cache_size, patient=settings.sparql_url is not None)
    app.state.door = Door(settings)
    app.state.stopping = False
    app.state.spans = spans
    app.state.ledger = Ledger(settings, traced=spans.close if spans else None)
    fields = _NOT_YET if settings.missing() else ()
    app.state.passage = Passage(
        app.state.door, app.state.cache, app.state.ledger, settings.url_limit, path="/sparql", fields=fields
    )
    app.state.readers = Readers(settings)
    app.state.scores = scoring.Scores(app, settings.address)
    app.state.reloader = Reloader(pool)
    app.state.attendance = (
        Attendance(settings, pool, app.state.reloader, app.state.cache) if settings.sparql_url else None
    )
    app.state.hangups = hangups
    app.state.crowd = Crowd()
    app.state.meters = Meters(settings, pool, lambda: _sources(app))
    for path, handler, methods in ROUTES:
        app.add_route(path, _with_options(path, handler, methods), [*methods, "OPTIONS"], include_in_schema=False)
    slash = _with_options("/sparql/", asking.without_slash, ["GET", "POST"])
    app.add_route("/sparql/", slash, ["GET", "POST"], include_in_schema=False)
    app.mount("/static", Files(directory=FOLDER))
    for kind, handle in ((Problem, _problem), (HTTPException, _http_error)):
        app.add_exception_handler(kind, handle)
    return app


def _spans(settings: Settings) -> Spans | None:
    return Spans(os.environ, Retention(settings)) if telemetry.wanted(os.environ) else None


def _sources(app: FastAPI) -> Sources:
    from vesoc.metrics.collector import Sources

    state = app.state
    return Sources(state.ledger.tally, state.cache, state.pool, state.reloader, state.crowd)


class _Application(FastAPI):
    """FastAPI behind what every request passes, and behind the endpoint, whose queries need nothing of a router."""

    def build_middleware_stack(self) -> ASGIApp:
        direct = Direct(super().build_middleware_stack(), "/sparql", asking.sparql)
        return Access(Presence(direct), self.state.passage)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    pool, reloader = app.state.pool, app.state.reloader
    await app.state.meters.start()
    with app.state.hangups.taken(reloader.request):
        await _begin(app)
        try:
            yield
        finally:
            if app.state.attendance:
                await app.state.attendance.stop()
            await app.state.meters.stop()
            await reloader.stop()
            await pool.stop()


async def _begin(app: FastAPI) -> None:
    """Wait for the data; an engine elsewhere may have it later."""
    if app.state.attendance:
        app.state.attendance.begin()
        return
    try:
        await app.state.pool.start(app.state.cache.begin, app.state.reloader.request)
    except VesocError as error:
        app.state.failure = error
        raise
    app.state.reloader.begin()


async def live(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """The data is loaded, which, and what came of the last attempt to load it anew."""
    reloader, attendance = request.app.state.reloader, request.app.state.attendance
    if attendance:
        attendance.require_ready(context.pool(request).current.known)
    loaded = context.loaded(request)
    if request.app.state.stopping:
        raise Problem(503, "the server is about to stop", headers={"Cache-Control": "no-store"})
    told = {"status": "ready", "digest": loaded.digest, "triples": loaded.triples}
    more = {"engine": attendance.document()} if attendance else {}
    return JSONResponse({**told, "reload": reloader.document(), **more}, headers={"Cache-Control": "no-store"})


async def description(request: Request) -> Response:
    """The OpenAPI description."""
    return JSONResponse(openapi.document(__version__, context.settings(request).address))


async def docs(request: Request) -> Response:
    """The OpenAPI description as a page that loads nothing from elsewhere."""
    address = context.settings(request).address
    paths = openapi.document(__version__, address)["paths"]
    values: dict[str, Any] = {"paths": paths, "problems": PROBLEMS, "address": address, "example": openapi.SHORT}
    return page("docs.html", request, title="API", **values)


ROUTES: list[tuple[str, Handler, list[str]]] = [
    ("/", showing.home, ["GET"]),
    ("/sparql", asking.sparql, ["GET", "POST"]),
    ("/graphs", asking.graph, ["GET"]),
    ("/graphs/{path:path}", asking.graph, ["GET"]),
    ("/workbench", asking.workbench, ["GET", "POST"]),
    ("/workbench/terms.json", asking.terms, ["GET"]),
    ("/workbench/answer.{suffix}", asking.download, ["GET"]),
    ("/validate", validating.validate, ["GET", "POST"]),
    ("/validate.{suffix}", validating.validate, ["POST"]),
    ("/queries", questions.queries, ["GET"]),
    ("/queries/{name}", questions.named_query, ["GET"]),
    ("/search", searching.search, ["GET"]),
    ("/search.{suffix}", searching.search, ["GET"]),
    ("/search/suggest", searching.suggest, ["GET"]),
    ("/opensearch.xml", searching.opensearch, ["GET"]),
    ("/views", overviewing.overviews, ["GET"]),
    *((path, overviewing.overview, ["GET"]) for path in overviewing.PATHS),
    ("/id/dataset/ldes", feeding.stream, ["GET"]),
    ("/id/{path:path}", looking.thing, ["GET"]),
    ("/doc/{path:path}", looking.document, ["GET"]),
    ("/resource", looking.outside, ["GET"]),
    ("/profiles/{token}", looking.profile, ["GET"]),
    ("/cite/{path:path}", citing.citation, ["GET"]),
    ("/ns", showing.ontology, ["GET"]),
    ("/ns.{suffix}", showing.ontology, ["GET"]),
    ("/ns/context.jsonld", showing.jsonld_context, ["GET"]),
    ("/ns/{version}", showing.ontology, ["GET"]),
    ("/catalog", cataloguing.catalogue, ["GET"]),
    ("/catalog.{suffix}", cataloguing.catalogue, ["GET"]),
    ("/catalog/quality", scoring.quality, ["GET"]),
    ("/catalog/quality.{suffix}", scoring.quality, ["GET"]),
    ("/dumps", dumping.dumps, ["GET"]),
    ("/dumps/{version}", dumping.dump, ["GET"]),
    ("/dumps/{version}/{name:path}", dumping.dump, ["GET"]),
    ("/ldes", feeding.feed, ["GET"]),
    ("/ldes.{suffix}", feeding.feed, ["GET"]),
    ("/ldes/{path:path}", feeding.part, ["GET"]),
    ("/.well-known/void", showing.void, ["GET"]),
    ("/.well-known/api-catalog", discovering.api_catalog, ["GET"]),
    ("/.well-known/security.txt", discovering.security, ["GET"]),
    ("/robots.txt", discovering.robots, ["GET"]),
    ("/sitemap.xml", discovering.sitemap, ["GET"]),
    ("/sitemap-{number}.xml", discovering.sitemap_part, ["GET"]),
    ("/health/live", live, ["GET"]),
    ("/health/ready", ready, ["GET"]),
    ("/metrics", metering.metrics, ["GET"]),
    ("/openapi.json", description, ["GET"]),
    ("/docs", docs, ["GET"]),
    ("/accessibility", statement.accessibility, ["GET"]),
    ("/preferences", preferences, ["GET"]),
]


def _with_options(path: str, handler: Handler, methods: list[str]) -> Callable[[Request], Awaitable[Any]]:
    allowed = ", ".join(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))
    preflight = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "*, Authorization, Content-Type",  # which * leaves out
        "Access-Control-Max-Age": _DAY,
    }

    async def handle(request: Request) -> Any:
        note(request.scope, route=path)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight)
        return await handler(request)

    return handle


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(request, error)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = _HTTP_DETAILS.get(error.status_code, error.detail)
    headers = dict(error.headers or {})
    if "Allow" in headers:  # the router has it in an order that changes with each start
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
    return problem_response(request, Problem(error.status_code, detail, headers=headers))
