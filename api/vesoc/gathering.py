"""A transport that sends what is written in one turn of the event loop in one go."""

from __future__ import annotations

import asyncio
from typing import Any

_MOST_HELD = 64 * 1024  # bytes, after which the transport is to say whether the client takes them


class Gathering:
    """Wraps a transport: head and body of a short answer leave together."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self._size = 0  # of what is held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send in a moment."""
        self._held.append(data)
        self._size += len(data)
        if len(self._held) == 1:
            self._loop.call_soon(self.flush)

    def send(self, data: bytes) -> None:
        """Send now, behind what is held."""
        if self._held:
            self.hold(data)
            self.flush()
        elif not self._transport.is_closing():
            self._transport.write(data)

    def hold(self, data: bytes) -> None:
        """Send with what follows, at the next `flush` at the latest, or now where that has become much."""
        self._held.append(data)
        self._size += len(data)
        if self._size > _MOST_HELD:
            self.flush()

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
        return self._size + self._transport.get_write_buffer_size()

    def flush(self) -> None:
        """Send now."""
        held, self._held, self._size = self._held, [], 0
        if held and not self._transport.is_closing():
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))
