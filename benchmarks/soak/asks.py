"""ASKs at full rate, none from the cache, with a time limit set: each of them is answered, and answered right."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import count
from time import monotonic

from benchmarks.rig import say
from benchmarks.soak import client
from benchmarks.soak.client import Client
from benchmarks.soak.server import running

_QUERIES = (("ASK {}", True), ("ASK { ?s ?p ?o }", True), ("ASK { <urn:nothing> ?p ?o }", False))


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this run."""
    parser.add_argument("--seconds", type=float, default=60, help="length of the run (60)")
    parser.add_argument("--clients", type=int, default=12, help="keep-alive connections (12)")
    parser.add_argument("--limit", type=float, default=2, help="VESOC_QUERY_TIMEOUT in seconds (2)")


def run(options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    """Whether no rule was broken, and the figures."""
    with running("asks", VESOC_QUERY_TIMEOUT=f"{options.limit:g}", VESOC_CACHE_SIZE="0") as server:
        before = server.engine
        tally = asyncio.run(_all(server.port, options))
        tally["lost processes"] = int(not server.alive) + int(server.engine != before)
    errors = sum(number for name, number in tally.items() if name != "good")
    rate = round(tally.total() / options.seconds, 1)
    return not errors, {"seconds": options.seconds, "per second": rate, "errors": errors, "outcomes": +tally}


async def _all(port: int, options: argparse.Namespace) -> Counter[str]:
    tally: Counter[str] = Counter()
    numbers, until = count(), monotonic() + options.seconds
    asking = [_ask(Client(port), numbers, until, tally) for _ in range(options.clients)]
    await asyncio.gather(_tell(tally, until), *asking)
    return tally


async def _tell(tally: Counter[str], until: float) -> None:
    while (left := until - monotonic()) > 0:
        await asyncio.sleep(min(5, left))
        say(f"  {tally.total()} asked, {tally.total() - tally['good']} errors")


async def _ask(asking: Client, numbers: Iterator[int], until: float, tally: Counter[str]) -> None:
    while monotonic() < until:
        number = next(numbers)
        text, truth = _QUERIES[number % len(_QUERIES)]
        outcome = await asking.ask(f"{text} # {number}", "application/sparql-results+json")
        tally[_name(outcome, truth)] += 1
    asking.close()


def _name(outcome: client.Outcome, truth: bool) -> str:
    if isinstance(outcome, str):
        return outcome
    if outcome.status != 200 or not outcome.whole:
        return f"{outcome.status}{'' if outcome.whole else ' cut'}"
    return "good" if (b"true" in outcome.body) is truth else "wrong answer"
