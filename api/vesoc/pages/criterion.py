"""The page of an eligibility criterion: what is tested, against what, and who sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims
from vesoc.pages.changes import Amount, amount, changes
from vesoc.pages.kind import Kind
from vesoc.pages.measures import summaries
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Criterion:
    """A test: the characteristic, the comparison with its sign, the number with its unit."""

    link: Value
    parameter: Value | None
    operator: Value | None
    sign: str | None
    amount: Amount | None
    passages: tuple[Passage, ...]


def criteria(view: View, nodes: Iterable[NamedNode]) -> list[Criterion]:
    """The criteria, in order of their IRIs."""
    return [criterion(view, node) for node in sorted(set(nodes), key=str)]


def criterion(view: View, node: NamedNode) -> Criterion:
    """One criterion."""
    operator = view.one(node, "vesoc:hasOperator")
    sign = view.one(operator, "skos:notation") if operator is not None else None
    return Criterion(
        link=view.link(node),
        parameter=view.linked(node, "vesoc:hasParameter"),
        operator=view.link(operator) if operator is not None else None,
        sign=sign.value if sign else None,
        amount=amount(view, node),
        passages=view.passages_of(node),
    )


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a criterion shows beside what every page does."""
    setting = view.subjects("vesoc:hasCriterion", node)
    found = changes(view, [one for one in setting if view.is_a(one, "vesoc:InstrumentChange")])
    return {
        "criterion": criterion(view, node),
        "measures": summaries(view, [one for one in setting if view.is_a(one, "vesoc:Measure")]),
        "groups": view.by_label(one for one in setting if view.is_a(one, "vesoc:TargetGroup")),
        "changes": found,
        "claims": claims.about(view, [node]),
    }


CRITERION = Kind(
    "things/criterion.html",
    sections,
    elsewhere=("rdf:type", "vesoc:hasParameter", "vesoc:hasOperator", "vesoc:numericValue", "vesoc:hasUnit"),
    quiet=("vesoc:hasCriterion", "vesoc:isAbout", "vesoc:claims"),
)
