"""A worker's way back to whoever asked: header and bytes in frames, gathered, and packed where that is asked for.

What fits one chunk leaves in one go with its length, and a failure before the first chunk is full has its own status.
"""

from __future__ import annotations

import signal
import socket
import time
from typing import Any

from vesoc import codings, wire
from vesoc.errors import Problem, ReaderGone

CHUNK = 1 << 16  # bytes that are gathered before they are sent
PATIENCE = 0.1  # seconds after which the first bytes are sent, even if they are few
LEAST_PACKED = 1024  # bytes below which packing is not worth its header


class Channel:
    """A reply over a socket; the clock stands still while whoever reads is slow to take it, and for good at the end."""

    def __init__(self, connection: socket.socket, coding: str | None) -> None:
        self._connection = connection
        self._coding = coding
        self._packer: codings.Compressor | None = None
        self._header: dict[str, Any] = {}
        self._begun = False
        self._held = bytearray()
        self._due = time.monotonic() + PATIENCE

    def start(self, header: dict[str, Any]) -> None:
        """Tell status and media type; they leave with the first bytes."""
        self._header = header

    def write(self, data: bytes) -> int:
        """Take bytes of the answer; gives their number."""
        self._held += data
        if len(self._held) >= CHUNK or (not self._begun and time.monotonic() > self._due):
            self._send(self._packed(last=False), last=False)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: bytes go out as they gather."""

    def end(self) -> None:
        """The answer is whole."""
        if not self._begun and len(self._held) < LEAST_PACKED:
            self._coding = None
        self._send(self._packed(last=True), last=True)

    def refuse(self, problem: Problem) -> None:
        """A problem instead of an answer, or instead of the rest of one."""
        document = {
            "status": problem.status,
            "detail": problem.detail,
            "kind": problem.kind,
            "extra": problem.extra,
            "headers": problem.headers,
        }
        self._transmit(wire.pack_json(wire.ERROR, document), last=True)

    def _packed(self, last: bool) -> bytes:
        """What is held, in the coding that was asked for."""
        data, self._held = bytes(self._held), bytearray()
        if not self._coding:
            return data
        packer = self._packer = self._packer or codings.compressor(self._coding)
        return packer.compress(data) + (packer.finish() if last else packer.flush())

    def _send(self, data: bytes, *, last: bool) -> None:
        if self._begun:
            frames = (wire.pack(wire.DATA, data) if data else b"") + (wire.pack(wire.END) if last else b"")
            return self._transmit(frames, last)
        self._begun = True
        coding = {"coding": self._coding} if self._coding else {}
        length = {"length": len(data)} if last else {}
        return self._transmit(wire.pack_json(wire.HEADER, {**self._header, **coding, **length}, data), last)

    def _transmit(self, frames: bytes, last: bool) -> None:
        remaining, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            self._connection.sendall(frames)
        except OSError:
            raise ReaderGone from None
        if not last:
            signal.setitimer(signal.ITIMER_REAL, max(remaining, 0.001))
