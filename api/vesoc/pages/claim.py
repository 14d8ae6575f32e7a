"""The page of a claim: who says what of which thing, how it stands against the text, and both passages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.claims import claimed
from vesoc.pages.kind import Kind
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a claim shows beside what every page does."""
    found = claimed(view, node)
    day = view.one(node, "dcterms:created")
    return {
        "claim": found,
        "other": () if found.compared else _other(view, node),
        "held": _held(view, node),
        "inferred": view.one(node, "vesoc:hasBasis") == view.term("basis:afgeleid"),
        "by": view.links(node, "dcterms:creator"),
        "on": day.value if day else None,
        "meanings": {name: _meaning(view, node, f"vesoc:{name}") for name in ("hasVerdict", "hasBasis")},
    }


def _other(view: View, node: NamedNode) -> tuple[Passage, ...]:
    """The passages of the thing that is claimed, where it is one."""
    value = view.one(node, "vesoc:claims")
    return view.passages_of(value) if isinstance(value, NamedNode) else ()


def _held(view: View, node: NamedNode) -> bool:
    """Whether the graph holds what is claimed as a plain statement too."""
    about, value = view.one(node, "vesoc:isAbout"), view.one(node, "vesoc:claims")
    name = view.one(node, "vesoc:aboutProperty")
    if about is None or value is None or name is None:
        return False
    return next(view.store.quads_for_pattern(about, name, value, None), None) is not None


def _meaning(view: View, node: NamedNode, name: str) -> Value | None:
    concept = view.one(node, name)
    return view.text(concept, "skos:definition") if concept is not None else None


CLAIM = Kind(
    "things/claim.html",
    sections,
    elsewhere=(
        "rdf:type",
        "vesoc:isAbout",
        "vesoc:aboutProperty",
        "vesoc:claims",
        "vesoc:hasVerdict",
        "vesoc:hasBasis",
        "vesoc:comparedWith",
        "dcterms:created",
        "dcterms:creator",
    ),
)
