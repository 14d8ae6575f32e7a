"""The process that loads the data once and forks the workers that answer from it.

Started by the web process as `python -m vesoc.engine`, with its orders as one line of JSON on the standard input; it
answers with one line of JSON on the standard output when it is ready. After that each line of the standard input names
a worker that has turned slow, so that a fresh one takes its place, or says PUBLISH, so that the documents are made;
when it closes, the engine ends with its workers.
It stays single-threaded, since a fork keeps only the thread that forks.
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
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from vesoc import confinement
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.loading import Loading
from vesoc.releases.content import Heading
from vesoc.repertoire import Repertoire
from vesoc.search import shelf
from vesoc.settings import Settings
from vesoc.wire import PUBLISH
from vesoc.worker import Worker

_LEISURE = 0.5  # seconds without a want, after which a chore is done
_LONG = 20  # seconds without a want, after which what is published is made though nobody has asked
_RETRY = 0.2  # seconds until the next try where the system has no process to give


class Engine:
    """Keeps `ready` workers that are not slow."""

    def __init__(self, worker: Worker, ready: int) -> None:
        self._worker = worker
        self._ready = ready
        self._after: dict[int, Callable[[], None]] = {}
        self._chores: deque[Callable[[], None]] = deque()
        self._later: Callable[[], None] | None = None
        self._unasked = True
        self._quick: set[int] = set()
        self._first: int | None = None
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
                self.after(begin(), ended)
            except OSError:  # the system has no process to give
                self.later(begin, documents, unasked=unasked)
                raise

        self._later, self._unasked = begun, unasked

    def begin(self) -> None:
        """Fork a worker before the others, which find more at hand when they are forked; it leaves when they are."""
        with contextlib.suppress(OSError):  # the system has no process to give, which is told when there are none
            self._first = self._forked()

    def run(self, chores: Iterable[Callable[[], None]]) -> None:
        """Supervise until the standard input closes.

        `chores` make what the first pages ask for, so that workers find it done which are forked later; one at a time,
        when nobody has wanted anything for a while.
        """
        self._chores.extend(chores)
        while True:
            refilled = self._refill()
            leisure = _LEISURE if self._chores else _LONG if self._later and self._unasked else None
            ready, _, _ = select.select([self._orders, self._deaths], [], [], leisure if refilled else _RETRY)
            if self._orders in ready and not self._obey():
                return self._end()
            if self._deaths in ready:
                os.read(self._deaths, 4096)
                self._bury()
            if refilled and not ready:
                self._use_leisure()

    def _use_leisure(self) -> None:
        if self._chores:
            _tried(self._chores.popleft())
            gc.freeze()
        else:
            self._begin_later()

    def _begin_later(self) -> None:
        work, self._later = self._later, None
        if work:
            _tried(work)

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

    def _relieve(self) -> None:
        """Have the first worker leave; nobody has buried it yet."""
        first, self._first = self._first, None
        if first:
            os.kill(first, signal.SIGTERM)

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
        self._quick -= {int(line) for line in lines if line != PUBLISH}
        return bool(data)

    def _bury(self) -> None:
        try:
            while process := os.waitpid(-1, os.WNOHANG)[0]:
                self._quick.discard(process)
                self._first = None if process == self._first else self._first
                if process in self._after:
                    self._chores.append(self._after.pop(process))
        except ChildProcessError:
            return


def main() -> None:
    """Load, report, supervise; errors that the user can mend go to the web process as JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not (line := _line(sys.stdin.fileno())):  # there is nothing to serve after all
        return None
    orders = json.loads(line)
    loading = Loading(orders)
    chosen, folder = loading.settings, Path(orders["folder"])
    try:
        examination = loading.examination()
        data, told, holdings = loading.load()
        library = loading.library
    except VesocError as error:
        return _report({"error": str(error)})
    state = loading.state(data, holdings)
    loading.lend(shelf.folder(folder, data.digest))
    repertoire = Repertoire(data, chosen, holdings, library, found=loading.places, folder=folder)
    worker = Worker(orders["socket"], repertoire.operation, chosen.query_memory, confined=loading.confined)
    engine = Engine(worker, orders["ready"])
    ready = {"digest": data.digest, "state": state, "triples": _size(data), **loading.report}
    if loading.prompt:
        engine.begin()
        _report(ready)
    repertoire.prepare()
    indexing, chores = _write_index(data, folder, loading.niceness), repertoire.chores()
    if loading.beside:
        loading.behind(lambda: _all_tried(chores))
        os.waitpid(indexing, 0)
        repertoire.search.prepare()
    if examination and (refusal := examination.refusal()):
        return _report(refusal)
    gc.collect()
    gc.freeze()  # pages of what was loaded stay shared: a collection in a worker does not touch them
    if not loading.beside:
        engine.after(indexing, repertoire.search.prepare)
    documents = folder / state
    making = partial(_aside, lambda: _publish(data, chosen, told, documents), niceness=5)
    engine.later(making, documents, unasked=not data.large)
    if not loading.prompt:
        _report(ready)
    return engine.run([] if loading.beside else chores)


def _tried(work: Callable[[], None]) -> None:
    """Do some work in advance; who needs what could not be made is told when they ask."""
    try:
        work()
    except Exception:
        traceback.print_exc()


def _all_tried(works: Iterable[Callable[[], None]]) -> None:
    for work in works:
        _tried(work)


def _line(stream: int) -> bytes:
    """The next line, and nothing of what comes after it."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(stream, 1)):
        line += byte
    return line


def _publish(data: Dataset, chosen: Settings, told: Heading | None, documents: Path) -> None:
    """Make what is published beside answers, but for what another engine has made of the same state."""
    from vesoc import publisher

    if not documents.is_dir():
        publisher.publish(data, chosen, told, documents)


def _size(data: Dataset) -> int:
    """The number of triples as VoID has it, or for others' data, which nobody has counted yet, that of quads."""
    if data.size is not None:
        return data.size
    return data.counted.triples if data.counted else len(data.store)


def _write_index(data: Dataset, folder: Path, niceness: int) -> int:
    """Have the index of search made; gives the process that does so."""
    from vesoc.search import index

    return _aside(lambda: index.build(data.store, data.base, shelf.folder(folder, data.digest)), niceness)


def _aside(work: Callable[[], None], niceness: int) -> int:
    """Have a process of its own do some work, so that nobody waits for it; it tells of an error on its own."""
    process = os.fork()
    if process == 0:
        try:
            confinement.die_with_parent()
            os.nice(niceness)
            work()
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(0)
    return process


def _report(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
