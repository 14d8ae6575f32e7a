"""p50 of each query as no server has seen it before, one client, the servers in turns."""

from __future__ import annotations

from benchmarks import figures, mix, peers, raw
from benchmarks.connection import Connection
from benchmarks.figures import Figures
from benchmarks.mix import Query
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

MOST = 200

Times = dict[str, dict[str, list[float]]]
Asked = dict[str, dict[str, list[list[float]]]]


def measure(rig: Rig) -> Figures:
    """Milliseconds of each query on each server, and the ratios to the Oxigraph server."""
    # What a cold CONSTRUCT of everything costs at a million triples is asked by the section on dumps.
    queries = mix.queries() if rig.data.triples < 100_000 else mix.all_but_the_dump()
    with peers.all_running(rig, rig.names) as servers:
        asked = _asked(rig, servers, queries)
    times = {
        query: {name: list(map(figures.median, rounds)) for name, rounds in found.items()}
        for query, found in asked.items()
    }
    return {"p50": _medians(times), "ratio": _ratios(times), "first": _firsts(asked), "raw": _raw(rig, queries)}


def _asked(rig: Rig, servers: dict[str, Server], queries: list[Query]) -> Asked:
    """Milliseconds of each request, round by round."""
    connections = {name: server.connect(900) for name, server in servers.items()}
    asked: Asked = {query.name: {name: [] for name in servers} for query in queries}
    for number, order in enumerate(rig.turns()):
        say(f"  cold: round {number + 1} of {rig.rounds}")
        for query in queries:
            for name in order:
                if rig.takes_part(name, number):
                    asked[query.name][name].append(_spent(rig, query, servers[name], connections[name]))
    return asked


def _spent(rig: Rig, query: Query, server: Server, connection: Connection) -> list[float]:
    """As many requests as fit into a fifth of a second, to one server after the other."""
    spent: list[float] = []
    while not spent or (sum(spent) < 200 and len(spent) < MOST):
        answer = connection.get(server.target(query.distinct(rig.data.agreements)), query.accept, keep=False)
        if answer.status != 200 or not answer.whole:
            raise SystemExit(f"{server.name}: {query.name} was answered {answer.status}")
        spent.append(answer.seconds * 1000)
    return spent


def _firsts(asked: Asked) -> dict[str, dict[str, float]]:
    """Milliseconds of the very first request, before which the server had nothing of what the query reads at hand."""
    return {query: {name: rounds[0][0] for name, rounds in found.items() if rounds} for query, found in asked.items()}


def _medians(times: Times) -> dict[str, dict[str, float]]:
    return {query: {name: figures.median(rounds) for name, rounds in found.items()} for query, found in times.items()}


def _ratios(times: Times) -> dict[str, dict[str, float]]:
    """By name of server; the geometric mean beside the queries."""
    names = next(iter(times.values()))
    ratios = {
        name: {query: figures.paired(found[name], found["ox"]) for query, found in times.items()}
        for name in names
        if "ox" in names
    }
    return {name: {**found, "geometric mean": figures.geometric(found.values())} for name, found in ratios.items()}


_MIDDLE = """
print(json.dumps({name: sorted(map(seconds, texts))[len(texts) // 2] for name, texts in given.items()}))
"""


def _raw(rig: Rig, queries: list[Query]) -> dict[str, float]:
    """The same in a process of its own that holds the store: no server could be quicker."""
    texts = {query.name: [query.distinct(rig.data.agreements) for _ in range(5)] for query in queries}
    return {name: seconds * 1000 for name, seconds in raw.asked(rig, _MIDDLE, texts).items()}
