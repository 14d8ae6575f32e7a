"""What others say of a thing: claims of news items and the like, with how they stand against the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from vesoc.pages import ties
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Claimed:
    """A claim: about what, by which property and with which value, and its standing on two axes.

    `verdict` tells how it stands against the text and `basis` where it comes from. `passages` are those of the source
    that makes it, `compared` those of the text.
    """

    link: Value
    about: Value | None
    aspect: Value | None
    value: Value | None
    verdict: Value | None
    basis: Value | None
    note: Value | None
    sources: list[Value]
    passages: tuple[Passage, ...]
    compared: tuple[Passage, ...]


def about(view: View, nodes: Iterable[NamedNode]) -> list[Claimed]:
    """The claims about the things that are no ties between promises, by source and place in it."""
    family = ties.family(view)
    found = [claim for node in nodes for claim in view.subjects("vesoc:isAbout", node)]
    made = [claimed(view, claim) for claim in found if not ties.is_tie(view, claim, family)]
    return sorted(made, key=_place)


def claimed(view: View, claim: NamedNode) -> Claimed:
    """One claim."""
    passages = view.passages_of(claim)
    value = view.one(claim, "vesoc:claims")
    return Claimed(
        link=view.link(claim),
        about=_link(view, claim, "vesoc:isAbout"),
        aspect=_link(view, claim, "vesoc:aboutProperty"),
        value=view.value(value) if value is not None else None,
        verdict=_link(view, claim, "vesoc:hasVerdict"),
        basis=_link(view, claim, "vesoc:hasBasis"),
        note=view.text(claim, "dcterms:description"),
        sources=list({passage.source.iri: passage.source for passage in passages}.values()),
        passages=passages,
        compared=view.passages_at(view.values(claim, "vesoc:comparedWith")),
    )


def _link(view: View, claim: NamedNode, name: str) -> Value | None:
    return view.linked(claim, name)


def _place(claim: Claimed) -> tuple[str, int, str]:
    first = claim.passages[0] if claim.passages else None
    return first.source.text if first else "", first.start or 0 if first else 0, claim.link.iri or ""
