"""Workers that are kept after slow requests: renewed, used again, gone in time; with fakes, and with a real server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from test_lanes import MIB, Fake, number, run, settle
from test_limits import (
    COUNT,
    EATERS,
    Running,
    bound,
    marked,
    niceness,
    post,
    status,
    tasks,
    wait_until,
)

from vesoc import keeping, wire
from vesoc.keeping import MOST_LEFT
from vesoc.lanes import Lanes, Slow
from vesoc.runner import Runner
from vesoc.settings import Settings
from vesoc.snapshot import Snapshot
from vesoc.turns import Turn

pytestmark = pytest.mark.alone

KEEP = 60.0


# --- with fakes -------------------------------------------------------------------------------------------------------


class Worker(Fake):
    """A worker that says how much it has copied, and comes back as soon as it is renewed."""

    def __init__(self, name: str, copied: int = 0) -> None:
        super().__init__(name)
        self.copies = copied * MIB

    def copied_at_most(self) -> int:
        return self.copies

    def renew(self) -> None:
        self.done.append("renew")


class Yard:
    """The lanes of an engine, and the workers that it was asked to replace."""

    def __init__(self, slow: Slow) -> None:
        self.slow = slow
        self.replaced: list[Runner] = []
        self.lanes = Lanes(slow, 8, 30, self.replaced.append)

    async def begun(self, worker: Worker) -> Turn:
        """A slow request on a worker that has just been forked, whoever else is free."""
        self.lanes.arrive(worker)
        turns = [await self.lanes.take()]
        while turns[-1].runner is not worker:
            turns.append(await self.lanes.take())
        *others, turn = turns
        for other in others:
            self.lanes.leave(other, ended=True)
        self.lanes.turn_slow(turn)
        return turn

    async def kept(self, *workers: Worker) -> None:
        """Workers that have been slow at the same time, and are back one after the other."""
        for turn in [await self.begun(worker) for worker in workers]:
            self.lanes.leave(turn, ended=True)
            if "renew" in turn.runner.done:  # type: ignore[attr-defined]
                self.lanes.arrive(turn.runner)


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping.os, "sched_getaffinity", lambda _: {0, 1})


def yard(keep: float = KEEP, memory: int = 1000) -> Yard:
    return Yard(Slow(4, 4, memory, keep))


def test_worker_that_was_slow_is_renewed_and_taken_before_others() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("slow")
        turn = await here.begun(worker)
        here.lanes.arrive(Worker("fresh"))
        here.lanes.leave(turn, ended=True)
        assert worker.done == ["renew"]
        assert (here.lanes.idle, here.lanes.kept) == (1, 0)  # it is not free before it has said so
        here.lanes.arrive(worker)
        assert (here.lanes.idle, here.lanes.kept) == (2, 1)
        assert (await here.lanes.take()).runner is worker

    run(test())


def test_worker_is_replaced_once() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("slow")
        await here.kept(worker)
        for _ in range(3):
            turn = await here.lanes.take()
            here.lanes.turn_slow(turn)
            here.lanes.leave(turn, ended=True)
            here.lanes.arrive(worker)
        assert here.replaced == [worker]
        assert worker.done == ["renew"] * 4
        assert not here.slow.retired

    run(test())


def test_kept_worker_waits_for_nobody_where_somebody_waits_for_it() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("slow")
        turn = await here.begun(worker)
        waits = asyncio.create_task(here.lanes.take())
        await settle()
        here.lanes.leave(turn, ended=True)
        here.lanes.arrive(worker)
        assert (await waits).runner is worker

    run(test())


def test_worker_is_not_kept_past_its_time() -> None:
    async def test() -> None:
        here, worker = yard(keep=0.1), Worker("slow")
        await here.kept(worker)
        await asyncio.sleep(0.05)
        assert worker.done == ["renew"]
        await asyncio.sleep(0.15)
        assert worker.done == ["renew", "dismiss"]
        assert here.slow.retired == {"idle": 1}
        assert here.lanes.idle == 0

    run(test())


def test_quick_requests_do_not_prolong_its_time() -> None:
    async def test() -> None:
        here, worker = yard(keep=0.1), Worker("slow")
        await here.kept(worker)
        until = time.monotonic() + 0.3
        while here.lanes.idle and time.monotonic() < until:
            turn = await here.lanes.take()
            await asyncio.sleep(0.001)
            here.lanes.leave(turn, ended=True)
        assert worker.done == ["renew", "dismiss"]
        assert here.slow.retired == {"idle": 1}

    run(test())


def test_slow_requests_prolong_its_time() -> None:
    async def test() -> None:
        here, worker = yard(keep=0.2), Worker("slow")
        await here.kept(worker)
        for _ in range(6):
            turn = await here.lanes.take()
            here.lanes.turn_slow(turn)
            await asyncio.sleep(0.06)
            here.lanes.leave(turn, ended=True)
            here.lanes.arrive(worker)
        assert "dismiss" not in worker.done

    run(test())


def test_none_is_kept_where_there_is_no_time_for_it() -> None:
    async def test() -> None:
        here, worker = yard(keep=0), Worker("slow")
        await here.kept(worker)
        assert worker.done == ["dismiss"]
        assert here.slow.retired == {"slow": 1}

    run(test())


def test_who_was_used_longest_ago_goes_where_too_many_are_kept() -> None:
    async def test() -> None:
        here, workers = yard(), [Worker(name) for name in "abc"]
        await here.kept(*workers)
        assert [worker.done[-1] for worker in workers] == ["dismiss", "renew", "renew"]
        assert here.slow.retired == {"slow": 1}
        assert [(await here.lanes.take()).runner for _ in range(2)] == [workers[2], workers[1]]

    run(test())


def test_worker_in_which_much_is_left_goes() -> None:
    async def test() -> None:
        here, large, other = yard(), Worker("large"), Worker("other")
        await here.kept(large)
        turn = await here.lanes.take()
        here.lanes.turn_slow(turn)
        here.lanes.leave(turn, ended=True)
        waiting = asyncio.ensure_future(here.lanes.take())
        await asyncio.sleep(0)
        large.left = MOST_LEFT + 1  # it tells when it is renewed
        here.lanes.arrive(large)
        assert (large.done, here.lanes.idle) == (["renew", "renew", "dismiss"], 0)
        assert here.slow.retired == {"memory": 1}
        here.lanes.arrive(other)
        assert (await waiting).runner is other

    run(test())


def test_worker_that_has_given_back_what_it_took_stays() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("large")
        worker.mebibytes = MOST_LEFT // MIB + 1
        worker.left = MOST_LEFT
        await here.kept(worker)
        assert worker.done == ["renew"]
        assert (await here.lanes.take()).runner is worker

    run(test())


def test_kept_workers_share_a_bound_on_memory() -> None:
    async def test() -> None:
        here, workers = yard(memory=100), [Worker("first", 70), Worker("second", 60)]
        await here.kept(*workers)
        assert [worker.done[-1] for worker in workers] == ["dismiss", "renew"]
        await here.kept(larger := Worker("larger than all", 101))
        assert larger.done == ["dismiss"]
        assert (await here.lanes.take()).runner is workers[1]
        assert here.slow.retired == {"memory": 2}

    run(test())


def test_kept_workers_go_before_any_request_is_stopped() -> None:
    async def test() -> None:
        here, kept, works = yard(memory=100), Worker("kept", 60), Worker("works")
        await here.kept(kept)
        here.lanes.arrive(works)
        first, turn = await here.lanes.take(), await here.lanes.take()
        assert (first.runner, turn.runner) == (kept, works)
        here.lanes.leave(first, ended=True)
        works.mebibytes = 50
        here.lanes.turn_slow(turn)
        await asyncio.sleep(0.25)
        assert (kept.done[-1], works.done) == ("dismiss", [])
        assert here.slow.retired == {"memory": 1}
        works.mebibytes = 0
        here.lanes.leave(turn, ended=True)
        await asyncio.sleep(0.25)
        await here.kept(again := Worker("again", 60))  # there is room again
        assert again.done == ["renew"]

    run(test())


def test_worker_of_old_data_is_not_kept() -> None:
    async def test() -> None:
        slow = Slow(4, 4, 1000, KEEP)
        old, new, workers = Yard(slow), Yard(slow), [Worker(name) for name in "abc"]
        works, returns = await old.begun(workers[0]), await old.begun(workers[1])
        await old.kept(workers[2])
        await new.kept(other := Worker("new"))
        old.lanes.leave(returns, ended=True)
        old.lanes.leave_off()
        old.lanes.arrive(workers[1])
        old.lanes.leave(works, ended=True)
        assert [worker.done for worker in workers] == [["dismiss"], ["renew", "dismiss"], ["renew", "dismiss"]]
        assert slow.retired == {"reload": 3}
        assert other.done == ["renew"]
        assert (await new.lanes.take()).runner is other

    run(test())


def test_snapshot_that_leaves_keeps_none() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("kept")
        await here.kept(worker)
        snapshot = Snapshot.__new__(Snapshot)  # without an engine
        snapshot._lanes, snapshot._settings, snapshot._free = here.lanes, Settings(), asyncio.Event()
        leaves = asyncio.create_task(snapshot.vacated())  # somebody still reads from it
        await settle()
        assert worker.done == ["renew", "dismiss"]
        leaves.cancel()

    run(test())


def test_workers_of_an_engine_that_ends_go_with_it() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("kept")
        await here.kept(worker)
        here.lanes.close()
        assert worker.done == ["renew", "dismiss"]
        assert not here.lanes.idle

    run(test())


def test_kept_worker_that_has_ended_is_passed_over_and_counted_nowhere() -> None:
    async def test() -> None:
        here, gone, fresh = yard(keep=0.1), Worker("gone"), Worker("fresh")
        await here.kept(gone)
        gone.gone = True
        assert (here.lanes.idle, here.lanes.processes) == (0, [])
        await asyncio.sleep(0.2)
        assert not +here.slow.retired
        here.lanes.arrive(fresh)
        assert (await here.lanes.take()).runner is fresh

    run(test())


def test_nothing_is_left_of_a_worker_that_ended_below_others() -> None:
    async def test() -> None:
        here, gone, fresh = yard(), Worker("gone"), Worker("fresh")
        here.lanes.arrive(gone)
        gone.gone = True
        here.lanes.arrive(fresh)
        assert gone.done == ["dismiss"]
        assert (await here.lanes.take()).runner is fresh

    run(test())


def test_nothing_is_left_of_a_worker_that_ends_while_it_is_renewed() -> None:
    before = os.listdir("/proc/self/fd")
    runner = Runner(lambda _: None)
    runner.data_received(wire.pack_json(wire.HELLO, {"process": os.getpid(), "thread": 1, "resident": 0}))
    assert os.listdir("/proc/self/fd") != before
    runner.renew()
    runner.connection_lost(None)
    assert os.listdir("/proc/self/fd") == before


def test_renewed_worker_has_the_priority_of_its_new_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        lowered: list[int] = []
        monkeypatch.setattr("vesoc.runner.os.setpriority", lambda _, thread, __: lowered.append(thread))
        arrivals: list[Runner] = []
        runner = Runner(arrivals.append)
        for thread in (11, 12):
            hello = {"process": os.getpid(), "thread": thread, "resident": 0}
            runner.data_received(wire.pack_json(wire.HELLO, hello))
            runner.lower(5)
        assert (arrivals, lowered) == ([runner, runner], [11, 12])
        runner.dismiss()

    run(test())


def test_copies_are_not_more_than_what_was_shared() -> None:
    runner = Runner(lambda _: None)
    faults = wire.faults(os.getpid())
    for resident, most in ((1, 1), (1 << 60, (faults + 10_000) * 4096)):
        runner.data_received(wire.pack_json(wire.HELLO, {"process": os.getpid(), "thread": 1, "resident": resident}))
        assert 0 < runner.copied_at_most() <= most
        runner.process = 0
        runner.dismiss()


def test_room_that_is_less_than_nothing_is_for_none() -> None:
    async def test() -> None:
        here, worker = yard(), Worker("it has copied nothing")
        await here.kept(worker)
        for _ in range(2):  # the second time there is nobody left
            here.slow.kept.fit(-1)
        assert worker.done == ["renew", "dismiss"]
        assert here.slow.retired == {"memory": 1}

    run(test())


# --- with a server ----------------------------------------------------------------------------------------------------

THINGS = 25_000
SCAN = (
    "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b . ?b <urn:p> ?c . ?c <urn:p> ?d . ?a <urn:q> ?e FILTER(REGEX(?e, '^t')) }"
)
HEAP = "SELECT ?b { ?a <urn:q> ?b . { SELECT ?c ?d { ?c <urn:p> ?d } LIMIT 20 } } ORDER BY ?b ?c LIMIT 5"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Data of which a scan copies thousands of pages, and takes longer than a moment."""
    file = tmp_path_factory.mktemp("data") / "things.nt"
    lines = (f'<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n<urn:s{n}> <urn:q> "thing {n}" .\n' for n in range(THINGS))
    file.write_text("".join(lines))
    return str(file)


