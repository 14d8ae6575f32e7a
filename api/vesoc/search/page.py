"""What the page of a list shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode

from vesoc.catalogues import translation
from vesoc.overviews.roles import ROLES
from vesoc.pages.view import View
from vesoc.search.facets import FACETS, KIND, ROLE, Facet
from vesoc.search.highlight import Marker
from vesoc.search.inquiry import inquiry
from vesoc.search.listing import PAGE, Listing
from vesoc.search.question import ORDERS, Question
from vesoc.search.results import Lines
from vesoc.search.sorts import word

_ = str  # marks texts for the catalogue
_TITLES = MappingProxyType(
    {
        "kind": _("Kind"),
        "agreement": _("In agreement"),
        "theme": _("Theme"),
        "instrument": _("Policy instrument"),
        "group": _("For whom"),
        "actor": _("Actor"),
        "role": _("Role of the actor"),
        "status": _("Status of the promise"),
        "action": _("Kind of action"),
        "budget": _("Budget"),
        "year": _("Year of the agreement"),
        "during": _("Holds in"),
    }
)
_PLAIN = MappingProxyType({"yes": _("with an amount"), "no": _("without an amount")})
_SORTS = MappingProxyType({"relevance": _("best fit"), "place": _("agreement and place"), "title": _("title")})
_SHOWN = 8  # values of a facet
_OPEN = ("kind", "agreement", "theme", "group")


@dataclass(frozen=True)
class Option:
    """A value of a facet: how many things it would leave, and whether it is chosen."""

    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """A facet with its options; `more` leads to all of them where some are not shown."""

    name: str
    title: str
    options: list[Option]
    open: bool
    more: str | None


@dataclass(frozen=True)
class Chip:
    """A value that was chosen, and the list without it."""

    title: str
    text: str
    href: str


def page(listing: Listing, view: View) -> dict[str, Any]:
    """The values of the template."""
    question, language = listing.question, view.reader.language
    lines = Lines(view, Marker(listing.found.words))
    query = inquiry(question, view.base, language)
    return {
        "question": question,
        "listing": listing,
        "lines": [lines.line(*each) for each in listing.things(PAGE, listing.start)],
        "choices": [choice for facet in FACETS if (choice := _choice(facet, listing, view)).options],
        "chips": [chip for facet in FACETS for chip in _chips(facet, question, view)],
        "sorts": [(order, _translated(_SORTS[order], view)) for order in ORDERS if question.text or order != ORDERS[0]],
        "instead": replace(Question(listing.instead), chosen=question.chosen) if listing.instead else None,
        "everywhere": Question(question.text).address() if question.chosen else None,
        "workbench": f"/workbench?query={quote(query)}",
    }


def _choice(facet: Facet, listing: Listing, view: View) -> Choice:
    """The facet with its most frequent values and those that are chosen, or with all where the question wants that."""
    counts, chosen = listing.counts[facet.name], listing.question.values(facet.name)
    values = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), value))
    whole = listing.question.whole == facet.name
    shown = [value for place, value in enumerate(values) if whole or place < _SHOWN or value in chosen]
    options = [Option(value, _text(facet, value, view), counts.get(value, 0), value in chosen) for value in shown]
    more = None if len(shown) == len(values) else replace(listing.question, whole=facet.name).address()
    is_open = whole or facet.name in _OPEN or bool(listing.question.chosen.get(facet.name))
    return Choice(facet.name, _translated(_TITLES[facet.name], view), options, is_open, more)


def _chips(facet: Facet, question: Question, view: View) -> list[Chip]:
    title = _translated(_TITLES[facet.name], view)
    chosen = question.chosen.get(facet.name, ())
    return [Chip(title, _text(facet, value, view), question.without(facet.name, value).address()) for value in chosen]


def _text(facet: Facet, value: str, view: View) -> str:
    """A value in the reader's words."""
    if facet.plain:
        return _translated(_PLAIN[value], view) if value in _PLAIN else value
    if facet is KIND:
        return word(value, view.labels, view.base, view.reader.language, many=True)
    if facet is ROLE and value in ROLES:
        return _translated(ROLES[value], view)
    return view.labels.of(NamedNode(facet.iri(value, view.base)))


def _translated(text: str, view: View) -> str:
    return translation(view.reader.language).gettext(text)
