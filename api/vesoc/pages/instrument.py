"""The page of an instrument: its names, its place among others, and its history through the agreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims, tree
from vesoc.pages.drawing import Drawing, drawing
from vesoc.pages.history import History, history, outside
from vesoc.pages.kind import Kind
from vesoc.pages.measures import in_order
from vesoc.pages.ties import ties
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View

MOST_ROWS = 12  # measures of an agreement that are shown before the reader asks for all
MOST_DRAWN = 24  # measures in the drawing; of more, those that are tied or change something
MOST_CLAIMS = 20
_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:notation")


@dataclass(frozen=True)
class Counted:
    """A thing that measures name, and how many do."""

    link: Value
    measures: int


@dataclass(frozen=True)
class Line:
    """A budget line and the measures here that it funds."""

    link: Value
    amount: str | None
    funded: list[Value]
    passages: tuple[Passage, ...]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of an instrument shows beside what every page does."""
    own = view.passages_of(node)
    measures = tree.naming(view, [node, *tree.narrower(view, node)], "vesoc:concernsInstrument")
    past = history(view, node, measures, MOST_ROWS)
    said = claims.about(view, [node, *measures])
    return {
        "own": own,
        "other_names": names(view, node),
        "sort": _sort(view, node),
        "broader": view.links(node, "skos:broader"),
        "branches": tree.branches(view, node, "vesoc:concernsInstrument"),
        "total": len(measures),
        "past": past,
        "drawing": _drawing(view, past, measures),
        "ties": ties(view, node),
        "money": _money(view, measures),
        "goals": counted(view, measures, "vesoc:contributesTo"),
        "groups": counted(view, measures, "vesoc:hasTargetGroup"),
        "claims": said[:MOST_CLAIMS],
        "claims_total": len(said),
    }


def names(view: View, node: NamedNode) -> list[Value]:
    """All names that are spelled otherwise than the title: in each language, short names among them."""
    title = view.link(node)
    found = [view.value(name) for property_name in _NAMES for name in view.values(node, property_name)]
    return [name for name in found if name.text != title.text]


def counted(view: View, measures: Iterable[NamedNode], name: str) -> list[Counted]:
    """The things that the measures name by a property, the most named first."""
    numbers = Counter(found for measure in measures for found in view.values(measure, name))
    found = [Counted(view.link(thing), number) for thing, number in numbers.items()]
    return sorted(found, key=lambda one: (-one.measures, one.link.text.casefold()))


def _sort(view: View, node: NamedNode) -> list[tuple[Value, str | None]]:
    """The kinds of instrument with the number of their category."""
    kinds = [kind for kind in view.values(node, "dcterms:type") if isinstance(kind, NamedNode)]
    numbers = {kind: view.one(kind, "skos:notation") for kind in kinds}
    return [(view.link(kind), number.value if number else None) for kind, number in numbers.items()]


def _money(view: View, measures: Iterable[NamedNode]) -> list[Line]:
    funded: dict[NamedNode, list[NamedNode]] = {}
    for measure in measures:
        for line in view.subjects("vesoc:funds", measure):
            funded.setdefault(line, []).append(measure)
    return [_line(view, line, funded[line]) for line in sorted(funded, key=str)]


def _line(view: View, line: NamedNode, funded: list[NamedNode]) -> Line:
    amount = view.one(line, "vesoc:amount")
    links = [view.link(measure) for measure in in_order(view, funded)]
    return Line(view.link(line), amount.value if amount else None, links, view.passages_of(line))


def _drawing(view: View, past: History, measures: Mapping[NamedNode, Any]) -> Drawing | None:
    """The measures through time; None where there is neither a tie to draw nor more than one agreement."""
    around = outside(view, past.ties, measures)
    numbers = {one: number for number, one in enumerate(in_order(view, measures), 1)}
    if len(numbers) + len(around) > MOST_DRAWN:
        ends = {end.iri for tie in past.ties for end in (tie.earlier, tie.later)}
        changing = {one for change in past.changes for one in change.measures}
        numbers = {one: number for one, number in numbers.items() if one.value in ends or one in changing}
    found = drawing(view, in_order(view, [*numbers, *around]), numbers, past.ties)
    return found if found.lines or len({box.x for box in found.boxes}) > 1 else None


INSTRUMENT = Kind(
    "things/instrument.html",
    sections,
    elsewhere=("rdf:type", "skos:inScheme", "skos:topConceptOf", "skos:broader", "skos:notation", "dcterms:type"),
    quiet=("vesoc:concernsInstrument", "vesoc:isAbout", "vesoc:changesInstrument", "skos:broader", "vesoc:claims"),
)
