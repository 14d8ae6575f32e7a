"""A worker as the web process sees it: a connection to ask over, and a process to slow, halt or kill."""

from __future__ import annotations

import asyncio
import contextlib
import mmap
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import orjson

from vesoc import wire

_PROCESS_CLOCK = 2  # with a process in the other bits: its clock of processor time (Linux, clock_getcpuclockid)
_MOST_HELD = 1 << 20  # bytes of an answer that wait here for a slow client


class Runner(asyncio.Protocol):
    """One worker, which has called; `arrived` is told when it has said who it is, and again each time it was renewed.

    `uses` counts what it was asked. One that is `replaced` has been slow: the engine has put another in its place. It
    may be kept until `due` (seconds of the monotonic clock), and is taken to hold `copied` bytes that it once shared.
    `left` are the bytes of its own that it held when it was renewed.
    """

    def __init__(self, arrived: Callable[[Runner], None]) -> None:
        self._arrived = arrived
        self._transport: asyncio.Transport | None = None
        self._parser = wire.Parser()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._held = 0
        self._told: Callable[[], object] | None = None
        self._handle = -1
        self._thread = 0
        self._resident = 0
        self._clock = 0.0  # what its clock of processor time told last
        self._asked = 0.0  # what it had told when the worker was asked
        self.process = 0
        self.uses = 0
        self.gone = False
        self.replaced = False
        self.due = 0.0
        self.copied = 0
        self.left = 0

    def connection_made(self, transport: Any) -> None:
        """The worker calls."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker has hung up: it has ended, or is about to."""
        self.gone = True
        self.dismiss()
        self.wake()

    def data_received(self, data: bytes) -> None:
        """Some of a frame, or several."""
        for frame in self._parser.frames(data):
            if frame[0] == wire.HELLO:
                self._meet(orjson.loads(frame[1]))
            else:
                self._frames.append(frame)
                self._held += len(frame[1])
        if self._held > _MOST_HELD and self._transport:
            self._transport.pause_reading()
        self.wake()

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        self.uses += 1
        self._asked = self._clock  # since then it has waited
        if self._transport:
            self._transport.write(wire.pack_json(wire.REQUEST, request))

    async def receive(self) -> wire.Frame:
        """The next frame of its answer; ConnectionError where it is gone."""
        while not (frame := self.next()):
            more = asyncio.Event()
            self.tell(more.set)
            await more.wait()
        return frame

    def tell(self, told: Callable[[], object]) -> None:
        """Call that once, when there is more to know."""
        self._told = told

    def wake(self) -> None:
        """There may be more to know."""
        told, self._told = self._told, None
        if told:
            told()

    def next(self) -> wire.Frame | None:
        """The next frame of its answer, where it has come; ConnectionError where it is gone and none will."""
        if not self._frames:
            if self.gone:
                raise ConnectionError("the worker has ended")
            return None
        frame = self._frames.popleft()
        self._held -= len(frame[1])
        if self._held <= _MOST_HELD and self._transport and not self.gone:
            self._transport.resume_reading()
        return frame

    def spent(self) -> float:
        """Seconds of a processor that it has taken since it was asked."""
        self._clock = self._processor_time()
        return self._clock - self._asked

    def grown(self) -> int:
        """Bytes of memory that it holds beyond what it began with."""
        with contextlib.suppress(OSError):
            return wire.resident(self.process) - self._resident
        return 0

    def copied_at_most(self) -> int:
        """Bytes of memory that it has copied of what it shared at first: a page for each fault, all of it at most."""
        with contextlib.suppress(OSError):
            return min(wire.faults(self.process) * mmap.PAGESIZE, self._resident)
        return 0

    def renew(self) -> None:
        """Have it begin anew where it is, with its first priority and without what its requests have left.

        Nobody can raise a priority that was lowered, but a new thread of a process has that of the one that starts it.
        """
        if self._transport:
            self._transport.write(wire.pack(wire.RENEW))

    def lower(self, niceness: int) -> None:
        """Let others go first; 19 is last."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._thread, niceness)

    def halt(self) -> None:
        """Let it do nothing until `resume`."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once."""
        self._signal(signal.SIGKILL)
        self.dismiss()

    def dismiss(self) -> None:
        """Hang up: it ends by itself when it has nothing to do."""
        if self._transport:
            self._transport.close()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _meet(self, hello: dict[str, Any]) -> None:
        try:
            if not self.process:
                # A number may pass to another process, a handle does not.
                self._handle = os.pidfd_open(hello["process"])
                self.process, self._resident = hello["process"], hello["resident"]
        except ProcessLookupError:
            return self.dismiss()
        self.left = hello["resident"] - self._resident
        self._thread, self._clock = hello["thread"], self._processor_time()
        return self._arrived(self)

    def _processor_time(self) -> float:
        try:
            return time.clock_gettime(~self.process << 3 | _PROCESS_CLOCK)
        except OSError:
            return 0.0

    def _signal(self, number: signal.Signals) -> None:
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)
