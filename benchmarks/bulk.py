"""Ten million triples: made into a store on disk and served from it, by us and by the Oxigraph server in the same run.

python -m benchmarks.bulk [--size 10m] [--trouble]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep

from benchmarks import generator, mix, peers, processes, troubles
from benchmarks.rig import FOLDER, PEERS, Rig, say

_GLANCE = 0.1  # seconds between two looks at the memory
_PATIENCE = 3600.0
_KEPT = 65.0  # seconds after which our server keeps no worker of a slow query any longer
_MOST = 1.3  # times the memory of the peer


@dataclass(frozen=True)
class Figures:
    """One of the two: seconds and MiB; `queries` are milliseconds by query, None for one that was not answered."""

    load: float
    peak: float
    disk: float
    start: float = 0.0
    served: float = 0.0
    rested: float = 0.0
    queries: dict[str, float | None] | None = None


def main() -> None:
    """Measure both, print them side by side, and keep the figures."""
    chosen = _arguments()
    rig = Rig(generator.data(FOLDER, chosen.size), peers=("oxread",))
    with TemporaryDirectory(prefix="bulk-", dir=FOLDER) as folder:
        found = {name: _measured(name, rig, Path(folder)) for name in ("oxigraph", "vesoc")}
        _print(found, rig)
        (FOLDER / f"bulk-{chosen.size}.json").write_text(json.dumps({n: asdict(f) for n, f in found.items()}, indent=1))
        if chosen.trouble:
            troubles.all_of_them(rig, Path(folder) / "vesoc")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="10m", choices=generator.SIZES)
    parser.add_argument("--trouble", action="store_true", help="stop builds half-way too, and fill a disk")
    return parser.parse_args()


def _measured(name: str, rig: Rig, folder: Path) -> Figures:
    place = folder / name
    say(f"{name}: loading")
    load = _loads(rig, place)[name]
    seconds, peak = 0.0, 0.0
    for command in load:
        took, most = _watched(command)
        seconds, peak = seconds + took, max(peak, most)
    say(f"{name}: {seconds:.1f} s; serving")
    return _served(name, rig, place, Figures(seconds, peak, _size(place)))


def _loads(rig: Rig, place: Path) -> dict[str, list[list[str]]]:
    """Both load and then put what they have loaded into the order that queries read best."""
    oxigraph = [str(PEERS / "oxigraph")]
    where = ["--location", str(place)]
    return {
        "oxigraph": [[*oxigraph, "load", *where, "--file", str(rig.data.path)], [*oxigraph, "optimize", *where]],
        "vesoc": [[str(rig.vesoc), "build", "--out", str(place), str(rig.data.path)]],
    }


def _watched(command: list[str]) -> tuple[float, float]:
    """Seconds of a command, and the MiB of its processes at the highest."""
    peak, over = [0.0], Event()
    begun = perf_counter()
    process = subprocess.Popen(command, stdout=sys.stderr)

    def watch() -> None:
        while not over.wait(_GLANCE):
            peak[0] = max(peak[0], processes.memory(process.pid))

    watcher = Thread(target=watch)
    watcher.start()
    code = process.wait(_PATIENCE)
    took = perf_counter() - begun
    over.set()
    watcher.join()
    if code:
        raise SystemExit(f"{command[0]} ended with {code}")
    return took, peak[0]


def _served(name: str, rig: Rig, place: Path, figures: Figures) -> Figures:
    plans: dict[str, Callable[[int], peers.Plan]] = {
        "oxigraph": lambda port: peers.Plan(
            [str(PEERS / "oxigraph"), "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
        ),
        "vesoc": lambda port: peers.Plan(
            [str(rig.vesoc), "serve", "--store", str(place), "--host", "127.0.0.1", "--port", str(port)], "/sparql"
        ),
    }
    with peers.started(
        name, plans[name], environment={"VESOC_QUERY_TIMEOUT": "600", "VESOC_CACHE_SIZE": "0"}
    ) as server:
        sleep(1)
        times = {query.short: _asked(server, query) for query in mix.all_but_the_dump()}
        peers.settled(server)
        served = processes.memory(server.process.pid)
        sleep(_KEPT)
        rested = processes.memory(server.process.pid)
        return replace(figures, start=server.seconds, served=served, rested=rested, queries=times)


def _asked(server: peers.Server, query: mix.Query) -> float | None:
    """Milliseconds of a query, asked for the first time."""
    connection = server.connect(_PATIENCE)
    try:
        begun = perf_counter()
        answer = connection.get(server.target(query.fixed()), query.accept)
        return (perf_counter() - begun) * 1000 if answer.status == 200 else None
    finally:
        connection.close()


def _size(folder: Path) -> float:
    """MiB of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 2**20


def _print(found: dict[str, Figures], rig: Rig) -> None:
    theirs, ours = asdict(found["oxigraph"]), asdict(found["vesoc"])
    print(f"{rig.data.triples:,} triples, {rig.data.path.stat().st_size / 2**20:,.0f} MiB of N-Triples")
    print(f"{'':28}{'oxigraph':>12}{'vesoc':>12}{'ratio':>8}")
    rows = {**_UNITS, **dict.fromkeys(theirs["queries"], "ms")}
    for name, unit in rows.items():
        told = [figures[name] if name in figures else figures["queries"][name] for figures in (theirs, ours)]
        print(
            f"{_TITLES.get(name, name) + ', ' + unit:28}{_number(told[0]):>12}{_number(told[1]):>12}{_ratio(*told):>8}"
        )
    for name in ("peak", "served", "rested"):
        kept = ours[name] <= _MOST * theirs[name]
        print(f"{_TITLES[name]}: {'at most' if kept else 'MORE THAN'} {_MOST} times theirs")


_UNITS = {"load": "s", "peak": "MiB", "disk": "MiB", "start": "s", "served": "MiB", "rested": "MiB"}
_TITLES = {
    "load": "load",
    "peak": "memory of the load",
    "disk": "disk",
    "start": "start to first answer",
    "served": "memory after the mix",
    "rested": "memory a minute later",
}


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}"


def _ratio(theirs: float | None, ours: float | None) -> str:
    return f"{ours / theirs:.2f}" if theirs and ours else "-"


if __name__ == "__main__":
    main()
