"""The store without a server: in a process with the data, or in one for each processor."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from benchmarks import figures
from benchmarks.load import Load
from benchmarks.mix import Query
from benchmarks.rig import Rig

_ENOUGH = 200  # texts of each query, which are asked in turn: the store keeps no answers

_STORE = """
import json, os, sys
from time import perf_counter
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store
given = json.load(sys.stdin)
store = Store()
store.bulk_load(path=sys.argv[1])
def seconds(text):
    started = perf_counter()
    answer = store.query(text)
    table = isinstance(answer, (QueryBoolean, QuerySolutions))
    answer.serialize(format=QueryResultsFormat.JSON if table else RdfFormat.N_TRIPLES)
    return perf_counter() - started
"""

# The processes are forked from the one that has loaded the data, as workers are.
_LOOPS = """
processes, until = int(sys.argv[2]), perf_counter() + float(sys.argv[3])
def times(place):
    while perf_counter() < until:
        yield seconds(given[place % len(given)])
        place += 1
pipes = []
for number in range(processes):
    theirs, ours = os.pipe()
    if not os.fork():
        with os.fdopen(ours, "w") as told:
            json.dump(list(times(number * len(given) // processes)), told)
        os._exit(0)
    os.close(ours)
    pipes.append(theirs)
print(json.dumps([one for pipe in pipes for one in json.load(os.fdopen(pipe))]))
"""


def asked(rig: Rig, script: str, given: object, *arguments: str) -> Any:
    """What a Python script prints as JSON that has the data as `store`, `seconds` for a query, and `given`."""
    command = [figures.python_of_peers(), "-c", _STORE + script, str(rig.data.path), *arguments]
    run = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def burst(rig: Rig, queries: list[Query]) -> Load:
    """As many answers as the store gives in one burst with all processors: hardly any server on it could give more."""
    texts = [query.distinct(rig.data.agreements) for _ in range(_ENOUGH) for query in queries]
    times = sorted(asked(rig, _LOOPS, texts, str(len(os.sched_getaffinity(0))), str(rig.seconds)))
    p50, p95, p99 = (times[len(times) * share // 100] * 1000 for share in (50, 95, 99))
    return Load(len(times), rig.seconds, 0, p50, p95, p99, refused=0, broken=0)
