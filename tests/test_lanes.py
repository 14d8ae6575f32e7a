"""Who goes first: quick and slow requests, the line, halts, memory; with fakes, and with a real server."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from test_limits import (
    COUNT,
    DIRECT,
    EATERS,
    MILLIONS,
    Running,
    ask_meanwhile,
    at_work,
    marked,
    parent,
    post,
    require_full,
    state,
    timed,
    wait_until,
)

from vesoc import wire
from vesoc.errors import Problem
from vesoc.lanes import MOST_USES, Lanes, Slow
from vesoc.runner import Runner
from vesoc.settings import Settings
from vesoc.snapshot import Snapshot
from vesoc.turns import Turn
from vesoc.usage import Usage

pytestmark = pytest.mark.alone

MIB = 1024 * 1024
TRIPLES = 400
TIME = 2.0
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    """No garbage collection until a failure is told: on Python 3.11 it can break the parser that pytest uses."""
    gc.disable()
    yield
    gc.enable()


# --- with fakes -------------------------------------------------------------------------------------------------------


class Fake(Runner):
    """A worker that remembers what was done to it."""

    def __init__(self, name: str = "", mebibytes: int = 0) -> None:
        super().__init__(lambda _: None)
        self.name = name
        self.done: list[str] = []
        self.priorities: list[int] = []
        self.mebibytes = mebibytes

    def __repr__(self) -> str:
        return self.name

    def grown(self) -> int:
        return self.mebibytes * MIB

    def lower(self, niceness: int) -> None:
        self.priorities.append(niceness)

    def halt(self) -> None:
        self.done.append("halt")

    def resume(self) -> None:
        self.done.append("resume")

    def kill(self) -> None:
        self.done.append("kill")

    def dismiss(self) -> None:
        self.done.append("dismiss")


class Yard:
    """Lanes, and the workers that they asked to replace."""

    def __init__(self, places: int = 1, queue: int = 2, patience: float = 30, memory: int = 1000) -> None:
        self.replaced: list[Runner] = []
        self.lanes = Lanes(Slow(places, queue, memory), queue, patience, self.replaced.append)

    def waiting(self) -> asyncio.Task[Turn]:
        return asyncio.create_task(self.lanes.take())

    async def slow(self, name: str, mebibytes: int = 0) -> tuple[Turn, Fake]:
        """A request that has turned slow, on a worker of its own."""
        runner = Fake(name, mebibytes)
        self.lanes.arrive(runner)
        turn = await self.lanes.take()
        assert turn.runner is runner
        self.lanes.turn_slow(turn)
        return turn, runner


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


async def settle() -> None:
    """Let whoever can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


def kind(task: asyncio.Task[Turn]) -> str:
    error = task.exception()
    assert isinstance(error, Problem)
    return error.kind


def test_idle_worker_is_taken_at_once() -> None:
    async def test() -> None:
        yard, worker = Yard(), Fake("a")
        yard.lanes.arrive(worker)
        turn = await yard.lanes.take()
        assert turn.runner is worker
        assert not turn.slow
        yard.lanes.leave(turn, ended=True)
        assert (await yard.lanes.take()).runner is worker
        assert worker.done == []

    run(test())


def test_idle_worker_that_has_ended_is_passed_over() -> None:
    async def test() -> None:
        yard, gone, good = Yard(), Fake("gone"), Fake("good")
        yard.lanes.arrive(good)
        yard.lanes.arrive(gone)
        gone.gone = True
        assert (await yard.lanes.take()).runner is good
        assert gone.done == ["dismiss"]

    run(test())


def test_first_who_waits_is_first_served() -> None:
    async def test() -> None:
        yard, workers = Yard(queue=3), [Fake("a"), Fake("b"), Fake("c")]
        tasks = [yard.waiting() for _ in workers]
        await settle()
        for worker in workers:
            yard.lanes.arrive(worker)
        assert [(await task).runner for task in tasks] == workers

    run(test())


def test_past_the_line_is_full() -> None:
    async def test() -> None:
        yard = Yard(queue=2)
        tasks = [yard.waiting() for _ in range(3)]
        await settle()
        assert [task.done() for task in tasks] == [False, False, True]
        assert kind(tasks[2]) == "full"
        for name in "ab":
            yard.lanes.arrive(Fake(name))
        assert [(await task).runner.__repr__() for task in tasks[:2]] == ["a", "b"]

    run(test())


