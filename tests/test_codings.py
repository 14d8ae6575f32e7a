"""Content codings: the choice, streams that a client can read as they come, bodies that are broken, bombs."""

from __future__ import annotations

import asyncio
import random
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from vesoc import codings
from vesoc.errors import Problem

MIB = 1024 * 1024
LIMIT = MIB
TEXT = "".join(f"<urn:s{n % 97}> <urn:p> <urn:o{n}> .\n" for n in range(4000)).encode()
NOISE = random.Random(7).randbytes(200_000)


def gzip(data: bytes) -> bytes:
    return deflated(data, 31)


def deflated(data: bytes, bits: int) -> bytes:
    inner = zlib.compressobj(9, wbits=bits)
    return inner.compress(data) + inner.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def unbrotli(data: bytes) -> bytes:
    """One byte after the other, as the library holds output back where it gets many."""
    inner = brotli.Decompressor()
    return b"".join(inner.process(data[n : n + 1]) for n in range(len(data)))


ENCODE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip,
    "x-gzip": gzip,
    "GZIP": gzip,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd,
    "identity": bytes,
    "": bytes,
    "gzip, br": lambda data: brotli.compress(gzip(data)),
    "zstd, identity, deflate,, gzip": lambda data: gzip(zlib.compress(zstd(data))),
}
DECODE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: zlib.decompressobj(31).decompress(data),
    "br": unbrotli,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
REAL = [coding for coding in ENCODE if coding not in ("identity", "")]


async def cut(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]
    yield b""  # Starlette ends a body so


def decoded(data: bytes, coding: str, size: int = 5000, limit: int = LIMIT) -> bytes:
    return asyncio.run(codings.decoded(cut(data, size), coding, limit))


def refused(data: bytes, coding: str, limit: int = LIMIT) -> Problem:
    with pytest.raises(Problem) as caught:
        decoded(data, coding, limit=limit)
    return caught.value


# --- the choice -------------------------------------------------------------------------------------------------------

CHOICES = {
    None: None,
    "": None,
    " , ,": None,
    "gzip": "gzip",
    "x-gzip": "gzip",
    "GZip": "gzip",
    "gzip, deflate, br, zstd": "zstd",
    "gzip, deflate, br": "br",
    "gzip;q=0.9, br;q=0.8, zstd;q=0.1": "gzip",
    "gzip ; q=0.9 , br; Q=0.95": "br",
    "*": "zstd",
    "*, zstd;q=0": "br",
    "*;q=0.5, gzip": "gzip",
    "*;q=0": None,
    "gzip, *;q=0": "gzip",
    "gzip;q=0": None,
    "deflate, compress": None,
    "identity": None,
    "identity, gzip;q=0.5": None,
    "identity;q=0.5, gzip;q=0.5": "gzip",
    "identity;q=0": None,
    "identity;q=0, deflate": None,
    "gzip;q=": None,
    "gzip;q=-1, br;q=2": None,
    "gzip;q=nan": None,
    ";;;===,\x00;q, ;q=1": None,
    "gzip;level=9;q=0.3, br;q=0.2": "gzip",
}


@pytest.mark.parametrize(("field", "coding"), CHOICES.items(), ids=map(repr, CHOICES))
def test_choice(field: str | None, coding: str | None) -> None:
    assert codings.choose(field) == coding


# --- compressors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_client_can_read_all_that_was_flushed(coding: str) -> None:
    compressor = codings.compressor(coding)
    first = compressor.compress(TEXT) + compressor.flush()
    assert DECODE[coding](first) == TEXT
    whole = first + compressor.compress(NOISE) + compressor.finish()
    assert DECODE[coding](whole) == TEXT + NOISE
    assert len(first) < len(TEXT) / 5


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_same_data_give_same_bytes(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = compressed(coding, TEXT)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000)
    assert compressed(coding, TEXT) == before
    assert compressed("gzip", TEXT)[4:8] == bytes(4)  # no time of day


@pytest.mark.parametrize("coding", codings.OFFERS)
@pytest.mark.parametrize("data", [b"", TEXT, NOISE], ids=["empty", "text", "noise"])
def test_what_we_compress_we_take(coding: str, data: bytes) -> None:
    assert decoded(compressed(coding, data), coding) == data


def compressed(coding: str, data: bytes) -> bytes:
    compressor = codings.compressor(coding)
    return compressor.compress(data) + compressor.finish()


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 5000, MIB])
@pytest.mark.parametrize("coding", ENCODE)
def test_body_is_decoded_however_it_is_cut(coding: str, size: int) -> None:
    data = TEXT[:20_000]
    assert decoded(ENCODE[coding](data), coding, size) == data


@pytest.mark.parametrize("coding", ENCODE)
@pytest.mark.parametrize("data", [b"", NOISE], ids=["empty", "noise"])
def test_body_of_any_kind_is_decoded(coding: str, data: bytes) -> None:
    assert decoded(ENCODE[coding](data), coding) == data


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_body_that_was_flushed_on_its_way_is_decoded(coding: str) -> None:
    compressor, data = codings.compressor(coding), TEXT * 5
    halves = compressor.compress(data) + compressor.flush(), compressor.compress(TEXT) + compressor.finish()
    assert decoded(b"".join(halves), coding, len(halves[0])) == data + TEXT


