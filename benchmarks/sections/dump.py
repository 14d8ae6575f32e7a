"""Everything at once: by CONSTRUCT, streamed, and as the file that lies ready; and what it does to the web process."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

from benchmarks import figures, mix, peers, processes
from benchmarks.figures import Figures
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

READY = "/dumps/latest/vesoc.nq.gz"
_PATIENCE = 900  # seconds until the files are made

Rounds = dict[str, list[Figures]]


class Watch:
    """Peaks of the process that speaks HTTP, and of the whole tree, above what they were; MiB."""

    def __init__(self, server: Server) -> None:
        self.root = server.process.pid
        self.web = processes.listener(self.root, server.port)
        self.before = self._now()
        self.peak = self.before
        self._over = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def growth(self) -> Figures:
        """By how much each peak was over the start."""
        names = ("web pss", "web rss", "tree pss")
        return {name: peak - start for name, peak, start in zip(names, self.peak, self.before, strict=True)}

    def _now(self) -> tuple[float, float, float]:
        return processes.pss(self.web), processes.rss(self.web), processes.memory(self.root)

    def _look(self) -> None:
        # Looking costs the kernel a walk over all pages: seldom enough not to slow what is watched.
        while not self._over.wait(0.5):
            web_pss, web_rss, tree_pss = map(max, self.peak, self._now())
            self.peak = web_pss, web_rss, tree_pss


def measure(rig: Rig) -> Figures:
    """Ours beside the Oxigraph server; its own door for data, which is no query, is the peer of our ready file."""
    rounds: Rounds = {"vesoc": [], "ox": [], "ready": [], "ox store": []}
    with peers.all_running(rig, ["vesoc", "ox"]) as servers:
        ready = _ready(servers["vesoc"])
        for number, order in enumerate(rig.turns(["vesoc", "ox"])):
            say(f"  dump: round {number + 1} of {rig.rounds}")
            for name in order:
                rounds[name].append(_constructed(servers[name]))
            rounds["ready"].append(_fetched(rig, servers["vesoc"], ready))
            rounds["ox store"].append(_fetched(rig, servers["ox"], "/store?default"))
    return {**{name: _summary(found) for name, found in rounds.items()}, **_ratios(rounds)}


def _ready(server: Server) -> str:
    """The path of the file that lies ready, once it does."""
    connection, until = server.connect(60), monotonic() + _PATIENCE
    path, answer = READY, connection.get(READY)
    while answer.status != 200 and monotonic() < until:
        path = urlsplit(answer.headers.get("location", path)).path
        sleep(0.0 if answer.status == 302 else 1.0)
        answer = connection.get(path, keep=False)
    connection.close()
    return path


def _constructed(server: Server) -> Figures:
    (query,) = mix.queries("q08")
    connection = server.connect(900)
    with Watch(server) as watch:
        answer = connection.get(server.target(query.distinct(1)), "application/n-triples", keep=False)
        connection.close()
        sleep(0.6)
    if answer.status != 200 or not answer.whole:
        raise SystemExit(f"{server.name}: the dump was answered {answer.status}, whole: {answer.whole}")
    rate = answer.size / answer.seconds / 1e6
    return {"rate": rate, "first byte": answer.first_byte * 1000, "seconds": answer.seconds, **watch.growth}


def _fetched(rig: Rig, server: Server, path: str) -> Figures:
    """`rate` counts the triples as text, however they were sent; `sent` the bytes."""
    connection = server.connect(900)
    answer = connection.get(path, "application/n-triples" if "store" in path else "*/*", keep=False)
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{server.name}: {path} was answered {answer.status}")
    text = rig.data.path.stat().st_size
    return {
        "rate": text / answer.seconds / 1e6,
        "sent": answer.size / answer.seconds / 1e6,
        "first byte": answer.first_byte * 1000,
        "seconds": answer.seconds,
    }


def _summary(rounds: list[Figures]) -> Figures:
    """Medians, but for growth, where the worst round counts."""
    return {key: (max if "ss" in key else figures.median)(found[key] for found in rounds) for key in rounds[0]}


def _ratios(rounds: Rounds) -> Figures:
    rates = {name: [found["rate"] for found in all_found] for name, all_found in rounds.items()}
    return {
        "construct ratio": figures.paired(rates["vesoc"], rates["ox"]),
        "ready ratio": figures.paired(rates["ready"], rates["ox"]),
        "ready to store ratio": figures.paired(rates["ready"], rates["ox store"]),
    }
