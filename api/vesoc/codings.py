"""Content codings: the choice for a response, and request bodies freed of theirs; RFC 9110, sections 8.4 and 12.5.3."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

from vesoc import formats
from vesoc.errors import Problem

OFFERS = ("zstd", "br", "gzip")
TAKEN = ("gzip", "deflate", "br", "zstd")
LAYERS = 3
_MEMBERS = 1000  # of a gzip or zstd body: each costs us more to begin than it costs to send
_PIECE = 64 * 1024
_SHORT = 500  # characters of a field whose choice is remembered
_GZIP = zlib.MAX_WBITS | 16
_WINDOW = 8 * 1024 * 1024  # the most that RFC 9659 lets a client ask for
_SLICE = 64  # zstandard cannot stop at a size of output; so much input becomes 2 MiB at most
_BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)


@dataclass(frozen=True)
class Compressor:
    """A coding under way: `compress` may hold data back, `flush` gives all of it so far, `finish` ends the stream."""

    compress: Callable[[bytes], bytes]
    flush: Callable[[], bytes]
    finish: Callable[[], bytes]


def choose(accept_encoding: str | None) -> str | None:
    """The coding that the field likes best, the earlier of OFFERS among equals; None is to send the data as they are.

    A field that rules out all there is, identity too, gets None as well.
    """
    return (_remembered if len(accept_encoding or "") < _SHORT else _chosen)(accept_encoding)


def _chosen(accept_encoding: str | None) -> str | None:
    # To refuse would help nobody: section 12.5.3 asks for the plain data where nothing fits.
    weights = _weights(accept_encoding or "")
    rest = weights.get("*", 0.0)
    best = max(OFFERS, key=lambda coding: weights.get(coding, rest))
    quality = weights.get(best, rest)
    return best if quality > 0 and quality >= weights.get("identity", 0.0) else None


_remembered = lru_cache(maxsize=256)(_chosen)


def compressor(coding: str) -> Compressor:
    """A compressor for one of OFFERS; the same data and calls give the same bytes."""
    return _COMPRESSORS[coding]()


async def decoded(chunks: AsyncIterator[bytes], content_encoding: str, limit: int) -> bytes:
    """The whole body without its codings, in memory that `limit` bounds however well it was compressed.

    Problem 413 where the body, in any of its layers, is larger than `limit` bytes, 415 where a coding is unknown, 400
    where the data are broken or end too early.
    """
    layers = _layers(content_encoding, limit)
    meter, body = _Meter(limit), bytearray()
    try:
        async for chunk in chunks:
            for piece in _through(layers, meter.passed(chunk)):
                body += piece
    except _BROKEN:
        raise Problem(400, f"the body is not what Content-Encoding says: {content_encoding}") from None
    if not all(layer.whole for layer in layers):
        raise Problem(400, f"the body ends too early for its Content-Encoding: {content_encoding}")
    return bytes(body)


def _weights(field: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in field.lower().split(","):
        coding, *parameters = [p.strip() for p in part.split(";")]
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        weights[_name(coding)] = formats.number(quality)
    return weights


def _name(coding: str) -> str:
    return "gzip" if coding == "x-gzip" else coding


def _gzip() -> Compressor:
    inner = zlib.compressobj(6, wbits=_GZIP)
    return Compressor(inner.compress, partial(inner.flush, zlib.Z_SYNC_FLUSH), inner.flush)


def _brotli() -> Compressor:
    inner = brotli.Compressor(quality=4)
    return Compressor(inner.process, inner.flush, inner.finish)


def _zstd() -> Compressor:
    inner = zstandard.ZstdCompressor(level=3).compressobj()
    return Compressor(inner.compress, partial(inner.flush, zstandard.COMPRESSOBJ_FLUSH_BLOCK), inner.flush)


_COMPRESSORS: Mapping[str, Callable[[], Compressor]] = MappingProxyType({"gzip": _gzip, "br": _brotli, "zstd": _zstd})


class _Member(Protocol):
    """One compressed stream; a body in gzip or zstd may be several of them in a row."""

    @property
    def done(self) -> bool:
        """Whether its end has been read."""

    @property
    def rest(self) -> bytes:
        """What came after its end."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What the data become, in bounded pieces."""


class _Zlib:
    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)

    @property
    def done(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        full = False
        while (data or full) and not self.done:
            piece = self._inner.decompress(data, _PIECE)
            data, full = self._inner.unconsumed_tail, len(piece) == _PIECE
            yield piece


class _Brotli:
    rest = b""  # the library takes data after the end for an error itself

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    @property
    def done(self) -> bool:
        return bool(self._inner.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        # What the library says of itself is no guide: it is ready for more data while it still holds output back.
        piece = self._inner.process(data, output_buffer_limit=_PIECE)
        while piece:
            yield piece
            piece = b"" if self.done else self._inner.process(b"", output_buffer_limit=_PIECE)


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        self.rest = b""

    @property
    def done(self) -> bool:
        return self._inner.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _SLICE):
            yield self._inner.decompress(data[start : start + _SLICE])
            if self.done:
                self.rest = self._inner.unused_data + data[start + _SLICE :]
                return


class _Meter:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0

    def passed(self, data: bytes) -> bytes:
        self._size += len(data)
        if self._size > self._limit:
            detail = f"the body, or what it decompresses to, is larger than {self._limit} bytes"
            raise Problem(413, detail, extra={"limit": "body", "bytes": self._limit})
        return data


class _Layer:
    """One coding of a body, with its output metered."""

    def __init__(self, coding: str, limit: int) -> None:
        self._start, self._left = _DECODERS[coding]
        self._meter = _Meter(limit)
        self._member: _Member | None = None
        self.whole = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data:
            member = self._member = self._member or self._next(data)
            yield from map(self._meter.passed, member.pieces(data))
            self.whole = member.done
            data = member.rest if member.done else b""
            self._member = None if member.done else member

    def _next(self, data: bytes) -> _Member:
        if not self._left:
            raise Problem(400, "the body goes on after the end of its compressed data")
        self._left -= 1
        return self._start(data[0])


def _deflate(first: int) -> _Zlib:
    # Some clients leave the zlib wrapper out. What begins like one is no raw stream, but for a kind that no one writes.
    return _Zlib(zlib.MAX_WBITS if first & 15 == zlib.DEFLATED else -zlib.MAX_WBITS)


_DECODERS: Mapping[str, tuple[Callable[[int], _Member], int]] = MappingProxyType(
    {
        "gzip": (lambda _: _Zlib(_GZIP), _MEMBERS),
        "deflate": (_deflate, 1),
        "br": (lambda _: _Brotli(), 1),
        "zstd": (lambda _: _Zstd(), _MEMBERS),
    }
)


def _layers(content_encoding: str, limit: int) -> list[_Layer]:
    """The layers to take off, the one put on last first."""
    named = [_name(part.strip().lower()) for part in content_encoding.split(",")]
    codings = [coding for coding in named if coding not in ("", "identity")]
    if len(codings) > LAYERS or not set(codings) <= set(TAKEN):
        taken = ", ".join(TAKEN)
        detail = f"the Content-Encoding of a body is one of {taken}, or up to {LAYERS} of them; not {content_encoding}"
        raise Problem(415, detail, headers={"Accept-Encoding": taken})
    return [_Layer(coding, limit) for coding in reversed(codings)]


def _through(layers: Sequence[_Layer], data: bytes) -> Iterator[bytes]:
    if not layers:
        yield data
        return
    for piece in layers[0].pieces(data):
        yield from _through(layers[1:], piece)
