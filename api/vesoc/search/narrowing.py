"""Lists narrowed by facets, and how many things each further value would leave."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from vesoc.search.facets import FACETS
from vesoc.search.question import Question
from vesoc.search.shelf import Shelf

_PAIRED = ("actor", "role")  # somebody in a role: the two are looked at together


class Narrowing:
    """One question on one shelf; `matched` is the set that the text finds."""

    def __init__(self, shelf: Shelf, question: Question, matched: int) -> None:
        self._sets = shelf.sets
        self._question = question
        self._matched = matched

    def found(self) -> int:
        """The set that has a chosen value of each facet."""
        return self._left_by({facet.name for facet in FACETS})

    def counts(self, facet: str) -> dict[str, int]:
        """The number of things that each value has among what the other facets leave, none where it is 0."""
        others = {each.name for each in FACETS} - {facet}
        if facet in _PAIRED:
            others -= set(_PAIRED)
        left = self._left_by(others)
        sizes = {value: (left & self._of(facet, value)).bit_count() for value in self._sets.get(facet, ())}
        return {value: size for value, size in sizes.items() if size}

    def _left_by(self, facets: set[str]) -> int:
        left = self._matched
        for facet in sorted(facets):
            values = self._question.values(facet)
            if values:
                left &= self._any(self._of(facet, value) for value in values)
        return left

    def _of(self, facet: str, value: str) -> int:
        """The set of a value; with roles chosen, that of an actor is of those in which they have such a role."""
        other = _PAIRED[1 - _PAIRED.index(facet)] if facet in _PAIRED else None
        if other is None or not self._question.values(other):
            return self._sets.get(facet, {}).get(value, 0)
        pairs = [{facet: value, other: each} for each in self._question.values(other)]
        return self._any(self._sets["role actor"].get(f"{pair['role']} {pair['actor']}", 0) for pair in pairs)

    @staticmethod
    def _any(sets: Iterable[int]) -> int:
        return reduce(or_, sets, 0)
