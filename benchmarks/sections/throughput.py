"""Requests a second from eight clients, each request new: all but the dump, the light ones, ASK alone."""

from __future__ import annotations

from benchmarks import bursts, load, mix, peers, raw
from benchmarks.bursts import Bursts
from benchmarks.figures import Figures
from benchmarks.load import Load
from benchmarks.mix import Query
from benchmarks.peers import Server
from benchmarks.rig import Rig

MIXES = {"all but the dump": mix.all_but_the_dump, "light": mix.light, "ask": mix.ask}


def measure(rig: Rig) -> Figures:
    """For each mix the rate and p99 of each server and of the store alone, and ours against each of them."""
    with peers.all_running(rig, rig.names) as servers:
        return {title: _compared(_bursts(rig, servers, title, queries())) for title, queries in MIXES.items()}


def _bursts(rig: Rig, servers: dict[str, Server], title: str, queries: list[Query]) -> Bursts:
    def burst(name: str) -> Load:
        if name not in servers:
            return raw.burst(rig, queries)
        return load.run(servers[name], load.cold(servers[name], queries), rig.seconds, rig.data.agreements)

    return bursts.in_turns(rig, f"throughput, {title}", [*servers, "raw"], burst)


def _compared(found: Bursts) -> Figures:
    return {
        "servers": {name: _summary(found, name) for name in found.loads},
        "rate": {name: found.ratio(name, "rate") for name in found.loads},
        "p99": {name: found.ratio(name, "p99") for name in found.loads},
        "distance": found.by_distance("rate"),
    }


def _summary(found: Bursts, name: str) -> Figures:
    return {key: found.middle(name, key) for key in ("rate", "p50", "p95", "p99")} | {"errors": found.errors(name)}
