"""The pages of a goal and of an indicator: what is to be reached by when, how it is measured, what serves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims
from vesoc.pages.changes import Amount
from vesoc.pages.goals import goal_rows, targets
from vesoc.pages.kind import Kind
from vesoc.pages.measures import grouped
from vesoc.pages.values import Statement
from vesoc.pages.view import View

MOST_ROWS = 20  # measures of an agreement that are shown before the reader asks for all
_HIGHEST = 140  # pixels of the bar of the largest value


@dataclass(frozen=True)
class Bar:
    """A value to reach, with the height of its bar in pixels."""

    target: Amount
    height: int


def goal(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a goal shows beside what every page does."""
    own, found = view.passages_of(node), targets(view, node)
    measures = view.subjects("vesoc:contributesTo", node)
    return {
        "own": own,
        "targets": found,
        "bars": _bars(found),
        "indicators": [Statement(one, own) for one in view.links(node, "vesoc:measuredBy")],
        "groups": [Statement(one, own) for one in view.links(node, "vesoc:hasTargetGroup")],
        "periods": [Statement(one, own) for one in view.links(node, "vesoc:appliesDuring")],
        "total": len(measures),
        "serving": grouped(view, measures, MOST_ROWS),
        "claims": claims.about(view, [node]),
    }


def indicator(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of an indicator shows beside what every page does."""
    own = view.passages_of(node)
    return {"own": own, "goals": goal_rows(view, view.subjects("vesoc:measuredBy", node))}


def _bars(found: Sequence[Amount]) -> list[Bar]:
    """A bar for each value, where there are several in the same unit."""
    numbers = [Decimal(one.number) for one in found]
    if len(found) < 2 or len({one.unit for one in found}) > 1 or max(numbers) <= 0:
        return []
    return [Bar(one, round(_HIGHEST * number / max(numbers))) for one, number in zip(found, numbers, strict=True)]


GOAL = Kind(
    "things/goal.html",
    goal,
    elsewhere=(
        "rdf:type",
        "dcterms:isPartOf",
        "vesoc:hasTargetValue",
        "vesoc:measuredBy",
        "vesoc:hasTargetGroup",
        "vesoc:appliesDuring",
    ),
    quiet=("vesoc:contributesTo", "vesoc:isAbout", "vesoc:claims"),
)
INDICATOR = Kind(
    "things/indicator.html",
    indicator,
    elsewhere=("rdf:type", "skos:inScheme", "skos:topConceptOf"),
    quiet=("vesoc:measuredBy",),
)
