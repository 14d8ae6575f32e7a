"""Mixed load while a process is killed every second: no answer is wrong or secretly short, and nothing leaks.

Clients ask queries whose answers are known beforehand, again and for the first time, small and of some MB; some send
runaways, some hang up. After a warm-up the server rests and is measured; then a random worker is killed every second
(`--kill engine`: the engine, every 20 seconds); after another rest the server is measured again.

Rules: each whole answer is the known one; a transfer is cut, or told 503, only where something was killed meanwhile or
the time limit was met; web and engine process live to the end; memory at rest is within a tenth of that after the
warm-up; open files and processes are as many as then.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import count
from random import Random
from time import monotonic

from benchmarks import generator, processes
from benchmarks.rig import say
from benchmarks.soak import questions
from benchmarks.soak.client import Client
from benchmarks.soak.questions import RUNAWAY, Question
from benchmarks.soak.replies import Malformed, Reply
from benchmarks.soak.server import FOLDER, Broken, Footprint, Server, running

REST = 10.0
SAMPLE = 5.0
LOADING = 15.0  # seconds that an engine may take to come back
PERIODS = {"worker": 1.0, "engine": 20.0}
_CODINGS = ("identity", "identity", "gzip", "br", "zstd")
_SHOWN = 50


@dataclass
class Watch:
    """What was seen: outcomes, kills, memory over time, and what broke a rule."""

    limit: float
    outcomes: Counter[str] = field(default_factory=Counter)
    kills: list[float] = field(default_factory=list)
    samples: list[tuple[float, float, float]] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def killed(self, since: float, margin: float = 0.2) -> bool:
        """Whether anything was killed since then; a connection may take a moment to tell."""
        return any(moment > since - margin for moment in reversed(self.kills[-100:]))

    def note(self, name: str, offence: str = "") -> None:
        """One outcome; an offence is told at once."""
        self.outcomes[name] += 1
        if offence:
            self.offences.append(offence)
            say(f"  {offence}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this run."""
    parser.add_argument("--minutes", type=float, default=10, help="length of the run after the warm-up (10)")
    parser.add_argument("--warm", type=float, default=60, help="seconds of warm-up (60)")
    parser.add_argument("--clients", type=int, default=12, help="clients at once (12)")
    parser.add_argument("--limit", type=float, default=3, help="VESOC_QUERY_TIMEOUT in seconds (3)")
    parser.add_argument("--kill", choices=PERIODS, default="worker", help="what is killed (worker)")
    parser.add_argument("--seed", type=int, default=1, help="for the choices of clients and killer (1)")