@pytest.fixture(scope="module")
def server(data: str) -> Iterator[Running]:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="30") as running:
        yield running


def workers(server: Running) -> dict[int, float]:
    """The workers of the engine, and the seconds of a processor that each has had; they alone have a bound."""
    return {pid: spent(pid) for pid in server.workers()}


def spent(pid: int) -> float:
    """Seconds of a processor that a process has had, with threads that have ended (Linux, clock_getcpuclockid)."""
    with contextlib.suppress(OSError):
        return time.clock_gettime(~pid << 3 | 2)
    return 0.0


def scanned(server: Running) -> int:
    """The worker that a scan was asked of, which has answered it rightly and is free again."""
    before = workers(server)
    assert number(post(server, SCAN)) == THINGS - 2
    after = workers(server)
    worker = max(after, key=lambda pid: after[pid] - before.get(pid, 0))
    assert wait_until(lambda: rested(worker), 5)
    time.sleep(0.1)  # the web process hears of it a moment later
    return worker


def rested(worker: int) -> bool:
    """Whether it has the priority that it began with; of a slow one a thread has another until it is renewed."""
    found = tasks(worker)
    return bool(found) and all(niceness(task) == 0 for task in found)


def test_slow_worker_is_used_again_and_has_its_priority_back(server: Running) -> None:
    first = scanned(server)
    assert [scanned(server) for _ in range(4)] == [first] * 4


