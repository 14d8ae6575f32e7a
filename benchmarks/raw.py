"""The store without a server: one process for each processor, each asking one query after the other."""

from __future__ import annotations

import json
import os
import subprocess

from benchmarks import figures
from benchmarks.load import Load
from benchmarks.mix import Query
from benchmarks.rig import Rig

_ENOUGH = 200  # texts of each query, which are asked in turn: the store keeps no answers

# The processes are forked from one that has loaded the data, as workers are.
_LOOPS = """
import json, os, sys
from time import perf_counter
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store
path, processes, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
texts = json.load(sys.stdin)
store = Store()
store.bulk_load(path=path)
def ask(text):
    started = perf_counter()
    answer = store.query(text)
    table = isinstance(answer, (QueryBoolean, QuerySolutions))
    answer.serialize(format=QueryResultsFormat.JSON if table else RdfFormat.N_TRIPLES)
    return perf_counter() - started
def times(place, until):
    found = []
    while perf_counter() < until:
        found.append(ask(texts[place % len(texts)]))
        place += 1
    return found
def child(number, until, pipe):
    with os.fdopen(pipe, "w") as told:
        json.dump(times(number * len(texts) // processes, until), told)
    os._exit(0)
until, pipes = perf_counter() + seconds, []
for number in range(processes):
    theirs, ours = os.pipe()
    if not os.fork():
        child(number, until, ours)
    os.close(ours)
    pipes.append(theirs)
print(json.dumps([one for pipe in pipes for one in json.load(os.fdopen(pipe))]))
"""


def run(rig: Rig, queries: list[Query]) -> Load:
    """As many answers as the store gives in one burst with all processors: hardly any server on it could give more."""
    texts = [query.distinct(rig.data.agreements) for _ in range(_ENOUGH) for query in queries]
    processors = len(os.sched_getaffinity(0))
    command = [figures.python_of_peers(), "-c", _LOOPS, str(rig.data.path), str(processors), str(rig.seconds)]
    printed = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True).stdout
    times = sorted(json.loads(printed))
    p50, p95, p99 = (times[len(times) * share // 100] * 1000 for share in (50, 95, 99))
    return Load(len(times), rig.seconds, 0, p50, p95, p99, refused=0, broken=0)