def run(options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    """Whether no rule was broken, and the figures."""
    data = generator.data(FOLDER, "20k")
    asked = questions.answered(data.path)
    kept = {"VESOC_QUERY_KEEP": f"{REST / 2:g}"}  # while clients ask; at rest there are none
    settings = {"VESOC_QUERY_TIMEOUT": f"{options.limit:g}", "VESOC_CACHE_SIZE": "8", **kept}
    with running("kill", "--data", str(data.path), **settings) as server:
        return asyncio.run(_all(server, asked, options))


async def _all(server: Server, asked: list[Question], options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    watch, engine = Watch(options.limit), server.engine
    await _rested(server, "at the start")  # a server does at leisure what its pages need, and takes memory for it
    await _compare(server, asked)
    await _load(server, asked, options, watch, monotonic() + options.warm, kills=False)
    warm = await _rested(server, "after the warm-up")
    watch.samples.clear()
    await _load(server, asked, options, watch, monotonic() + options.minutes * 60, kills=True)
    final = await _rested(server, "at the end")
    if options.kill == "worker" and server.engine != engine:
        watch.note("engine lost", "the engine was started anew")
    if not server.alive or not await asyncio.to_thread(server.ready):
        watch.note("server lost", "the server is not ready at the end")
    for offence in _leaks(warm, final):
        watch.note("leak", offence)
    return not watch.offences, _figures(watch, warm, final)


async def _compare(server: Server, asked: list[Question]) -> None:
    """All answers are known right, before anything is done to the server."""
    client = Client(server.port)
    for question in asked:
        reply = await client.ask(question.text, question.accept)
        if isinstance(reply, str) or questions.digest(reply.content) != question.digest:
            raise Broken(f"the answer to {question.name!r} is not the expected one, and nothing was killed yet")
    client.close()


async def _load(
    server: Server, asked: list[Question], options: argparse.Namespace, watch: Watch, until: float, *, kills: bool
) -> None:
    tasks = [_ask(server.port, asked, watch, Random(f"{options.seed}/{n}"), until) for n in range(options.clients)]
    others = [_sample(server, watch, until)]
    if kills:
        others.append(_kill(server, watch, Random(options.seed), until, options.kill))
    await asyncio.gather(*tasks, *others)


async def _ask(port: int, asked: list[Question], watch: Watch, random: Random, until: float) -> None:
    client, weights = Client(port), [question.weight for question in asked]
    while monotonic() < until:
        (question,) = random.choices(asked, weights)
        fate = random.random()
        if fate < 0.01:
            await _run_away(client, watch)
        elif fate < 0.06:
            text = f"{question.text} # {next(watch.numbers)}"
            await client.leave(text, question.accept, random.random() * 0.1, random.choice((1, 1000, 100_000)))
            watch.note("hung up")
        else:
            await _ask_one(client, question, watch, random)
    client.close()


async def _run_away(client: Client, watch: Watch) -> None:
    started = monotonic()
    reply = await client.ask(f"{RUNAWAY} # {next(watch.numbers)}", questions.TSV)
    _refused(reply, "runaway", started, watch)


async def _ask_one(client: Client, question: Question, watch: Watch, random: Random) -> None:
    text = question.text if random.random() < 0.5 else f"{question.text} # {next(watch.numbers)}"
    started = monotonic()
    reply = await client.ask(text, question.accept, random.choice(_CODINGS))
    if isinstance(reply, str) or reply.status != 200 or not reply.whole:
        _refused(reply, question.name, started, watch)
        return
    try:
        right = questions.digest(reply.content) == question.digest
    except Malformed as error:
        watch.note("malformed", f"{question.name}: {error}")
        return
    watch.note(
        "good" if right else "wrong", "" if right else f"{question.name}: a wrong answer, {len(reply.body)} bytes"
    )


def _refused(reply: Reply | str, name: str, started: float, watch: Watch) -> None:
    """An answer that is none: right only where something was killed meanwhile, or the time was up."""
    late = monotonic() - started >= watch.limit * 0.98
    killed = watch.killed(started)
    if isinstance(reply, str):
        watch.note(reply, f"{name}: {reply}")
    elif not reply.whole:
        watch.note("cut", "" if killed or late else f"{name}: cut without a cause after {monotonic() - started:.2f} s")
    elif reply.status != 503:
        watch.note(str(reply.status), f"{name}: status {reply.status}")
    else:
        kind = _kind(reply)
        fine = {"timeout": late, "memory": killed, "loading": watch.killed(started, LOADING)}.get(kind, False)
        after = f"after {monotonic() - started:.2f} s"
        watch.note(f"503 {kind}", "" if fine else f"{name}: 503 {kind!r} without a cause {after}")


def _kind(reply: Reply) -> str:
    with suppress(ValueError, Malformed):
        return str(json.loads(reply.content).get("kind"))
    return "unreadable"


async def _kill(server: Server, watch: Watch, random: Random, until: float, target: str) -> None:
    while monotonic() + PERIODS[target] < until:
        await asyncio.sleep(PERIODS[target])
        victims = server.workers if target == "worker" else [server.engine]
        if not any(victims):
            continue
        watch.kills.append(monotonic())
        with suppress(ProcessLookupError):
            os.kill(random.choice(victims), signal.SIGKILL)


async def _sample(server: Server, watch: Watch, until: float) -> None:
    """Memory of the tree, and of the two processes that stay."""
    started = monotonic()
    while monotonic() + SAMPLE < until:
        await asyncio.sleep(SAMPLE)
        whole = await asyncio.to_thread(processes.memory, server.web)
        stay = processes.pss(server.web) + processes.pss(server.engine)
        watch.samples.append((monotonic() - started, whole, stay))
        if len(watch.samples) % 6 == 0:
            say(f"  {monotonic() - started:.0f} s, {whole:.0f} MiB, {len(watch.kills)} kills, {dict(watch.outcomes)}")


async def _rested(server: Server, when: str) -> Footprint:
    await asyncio.sleep(REST)
    found = await asyncio.to_thread(server.footprint)
    say(f"  {when}: {found}")
    return found


def _leaks(warm: Footprint, final: Footprint) -> list[str]:
    found = []
    if final.mebibytes > warm.mebibytes * 1.1:
        found.append(f"memory at rest went from {warm.mebibytes:.1f} to {final.mebibytes:.1f} MiB")
    if final.descriptors != warm.descriptors:
        found.append(f"open files went from {warm.descriptors} to {final.descriptors}")
    if final.processes != warm.processes:
        found.append(f"processes went from {warm.processes} to {final.processes}")
    return found


def _slope(points: list[tuple[float, float]]) -> float:
    """MiB a minute, by least squares."""
    if len(points) < 3:
        return 0.0
    middle = sum(x for x, _ in points) / len(points)
    level = sum(y for _, y in points) / len(points)
    spread = sum((x - middle) ** 2 for x, _ in points)
    return round(60 * sum((x - middle) * (y - level) for x, y in points) / spread, 3)


def _figures(watch: Watch, warm: Footprint, final: Footprint) -> dict[str, object]:
    return {
        "requests": watch.outcomes.total(),
        "kills": len(watch.kills),
        "outcomes": dict(watch.outcomes.most_common()),
        "after warm-up": asdict(warm),
        "at the end": asdict(final),
        "MiB a minute, tree": _slope([(moment, whole) for moment, whole, _ in watch.samples]),
        "MiB a minute, web and engine": _slope([(moment, stay) for moment, _, stay in watch.samples]),
        "offences": watch.offences[:_SHOWN],
        "number of offences": len(watch.offences),
    }
