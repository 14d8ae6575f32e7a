"""Whether a thing still stands: the graph says which IRIs are deprecated, renamed or withdrawn.

What is `owl:deprecated` and still has a class of its own is described as before, with its successors. What has lost its
class is described no more: one replacement (`dcterms:isReplacedBy`) makes it a renamed thing, none or several make it a
withdrawn one, of which `dcterms:modified`, `dcterms:creator` and `dcterms:description` tell when, by whom and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from vesoc.names import term

_STEPS = 10  # renames of renames that are followed


@dataclass(frozen=True)
class Standing:
    """What a thing has become."""

    deprecated: bool
    described: bool
    successors: tuple[str, ...]

    @property
    def renamed(self) -> bool:
        """Whether another IRI has taken the place of this one, and nothing else is left of it."""
        return self.deprecated and not self.described and len(self.successors) == 1

    @property
    def gone(self) -> bool:
        """Whether the thing is withdrawn."""
        return self.deprecated and not self.described and not self.renamed


def of(store: Store, iri: str) -> Standing:
    """The standing of a thing; of a renamed one, its successors are those of the last name."""
    found = _read(store, iri)
    for _ in range(_STEPS):
        if not found.renamed or not (after := _read(store, found.successors[0])).renamed:
            return found
        found = after
    return Standing(deprecated=True, described=False, successors=())  # a circle leads nowhere


def tombstone(store: Store, iri: str) -> dict[str, Any]:
    """When, by whom and why a thing was withdrawn, and what to look at instead, as far as the graph says."""
    node = NamedNode(iri)
    told = {
        "modified": [value.value for value in _values(store, node, "dcterms:modified")],
        "creator": [value.value for value in _values(store, node, "dcterms:creator")],
        "reason": [
            {"text": value.value, "language": value.language}
            for value in _values(store, node, "dcterms:description")
            if isinstance(value, Literal)
        ],
        "successors": list(of(store, iri).successors),
    }
    return {name: values for name, values in told.items() if values}


def predecessors(store: Store, iri: str) -> tuple[str, ...]:
    """The IRIs that this one replaces."""
    quads = store.quads_for_pattern(None, term("dcterms:isReplacedBy"), NamedNode(iri), None)
    return tuple(sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}))


def _read(store: Store, iri: str) -> Standing:
    node = NamedNode(iri)
    flags = {value.value for value in _values(store, node, "owl:deprecated")}
    successors = [v.value for v in _values(store, node, "dcterms:isReplacedBy") if isinstance(v, NamedNode)]
    return Standing(bool(flags & {"true", "1"}), bool(_values(store, node, "rdf:type")), tuple(successors))


def _values(store: Store, node: NamedNode, name: str) -> list[Any]:
    return sorted({quad.object for quad in store.quads_for_pattern(node, term(name), None, None)}, key=str)
