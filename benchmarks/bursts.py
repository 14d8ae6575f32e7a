"""Bursts of load on several servers in turns, and how far the processors were from each other meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import figures, handover
from benchmarks.figures import Figures
from benchmarks.load import Load
from benchmarks.rig import Rig, say


@dataclass(frozen=True)
class Bursts:
    """The loads of each server, one a round, and the nanoseconds of `handover` before and after each."""

    loads: dict[str, list[Load]]
    handovers: dict[str, list[tuple[float, float]]]

    def values(self, name: str, key: str) -> list[float]:
        """A field of one server's loads, round by round."""
        return [getattr(load, key) for load in self.loads[name]]

    def middle(self, name: str, key: str) -> float:
        """The median of that field."""
        return figures.median(self.values(name, key))

    def errors(self, name: str) -> int:
        """Of all rounds."""
        return sum(load.errors for load in self.loads[name])

    def ratio(self, other: str, key: str) -> float:
        """Ours over another's, the median of the rounds."""
        return figures.paired(self.values("vesoc", key), self.values(other, key))

    def by_distance(self, key: str) -> Figures:
        """Ours over ox's in the rounds with near processors, and in those with far ones; others are in neither."""
        if "ox" not in self.loads:
            return {}
        ratios: dict[str, list[float]] = {"near": [], "far": [], "both": []}
        pairs = zip(self.values("vesoc", key), self.values("ox", key), strict=True)
        seen = zip(self.handovers["vesoc"], self.handovers["ox"], strict=True)
        for (our, ox), (before, after) in zip(pairs, seen, strict=True):
            ratios[_distance(before + after)].append(our / ox)
        return {name: _told(ratios[name]) for name in ("near", "far") if ratios[name]}


def in_turns(rig: Rig, title: str, names: list[str], burst: Callable[[str], Load]) -> Bursts:
    """Every round each of them once; `title` is for the progress."""
    found = Bursts({name: [] for name in names}, {name: [] for name in names})
    for number, order in enumerate(rig.turns(names)):
        say(f"  {title}: round {number + 1} of {rig.rounds}")
        before = handover.nanoseconds()
        for name in order:
            found.loads[name].append(burst(name))
            after = handover.nanoseconds()
            found.handovers[name].append((before, after))
            before = after
    return found


def _distance(seen: tuple[float, ...]) -> str:
    if max(seen) < handover.FAR:
        return "near"
    return "far" if min(seen) >= handover.FAR else "both"


def _told(ratios: list[float]) -> Figures:
    return {"rounds": len(ratios), "ratio": figures.median(ratios)}
