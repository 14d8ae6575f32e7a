"""A server from its first connection to its last.

Told to stop, it says for a while that it is not ready; then it takes nothing more and ends what is begun.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from vesoc import journal
from vesoc.errors import VesocError


class Drained(uvicorn.Server):
    """A server that, told to stop, calls `tell` and goes on for `seconds`, so that proxies see it and go elsewhere.

    Told once more, it stops at once.
    """

    def __init__(self, config: uvicorn.Config, seconds: float, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._seconds = seconds
        self._tell = tell
        self._told: tuple[int, float] | None = None  # by which signal, and until when it goes on

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin; VesocError where another server has begun at the same address while the data was loaded."""
        await super().startup(sockets)
        if not all(map(_listens, sockets or ())):
            await self.shutdown(sockets)
            raise VesocError("another server listens at this address since this one was started")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self._tell()
        if self._told is None and self.started and self._seconds:
            self._told = sig, time.monotonic() + self._seconds
        else:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is begun; the log is whole then, for the signal that is raised anew leaves no time."""
        await super().shutdown(sockets)
        journal.flush()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop now."""
        if self._told and not self.should_exit and time.monotonic() >= self._told[1]:
            super().handle_exit(self._told[0], None)
        return await super().on_tick(counter)


def _listens(taken: socket.socket) -> bool:
    """Whether a socket takes connections: the event loop tells nobody of one that cannot."""
    try:
        return bool(taken.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:
        return False
