"""All that differs between two editions, and the least version that may follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vesoc.versions import constraints, standing, terms, things
from vesoc.versions.edition import Edition
from vesoc.versions.number import Number, number
from vesoc.versions.pair import pair
from vesoc.versions.weight import Difference, Kind, Weight


@dataclass(frozen=True)
class Comparison:
    """The names of two editions and what differs, the heaviest first; `axioms` says that those were compared too."""

    old: str
    new: str
    axioms: bool
    differences: tuple[Difference, ...]

    @property
    def weight(self) -> Weight:
        """That of the heaviest difference; a release without any is a patch."""
        return max((one.kind.weight for one in self.differences), default=Weight.PATCH)

    def least(self, last: str) -> Number:
        """The least version that may follow version `last`."""
        return number(last).after(self.weight)

    def kinds(self) -> dict[Kind, list[Difference]]:
        """The differences of each kind."""
        found: dict[Kind, list[Difference]] = {}
        for one in self.differences:
            found.setdefault(one.kind, []).append(one)
        return found


def compare(old: Edition, new: Edition) -> Comparison:
    """What differs in names, terms, shapes and data."""
    found = sorted(_differences(old, new), key=lambda one: (-one.kind.weight, one.kind.name))
    return Comparison(old.name, new.name, None not in (old.axioms, new.axioms), tuple(found))


def _differences(old: Edition, new: Edition) -> Iterator[Difference]:
    before, after = standing.standing(old), standing.standing(new)
    yield from standing.differences(before, after, f"{new.base}ns#")
    compared = pair(old, new, before, after)
    yield from terms.differences(compared)
    yield from constraints.differences(compared)
    yield from things.differences(compared)