def test_wait_ends_with_patience() -> None:
    async def test() -> None:
        yard = Yard(patience=0.02)
        with pytest.raises(Problem) as caught:
            await yard.lanes.take()
        assert (caught.value.status, caught.value.kind) == (503, "full")
        assert caught.value.headers["Retry-After"]
        worker = Fake("late")
        yard.lanes.arrive(worker)
        assert (await yard.lanes.take()).runner is worker

    run(test())


def test_who_leaves_the_line_gives_the_worker_on() -> None:
    async def test() -> None:
        yard, worker = Yard(), Fake("a")
        first, second = yard.waiting(), yard.waiting()
        await settle()
        yard.lanes.arrive(worker)  # it is the first's, who has not heard of it yet
        first.cancel()
        assert (await asyncio.wait_for(second, 1)).runner is worker
        assert first.cancelled()

    run(test())


def test_who_has_left_the_line_is_passed_over() -> None:
    async def test() -> None:
        yard, worker = Yard(), Fake("a")
        first, second = yard.waiting(), yard.waiting()
        await settle()
        first.cancel()
        await settle()
        yard.lanes.arrive(worker)
        assert (await asyncio.wait_for(second, 1)).runner is worker

    run(test())


def test_who_has_left_the_line_makes_room() -> None:
    async def test() -> None:
        yard = Yard(queue=1)
        first = yard.waiting()
        await settle()
        first.cancel()
        await settle()
        second = yard.waiting()
        await settle()
        assert not second.done()
        yard.lanes.arrive(Fake("a"))
        await second

    run(test())


def test_slow_ones_are_halted_past_their_places_and_go_on_in_order() -> None:
    async def test() -> None:
        yard = Yard(places=2, queue=3)
        turns, workers = zip(*[await yard.slow(name) for name in "abcde"], strict=True)
        assert yard.replaced == list(workers)
        assert [worker.done for worker in workers] == [[], [], ["halt"], ["halt"], ["halt"]]
        yard.lanes.leave(turns[1], ended=True)
        assert [worker.done for worker in workers[2:]] == [["halt", "resume"], ["halt"], ["halt"]]
        yard.lanes.leave(turns[0], ended=False)
        assert [worker.done for worker in workers[3:]] == [["halt", "resume"], ["halt"]]
        assert [turn.halted for turn in turns] == [False, False, False, False, True]

    run(test())


def test_slow_one_past_the_line_is_stopped_as_full() -> None:
    async def test() -> None:
        yard = Yard(places=1, queue=1)
        turns, workers = zip(*[await yard.slow(name) for name in "abc"], strict=True)
        assert workers[2].done == ["kill"]
        assert turns[2].reason is not None
        assert turns[2].reason.kind == "full"
        yard.lanes.leave(turns[2], ended=False)
        yard.lanes.leave(turns[0], ended=True)
        assert workers[1].done == ["halt", "resume"]

    run(test())


def test_slow_one_goes_behind_others_and_far_behind_where_it_has_rivals() -> None:
    async def test() -> None:
        yard = Yard(places=2)
        _, first = await yard.slow("a")
        alone = list(first.priorities)
        _, second = await yard.slow("b")
        assert 0 < alone[0] < first.priorities[-1] == second.priorities[-1] == 19

    run(test())


STATES = {
    "quick, ended": (False, 0, True, []),
    "quick, at work": (False, 0, False, ["kill"]),
    "slow, ended": (True, 0, True, ["dismiss"]),
    "slow, at work": (True, 0, False, ["kill"]),
    "halted, at work": (True, 1, False, ["halt", "kill"]),
}


