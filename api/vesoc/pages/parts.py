"""The parts of an agreement: how they stand under each other, and the measures and the money of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.values import Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Part:
    """A part with those below it, in the order of the text.

    `measures` are its own and those below; `amount` is what the budget lines for it and for what is below come to,
    each counted once, in euro.
    """

    node: NamedNode
    link: Value
    kind: Value | None
    number: str | None
    measures: tuple[NamedNode, ...]
    lines: frozenset[NamedNode]
    amount: Decimal
    parts: list[Part]


def parts(view: View, whole: NamedNode) -> list[Part]:
    """The parts that an agreement or a part has, with all that is below them."""
    return _parts(view, view.subjects("dcterms:isPartOf", whole))


def part(view: View, node: NamedNode) -> Part:
    """One part with all that is below it."""
    inside = view.subjects("dcterms:isPartOf", node)
    below, own = _parts(view, inside), _of_class(view, inside, "vesoc:Measure")
    lines = frozenset(view.subjects("vesoc:budgetsFor", node)).union(*(one.lines for one in below))
    number = view.one(node, "eli:number")
    return Part(
        node=node,
        link=view.link(node),
        kind=view.linked(node, "dcterms:type"),
        number=number.value if number else None,
        measures=(*own, *(measure for one in below for measure in one.measures)),
        lines=lines,
        amount=total(view, lines),
        parts=below,
    )


def _parts(view: View, nodes: list[NamedNode]) -> list[Part]:
    found = _of_class(view, nodes, "vesoc:AgreementPart")
    return [part(view, node) for node in sorted(found, key=lambda node: (view.start(node), node.value))]


def _of_class(view: View, nodes: list[NamedNode], name: str) -> list[NamedNode]:
    return [node for node in nodes if view.is_a(node, name)]


def measures_of(view: View, whole: NamedNode) -> list[NamedNode]:
    """The measures that stand in a part itself."""
    return _of_class(view, view.subjects("dcterms:isPartOf", whole), "vesoc:Measure")


def total(view: View, lines: Any) -> Decimal:
    """What budget lines come to, in euro."""
    return sum((Decimal(amount.value) for line in lines if (amount := view.one(line, "vesoc:amount"))), Decimal(0))


def around(view: View, node: NamedNode) -> tuple[Value | None, Value | None]:
    """The part before and the part after, among those of the same whole."""
    whole = view.one(node, "dcterms:isPartOf")
    found = _of_class(view, view.subjects("dcterms:isPartOf", whole), "vesoc:AgreementPart")
    row = sorted(found, key=lambda one: (view.start(one), one.value))
    place = row.index(node) if node in row else 0
    before = view.link(row[place - 1]) if place else None
    return before, view.link(row[place + 1]) if place + 1 < len(row) else None
