"""How long it takes until one processor sees what another has written.

Threads that share a store hand such lines of memory to each other with every query; processes with a store each hardly
do. So what a server with threads takes depends on where a host has put the processors of its guest, and its ratio to a
server with processes with it. A host may move them from one second to the next, which no setting of the guest shows.
"""

from __future__ import annotations

import os
from mmap import mmap
from time import perf_counter_ns

# Between what was measured within one cache (77 to 123) and across two (209 to 261).
FAR = 160.0

_TRIES = 20
_TURNS = 1000


def nanoseconds() -> float:
    """One way, the loop of Python included; the least of some tries. Nothing where there is one processor only."""
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < 2:
        return 0.0
    with mmap(-1, 1) as line:
        partner = os.fork()
        if not partner:
            _answer(line, processors[1])
        try:
            os.sched_setaffinity(0, processors[:1])
            return min(_ask(line) for _ in range(_TRIES)) / _TURNS / 2
        finally:
            os.sched_setaffinity(0, processors)
            os.waitpid(partner, 0)


def _ask(line: mmap) -> int:
    started = perf_counter_ns()
    for _ in range(_TURNS):
        line[0] = 1
        while line[0]:
            pass
    return perf_counter_ns() - started


def _answer(line: mmap, processor: int) -> None:
    os.sched_setaffinity(0, {processor})
    for _ in range(_TRIES * _TURNS):
        while not line[0]:
            pass
        line[0] = 0
    os._exit(0)
