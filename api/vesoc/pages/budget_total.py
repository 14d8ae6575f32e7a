"""The page of a sum that a source states: beside it the sum of the lines, the difference, and the lines themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.budget_line import amount
from vesoc.pages.kind import Kind
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Line:
    """An amount under a stated sum."""

    link: Value
    category: Value | None
    amount: str
    passages: tuple[Passage, ...]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page; `difference` is what the lines make less than the stated sum."""
    lines = _lines(view, node)
    stated, together = Decimal(amount(view, node) or 0), sum((Decimal(line.amount) for line in lines), Decimal(0))
    return {
        "stated": str(stated),
        "together": str(together),
        "difference": str(stated - together),
        "marks": view.passages_of(node),
        "agreement": view.linked(node, "dcterms:isPartOf"),
        "category": view.linked(node, "vesoc:hasBudgetCategory"),
        "lines": lines,
    }


def _lines(view: View, node: NamedNode) -> list[Line]:
    """The lines of the category of the sum, or all of the agreement where it has none, the largest first."""
    agreement, category = view.one(node, "dcterms:isPartOf"), view.one(node, "vesoc:hasBudgetCategory")
    found = view.subjects("dcterms:isPartOf", agreement) if agreement is not None else []
    lines = [one for one in found if view.is_a(one, "vesoc:BudgetLine") and amount(view, one)]
    kept = [one for one in lines if category in (None, view.one(one, "vesoc:hasBudgetCategory"))]
    rows = [_line(view, one) for one in kept]
    return sorted(rows, key=lambda row: (-Decimal(row.amount), row.link.text))


def _line(view: View, node: NamedNode) -> Line:
    category = view.linked(node, "vesoc:hasBudgetCategory")
    return Line(view.link(node), category, amount(view, node) or "0", view.passages_of(node))


BUDGET_TOTAL = Kind(
    "things/budget_total.html",
    sections,
    elsewhere=("dcterms:isPartOf", "vesoc:amount", "vesoc:hasBudgetCategory"),
)
