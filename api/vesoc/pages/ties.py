"""Ties between promises, or between instruments, of different agreements: stated by a text or inferred by the editors.

Both are read from claims, for these say who saw the tie, why, and where it stands; what is inferred is nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View

_FAMILY = "vesoc:buildsOn"


@dataclass(frozen=True)
class Tie:
    """A later thing that goes back to an earlier one; `word` names the tie, `claim` is the statement of it.

    `by` and `on` say which editors inferred it and when; a tie that a text states has none.
    """

    later: Value
    earlier: Value
    word: Value
    stated: bool
    claim: Value
    reason: Value | None
    by: Value | None
    on: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Ties:
    """The ties of one thing to earlier and to later ones."""

    before: list[Tie]
    after: list[Tie]

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


def ties(view: View, node: NamedNode) -> Ties:
    """What the thing goes back to, and what later goes back to it or to the part of an agreement that holds it."""
    found = family(view)
    wholes = [whole for whole in view.values(node, "dcterms:isPartOf") if not view.is_a(whole, "vesoc:Agreement")]
    later = [claim for one in (node, *wholes) for claim in view.subjects("vesoc:claims", one)]
    before = _ties(view, view.subjects("vesoc:isAbout", node), found)
    return Ties(before, _ties(view, later, found))


def family(view: View) -> frozenset[Any]:
    """The properties of ties: to build on, and those that say it more exactly."""
    top = view.term(_FAMILY)
    return frozenset([top, *view.subjects("rdfs:subPropertyOf", top)])


def is_tie(view: View, claim: NamedNode, found: frozenset[Any]) -> bool:
    """Whether the claim is one that the editors take over and that ties two things."""
    accepted = view.one(claim, "vesoc:hasVerdict") == view.term("oordeel:aanvaard")
    return accepted and view.one(claim, "vesoc:aboutProperty") in found


def _ties(view: View, claims: Iterable[NamedNode], found: frozenset[Any]) -> list[Tie]:
    made = [_tie(view, claim) for claim in claims if is_tie(view, claim, found)]
    return sorted(made, key=lambda tie: (not tie.stated, tie.earlier.iri, tie.later.iri))


def _tie(view: View, claim: NamedNode) -> Tie:
    on = view.one(claim, "dcterms:created")
    by = view.links(claim, "dcterms:creator")
    return Tie(
        later=view.link(view.one(claim, "vesoc:isAbout")),
        earlier=view.link(view.one(claim, "vesoc:claims")),
        word=view.link(view.one(claim, "vesoc:aboutProperty")),
        stated=view.one(claim, "vesoc:hasBasis") == view.term("basis:vermeld"),
        claim=view.link(claim),
        reason=view.text(claim, "dcterms:description"),
        by=by[0] if by else None,
        on=on.value if on else None,
        passages=view.passages_of(claim),
    )
