"""Requests a second from eight clients, each request new: all but the dump, the light ones, ASK alone."""

from __future__ import annotations

from dataclasses import asdict

from benchmarks import figures, load, mix, peers, raw
from benchmarks.figures import Figures
from benchmarks.load import Load
from benchmarks.mix import Query
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

MIXES = {"all but the dump": mix.all_but_the_dump, "light": mix.light, "ask": mix.ask}

Bursts = dict[str, list[Load]]


def measure(rig: Rig) -> Figures:
    """For each mix the rate and p99 of each server and of the store alone, and ours against each of them."""
    with peers.all_running(rig, rig.names) as servers:
        return {title: _compared(_bursts(rig, servers, title, queries())) for title, queries in MIXES.items()}


def _bursts(rig: Rig, servers: dict[str, Server], title: str, queries: list[Query]) -> Bursts:
    found: Bursts = {name: [] for name in (*servers, "raw")}
    for number, order in enumerate(rig.turns(list(found))):
        say(f"  throughput, {title}: round {number + 1} of {rig.rounds}")
        for name in order:
            found[name].append(_burst(rig, servers[name], queries) if name in servers else raw.burst(rig, queries))
    return found


def _burst(rig: Rig, server: Server, queries: list[Query]) -> Load:
    return load.run(server, load.cold(server, queries), rig.seconds, rig.data.agreements)


def _compared(bursts: Bursts) -> Figures:
    return {
        "servers": {name: _summary(loads) for name, loads in bursts.items()},
        "rate": {name: figures.paired(_rates(bursts["vesoc"]), _rates(loads)) for name, loads in bursts.items()},
        "p99": {name: figures.paired(_p99s(bursts["vesoc"]), _p99s(loads)) for name, loads in bursts.items()},
    }


def _summary(loads: list[Load]) -> Figures:
    middle = {key: figures.median(asdict(burst)[key] for burst in loads) for key in ("p50", "p95", "p99")}
    return {"rate": figures.median(_rates(loads)), **middle, "errors": sum(burst.errors for burst in loads)}


def _rates(loads: list[Load]) -> list[float]:
    return [burst.rate for burst in loads]


def _p99s(loads: list[Load]) -> list[float]:
    return [burst.p99 for burst in loads]
