"""The process that answers one request after another from a store in its memory, within limits of time and memory.

It runs in a thread with a large stack, since the engine recurses over nested queries. The kernel ends the process when
its time is up (SIGALRM) or its memory is full; whoever asked then sees the connection close before the last frame.
"""

from __future__ import annotations

import gc
import os
import resource as limits
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

import orjson

from vesoc import memory, wire
from vesoc.channel import Channel
from vesoc.confinement import deny_sockets
from vesoc.errors import Problem, ReaderGone
from vesoc.reply import Reply

STACK = 512 * 1024 * 1024
_GLANCE = 0.0002
_PAUSE = 0.002
Operation = Callable[[dict[str, Any], Reply], None]


class Worker:
    """Connects to the socket at `path` and answers there; `operation` gives each kind of request by its name.

    A `confined` worker cannot open a further socket. `memory` is in MiB.
    """

    def __init__(self, path: str, operation: Callable[[str], Operation], memory: int, confined: bool) -> None:
        self._path = path
        self._operation = operation
        self._memory = memory
        self._confined = confined
        self._renewed = False

    def run(self) -> None:
        """Serve until the other side hangs up, or until SIGTERM, which does not break off an answer."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            _call(connection, self._path)
            signal.signal(signal.SIGTERM, lambda *_: connection.shutdown(socket.SHUT_RD))
            if self._confined:
                deny_sockets()
            threading.stack_size(STACK)
            thread = self._started(connection)
            thread.join()
            while self._renewed:
                _await_end(thread)
                thread = self._started(connection)
                memory.trim()
                thread.join()

    def _started(self, connection: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=self._serve, args=(connection,))
        thread.start()
        _limit_memory(self._memory)
        return thread

    def _serve(self, connection: socket.socket) -> None:
        """Answer until the other side hangs up, or wants it done by a new thread, whose priority nobody has lowered."""
        self._renewed = False
        hello = {"process": os.getpid(), "thread": threading.get_native_id(), "resident": wire.resident(os.getpid())}
        try:
            connection.sendall(wire.pack_json(wire.HELLO, hello))
            parser = wire.Parser()
            while not self._renewed:
                kind, payload = wire.receive(connection, parser)
                if kind == wire.RENEW:
                    gc.collect()  # what the engine has given may not be let go of by another thread
                    self._renewed = True
                else:
                    self._answer(orjson.loads(payload), connection)
        except (OSError, EOFError, ReaderGone):
            return

    def _answer(self, request: dict[str, Any], connection: socket.socket) -> None:
        channel = Channel(connection, request.get("coding"))
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        try:
            self._operation(request["operation"])(request, channel)
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


def _call(connection: socket.socket, path: str) -> None:
    """Connect as soon as somebody listens: who asks may import for longer than the data takes to load."""
    while True:
        try:
            return connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(_PAUSE)


def _limit_memory(mebibytes: int) -> None:
    """Bound the address space to what is taken now and `mebibytes` more."""
    with open("/proc/self/statm", "rb", buffering=0) as statm:
        taken = int(statm.read().split()[0]) * limits.getpagesize()
    _, most = limits.getrlimit(limits.RLIMIT_AS)
    bound = taken + mebibytes * 1024 * 1024
    limits.setrlimit(limits.RLIMIT_AS, (bound if most == limits.RLIM_INFINITY else min(bound, most), most))


def _await_end(thread: threading.Thread) -> None:
    """Wait until the kernel has done with a thread, so that the next can have its stack."""
    while os.path.exists(f"/proc/self/task/{thread.native_id}"):
        time.sleep(_GLANCE)
