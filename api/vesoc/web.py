"""The server: every route in one table, and the application that answers them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
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
    examples,
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
from vesoc.assets import FOLDER
from vesoc.errors import Problem
from vesoc.files import Files
from vesoc.preferences import preferences
from vesoc.records import note
from vesoc.responses import page, problem_response
from vesoc.telemetry import Spans
from vesoc.words import PROBLEMS

Handler = Callable[[Request], Awaitable[ASGIApp]]
_DAY = "86400"
_HTTP_DETAILS = {404: "there is nothing at this address", 405: "this method is not allowed here"}


def create_app(front: Starlette) -> FastAPI:
    """The application behind the front, with which it shares its state."""
    told: Any = telemetry.off()
    app = FastAPI(title="VESOC", openapi_url=None, docs_url=None, redoc_url=None, telemetry=told)
    app.router.redirect_slashes = False  # its redirects would follow the Host field
    app.state = front.state
    app.state.scores = scoring.Scores(front, front.state.settings.address)
    for path, handler, methods in ROUTES:
        app.add_route(path, _with_options(path, handler, methods), [*methods, "OPTIONS"], include_in_schema=False)
    slash = _with_options("/sparql/", asking.without_slash, ["GET", "POST"])
    app.add_route("/sparql/", slash, ["GET", "POST"], include_in_schema=False)
    app.mount("/static", Files(directory=FOLDER))
    for kind, handle in ((Problem, _problem), (HTTPException, _http_error)):
        app.add_exception_handler(kind, handle)
    return app


class Traced(FastAPI):
    """FastAPI makes the span of what an application does with a request."""

    def __init__(self, app: ASGIApp, spans: Spans) -> None:
        told: Any = spans.config()
        super().__init__(openapi_url=None, docs_url=None, redoc_url=None, telemetry=told)
        self._app = app

    def build_middleware_stack(self) -> ASGIApp:
        """Nothing but the application."""
        return self._app


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
    values: dict[str, Any] = {"paths": paths, "problems": PROBLEMS, "address": address, "example": examples.SHORT}
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
