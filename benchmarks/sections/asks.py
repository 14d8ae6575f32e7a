"""A minute of ASKs at full rate with a time limit on: whether all of them are answered."""

from __future__ import annotations

from dataclasses import asdict

from benchmarks import load, mix, peers
from benchmarks.figures import Figures
from benchmarks.rig import Rig, say

LIMIT = 10
SECONDS = 60


def measure(rig: Rig) -> Figures:
    """A quick run is shorter and omits the peer, whose sleeping threads may starve the whole machine."""
    names = ["vesoc"] if rig.quick else ["vesoc", "ox"]
    return {name: _asked(rig, name, rig.seconds if rig.quick else SECONDS) for name in names}


def _asked(rig: Rig, name: str, seconds: float) -> Figures:
    with peers.running(rig, name, limit=LIMIT) as server:
        burst = load.run(server, load.cold(server, mix.ask()), seconds, rig.data.agreements)
        say(f"  asks: {name}: {burst.requests} in {burst.seconds:.0f} s, {burst.errors} errors")
        return {**asdict(burst), "rate": burst.rate, "errors": burst.errors, "alive": server.alive}
