"""The server: every route in one table, and the application that answers them."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from vesoc import __version__, asking, context, openapi, places, showing
from vesoc.access import Access, Bounds
from vesoc.errors import Problem, VesocError
from vesoc.library import Library
from vesoc.pool import Orders, Pool
from vesoc.responses import page, problem_response
from vesoc.settings import Settings

Handler = Callable[[Request], Awaitable[Response]]
_LOG = logging.getLogger("vesoc.web")
_HERE = Path(__file__).parent
_EXPOSED = ["ETag", "Last-Modified", "Link", "Content-Location", "Location", "X-Request-Id", "Retry-After"]
_HTTP_DETAILS = {404: "there is nothing at this address", 405: "this method is not allowed here"}


def create_app(settings: Settings, orders: Orders) -> FastAPI:
    """The application; its engine starts and stops with it."""
    app = FastAPI(title="VESOC", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=_life)
    app.router.redirect_slashes = False  # its redirects would follow the Host field
    app.state.settings = settings
    app.state.orders = orders
    app.state.failure = None
    app.state.library = Library(places.find(orders.root).queries) if orders.root else Library()
    for path, handler, methods in ROUTES:
        app.add_route(path, _with_options(handler, methods), [*methods, "OPTIONS"], include_in_schema=False)
    app.add_route("/sparql/", asking.without_slash, ["GET", "POST"], include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))
    for kind, handle in ((Problem, _problem), (HTTPException, _http_error), (Exception, _failure)):
        app.add_exception_handler(kind, handle)
    app.add_middleware(Bounds, url_limit=settings.url_limit)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=_EXPOSED
    )
    app.add_middleware(Access)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    pool = app.state.pool = Pool(app.state.settings, app.state.orders)
    try:
        await pool.start()
    except VesocError as error:
        app.state.failure = error
        raise
    try:
        yield
    finally:
        await pool.stop()


async def live(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """The data is loaded, and which."""
    loaded = context.pool(request).loaded
    if loaded is None:
        raise Problem(503, "the data is being loaded", headers={"Retry-After": "2"})
    return JSONResponse({"status": "ready", "digest": loaded.digest, "triples": loaded.triples})


async def description(request: Request) -> Response:
    """The OpenAPI description."""
    return JSONResponse(openapi.document(__version__, context.settings(request).address))


async def docs(request: Request) -> Response:
    """The OpenAPI description as a page that loads nothing from elsewhere."""
    paths = openapi.document(__version__, context.settings(request).address)["paths"]
    return page("docs.html", request, title="API", paths=paths)


ROUTES: list[tuple[str, Handler, list[str]]] = [
    ("/", showing.home, ["GET"]),
    ("/sparql", asking.sparql, ["GET", "POST"]),
    ("/workbench", asking.workbench, ["GET"]),
    ("/queries", asking.queries, ["GET"]),
    ("/queries/{name}", asking.named_query, ["GET"]),
    ("/id/{path:path}", showing.thing, ["GET"]),
    ("/doc/{path:path}", showing.document, ["GET"]),
    ("/ns", showing.ontology, ["GET"]),
    ("/ns/{version}", showing.ontology, ["GET"]),
    ("/dumps/latest/{name}", showing.dump, ["GET"]),
    ("/.well-known/void", showing.void, ["GET"]),
    ("/health/live", live, ["GET"]),
    ("/health/ready", ready, ["GET"]),
    ("/openapi.json", description, ["GET"]),
    ("/docs", docs, ["GET"]),
]


def _with_options(handler: Handler, methods: list[str]) -> Handler:
    allowed = ", ".join(sorted({*methods, "HEAD", "OPTIONS"}))

    async def handle(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": allowed})
        return await handler(request)

    return handle


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(request, error)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = _HTTP_DETAILS.get(error.status_code, error.detail)
    return problem_response(request, Problem(error.status_code, detail, headers=dict(error.headers or {})))


async def _failure(request: Request, error: Exception) -> Response:
    _LOG.error(json.dumps({"id": getattr(request.state, "request_id", ""), "error": repr(error)}))
    headers = {"X-Request-Id": getattr(request.state, "request_id", "")}
    detail = "the server failed on this request; its identifier is in the log"
    return problem_response(request, Problem(500, detail, headers=headers))
