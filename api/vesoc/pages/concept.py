"""The page of a concept of a scheme: what is broader and narrower, what is like it elsewhere, and what uses it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode

from vesoc.pages.kind import Kind
from vesoc.pages.values import Value
from vesoc.pages.view import View

SHOWN = 25  # things of one kind that use it in one way
_DEFAULT = DefaultGraph()
# Statements that place a concept among others, or are about it: they do not use it.
_PLACING = tuple(
    [f"skos:{name}" for name in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower", "related")]
    + ["vesoc:isAbout", "vesoc:claims", "dcterms:isReplacedBy"]
)
_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
# By what the list of measures can be narrowed.
_FACETS = MappingProxyType(
    {"dcterms:subject": "theme", "vesoc:hasStatedStatus": "status", "vesoc:hasActionKind": "action"}
)
_USING = tuple(
    ["dcterms:type", "dcterms:subject"]
    + [
        f"vesoc:{name}"
        for name in (
            "hasActionKind",
            "hasBasis",
            "hasBudgetCategory",
            "hasDurability",
            "hasOperator",
            "hasParameter",
            "hasStatedStatus",
            "hasUnit",
            "hasVerdict",
        )
    ]
)


@dataclass(frozen=True)
class Use:
    """The things of one kind that have a concept as the value of one property, and how many there are."""

    kind: str | None
    property: Value
    things: list[NamedNode]
    total: int
    all: str


@dataclass(frozen=True)
class Used:
    """The same as links; only the first of them."""

    kind: str | None
    property: Value
    things: list[Value]
    total: int
    all: str


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    found = uses(view, node)
    return {
        "uses": [_used(view, use) for use in found],
        "used": sum(use.total for use in found),
        "broader": view.links(node, "skos:broader"),
        "narrower": view.by_label(view.subjects("skos:broader", node)),
        "matches": [(view.link(view.term(name)), view.links(node, name)) for name in _MATCHES if view.one(node, name)],
        "scheme": view.linked(node, "skos:inScheme"),
        "beside": _beside(view, node),
    }


def uses(view: View, node: NamedNode) -> list[Use]:
    """What uses a concept, by kind of thing and property, the most first."""
    groups: dict[tuple[str | None, NamedNode], list[NamedNode]] = defaultdict(list)
    for thing, name in using(view, node):
        groups[view.kind(thing.value), name].append(thing)
    found = [_use(view, node, kind, name, things) for (kind, name), things in groups.items()]
    return sorted(found, key=lambda use: (-use.total, use.kind or "", use.property.text))


def using(view: View, node: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
    """The things that use a concept, each with the property by which it does."""
    placing = {view.term(name) for name in _PLACING}
    quads = view.store.quads_for_pattern(None, None, node, _DEFAULT)
    found = ((quad.subject, quad.predicate) for quad in quads)
    return [(thing, name) for thing, name in found if isinstance(thing, NamedNode) and name not in placing]


def _use(view: View, node: NamedNode, kind: str | None, name: NamedNode, things: list[NamedNode]) -> Use:
    facet = next((facet for ours, facet in _FACETS.items() if view.term(ours) == name), None)
    if facet and kind == "maatregel":
        fields = {"kind": "Measure", facet: node.value.rsplit("/", 1)[-1]}
        address = f"/search?{urlencode(fields)}"
    else:
        query = f"SELECT ?thing WHERE {{ ?thing <{name.value}> <{node.value}> }} ORDER BY ?thing"
        address = f"/workbench?{urlencode({'query': query})}"
    return Use(kind, view.link(name), sorted(things, key=str), len(things), address)


def _used(view: View, use: Use) -> Used:
    first = [view.link(thing) for thing in use.things[:SHOWN]]
    return Used(use.kind, use.property, first, use.total, use.all)


def _beside(view: View, node: NamedNode) -> list[Value]:
    """The other concepts of a small scheme."""
    scheme = view.one(node, "skos:inScheme")
    found = view.subjects("skos:inScheme", scheme) if scheme is not None else []
    return view.by_label(one for one in found if one != node) if len(found) <= SHOWN else []


CONCEPT = Kind(
    "things/concept.html",
    sections,
    elsewhere=("skos:inScheme", "skos:topConceptOf", "skos:broader", *_MATCHES),
    quiet=("skos:broader", *_USING),
)
