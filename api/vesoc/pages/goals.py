"""Goals in rows: their target values, year by year, as they stand wherever a goal is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from vesoc.pages.changes import Amount, amount
from vesoc.pages.measures import agreement_of, place
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class GoalRow:
    """A goal with its agreement and its target values."""

    link: Value
    agreement: Value | None
    targets: list[Amount]
    passages: tuple[Passage, ...]


def goal_rows(view: View, nodes: Iterable[NamedNode]) -> list[GoalRow]:
    """The goals, in the order of the texts."""
    return [_row(view, node) for node in sorted(set(nodes), key=lambda node: place(view, node) or ("", "", 0, ""))]


def targets(view: View, node: NamedNode) -> list[Amount]:
    """The values to reach, by the first day of the period in which they hold."""
    found = sorted(view.values(node, "vesoc:hasTargetValue"), key=lambda quantity: _day(view, quantity))
    return [one for quantity in found if (one := amount(view, quantity))]


def _row(view: View, node: NamedNode) -> GoalRow:
    agreement = agreement_of(view, node)
    return GoalRow(
        view.link(node),
        view.link(agreement) if agreement is not None else None,
        targets(view, node),
        view.passages_of(node),
    )


def _day(view: View, quantity: NamedNode) -> str:
    period = view.one(quantity, "vesoc:appliesDuring")
    days = [view.one(period, name) for name in ("dcat:startDate", "dcat:endDate")] if period is not None else []
    return next((day.value for day in days if day), "")
