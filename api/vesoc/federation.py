"""Which other endpoints a query would ask, read from its text without running it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from vesoc.errors import Problem

_SKIP = r"""\#[^\n\r]* | \'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\' | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
  | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*" """
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_REST = r"""(?P<variable>[?$]\w+) | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.%:-]|\\.)* | _:\w[\w.-]*)
  | (?P<word>\w+) | (?P<mark>\S)"""
_READINGS = tuple(
    re.compile(rf"(?P<skip>{_SKIP}) | (?P<iri>{iri}) | {_REST}", re.VERBOSE | re.DOTALL)
    # After an operand "<'>" may be less-than and a string: both readings count.
    for iri in (_IRI, _IRI.replace('\\"', "\\\"'"))
)


def require_allowed(query: str, hosts: Collection[str], *, confined: bool = True) -> None:
    """Problem 403 where the query asks another endpoint (SERVICE) whose host is not one of `hosts`.

    A `confined` worker cannot ask one whatever it reads.
    """
    if "service" not in query.lower() and "\\u" not in query.lower():
        return
    # Without a host the kernel keeps the workers from opening sockets; with one this reading is the only guard.
    if (hosts or not confined) and _hides_keyword(query):
        raise Problem(403, "write SERVICE as a word of its own, and no other word or prefix with it")
    for target in service_targets(query):
        if target is None or _host(target) not in hosts:
            raise Problem(403, "this endpoint does not ask that other endpoint: SERVICE is not allowed here")


def words(query: str) -> set[str]:
    """The words of a query that are no names, in capitals: outside strings, IRIs and comments."""
    tokens = (match for reading in _READINGS for match in reading.finditer(query))
    return {match.group().upper() for match in tokens if match.lastgroup == "word"}


def service_targets(query: str) -> Iterator[str | None]:
    """The IRI of each SERVICE clause; None where it is a variable or a prefixed name."""
    yield from dict.fromkeys(target for reading in _READINGS for target in _targets(query, reading))


def _targets(query: str, reading: re.Pattern[str]) -> Iterator[str | None]:
    tokens = [match for match in reading.finditer(query) if match.lastgroup != "skip"]
    for index, token in enumerate(tokens):
        if token.lastgroup == "word" and token.group().upper() == "SERVICE":
            yield _target(tokens[index + 1 : index + 3])


def _hides_keyword(query: str) -> bool:
    """Whether the engine, which asks for no space around a keyword, may read SERVICE out of a longer word or name."""
    tokens = [match for reading in _READINGS for match in reading.finditer(query)]
    words = [match.group() for match in tokens if match.lastgroup == "word"]
    names = [match.group().split(":", 1)[0] for match in tokens if match.lastgroup == "name"]
    return any("SERVICE" in text.upper() for text in (*names, *words) if text.upper() != "SERVICE" or text in names)


def _host(target: str) -> str | None:
    try:
        return urlsplit(target).hostname
    except ValueError:
        return None


def _target(tokens: list[re.Match[str]]) -> str | None:
    after_silent = tokens[1:] if tokens and tokens[0].group().upper() == "SILENT" else tokens
    first = after_silent[0] if after_silent else None
    return first.group()[1:-1] if first and first.lastgroup == "iri" else None
