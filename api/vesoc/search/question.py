"""What somebody asks for, as the address of a list says it: a text, values of facets, an order and a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

from vesoc.formats import Format
from vesoc.search.facets import FACETS
from vesoc.search.finder import LONGEST

SUGGESTIONS = Format("json", ("application/x-suggestions+json", "application/json"))
ORDERS = ("relevance", "place", "title")
MEASURES = "Measure"
_VALUE = re.compile(r'[^\s<>"{}|\\^`\x00-\x20]{1,300}')
_MOST_VALUES = 30
_MOST_PAGES = 100_000
Chosen = MappingProxyType[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """`chosen` are the values of each facet, any of which will do; `whole` names the facet that is shown in full."""

    text: str = ""
    chosen: Chosen = field(default_factory=lambda: MappingProxyType({}))
    asked_order: str = ""
    page: int = 1
    whole: str = ""
    cut: bool = False

    @property
    def order(self) -> str:
        """How the list is sorted: a list without a text by the place in the agreements."""
        fits = self.asked_order in ORDERS and (self.text or self.asked_order != "relevance")
        return self.asked_order if fits else ORDERS[0] if self.text else ORDERS[1]

    def values(self, facet: str) -> tuple[str, ...]:
        """The values that count: a list without text and without a kind is one of measures."""
        implied = (MEASURES,) if facet == "kind" and not self.text else ()
        return self.chosen.get(facet) or implied

    def with_values(self, facet: str, values: Iterable[str]) -> Question:
        """The same with other values of a facet, from the first page."""
        return replace(self, chosen=MappingProxyType({**self.chosen, facet: tuple(values)}), page=1)

    def without(self, facet: str, value: str) -> Question:
        """The same with one value less."""
        return self.with_values(facet, (each for each in self.chosen.get(facet, ()) if each != value))

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of the address, those that say nothing left out."""
        chosen = [(facet.name, value) for facet in FACETS for value in self.chosen.get(facet.name, ())]
        others = {"sort": self.asked_order, "page": str(self.page) if self.page > 1 else "", "whole": self.whole}
        return [*([("q", self.text)] if self.text else []), *chosen, *((k, v) for k, v in others.items() if v)]

    def address(self, suffix: str = "") -> str:
        """Path and query of the list."""
        path = f"/search.{suffix}" if suffix else "/search"
        fields = urlencode(self.pairs())
        return f"{path}?{fields}" if fields else path


def read(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question of an address; what does not fit is left out, a text that is too long is cut."""
    given = list(pairs)
    single = dict(given)
    text = " ".join(single.get("q", "").split())
    names = {facet.name: facet for facet in FACETS}
    return Question(
        text[:LONGEST],
        _chosen((name, value) for name, value in given if name in names and names[name].fits(value)),
        single.get("sort", "") if single.get("sort") in ORDERS else "",
        _page(single.get("page", "")),
        single.get("whole", "") if single.get("whole") in names else "",
        cut=len(text) > LONGEST,
    )


def _chosen(pairs: Iterable[tuple[str, str]]) -> Chosen:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        had = found.get(name, ())
        if _VALUE.fullmatch(value) and value not in had and len(had) < _MOST_VALUES:
            found[name] = (*had, value)
    return MappingProxyType(found)


def _page(text: str) -> int:
    return min(int(text), _MOST_PAGES) if re.fullmatch("[1-9][0-9]{0,5}", text) else 1