def test_second_scan_does_not_copy_the_pages_again(data: str) -> None:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="30") as server:
        first = scanned(server)
        faults = [wire.faults(first)]
        for _ in range(2):
            assert scanned(server) == first
            faults.append(wire.faults(first))
        assert faults[0] > 1000
        assert faults[2] - faults[0] < faults[0] / 4


def test_quick_query_is_answered_by_the_worker_that_is_kept(server: Running) -> None:
    kept = scanned(server)
    before = workers(server)
    for _ in range(100):
        assert server.ask() == 200
    after = workers(server)
    assert max(after, key=lambda pid: after[pid] - before.get(pid, 0)) == kept


def test_kept_worker_goes_when_its_time_is_over_and_its_memory_with_it(data: str) -> None:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="30", VESOC_QUERY_KEEP="2") as server:
        assert wait_until(lambda: len(workers(server)) >= 4, 10)
        time.sleep(1)  # what is made in advance is made
        before, held = set(workers(server)), server.memory()
        kept = scanned(server)
        assert set(workers(server)) - before - {kept}  # another was forked in its place
        assert server.memory() > held + 4 * MIB
        assert wait_until(lambda: kept not in workers(server), 10)
        assert wait_until(lambda: len(workers(server)) == len(before), 5)
        assert wait_until(lambda: server.memory() < held + 3 * MIB, 5)


