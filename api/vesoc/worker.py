"""The process that answers one request after another from a store in its memory, within limits of time and memory.

It runs in a thread with a large stack, since the engine recurses over nested queries. The kernel ends the process when
its time is up (SIGALRM) or its memory is full; whoever asked then sees the connection close before the last frame.
"""

from __future__ import annotations

import json
import os
import resource as limits
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from vesoc import wire
from vesoc.confinement import deny_sockets
from vesoc.errors import Problem, ReaderGone
from vesoc.sparql import Reply

STACK = 512 * 1024 * 1024
IDLE_SECONDS = 20.0  # an idle worker makes place for a fresh one
FRESH_SECONDS = 0.03  # a worker that answered for longer has been niced, may have grown, and is not used again
Operation = Callable[[dict[str, Any], Reply], None]
State = Callable[[bool], None]


class Worker:
    """Accepts connections on a shared socket; `operations` are the kinds of request by name.

    A `confined` worker cannot open a socket of its own.
    """

    def __init__(
        self, listener: socket.socket, operations: Mapping[str, Operation], memory: int, confined: bool
    ) -> None:
        self._listener = listener
        self._confined = confined
        self._operations = operations
        self._memory = memory

    def run(self, tell_idle: State) -> None:
        """Serve until idle for long or no longer fresh; `tell_idle` says when a request begins and ends."""
        if self._confined:
            deny_sockets()
        threading.stack_size(STACK)
        thread = threading.Thread(target=self._serve, args=(tell_idle,))
        thread.start()
        _limit_memory(self._memory)
        thread.join()

    def _serve(self, tell_idle: State) -> None:
        self._listener.settimeout(IDLE_SECONDS)
        fresh = True
        while fresh:
            try:
                connection, _ = self._listener.accept()
            except (TimeoutError, OSError):
                return
            tell_idle(False)
            fresh = self._exchange(connection)
            tell_idle(True)

    def _exchange(self, connection: socket.socket) -> bool:
        """One request and its answer; whether the worker is as good as new after it."""
        started = time.monotonic()
        connection.settimeout(None)
        with connection:
            try:
                self._answer(connection)
            except (OSError, EOFError, ReaderGone):
                return False
        return time.monotonic() - started < FRESH_SECONDS

    def _answer(self, connection: socket.socket) -> None:
        hello = {"process": os.getpid(), "thread": threading.get_native_id()}
        connection.sendall(wire.pack_json(wire.HELLO, hello))
        _, payload = wire.receive(connection)
        request = json.loads(payload)
        channel = _Channel(connection)
        with _clock(request["seconds"]):
            try:
                self._operations[request["operation"]](request, channel)
            except Problem as problem:
                channel.refuse(problem)
            except ReaderGone:
                raise
            except Exception:
                traceback.print_exc()
                channel.refuse(Problem(500, "the server failed on this request"))
            else:
                channel.end()
        # Whoever asked may still kill us: nothing else is taken on until they have let go.
        connection.recv(1)


class _Channel:
    """The answer's way back; the clock stands still while the client is slow to take it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def start(self, header: dict[str, Any]) -> None:
        self._send(wire.pack_json(wire.HEADER, header))

    def write(self, data: bytes) -> int:
        self._send(wire.pack(wire.DATA, bytes(data)))
        return len(data)

    def end(self) -> None:
        self._send(wire.pack(wire.END))

    def refuse(self, problem: Problem) -> None:
        document = {"status": problem.status, "detail": problem.detail, "extra": problem.extra}
        self._send(wire.pack_json(wire.ERROR, document))

    def _send(self, frame: bytes) -> None:
        remaining, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            self._connection.sendall(frame)
        except OSError:
            raise ReaderGone from None
        signal.setitimer(signal.ITIMER_REAL, max(remaining, 0.001))


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(mebibytes: int) -> None:
    """Bound the address space to what is taken now and `mebibytes` more."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        taken = int(statm.read().split()[0]) * limits.getpagesize()
    limits.setrlimit(limits.RLIMIT_AS, (taken + mebibytes * 1024 * 1024,) * 2)
