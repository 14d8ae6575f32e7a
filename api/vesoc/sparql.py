"""One SPARQL query: text in, the bytes of its answer out, in the format that the client likes best."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, Store

from vesoc import federation, formats
from vesoc.errors import Problem

FIRST_CHUNK = 1 << 16  # held back, so that an early failure keeps its status
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MESSAGE_LIMIT = 300


@dataclass(frozen=True)
class Query:
    """A query as the SPARQL 1.1 Protocol sends it."""

    text: str
    accept: str | None = None
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)


class Reply(Protocol):
    """Where an answer goes: first its header, then its bytes."""

    def start(self, header: dict[str, Any]) -> None:
        """Tell status and media type."""

    def write(self, data: bytes) -> int:
        """Send bytes of the answer; gives their number."""


def answer(store: Store, query: Query, service_hosts: list[str], reply: Reply) -> None:
    """Run the query and send its answer; Problem 400, 403 or 406 before the first byte."""
    federation.require_allowed(query.text, service_hosts)
    try:
        results = store.query(query.text, **_dataset(query))
        _send(results, query.accept, reply)
    except SyntaxError as error:
        raise _syntax_problem(str(error)) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise Problem(400, f"the query cannot be evaluated: {_short(str(error))}") from None


def _dataset(query: Query) -> dict[str, Any]:
    """The dataset arguments, which override FROM and FROM NAMED when there is one of them."""
    if not query.default_graphs and not query.named_graphs:
        return {}
    return {
        "default_graph": _graphs(query.default_graphs),
        "named_graphs": _graphs(query.named_graphs),
    }


def _graphs(iris: list[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise Problem(400, f"a graph argument is no absolute IRI: {error}") from None


def _send(results: Any, accept: str | None, reply: Reply) -> None:
    chosen = formats.choose(accept, _offers(results))
    with HeldBack(reply, {"status": 200, "type": chosen.media_type, "suffix": chosen.suffix}) as sink:
        results.serialize(sink, format=chosen.engine)


def _offers(results: Any) -> tuple[formats.Format, ...]:
    if isinstance(results, QueryTriples):
        return formats.GRAPHS
    return formats.BOOLEANS if isinstance(results, QueryBoolean) else formats.TABLES


class HeldBack:
    """A sink that sends the header with the first chunk, so that a failure before it is still told by its status."""

    def __init__(self, reply: Reply, header: dict[str, Any]) -> None:
        self._reply = reply
        self._header = header
        self._first: list[bytes] | None = []
        self._size = 0

    def __enter__(self) -> HeldBack:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._release()

    def write(self, data: bytes) -> int:
        """Take bytes of the answer."""
        if self._first is None:
            return self._reply.write(data)
        self._first.append(bytes(data))
        self._size += len(data)
        if self._size >= FIRST_CHUNK:
            self._release()
        return len(data)

    def flush(self) -> None:
        """Nothing to do: chunks go out as they come."""

    def _release(self) -> None:
        if self._first is None:
            return
        held, self._first = b"".join(self._first), None
        self._reply.start(self._header)
        if held:
            self._reply.write(held)


def _syntax_problem(message: str) -> Problem:
    found = _POSITION.match(message)
    if not found:
        return Problem(400, f"the query is not valid SPARQL: {_short(message)}")
    line, column, rest = int(found[1]), int(found[2]), _short(found[3])
    return Problem(
        400,
        f"the query is not valid SPARQL at line {line}, column {column}: {rest}",
        extra={"line": line, "column": column},
    )


def _short(message: str) -> str:
    text = re.sub(r"\[[^\]]*\\u\{[^\]]*\]", "a letter", " ".join(message.split()))
    return text if len(text) <= _MESSAGE_LIMIT else f"{text[:_MESSAGE_LIMIT]} …"
