"""Good answers a second of one server, of two processes, and of two replicas behind nginx, with its cache and without.

python -m benchmarks.replicas [--rounds 4] [--seconds 5]

All run at the same time, those that are not asked being at rest, and take their turns in each round.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import generator, load, mix, peers, proxy
from benchmarks.load import Request
from benchmarks.peers import Plan, Server
from benchmarks.rig import FOLDER, Rig, say

CLIENTS = 16
_ROWS = "SELECT * { ?s ?p ?o } LIMIT 6000"
_PAGE = "/doc/akkoord/a1"
Requests = Callable[[Server], list[Request]]


def main() -> None:
    """Measure, and print a row for each kind of question."""
    chosen = _arguments()
    rig = Rig(generator.data(FOLDER, "20k"), rounds=chosen.rounds, seconds=chosen.seconds)
    with _all(rig) as servers:
        for name in servers:
            peers.settled(servers[name])
        print(f"{'':32}" + "".join(f"{name:>20}" for name in servers))
        for asked, requests in _ASKED.items():
            say(asked)
            print(f"{asked:32}" + "".join(f"{rate:>20,.0f}" for rate in _rates(rig, servers, requests)), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each burst")
    return parser.parse_args()


@contextmanager
def _all(rig: Rig) -> Iterator[dict[str, Server]]:
    with ExitStack() as stack, TemporaryDirectory(prefix="bench-") as name:

        def start(name: str, plan: Callable[[int], Plan]) -> Server:
            return stack.enter_context(peers.started(name, plan))

        one = start("one process", lambda port: _server(rig, port))
        two = start("two processes", lambda port: _server(rig, port, "--processes", "2"))
        # Each of these is a replica of its own: neither has seen what the others were asked.
        replicas = [start(f"replica {number}", lambda port: _server(rig, port)) for number in (1, 2)]
        ports = (replicas[0].port, replicas[1].port)
        passing = start("nginx, no cache", lambda port: _proxy(Path(name) / "passing", port, ports, keeps=False))
        keeping = start("nginx's cache", lambda port: _proxy(Path(name) / "keeping", port, ports, keeps=True))
        yield {server.name: server for server in (one, two, passing, keeping)}


def _server(rig: Rig, port: int, *options: str) -> Plan:
    command = [str(rig.vesoc), "serve", "--no-validate", "--data", str(rig.data.path), *options]
    return Plan([*command, "--host", "127.0.0.1", "--port", str(port)], "/sparql")


def _proxy(folder: Path, port: int, replicas: tuple[int, int], *, keeps: bool) -> Plan:
    folder.mkdir(exist_ok=True)
    return Plan(proxy.command(folder, port, replicas, keeps=keeps), "/sparql")


def _rates(rig: Rig, servers: dict[str, Server], requests: Requests) -> list[float]:
    rates: dict[str, list[float]] = {name: [] for name in servers}
    for order in rig.turns(list(servers)):
        for name in order:
            burst = load.run(servers[name], requests(servers[name]), rig.seconds, rig.data.agreements, CLIENTS)
            if burst.errors:
                raise SystemExit(f"{name}: {burst.errors} of {burst.requests} requests failed")
            rates[name].append(burst.rate)
    say(rates)
    return [statistics.median(found) for found in rates.values()]


_ASKED: dict[str, Requests] = {
    "the same ASK": lambda server: load.repeated(server, mix.ask()),
    "the page of an agreement": lambda server: [Request("text/html", _PAGE)],
    "the same 6,000 rows": lambda server: [Request(mix.JSON, server.target(_ROWS))],
    "another query each time": lambda server: load.cold(server, mix.light()),
}


if __name__ == "__main__":
    main()
