"""A transport that sends what is written in one turn of the event loop in one go."""

from __future__ import annotations

import asyncio
from typing import Any


class Gathering:
    """Wraps a transport: head and body of a short answer leave together."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send in a moment."""
        self._held.append(data)
        if len(self._held) == 1:
            self._loop.call_soon(self.flush)

    def hold(self, data: bytes) -> None:
        """Send with what follows, at the next `flush` at the latest."""
        self._held.append(data)

    def close(self) -> None:
        """Close when all has been sent."""
        self.flush()
        self._transport.close()

    def write_eof(self) -> None:
        """End our side when all has been sent."""
        self.flush()
        self._transport.write_eof()

    def get_write_buffer_size(self) -> int:
        """Bytes that have not been sent."""
        return sum(map(len, self._held)) + self._transport.get_write_buffer_size()

    def flush(self) -> None:
        """Send now."""
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))
