"""The history of an instrument: the measures on it and on narrower ones, agreement by agreement, and their ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from vesoc.pages.changes import Change, changes
from vesoc.pages.measures import Group, agreements, code, day, grouped, in_order
from vesoc.pages.ties import Tie, ties
from vesoc.pages.values import Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Entry:
    """What the history tells of a measure beside its row: its number, its condition, and what of the instrument.

    `named` are the narrower instruments that it names where it does not name the instrument itself.
    """

    number: int
    condition: Value | None
    named: list[Value]
    changes: list[Change]


@dataclass(frozen=True)
class History:
    """All agreements with the measures in them, the entries by measure, and the ties between promises."""

    groups: list[Group]
    entries: Mapping[NamedNode, Entry]
    ties: list[Tie]
    changes: list[Change]


def history(view: View, node: NamedNode, measures: Mapping[NamedNode, list[NamedNode]], most: int) -> History:
    """The history of the instrument by the measures on it, which come with the instruments that they name."""
    found = {group.code: group for group in grouped(view, measures, most)}
    groups = [found.get(code(one)) or _empty(view, one) for one in agreements(view)]
    numbers = {one: number for number, one in enumerate(in_order(view, measures), 1)}
    shown = [row.node for group in groups for row in group.rows]
    entries = {one: _entry(view, one, numbers[one], node, measures[one]) for one in shown}
    changed = [change for one in numbers for change in changes(view, view.values(one, "vesoc:makesChange"))]
    return History(groups, entries, _ties(view, numbers), changed)


def outside(view: View, found: Iterable[Tie], measures: Iterable[NamedNode]) -> list[NamedNode]:
    """The measures at the other end of ties that are not on the instrument, in the order of the texts."""
    ends = {NamedNode(end.iri) for tie in found for end in (tie.earlier, tie.later) if end.iri}
    return in_order(view, [one for one in ends - set(measures) if view.is_a(one, "vesoc:Measure")])


def _empty(view: View, agreement: NamedNode) -> Group:
    return Group(view.link(agreement), code(agreement), day(view, agreement), [], 0)


def _entry(view: View, measure: NamedNode, number: int, node: NamedNode, named: list[NamedNode]) -> Entry:
    return Entry(
        number,
        view.text(measure, "vesoc:conditionNote"),
        [] if node in named else view.by_label(named),
        changes(view, view.values(measure, "vesoc:makesChange")),
    )


def _ties(view: View, measures: Iterable[NamedNode]) -> list[Tie]:
    """The ties at either end of the measures, each once, in the order of the earlier measures."""
    found: dict[str | None, Tie] = {}
    for measure in measures:
        own = ties(view, measure)
        found |= {tie.claim.iri: tie for tie in (*own.before, *own.after)}
    return sorted(found.values(), key=lambda tie: (not tie.stated, tie.earlier.iri, tie.later.iri))
