"""How much memory processes take, by their proportional set size (PSS): what several share counts once."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Iterable, Mapping

_PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
_FRESH = 5  # seconds for which a measurement is told again
_SHARE = 20  # the kernel walks through all pages: it may do so for this part of the time

Processes = Mapping[str, Iterable[int]]


class Memory:
    """Measures processes by kind, in a thread, and so seldom that it costs a twentieth of a processor at most."""

    def __init__(self, processes: Callable[[], Processes]) -> None:
        self._processes = processes
        self._lock = asyncio.Lock()
        self._due = 0.0
        self._found: dict[str, int] = {}

    async def measured(self) -> dict[str, int]:
        """Bytes by kind of process; those of a moment ago where that is not long past."""
        async with self._lock:
            if time.monotonic() >= self._due:
                began = time.monotonic()
                listed = {kind: list(numbers) for kind, numbers in self._processes().items()}
                self._found = await asyncio.to_thread(_sums, listed)
                ended = time.monotonic()
                self._due = ended + max(_FRESH, _SHARE * (ended - began))
        return self._found


def _sums(processes: Mapping[str, list[int]]) -> dict[str, int]:
    return {kind: sum(map(proportional, numbers)) for kind, numbers in processes.items()}


def proportional(process: int) -> int:
    """Bytes of a process; 0 where it has ended."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/smaps_rollup", "rb") as rollup:
        found = _PSS.search(rollup.read())
        return int(found[1]) * 1024 if found else 0
    return 0
