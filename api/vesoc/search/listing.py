"""The list that answers a question: which things, in which order, and how each facet would narrow it further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from vesoc.search.facets import FACETS
from vesoc.search.finder import Finder, Found
from vesoc.search.narrowing import Narrowing
from vesoc.search.question import ORDERS, Question
from vesoc.search.shelf import Shelf, as_set, members

PAGE = 25
_BEGUN = 24  # things that are looked at for suggestions, since some have the same name
Thing = tuple[str, str]


@dataclass(frozen=True)
class Listing:
    """`numbers` are those of the things in order; `found` tells of the words of the text."""

    question: Question
    found: Found
    numbers: list[int]
    counts: Mapping[str, Mapping[str, int]]
    shelf: Shelf
    instead: str | None = None

    @property
    def total(self) -> int:
        """The number of things."""
        return len(self.numbers)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    @cached_property
    def page(self) -> int:
        """The page that is shown: the last where the question goes beyond it."""
        return min(self.question.page, self.last)

    @property
    def start(self) -> int:
        """How many things come before the page."""
        return (self.page - 1) * PAGE

    def things(self, most: int, start: int = 0) -> list[Thing]:
        """IRIs with the kind that says what they are."""
        return [self._thing(number) for number in self.numbers[start : start + most]]

    def pages(self) -> dict[str, str]:
        """The addresses of other pages by their relation."""
        places = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": self.last}
        fits = {relation: place for relation, place in places.items() if 1 <= place <= self.last}
        return {relation: replace(self.question, page=place).address() for relation, place in fits.items()}

    def _thing(self, number: int) -> Thing:
        return self.shelf.iris[number], self.shelf.kinds[number]


class Desk:
    """Where questions are answered from the index in a folder."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self._shelf = shelf
        self._finder = Finder(folder)

    def listing(self, question: Question, language: str) -> Listing:
        """The list that answers a question."""
        found = self._finder.find(question.text, language) if question.text else Found({}, ())
        matched = as_set(list(found.scores)) if question.text else self._shelf.everything
        narrowing = Narrowing(self._shelf, question, matched)
        numbers = self._ordered(members(narrowing.found()), question.order, found, language)
        counts = {facet.name: narrowing.counts(facet.name) for facet in FACETS}
        missing = question.text and (found.loose or not found.scores)
        instead = self._finder.instead(question.text) if missing else None
        return Listing(question, found, numbers, counts, self._shelf, instead)

    def begun(self, text: str, language: str) -> list[Thing]:
        """The things that somebody who types a text may have in mind, the likeliest first."""
        found = self._finder.find(text, language, typing=True)
        numbers = self._ordered(list(found.scores), ORDERS[0], found, language)[:_BEGUN]
        return Listing(Question(), found, numbers, {}, self._shelf).things(_BEGUN)

    def _ordered(self, numbers: list[int], order: str, found: Found, language: str) -> list[int]:
        ranks = self._shelf.ranks["place" if order == ORDERS[1] else language]
        if order != ORDERS[0]:
            return sorted(numbers, key=ranks.__getitem__)
        return sorted(numbers, key=lambda number: (-found.scores[number] * self._shelf.weight(number), ranks[number]))
