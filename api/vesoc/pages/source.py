"""The page of a source document: what it is and what of it the graph bears out; or, where it may be read, a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode

from vesoc.holdings import Volume
from vesoc.pages.kind import Kind
from vesoc.pages.reading import Reading, reading
from vesoc.pages.strip import strip
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View

_CLAIMS = """
SELECT DISTINCT ?source ?claim WHERE {
  ?evidence oa:hasSource ?source .
  ?claim vesoc:hasEvidence ?evidence ; a vesoc:Claim .
}
"""
_FACTS = """
SELECT ?source (COUNT(DISTINCT ?fact) AS ?facts) WHERE {
  ?evidence oa:hasSource ?source .
  ?fact vesoc:hasEvidence ?evidence .
} GROUP BY ?source
"""


@dataclass(frozen=True)
class Stated:
    """A claim that the document makes: on what, how that stands against the agreement, and what it comes to."""

    link: Value
    about: Value | None
    verdict: Value | None
    note: Value | None
    passages: tuple[Passage, ...]


def _sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    volume = view.holdings.volume(node.value) if view.holdings else None
    chosen = _chapter(view, volume) if volume else None
    if volume and chosen:
        return {"volume": volume, "reading": chosen, "source": view.link(node), "strip": strip(view, volume)}
    return {
        "volume": volume,
        "reading": None,
        "strip": strip(view, volume) if volume else None,
        "facts": _facts(view, node),
        "texts_of": view.links(node, "vesoc:isTextOf"),
        "reports_on": view.links(node, "vesoc:reportsOn"),
        "claims": _claims(view, node) if view.values(node, "vesoc:reportsOn") else [],
    }


def _chapter(view: View, volume: Volume) -> Reading | None:
    """The chapter that the address asks for."""
    asked = parse_qs(urlsplit(view.reader.here).query).get("section", [""])[-1]
    chapter = volume.chapter(asked) if asked else None
    return reading(view, volume, chapter) if chapter else None


def _facts(view: View, node: NamedNode) -> int:
    found = view.select(_FACTS, source=node)
    return int(found[0]["facts"].value) if found else 0


def _claims(view: View, node: NamedNode) -> list[Stated]:
    """What the document claims, in the order of its text."""
    made = [_stated(view, row["claim"]) for row in view.select(_CLAIMS, source=node)]
    return sorted(made, key=lambda one: (one.passages[0].start or 0 if one.passages else 0, one.link.iri or ""))


def _stated(view: View, claim: NamedNode) -> Stated:
    return Stated(
        view.link(claim),
        view.linked(claim, "vesoc:isAbout"),
        view.linked(claim, "vesoc:hasVerdict"),
        view.text(claim, "dcterms:description"),
        view.passages_of(claim),
    )


SOURCE = Kind(
    "things/source.html",
    _sections,
    elsewhere=("vesoc:hasEvidence", "vesoc:isTextOf", "vesoc:reportsOn"),
    first=("dcterms:type", "dcterms:date"),
    quiet=("oa:hasSource",),
)
