"""The OpenAPI 3.1 description of the server, path by path."""

from __future__ import annotations

from typing import Any

from vesoc import formats
from vesoc.checked import FORMS as REPORTS
from vesoc.described import language as _language
from vesoc.described import operation as _operation
from vesoc.described import parameter as _parameter
from vesoc.harvesting_description import paths as _harvesting
from vesoc.operating_description import paths as _operating
from vesoc.overviews.description import paths as _overviews
from vesoc.search.facets import FACETS

_GRAPH_TYPES = [form.types[0] for form in formats.TRIPLES]
_RESULT_TYPES = [form.types[0] for form in (*formats.TABLES, *formats.GRAPHS)]
_ELSEWHERE = {"301": "The thing has another name", "303": "See the document", "410": "The thing was withdrawn"}
_REPORT_TYPES = [form.types[0] for form in REPORTS]
_GIVEN_TYPES = [form.types[0] for form in formats.GRAPHS]
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
    return {**_asking(), **_overviews(), **_searching(), **_looking(), **_showing(), **_harvesting(), **_operating()}


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
        **_workbench(),
        **_validation(),
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


def _workbench() -> dict[str, Any]:
    query = _parameter("query", "query", "SPARQL; without it the editor only")
    example = _parameter("example", "query", "Name of a query of the library, to begin with")
    suffix = _parameter("suffix", "path", "csv, tsv, json, xml; of a graph ttl, nt, rdf, jsonld …", required=True)
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    posted = _operation("The workbench with a long query", "For people.", [], ["text/html"])
    posted["requestBody"] = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
    return {
        "/workbench": {
            "get": _operation(
                "The workbench", "A query and its answer, for people.", [query, example, _language()], ["text/html"]
            ),
            "post": posted,
        },
        "/workbench/terms.json": {
            "get": _operation(
                "What an editor may offer",
                "Prefixes, and classes, properties and things with their labels.",
                [_language()],
                ["application/json"],
            )
        },
        "/workbench/answer.{suffix}": {
            "get": _operation(
                "The answer to a query as a file",
                "As /sparql gives it, in the form that the suffix names.",
                [_parameter("query", "query", "SPARQL", required=True), suffix],
                _RESULT_TYPES,
            )
        },
    }


def _validation() -> dict[str, Any]:
    schema = {"type": "string"}
    form = {"type": "object", "properties": dict.fromkeys(("document", "syntax", "file"), schema)}
    forms = ("application/x-www-form-urlencoded", "multipart/form-data")
    # Any document is taken, and of one that is none the report says so.
    content: dict[str, Any] = {media_type: {} for media_type in _GIVEN_TYPES} | {key: {"schema": form} for key in forms}

    def posted(*parameters: dict[str, Any]) -> dict[str, Any]:
        told = "The rules of the graph over a document of yours, which may point into the graph; it is not kept."
        step = _parameter("step", "query", "Only this step of vesoc validate; may be repeated")
        found = _operation("A report on a document", told, [*parameters, step, _language()], _REPORT_TYPES)
        return {**found, "requestBody": {"required": True, "content": content}}

    suffix = _parameter("suffix", "path", "json, ttl, jsonld, rdf, nt, txt, sarif, junit, html", required=True)
    shown = _operation("The form to check a document", "For people.", [_language()], ["text/html"])
    return {"/validate": {"get": shown, "post": posted()}, "/validate.{suffix}": {"post": posted(suffix)}}


def _searching() -> dict[str, Any]:
    names = ("q", *(facet.name for facet in FACETS), "sort", "page")
    fields = [_parameter(name, "query", "See docs/use.md") for name in names]
    suffix = _parameter("suffix", "path", "html, csv, jsonld, ttl", required=True)
    types = ["text/html", "text/csv", "application/ld+json", "text/turtle"]
    suggestions, description = "application/x-suggestions+json", "application/opensearchdescription+xml"
    found = "Things by what they are called and what is said of them, narrowed by facets; as data the whole list."
    begun = [_parameter("q", "query", "A text that is being typed"), _language()]
    return {
        "/search": {"get": _operation("Search and browse", found, [*fields, _language()], types)},
        "/search.{suffix}": {"get": _operation("A list in one form", found, [suffix, *fields, _language()], types)},
        "/search/suggest": {"get": _operation("Suggestions", "As OpenSearch has them.", begun, [suggestions])},
        "/opensearch.xml": {"get": _operation("OpenSearch", "For browsers.", [_language()], [description])},
    }


