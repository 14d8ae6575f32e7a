"""The page of a measure: what is promised, how firmly, to whom, by whom, with what money, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.names import ROLES
from vesoc.pages import claims
from vesoc.pages.changes import changes
from vesoc.pages.kind import Kind
from vesoc.pages.measures import Summary, agreement_of, order, summaries
from vesoc.pages.policywatch import fields
from vesoc.pages.ties import ties
from vesoc.pages.values import Passage, Row, Value
from vesoc.pages.view import View

_MODALITY = ("vesoc:hasStatedStatus", "vesoc:conditionNote", "vesoc:evaluateBy")
_CONTENT = (
    "vesoc:hasActionKind",
    "vesoc:appliesDuring",
    "vesoc:hasDurability",
    "vesoc:concernsInstrument",
    "vesoc:hasTargetGroup",
    "vesoc:hasCriterion",
    "vesoc:contributesTo",
    "dcterms:subject",
    "vesoc:basedOn",
    "dcterms:references",
)
_ROLES = tuple(f"vesoc:{name}" for name in ROLES)
_LINEAGE = ("vesoc:buildsOn", "vesoc:continues", "vesoc:executes", "vesoc:extends", "vesoc:replaces")
_LETTER = re.compile(r"[a-z]$")


@dataclass(frozen=True)
class Money:
    """A budget line: it funds the measure itself, or stands under the heading of a part that holds the measure."""

    line: Value
    amount: str | None
    under: Value | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Place:
    """The measures around one: `previous` and `following` in the agreement, `siblings` from the same list item."""

    agreement: Value | None
    previous: Value | None
    following: Value | None
    siblings: list[Summary]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a measure shows beside what every page does."""
    own = view.passages_of(node)
    rows = {row.predicate: row for row in view.rows(node)}
    return {
        "own": own,
        "modality": {name.partition(":")[2]: _row(view, rows, name) for name in _MODALITY},
        "strength": _definition(view, node),
        "content": _picked(view, rows, _CONTENT),
        "roles": _picked(view, rows, _ROLES),
        "changes": changes(view, _nodes(view, node, "vesoc:makesChange")),
        "ties": ties(view, node),
        "money": [*_funding(view, node), *_headed(view, node)],
        "claims": claims.about(view, [node]),
        "around": _around(view, node),
        "fields": fields(view, node),
    }


def _row(view: View, rows: Mapping[str, Row], name: str) -> Row:
    """The row of a property; an empty one where nothing is said by it."""
    return rows.get(view.term(name).value) or Row(view.link(view.term(name)))


def _picked(view: View, rows: Mapping[str, Row], names: Iterable[str]) -> list[Row]:
    return [rows[iri] for name in names if (iri := view.term(name).value) in rows]


def _nodes(view: View, node: NamedNode, name: str) -> list[NamedNode]:
    return [found for found in view.values(node, name) if isinstance(found, NamedNode)]


def _definition(view: View, node: NamedNode) -> Value | None:
    """What the strength of the promise means."""
    status = view.one(node, "vesoc:hasStatedStatus")
    return view.text(status, "skos:definition") if status is not None else None


def _funding(view: View, node: NamedNode) -> list[Money]:
    return [_money(view, line, None) for line in view.subjects("vesoc:funds", node)]


def _headed(view: View, node: NamedNode) -> list[Money]:
    """The lines under the heading of a part that holds the measure, none of which is said to fund it."""
    found, part = [], view.one(node, "dcterms:isPartOf")
    funding = set(view.subjects("vesoc:funds", node))
    while part is not None and not view.is_a(part, "vesoc:Agreement"):
        lines = [line for line in view.subjects("vesoc:budgetsFor", part) if line not in funding]
        found += [_money(view, line, view.link(part)) for line in lines]
        part = view.one(part, "dcterms:isPartOf")
    return found


def _money(view: View, line: NamedNode, under: Value | None) -> Money:
    amount = view.one(line, "vesoc:amount")
    return Money(view.link(line), amount.value if amount else None, under, view.passages_of(line))


def _around(view: View, node: NamedNode) -> Place:
    agreement = agreement_of(view, node)
    ordered = order(view, agreement) if agreement else ()
    at = ordered.index(node) if node in ordered else None
    before, after = (at - 1, at + 1) if at is not None else (-1, len(ordered))
    item = _LETTER.sub("", node.value)
    siblings = [one for one in ordered if one != node and _LETTER.sub("", one.value) == item != node.value]
    return Place(
        view.link(agreement) if agreement else None,
        view.link(ordered[before]) if before >= 0 else None,
        view.link(ordered[after]) if after < len(ordered) else None,
        summaries(view, siblings),
    )


MEASURE = Kind(
    "things/measure.html",
    sections,
    elsewhere=("rdf:type", "dcterms:isPartOf", "vesoc:makesChange", *_MODALITY, *_CONTENT, *_ROLES, *_LINEAGE),
    quiet=("vesoc:funds", "vesoc:isAbout", "vesoc:claims", *_LINEAGE),
)
