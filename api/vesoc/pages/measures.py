"""Measures in rows: what a line about a measure holds wherever it stands, in the order of the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cachetools import LRUCache
from pyoxigraph import NamedNode

from vesoc.pages.values import Passage, Value
from vesoc.pages.view import Ranks, View

_DEEPEST = 12  # parts of parts
_KEPT = 10_000  # measures whose places are kept
# From the agreement downwards: as a pattern, the class would be looked through first.
_MEASURES = """SELECT DISTINCT ?measure ?agreement {
  ?agreement ^dcterms:isPartOf+ ?measure FILTER EXISTS { ?measure a vesoc:Measure }
}"""
Place = tuple[str, str, int, str]


@dataclass(frozen=True)
class Summary:
    """A measure in one row.

    `rank` is its place among all measures, in the order of the agreements and of their texts. `code` is the end of the
    IRI of the agreement. `conditional` and `evaluated` say that it has a condition, and that it is to be evaluated,
    which stand beside the strength of the promise.
    """

    node: NamedNode
    link: Value
    agreement: Value
    code: str
    day: str
    rank: Any
    status: Value | None
    actions: tuple[Value, ...]
    conditional: bool
    evaluated: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Group:
    """The measures of one agreement: `rows` are those shown, `total` counts all, `more` leads to the others."""

    agreement: Value
    code: str
    day: str
    rows: list[Summary]
    total: int
    more: str | None = None


def ranked(view: View) -> Ranks:
    """All measures in the order of the agreements and of their texts, with their place in that and their agreement."""
    known: dict[Any, NamedNode | None] = {}
    places = {node: place(view, node, known) for node in view.subjects("rdf:type", view.term("vesoc:Measure"))}
    ordered = sorted((node for node in places if places[node]), key=lambda node: places[node] or ())
    found = ((node, known[node]) for node in ordered)
    return {node: (rank, agreement) for rank, (node, agreement) in enumerate(found) if agreement is not None}


class Sought(Mapping[NamedNode, tuple[Place, NamedNode]]):
    """The same of a large store, whose measures are looked for one by one; `view` gives a view of it."""

    def __init__(self, view: Callable[[], View]) -> None:
        self._view = view
        self._known: LRUCache[NamedNode, tuple[Place, NamedNode] | None] = LRUCache(_KEPT)

    def __getitem__(self, node: NamedNode) -> tuple[Place, NamedNode]:
        """The place and the agreement of a measure; KeyError where it is in none."""
        if node not in self._known:
            view = self._view()
            found, agreement = place(view, node), agreement_of(view, node)
            self._known[node] = (found, agreement) if found and agreement else None
        known = self._known[node]
        if known is None:
            raise KeyError(node)
        return known

    def __iter__(self) -> Iterator[NamedNode]:
        """All measures, in order of their IRI."""
        view = self._view()
        return iter(view.subjects("rdf:type", view.term("vesoc:Measure")))

    def __len__(self) -> int:
        """The number of measures."""
        return sum(1 for _ in self)


def summaries(view: View, nodes: Iterable[NamedNode]) -> list[Summary]:
    """The measures in rows: agreement by agreement, in the order of the text."""
    return [summary(view, node) for node in in_order(view, nodes)]


def summary(view: View, node: NamedNode) -> Summary:
    """One measure in a row; its agreement must be known."""
    rank, agreement = view.ranks()[node]
    status = view.links(node, "vesoc:hasStatedStatus")
    return Summary(
        node=node,
        link=view.link(node),
        agreement=view.link(agreement),
        code=code(agreement),
        day=day(view, agreement),
        rank=rank,
        status=status[0] if status else None,
        actions=tuple(view.links(node, "vesoc:hasActionKind")),
        conditional=bool(view.values(node, "vesoc:conditionNote")),
        evaluated=bool(view.values(node, "vesoc:evaluateBy")),
        passages=view.passages_of(node),
    )


def place(view: View, node: NamedNode, known: dict[Any, NamedNode | None] | None = None) -> Place | None:
    """Where the measure, or another thing in an agreement, stands among all; None where it is in no agreement."""
    agreement = agreement_of(view, node, known)
    if agreement is None:
        return None
    return day(view, agreement), agreement.value, view.start(node), node.value


def agreement_of(view: View, node: Any, known: dict[Any, NamedNode | None] | None = None) -> NamedNode | None:
    """The agreement that a measure, a part or another thing is part of; `known` keeps it for the next."""
    found, steps = node, [node]
    while found is not None and not view.is_a(found, "vesoc:Agreement") and len(steps) < _DEEPEST:
        if known is not None and found in known:
            found = known[found]
            break
        found = view.one(found, "dcterms:isPartOf")
        steps.append(found)
    agreement = found if isinstance(found, NamedNode) and view.is_a(found, "vesoc:Agreement") else None
    if known is not None:
        known.update(dict.fromkeys(steps, agreement))
    return agreement


def day(view: View, agreement: NamedNode) -> str:
    """The day of the agreement, else the first day of the period in which it was reached; empty where unknown."""
    period = view.one(agreement, "vesoc:agreedDuring")
    found = view.one(period, "dcat:startDate") if period is not None else None
    return found.value if found else ""


def order(view: View, agreement: NamedNode) -> tuple[NamedNode, ...]:
    """The measures of an agreement in the order of its text."""
    ranks = view.ranks()
    nodes = in_order(view, (row["measure"] for row in view.select(_MEASURES, agreement=agreement)))
    return tuple(node for node in nodes if ranks[node][1] == agreement)


def code(node: NamedNode) -> str:
    """The end of an IRI, which is short and known: ahad."""
    return node.value.rsplit("/", 1)[-1]


def agreements(view: View) -> list[NamedNode]:
    """All agreements, the oldest first."""
    found = view.subjects("rdf:type", view.term("vesoc:Agreement"))
    return sorted(found, key=lambda node: (day(view, node), node.value))


def grouped(view: View, nodes: Iterable[NamedNode], most: int, main: bool = True) -> list[Group]:
    """The measures by agreement: at most `most` of each, in the `main` list all of the one `?agreement=` asks for."""
    split = urlsplit(view.reader.here)
    asked = parse_qs(split.query).get("agreement", [""])[-1] if main else ""
    ranks = view.ranks()
    groups = []
    for agreement, members in groupby(in_order(view, nodes), key=lambda node: ranks[node][1]):
        listed, found = list(members), code(agreement)
        cut = len(listed) > most and asked != found
        more = f"{split.path}?agreement={found}#agreement-{found}" if cut and main else None
        rows = [summary(view, node) for node in (listed[:most] if cut else listed)]
        groups.append(Group(view.link(agreement), found, day(view, agreement), rows, len(listed), more))
    return groups


def in_order(view: View, nodes: Iterable[NamedNode]) -> list[NamedNode]:
    """The measures in the order of the texts, each once; those in no agreement are left out."""
    ranks = view.ranks()
    return sorted((node for node in set(nodes) if node in ranks), key=lambda node: ranks[node][0])