def test_deflate_without_wrapper_is_taken() -> None:
    assert decoded(deflated(TEXT, -15), "deflate") == TEXT


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("size", [1, 13, MIB])
def test_several_members_are_one_body(coding: str, size: int) -> None:
    members = ENCODE[coding](b"one ") + ENCODE[coding](b"") + ENCODE[coding](b"two")
    assert decoded(members, coding, size) == b"one two"


def test_zstd_frame_to_skip_is_skipped() -> None:
    skipped = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"aside"
    assert decoded(skipped + zstd(b"text") + skipped, "zstd") == b"text"


@pytest.mark.parametrize("coding", REAL)
def test_body_that_ends_too_early_is_refused(coding: str) -> None:
    whole = ENCODE[coding](TEXT[:3000])
    for end in (0, 1, 2, len(whole) // 2, len(whole) - 1):
        assert refused(whole[:end], coding).status == 400


@pytest.mark.parametrize("coding", REAL)
def test_body_that_goes_on_after_its_end_is_refused(coding: str) -> None:
    whole = ENCODE[coding](TEXT[:3000])
    assert refused(whole + b"junk", coding).status == 400
    assert refused(whole + b"\0" * 6000, coding).status == 400


@pytest.mark.parametrize("coding", REAL)
def test_body_that_is_something_else_is_refused(coding: str) -> None:
    problem = refused(b"SELECT * { ?s ?p ?o }", coding)
    assert problem.status == 400
    assert coding in problem.detail


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_body_with_a_wrong_sum_is_refused(coding: str) -> None:
    checked = zstandard.ZstdCompressor(write_checksum=True).compress(TEXT) if coding == "zstd" else ENCODE[coding](TEXT)
    spoilt = checked[:-5] + bytes(255 - byte for byte in checked[-5:])
    assert refused(spoilt, coding).status == 400


@pytest.mark.parametrize("coding", ["compress", "gzip, rot13", "*", "x-br", "gzip;q=1", ", ".join(["gzip"] * 4)])
def test_coding_that_is_not_taken_is_refused(coding: str) -> None:
    problem = refused(gzip(TEXT), coding)
    assert problem.status == 415
    assert problem.headers["Accept-Encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize("coding", ENCODE)
def test_limit_is_exact(coding: str) -> None:
    data = b"a" * 10_000
    assert decoded(ENCODE[coding](data), coding, limit=10_000) == data
    problem = refused(ENCODE[coding](data), coding, limit=9_999)
    assert problem.status == 413
    assert problem.extra == {"limit": "body", "bytes": 9_999}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_limit_holds_for_the_bytes_sent_too(coding: str) -> None:
    assert refused(ENCODE[coding](NOISE), coding, limit=len(NOISE)).status == 413


# --- bombs ------------------------------------------------------------------------------------------------------------


def zstd_bomb(mebibytes: int) -> bytes:
    """Blocks of 128 KiB of one byte, four bytes each."""
    window = (23 - 10) << 3
    block = (128 * 1024 << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    return b"\x28\xb5\x2f\xfd\x00" + bytes([window]) + block * (8 * mebibytes)


def gzip_bomb(mebibytes: int) -> bytes:
    inner = zlib.compressobj(9, wbits=31)
    first = inner.compress(bytes(MIB)) + inner.flush(zlib.Z_FULL_FLUSH)
    again = inner.compress(bytes(MIB)) + inner.flush(zlib.Z_FULL_FLUSH)
    return first + again * (mebibytes - 1)


def brotli_bomb(mebibytes: int) -> bytes:
    inner = brotli.Compressor(quality=1)
    first = inner.process(bytes(16 * MIB)) + inner.flush()
    again = inner.process(bytes(16 * MIB)) + inner.flush()
    return bytes(first + again * (mebibytes // 16 - 1))


BOMBS = {
    "zstd": zstd_bomb(4096),
    "gzip": gzip_bomb(1024),
    "br": brotli_bomb(4096),
    "gzip, gzip": gzip(gzip_bomb(1024)),
    "gzip, zstd": zstd(gzip_bomb(1024)),
    "zstd, gzip, br": brotli.compress(gzip(zstd_bomb(4096))),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_bomb_stays_small(coding: str) -> None:
    tracemalloc.start()
    started = time.monotonic()
    problem = refused(BOMBS[coding], coding, limit=4 * MIB)
    seconds, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problem.status == 413
    assert peak < 12 * MIB
    assert seconds < 2


def test_many_empty_members_are_refused() -> None:
    started = time.monotonic()
    assert refused(gzip(b"") * 20_000, "gzip").status == 400
    assert refused(zstd(b"") * 20_000, "zstd").status == 400
    assert time.monotonic() - started < 1


def test_zstd_window_is_bounded() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=24)
    wide = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert refused(wide.compress(TEXT) + wide.flush(), "zstd").status == 400
