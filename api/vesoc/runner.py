"""A worker as the web process sees it: a connection to ask over, and a process to slow, halt or kill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from typing import Any

from vesoc import wire

_LOWEST = 19


class Runner:
    """One worker; `uses` counts what it was asked."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hello: dict[str, Any]) -> None:
        self._reader = reader
        self._writer = writer
        self.process: int = hello["process"]
        self._thread: int = hello["thread"]
        self._resident: int = hello["resident"]
        self._handle = os.pidfd_open(self.process)  # a number may pass to another process, a handle does not
        self.uses = 0

    @classmethod
    async def welcome(cls, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Runner:
        """The worker that has just called; ConnectionError or OSError where it is gone again."""
        _, payload = await wire.read(reader)
        return cls(reader, writer, json.loads(payload))

    @property
    def gone(self) -> bool:
        """Whether it has hung up."""
        return self._reader.at_eof() or self._writer.is_closing()

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        self.uses += 1
        self._writer.write(wire.pack_json(wire.REQUEST, request))

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame of its answer; ConnectionError where it is gone."""
        return await wire.read(self._reader)

    def grown(self) -> int:
        """Bytes of memory that it holds beyond what it began with."""
        with contextlib.suppress(OSError):
            return wire.resident(self.process) - self._resident
        return 0

    def lower(self) -> None:
        """Let all others go first."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._thread, _LOWEST)

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
        self._writer.close()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _signal(self, number: signal.Signals) -> None:
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)
