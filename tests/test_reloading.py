"""The parts that new data passes through, each by itself: files, engines, signals, the watch, what is told."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import Mock

import pytest
import watchfiles
from conftest import ROOT
from starlette.requests import Request

from vesoc import citing, context, graphs, hangups, places, pool, reloading, server, settings, snapshot, source
from vesoc.commands import serving
from vesoc.hangups import Hangups
from vesoc.pool import Orders, Pool
from vesoc.reloading import Reloader
from vesoc.shapes import Shapes
from vesoc.snapshot import Snapshot
from vesoc.supervisor import Loaded, Refused, Supervisor

DATA = "data/ttl/versie.ttl"


class Fake:
    """A snapshot without an engine; `failing` is raised by the next one that is made."""

    failing: list[Exception] = []  # noqa: RUF012
    restarts = 0
    differs: Any = Snapshot.differs

    def __init__(
        self, _: Any, ordered: dict[str, Any], __: Any, folder: Path, generation: int, *, guard: Any, engine: Any
    ) -> None:
        if self.failing:
            raise self.failing.pop()
        self._orders, self.folder, self.generation = ordered, folder, generation
        self.guard = guard
        self.outdated: Callable[[], None] = lambda: None
        self.loaded = SimpleNamespace(digest="", triples=0)

    async def start(self, outdated: Callable[[], None]) -> None:
        self.outdated = outdated

    async def prepare(self) -> None:
        pass

    async def stop(self) -> None:
        shutil.rmtree(self.folder)

    async def vacated(self) -> None:
        pass

    def follow(self, _: Fake) -> None:
        pass

    def ready_pages(self) -> None:
        self._orders = {**self._orders, "pages": True}

    @property
    def paged(self) -> bool:
        return bool(self._orders["pages"])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a graph of one statement."""
    root = tmp_path_factory.mktemp("small")
    (root / "data/ttl").mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", root / "ontology")
    (root / "shapes").mkdir()
    shutil.copy(next((ROOT / "shapes").glob("*.ttl")), root / "shapes")
    (root / DATA).write_text("<https://example.org/a> <https://example.org/b> 1 .\n")
    return root


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Pool]]:
    """Makes pools of snapshots without engines."""
    monkeypatch.setattr(pool, "Snapshot", Fake)
    monkeypatch.setattr(Fake, "failing", [])
    made: list[Pool] = []

    def make(root: Path) -> Pool:
        made.append(Pool(settings.read(), Orders(root)))
        return made[-1]

    yield make
    for one in made:
        one._folder.cleanup()


def folder(made: Pool) -> Path:
    current = cast(Fake, made.current)
    return current.folder.parent


# --- the folders of snapshots -----------------------------------------------------------------------------------------


def test_engine_that_cannot_be_launched_leaves_no_files(small: Path, pools: Callable[[Path], Pool]) -> None:
    made = pools(small)
    Fake.failing.append(OSError("no process"))
    with pytest.raises(OSError, match="no process"):
        asyncio.run(made.renew())
    assert [path.name for path in folder(made).iterdir()] == ["1"]


