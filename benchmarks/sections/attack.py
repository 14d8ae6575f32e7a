"""A cheap query while twenty clients send runaways, under a time limit of five seconds; and what burns afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import perf_counter, sleep

from benchmarks import figures, mix, peers, processes
from benchmarks.connection import Cut
from benchmarks.figures import Figures
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

ATTACKERS = 20
LIMIT = 5
LONGEST = 60.0
# MiB that the machine can spare for a peer without a limit of its own.
MEMORY = 12 * 1024
# A person or a page that asks, not a flood: what counts is how long it waits.
PAUSE = 0.02


@dataclass
class Waits:
    """Of the cheap query; milliseconds."""

    times: list[float] = field(default_factory=list)
    errors: int = 0

    def add(self, seconds: float | None) -> None:
        """A refusal comes quickly and is no answer: it counts as the longest wait."""
        self.errors += seconds is None
        self.times.append((LONGEST if seconds is None else seconds) * 1000)


def measure(rig: Rig) -> Figures:
    """Ours and the Oxigraph server, each started anew every round, since neither may hand on its ruins."""
    found: dict[str, list[tuple[Waits, Waits, float]]] = {"vesoc": [], "ox": []}
    for number, order in enumerate(rig.turns(list(found))):
        for name in order:
            say(f"  attack: round {number + 1} of {rig.rounds}, {name}")
            with peers.running(rig, name, limit=LIMIT, memory=MEMORY) as server:
                found[name].append(_round(rig, server))
    summaries = {name: _summary(rounds) for name, rounds in found.items()}
    return {"seconds": _seconds(rig), "servers": summaries, "ratio": _ratios(summaries)}


def _seconds(rig: Rig) -> float:
    """Long enough for several runaways to end."""
    return max(rig.seconds, 8.0)


def _round(rig: Rig, server: Server) -> tuple[Waits, Waits, float]:
    alone = cheap(rig, server, 1.0)
    with attacked(rig, server):
        sleep(1)
        under = cheap(rig, server, _seconds(rig))
    return alone, under, burning(server)


def cheap(rig: Rig, server: Server, seconds: float) -> Waits:
    """One client that looks one thing up, again and again."""
    (query,) = mix.queries("q01")
    waits, connection = Waits(), server.connect(LONGEST)
    end = perf_counter() + seconds
    while perf_counter() < end:
        try:
            answer = connection.get(server.target(query.distinct(rig.data.agreements)), query.accept)
            waits.add(answer.seconds if answer.status == 200 and answer.whole else None)
        except (Cut, OSError):
            waits.add(None)
        sleep(PAUSE)
    connection.close()
    return waits


@contextmanager
def attacked(rig: Rig, server: Server) -> Iterator[None]:
    """Runaways from all sides for as long as the block lasts; then all hang up."""
    over = Event()
    texts = list(mix.burning().values())
    threads = [Thread(target=_attacker, args=(server, texts[number % len(texts)], over)) for number in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _attacker(server: Server, text: str, over: Event) -> None:
    """Asks again after each answer, which may be a refusal."""
    while not over.is_set():
        with suppress(OSError):
            _attack(server, f"{text} # {perf_counter()}", over)
        over.wait(0.1)


def _attack(server: Server, text: str, over: Event) -> None:
    """A second of silence is only a reason to see whether the attack is over."""
    connection = server.connect(1.0)
    connection.send("POST", server.path, {"Content-Type": "application/sparql-query"}, text.encode())
    while not over.is_set() and not connection.answered():
        pass
    connection.close()


def burning(server: Server, rest: float = 2.0, span: float = 3.0) -> float:
    """Processors in use when all clients have gone and had time to be missed."""
    sleep(rest)
    before = processes.processor_seconds(server.process.pid)
    sleep(span)
    return max(processes.processor_seconds(server.process.pid) - before, 0.0) / span


def _summary(rounds: list[tuple[Waits, Waits, float]]) -> Figures:
    alone = [time for found, _, _ in rounds for time in found.times]
    under = [time for _, found, _ in rounds for time in found.times]
    return {
        "alone": {f"p{share}": figures.percentile(alone, share / 100) for share in (50, 95, 99)},
        "attacked": {f"p{share}": figures.percentile(under, share / 100) for share in (50, 95, 99)},
        "served": len(under) / len(rounds),
        "errors": sum(found.errors for _, found, _ in rounds),
        "burning": figures.median(burnt for _, _, burnt in rounds),
    }


def _ratios(summaries: dict[str, Figures]) -> dict[str, float]:
    ours, ox = (summaries[name]["attacked"] for name in ("vesoc", "ox"))
    return {share: ours[share] / ox[share] for share in ours}
