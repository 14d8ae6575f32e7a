"""One use of a worker by a request, and why it may end early."""

from __future__ import annotations

from vesoc.errors import Problem
from vesoc.runner import Runner


class Turn:
    """One request's use of a worker; `reason` says why it was stopped, where we did it.

    `processor` (seconds) and `memory` (bytes) are what it had taken when it was last weighed, `memory` of slow ones.
    """

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.slow = False
        self.halted = False
        self.reason: Problem | None = None
        self.processor: float | None = None
        self.memory: int | None = None

    def weigh(self) -> int:
        """Bytes that it holds now beyond what it began with."""
        self.clock()
        grown = self.runner.grown()
        self.memory = max(grown, self.memory or 0)
        return grown

    def clock(self) -> None:
        """See how much of a processor it has had; of a worker that has ended nobody knows more than before."""
        spent = self.runner.spent()
        if not self.runner.gone and spent >= 0:
            self.processor = spent

    def stop(self, reason: Problem) -> None:
        """Kill the worker."""
        self.reason = reason
        self.runner.kill()


def full() -> Problem:
    """The server has too much to do."""
    return Problem(
        503,
        "the server is full; try again in a moment",
        kind="full",
        extra={"limit": "places"},
        headers={"Retry-After": "2"},
    )


def out_of_memory() -> Problem:
    """The query took more than its share."""
    return Problem(
        503,
        "the query ended before its answer: it took more than its share of memory, or the engine failed on it",
        kind="memory",
        extra={"limit": "memory"},
    )
