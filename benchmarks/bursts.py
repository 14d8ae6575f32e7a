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
    """The loads of each server, one a round, and the nanoseconds of `handover` between them, round by round."""

    loads: dict[str, list[Load]]
    handovers: list[list[float]]

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
        ratios = [our / ox for our, ox in zip(self.values("vesoc", key), self.values("ox", key), strict=True)]
        near = [ratio for ratio, seen in zip(ratios, self.handovers, strict=True) if max(seen) < handover.FAR]
        far = [ratio for ratio, seen in zip(ratios, self.handovers, strict=True) if min(seen) >= handover.FAR]
        return {name: _told(found) for name, found in (("near", near), ("far", far)) if found}


def in_turns(rig: Rig, title: str, names: list[str], burst: Callable[[str], Load]) -> Bursts:
    """Every round each of them once; `title` is for the progress."""
    loads: dict[str, list[Load]] = {name: [] for name in names}
    handovers = []
    for number, order in enumerate(rig.turns(names)):
        say(f"  {title}: round {number + 1} of {rig.rounds}")
        seen = [handover.nanoseconds()]
        for name in order:
            loads[name].append(burst(name))
            seen.append(handover.nanoseconds())
        handovers.append(seen)
    return Bursts(loads, handovers)


def _told(ratios: list[float]) -> Figures:
    return {"rounds": len(ratios), "ratio": figures.median(ratios)}