def _looking() -> dict[str, Any]:
    path = _parameter("path", "path", "Kind and name of the thing, as in its IRI after /id/", required=True)
    return {
        "/id/{path}": {"get": _operation("A thing", "Leads to the document about it.", [path], [], _ELSEWHERE)},
        "/doc/{path}": {
            "get": _operation(
                "The document about a thing, or the list of the things of one kind",
                "In the media type asked for by Accept, suffix (.ttl .jsonld .rdf .nt .trig .nq .html, for lists .csv, "
                ".linkset for the links alone) or _mediatype; in the profile asked for by Accept-Profile or _profile.",
                [path, *_forms(), *_parts()],
                [*_RESOURCE_TYPES, "text/csv", "application/linkset+json"],
                {"301": "The thing has another name", "410": "The thing was withdrawn"},
            )
        },
        "/resource": {
            "get": _operation(
                "A thing by its whole IRI, of others too",
                "What the graph says of a thing that is not ours, and what points to it; one of ours leads to its "
                "document.",
                [_parameter("uri", "query", "The IRI", required=True), *_forms(), *_parts()],
                _RESOURCE_TYPES,
                {"303": "See the document"},
            )
        },
        "/cite/{path}": {
            "get": _operation(
                "How to cite a thing, for reference managers",
                "In the form asked for by Accept or suffix (.bib, .ris, .json: CSL-JSON), with the day of the request.",
                [path, _language()],
                [form.types[0] for form in formats.CITATIONS],
            )
        },
        "/profiles/{token}": {
            "get": _operation(
                "What a profile is that documents may be had in",
                "In the Profiles Vocabulary.",
                [_parameter("token", "path", "One of vesoc, labelled, schema, alt", required=True)],
                [*_GRAPH_TYPES, "text/html"],
            )
        },
    }


def _showing() -> dict[str, Any]:
    return {
        "/ns": {"get": _operation("The ontology", "Classes and properties.", [_language()], _RESOURCE_TYPES)},
        "/ns.{suffix}": {
            "get": _operation(
                "The ontology in one form",
                "Versions have such addresses too.",
                [_parameter("suffix", "path", "ttl, jsonld, rdf, nt, nq, trig or html", required=True)],
                _RESOURCE_TYPES,
            )
        },
        "/ns/{version}": {
            "get": _operation(
                "One version of the ontology",
                "Immutable.",
                [_parameter("version", "path", "As in owl:versionIRI", required=True)],
                _RESOURCE_TYPES,
            )
        },
        "/ns/context.jsonld": {
            "get": _operation("The context of our JSON-LD", "Terms and prefixes.", [], [formats.JSON_LD.types[0]])
        },
        "/.well-known/void": {"get": _operation("VoID", "Sizes, graphs and dumps of the dataset.", [], _GRAPH_TYPES)},
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


def _forms() -> list[dict[str, Any]]:
    return [
        _parameter("_mediatype", "query", "A media type or suffix"),
        _parameter("_profile", "query", "A profile by token or IRI: vesoc, labelled, schema, or alt for the list"),
        _language(),
    ]


def _parts() -> list[dict[str, Any]]:
    return [
        _parameter("inverse", "query", "1 to have what points to the thing too"),
        _parameter("property", "query", "IRI of a property: only what points to the thing by it"),
        _parameter("page", "query", "Number of the page, from 1; the Link field leads to the others"),
    ]


def _graphs(name: str) -> dict[str, Any]:
    parameter = _parameter(name, "query", "A named graph; may be given several times, overrides FROM")
    return {**parameter, "schema": {"type": "array", "items": {"type": "string"}}, "explode": True}
