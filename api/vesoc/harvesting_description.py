"""What those who harvest are offered, as OpenAPI describes it: releases, catalogue, feed, and how to find them."""

from __future__ import annotations

from typing import Any

from vesoc import formats
from vesoc.described import language, operation, parameter
from vesoc.quality.encoding import FORMS


def paths() -> dict[str, Any]:
    """The paths of releases and of what describes them."""
    return {**_catalogue(), **_releases(), **_feed(), **_discovery()}


def _catalogue() -> dict[str, Any]:
    types = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
    suffix = parameter("suffix", "path", "ttl, nt, rdf, jsonld or html", required=True)
    page = operation(
        "The catalogue",
        "Datasets, distributions and services: DCAT 3 as DCAT-AP 3.0.1 and DCAT-AP Vlaanderen want it.",
        [language()],
        [*types, "text/html"],
    )
    form = operation("The catalogue in one form", "The same, by its suffix.", [suffix], [*types, "text/html"])
    return {"/catalog": {"get": page}, "/catalog.{suffix}": {"get": form}, **_quality()}


def _quality() -> dict[str, Any]:
    types = [form.types[0] for form in (*FORMS, formats.HTML)]
    suffix = parameter("suffix", "path", ", ".join(form.suffix for form in (*FORMS, formats.HTML)), required=True)
    told = "The metrics of data.europa.eu for each dataset and distribution; as RDF in the Data Quality Vocabulary."
    waiting = {"503": "The score is being computed"}
    return {
        "/catalog/quality": {"get": operation("The quality score", told, [language()], types, waiting)},
        "/catalog/quality.{suffix}": {
            "get": operation("The quality score in one form", told, [suffix, language()], types, waiting)
        },
    }


def _releases() -> dict[str, Any]:
    version = parameter("version", "path", "Of the release; latest leads to the last one", required=True)
    name = parameter("name", "path", "The file, as the manifest names it", required=True)
    elsewhere = {"302": "The latest release is there"}
    page = ["text/html", "application/json"]
    return {
        "/dumps": {"get": operation("The releases", "The last one first.", [language()], page)},
        "/dumps/{version}": {
            "get": operation("A release", "Its files; the manifest as JSON.", [version, language()], page, elsewhere)
        },
        "/dumps/{version}/{name}": {
            "get": operation(
                "A file of a release",
                "All data, one agreement, a table, the ontology or the shapes; never another byte.",
                [version, name],
                ["application/gzip", "text/turtle", "text/csv", "application/json", "text/plain"],
                elsewhere,
            )
        },
    }


def _feed() -> dict[str, Any]:
    types = ["text/turtle", "application/n-quads", "application/trig", "application/ld+json"]
    suffix = parameter("suffix", "path", "ttl, nq, trig, jsonld or html", required=True)
    path = parameter("path", "path", "shape, or a page as the feed names it", required=True)
    elsewhere, replaced = {"303": "The feed is there"}, {"410": "The page was replaced"}
    root = "A Linked Data Event Stream: what each release creates, changes and deletes, by its time."
    return {
        "/ldes": {"get": operation("The change feed", root, [language()], [*types, "text/html"])},
        "/ldes.{suffix}": {"get": operation("The change feed in one form", root, [suffix], [*types, "text/html"])},
        "/ldes/{path}": {"get": operation("A page of the feed", "It never changes.", [path], types, replaced)},
        "/id/dataset/ldes": {"get": operation("The event stream as a thing", "It leads on.", [], [], elsewhere)},
    }


def _discovery() -> dict[str, Any]:
    number = parameter("number", "path", "Of the part, from 1", required=True)
    no_part, nobody = {"404": "There is no such part"}, {"404": "Nobody has been named"}
    return {
        "/sitemap.xml": {
            "get": operation("The sitemap", "Every page once, or the parts that have them.", [], ["application/xml"])
        },
        "/sitemap-{number}.xml": {
            "get": operation("A part of the sitemap", "Of a large one.", [number], ["application/xml"], no_part)
        },
        "/robots.txt": {"get": operation("Rules for robots", "RFC 9309.", [], ["text/plain"])},
        "/.well-known/security.txt": {
            "get": operation("Whom to tell of a hole in security", "RFC 9116.", [], ["text/plain"], nobody)
        },
        "/.well-known/api-catalog": {
            "get": operation("The interfaces", "A link set, as RFC 9727 has it.", [], ["application/linkset+json"])
        },
    }
