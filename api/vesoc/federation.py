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
    text = query.lower()
    if "service" not in text and "\\u" not in text:
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
    for token in _operands(query, "SERVICE", "SILENT"):
        yield token[1:-1] if token.startswith("<") else None


def datasets(query: str) -> Iterator[str]:
    """What follows each FROM and FROM NAMED, as it is written; Problem 403 where nobody can be sure what does."""
    if _hides_keyword(query, "FROM"):
        raise Problem(403, "write FROM as a word of its own, and no other word or prefix with it")
    return _operands(query, "FROM", "NAMED")


def place(query: str, keyword: str) -> int | None:
    """Where a keyword stands first."""
    tokens = (match for reading in _READINGS for match in reading.finditer(query) if match.lastgroup == "word")
    return next((token.start() for token in tokens if token.group().upper() == keyword), None)


def _operands(query: str, keyword: str, particle: str) -> Iterator[str]:
    """The tokens that follow a keyword, with or without a particle between them."""
    yield from dict.fromkeys(token for reading in _READINGS for token in _following(query, reading, keyword, particle))


def _following(query: str, reading: re.Pattern[str], keyword: str, particle: str) -> Iterator[str]:
    tokens = [match for match in reading.finditer(query) if match.lastgroup != "skip"]
    for index, token in enumerate(tokens):
        if token.lastgroup == "word" and token.group().upper() == keyword:
            texts = [match.group() for match in tokens[index + 1 : index + 3]]
            after = texts[1:] if texts and texts[0].upper() == particle else texts
            yield after[0] if after else ""


def _hides_keyword(query: str, keyword: str = "SERVICE") -> bool:
    """Whether an engine, which asks for no space around a keyword, may read it out of a longer word or name."""
    tokens = [match for reading in _READINGS for match in reading.finditer(query)]
    words = [match.group() for match in tokens if match.lastgroup == "word"]
    names = [match.group().split(":", 1)[0] for match in tokens if match.lastgroup == "name"]
    return any(keyword in text.upper() for text in (*names, *words) if text.upper() != keyword or text in names)


def _host(target: str) -> str | None:
    try:
        return urlsplit(target).hostname
    except ValueError:
        return None
