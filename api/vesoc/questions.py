"""Handlers for the library of queries: the list of questions, and the page, data or text of one."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from vesoc import asking, context, formats
from vesoc.errors import Problem
from vesoc.library import NamedQuery, QueryError, UnknownQuery, bare
from vesoc.negotiation import field, language, same_tag
from vesoc.responses import page
from vesoc.sparql import Query
from vesoc.topics import holding, topics

_NOT_PARAMETERS = ("lang", "_mediatype")
_ = str  # marks texts for the catalogue
PARAMETERS = MappingProxyType(
    {
        "a": _("First agreement"),
        "age": _("Age in years"),
        "agreement": _("Agreement"),
        "b": _("Second agreement"),
        "by": _("Property to group by"),
        "day": _("Day"),
        "goal": _("Goal"),
        "group": _("Target group"),
        "instrument": _("Instrument"),
        "language": _("Language of names"),
        "measure": _("Measure"),
        "organisation": _("Organisation"),
        "promise": _("Promise"),
        "source": _("Source"),
        "subject": _("Theme, target group or instrument"),
        "theme": _("Theme"),
        "verdict": _("Verdict"),
        "within": _("Within the agreement"),
        "word": _("A word or a part of one"),
        "yearsOut": _("Full years without work"),
    }
)


async def queries(request: Request) -> Response:
    """The library of queries by topic; `q` leaves those that have all its words."""
    library = list(context.library(request))
    if formats.choose(field(request, "accept"), (formats.HTML, formats.JSON)) is not formats.HTML:
        return _fixed(request, JSONResponse([query.document() for query in library], headers={"Vary": "Accept"}))
    asked = request.query_params.get("q", "")
    found = holding(library, asked)
    counts: dict[str, Any] = {"found": len(found), "all": len(library)}
    shown = topics(found, language(request))
    return _fixed(request, page("queries.html", request, topics=shown, asked=asked, **counts))


async def named_query(request: Request) -> ASGIApp:
    """One query of the library: its answer as a page, JSON or CSV, or the SPARQL itself."""
    name, form = context.form(request, request.path_params["name"], formats.ANSWERS)
    asked = {key: value for key, value in request.query_params.items() if key not in _NOT_PARAMETERS}
    if form is formats.HTML:
        asked = _spoken(request, name, asked)
    query, text = _filled(request, name, asked)
    if form is formats.SPARQL_QUERY:
        return _fixed(request, Response(text, headers={"Vary": "Accept"}, media_type=form.media_type))
    if form is not formats.HTML:
        return asking.answer(request, Query(text, form.types[0]))
    values = _values(query, text, asked, language(request))
    choices = {p.name: p.source for p in query.parameters if p.type == "iri" and p.source.startswith("http")}
    return context.relay(request, "question", form, query=text, choices=choices, values=values)


def _spoken(request: Request, name: str, asked: dict[str, str]) -> dict[str, str]:
    """What is asked, in the language of the reader where the query has one and none is asked for."""
    has = any(
        p.name == "language" for query in context.library(request) if query.name == name for p in query.parameters
    )
    return {"language": language(request), **asked} if has else asked


def _filled(request: Request, name: str, asked: dict[str, str]) -> tuple[NamedQuery, str]:
    """The query of that name, and its text with the values that the request gives."""
    try:
        query = context.library(request).get(name)
        return query, query.filled(asked)
    except UnknownQuery as error:
        raise Problem(404, str(error)) from None
    except QueryError as error:
        raise Problem(400, str(error)) from None


def _values(query: NamedQuery, text: str, asked: dict[str, str], chosen: str) -> dict[str, Any]:
    """What the page of a query shows beside its answer."""
    given = {parameter.name: asked.get(parameter.name, parameter.plain) for parameter in query.parameters}
    parameters = [
        {
            "name": p.name,
            "type": p.type,
            "value": given[p.name],
            "label": PARAMETERS.get(p.name, p.name),
            "required": bool(p.plain),
        }
        for p in query.parameters
    ]
    return {
        "title": query.question(chosen),
        "slug": query.name,
        "audience": query.audience(chosen),
        "chart": query.headers.get("chart"),
        "text": text,
        "bare": bare(text),
        "parameters": parameters,
        "link": urlencode(given),
    }


def _fixed(request: Request, response: Response) -> Response:
    """The response with validators; 304 in its place where the client has it. Nothing in it comes from the data."""
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    age = context.cache_control(context.settings(request).max_age)
    response.headers.update({"ETag": tag, "Cache-Control": age})
    tags = field(request, "if-none-match")
    if tags is None or not same_tag(tags, tag):
        return response
    kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
    return Response(status_code=304, headers=kept)