def test_files_that_cannot_be_digested_leave_no_copy(
    small: Path, pools: Callable[[Path], Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pools(small)

    def failing(_: Any) -> str:
        raise OSError("no disk")

    monkeypatch.setattr(source, "digest", failing)
    with pytest.raises(OSError, match="no disk"):
        asyncio.run(made.renew())
    assert [path.name for path in folder(made).iterdir()] == ["1"]


def test_files_that_have_not_changed_leave_no_copy(small: Path, pools: Callable[[Path], Pool]) -> None:
    made = pools(small)
    assert asyncio.run(made.renew(even_same=False)) is False
    assert [path.name for path in folder(made).iterdir()] == ["1"]


def test_stop_during_the_copy_waits_for_its_end(
    small: Path, pools: Callable[[Path], Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, gate, copying = pools(small), threading.Event(), threading.Event()
    real = source.copy

    def slowly(found: places.Places, root: Path) -> places.Places:
        copying.set()
        gate.wait(5)
        return real(found, root)

    monkeypatch.setattr(source, "copy", slowly)

    async def test() -> None:
        reloader = Reloader(made)
        reloader.begin()
        reloader.request()
        await asyncio.to_thread(copying.wait, 5)
        stopping = asyncio.create_task(reloader.stop())
        await asyncio.sleep(0.05)
        assert not stopping.done()
        gate.set()
        await stopping
        await made.stop()

    asyncio.run(test())
    assert not folder(made).exists()


@pytest.mark.parametrize("step", ["launch", "renew"])
def test_page_that_is_asked_for_while_an_engine_begins_counts_for_it(
    small: Path, pools: Callable[[Path], Pool], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made = pools(small)
    made.orders = Orders(None, data=(small / DATA,))

    async def asked(*_: Any) -> None:
        made.ready_pages()

    async def ordered(work: Callable[[], Any]) -> Any:
        found = work()
        await asked()
        return found

    asyncio.run(getattr(made, step)())
    assert not cast(Fake, made.current).paged
    monkeypatch.setattr(*((pool, "_finished", ordered) if step == "launch" else (Fake, "prepare", asked)))
    asyncio.run(getattr(made, step)())
    assert cast(Fake, made.current).paged


def test_wish_after_the_stop_begins_nothing(small: Path, pools: Callable[[Path], Pool]) -> None:
    async def test() -> None:
        made = pools(small)
        reloader = Reloader(made)
        reloader.begin()
        await reloader.stop()
        reloader.request()
        await asyncio.sleep(0)
        assert reloader.outcome.state == "none"
        assert made.current.generation == 1

    asyncio.run(test())


def test_only_who_serves_asks_for_new_data(small: Path, pools: Callable[[Path], Pool]) -> None:
    async def test() -> None:
        made, wishes = pools(small), []
        await made.start(lambda _: None, lambda: wishes.append("wish"))
        old = cast(Fake, made.current)
        assert await made.renew()
        old.outdated()
        assert wishes == []
        cast(Fake, made.current).outdated()
        assert wishes == ["wish"]
        await made.stop()

    asyncio.run(test())


# --- what is told of a refusal ----------------------------------------------------------------------------------------

TOLD = {
    "no graph found (looked for /srv/x/ontology/vesoc.ttl); set": "no graph found (looked for vesoc.ttl); set",
    "[Errno 13] Permission denied: '/srv/x/data/a.ttl'": "[Errno 13] Permission denied: 'a.ttl'",
    "/srv/x/data/a.ttl:2:1: wrong": "a.ttl:2:1: wrong",
    "the first is <https://w3id.org/a/b>, no": "the first is <https://w3id.org/a/b>, no",
    "and/or 1 / 2 ./a": "and/or 1 / 2 ./a",
}


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("root", [None, Path()], ids=["absolute", "relative"])
def test_reason_names_no_folder_of_the_server(
    small: Path, pools: Callable[[Path], Pool], monkeypatch: pytest.MonkeyPatch, root: Path | None, text: str
) -> None:
    monkeypatch.chdir(small)
    made = pools(root or small)
    Fake.failing.append(Refused(text))
    with pytest.raises(Refused) as refused:
        asyncio.run(made.renew())
    assert str(refused.value) == TOLD[text]


def test_reason_names_files_of_the_graph_as_the_graph_has_them(small: Path, pools: Callable[[Path], Pool]) -> None:
    made = pools(small)
    Fake.failing.append(Refused(f"{folder(made)}/2/graph/{DATA}:2:1: wrong, as in {small}/{DATA}"))
    with pytest.raises(Refused, match=f"^{DATA}:2:1: wrong, as in {DATA}$"):
        asyncio.run(made.renew())


# --- engines ----------------------------------------------------------------------------------------------------------


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_engine_that_ended_leaves_no_file_descriptor() -> None:
    async def test() -> None:
        before = descriptors()
        supervisor = Supervisor({})
        supervisor.launch()
        assert descriptors() == before + 2
        await supervisor.stop()
        assert descriptors() == before
        supervisor.publish()  # nobody hears it any more

    asyncio.run(test())


def test_new_data_without_a_worker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_PREPARED", 0.05)
    prepared = Snapshot.__new__(Snapshot)
    vars(prepared).update(_lanes=SimpleNamespace(idle=0), _supervisor=SimpleNamespace(up=True))
    with pytest.raises(Refused, match="no worker"):
        asyncio.run(prepared.prepare())


def test_data_that_is_gone_is_told_once_for_each_state_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    found, wishes = iter("bbc"), []
    supervisor = Supervisor({})
    supervisor.loaded = Loaded("", "a", 0)

    async def report(_: Supervisor) -> Loaded:
        return Loaded("", next(found), 0)

    async def test() -> None:
        monkeypatch.setattr(Supervisor, "_report", report)
        vars(supervisor)["_outdated"] = lambda: wishes.append("wish")
        for number in (1, 1, 2):
            with pytest.raises(Refused, match="changed meanwhile"):
                await supervisor._restarted()
            assert len(wishes) == number

    asyncio.run(test())


# --- since when -------------------------------------------------------------------------------------------------------


def holding(state: str, since: datetime) -> Snapshot:
    held = Snapshot.__new__(Snapshot)
    vars(held)["_supervisor"] = SimpleNamespace(loaded=Loaded("", state, 0), up=True)
    held.since = since
    return held


def request(held: Snapshot) -> Request:
    return Request(
        {"type": "http", "state": {"snapshot": held}, "app": SimpleNamespace(state=SimpleNamespace(pool=None))}
    )


def test_moment_is_another_one_for_each_state() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    first, same, second, third = (holding(state, long_ago) for state in "aabc")
    same.follow(first)
    assert same.since == long_ago
    second.follow(same)
    assert timedelta(0) <= datetime.now(UTC) - second.since < timedelta(seconds=2)
    assert second.since.microsecond == 0
    third.follow(second)
    assert third.since > second.since


def test_moment_may_be_later_than_that_of_the_data() -> None:
    asked = request(holding("a", datetime(2020, 1, 1, tzinfo=UTC)))
    assert context.last_modified(asked) == {"Last-Modified": "Wed, 01 Jan 2020 00:00:00 GMT"}
    for day in (1, 2):
        later = datetime(2020, 1, day, tzinfo=UTC)
        assert context.last_modified(asked, later) == {"Last-Modified": formatdate(later.timestamp(), usegmt=True)}


def test_citation_is_as_new_as_what_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    since = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    scope = request(holding("a", since)).scope
    scope["app"].state.settings = settings.read()
    scope |= {"headers": [], "query_string": b"", "path": "/cite/maatregel/x.bib", "raw_path": b"/cite/maatregel/x.bib"}
    found: list[dict[str, str]] = []
    monkeypatch.setattr(context, "relay", lambda _, __, ___, headers, **____: found.append(headers))
    asyncio.run(citing.citation(Request(scope)))
    assert found[0]["Last-Modified"] == formatdate(since.timestamp(), usegmt=True)


# --- files that are no part of the graph ------------------------------------------------------------------------------


def test_locks_and_copies_of_editors_are_no_part_of_the_graph(small: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(small, tmp_path / "root"))
    found = places.find(root)
    before, files = source.digest(found), graphs.own_files(found)
    for place in (found.data, found.shapes):
        (place / ".#versie.ttl").symlink_to("someone@somewhere.1234:1700000000")
        (place / ".hidden").mkdir()
        (place / ".hidden" / "more.ttl").write_text("no Turtle")
        for name in ("#versie.ttl#", "versie.ttl~", ".versie.ttl.swp"):
            (place / name).write_text("no Turtle")
    assert graphs.own_files(found) == files
    assert source.digest(found) == before
    Shapes(found.shapes)
    copied = source.copy(found, tmp_path / "copy")
    assert [path.name for path in copied.data.rglob("*")] == ["versie.ttl"]
    assert source.digest(copied) == before


# --- signals ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def handled() -> Iterator[None]:
    """SIGHUP and SIGTERM as they were, whatever a test has set."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def hang_up() -> None:
    os.kill(os.getpid(), signal.SIGHUP)


async def wished(found: Hangups, *, again: bool) -> int:
    """How many wishes arrive; with `again`, one more signal comes when there is an event loop."""
    wishes: list[None] = []
    with found.taken(lambda: wishes.append(None)):
        if again:
            hang_up()
        await asyncio.sleep(0.05)
    return len(wishes)


@pytest.mark.usefixtures("handled")
def test_signal_before_the_event_loop_is_remembered(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> None:
        raise AssertionError("the signal would have ended the server")

    taken: list[Hangups] = []
    real = settings.read

    def read() -> settings.Settings:
        hang_up()
        return real()

    signal.signal(signal.SIGHUP, killed)
    monkeypatch.setattr(settings, "read", read)
    monkeypatch.setattr(server, "run", lambda _, __, found, ___: taken.append(found))
    serving.serve(Mock(), root=small, validate=False)
    assert asyncio.run(wished(taken[0], again=True)) == 2
    assert asyncio.run(wished(Hangups(attended=False), again=False)) == 0


@pytest.mark.usefixtures("handled")
@pytest.mark.parametrize("ignored", [True, False], ids=["nohup", "terminal"])
def test_server_on_a_terminal_ends_with_it_but_not_under_nohup(monkeypatch: pytest.MonkeyPatch, ignored: bool) -> None:
    ends: list[int] = []
    signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
    signal.signal(signal.SIGTERM, lambda *_: ends.append(1))
    monkeypatch.setattr(hangups, "has_terminal", lambda: True)
    with hangups.caught() as found:
        monkeypatch.setattr(hangups, "has_terminal", lambda: False)
        wishes = asyncio.run(wished(found, again=True))
    assert (wishes, len(ends)) == ((1, 0) if ignored else (0, 1))


# --- the watch --------------------------------------------------------------------------------------------------------


class Watched:
    """A pool that counts who asks."""

    def __init__(self, own: bool) -> None:
        self.orders = SimpleNamespace(watch=True, watched=[], root=Path("graph") if own else None)
        self.current = SimpleNamespace(loaded=SimpleNamespace(digest="", triples=0))
        self.asked: list[bool] = []

    async def renew(self, *, even_same: bool) -> bool:
        self.asked.append(even_same)
        return False


@pytest.mark.parametrize("own", [True, False])
def test_watch_that_fails_is_told_and_begins_anew(
    own: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[bool] = []
    gate = asyncio.Event()

    async def awatch(*_: Any, recursive: bool, yield_on_timeout: bool, **__: Any) -> AsyncIterator[set[Any]]:
        assert yield_on_timeout
        tries.append(recursive)
        if len(tries) < 4:
            raise OSError("no more watches")
        await gate.wait()
        yield set()
        yield set()
        await asyncio.Event().wait()

    async def test() -> None:
        monkeypatch.setattr(watchfiles, "awatch", awatch)
        monkeypatch.setattr(reloading, "_AGAIN", 0)
        watched = Watched(own)
        reloader = Reloader(cast(Pool, watched))
        reloader.begin()
        await asyncio.sleep(0.05)
        assert reloader.document().keys() == {"state", "watch"}
        gate.set()
        await asyncio.sleep(0.05)
        assert "watch" not in reloader.document()
        assert watched.asked == [False]
        await reloader.stop()

    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(test())
    assert tries == [own] * 4
    assert [record.levelname for record in caplog.records if "no more watches" in record.message] == ["ERROR"]
