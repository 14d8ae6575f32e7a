"""The workers that an engine has: forked, counted, replaced; and what it does when nobody wants anything.

A process with one thread, since a fork keeps only the thread that forks.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from vesoc import confinement
from vesoc.wire import PAGES, PUBLISH
from vesoc.worker import Worker

_LEISURE = 0.5  # seconds without a want, after which a chore is done
_BREATH = 0.05  # the same between two of them
_LONG = 20  # seconds without a want, after which what is published is made though nobody has asked
_RETRY = 0.2  # seconds until the next try where the system has no process to give


class Crew:
    """Keeps `ready` workers that are not slow."""

    def __init__(self, worker: Worker, ready: int) -> None:
        self._worker = worker
        self._ready = ready
        self._after: dict[int, Callable[[], None]] = {}  # by child, what is to be done when it has ended
        self._publishing: dict[int, Callable[[], None]] = {}  # likewise, of those that make nothing for workers
        self._chores: deque[Callable[[], None]] = deque()
        self._later: Callable[[], None] | None = None
        self._unasked = True
        self._pages: Callable[[], None] | None = None
        self._quick: set[int] = set()
        self._replaced = True  # whether the ready workers have made room, or need not
        self._outdated: set[int] = set()  # ready workers that lack what has been made since
        self._leaving: set[int] = set()  # workers that go as soon as there are others in their place
        self._orders = sys.stdin.fileno()
        self._rest = b""
        self._deaths, wakeup = os.pipe()
        for end in (self._deaths, wakeup):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def after(self, process: int, work: Callable[[], None]) -> None:
        """Have a chore done after a child has ended; the workers that are forked then have what it made."""
        self._after[process] = work
        self._replaced = False

    def later(self, begin: Callable[[], int], documents: Path, *, unasked: bool = True) -> None:
        """Have a process make the documents when PUBLISH is ordered, or else when nobody has wanted anything for long.

        `begin` gives the process. Where it ends without documents, the next order begins another one. Unless they may
        be made `unasked`, only an order counts.
        """

        def ended() -> None:
            if not documents.is_dir():
                from vesoc.releases.publication import failure

                failure(documents).touch()
                self.later(begin, documents, unasked=unasked)

        def begun() -> None:
            try:
                self._publishing[begin()] = ended
            except OSError:  # the system has no process to give
                self.later(begin, documents, unasked=unasked)
                raise

        self._later, self._unasked = begun, unasked

    def add(self, *chores: Callable[[], None]) -> None:
        """Have chores done, of which workers find what they made that are forked later.

        One at a time, when there has been no order for a while. After them, and likewise, each ready worker that was
        forked before makes room for one that has it all, and no longer holds the memory as it was.
        """
        self._chores.extend(chores)
        self._replaced = self._replaced and not chores

    def when_ordered(self, work: Callable[[], None]) -> None:
        """Have some work done as soon as PAGES is ordered, and fresh workers take the place of those there are."""
        self._pages = work

    def begin(self) -> None:
        """Fork a worker before the others, which find more at hand when they are forked; it leaves when they are."""
        with contextlib.suppress(OSError):  # the system has no process to give, which is told when there are none
            self._leaving.add(self._forked())

    def run(self) -> None:
        """Supervise until the standard input closes."""
        wanted = True
        while True:
            refilled = self._refill()
            ready, _, _ = select.select([self._orders, self._deaths], [], [], self._patience(refilled, wanted))
            ordered, died = self._orders in ready, self._deaths in ready
            wanted = ordered or (wanted and died)
            if ordered and not self._obey():
                return self._end()
            if died:
                os.read(self._deaths, 4096)
                self._bury()
            if refilled and not ready:
                self._use_leisure()

    def _patience(self, refilled: bool, wanted: bool) -> float | None:
        """Seconds until something is to be done though nobody wants anything."""
        if not refilled:
            return _RETRY
        if self._chores or self._outdated:
            return _LEISURE if wanted else _BREATH
        return _LONG if self._later and self._unasked else None

    def _use_leisure(self) -> None:
        if self._chores:
            self._do(self._chores.popleft())
        elif self._outdated:
            self._replace(self._outdated.pop())
        else:
            self._begin_later()

    def _do(self, chore: Callable[[], None]) -> None:
        tried(chore)
        gc.freeze()
        if not (self._chores or self._after or self._replaced):
            self._replaced = True
            self._outdated = set(self._quick)

    def _begin_later(self) -> None:
        work, self._later = self._later, None
        if work:
            tried(work)

    def _end(self) -> None:
        for process in self._quick:
            os.kill(process, signal.SIGKILL)

    def _refill(self) -> bool:
        """Whether there are as many as there should be."""
        try:
            while len(self._quick) < self._ready:
                self._quick.add(self._forked())
        except OSError as error:
            print(json.dumps({"error": f"no worker can be forked: {error.strerror}"}), file=sys.stderr, flush=True)
            return False
        self._relieve()
        return True

    def _replace(self, process: int) -> None:
        """Have a worker leave when another is there, unless it is not ready for requests any more."""
        if process not in self._quick:
            return
        try:
            self._quick.add(self._forked())
            self._quick.discard(process)
            self._leaving.add(process)
        except OSError:  # the system has no process to give: those that are there will do
            self._outdated.clear()

    def _relieve(self) -> None:
        """Have those leave that are no longer needed; nobody has buried them yet."""
        while self._leaving:
            os.kill(self._leaving.pop(), signal.SIGTERM)

    def _forked(self) -> int:
        process = os.fork()
        if process == 0:
            self._become_worker()
        return process

    def _become_worker(self) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            confinement.die_with_parent()
            confinement.die_first()
            os.close(self._orders)
            self._worker.run()
            code = 0
        finally:
            os._exit(code)

    def _obey(self) -> bool:
        """Whether there is anybody left to obey."""
        data = os.read(self._orders, 1 << 12)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if PUBLISH in lines:
            self._begin_later()
        self._quick -= {int(line) for line in lines if line not in (PUBLISH, PAGES)}
        if PAGES in lines:
            self._ready_pages()
        return bool(data)

    def _ready_pages(self) -> None:
        work, self._pages = self._pages, None
        if work:
            tried(work)
            gc.freeze()
            self._leaving |= self._quick
            self._quick.clear()

    def _bury(self) -> None:
        try:
            while process := os.waitpid(-1, os.WNOHANG)[0]:
                self._quick.discard(process)
                self._leaving.discard(process)
                for works in (self._after, self._publishing):
                    if process in works:
                        self._chores.append(works.pop(process))
        except ChildProcessError:
            return


def tried(work: Callable[[], None]) -> None:
    """Do some work in advance; who needs what could not be made is told when they ask."""
    try:
        work()
    except Exception:
        traceback.print_exc()
