"""The page of a period: its days, and what holds during it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.goals import goal_rows
from vesoc.pages.kind import Kind
from vesoc.pages.measures import summaries
from vesoc.pages.view import View


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a period shows beside what every page does."""
    holding = view.subjects("vesoc:appliesDuring", node)
    valued = [quantity for quantity in holding if view.is_a(quantity, "vesoc:Quantity")]
    goals = [one for one in holding if view.is_a(one, "vesoc:Goal")]
    goals += [goal for quantity in valued for goal in view.subjects("vesoc:hasTargetValue", quantity)]
    return {
        "agreements": view.by_label(view.subjects("vesoc:agreedDuring", node)),
        "measures": summaries(view, holding),
        "evaluated": summaries(view, view.subjects("vesoc:evaluateBy", node)),
        "goals": goal_rows(view, goals),
    }


PERIOD = Kind(
    "things/period.html",
    sections,
    first=("dcat:startDate", "dcat:endDate"),
    quiet=("vesoc:evaluateBy", "vesoc:agreedDuring"),
)
