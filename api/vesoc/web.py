"""The server: every route in one table, and the application that answers them."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from vesoc import __version__, formats, openapi
from vesoc.access import Access, Bounds
from vesoc.errors import Problem, VesocError
from vesoc.negotiation import language, matches, sparql_query
from vesoc.pool import Orders, Pool
from vesoc.responses import Relay, page, problem_response
from vesoc.settings import Settings
from vesoc.workbench import Table

Handler = Callable[[Request], Awaitable[Response]]
_LOG = logging.getLogger("vesoc.web")
_HERE = Path(__file__).parent
_EXPOSED = ["ETag", "Last-Modified", "Link", "Content-Location", "Location", "X-Request-Id", "Retry-After"]
_HTTP_DETAILS = {404: "there is nothing at this address", 405: "this method is not allowed here"}
_DUMP_NAMES = ("vesoc.nq.gz", "vesoc.ttl.gz", "vesoc.nt.gz")


def create_app(settings: Settings, orders: Orders) -> FastAPI:
    """The application; its engine starts and stops with it."""
    app = FastAPI(title="VESOC", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=_life)
    app.state.settings = settings
    app.state.orders = orders
    app.state.failure = None
    for path, handler, methods in ROUTES:
        app.add_route(path, _with_options(handler, methods), [*methods, "OPTIONS"], include_in_schema=False)
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


# --- queries -------------------------------------------------------------------------------------------------------


async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol; without a query the service description, for browsers the workbench."""
    query = await sparql_query(request, _settings(request).body_limit)
    if query is None:
        return await _endpoint(request)
    return Relay(
        _pool(request),
        "query",
        {"Vary": "Accept"},
        query=query.text,
        accept=query.accept,
        default=query.default_graphs,
        named=query.named_graphs,
    )


async def _endpoint(request: Request) -> Response:
    form = formats.choose(request.headers.get("accept"), (*formats.TRIPLES, formats.HTML))
    if form is formats.HTML:
        return RedirectResponse("/workbench", 303, {"Vary": "Accept"})
    return _relay(request, "service", form, suffix=form.suffix)


async def workbench(request: Request) -> Response:
    """A form for a query, and its answer as a table."""
    text = request.query_params.get("query", "")
    values: dict[str, Any] = {"query": text or openapi.EXAMPLE, "title": "SPARQL"}
    if not text:
        return page("workbench.html", request, **values)
    try:
        _, body = await _pool(request).whole("query", query=text, accept=None, default=[], named=[])
    except Problem as problem:
        return page("workbench.html", request, problem, **values, failure=problem.detail)
    return page("workbench.html", request, **values, table=Table.read(body, _settings(request).base))


# --- things --------------------------------------------------------------------------------------------------------


async def thing(request: Request) -> Response:
    """The IRI of a thing: see the document about it."""
    return RedirectResponse(f"/doc/{quote(request.path_params['path'])}", 303)


async def document(request: Request) -> Response:
    """The document about a thing, or the list of the things of one kind."""
    path, form = _form(request, request.path_params["path"])
    iri = f"{_settings(request).base}id/{path}"
    if "/" not in path.rstrip("/"):
        return _relay(request, "listing", form, prefix=f"{iri.rstrip('/')}/", suffix=form.suffix)
    address = f"/doc/{quote(path)}"
    headers = {"Content-Location": f"{address}.{form.suffix}", "Link": _links(quote(iri, safe=":/"), address)}
    return _relay(request, "resource", form, headers, iri=iri, suffix=form.suffix)


async def ontology(request: Request) -> Response:
    """The ontology, or one version of it."""
    version = request.path_params.get("version")
    _, form = _form(request, "")
    iri = f"{_settings(request).base}ns"
    return _relay(request, "ontology", form, {"Link": f'<{iri}>; rel="canonical"'}, suffix=form.suffix, version=version)


async def home(request: Request) -> Response:
    """The first page."""
    return _relay(request, "home", formats.HTML)


# --- the whole -----------------------------------------------------------------------------------------------------


async def void(request: Request) -> Response:
    """VoID of the dataset."""
    form = formats.choose(request.headers.get("accept"), formats.TRIPLES)
    return _relay(request, "void", form, suffix=form.suffix)


