"""The page of an agreement: its date, who made and signed it, its parts, promises, goals, money, ties and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from vesoc.pages import claims
from vesoc.pages.kind import Kind
from vesoc.pages.measures import agreements, code
from vesoc.pages.parts import measures_of, parts, total
from vesoc.pages.strip import Strip, strip
from vesoc.pages.values import Passage, Statement, Value
from vesoc.pages.view import View

Passages = tuple[Passage, ...]
_OFFICIAL = "nl"
_LAID = (*(f"vesoc:{name}" for name in ("agreedDuring", "hasParty", "buildsOn", "executes")), "dcterms:date")


@dataclass(frozen=True)
class Signed:
    """A signature: who, for whom, in which posts, and how the document prints it."""

    link: Value
    person: Value | None
    organisation: Value | None
    posts: list[Value]
    printed: str
    function: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Category:
    """A budget category, None for the whole: how many lines, what they come to, and what the text says they do."""

    link: Value | None
    lines: int
    amount: Decimal
    stated: Decimal | None
    passages: tuple[Passage, ...]

    @property
    def difference(self) -> Decimal | None:
        """What the text says less what the lines come to."""
        return None if self.stated is None else self.stated - self.amount


def _sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    tree, slug, own, claimed = parts(view, node), code(node), view.passages_of(node), view.claimed(node)
    said = claims.about(view, [node])
    measures = [*measures_of(view, node), *(measure for part in tree for measure in part.measures)]
    return {
        "slug": slug,
        "official": _official(view, node),
        "laid": {name: _said(view, node, name, own, claimed) for name in _LAID},
        "kinds": view.links(node, "dcterms:type"),
        "periods": _periods(view, node),
        "dates": [one for one in said if _of_date(view, one)],
        "claims": [one for one in said if not _of_date(view, one)],
        "signed": _signed(view, node),
        "parts": tree,
        "measures": len(measures),
        "statuses": _statuses(view, measures),
        "goals": _goals(view, node),
        "budget": _budget(view, node),
        "built_on_by": view.by_label(one for one in view.subjects("vesoc:buildsOn", node) if _is_agreement(view, one)),
        "texts": [(view.link(text), _strip(view, text)) for text in view.subjects("vesoc:isTextOf", node)],
        "reports": view.by_label(view.subjects("vesoc:reportsOn", node)),
        "others": [(code(one), view.link(one)) for one in agreements(view) if one != node],
    }


def _official(view: View, node: NamedNode) -> Value | None:
    """The title in Dutch, which is the official one, for those who read another language."""
    titles = [title for title in view.values(node, "dcterms:title") if title.language == _OFFICIAL]
    return view.value(titles[0]) if titles and view.reader.language != _OFFICIAL else None


def _said(view: View, node: NamedNode, name: str, own: Passages, claimed: dict[Any, Passages]) -> list[Statement]:
    term = view.term(name)
    found = [Statement(view.value(value), claimed.get((term, value), own)) for value in view.values(node, name)]
    return sorted(found, key=lambda one: one.value.text.casefold())


def _periods(view: View, node: NamedNode) -> list[tuple[Value | None, Value | None]]:
    """The first and the last day of the period in which it was agreed."""
    found = view.values(node, "vesoc:agreedDuring")
    return [(_value(view, one, "dcat:startDate"), _value(view, one, "dcat:endDate")) for one in found]


def _value(view: View, node: Any, name: str) -> Value | None:
    found = view.one(node, name)
    return view.value(found) if isinstance(found, Literal) else None


def _of_date(view: View, claim: claims.Claimed) -> bool:
    return claim.aspect is not None and claim.aspect.iri == view.term("vesoc:agreedDuring").value


def _signed(view: View, node: NamedNode) -> list[Signed]:
    found = sorted(view.subjects("vesoc:signs", node), key=lambda one: int(view.one(one, "vesoc:order").value))
    return [_signature(view, one) for one in found]


def _signature(view: View, node: NamedNode) -> Signed:
    printed, function = _value(view, node, "vesoc:printedAs"), _value(view, node, "vesoc:functionAsPrinted")
    return Signed(
        link=view.link(node),
        person=view.linked(node, "vesoc:signedBy"),
        organisation=view.linked(node, "vesoc:onBehalfOf"),
        posts=view.links(node, "vesoc:inCapacityOf"),
        printed=printed.text if printed else "",
        function=function.text if function else None,
        passages=view.passages_of(node),
    )


def _statuses(view: View, measures: list[NamedNode]) -> list[tuple[Value, str, int]]:
    """How strongly measures are worded: each status with its code and how many have it, the most first."""
    found = Counter(status for measure in measures for status in view.values(measure, "vesoc:hasStatedStatus"))
    return [(view.link(status), code(status), number) for status, number in found.most_common()]


def _goals(view: View, node: NamedNode) -> list[tuple[Statement, list[Value]]]:
    """The goals in the order of the text, each with the values to reach."""
    found = [one for one in view.subjects("dcterms:isPartOf", node) if view.is_a(one, "vesoc:Goal")]
    ordered = sorted(found, key=lambda one: (view.start(one), one.value))
    return [
        (Statement(view.link(one), view.passages_of(one)), view.links(one, "vesoc:hasTargetValue")) for one in ordered
    ]


def _budget(view: View, node: NamedNode) -> list[Category]:
    """The categories of the budget and, last, the whole; empty where the agreement has none."""
    inside = view.subjects("dcterms:isPartOf", node)
    lines = [one for one in inside if view.is_a(one, "vesoc:BudgetLine")]
    totals = [one for one in inside if view.is_a(one, "vesoc:BudgetTotal")]
    categories = sorted({view.one(one, "vesoc:hasBudgetCategory") for one in (*lines, *totals)} - {None}, key=str)
    found = [_category(view, one, lines, totals) for one in (*categories, None)]
    return found if lines or totals else []


def _category(view: View, category: Any, lines: list[NamedNode], totals: list[NamedNode]) -> Category:
    inside = [one for one in lines if category in (None, view.one(one, "vesoc:hasBudgetCategory"))]
    stated = [one for one in totals if view.one(one, "vesoc:hasBudgetCategory") == category]
    return Category(
        link=view.link(category) if category else None,
        lines=len(inside),
        amount=total(view, inside),
        stated=total(view, stated) if stated else None,
        passages=tuple(passage for one in stated for passage in view.passages_of(one)),
    )


def _is_agreement(view: View, node: NamedNode) -> bool:
    return view.is_a(node, "vesoc:Agreement")


def _strip(view: View, text: NamedNode) -> Strip | None:
    volume = view.holdings.volume(text.value) if view.holdings else None
    return strip(view, volume) if volume else None


AGREEMENT = Kind(
    "things/agreement.html",
    _sections,
    elsewhere=("dcterms:type", *_LAID),
    quiet=(
        "vesoc:signs",
        "vesoc:isTextOf",
        "vesoc:reportsOn",
        "dcterms:isPartOf",
        "vesoc:buildsOn",
        "vesoc:isAbout",
        "vesoc:claims",
    ),
)
