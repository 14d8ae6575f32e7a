"""Changes to instruments: which characteristic goes from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Amount:
    """A number with its unit, as the page of its quantity has it."""

    link: Value
    number: str
    unit: Value | None
    period: Value | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Change:
    """One characteristic of one instrument that measures change, from `before` to `after`."""

    link: Value
    instrument: Value | None
    parameter: Value | None
    before: Amount | None
    after: Amount | None
    periods: list[Value]
    measures: list[NamedNode]
    passages: tuple[Passage, ...]


def changes(view: View, nodes: Iterable[NamedNode]) -> list[Change]:
    """The changes, in order of their IRIs."""
    return [change(view, node) for node in sorted(set(nodes), key=str)]


def change(view: View, node: NamedNode) -> Change:
    """One change."""
    return Change(
        link=view.link(node),
        instrument=view.linked(node, "vesoc:changesInstrument"),
        parameter=view.linked(node, "vesoc:hasParameter"),
        before=amount(view, view.one(node, "vesoc:valueBefore")),
        after=amount(view, view.one(node, "vesoc:valueAfter")),
        periods=view.links(node, "vesoc:appliesDuring"),
        measures=view.subjects("vesoc:makesChange", node),
        passages=view.passages_of(node),
    )


def _unit(view: View, node: NamedNode, number: str) -> Value | None:
    """The unit as it stands behind the number."""
    found = view.one(node, "vesoc:hasUnit")
    return replace(view.link(found), text=view.labels.unit(found, number)) if found is not None else None


def amount(view: View, node: NamedNode | None) -> Amount | None:
    """A quantity, or the number of a criterion; None where there is none."""
    number = view.one(node, "vesoc:numericValue") if node is not None else None
    if node is None or number is None:
        return None
    return Amount(
        link=view.link(node),
        number=number.value,
        unit=_unit(view, node, number.value),
        period=view.linked(node, "vesoc:appliesDuring"),
        passages=view.passages_of(node),
    )
