"""What the things of an index can be narrowed and sorted by: sets of their numbers, one bit a thing."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import orjson

SHELF = "things.json"
_WEIGHTS = {"Agreement": 1.5, "Instrument": 1.3, "TargetGroup": 1.3, "Claim": 0.6, "Signature": 0.6}
_PEOPLE = ("foaf:Person", "org:Organization")
_MAIN = ("Measure", "AgreementPart", "Goal", "BudgetLine", "BudgetTotal", "SourceDocument", "Indicator")


def folder(dumps: Path, digest: str) -> Path:
    """Where the index of some data is, once it is whole; `dumps` is the folder of what is written beside a server."""
    return dumps / f"search-{digest[:16]}"


class Shelf:
    """`iris` by number, `ranks` of each number by order, and the sets of each value of each facet."""

    def __init__(self, folder: Path) -> None:
        document = orjson.loads((folder / SHELF).read_bytes())
        self.iris: list[str] = document["iris"]
        self.ranks: dict[str, list[int]] = document["ranks"]
        self.left_out: bool = document["left_out"]
        self._numbers: dict[str, dict[str, list[int]]] = document["facets"]
        self.everything = (1 << len(self.iris)) - 1

    def open(self) -> None:
        """Make now what is otherwise made when it is first asked for."""
        assert len(self.kinds) == len(self.iris)
        assert self.sets.keys() == self._numbers.keys()

    @cached_property
    def sets(self) -> dict[str, dict[str, int]]:
        """The sets by facet and value."""
        return {
            name: {value: as_set(numbers) for value, numbers in values.items()}
            for name, values in self._numbers.items()
        }

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of each thing that says most of it: one of our own, else that of fewest things."""
        found = [""] * len(self.iris)
        sizes = {value: len(numbers) for value, numbers in self._numbers["kind"].items()}
        for value in sorted(sizes, key=lambda value: (":" in value, sizes[value]), reverse=True):
            for number in self._numbers["kind"][value]:
                found[number] = value
        return found

    def weight(self, number: int) -> float:
        """What its score counts for: people look for an instrument before they look for a claim about it."""
        kind = self.kinds[number]
        main = 1.2 if kind in _PEOPLE else 1.0 if kind in _MAIN else 0.8
        return _WEIGHTS.get(kind, main)


def as_set(numbers: list[int]) -> int:
    """The set of some numbers."""
    bits = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def members(found: int) -> list[int]:
    """The numbers in a set, the least first."""
    return [number for number, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]
