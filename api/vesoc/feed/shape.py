"""The shape of the members of the feed, in SHACL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.feed.changes import Activity
from vesoc.feed.members import ACTIVITY, TIMESTAMP, VERSION_OF
from vesoc.feed.pages import FEED, Page, Place
from vesoc.names import PREFIXES, term

SHAPE = f"{FEED}/shape"
_ONE = Literal("1", datatype=NamedNode(f"{PREFIXES['xsd']}integer"))


def shape(place: Place) -> Page:
    """The document: every member says once which resource it is a version of, since when, and what was done."""
    node = place.document(SHAPE)
    kinds: list[tuple[str, NamedNode, str, Any]] = [
        ("resource", VERSION_OF, "sh:nodeKind", term("sh:IRI")),
        ("moment", TIMESTAMP, "sh:datatype", term("xsd:dateTime")),
        ("activity", ACTIVITY, "sh:in", place.document(f"{SHAPE}#activities-1")),
    ]
    parts = [triple for name, *kind in kinds for triple in _property(node, name, *kind)]
    said = [
        Triple(node, term("rdf:type"), term("sh:NodeShape")),
        Triple(node, term("sh:targetObjectsOf"), term("tree:member")),
        Triple(node, term("sh:nodeKind"), term("sh:IRI")),
    ]
    return Page(SHAPE, [*said, *parts, *_activities(place)])


def _property(node: NamedNode, name: str, path: NamedNode, kind: str, value: Any) -> Iterator[Triple]:
    part = NamedNode(f"{node.value}#{name}")
    yield Triple(node, term("sh:property"), part)
    yield Triple(part, term("rdf:type"), term("sh:PropertyShape"))
    yield Triple(part, term("sh:path"), path)
    yield Triple(part, term("sh:minCount"), _ONE)
    yield Triple(part, term("sh:maxCount"), _ONE)
    yield Triple(part, term(kind), value)


def _activities(place: Place) -> Iterator[Triple]:
    """The list of activities; its cells have names, so that the document is the same each time."""
    cells = [place.document(f"{SHAPE}#activities-{number}") for number, _ in enumerate(Activity, 1)]
    for cell, activity, rest in zip(cells, Activity, [*cells[1:], term("rdf:nil")], strict=True):
        yield Triple(cell, term("rdf:first"), term(f"as:{activity}"))
        yield Triple(cell, term("rdf:rest"), rest)
