"""The page of a part of an agreement: its place, its measures in the order of the text, its parts and its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims
from vesoc.pages.kind import Kind
from vesoc.pages.measures import Summary, agreement_of, code, summaries
from vesoc.pages.parts import around, measures_of, part, total
from vesoc.pages.values import Passage, Statement, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Row:
    """A measure of the part, with what it concerns."""

    measure: Summary
    instruments: list[Value]
    groups: list[Value]


@dataclass(frozen=True)
class Line:
    """A budget line for the part."""

    link: Value
    amount: Decimal
    passages: tuple[Passage, ...]


def _sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    before, after = around(view, node)
    agreement = agreement_of(view, node)
    lines = view.subjects("vesoc:budgetsFor", node)
    measures = measures_of(view, node)
    return {
        "part": part(view, node),
        "before": before,
        "after": after,
        "agreement": view.link(agreement) if agreement else None,
        "rows": [_row(view, one) for one in summaries(view, measures)],
        "lines": [Line(view.link(one), total(view, [one]), view.passages_of(one)) for one in lines],
        "goals": _goals(view, measures),
        "unpromised": _unpromised(view, node),
        "chapter": _chapter(view, node, agreement),
        "claims": claims.about(view, [node]),
    }


def _row(view: View, measure: Summary) -> Row:
    return Row(
        measure,
        view.links(measure.node, "vesoc:concernsInstrument"),
        view.links(measure.node, "vesoc:hasTargetGroup"),
    )


def _goals(view: View, measures: list[NamedNode]) -> list[Statement]:
    """The goals that its measures contribute to."""
    found = {goal for measure in measures for goal in view.values(measure, "vesoc:contributesTo")}
    made = [Statement(view.link(goal), view.passages_of(goal)) for goal in found]
    return sorted(made, key=lambda one: one.value.text.casefold())


def _unpromised(view: View, node: NamedNode) -> list[tuple[Passage, Value, Value | None]]:
    """The passages of the part that hold no measure, headings left out: what they are instead, and what they tell."""
    found = []
    for passage in view.passages_of(node):
        evidence = NamedNode(passage.iri)
        kind = view.one(evidence, "dcterms:type")
        if kind and kind not in (view.term("passagesoort:kop"), view.term("passagesoort:tussenkop")):
            found.append((passage, view.link(kind), view.text(evidence, "dcterms:description")))
    return found


def _chapter(view: View, node: NamedNode, agreement: NamedNode | None) -> str | None:
    """Where its text can be read."""
    texts = view.subjects("vesoc:isTextOf", agreement) if agreement else []
    volumes = [view.holdings.volume(text.value) for text in texts] if view.holdings else []
    held = any(volume and volume.access == "open" and volume.chapter(code(node)) for volume in volumes)
    return f"{view.href(texts[0].value)}?section={code(node)}" if held else None


PART = Kind(
    "things/part.html",
    _sections,
    elsewhere=("dcterms:type", "eli:number", "dcterms:isPartOf"),
    quiet=("dcterms:isPartOf", "vesoc:budgetsFor", "vesoc:isAbout"),
)
