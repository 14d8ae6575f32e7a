"""Replies as they stand on the wire, read strictly: what is not HTTP to the letter is an error here."""

from __future__ import annotations

import re
import zlib
from asyncio import IncompleteReadError, LimitOverrunError, StreamReader
from dataclasses import dataclass, field

import brotli
import zstandard

_STATUS = re.compile(rb"HTTP/1\.1 ([1-5]\d\d) [\t\x20-\x7e]*")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\xff](?:[\t\x20-\xff]*[\x21-\xff])?)?[ \t]*")
_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")
_LENGTH = re.compile(r"\d{1,12}")
_ONCE = ("content-length", "content-type", "content-encoding", "transfer-encoding", "x-request-id", "etag", "location")
_BODILESS = (204, 304)
_UNREAD = (400, 408, 429, 431, 503)  # told, with a body, before the method is looked at; then the connection closes


class Malformed(Exception):
    """Something that is no HTTP; the text says what."""


class Ended(Exception):
    """The connection ended where a reply might have begun."""


@dataclass
class Reply:
    """A reply; `whole` is false where the connection ended before the body did."""

    status: int
    fields: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    whole: bool = True

    def get(self, name: str) -> str:
        """The value of a field, or nothing."""
        return next((value for key, value in self.fields if key == name), "")

    @property
    def last(self) -> bool:
        """Whether the server said that it hangs up."""
        return self.get("connection").lower() == "close"

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.get("content-type").partition(";")[0]

    @property
    def content(self) -> bytes:
        """The body without its coding; Malformed where it is not in that coding."""
        try:
            return bytes(_CODINGS[self.get("content-encoding")](self.body))
        except KeyError:
            raise Malformed(f"an unknown coding: {self.get('content-encoding')}") from None
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            raise Malformed(f"the body is not in its coding: {error}") from None


async def read(reader: StreamReader, bodiless: bool = False) -> Reply:
    """The next final reply; `bodiless` for HEAD. Ended where none comes, Malformed where it is none."""
    while (reply := await _head(reader)).status < 200:
        pass
    if reply.status in _BODILESS or (bodiless and not (reply.last and reply.status in _UNREAD)):
        return reply
    pieces: list[bytes] = []
    try:
        await _body(reader, reply, pieces)
    except (IncompleteReadError, ConnectionError) as error:
        reply.whole = bodiless and not getattr(error, "partial", b"")
    reply.body = b"".join(pieces)
    return reply


async def _head(reader: StreamReader) -> Reply:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except IncompleteReadError as error:
        if error.partial:
            raise Malformed(f"the connection ended within a head: {error.partial[-200:]!r}") from None
        raise Ended from None
    except ConnectionError:
        raise Ended from None
    except LimitOverrunError:
        raise Malformed("a head without an end") from None
    status, *lines = head[:-4].split(b"\r\n")
    found = _STATUS.fullmatch(status)
    if not found:
        raise Malformed(f"no status line: {status[:200]!r}")
    reply = Reply(int(found[1]), [_field(line) for line in lines])
    _check(reply)
    return reply


def _field(line: bytes) -> tuple[str, str]:
    found = _FIELD.fullmatch(line)
    if not found:
        raise Malformed(f"no header field: {line[:200]!r}")
    return found[1].decode().lower(), (found[2] or b"").decode("latin-1")


def _check(reply: Reply) -> None:
    names = [name for name, _ in reply.fields]
    if twice := [name for name in _ONCE if names.count(name) > 1]:
        raise Malformed(f"more than once: {', '.join(twice)}")
    if "content-length" in names and "transfer-encoding" in names:
        raise Malformed("both a length and a transfer coding")
    if reply.status in _BODILESS and "transfer-encoding" in names:
        raise Malformed(f"{reply.status} with a transfer coding")


async def _body(reader: StreamReader, reply: Reply, pieces: list[bytes]) -> None:
    length = reply.get("content-length")
    if reply.get("transfer-encoding") == "chunked":
        while size := int(await _line(reader, _SIZE), 16):
            pieces.append(await reader.readexactly(size))
            await _line(reader)
        await _line(reader)
    elif _LENGTH.fullmatch(length):
        pieces.append(await reader.readexactly(int(length)))
    elif length:
        raise Malformed(f"no length: {length!r}")
    elif not reply.last:
        raise Malformed("neither a length nor a transfer coding, and the connection stays")
    else:
        pieces.append(await reader.read(-1))


async def _line(reader: StreamReader, form: re.Pattern[bytes] = re.compile(b"")) -> bytes:
    line = (await reader.readuntil(b"\r\n"))[:-2]
    if not form.fullmatch(line):
        raise Malformed(f"a chunk is not framed: {line[:200]!r}")
    return line


def _gunzip(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = unpacker.decompress(body)
    if not unpacker.eof or unpacker.unused_data:
        raise EOFError("too short or too long")
    return data


def _unzstd(body: bytes) -> bytes:
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    data = unpacker.decompress(body)
    if not unpacker.eof or unpacker.unused_data:
        raise EOFError("too short or too long")
    return data


_CODINGS = {"": bytes, "gzip": _gunzip, "br": brotli.decompress, "zstd": _unzstd}
