"""What the web process and the workers say to each other: frames over a socket.

A frame is one letter, the length of its payload (32 bits, big-endian) and the payload.
"""

from __future__ import annotations

import asyncio
import json
import mmap
import socket
import struct
from typing import Any

HELLO = b"P"  # JSON: process and thread that answer, and the memory they hold
REQUEST = b"Q"  # JSON: what is asked
HEADER = b"H"  # JSON: status, media type and content coding of the answer
DATA = b"D"  # bytes of the answer
ERROR = b"E"  # JSON: a problem instead of an answer
END = b"Z"  # the answer is whole

_HEAD = struct.Struct(">cI")


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """One frame as bytes."""
    return _HEAD.pack(kind, len(payload)) + payload


def pack_json(kind: bytes, value: Any) -> bytes:
    """One frame with a JSON payload."""
    return pack(kind, json.dumps(value).encode())


async def read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame; ConnectionError where the other side is gone."""
    try:
        kind, length = _HEAD.unpack(await reader.readexactly(_HEAD.size))
        return kind, await reader.readexactly(length) if length else b""
    except asyncio.IncompleteReadError:
        raise ConnectionError("the other side is gone") from None


def receive(connection: socket.socket) -> tuple[bytes, bytes]:
    """The next frame, for a process without an event loop; EOFError where the other side is gone."""
    kind, length = _HEAD.unpack(_exactly(connection, _HEAD.size))
    return kind, _exactly(connection, length)


def resident(process: int) -> int:
    """Bytes of memory that a process holds, shared or not; OSError where there is none."""
    with open(f"/proc/{process}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * mmap.PAGESIZE


def _exactly(connection: socket.socket, length: int) -> bytes:
    chunks, missing = [], length
    while missing:
        chunk = connection.recv(min(missing, 1 << 16))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        missing -= len(chunk)
    return b"".join(chunks)