@pytest.mark.parametrize(("slow", "before", "ended", "done"), STATES.values(), ids=STATES)
def test_leaving(slow: bool, before: int, ended: bool, done: list[str]) -> None:
    async def test() -> None:
        yard, worker = Yard(places=1), Fake("a")
        others = [await yard.slow("b") for _ in range(before)]
        yard.lanes.arrive(worker)
        turn = await yard.lanes.take()
        if slow:
            yard.lanes.turn_slow(turn)
        yard.lanes.leave(turn, ended)
        assert worker.done == done
        for other, _ in others:
            yard.lanes.leave(other, ended=True)
        assert worker.done == done  # nothing of it is left behind
        _, next_worker = await yard.slow("next")
        assert next_worker.done == []

    run(test())


def test_halted_one_whose_answer_is_there_does_not_stay_halted() -> None:
    async def test() -> None:
        yard = Yard(places=1)
        await yard.slow("a")
        turn, worker = await yard.slow("b")
        yard.lanes.leave(turn, ended=True)
        assert "kill" in worker.done or "resume" in worker.done

    run(test())


def test_worker_is_replaced_after_many_uses() -> None:
    async def test() -> None:
        yard, worker = Yard(), Fake("old")
        worker.uses = MOST_USES
        yard.lanes.arrive(worker)
        yard.lanes.leave(await yard.lanes.take(), ended=True)
        assert worker.done == ["dismiss"]

    run(test())


def test_too_much_memory_stops_the_largest() -> None:
    async def test() -> None:
        yard = Yard(places=2, memory=100)
        turns, workers = zip(*[await yard.slow(f"{size} MiB", size) for size in (30, 60, 40)], strict=True)
        for _ in range(60):
            await asyncio.sleep(0.01)
        assert [turn.reason and turn.reason.kind for turn in turns] == [None, "memory", None]
        assert [worker.done for worker in workers] == [[], ["kill"], ["halt"]]

    run(test())


def test_halted_one_counts_with_its_memory() -> None:
    async def test() -> None:
        yard = Yard(places=1, memory=100)
        await yard.slow("runs", 10)
        turn, _ = await yard.slow("is halted", 95)
        for _ in range(100):
            await asyncio.sleep(0.01)
            if turn.reason:
                break
        assert turn.reason is not None
        assert turn.reason.kind == "memory"

    run(test())


def test_worker_that_comes_as_its_request_is_cancelled_is_for_the_next() -> None:
    async def test() -> None:
        yard = Yard()
        first, second = yard.waiting(), yard.waiting()
        await asyncio.sleep(0)
        first.cancel()
        yard.lanes.arrive(worker := Fake())  # before the one that was cancelled has left the line
        with pytest.raises(asyncio.CancelledError):
            await first
        assert (await second).runner is worker
        assert (yard.lanes.busy, yard.lanes.waiting) == (1, 0)

    run(test())


def test_worker_that_was_given_to_a_request_that_is_cancelled_is_for_the_next() -> None:
    async def test() -> None:
        yard = Yard()
        first, second = yard.waiting(), yard.waiting()
        await asyncio.sleep(0)
        yard.lanes.arrive(worker := Fake())
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert (await second).runner is worker
        assert yard.lanes.busy == 1

    run(test())


class Mortal(Fake):
    """A worker that ends when it is asked, and whose end nobody has noticed before."""

    def ask(self, request: dict[str, Any]) -> None:
        self.gone = True

    async def receive(self) -> tuple[bytes, bytes]:
        raise ConnectionError


class Able(Fake):
    """A worker that answers."""

    async def receive(self) -> tuple[bytes, bytes]:
        return wire.HEADER, b'{"status":200,"length":4}\nbody'


def test_query_is_asked_again_where_a_quick_worker_ended() -> None:
    run(asked_after(1))


def test_query_is_asked_again_where_all_idle_workers_ended() -> None:
    run(asked_after(3))


async def asked_after(deaths: int) -> None:
    yard = Yard()
    for worker in (Able("good"), *(Mortal(str(number)) for number in range(deaths))):
        yard.lanes.arrive(worker)
    snapshot = Snapshot.__new__(Snapshot)  # without an engine
    snapshot._lanes = yard.lanes
    snapshot._settings = Settings(query_timeout=1)
    snapshot.require = lambda: None  # type: ignore[method-assign, assignment, return-value]
    answer = await snapshot.ask(Usage(), {"operation": "query"})
    assert answer.first == b"body"
    answer.exchange.close()


