"""What the web process and the workers say to each other: frames over a socket.

A frame is one letter, the length of its payload (32 bits, big-endian) and the payload.
"""

from __future__ import annotations

import mmap
import socket
import struct
from typing import Any

import orjson

HELLO = b"P"  # JSON: process and thread that answer, and the memory they hold
REQUEST = b"Q"  # JSON: what is asked
RENEW = b"N"  # begin anew in another thread, and say HELLO again
HEADER = b"H"  # JSON: status, media type and content coding of the answer; a line feed; its first bytes
DATA = b"D"  # more bytes of the answer
ERROR = b"E"  # JSON: a problem instead of an answer
PUBLISH = b"publish"  # a line to the engine: the documents are to be made
PAGES = b"pages"  # likewise: what pages need is to be made ready
END = b"Z"  # the answer is whole, where its header does not tell a length

Frame = tuple[bytes, bytes]
_HEAD = struct.Struct(">cI")


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """One frame as bytes."""
    return _HEAD.pack(kind, len(payload)) + payload


def pack_json(kind: bytes, value: Any, rest: bytes = b"") -> bytes:
    """One frame with a JSON payload, and after a line feed what `rest` says."""
    return pack(kind, orjson.dumps(value) + b"\n" + rest)


class Parser:
    """Frames out of a stream of bytes."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Take what has come."""
        self._bytes += data

    def frames(self, data: bytes) -> list[Frame]:
        """The frames that are complete with what has come: mostly it is one."""
        if not self._bytes and len(data) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(data)
            if len(data) == _HEAD.size + length:
                return [(kind, data[_HEAD.size :])]
        self.feed(data)
        return list(iter(self.next, None))

    def next(self) -> Frame | None:
        """The next frame, once it is complete."""
        if len(self._bytes) < _HEAD.size:
            return None
        kind, length = _HEAD.unpack_from(self._bytes)
        end = _HEAD.size + length
        if len(self._bytes) < end:
            return None
        payload = bytes(memoryview(self._bytes)[_HEAD.size : end])
        del self._bytes[:end]
        return kind, payload


def receive(connection: socket.socket, parser: Parser) -> Frame:
    """The next frame, for a process without an event loop; EOFError where the other side is gone."""
    while (frame := parser.next()) is None:
        data = connection.recv(1 << 16)
        if not data:
            raise EOFError
        parser.feed(data)
    return frame


def resident(process: int) -> int:
    """Bytes of memory that a process holds, shared or not; OSError where there is none."""
    with open(f"/proc/{process}/statm", "rb", buffering=0) as statm:
        return int(statm.read().split()[1]) * mmap.PAGESIZE


def faults(process: int) -> int:
    """How often a process has met a page that was not ready, without reading a disk; OSError where there is none."""
    with open(f"/proc/{process}/stat", "rb") as stat:
        return int(stat.read().rpartition(b")")[2].split()[7])
