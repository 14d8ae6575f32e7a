"""Workers that are kept after a slow request, for the memory that they have made their own.

The store counts references in the pages that it reads. A worker shares these pages with the engine until it first looks
at them; then the kernel copies each, which takes longer than many a scan. The next request on the same worker does not
pay again. What is kept is bounded in number, in time and in memory, and goes first where running requests need room.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter

from vesoc.runner import Runner

MOST_LEFT = 64 * 1024 * 1024  # bytes of its own that a worker may hold when it has given back what is free


class Kept:
    """Free workers that have answered slow requests, of all lanes; the one that was used last is taken first.

    As many stay as there are processors, each for `seconds` after its last slow request, all within `room` bytes.
    `retired` counts those that go, by the reason.
    """

    def __init__(self, seconds: float, room: int, retired: Counter[str]) -> None:
        self._seconds = seconds
        self._most = len(os.sched_getaffinity(0)) if seconds else 0
        self._room = room
        self._retired = retired
        self._free: dict[Runner, object] = {}
        self._timer: asyncio.TimerHandle | None = None

    def refusal(self, runner: Runner, slow: bool) -> str | None:
        """Why a worker that has answered is not used again; None where it is. A `slow` request makes its time new."""
        now = time.monotonic()
        if slow and not self._most:
            return "slow"
        if slow:
            runner.due, runner.copied = now + self._seconds, runner.copied_at_most()
            if runner.copied > self._room:
                return "memory"
        return "idle" if runner.due <= now else None

    def add(self, owner: object, runner: Runner) -> None:
        """A worker is free; the one that was used longest ago goes where there are too many, or too large ones."""
        self._free[runner] = owner
        while len(self._free) > self._most:
            self._retire(next(iter(self._free)), "slow")
        self.fit(self._room)
        self._watch()

    def take(self, owner: object) -> Runner | None:
        """The worker of these lanes that was used last; None where they have none."""
        if not self._free:
            return None
        runner = next((runner for runner in reversed(self._free) if self._free[runner] is owner), None)
        if runner:
            del self._free[runner]
        return runner

    def fit(self, room: int) -> None:
        """Hold no more than so many bytes from now on."""
        self._room = room
        while self._free and sum(runner.copied for runner in self._free) > room:
            self._retire(next(iter(self._free)), "memory")

    def of(self, owner: object) -> list[Runner]:
        """Those of these lanes."""
        return [runner for runner, lanes in self._free.items() if lanes is owner]

    def _watch(self) -> None:
        """Look again when the time of the first is over."""
        if self._free and not self._timer:
            due = min(runner.due for runner in self._free)
            self._timer = asyncio.get_running_loop().call_later(due - time.monotonic(), self._sweep)

    def _sweep(self) -> None:
        self._timer = None
        now = time.monotonic()
        for runner in [runner for runner in self._free if runner.due <= now]:
            self._retire(runner, "idle")
        self._watch()

    def _retire(self, runner: Runner, reason: str) -> None:
        del self._free[runner]
        if not runner.gone:
            self._retired[reason] += 1
        runner.dismiss()
