"""The page of a concept scheme: its concepts as a tree, with their definitions and how often each is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.concept import using
from vesoc.pages.kind import Kind
from vesoc.pages.values import Value
from vesoc.pages.view import View

_DEFINED = 60  # concepts of a scheme up to which their definitions stand on the page


@dataclass(frozen=True)
class Branch:
    """A concept with what is narrower; `used` counts the statements that have it as their value."""

    concept: Value
    notation: str | None
    definition: Value | None
    used: int
    narrower: list[Branch]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    concepts = view.subjects("skos:inScheme", node)
    below: dict[Any, list[NamedNode]] = defaultdict(list)
    for concept in concepts:
        above = [one for one in view.values(concept, "skos:broader") if one in concepts]
        for one in above or [None]:
            below[one].append(concept)
    tree = _branches(view, below, None, len(concepts) <= _DEFINED)
    return {"tree": tree, "count": len(concepts), "defined": len(concepts) <= _DEFINED, "unused": len(_unused(tree))}


def _branches(view: View, below: Mapping[Any, list[NamedNode]], above: Any, defined: bool) -> list[Branch]:
    found = [_branch(view, below, concept, defined) for concept in below.get(above, [])]
    return sorted(found, key=lambda branch: (branch.notation or "", branch.concept.text.casefold()))


def _branch(view: View, below: Mapping[Any, list[NamedNode]], concept: NamedNode, defined: bool) -> Branch:
    notation = view.one(concept, "skos:notation")
    return Branch(
        view.link(concept),
        notation.value if notation is not None and defined else None,
        view.text(concept, "skos:definition") if defined else None,
        len(using(view, concept)),
        _branches(view, below, concept, defined),
    )


def _unused(tree: list[Branch]) -> set[Value]:
    """The concepts that nothing uses: each once, though it may stand under several."""
    here = {branch.concept for branch in tree if not branch.used}
    return here.union(*(_unused(branch.narrower) for branch in tree))


SCHEME = Kind("things/scheme.html", sections, quiet=("skos:inScheme", "skos:topConceptOf"))
