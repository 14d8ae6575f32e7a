"""Requests a second from eight clients who ask the same again: whole answers, and 304 where the client has it still."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import bursts, load, mix, peers
from benchmarks.figures import Figures
from benchmarks.load import Load, Request
from benchmarks.mix import Query
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

KINDS: dict[str, Callable[[], list[Query]]] = {
    "mix": mix.all_but_the_dump,
    "ask": mix.ask,
    "aggregates": mix.aggregates,
}


def measure(rig: Rig) -> Figures:
    """Ours against the Oxigraph server, which works each answer out anew."""
    with peers.all_running(rig, ["vesoc", "ox"]) as servers:
        figures_of_kinds = {kind: _kind(rig, servers, kind, queries()) for kind, queries in KINDS.items()}
        return {**figures_of_kinds, "304s": _not_modified(rig, servers)}


def _kind(rig: Rig, servers: dict[str, Server], kind: str, queries: list[Query]) -> Figures:
    requests = {name: load.repeated(server, queries) for name, server in servers.items()}
    return _bursts(rig, servers, kind, requests)


def _not_modified(rig: Rig, servers: dict[str, Server]) -> Figures:
    """Our 304s for the aggregates beside the answers of the Oxigraph server."""
    ours = load.tags(servers["vesoc"], mix.aggregates())
    if len(ours) < len(mix.aggregates()) or not load.not_modified(servers["vesoc"], ours):
        say("  no ETag: /sparql gives none, or does not answer 304 to it; not measured")
        return {"missing": "no ETag"}
    return _bursts(rig, servers, "304s", {"vesoc": ours, "ox": load.repeated(servers["ox"], mix.aggregates())})


def _bursts(rig: Rig, servers: dict[str, Server], kind: str, requests: dict[str, list[Request]]) -> Figures:
    def burst(name: str) -> Load:
        return load.run(servers[name], requests[name], rig.seconds, rig.data.agreements)

    found = bursts.in_turns(rig, f"repeated, {kind}", list(servers), burst)
    return {
        "rate": {name: found.middle(name, "rate") for name in servers},
        "p99": {name: found.middle(name, "p99") for name in servers},
        "errors": {name: found.errors(name) for name in servers},
        "ratio": found.ratio("ox", "rate"),
        "distance": found.by_distance("rate"),
    }
