"""An engine elsewhere as `push` sees it: named graphs that are put, added to, counted, read and taken away."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Protocol

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from vesoc.errors import VesocError
from vesoc.pushing.parts import Size
from vesoc.pushing.requests import Refusal, Requests, Unreachable
from vesoc.remote import stand
from vesoc.remote.stand import Stand
from vesoc.settings import Settings

_LINES = "application/n-triples"
_ROWS = "application/sparql-results+json"
# What engines take quickest. Virtuoso compiles an update, and has no memory for one of five thousand lines.
_GRAPH_STORE, _UPDATE = Size(10_000, 4 << 20), Size(2_000, 1 << 20)
_WHOLE = Size(100_000, 16 << 20)


class Door(Protocol):
    """A way to change graphs; statements are N-Triples.

    `size` is what one request may have, `whole` one with a graph that should not be taken apart.
    """

    size: Size
    whole: Size

    def put(self, iri: str, body: bytes) -> None:
        """Have a graph hold these statements and no others."""

    def add(self, iri: str, body: bytes) -> None:
        """Add statements to a graph."""

    def remove(self, iri: str) -> None:
        """Take a graph away, be it there or not."""


class GraphStore:
    """Graphs over the SPARQL 1.1 Graph Store HTTP Protocol."""

    size, whole = _GRAPH_STORE, _WHOLE

    def __init__(self, requests: Requests, address: str) -> None:
        self._requests = requests
        self._address = address

    def put(self, iri: str, body: bytes) -> None:
        """Have a graph hold these statements and no others."""
        self._send("PUT", iri, body)

    def add(self, iri: str, body: bytes) -> None:
        """Add statements to a graph."""
        self._send("POST", iri, body)

    def remove(self, iri: str) -> None:
        """Take a graph away, be it there or not."""
        try:
            self._requests.send("DELETE", self._address, arguments={"graph": iri})
        except Refusal as refusal:
            if refusal.status != HTTPStatus.NOT_FOUND:
                raise

    def _send(self, method: str, iri: str, body: bytes) -> None:
        fields = {"Content-Type": _LINES}
        self._requests.send(method, self._address, arguments={"graph": iri}, body=body, fields=fields)


class Updates:
    """Graphs over SPARQL 1.1 Update."""

    size = whole = _UPDATE

    def __init__(self, requests: Requests, address: str) -> None:
        self._requests = requests
        self._address = address

    def put(self, iri: str, body: bytes) -> None:
        """Have a graph hold these statements and no others."""
        # One request, so that a second try after a lost answer finds no blank nodes of the first.
        self._send(f"{_clear(iri)} ;\n".encode() + _insert(iri, body))

    def add(self, iri: str, body: bytes) -> None:
        """Add statements to a graph."""
        self._send(_insert(iri, body))

    def remove(self, iri: str) -> None:
        """Take a graph away, be it there or not."""
        self._send(_clear(iri).encode())

    def _send(self, update: bytes) -> None:
        self._requests.send("POST", self._address, body=update, fields={"Content-Type": "application/sparql-update"})


def _clear(iri: str) -> str:
    return f"CLEAR SILENT GRAPH {NamedNode(iri)}"


def _insert(iri: str, body: bytes) -> bytes:
    return b"INSERT DATA { GRAPH %s {\n%s} }" % (str(NamedNode(iri)).encode(), body)


class Engine:
    """The engine that settings name, where things have IRIs under `base`."""

    def __init__(self, chosen: Settings, requests: Requests) -> None:
        self._requests = requests
        self._settings = chosen
        self._base = chosen.base

    @property
    def address(self) -> str:
        """Where it is asked; VesocError where the settings do not tell."""
        if self._settings.sparql_url is None:
            raise VesocError("set VESOC_SPARQL_URL to the address where the engine is asked")
        return self._settings.sparql_url

    @property
    def by_graphs(self) -> bool:
        """Whether its graphs are changed by the Graph Store Protocol."""
        return self._settings.sparql_graphs is not None

    @property
    def door(self) -> Door:
        """How its graphs are changed; VesocError where the settings do not tell."""
        if self._settings.sparql_graphs:
            return GraphStore(self._requests, self._settings.sparql_graphs)
        if self._settings.sparql_update:
            return Updates(self._requests, self._settings.sparql_update)
        raise VesocError(
            "set VESOC_SPARQL_GRAPHS (Graph Store Protocol) or VESOC_SPARQL_UPDATE to where data is changed"
        )

    def number(self, iri: str) -> int:
        """The number of statements in a graph."""
        found = self._rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}", "n")
        if len(found) != 1 or not found[0].isdecimal():
            raise Unreachable(f"{self.address}: does not tell the number of statements in {iri}")
        return int(found[0])

    def stand(self) -> Stand | None:
        """What it says of the data that was pushed; None where it says nothing."""
        rows = self._rows(stand.query(self._base), "told")
        return stand.read(rows[0]) if rows else None

    def tell(self, now: Stand) -> None:
        """Have it say that of the data."""
        graph = stand.graph(self._base).value
        self.door.put(graph, f"{stand.triple(now, self._base)} .\n".encode())

    @contextmanager
    def read(self, iri: str, most: int | None) -> Iterator[Iterator[Triple]]:
        """The statements of a graph as the engine gives them, one after the other: all, or at most so many."""
        fields = {"Accept": _LINES}
        if most is None and self._settings.sparql_graphs:
            asked: Any = {"arguments": {"graph": iri}}
            found = self._requests.stream("GET", self._settings.sparql_graphs, fields=fields, **asked)
        else:
            limit = "" if most is None else f" LIMIT {most}"
            query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}{limit}"
            found = self._requests.stream("POST", self.address, body={"query": query}, fields=fields)
        with found as pieces:
            stream = io.BufferedReader(_Pieces(pieces))
            yield (quad.triple for quad in parse(stream, format=RdfFormat.N_TRIPLES))

    def _rows(self, query: str, name: str) -> list[str]:
        """The value that each solution of a query has by that name."""
        body = self._requests.send("POST", self.address, body={"query": query}, fields={"Accept": _ROWS})
        try:
            found = json.loads(body)["results"]["bindings"]
            return [str(row[name]["value"]) for row in found]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unreachable(f"{self.address}: gives no SPARQL results in JSON for a query") from None


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as one piece goes."""
        self._rest = self._rest or next(self._pieces, b"")
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
