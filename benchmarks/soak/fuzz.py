"""Damaged requests and queries by the ten thousand: whatever comes, the server answers in good form and lives on.

Each case is made from the seed and its number, so that every run with the same seed sends the same bytes. What breaks a
rule is written to build/soak/SEED-NUMBER.bin (the bytes) and .txt (what came back), and can be sent again:

  python -m benchmarks.soak fuzz --seed 1 --only 4711

Rules: no status of 500 and more but 503 that names its limit; every reply well-formed, with X-Request-Id; whole bodies
are in their coding and media type; web and engine process live to the end; no Traceback in the log.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from benchmarks.rig import say
from benchmarks.soak import cases, judgement, replies
from benchmarks.soak.cases import Case
from benchmarks.soak.replies import Ended, Malformed, Reply
from benchmarks.soak.server import FOLDER, Server, running

# Seconds without any reply: twice the longest that the server takes here, which is for documents that are being made.
SILENCE = 60.0
QUIET = 1.5  # seconds without a further one
SHOWN = 3  # of the offenders that are alike, those that are written down
_STEP = 1000
# Sorting strings and numbers together ends a worker of Oxigraph (its issue 1542, still so in 0.5.13): counted apart.
_UPSTREAM = "smallsort.rs"
_LAST = re.compile(r"[\w.]+(Error|Exception|Disconnect|Problem|Cancelled)\w*\b")
_LIKE = re.compile(r"0x[0-9a-f]+|\d+")
_ENVIRONMENT = {
    "VESOC_QUERY_TIMEOUT": "0.4",
    "VESOC_QUERY_MEMORY": "256",
    "VESOC_QUERY_PLACES": "8",
    "VESOC_HEADER_TIMEOUT": "0.5",
    "VESOC_BODY_TIMEOUT": "1",
    "VESOC_CACHE_SIZE": "8",
}


@dataclass
class Tally:
    """What came back: by status, by kind of damage and status, and the offenders."""

    statuses: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    offenders: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    upstream: list[int] = field(default_factory=list)
    slowest: float = 0.0
    requests: int = 0

    @property
    def offences(self) -> int:
        """How often a rule was broken."""
        return sum(map(len, self.offenders.values()))

    def take(self, case: Case, outcome: list[Reply | str], found: list[str], seconds: float) -> None:
        """The outcome of one case."""
        self.requests += max(len(case.methods), 1)
        self.slowest = max(self.slowest, seconds)
        for reply in outcome:
            name = (
                reply.partition(":")[0] if isinstance(reply, str) else f"{reply.status}{'' if reply.whole else ' cut'}"
            )
            self.statuses[name] += 1
            self.kinds.setdefault(case.kind, Counter())[name] += 1
        for text in found:
            self.offend(case.number, text)

    def offend(self, number: int, text: str) -> None:
        """A rule is broken; what is alike is counted together."""
        self.offenders.setdefault(_LIKE.sub("…", text)[:80], []).append((number, text))


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this run."""
    parser.add_argument("--requests", type=int, default=100_000, help="cases to send (100000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other cases (1)")
    parser.add_argument("--connections", type=int, default=32, help="connections at once (32)")
    parser.add_argument("--first", type=int, default=0, help="number of the first case (0)")
    parser.add_argument("--only", type=int, help="send the case of that number alone and show what comes back")


