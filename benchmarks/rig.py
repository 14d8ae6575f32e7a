"""What every section needs to know: the data, the peers, the number of rounds, and where things are."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generator import Data

FOLDER = Path("build/bench")
PEERS = Path("build/peers/bin")
SLOW = {"rdflib", "oxdisk", "virtuoso"}
SLOW_ROUNDS = 3


@dataclass(frozen=True)
class Rig:
    """`seconds` is how long one burst of load lasts, `rounds` how often everything is measured, in turns."""

    data: Data
    rounds: int = 10
    seconds: float = 5.0
    peers: tuple[str, ...] = ("ox", "rdflib")
    quick: bool = False
    vesoc: Path = field(default_factory=lambda: Path(sys.executable).parent / "vesoc")
    uncached: tuple[str, ...] = ("VESOC_CACHE_SIZE=0",)

    @property
    def names(self) -> list[str]:
        """Ours first, then the peers that can be started here."""
        return ["vesoc", *(name for name in self.peers if name != "virtuoso" or shutil.which("virtuoso-t"))]

    def takes_part(self, name: str, number: int) -> bool:
        """Slow peers sit out the later rounds of what takes them long."""
        return number < SLOW_ROUNDS or name not in SLOW

    def turns(self, names: list[str] | None = None) -> Iterator[list[str]]:
        """For each round the order in which all take their turn; the first becomes the last."""
        order = names or self.names
        for number in range(self.rounds):
            start = number % len(order)
            yield order[start:] + order[:start]


def say(*words: object) -> None:
    """Progress, on the standard error."""
    print(*words, file=sys.stderr, flush=True)
