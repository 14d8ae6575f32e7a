"""What is wrong with a query that the engine refused: its message, told so that people and programs can act on it."""

from __future__ import annotations

import re

from vesoc.errors import Problem

_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_DECLARED = re.compile(r"PREFIX\s+([^\s:<]*)\s*:", re.IGNORECASE)
_SKIPPED = r"""\#[^\n]* | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
  | <[^<>"{}|^`\\\s]*> | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | [?$]\w+ | @[\w-]+"""
_NAME = re.compile(rf"{_SKIPPED} | (?<![\w:.-])(?P<prefix>[^\W\d_][\w.-]*|):(?=[\w%:\\]|\s)", re.VERBOSE)
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)[^\n]*\n\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_SENTENCES = {
    "SELECT contains a variable that is unbound": "SELECT names a variable that is neither grouped nor aggregated",
    "SELECT overrides an existing variable": "SELECT gives a name to an expression that the pattern uses already",
}
_NEAR = 30
_SHORT = 300


def of_syntax(query: str, message: str) -> Problem:
    """The problem of a query that is not SPARQL; `line` and `column` count from 1."""
    found = _POSITION.match(message)
    if not query.strip():
        return _refusal("the query is empty", "syntax", 1, 1)
    if update := _UPDATE.match(query):
        line, column = _place(query, update.start(1))
        return _refusal("this is an update; the endpoint is read-only and takes queries", "update", line, column)
    if not found:
        return Problem(400, f"the query is not valid SPARQL: {shortened(message)}", kind="syntax")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    if name := _undeclared(query):
        return _refusal(f"the prefix {name[1]}: is not declared", "prefix", *_place(query, name.start("prefix")))
    for said, sentence in _SENTENCES.items():
        if said in expected:
            return _refusal(sentence, "scope", line, column)
    return _refusal(f"syntax error {_near(query, line, column)}", "syntax", line, column)


def of_evaluation(message: str) -> Problem:
    """The problem of a query that is SPARQL and cannot be answered."""
    return Problem(400, f"the query cannot be evaluated: {shortened(message)}", kind="evaluation")


def shortened(message: str) -> str:
    """The message on one line, and not too long."""
    text = " ".join(message.split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]} …"


def _refusal(detail: str, kind: str, line: int, column: int) -> Problem:
    full = f"the query is not valid SPARQL at line {line}, column {column}: {detail}"
    return Problem(400, full, kind=kind, extra={"line": line, "column": column})


def _undeclared(query: str) -> re.Match[str] | None:
    """The first prefixed name whose prefix the query does not declare."""
    declared = set(_DECLARED.findall(query))
    names = (match for match in _NAME.finditer(query) if match["prefix"] is not None)
    return next((name for name in names if name["prefix"] not in declared), None)


def _place(query: str, position: int) -> tuple[int, int]:
    before = query[:position]
    return before.count("\n") + 1, position - before.rfind("\n")


def _near(query: str, line: int, column: int) -> str:
    """What stands before and after the place where the engine could not go on."""
    lines = query.split("\n")
    position = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    before, rest = " ".join(query[:position].split()), " ".join(query[position:].split())
    after = f", before {rest[:_NEAR]!r}" if rest else ", where the query ends"
    return f"near {before[-_NEAR:]!r}{after}"
