"""The process that answers one request after another from a store in its memory, within limits of time and memory.

It runs in a thread with a large stack, since the engine recurses over nested queries. The kernel ends the process when
its time is up (SIGALRM) or its memory is full; whoever asked then sees the connection close before the last frame.
"""

from __future__ import annotations

import os
import resource as limits
import signal
import socket
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson

from vesoc import wire
from vesoc.channel import Channel
from vesoc.confinement import deny_sockets
from vesoc.errors import Problem, ReaderGone
from vesoc.reply import Reply

STACK = 512 * 1024 * 1024
Operation = Callable[[dict[str, Any], Reply], None]


class Worker:
    """Connects to the socket at `path` and answers there; `operations` are the kinds of request by name.

    A `confined` worker cannot open a further socket. `memory` is in MiB.
    """

    def __init__(self, path: str, operations: Mapping[str, Operation], memory: int, confined: bool) -> None:
        self._path = path
        self._operations = operations
        self._memory = memory
        self._confined = confined

    def run(self) -> None:
        """Serve until the other side hangs up."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(self._path)
            if self._confined:
                deny_sockets()
            threading.stack_size(STACK)
            thread = threading.Thread(target=self._serve, args=(connection,))
            thread.start()
            _limit_memory(self._memory)
            thread.join()

    def _serve(self, connection: socket.socket) -> None:
        hello = {"process": os.getpid(), "thread": threading.get_native_id(), "resident": wire.resident(os.getpid())}
        try:
            connection.sendall(wire.pack_json(wire.HELLO, hello))
            parser = wire.Parser()
            while True:
                _, payload = wire.receive(connection, parser)
                self._answer(orjson.loads(payload), connection)
        except (OSError, EOFError, ReaderGone):
            return

    def _answer(self, request: dict[str, Any], connection: socket.socket) -> None:
        channel = Channel(connection, request.get("coding"))
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
            except BaseException:
                # A panic of the engine, which prints where. What it was at may be half done: no more of this process.
                channel.refuse(Problem(400, "the query cannot be evaluated: the engine fails on it", kind="evaluation"))
                raise ReaderGone from None
            else:
                channel.end()


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
