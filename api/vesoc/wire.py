"""What the web process and the processes that hold the data say to each other: frames over a socket.

A frame is one letter, the length of its payload (32 bits, big-endian) and the payload.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

REQUEST = b"Q"  # JSON: what is asked
HELLO = b"P"  # JSON: process and thread that answer
HEADER = b"H"  # JSON: status and media type of the answer
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
    """The next frame; IncompleteReadError where the other side is gone."""
    kind, length = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    return kind, await reader.readexactly(length)


def receive(connection: socket.socket) -> tuple[bytes, bytes]:
    """The next frame, for a process without an event loop; EOFError where the other side is gone."""
    kind, length = _HEAD.unpack(_exactly(connection, _HEAD.size))
    return kind, _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    chunks, missing = [], length
    while missing:
        chunk = connection.recv(min(missing, 1 << 16))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        missing -= len(chunk)
    return b"".join(chunks)
