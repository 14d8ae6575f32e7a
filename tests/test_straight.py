"""Queries without a task of their own: which are answered so, and that the others go on from where they are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from test_lanes import Fake, Yard
from test_whole import Cycle

from vesoc import wire
from vesoc.access import Access, Direct
from vesoc.asking import sparql
from vesoc.cache import Cache
from vesoc.door import Door
from vesoc.errors import Problem
from vesoc.ledger import Ledger
from vesoc.passage import Passage
from vesoc.records import Record
from vesoc.settings import Settings
from vesoc.snapshot import Snapshot
from vesoc.straight import Errand, Straight
from vesoc.supervisor import Loaded

TABLE = "application/sparql-results+json"
BODY = b'{"head":{},"boolean":true}'


def whole(body: bytes = BODY) -> tuple[bytes, bytes]:
    """The frame of an answer that is all there."""
    return wire.HEADER, orjson.dumps({"status": 200, "type": TABLE, "length": len(body)}) + b"\n" + body


def problem(told: Problem) -> tuple[bytes, bytes]:
    """The frame of a problem."""
    parts = {name: getattr(told, name) for name in ("status", "detail", "kind", "extra", "headers")}
    return wire.ERROR, orjson.dumps(parts) + b"\n"


class Scripted(Fake):
    """A worker that is asked, and answers when the test says so."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.asked: list[dict[str, Any]] = []

    def ask(self, request: dict[str, Any]) -> None:
        self.asked.append(request)

    def answer(self, *frames: tuple[bytes, bytes]) -> None:
        self.data_received(b"".join(wire.pack(*frame) for frame in frames))


class Office:
    """All that the way of a query needs, without a server: workers that are free, and what is written down."""

    def __init__(self, *workers: Scripted, **settings: Any) -> None:
        chosen = Settings(**settings)
        self.yard = Yard()
        for worker in workers:
            self.yard.lanes.arrive(worker)
        snapshot: Any = Snapshot.__new__(Snapshot)  # without an engine
        snapshot._lanes, snapshot._settings, snapshot.generation = self.yard.lanes, chosen, 0
        snapshot.require = lambda: Loaded("digest", "state", 1)
        snapshot.held = 0
        snapshot.hold, snapshot.release = lambda: self._hold(1), lambda: self._hold(-1)
        self.held = 0
        self.closed: list[Record] = []
        self.cache = Cache(1)
        door, ledger = Door(chosen), Ledger(chosen, traced=self.closed.append)
        passage = Passage(door, self.cache, ledger, 200, path="/sparql")
        state = SimpleNamespace(pool=SimpleNamespace(current=snapshot), cache=self.cache, settings=chosen)
        self.app: Any = SimpleNamespace(state=state)
        self.straight = Straight(self.app, passage, "/sparql")
        self.access = Access(Direct(nowhere, "/sparql", sparql), passage)
        self.on = 0

    def _hold(self, number: int) -> None:
        self.held += number

    def take(self, cycle: Cycle) -> Errand | None:
        return self.straight.takes(cycle, self._go_on)

    def _go_on(self) -> None:
        self.on += 1

    async def finish(self, cycle: Cycle) -> None:
        """The task of a request, as uvicorn would begin it."""
        await self.access(cycle.scope, None, cycle.send)  # type: ignore[arg-type]


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("the request has left its way")


