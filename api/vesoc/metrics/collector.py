"""The metrics of one server, told when somebody asks: what was counted, and how things stand."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from prometheus_client.core import Metric

from vesoc import __version__
from vesoc.cache import Cache
from vesoc.crowd import Crowd
from vesoc.metrics.families import counter, counters, gauge, gauges, histogram, info
from vesoc.metrics.tally import Histogram, Tally
from vesoc.pool import Pool
from vesoc.records import HIT, MISS, OTHER_OUTCOMES, OUTCOMES, UNCHANGED
from vesoc.reloading import Reloader

_KINDS = ("ASK", "CONSTRUCT", "DESCRIBE", "OTHER", "SELECT")
_QUERIES = dict.fromkeys(((kind, outcome) for kind in _KINDS for outcome in {*OUTCOMES.values(), *OTHER_OUTCOMES}), 0)
_KILLED = dict.fromkeys(("client", "failure", "full", "memory", "timeout"), 0)
_RETIRED = dict.fromkeys(("idle", "memory", "reload", "slow", "uses"), 0)


@dataclass(frozen=True)
class Sources:
    """What the metrics are read from."""

    tally: Tally
    cache: Cache
    pool: Pool
    reloader: Reloader
    crowd: Crowd


class Collector:
    """A collector of prometheus_client; `memory` are the bytes of memory by kind of process.

    Labels have values of ours alone, and each is there from the start: a rate needs the zero before the first.
    """

    def __init__(self, sources: Sources, memory: Mapping[str, int]) -> None:
        self._sources = sources
        self._memory = memory

    def collect(self) -> Iterator[Metric]:
        """All families."""
        yield from _requests(self._sources.tally, self._sources.crowd)
        yield from _queries(self._sources.tally)
        yield from _workers(self._sources.pool)
        yield from _cache(self._sources.cache, self._sources.tally)
        yield from _data(self._sources.pool, self._sources.reloader)
        told = "Proportional set size of all processes of a kind; pages that several share count once."
        yield gauges("vesoc_memory_pss_bytes", told, ("kind",), self._memory)
        built = {"pyoxigraph": version("pyoxigraph"), "python": platform.python_version()}
        yield info("vesoc_build", "The software that runs.", version=__version__, **built)


def _requests(tally: Tally, crowd: Crowd) -> Iterator[Metric]:
    yield counters(
        "vesoc_http_requests",
        "Requests that are over, by template of their route, method and status (0: nobody was left to answer).",
        ("route", "method", "status"),
        tally.requests,
    )
    yield histogram(
        "vesoc_http_request_duration_seconds",
        "Time from a request to the end of its answer.",
        ("route",),
        tally.durations,
    )
    yield counter("vesoc_http_response_body_bytes", "Bytes of the bodies of answers.", tally.bytes)
    connections = {"served": crowd.inside, "refused": crowd.leaving}
    yield gauges("vesoc_http_connections", "Connections that are open.", ("state",), connections)


def _queries(tally: Tally) -> Iterator[Metric]:
    yield counters(
        "vesoc_queries",
        "SPARQL queries by their kind and what came of them.",
        ("kind", "outcome"),
        {**_QUERIES, **tally.queries},
    )
    durations = {**{kind: Histogram() for kind in _KINDS}, **tally.query_durations}
    told = "Time from a query to the end of its answer, where it was not in the cache."
    yield histogram("vesoc_query_duration_seconds", told, ("kind",), durations)
    told = "Queries that took VESOC_SLOW_QUERY seconds or more."
    yield counter("vesoc_slow_queries", told, tally.slow_queries)
    told = "Time that requests for a worker waited for one."
    yield histogram("vesoc_worker_wait_seconds", told, (), {(): tally.waits})


def _workers(pool: Pool) -> Iterator[Metric]:
    lanes = [snapshot.lanes for snapshot in pool.snapshots]
    waiting = {"worker": sum(lane.waiting for lane in lanes), "slow": pool.slow.halted}
    yield gauges(
        "vesoc_queue_length", "Requests that wait for a worker, and slow ones that are halted.", ("queue",), waiting
    )
    yield gauge("vesoc_slow_places", "Slow requests that may run at the same time.", pool.slow.places)
    yield gauge("vesoc_slow_places_used", "Slow requests that run.", pool.slow.running)
    idle, kept = sum(lane.idle for lane in lanes), sum(lane.kept for lane in lanes)
    states = {"idle": idle - kept, "kept": kept, "running": sum(lane.busy for lane in lanes)}
    told = "Workers that are free, the same of those that have been slow, and those that answer."
    yield gauges("vesoc_workers", told, ("state",), states)
    told = "Workers that ended before their answer was whole, by the reason."
    yield counters("vesoc_workers_killed", told, ("reason",), {**_KILLED, **pool.slow.killed})
    told = "Workers that were free and are not used again, by the reason."
    yield counters("vesoc_workers_retired", told, ("reason",), {**_RETIRED, **pool.slow.retired})
    yield gauge("vesoc_engine_up", "Whether the engine that holds the data is there.", pool.current.up)
    yield counter("vesoc_engine_restarts", "How often an engine ended by itself and was started anew.", pool.restarts)


def _cache(cache: Cache, tally: Tally) -> Iterator[Metric]:
    outcomes = {HIT: 0, MISS: 0, UNCHANGED: 0, **tally.cache}
    told = "Requests whose answer may be kept: it was in the cache, it was not, or the client had it (304)."
    yield counters("vesoc_cache_requests", told, ("outcome",), outcomes)
    yield gauge("vesoc_cache_bytes", "Bytes that the answers in the cache take.", cache.held)
    yield gauge("vesoc_cache_size_bytes", "Bytes that they may take.", cache.size)
    yield gauge("vesoc_cache_entries", "Answers in the cache.", cache.entries)
    yield counter("vesoc_cache_evictions", "Answers that made room for others.", cache.evictions)


def _data(pool: Pool, reloader: Reloader) -> Iterator[Metric]:
    current, loaded = pool.current, pool.current.known
    if loaded:
        yield info("vesoc_dataset", "The data that is served.", digest=loaded.digest, state=loaded.state)
        yield gauge("vesoc_dataset_triples", "Triples of the data that is served.", loaded.triples)
    yield gauge("vesoc_dataset_generation", "Number of the load that the data came with.", current.generation)
    since = current.since.timestamp()
    yield gauge("vesoc_dataset_since_timestamp_seconds", "Moment since which the data is served.", since)
    counts = {"done": 0, "refused": 0, "unchanged": 0, **reloader.counts}
    yield counters("vesoc_reloads", "Wishes for new data, by what came of them.", ("outcome",), counts)
