"""Answers made comparable: bags of solutions, sets of triples."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import RdfFormat, parse

from benchmarks.connection import Answer

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "int")}
# One peer answers some ASKs with a table of this column.
_ASKED = "__ASK_RETVAL"
_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    # One peer labels its RDF/XML so.
    "application/sparql-results+xml": RdfFormat.RDF_XML,
}


def comparable(answer: Answer, *, lenient: bool = False) -> Hashable:
    """Equal for equal answers; `lenient` compares numbers by value and overlooks how a literal is labelled."""
    if answer.status != 200 or not answer.whole:
        return f"status {answer.status}{'' if answer.whole else ', cut off'}"
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    try:
        return _graph(answer.body, _GRAPHS[kind]) if kind in _GRAPHS else _table(json.loads(answer.body), lenient)
    except (ValueError, SyntaxError) as error:
        return f"unreadable {kind}: {error}"


def _graph(body: bytes, form: RdfFormat) -> Hashable:
    """Number of triples and a sum over them that their order does not change; the data has no blank nodes."""
    triples = {_digest(str(quad.triple)) for quad in parse(body, format=form)}
    return len(triples), sum(triples)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())


def _table(result: dict[str, Any], lenient: bool) -> Hashable:
    if "boolean" in result:
        return bool(result["boolean"])
    rows = result["results"]["bindings"]
    if lenient and result["head"].get("vars") == [_ASKED]:
        return bool(rows) and rows[0][_ASKED]["value"] == "1"
    return frozenset(Counter(_row(row, lenient) for row in rows).items())


def _row(row: dict[str, dict[str, str]], lenient: bool) -> Hashable:
    return frozenset((name, _term(value, lenient)) for name, value in row.items())


def _term(term: dict[str, str], lenient: bool) -> Hashable:
    datatype = term.get("datatype", "")
    if lenient and (number := _number(term["value"], datatype)) is not None:
        return number
    kind = "literal" if term["type"] == "typed-literal" else term["type"]
    return kind, term["value"], term.get("xml:lang", "").lower(), "" if datatype == f"{_XSD}string" else datatype


def _number(value: str, datatype: str) -> Decimal | None:
    try:
        return Decimal(value).normalize() if datatype in _NUMBERS else None
    except InvalidOperation:
        return None
