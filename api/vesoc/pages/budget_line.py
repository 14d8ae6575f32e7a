"""The page of a budget line: how much, for what, and which share that is of the sums that the source states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import measures
from vesoc.pages.kind import Kind
from vesoc.pages.values import Passage, Statement, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Part:
    """What share of a stated sum an amount is, from 0 to 1."""

    total: Value
    amount: str
    share: Decimal | None
    passages: tuple[Passage, ...]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    return {
        "amount": amount(view, node),
        "marks": view.passages_of(node),
        "agreement": view.linked(node, "dcterms:isPartOf"),
        "category": view.linked(node, "vesoc:hasBudgetCategory"),
        "periods": view.links(node, "vesoc:appliesDuring"),
        "shares": _shares(view, node),
        "parts": view.links(node, "vesoc:budgetsFor"),
        "measures": _measures(view, view.values(node, "vesoc:funds")),
    }


def amount(view: View, node: Any) -> str | None:
    """The amount in euro."""
    found = view.one(node, "vesoc:amount")
    return str(found.value) if found is not None else None


def totals(view: View, agreement: Any) -> list[NamedNode]:
    """The sums that are stated in an agreement."""
    found = view.subjects("dcterms:isPartOf", agreement)
    return [node for node in found if view.is_a(node, "vesoc:BudgetTotal")]


def _shares(view: View, node: NamedNode) -> list[Part]:
    """Of the sum of its category, then of that of the whole agreement, as far as they are stated."""
    agreement, category = view.one(node, "dcterms:isPartOf"), view.one(node, "vesoc:hasBudgetCategory")
    if agreement is None or amount(view, node) is None:
        return []
    stated = {view.one(total, "vesoc:hasBudgetCategory"): total for total in totals(view, agreement)}
    wanted = dict.fromkeys((category, None))
    return [_part(view, node, stated[one]) for one in wanted if one in stated and amount(view, stated[one])]


def _part(view: View, node: NamedNode, total: NamedNode) -> Part:
    own, whole = Decimal(amount(view, node) or 0), Decimal(amount(view, total) or 0)
    return Part(view.link(total), str(whole), own / whole if whole else None, view.passages_of(total))


def _measures(view: View, nodes: Iterable[NamedNode]) -> list[Statement]:
    ordered = sorted(nodes, key=lambda node: measures.place(view, node) or ("", "", 0, node.value))
    return [Statement(view.link(node), view.passages_of(node)) for node in ordered]


BUDGET_LINE = Kind(
    "things/budget_line.html",
    sections,
    elsewhere=tuple(
        ["dcterms:isPartOf"]
        + [f"vesoc:{name}" for name in ("amount", "hasBudgetCategory", "appliesDuring", "budgetsFor", "funds")]
    ),
)
