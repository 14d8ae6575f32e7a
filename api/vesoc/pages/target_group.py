"""The page of a target group: who is meant, and what is promised to it, to narrower groups and to broader ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims, tree
from vesoc.pages.criterion import criteria
from vesoc.pages.goals import GoalRow, goal_rows
from vesoc.pages.instrument import names
from vesoc.pages.kind import Kind
from vesoc.pages.measures import Group, Summary, grouped, in_order, summary
from vesoc.pages.values import Value
from vesoc.pages.view import View

MOST_ROWS = 12  # measures of an agreement that are shown before the reader asks for all
MOST_ABOVE = 4  # the same of a broader group, whose own page has all
_NAMED = "vesoc:hasTargetGroup"


@dataclass(frozen=True)
class Above:
    """A broader group and the measures that name it."""

    link: Value
    groups: list[Group]
    total: int

    @property
    def cut(self) -> bool:
        """Whether measures are left out."""
        return self.total > sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True)
class Detail:
    """What a row of a measure tells beside the measure: the narrower groups it names, and its instruments."""

    named: list[Value]
    instruments: list[Value]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a target group shows beside what every page does."""
    own, below, above = view.passages_of(node), tree.narrower(view, node), tree.broader(view, node)
    measures = tree.naming(view, [node, *below], _NAMED)
    promised = grouped(view, measures, MOST_ROWS)
    return {
        "own": own,
        "other_names": names(view, node),
        "broader": [view.link(one) for one in above],
        "branches": tree.branches(view, node, _NAMED),
        "criteria": criteria(view, view.values(node, "vesoc:hasCriterion")),
        "total": len(measures),
        "first": _first(view, tree.naming(view, [node], _NAMED)),
        "promised": promised,
        "details": _details(view, node, promised, measures),
        "above": [found for one in above if (found := _above(view, one)).total],
        "goals": _goals(view, [node, *below]),
        "goals_above": _goals(view, above),
        "claims": claims.about(view, [node]),
    }


def _first(view: View, measures: Iterable[NamedNode]) -> Summary | None:
    """The first measure that names the group itself, in the order of the agreements and their texts."""
    ordered = in_order(view, measures)
    return summary(view, ordered[0]) if ordered else None


def _details(
    view: View, node: NamedNode, promised: Iterable[Group], measures: Mapping[NamedNode, list[NamedNode]]
) -> dict[NamedNode, Detail]:
    shown = [row.node for group in promised for row in group.rows]
    return {
        one: Detail(
            [] if node in measures[one] else view.by_label(measures[one]),
            view.links(one, "vesoc:concernsInstrument"),
        )
        for one in shown
    }


def _above(view: View, node: NamedNode) -> Above:
    measures = tree.naming(view, [node], _NAMED)
    return Above(view.link(node), grouped(view, measures, MOST_ABOVE, main=False), len(measures))


def _goals(view: View, nodes: Iterable[NamedNode]) -> list[GoalRow]:
    found = {one for node in nodes for one in view.subjects(_NAMED, node) if view.is_a(one, "vesoc:Goal")}
    return goal_rows(view, found)


TARGET_GROUP = Kind(
    "things/target_group.html",
    sections,
    elsewhere=("rdf:type", "skos:inScheme", "skos:topConceptOf", "skos:broader", "skos:notation", "vesoc:hasCriterion"),
    quiet=("vesoc:hasTargetGroup", "vesoc:isAbout", "skos:broader", "vesoc:claims"),
)
