"""The OpenAPI 3.1 description of the server, path by path."""

from __future__ import annotations

from typing import Any

from vesoc import formats

EXAMPLE = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>

SELECT ?instrument ?name (COUNT(?measure) AS ?measures)
WHERE {
  ?measure vesoc:concernsInstrument ?instrument .
  ?instrument skos:prefLabel ?name .
  FILTER(LANG(?name) = "nl")
}
GROUP BY ?instrument ?name
ORDER BY DESC(?measures) ?name
LIMIT 20
"""

_PROBLEM = {
    "type": "object",
    "required": ["type", "kind", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "kind": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "limit": {"type": "string"},
    },
}
_GRAPH_TYPES = [form.types[0] for form in formats.TRIPLES]
_RESULT_TYPES = [form.types[0] for form in (*formats.TABLES, *formats.GRAPHS)]
_RESOURCE_TYPES = [form.types[0] for form in formats.RESOURCES]


def document(version: str, address: str) -> dict[str, Any]:
    """The whole description; `address` is where the server is reached."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "VESOC knowledge graph",
            "version": version,
            "description": "Flemish labour-market agreements as linked data: SPARQL, resources, dumps.",
            "license": {"name": "EUPL-1.2 (software), CC0-1.0 (data and ontology)"},
        },
        "servers": [{"url": address}],
        "paths": _paths(),
    }


def _paths() -> dict[str, Any]:
    return {**_asking(), **_showing(), **_operating()}


def _asking() -> dict[str, Any]:
    return {
        "/": {"get": _operation("The first page", "Agreements, kinds of things, endpoint.", [], ["text/html"])},
        "/sparql": {"get": _query_by_get(), "post": _query_by_post()},
        "/graphs": {"get": _graph_by_get()},
        "/graphs/{path}": {
            "get": _operation(
                "One graph whole, by its own address",
                "SPARQL 1.1 Graph Store Protocol, direct identification.",
                [_parameter("path", "path", "What follows /id/graaf/ in the IRI of the graph", required=True)],
                _GRAPH_TYPES,
            )
        },
        "/workbench": {
            "get": _operation(
                "A form for queries", "For people.", [_parameter("query", "query", "SPARQL")], ["text/html"]
            )
        },
        "/queries": {
            "get": _operation(
                "The library of queries", "Questions with answers.", [], ["text/html", "application/json"]
            )
        },
        "/queries/{name}": {
            "get": _operation(
                "One query of the library",
                "Its answer as a page, JSON or CSV (also by suffix .html .json .csv), or the SPARQL itself (.rq). "
                "Its own parameters are given by name.",
                [_parameter("name", "path", "As listed by /queries", required=True), _language()],
                [form.types[0] for form in formats.ANSWERS],
            )
        },
    }


def _showing() -> dict[str, Any]:
    path = _parameter("path", "path", "Kind and name of the thing, as in its IRI after /id/", required=True)
    return {
        "/id/{path}": {
            "get": _operation("A thing", "Leads to the document about it.", [path], [], {"303": "See the document"})
        },
        "/doc/{path}": {
            "get": _operation(
                "The document about a thing",
                "In the media type asked for by Accept, suffix (.ttl .jsonld .rdf .nt .trig .nq .html) or _mediatype.",
                [path, _parameter("_mediatype", "query", "A media type or suffix"), _language()],
                _RESOURCE_TYPES,
            )
        },
        "/ns": {"get": _operation("The ontology", "Classes and properties.", [_language()], _RESOURCE_TYPES)},
        "/ns/{version}": {
            "get": _operation(
                "One version of the ontology",
                "Immutable.",
                [_parameter("version", "path", "As in owl:versionIRI", required=True)],
                _RESOURCE_TYPES,
            )
        },
        "/dumps/latest/{name}": {
            "get": _operation(
                "A dump of all data",
                "vesoc.nq.gz with named graphs; vesoc.ttl.gz and vesoc.nt.gz with each triple once.",
                [_parameter("name", "path", "File name", required=True)],
                ["application/gzip"],
            )
        },
        "/.well-known/void": {"get": _operation("VoID", "Sizes, graphs and dumps of the dataset.", [], _GRAPH_TYPES)},
    }


def _operating() -> dict[str, Any]:
    return {
        "/health/live": {"get": _operation("Liveness", "The process answers.", [], ["application/json"])},
        "/health/ready": {"get": _operation("Readiness", "The data is loaded.", [], ["application/json"])},
        "/openapi.json": {"get": _operation("This description", "OpenAPI 3.1.", [], ["application/json"])},
        "/docs": {"get": _operation("This description as a page", "For people.", [], ["text/html"])},
    }


def _query_by_get() -> dict[str, Any]:
    parameters = [
        _parameter("query", "query", "A SPARQL 1.1 query; without one the service description is sent"),
        _graphs("default-graph-uri"),
        _graphs("named-graph-uri"),
    ]
    return _operation("Query by GET", "SPARQL 1.1 Protocol.", parameters, _RESULT_TYPES)


def _graph_by_get() -> dict[str, Any]:
    parameters = [
        _parameter("graph", "query", "IRI of a named graph"),
        _parameter("default", "query", "Without a value: the default graph"),
    ]
    return _operation("One graph whole", "SPARQL 1.1 Graph Store Protocol.", parameters, _GRAPH_TYPES)


def _query_by_post() -> dict[str, Any]:
    operation = _operation("Query by POST", "SPARQL 1.1 Protocol.", [], _RESULT_TYPES)
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {"schema": form},
        },
    }
    return operation


def _operation(
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    types: list[str],
    responses: dict[str, str] | None = None,
) -> dict[str, Any]:
    good = {"200": {"description": "The answer", "content": {t: {"schema": _schema(t)} for t in types}}}
    other = {status: {"description": text} for status, text in (responses or {}).items()}
    forms = {"application/problem+json": {"schema": _PROBLEM}, "text/html": {"schema": {"type": "string"}}}
    problem = {"description": "A problem (RFC 9457), for browsers as a page", "content": forms}
    return {
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": {**(good if types else {}), **other, "default": problem},
    }


def _schema(media_type: str) -> dict[str, Any]:
    return {"type": ["object", "array"]} if media_type == "application/json" else {"type": "string"}


def _parameter(name: str, place: str, description: str, required: bool = False) -> dict[str, Any]:
    schema = {"type": "string"}
    return {"name": name, "in": place, "description": description, "required": required, "schema": schema}


def _language() -> dict[str, Any]:
    return _parameter("lang", "query", "nl or en; Accept-Language by default")


def _graphs(name: str) -> dict[str, Any]:
    parameter = _parameter(name, "query", "A named graph; may be given several times, overrides FROM")
    return {**parameter, "schema": {"type": "array", "items": {"type": "string"}}, "explode": True}
