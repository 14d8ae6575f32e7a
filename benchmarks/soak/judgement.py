"""What a reply to a damaged request must be like: the rules of the fuzzer, each a sentence where it is broken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from xml.parsers import expat

import pyoxigraph

from benchmarks.soak.replies import Malformed, Reply

READ = 1 << 17  # bytes of an answer that is parsed; a larger one would cost more than it tells
RETRY = ("full", "loading", "connections")
_LIMITS = ("time", "memory", "places")


def complaints(reply: Reply, bodiless: bool = False) -> Iterator[str]:
    """Which rules a reply breaks."""
    if not reply.get("x-request-id"):
        yield "no X-Request-Id"
    if bodiless or reply.status in (204, 304):
        if reply.status >= 500 and reply.status != 503:
            yield f"status {reply.status}"
        return
    if reply.status >= 500:
        yield from _failure(reply)
    if reply.whole:
        yield from _content(reply)


def _failure(reply: Reply) -> Iterator[str]:
    if reply.status != 503:
        yield f"status {reply.status}"
    elif reply.type != "application/problem+json":
        if reply.type != "text/html":
            yield f"503 as {reply.type}"
    else:
        document = _document(reply)
        if document.get("limit") not in _LIMITS and document.get("kind") not in RETRY:
            yield "503 names no limit"
        if document.get("kind") in RETRY and not reply.get("retry-after").isdigit():
            yield "503 without Retry-After"


def _document(reply: Reply) -> dict[str, object]:
    try:
        found = json.loads(reply.content)
    except (Malformed, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _content(reply: Reply) -> Iterator[str]:
    """A whole body is in its coding and in its media type."""
    try:
        body = reply.content
        if len(body) <= READ and reply.type in _PARSERS:
            _PARSERS[reply.type](body)
    except Malformed as error:
        yield str(error)
    except (ValueError, expat.ExpatError, OSError) as error:
        yield f"the body is no {reply.type}: {error}"
    else:
        if reply.type == "application/problem+json":
            yield from _problem(reply)


def _problem(reply: Reply) -> Iterator[str]:
    document = _document(reply)
    if document.get("status") != reply.status:
        yield "the problem has another status than the reply"
    if document.get("request_id") != reply.get("x-request-id"):
        yield "the problem has another identifier than the reply"
    if not document.get("kind") or not document.get("title"):
        yield "the problem lacks its kind or title"


def _xml(body: bytes) -> None:
    expat.ParserCreate().Parse(body, True)


def _rdf(form: pyoxigraph.RdfFormat) -> Callable[[bytes], None]:
    def parse(body: bytes) -> None:
        for _ in pyoxigraph.parse(body, form, base_iri="http://e.example/"):
            pass

    return parse


def _text(body: bytes) -> None:
    body.decode()


_PARSERS: dict[str, Callable[[bytes], object]] = {
    "application/json": json.loads,
    "application/problem+json": json.loads,
    "application/sparql-results+json": json.loads,
    "application/ld+json": _rdf(pyoxigraph.RdfFormat.JSON_LD),
    "application/sparql-results+xml": _xml,
    "application/rdf+xml": _rdf(pyoxigraph.RdfFormat.RDF_XML),
    "text/turtle": _rdf(pyoxigraph.RdfFormat.TURTLE),
    "application/n-triples": _rdf(pyoxigraph.RdfFormat.N_TRIPLES),
    "application/n-quads": _rdf(pyoxigraph.RdfFormat.N_QUADS),
    "application/trig": _rdf(pyoxigraph.RdfFormat.TRIG),
    "text/csv": _text,
    "text/html": _text,
}