async def dump(request: Request) -> Response:
    """A dump of the data."""
    name = request.path_params["name"]
    if name not in _DUMP_NAMES:
        raise Problem(404, f"there is no dump {name}; there are {', '.join(_DUMP_NAMES)}")
    headers = _validators(request, name)
    if matches(request, headers["ETag"], headers.get("Last-Modified")):
        return Response(status_code=304, headers=headers)
    return FileResponse(_pool(request).dumps / name, media_type="application/gzip", headers=headers)


# --- operation -----------------------------------------------------------------------------------------------------


async def live(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """The data is loaded, and which."""
    loaded = _pool(request).loaded
    if loaded is None:
        raise Problem(503, "the data is being loaded", headers={"Retry-After": "2"})
    return JSONResponse({"status": "ready", "digest": loaded.digest, "triples": loaded.triples})


async def description(request: Request) -> Response:
    """The OpenAPI description."""
    return JSONResponse(openapi.document(__version__, _settings(request).address))


async def docs(request: Request) -> Response:
    """The OpenAPI description as a page that loads nothing from elsewhere."""
    paths = openapi.document(__version__, _settings(request).address)["paths"]
    return page("docs.html", request, title="API", paths=paths)


ROUTES: list[tuple[str, Handler, list[str]]] = [
    ("/", home, ["GET"]),
    ("/sparql", sparql, ["GET", "POST"]),
    ("/workbench", workbench, ["GET"]),
    ("/id/{path:path}", thing, ["GET"]),
    ("/doc/{path:path}", document, ["GET"]),
    ("/ns", ontology, ["GET"]),
    ("/ns/{version}", ontology, ["GET"]),
    ("/dumps/latest/{name}", dump, ["GET"]),
    ("/.well-known/void", void, ["GET"]),
    ("/health/live", live, ["GET"]),
    ("/health/ready", ready, ["GET"]),
    ("/openapi.json", description, ["GET"]),
    ("/docs", docs, ["GET"]),
]


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.pool
    return pool


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _form(request: Request, path: str) -> tuple[str, formats.Format]:
    """The path without its suffix, and the form that suffix, `_mediatype` or Accept asks for."""
    stem, _, suffix = path.rpartition(".")
    if stem and (form := formats.by_suffix(suffix, formats.RESOURCES)):
        return stem, form
    asked = request.query_params.get("_mediatype")
    if asked and (form := formats.by_suffix(asked, formats.RESOURCES)):
        return path, form
    return path, formats.choose(asked or request.headers.get("accept"), formats.RESOURCES)


def _relay(
    request: Request, operation: str, form: formats.Format, headers: dict[str, str] | None = None, **values: Any
) -> Response:
    """A worker's answer with validators; the worker answers 304 where the client has it already."""
    chosen = language(request)
    validators = _validators(request, f"{form.suffix}-{chosen}" if form is formats.HTML else form.suffix)
    all_headers = {**validators, "Vary": "Accept, Accept-Language", **(headers or {})}
    if form is formats.HTML:
        all_headers["Content-Language"] = chosen
    unchanged = matches(request, validators["ETag"], validators.get("Last-Modified"))
    return Relay(_pool(request), operation, all_headers, language=chosen, unchanged=unchanged, **values)


def _validators(request: Request, variant: str) -> dict[str, str]:
    """ETag of one representation of the loaded data, and the day the data was changed."""
    loaded = _pool(request).loaded
    if loaded is None:
        raise Problem(503, "the data is being loaded", headers={"Retry-After": "2"})
    headers = {"ETag": f'"{loaded.digest[:16]}-{__version__}-{variant}"', "Cache-Control": "public, max-age=300"}
    if loaded.modified:
        day = datetime.fromisoformat(loaded.modified).replace(tzinfo=UTC)
        headers["Last-Modified"] = formatdate(day.timestamp(), usegmt=True)
    return headers


def _links(iri: str, path: str) -> str:
    alternates = [f'<{path}.{form.suffix}>; rel="alternate"; type="{form.types[0]}"' for form in formats.RESOURCES]
    return ", ".join([f'<{iri}>; rel="canonical"', f'<{iri}>; rel="describes"', *alternates])


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
