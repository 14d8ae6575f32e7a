"""The answers of an engine elsewhere as ours has them: rows, triples, or yes and no, read as they come."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple

from vesoc.remote import failures

Bytes = bytes | io.RawIOBase
_ASKED = "__ASK_RETVAL"  # of Virtuoso


class Solutions:
    """The rows of a SELECT; Problem 502 where their text breaks off or is none."""

    def __init__(self, found: QuerySolutions) -> None:
        self._found = found
        self.variables = found.variables

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        with _sound():
            return next(self._found)

    def serialize(self, output: IO[bytes], format: QueryResultsFormat) -> None:
        """Write them as they come."""
        with _sound():
            self._found.serialize(output, format=format)


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE; Problem 502 where their text breaks off or is none."""

    def __init__(self, text: Bytes) -> None:
        source: Any = text
        self._found = pyoxigraph.parse(source, format=RdfFormat.N_TRIPLES)

    def __iter__(self) -> Iterator[Triple]:
        return self

    def __next__(self) -> Triple:
        with _sound():
            quad = next(self._found)
        return Triple(quad.subject, quad.predicate, quad.object)

    def serialize(self, output: IO[bytes], format: RdfFormat) -> None:
        """Write them as they come."""
        pyoxigraph.serialize(self, output, format=format)


def solutions(text: Bytes) -> QuerySolutions:
    """The rows as they are parsed; Problem 502 where there are none."""
    found = _parsed(text)
    if not isinstance(found, QuerySolutions):
        raise failures.strange("yes or no")
    return found


def boolean(text: bytes) -> QueryBoolean:
    """Yes or no; Problem 502 where it is neither. Some engines say yes by a row of one variable of theirs."""
    found = _parsed(text)
    if isinstance(found, QuerySolutions) and [variable.value for variable in found.variables] == [_ASKED]:
        found = _parsed(b'{"head":{},"boolean":true}' if rows(text) else b'{"head":{},"boolean":false}')
    if not isinstance(found, QueryBoolean):
        raise failures.strange("rows")
    return found


def rows(text: bytes) -> list[Any]:
    """All rows; Problem 502 where there are none, or not all."""
    return list(Solutions(solutions(text)))


def _parsed(text: Bytes) -> Any:
    source: Any = text
    with _sound():
        return pyoxigraph.parse_query_results(source, format=QueryResultsFormat.JSON)


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except SyntaxError:
        raise failures.unreadable() from None