def run(options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    """Whether no rule was broken, and the figures."""
    with running("fuzz", **_ENVIRONMENT) as server:
        if options.only is not None:
            return _again(server, cases.case(options.seed, options.only))
        return asyncio.run(_all(server, options))


async def _all(server: Server, options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    tally, engine, started = Tally(), server.engine, monotonic()
    log = _Log(server)
    end = options.first + options.requests
    for first in range(options.first, end, _STEP):
        numbers = iter(range(first, min(first + _STEP, end)))
        await asyncio.gather(*(_client(server, options.seed, numbers, tally) for _ in range(options.connections)))
        for number, text in log.faults(first):
            if _UPSTREAM in text:
                tally.upstream.append(number)
            else:
                tally.offend(number, text)
        if not server.alive:
            tally.offend(first, "the web process ended")
            break
        if engine != server.engine:
            tally.offend(first, "the engine ended")
            engine = await _next_engine(server)
        done, seconds = min(first + _STEP, end), monotonic() - started
        say(f"  {done} of {end}, {seconds:.0f} s, {tally.offences} offences")
    for alike in tally.offenders.values():
        for number, text in alike[:SHOWN]:
            _write_down(options.seed, number, text)
    return not tally.offenders, _figures(tally, options, monotonic() - started)


async def _next_engine(server: Server) -> int:
    """The engine that was started anew, once it is ready."""
    for _ in range(60):
        if await asyncio.to_thread(server.ready):
            break
        await asyncio.sleep(1)
    return server.engine


async def _client(server: Server, seed: int, numbers: Iterator[int], tally: Tally) -> None:
    for number in numbers:
        case = cases.case(seed, number)
        started = monotonic()
        outcome, found = await _judged(server.port, case)
        tally.take(case, outcome, found, monotonic() - started)


async def _judged(port: int, case: Case) -> tuple[list[Reply | str], list[str]]:
    """What came back, and which rules it breaks."""
    outcome = await _outcome(port, case)
    found: list[str] = []
    for index, reply in enumerate(outcome):
        if isinstance(reply, str):
            found += [reply] if reply not in _FINE else []
        else:
            found += judgement.complaints(reply, _bodiless(case, index))
    return outcome, found


_FINE = ("hung up", "closed")


async def _outcome(port: int, case: Case) -> list[Reply | str]:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    except OSError as error:
        return [f"no connection: {error}"]
    try:
        sending = asyncio.create_task(_send(writer, case))
        if case.leaves:
            await sending
            return ["hung up"]
        found = await _receive(reader, case)
        sending.cancel()
        return found
    finally:
        writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, case: Case) -> None:
    with suppress(ConnectionError):
        for piece in case.pieces:
            writer.write(piece)
            await writer.drain()
            if case.pause:
                await asyncio.sleep(case.pause)


async def _receive(reader: asyncio.StreamReader, case: Case) -> list[Reply | str]:
    """All replies of the connection, and last what went wrong with it."""
    found: list[Reply | str] = []
    while True:
        patience = QUIET if found and (case.free or len(found) >= len(case.methods)) else SILENCE
        try:
            async with asyncio.timeout(patience):
                reply = await replies.read(reader, _bodiless(case, len(found)))
        except Ended:
            # Of several requests a broken one may take the connection with it.
            return found or ["closed" if case.free and len(case.methods) > 1 else "closed without a reply"]
        except TimeoutError:
            return found if patience == QUIET else [*found, "silent"]
        except Malformed as error:
            return [*found, f"malformed: {error}"]
        found.append(reply)
        if not reply.whole:
            return found


def _bodiless(case: Case, index: int) -> bool:
    return index < len(case.methods) and case.methods[index] == b"HEAD"


class _Log:
    """The log of the server, read on as it grows."""

    def __init__(self, server: Server) -> None:
        self._path = server.log
        self._place = 0

    def faults(self, first: int) -> list[tuple[int, str]]:
        """Lines that tell of a failure, with the case that they name or the first of those since the last look."""
        with self._path.open("rb") as file:
            file.seek(self._place)
            lines = file.read().decode(errors="replace").splitlines()
            self._place = file.tell()
        return [(_number(line, first), f"in the log: {text}") for line, text in _faults(lines)]


def _faults(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line that tells of a failure, with the gist of it: the last line of a traceback."""
    for index, line in enumerate(lines):
        if line.startswith("{") and '"error"' in line:
            yield line, json.loads(line)["error"]
        elif line.startswith("Traceback"):
            yield "", next((text for text in lines[index + 1 : index + 200] if _LAST.match(text)), line)
        elif "panicked" in line or line.startswith("Exception in thread"):
            yield "", line


def _number(line: str, first: int) -> int:
    with suppress(ValueError, AttributeError, KeyError):
        return int(json.loads(line)["id"].removeprefix("case-"))
    return first


def _write_down(seed: int, number: int, text: str) -> None:
    case = cases.case(seed, number)
    path = FOLDER / f"{seed}-{number}"
    path.with_suffix(".bin").write_bytes(case.sent)
    path.with_suffix(".txt").write_text(f"{case.kind}\n{text}\n")
    say(f"  {path}.bin: {case.kind}: {text[:300]}")


def _figures(tally: Tally, options: argparse.Namespace, seconds: float) -> dict[str, object]:
    return {
        "seed": options.seed,
        "cases": options.requests,
        "requests": tally.requests,
        "seconds": round(seconds, 1),
        "per second": round(tally.requests / seconds, 1),
        "slowest": round(tally.slowest, 2),
        "faults of the store": len(tally.upstream),
        "statuses": dict(sorted(tally.statuses.items())),
        "kinds": {kind: dict(sorted(counts.items())) for kind, counts in sorted(tally.kinds.items())},
        "offenders": [
            {"why": alike[0][1][:300], "times": len(alike), "cases": [number for number, _ in alike[:SHOWN]]}
            for alike in tally.offenders.values()
        ],
    }


def _again(server: Server, case: Case) -> tuple[bool, dict[str, object]]:
    say(f"  {case.kind}\n  {case.sent[:3000]!r}")
    outcome, found = asyncio.run(_judged(server.port, case))
    for reply in outcome:
        say(f"  {reply if isinstance(reply, str) else (reply.status, reply.fields, reply.body[:1000])}")
    found += [text for _, text in _Log(server).faults(case.number)]
    return not found, {"case": case.number, "kind": case.kind, "offences": found}
