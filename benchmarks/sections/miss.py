"""What the cache of answers costs a query that is not in it: ours beside ours with the cache off."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks import figures, load, mix, peers
from benchmarks.figures import Figures
from benchmarks.rig import Rig, say


def measure(rig: Rig) -> Figures:
    """The rate without the cache over the rate with it, each request new; over 1 is what a miss costs."""
    off = dict(setting.split("=", 1) for setting in rig.uncached)
    with ExitStack() as stack:
        servers = {
            "with": stack.enter_context(peers.running(rig, "vesoc")),
            "without": stack.enter_context(peers.running(rig, "vesoc", environment=off)),
        }
        return {title: _compared(rig, servers, title) for title in ("ask", "all but the dump")}


def _compared(rig: Rig, servers: dict[str, peers.Server], title: str) -> Figures:
    queries = mix.ask() if title == "ask" else mix.all_but_the_dump()
    rates: dict[str, list[float]] = {name: [] for name in servers}
    for number, order in enumerate(rig.turns(list(servers))):
        say(f"  miss, {title}: round {number + 1} of {rig.rounds}")
        for name in order:
            burst = load.run(servers[name], load.cold(servers[name], queries), rig.seconds, rig.data.agreements)
            rates[name].append(burst.rate)
    return {"ratio": figures.paired(rates["without"], rates["with"])}
