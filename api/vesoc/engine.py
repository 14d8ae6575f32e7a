"""The process that loads the data once and forks the workers that answer from it.

Started by the pool as `python -m vesoc.engine`, with its orders as JSON on the standard input; it answers with one line
of JSON on the standard output when it is ready, and ends with its workers when the standard input closes. It stays
single-threaded, since a fork keeps only the thread that forks.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any, NoReturn

from vesoc import dataset, graphs, places
from vesoc.answers import Answers
from vesoc.confinement import die_with_parent
from vesoc.errors import VesocError
from vesoc.library import Library
from vesoc.worker import Worker

SPARE = 3  # workers that wait for a request
_STATE = struct.Struct("=i?")


class Engine:
    """Keeps `SPARE` idle workers on the listening socket."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._idle: dict[int, bool] = {}
        self._states, self._tell = os.pipe()
        self._deaths, wakeup = os.pipe()
        for end in (self._deaths, wakeup):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        """Supervise until the standard input closes."""
        while True:
            self._refill()
            ready, _, _ = select.select([self._states, self._deaths, sys.stdin], [], [])
            if sys.stdin in ready and not os.read(sys.stdin.fileno(), 1):
                return self._end()
            if self._states in ready:
                self._read_states()
            if self._deaths in ready:
                os.read(self._deaths, 4096)
                self._bury()

    def _end(self) -> None:
        for process in self._idle:
            os.kill(process, signal.SIGKILL)

    def _refill(self) -> None:
        while sum(self._idle.values()) < SPARE:
            process = os.fork()
            if process == 0:
                self._become_worker()
            self._idle[process] = True

    def _become_worker(self) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent()
            for stream in (sys.stdin, sys.stdout):
                os.close(stream.fileno())
            process = os.getpid()
            self._worker.run(lambda idle: self._say(process, idle))
            code = 0
        finally:
            os._exit(code)

    def _say(self, process: int, idle: bool) -> None:
        os.write(self._tell, _STATE.pack(process, idle))

    def _read_states(self) -> None:
        data = os.read(self._states, _STATE.size * 64)
        for process, idle in _STATE.iter_unpack(data):
            if process in self._idle:
                self._idle[process] = idle

    def _bury(self) -> None:
        while self._idle:
            process, _ = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            self._idle.pop(process, None)


def main() -> None:
    """Load, report, supervise; errors that the user can mend go to the pool as JSON."""
    orders = json.loads(sys.stdin.buffer.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        data = _load(orders)
    except VesocError as error:
        _report({"error": str(error)})
        return
    listener = _listen(orders["socket"])
    operations = Answers(data, orders["service_hosts"], orders["address"]).operations()
    engine = Engine(Worker(listener, operations, orders["query_memory"], confined=not orders["service_hosts"]))
    _report({"digest": data.digest, "state": data.state, "modified": data.modified, "triples": data.counts.triples})
    engine.run()


def _load(orders: dict[str, Any]) -> dataset.Dataset:
    if orders["data"]:
        files = graphs.given_files(Path(path) for path in orders["data"])
        data = dataset.build_given(files, orders["base"])
    else:
        found = places.find(Path(orders["root"]))
        library = Library(found.queries)
        data = dataset.build_own(graphs.own_files(found), orders["base"], orders["address"], library=library)
    dataset.write_dumps(data, Path(orders["dumps"]))
    return data


def _listen(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(1024)
    return listener


def _report(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
