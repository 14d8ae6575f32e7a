"""What the cache of answers costs a query that is not in it: ours beside ours with the cache off."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks import figures, load, mix, peers
from benchmarks.figures import Figures
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

# Of two servers that do the same, one may be some percent quicker for as long as it runs: several are compared.
PAIRS = 6
Pair = dict[str, Server]


def measure(rig: Rig) -> Figures:
    """The rate without the cache over the rate with it, each request new; over 1 is what a miss costs."""
    with ExitStack() as stack:
        pairs = [_pair(rig, stack) for _ in range(PAIRS)]
        return {title: _compared(rig, pairs, title) for title in ("ask", "all but the dump")}


def _pair(rig: Rig, stack: ExitStack) -> Pair:
    off = dict(setting.split("=", 1) for setting in rig.uncached)
    return {
        "with": stack.enter_context(peers.running(rig, "vesoc")),
        "without": stack.enter_context(peers.running(rig, "vesoc", environment=off)),
    }


def _compared(rig: Rig, pairs: list[Pair], title: str) -> Figures:
    queries = mix.ask() if title == "ask" else mix.all_but_the_dump()
    rates: dict[str, list[float]] = {name: [] for name in pairs[0]}
    for number, order in enumerate(rig.turns(list(rates))):
        say(f"  miss, {title}: round {number + 1} of {rig.rounds}")
        for pair in pairs:
            for name in order:
                burst = load.run(pair[name], load.cold(pair[name], queries), rig.seconds, rig.data.agreements)
                rates[name].append(burst.rate)
    return {"ratio": figures.paired(rates["without"], rates["with"])}
