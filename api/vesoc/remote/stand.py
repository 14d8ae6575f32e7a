"""What an engine elsewhere says of its data: one statement in a graph of its own, which is no part of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pyoxigraph import Literal, NamedNode, Triple

from vesoc.builds.manifest import Manifest
from vesoc.errors import VesocError
from vesoc.graphs import graph_iri
from vesoc.names import term

SLUG = "stand"
PUSHING, COMPLETE = "pushing", "complete"
_VALUE = term("rdf:value")


@dataclass(frozen=True)
class Stand:
    """`status` is PUSHING or COMPLETE; `done` are the IRIs of the graphs that are in the engine and verified so far.

    `push` is the name of the push that says so, empty where it gave none.
    """

    status: str
    manifest: Manifest
    done: tuple[str, ...] = ()
    push: str = ""

    @property
    def complete(self) -> bool:
        """Whether all of the data is there."""
        return self.status == COMPLETE

    def document(self) -> dict[str, Any]:
        """The members as JSON has them."""
        told = {"status": self.status, "done": list(self.done), "push": self.push}
        return {**told, "manifest": self.manifest.document()}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Stand:
        """The stand that `document()` gave; VesocError for anything else."""
        try:
            status, done = document["status"], tuple(map(str, document["done"]))
            manifest = Manifest.from_document(document["manifest"])
        except (KeyError, TypeError, ValueError) as error:
            raise VesocError(f"the stand of the engine cannot be read ({error!r}); push the data anew") from None
        if status not in (PUSHING, COMPLETE):
            raise VesocError(f"the stand of the engine says {status!r}, which is no stand; push the data anew")
        return cls(status, manifest, done, str(document.get("push", "")))


def graph(base: str) -> NamedNode:
    """The named graph that holds the stand."""
    return NamedNode(graph_iri(SLUG, base))


def triple(stand: Stand, base: str) -> Triple:
    """The one statement of the graph."""
    return Triple(graph(base), _VALUE, Literal(orjson.dumps(stand.document()).decode()))


def query(base: str) -> str:
    """A query with at most one solution, whose `told` is what `read` takes."""
    return f"SELECT ?told {{ GRAPH {graph(base)} {{ {graph(base)} {_VALUE} ?told }} }} LIMIT 1"


def read(told: str) -> Stand:
    """The stand out of the value of the statement; VesocError where it is none."""
    try:
        document = orjson.loads(told)
    except ValueError as error:
        raise VesocError(f"the stand of the engine is no JSON ({error}); push the data anew") from None
    if not isinstance(document, dict):
        raise VesocError("the stand of the engine is no object; push the data anew")
    return Stand.from_document(document)
