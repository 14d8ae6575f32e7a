"""How long it takes until one processor sees what another has written.

Threads that share a store hand such lines of memory to each other with every query; processes with a store each hardly
do. So what a server with threads takes depends on where a host has put the processors of its guest, and its ratio to a
server with processes with it. A host may move them from one second to the next, which no setting of the guest shows.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from mmap import mmap
from time import perf_counter, perf_counter_ns

# Between what was measured within one cache (77 to 123) and across two (209 to 261).
FAR = 160.0

_TRIES = 20
_TURNS = 1000
# On a busy machine fewer tries have to do.
_SECONDS = 1.0
_LONGEST = 60


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
            return min(_tries(line)) / _TURNS / 2
        finally:
            os.sched_setaffinity(0, processors)
            os.kill(partner, signal.SIGKILL)
            os.waitpid(partner, 0)


def _tries(line: mmap) -> Iterator[int]:
    until = perf_counter() + _SECONDS
    for _ in range(_TRIES):
        yield _ask(line)
        if perf_counter() > until:
            return


def _ask(line: mmap) -> int:
    started = perf_counter_ns()
    for _ in range(_TURNS):
        line[0] = 1
        while line[0]:
            pass
    return perf_counter_ns() - started


def _answer(line: mmap, processor: int) -> None:
    """Until it is killed; by the alarm where the one that asks is gone."""
    try:
        signal.alarm(_LONGEST)
        os.sched_setaffinity(0, {processor})
        while True:
            while not line[0]:
                pass
            line[0] = 0
    finally:
        os._exit(1)