# --- with a server ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file that loads at once, and is still enough for millions of rows."""
    file = tmp_path_factory.mktemp("data") / "small.nt"
    file.write_text("".join(f"<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n" for n in range(TRIPLES)))
    return str(file)


@pytest.fixture(scope="module")
def single(data: str) -> Iterator[Running]:
    """A server with one slow place, a line, and time enough."""
    with marked("--data", data, VESOC_QUERY_PLACES="1", VESOC_QUERY_QUEUE="8", VESOC_QUERY_TIMEOUT="30") as server:
        yield server


def counting(rows: int) -> str:
    """A query that is slow, and whose answer is known."""
    return f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . {{ SELECT * {{ ?g ?h ?i }} LIMIT {rows} }} }}"


def number(response: httpx2.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def halted(server: Running) -> set[int]:
    return {pid for pid in server.processes() if state(pid) == "T"}


def free(server: Running) -> set[int]:
    """The workers that have nothing to do, or have had it for a moment only."""
    engine = server.engine()
    return {pid for pid in server.processes() - at_work(server) - halted(server) if parent(pid) == engine}


@contextlib.contextmanager
def occupied(server: Running) -> Iterator[None]:
    """Somebody has the slow place for as long as this lasts."""
    assert wait_until(lambda: not at_work(server), 5)
    with server.client.stream("GET", "/sparql", params={"query": MILLIONS}, headers=PLAIN) as response:
        chunks = response.iter_raw()  # to let go of it would close the connection
        next(chunks)
        assert wait_until(lambda: bool(at_work(server)), 5)
        yield


def test_second_slow_query_is_halted_and_ends_after_the_first(single: Running) -> None:
    with ThreadPoolExecutor(1) as thread:
        with occupied(single):
            second = thread.submit(post, single, counting(5))
            assert wait_until(lambda: len(halted(single)) == 1, 5)
            assert single.ask() == 200
            assert not second.done()
        assert number(second.result()) == TRIPLES * TRIPLES * 5
    assert wait_until(lambda: not halted(single) and not at_work(single), 5)


def test_halted_queries_are_all_answered(single: Running) -> None:
    with ThreadPoolExecutor(5) as threads:
        with occupied(single):
            others = [threads.submit(post, single, counting(rows)) for rows in range(8, 13)]
            assert wait_until(lambda: len(halted(single)) == 5, 10)
        assert [number(other.result()) for other in others] == [TRIPLES * TRIPLES * rows for rows in range(8, 13)]


def test_halted_query_ends_when_its_client_leaves(single: Running) -> None:
    with occupied(single):
        with pytest.raises(httpx2.TimeoutException):
            single.client.get("/sparql", params={"query": COUNT}, timeout=0.5)
        assert wait_until(lambda: not halted(single), 2)
        assert len(at_work(single)) == 1


def test_worker_of_an_answer_that_is_read_slowly_does_not_stay_halted(data: str) -> None:
    settings = {"VESOC_QUERY_PLACES": "1", "VESOC_QUERY_TIMEOUT": "30", "VESOC_CACHE_SIZE": "64"}
    with marked("--data", data, **settings) as server:
        large, short = f'SELECT ("{"x" * 6 * MIB}" AS ?x) {{}}', "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000"
        server.client.post("/sparql", content=large, headers={**DIRECT, **PLAIN})
        with occupied(server), connected(server) as connection:
            # The first comes from the cache and fills the way to the client; the worker of the second is done at once.
            connection.sendall(message(large, "keep-alive") + message(short, "close"))
            time.sleep(0.5)
            received = b"".join(iter(lambda: connection.recv(1 << 20), b""))
            assert received.count(b"HTTP/1.1 200 ") == 2
            assert received.endswith(b"]}}") or received.endswith(b"\r\n0\r\n\r\n")
            assert wait_until(lambda: not halted(server), 1)


def message(query: str, connection: str) -> bytes:
    fields = f"Content-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\nConnection: {connection}\r\n"
    return f"POST /sparql HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n{query}".encode()


def connected(server: Running) -> socket.socket:
    return socket.create_connection((server.client.base_url.host, server.client.base_url.port or 80), timeout=20)


def test_nobody_notices_that_an_idle_worker_was_killed(single: Running) -> None:
    for round_ in range(9):
        assert wait_until(lambda: len(free(single)) >= 3, 5)
        os.kill(sorted(free(single))[round_ % 3], signal.SIGKILL)
        assert single.ask() == 200


def test_nobody_notices_that_a_quick_worker_was_killed(single: Running) -> None:
    # On a busy machine the moment in which a query is quick may be over before the worker is killed.
    assert any(survives(single) for _ in range(5))


def survives(server: Running) -> bool:
    """Whether a query is answered whose worker stood still at once and was killed a little later."""
    assert wait_until(lambda: len(free(server)) >= 3, 5)
    workers = free(server)
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(server.ask)
        time.sleep(0.01)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return asked.result() == 200


def test_slow_worker_that_was_killed_is_told(single: Running) -> None:
    with ThreadPoolExecutor(1) as thread:
        runaway = thread.submit(post, single, COUNT)
        assert wait_until(lambda: bool(at_work(single)), 5)
        for pid in at_work(single):
            os.kill(pid, signal.SIGKILL)
        response = runaway.result()
    assert response.status_code == 503
    assert response.json()["kind"] == "memory"
    assert single.ask() == 200


def test_line_of_slow_ones_has_an_end(data: str) -> None:
    settings = {"VESOC_QUERY_PLACES": "1", "VESOC_QUERY_QUEUE": "1", "VESOC_QUERY_TIMEOUT": "30"}
    with marked("--data", data, **settings) as server, ThreadPoolExecutor(1) as thread:
        with occupied(server):
            second = thread.submit(post, server, counting(8))
            assert wait_until(lambda: len(halted(server)) == 1, 5)
            require_full(post(server, COUNT))
            assert server.ask() == 200
        assert number(second.result()) == TRIPLES * TRIPLES * 8


@pytest.fixture(scope="module")
def crowded(data: str) -> Iterator[Running]:
    """A server with the places that there are by default, and time to give each of fifty queries its first moment."""
    with marked("--data", data, VESOC_QUERY_TIMEOUT=f"{TIME:g}") as server:
        yield server


def test_fifty_runaways_end_in_time_while_others_are_served(crowded: Running) -> None:
    with ThreadPoolExecutor(50) as threads:
        runaways = [threads.submit(timed, crowded, COUNT) for _ in range(50)]
        ask_meanwhile(crowded, runaways)
    for response, seconds in (runaway.result() for runaway in runaways):
        assert response.status_code == 503
        assert response.json()["limit"] in ("time", "places")
        assert seconds < TIME + 1
    assert wait_until(lambda: not at_work(crowded) and not halted(crowded), 2)
    assert crowded.ask() == 200


def test_too_much_memory_of_all_stops_the_largest_only(data: str) -> None:
    settings = {"VESOC_QUERY_MEMORY_TOTAL": "100", "VESOC_QUERY_TIMEOUT": "30"}
    with marked("--data", data, **settings) as server, ThreadPoolExecutor(2) as threads:
        small = threads.submit(post, server, counting(30))
        assert wait_until(lambda: bool(at_work(server)), 5)
        eater = threads.submit(post, server, EATERS["ORDER BY"])
        ask_until(server, eater)
        assert eater.result().status_code == 503
        assert eater.result().json()["limit"] == "memory"
        assert number(small.result()) == TRIPLES * TRIPLES * 30


def ask_until(server: Running, other: Future[Any]) -> None:
    while not other.done():
        assert server.ask() == 200
        time.sleep(0.02)


def test_nothing_is_left_after_a_stop_while_queries_run_and_are_halted(data: str) -> None:
    settings = {"VESOC_QUERY_PLACES": "2", "VESOC_QUERY_TIMEOUT": "3"}
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(marked("--data", data, **settings))
        threads = [threading.Thread(target=left_alone, args=(server,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert wait_until(lambda: len(halted(server)) == 2 and len(at_work(server)) >= 2, 5)
    for thread in threads:
        thread.join()
    assert wait_until(lambda: not server.processes(), 2)


def left_alone(server: Running) -> None:
    with contextlib.suppress(httpx2.TransportError):
        assert post(server, COUNT).status_code == 503