def test_nobody_notices_that_a_kept_worker_was_killed(server: Running) -> None:
    kept = scanned(server)
    os.kill(kept, signal.SIGKILL)
    assert scanned(server) != kept
    assert server.ask() == 200
    assert kept not in workers(server)


def test_worker_of_a_query_that_was_stopped_is_not_used_again(data: str) -> None:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="2") as server:
        kept = scanned(server)
        assert post(server, COUNT).json()["limit"] == "time"
        assert wait_until(lambda: kept not in workers(server), 5)
        assert scanned(server) != kept


def test_worker_that_took_much_gives_it_back_and_is_kept(data: str) -> None:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="30") as server:
        kept = scanned(server)
        before, most, over = wire.resident(kept), [0], threading.Event()

        def look() -> None:
            while not over.wait(0.005):
                most[0] = max(most[0], wire.resident(kept))

        with ThreadPoolExecutor(1) as looking:
            looking.submit(look)
            try:
                answer = post(server, HEAP)
            finally:
                over.set()
        assert answer.status_code == 200
        assert most[0] > before + MOST_LEFT
        assert wait_until(lambda: wire.resident(kept) < before + MOST_LEFT / 4, 5)
        assert wait_until(lambda: rested(kept), 5)
        time.sleep(0.1)
        assert scanned(server) == kept


def test_kept_worker_has_the_bounds_of_a_fresh_one(data: str) -> None:
    with marked("--data", data, VESOC_QUERY_TIMEOUT="20", VESOC_QUERY_MEMORY="160") as server:
        assert wait_until(lambda: bool(workers(server)), 10)
        fresh = min(room(pid) for pid in workers(server))
        kept = scanned(server)
        for _ in range(5):
            assert scanned(server) == kept
            assert abs(room(kept) - fresh) < 16 * MIB
        assert post(server, EATERS["string doubling"]).json()["limit"] == "memory"
        assert wait_until(lambda: kept not in workers(server), 5)
        assert server.ask() == 200


def room(pid: int) -> int:
    """Bytes of address space that a process may still take."""
    return int(bound(pid)) - int(status(pid, "VmSize")) * 1024
