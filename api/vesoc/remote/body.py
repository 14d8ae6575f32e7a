"""The bytes of an engine's answer as they come, as a file that parsers read; an answer that is not whole is told."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

from vesoc.remote import failures

_MOST = 1 << 36  # bytes of any answer
_VIRTUOSO = re.compile(rb'("type" ?: ?"bnode" ?, ?"value" ?: ?")nodeID://')
_BOOLEAN = re.compile(rb'("datatype" ?: ?"http://www\.w3\.org/2001/XMLSchema#boolean" ?, ?"value" ?: ?")([01])"')
_WORDS = {b"1": b"true", b"0": b"false"}
_LONGEST = 128  # bytes that neither comes to


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


def labelled(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """JSON with the labels that blank nodes may have: Virtuoso writes them as IRIs, which no parser takes."""
    return _replaced(chunks, _VIRTUOSO, lambda found: found[1])


def spelt(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """JSON with booleans as true and false: Virtuoso writes 1 and 0, in XML Schema the same values in another form."""
    return _replaced(chunks, _BOOLEAN, lambda found: found[1] + _WORDS[found[2]] + b'"')


def _replaced(
    chunks: Iterator[bytes], pattern: re.Pattern[bytes], form: Callable[[re.Match[bytes]], bytes]
) -> Iterator[bytes]:
    """Within a string there is no quotation mark without a backslash, so no value is touched."""
    held = b""
    for chunk in chunks:
        held = pattern.sub(form, held + chunk)
        yield held[:-_LONGEST]
        held = held[-_LONGEST:]
    yield held
