"""From the start of a process to its first right answer, and the memory of all its processes once they are at rest.

Ours once more when it has been asked for more than queries, and has ready what its pages need.
"""

from __future__ import annotations

import json
import subprocess

from benchmarks import figures, peers, processes
from benchmarks.figures import Figures
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

Round = tuple[float, float, float, float]
Rounds = dict[str, list[Round]]

KEYS = ("seconds", "memory", "peak", "with pages")

_RAW = """
import json, sys
from time import perf_counter
started = perf_counter()
from pyoxigraph import Store
store = Store()
store.bulk_load(path=sys.argv[1])
store.query(sys.argv[2])
print(json.dumps(perf_counter() - started), flush=True)
sys.stdin.read()
"""


def measure(rig: Rig) -> Figures:
    """Seconds and MiB of each server and of a bare pyoxigraph store, and ours against each of them."""
    names = [*rig.names, "raw"]
    found: Rounds = {name: [] for name in names}
    for number, order in enumerate(rig.turns(names)):
        say(f"  start: round {number + 1} of {rig.rounds}")
        for name in order:
            if rig.takes_part(name, number):
                found[name].append(_raw(rig) if name == "raw" else _server(rig, name))
    return {"servers": {name: _summary(rounds) for name, rounds in found.items()}, **_ratios(found)}


def _server(rig: Rig, name: str) -> Round:
    with peers.running(rig, name, settle=False) as server:
        peak = peers.settled(server)
        memory = processes.memory(server.process.pid)
        return server.seconds, memory, peak, _with_pages(server) if name == "vesoc" else memory


def _with_pages(server: Server) -> float:
    """MiB at rest after a request that is no query."""
    connection = server.connect()
    connection.get("/health/ready", "application/json")
    connection.close()
    peers.settled(server)
    return processes.memory(server.process.pid)


def _raw(rig: Rig) -> Round:
    """A Python process that loads the file, asks once and waits."""
    command = [figures.python_of_peers(), "-c", _RAW, str(rig.data.path), peers.READY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        seconds = json.loads(process.stdout.readline()) if process.stdout else 0.0
        memory = processes.memory(process.pid)
        process.communicate()
    return seconds, memory, memory, memory


def _summary(rounds: list[Round]) -> Figures:
    return {key: figures.median(values) for key, values in zip(KEYS, zip(*rounds, strict=True), strict=True)}


def _ratios(found: Rounds) -> Figures:
    columns = {name: list(zip(*rounds, strict=True)) for name, rounds in found.items()}
    return {
        f"{key} ratio": {
            name: figures.paired(columns["vesoc"][place], theirs[place]) for name, theirs in columns.items()
        }
        for place, key in enumerate(KEYS)
    }
