"""Queries on their way to an engine elsewhere: read by ours first, so that what is no query never leaves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from pyoxigraph import Store, Variable

from vesoc import federation
from vesoc.errors import Problem

_NOTHING = "\nVALUES () {}"  # no solutions: what is joined with them need not be evaluated
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U000([0-9A-Fa-f]{5})")
_DEEPEST, _LONGEST = 200, 1000  # brackets in one another, and parts in a row: engines recurse over both, and may die
_JOINED = re.compile(r"\bUNION\b|\|\||&&|[-+*/|^!]", re.IGNORECASE)
_NAMES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>|[\w.-]*:[\w.%-]*|#[^\n]*", re.DOTALL)
_KINDS = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_INSIDE = re.compile(r"<\s*(?:bif|sql):", re.IGNORECASE)  # what Virtuoso runs as functions of its own


def kind(text: str, base: str) -> type:
    """The class of the results that the query has in the engine of ours; SyntaxError where it is none.

    It is parsed and hardly evaluated: on no data, and where it has no VALUES at its end without any solution.
    """
    if _INSIDE.search(_decoded(text)):
        raise Problem(403, "functions of the engine's own are not allowed here")
    _require_plain(text)
    _require_shallow(text)
    nothing = Store()
    try:
        return type(nothing.query(text + _NOTHING, base_iri=base))
    except SyntaxError:
        return type(nothing.query(text, base_iri=base))


def _require_plain(text: str) -> None:
    """Problem 400 for an escape of a mark: engines that read escapes first take it for what it is."""
    for code in _ESCAPE.finditer(text):
        mark = _character(code)
        if mark.isascii() and not mark.isalnum():
            raise Problem(400, f"write the character itself instead of {code.group()}", kind="syntax")


def _require_shallow(text: str) -> None:
    """Problem 400 for a query that could end an engine which has no more stack than others."""
    bare = _NAMES.sub(" ", text)
    depth = deepest = 0
    for mark in re.findall(r"[(\[{}\])]", bare):
        depth += 1 if mark in "([{" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or len(_JOINED.findall(bare)) > _LONGEST:
        raise Problem(
            400, "the query is nested too deep, or too long, for the engine of this server", kind="evaluation"
        )


def has_dataset(text: str) -> bool:
    """Whether it says itself which graphs it asks (FROM)."""
    return "from" in _plain(text) and "FROM" in federation.words(text)


def require_graphs(text: str, graphs: Collection[str], base: str) -> None:
    """Problem 403 where a query, which has to be one, names another graph than these for its dataset (FROM)."""
    written = list(federation.datasets(text)) if "from" in _plain(text) else []
    if not written:
        return
    begin = _KINDS.search(_NAMES.sub(lambda name: " " * len(name.group()), text))
    prologue = text[: begin.start()] if begin else ""
    columns = " ".join(f"({token} AS ?g{number})" for number, token in enumerate(written))
    for iri in _row(f"{prologue}\nSELECT {columns} {{}}", base):
        if getattr(iri, "value", None) not in graphs:
            raise Problem(403, "a graph that FROM names is not one of this server; see which are at /graphs")


def closed(text: str, nothing: str) -> str:
    """The query with an empty graph too where it names its own: without one of a kind, Virtuoso takes all it has."""
    at = federation.place(text, "FROM") if has_dataset(text) else None
    return text if at is None else f"{text[:at]}FROM <{nothing}> FROM NAMED <{nothing}> {text[at:]}"


def _row(text: str, base: str) -> list[Any]:
    """The values of a query that needs no data; Problem 403 where its text is not what it was taken for."""
    try:
        found: Any = Store().query(text, base_iri=base)
    except SyntaxError:
        raise Problem(403, "write each graph after FROM as an IRI in angle brackets") from None
    return [value for row in found for value in row]


def names_graphs(text: str) -> bool:
    """Whether it may ask for named graphs (GRAPH)."""
    return "graph" in _plain(text)


def resolved(text: str, base: str) -> str:
    """The query with the IRI that its relative ones begin with, unless it says one: some engines take no second."""
    has_base = "base" in _plain(text) and "BASE" in federation.words(text)
    return text if has_base else f"BASE <{base}> {text}"


def bound(text: str, prefixes: Mapping[str, str], values: Mapping[Variable, Any]) -> str:
    """A query of ours with the prefixes that it uses, and with variables that have their values beforehand."""
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if f"{name}:" in text)
    given = "".join(f" VALUES {variable} {{ {value} }}" for variable, value in values.items())
    before, brace, after = text.partition("{")
    return f"{declared}{before}{brace}{given}{after}"


def _plain(text: str) -> str:
    return _decoded(text).lower()


def _decoded(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(code: re.Match[str]) -> str:
    return chr(int(code[1] or code[2], 16))