def asking(query: bytes = b"query=ASK%20%7B%7D", **given: Any) -> Cycle:
    """The cycle of a request with a query."""
    fields = given.pop("fields", [(b"accept", TABLE.encode()), (b"x-request-id", b"mine")])
    scope = {
        "type": "http",
        "method": given.pop("method", "GET"),
        "path": given.pop("path", "/sparql"),
        "raw_path": b"/sparql",
        "query_string": query,
        "headers": fields,
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    return Cycle(scope=scope, **given)


def status(cycle: Cycle) -> int:
    """What was written, and once."""
    [written] = cycle.written
    return int(written.split()[1])


def run(work: Callable[[], Any]) -> None:
    """In an event loop; all that was held is given back."""

    async def test() -> None:
        await work()

    asyncio.run(test())


def test_whole_answer_needs_no_task() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        assert office.take(cycle)
        assert (office.held, worker.asked[0]["query"]) == (1, "ASK {}")
        worker.answer(whole())
        assert status(cycle) == 200
        assert cycle.written[0].endswith(b"\r\n\r\n" + BODY)
        assert b"x-request-id: mine\r\n" in cycle.written[0]
        assert (office.on, office.held, office.yard.lanes.idle) == (0, 0, 1)
        [record] = office.closed
        assert (record.outcome, record.size, record.cache, record.usage.slow) == ("ok", len(BODY), "miss", False)
        assert office.cache.entries == 1

    run(work)


def test_second_time_no_worker_is_asked() -> None:
    async def work() -> None:
        worker = Scripted()
        office = Office(worker)
        for number in range(3):
            cycle = asking()
            office.take(cycle)
            if number == 0:
                worker.answer(whole())
            assert cycle.written[0].endswith(BODY)
        assert len(worker.asked) == 1
        assert [record.cache for record in office.closed] == ["miss", "hit", "hit"]

    run(work)


@pytest.mark.parametrize(
    "given",
    [
        {"method": "POST"},
        {"method": "HEAD"},
        {"path": "/sparql/"},
        {"query": b""},
        {"query": b"lang=nl"},
        {"fields": [(b"content-length", b"3")]},
        {"fields": [(b"transfer-encoding", b"chunked")]},
        {"fields": [(b"expect", b"100-continue")]},
    ],
    ids=str,
)
def test_other_requests_are_not_taken(given: dict[str, Any]) -> None:
    async def work() -> None:
        office = Office(Scripted())
        assert not office.take(asking(**given))
        assert (office.on, office.held, office.closed) == (0, 0, [])

    run(work)


@pytest.mark.parametrize(
    ("query", "fields", "expected"),
    [
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", [], 400),
        (b"query=%FF", [], 400),
        (b"query=ASK%20%7B%7D&update=x", [], 403),
        (b"query=ASK%20%7B%7D", [(b"accept", b"image/png")], 406),
        (b"query=" + b"x" * 300, [], 414),
    ],
)
def test_problem_is_told_at_once(query: bytes, fields: list[tuple[bytes, bytes]], expected: int) -> None:
    async def work() -> None:
        office, cycle = Office(Scripted()), asking(query, fields=fields)
        assert office.take(cycle)
        assert status(cycle) == expected
        assert json.loads(cycle.written[0].partition(b"\r\n\r\n")[2])["status"] == expected
        assert (office.on, office.held) == (0, 0)
        assert office.closed[0].status == expected

    run(work)


def test_problem_of_the_worker_is_told_and_the_worker_is_free() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        office.take(cycle)
        worker.answer(problem(Problem(400, "not valid", kind="syntax", extra={"line": 1})))
        assert status(cycle) == 400
        assert (office.closed[0].outcome, office.yard.lanes.idle, office.held) == ("syntax", 1, 0)
        assert office.cache.entries == 0

    run(work)


def test_what_nobody_foresaw_is_500_and_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        office, cycle = Office(Scripted()), asking()
        office.app.state.pool.current.begin = None
        office.take(cycle)
        assert status(cycle) == 500
        assert (office.closed[0].status, office.held) == (500, 0)

    run(work)
    assert "NoneType" in caplog.text


def test_answer_in_pieces_goes_on_with_its_worker() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        office.take(cycle)
        header = orjson.dumps({"status": 200, "type": TABLE})
        worker.answer((wire.HEADER, header + b"\n[1"), (wire.DATA, b",2]"), (wire.END, b""))
        assert (office.on, cycle.written) == (1, [])
        await office.finish(cycle)
        assert b"".join(message.get("body", b"") for message in cycle.sent) == b"[1,2]"
        assert (len(worker.asked), office.held, office.yard.lanes.idle) == (1, 0, 1)
        assert len(office.closed) == 1

    run(work)


def test_request_that_takes_longer_goes_on_with_its_worker() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        office.take(cycle)
        await asyncio.sleep(0.1)
        assert office.on == 1
        task = asyncio.create_task(office.finish(cycle))
        await asyncio.sleep(0)
        worker.answer(whole())
        await task
        assert cycle.sent[-1]["body"] == BODY
        assert len(worker.asked) == 1

    run(work)


def test_another_worker_is_asked_where_one_ends() -> None:
    async def work() -> None:
        mortal, other = Scripted("mortal"), Scripted("other")
        office, cycle = Office(other, mortal), asking()
        office.take(cycle)
        mortal.connection_lost(None)
        assert office.on == 1
        task = asyncio.create_task(office.finish(cycle))
        await asyncio.sleep(0)
        other.answer(whole())
        await task
        assert cycle.sent[-1]["body"] == BODY
        assert (len(mortal.asked), len(other.asked), office.held) == (1, 1, 0)

    run(work)


def test_request_waits_for_the_next_worker_without_a_task() -> None:
    async def work() -> None:
        office = Office()
        cycles = [asking(b"query=ASK%%20%%7B%%7D%%20%%23%d" % number) for number in range(2)]
        assert all(office.take(cycle) for cycle in cycles)
        assert office.yard.lanes.waiting == 2
        worker = Scripted()
        office.yard.lanes.arrive(worker)
        for cycle in cycles:  # the second is asked when the first is answered
            worker.answer(whole())
            assert status(cycle) == 200
        assert (office.on, office.yard.lanes.waiting, office.yard.lanes.idle, office.held) == (0, 0, 1, 0)

    run(work)


def test_request_that_finds_the_line_full_is_told() -> None:
    async def work() -> None:
        office = Office()
        cycles = [asking(b"query=ASK%%20%%7B%%7D%%20%%23%d" % number) for number in range(3)]
        for cycle in cycles:
            office.take(cycle)
        assert status(cycles[2]) == 503
        assert b"retry-after: 2" in cycles[2].written[0]
        assert office.closed[0].outcome == "full"

    run(work)


def test_request_that_waits_too_long_is_told() -> None:
    async def work() -> None:
        office, cycle = Office(), asking()
        office.yard.lanes._patience = 0.05
        office.take(cycle)
        await asyncio.sleep(0.1)
        assert status(cycle) == 503
        assert (office.closed[0].outcome, office.yard.lanes.waiting, office.held) == ("full", 0, 0)

    run(work)


def test_client_that_leaves_the_line_wants_no_worker() -> None:
    async def work() -> None:
        worker = Scripted()
        office = Office(worker)
        first, second = (office.take(asking(b"query=ASK%%20%%7B%%7D%%20%%23%d" % number)) for number in range(2))
        assert first
        assert second
        second.leave()
        second.leave()
        assert (office.yard.lanes.waiting, office.held) == (0, 1)
        assert [record.outcome for record in office.closed] == ["gone"]
        worker.answer(whole())
        assert (len(worker.asked), office.yard.lanes.idle, office.held) == (1, 1, 0)

    run(work)


def test_worker_of_a_client_that_leaves_has_its_moment() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        errand = office.take(cycle)
        assert errand
        errand.leave()
        cycle.disconnected = True
        worker.answer(whole())
        assert (worker.done, office.yard.lanes.idle, office.on) == ([], 1, 1)
        await office.finish(cycle)
        assert (office.held, len(office.closed)) == (0, 1)

    run(work)


def test_request_in_line_goes_on_where_the_server_stops() -> None:
    async def work() -> None:
        office, cycle = Office(), asking()
        errand = office.take(cycle)
        assert errand
        errand.pass_on()
        errand.pass_on()
        errand.leave()
        assert (office.on, office.yard.lanes.waiting, office.closed) == (1, 0, [])
        task = asyncio.create_task(office.finish(cycle))
        await asyncio.sleep(0)
        task.cancel()
        await task
        assert cycle.sent[0]["status"] == 503
        assert (office.held, len(office.closed), office.yard.lanes.waiting) == (0, 1, 0)

    run(work)


def test_client_that_leaves_after_its_answer_changes_nothing() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        errand = office.take(cycle)
        worker.answer(whole())
        assert errand
        errand.leave()
        errand.pass_on()
        assert (worker.done, len(office.closed), office.yard.lanes.idle, office.on) == ([], 1, 1, 0)

    run(work)


def test_worker_that_ends_as_it_is_free_is_given_to_nobody() -> None:
    async def work() -> None:
        gone = Scripted()
        gone.gone = True
        office, cycle = Office(), asking()
        office.take(cycle)
        office.yard.lanes.arrive(gone)
        assert (gone.asked, office.yard.lanes.waiting, office.yard.lanes.busy) == ([], 1, 0)

    run(work)


def test_request_that_has_a_worker_is_not_stopped_by_new_data() -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking()
        office.take(cycle)
        await asyncio.sleep(0.1)

        def refused() -> None:
            raise Problem(503, "other data is pushed", kind="loading")

        office.app.state.pool.current.require = refused
        task = asyncio.create_task(office.finish(cycle))
        await asyncio.sleep(0)
        worker.answer(whole())
        await task
        assert cycle.sent[-1]["body"] == BODY
        assert (office.yard.lanes.busy, office.held) == (0, 0)

    run(work)


@pytest.mark.parametrize("given", [{"keep_alive": False}, {"disconnected": True}, {"paused": True}], ids=str)
def test_connection_that_cannot_take_it_at_once_gets_it_from_the_task(given: dict[str, Any]) -> None:
    async def work() -> None:
        worker = Scripted()
        office, cycle = Office(worker), asking(**given)
        office.take(cycle)
        worker.answer(whole())
        assert (office.on, cycle.written, office.yard.lanes.idle) == (1, [], 1)
        await office.finish(cycle)
        assert cycle.sent[-1]["body"] == BODY
        assert (len(worker.asked), len(office.closed), office.held) == (1, 1, 0)

    run(work)


def test_client_that_has_asked_too_much_is_counted_once() -> None:
    async def work() -> None:
        office = Office(rate_limit="2/hour")
        for number, expected in enumerate((200, 200, 429)):
            office.yard.lanes.arrive(worker := Scripted())
            cycle = asking(b"query=ASK%%20%%7B%%7D%%20%%23%d" % number)
            office.take(cycle)
            await asyncio.sleep(0.05)  # so that it goes on, and comes to the door once more
            if expected == 200:
                worker.answer(whole())
                await office.finish(cycle)
            assert (cycle.sent[0]["status"] if cycle.sent else status(cycle)) == expected

    run(work)


def test_answer_of_a_closed_server_is_private() -> None:
    async def work() -> None:
        worker = Scripted()
        office = Office(worker, access_token="secret")
        refused = asking()
        office.take(refused)
        assert status(refused) == 401
        for _ in range(2):
            cycle = asking(fields=[(b"authorization", b"Bearer secret")])
            office.take(cycle)
            if worker.asked and not cycle.written:
                worker.answer(whole())
            assert b"cache-control: private" in cycle.written[0]
            assert b"public" not in cycle.written[0]

    run(work)
