"""The bytes of an engine's answer as they come, as a file that parsers read; an answer that is not whole is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from vesoc.remote import failures

_MOST = 1 << 36  # bytes of any answer


class Body(io.RawIOBase):
    """`chunks` are read as far as a parser wants them; `close` tells the engine that nobody reads any more."""

    def __init__(self, chunks: Iterator[bytes], close: Callable[[], None], most: int = _MOST) -> None:
        super().__init__()
        self._chunks = chunks
        self._close = close
        self._most = most
        self._held = b""
        self._ended = False
        self._next()

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none at the end; Problem 502 or 504 where the engine stops before it."""
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 16), b""))
        if not self._held:
            self._next()
        taken, self._held = self._held[:size], self._held[size:]
        return taken

    def close(self) -> None:
        """Done with it; the connection is used again where all was read."""
        if not self.closed:
            self._close()
        super().close()

    def _next(self) -> None:
        while not self._held and not self._ended:
            chunk = next(self._chunks, None)
            self._ended = chunk is None
            self._held = chunk or b""
            self._most -= len(self._held)
            if self._most < 0:
                raise failures.strange("it does not end")
        if self._ended:
            self._close()
