"""New data for a server that runs: taken only where it can be served, and no answer is of two states of the data."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import httpx2
import pytest
from conftest import ROOT
from test_limits import niceness, parent, processes, read, tasks, wait_until
from traffic import BY, Asked, Connection, Evidence

from vesoc import dataset, graphs, places, publisher, source
from vesoc.errors import VesocError
from vesoc.isolation import pinned, release, within
from vesoc.names import BASE
from vesoc.pool import Orders, Pool
from vesoc.releases import content
from vesoc.reloading import Reloader
from vesoc.snapshot import Snapshot
from vesoc.supervisor import Refused

SECONDS = 120  # that one load may take on a busy machine
SOON = 30  # seconds for what takes a moment on a machine that does nothing else
AGREEMENT = "https://w3id.org/vesoc-kg/id/akkoord/proef"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
VALUE = f"SELECT ?value {{ <{AGREEMENT}> <{COMMENT}> ?value }}"
# Rows of a cross product, so that the answer takes a while, each with the value.
SLOW = (
    "SELECT (COUNT(*) AS ?rows) (SAMPLE(?v) AS ?value) "
    f"{{ <{AGREEMENT}> <{COMMENT}> ?v {{ SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT %d }} }}"
)
ALSO_CALLED = (
    '<https://w3id.org/vesoc-kg/id/instrument/leren> <http://www.w3.org/2004/02/skos/core#altLabel> "Zonnebloem%d"@nl .'
)
LONG = f"SELECT ?value {{ <{AGREEMENT}> <{COMMENT}> ?value . ?a ?b ?c . ?d ?e ?f }} LIMIT 300000"
PLAIN = {"accept-encoding": "identity"}
UNTRUE = "<https://w3id.org/vesoc-kg/id/maatregel/proef-1-1-1a> <https://w3id.org/vesoc-kg/ns#hasTargetGroup> 5 ."
BROKEN = "this is no Turtle"
SHAPES = ("agreement", "measure", "prefixes", "rules")  # a few of them, for they are run at each load


def invented(root: Path) -> Path:
    """A small graph that keeps all rules: the agreements that the tests of the shapes invent, in version 1."""
    for folder in ("ontology", "queries"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "shapes").mkdir()
    for name in SHAPES:
        shutil.copy(ROOT / "shapes" / f"{name}.ttl", root / "shapes")
    (root / "data" / "ttl" / "proef").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "shapes" / "base.ttl", root / "data" / "ttl" / "proef")
    ontology = root / "ontology" / "vesoc.ttl"
    sources = {"bron:ahad": "bron:proef", "bron:iab": "bron:vorig", "bron:inim": "bron:krant"}
    ontology.write_text(re.sub("|".join(sources), lambda found: sources[found[0]], ontology.read_text()))
    put(root, 1)
    return root


def put(root: Path, version: int, more: str = "") -> None:
    """Change the data: another value, and whatever else it is to say."""
    text = f'<{AGREEMENT}> <{COMMENT}> "version {version}"@en .\n{more}\n'
    (root / "data" / "ttl" / "versie.ttl").write_text(text)


@dataclass
class Served:
    """A server on a graph in a folder of its own."""

    process: subprocess.Popen[bytes]
    client: httpx2.Client
    root: Path
    log: Path
    mark: str

    def ready(self) -> dict[str, Any]:
        response = self.client.get("/health/ready")
        assert response.status_code == 200, response.text
        return cast(dict[str, Any], response.json())

    def reload(self, *, expected: str = "done") -> dict[str, Any]:
        """Load anew, and wait for what comes of it."""
        before = self.told("reload")
        self.process.send_signal(signal.SIGHUP)
        assert wait_until(lambda: len(self.ended()) > sum(one["reload"] in ENDS for one in before), SECONDS)
        ready = self.ready()
        assert ready["reload"]["state"] == expected, ready
        return ready

    def told(self, name: str) -> list[dict[str, Any]]:
        """The lines of the log that have a member."""
        written = self.log.read_text().rpartition("\n")[0]  # the line after it may be half there
        lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
        return [line for line in lines if name in line]

    def ended(self) -> list[str]:
        """What came of each load so far."""
        return [line["reload"] for line in self.told("reload") if line["reload"] in ENDS]

    def value(self, query: str = VALUE) -> str:
        response = self.client.get("/sparql", params={"query": query})
        assert response.status_code == 200, response.text
        return cast(str, response.json()["results"]["bindings"][0]["value"]["value"])

    def folders(self) -> set[Path]:
        """The folders of the snapshots, as the sockets name them that the web process listens on."""
        own = {os.readlink(path)[8:-1] for path in Path(f"/proc/{self.process.pid}/fd").iterdir() if path.is_symlink()}
        rows = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()]
        return {Path(row[7]).parent for row in rows if len(row) == 8 and row[6] in own and row[7].endswith("/workers")}

    def engines(self) -> set[int]:
        """The processes that hold the data: those that the web process started."""
        return {pid for pid in processes(self.mark) if parent(pid) == self.process.pid and engine(pid)}


ENDS = ("done", "refused")


def engine(pid: int) -> bool:
    return b"vesoc.engine" in read(pid, "cmdline")


@contextlib.contextmanager
def served(root: Path, log: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    mark = uuid.uuid4().hex
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--port", "0", "--root", str(root), *arguments]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, env={**os.environ, "TEST_MARK": mark, **environment})
    try:
        assert wait_until(lambda: "will be at" in log.read_text(), SECONDS), log.read_text()
        found = re.search(r"will be at (\S+)", log.read_text())
        assert found
        with httpx2.Client(base_url=found[1], timeout=60) as client:
            assert wait_until(lambda: reachable(client), SECONDS), log.read_text()
            yield Served(process, client, root, log, mark)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert wait_until(lambda: not processes(mark), SOON)


def reachable(client: httpx2.Client) -> bool:
    with contextlib.suppress(httpx2.TransportError):
        return client.get("/health/ready").status_code == 200
    return False


@pytest.fixture(scope="module")
def graph_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def shared(graph_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server that validates, for the tests that leave it as they found it: with data that can be served."""
    with served(graph_root, tmp_path_factory.mktemp("log") / "log") as server:
        yield server


@pytest.fixture
def numbers(shared: Served) -> int:
    """The version that is served; the files say the same, whatever a test before left in them."""
    number = int(shared.value().split()[1])
    put(shared.root, number)
    return number


# --- new data, or the old ---------------------------------------------------------------------------------------------


def test_new_data_is_served_and_nothing_of_the_old_is_kept(shared: Served, numbers: int) -> None:
    asked = [shared.client.get("/sparql", params={"query": VALUE}) for _ in range(2)]
    assert asked[1].headers["server-timing"] == "cache;desc=hit"
    old = shared.ready()["digest"]
    put(shared.root, numbers + 1000)
    ready = shared.reload()
    assert ready["digest"] != old
    assert ready["reload"].keys() == {"state", "at"}
    assert shared.value() == f"version {numbers + 1000}"
    again = shared.client.get("/sparql", params={"query": VALUE}, headers={"if-none-match": asked[0].headers["etag"]})
    assert again.status_code == 200
    assert again.headers["dataset-digest"] == f"sha-256={ready['digest']}"


@pytest.mark.parametrize("path", ["/doc/akkoord/proef.ttl", "/doc/akkoord/proef.html"])
def test_copy_is_asked_for_by_date_after_a_reload(shared: Served, numbers: int, path: str) -> None:
    """The day that the data tells of itself is the same."""

    def moment() -> str:
        return cast(str, shared.client.get(path).headers["last-modified"])

    def status(since: str) -> int:
        return shared.client.get(path, headers={"if-modified-since": since}).status_code

    old = moment()
    put(shared.root, numbers + 1000)
    shared.reload()
    assert (status(old), status(moment())) == (200, 304)
    new = moment()
    shared.reload()  # nothing has changed
    assert (status(old), status(new)) == (200, 304)


def test_page_search_and_dump_follow(shared: Served, numbers: int) -> None:
    assert "instrument/leren" not in shared.client.get("/search.csv", params={"q": f"zonnebloem{numbers}"}).text
    assert shared.client.get("/dumps").status_code == 200
    put(shared.root, numbers, ALSO_CALLED % numbers)
    digest = shared.reload()["digest"]
    assert f"Zonnebloem{numbers}" in shared.client.get("/doc/instrument/leren.ttl").text
    assert "instrument/leren" in shared.client.get("/search.csv", params={"q": f"zonnebloem{numbers}"}).text
    [release] = shared.client.get("/dumps", headers={"accept": "application/json"}).json()["releases"]
    assert release["digest"] == digest


def test_new_query_of_the_library_is_served(shared: Served, numbers: int) -> None:
    text = (shared.root / "queries" / "instrument-history.rq").read_text()
    state = shared.client.get("/doc/akkoord/proef.ttl").headers["etag"]
    path = shared.root / "queries" / f"new-{numbers}.rq"
    path.write_text(text)
    shared.reload()
    assert shared.client.get(f"/queries/new-{numbers}.rq").status_code == 200
    assert shared.client.get("/doc/akkoord/proef.ttl").headers["etag"] != state
    path.unlink()
    shared.reload()
    assert shared.client.get(f"/queries/new-{numbers}.rq").status_code == 404


BAD = {
    "no Turtle": (BROKEN, r"data/ttl/versie\.ttl:2:\d+: "),
    "against a rule": (UNTRUE, r"^the graph breaks a rule: \d+ violations?; the first is <https://w3id\.org/.*>, R"),
}


@pytest.mark.parametrize(("more", "told"), BAD.values(), ids=BAD)
def test_bad_data_is_refused_and_the_old_stays(shared: Served, numbers: int, more: str, told: str) -> None:
    before = shared.ready()["digest"]
    put(shared.root, numbers + 1000, more)
    ready = shared.reload(expected="refused")
    assert ready["digest"] == before
    assert re.search(told, ready["reload"]["reason"])
    assert "/tmp" not in ready["reload"]["reason"]
    assert str(shared.root) not in ready["reload"]["reason"]
    assert shared.value() == f"version {numbers}"
    told_last = shared.told("reload")[-1]
    assert (told_last["reload"], told_last["reason"]) == ("refused", ready["reload"]["reason"])
    assert wait_until(lambda: len(shared.engines()) == 1, SOON)
    put(shared.root, numbers + 2000)
    shared.reload()
    assert shared.value() == f"version {numbers + 2000}"


def test_each_violation_is_in_the_log_up_to_a_number(shared: Served, numbers: int) -> None:
    target = "<https://w3id.org/vesoc-kg/ns#hasTargetGroup>"
    before = len(shared.told("rule"))
    more = "\n".join(f"<https://w3id.org/vesoc-kg/id/maatregel/proef-1-1-1a> {target} {n} ." for n in range(30))
    put(shared.root, numbers, more)
    shared.reload(expected="refused")
    new = shared.told("rule")[before:]
    assert len(new) == 20
    assert all(one["reload"] == "violation" and one["focus"] and one["message"] for one in new)
    assert {one["place"].partition(":")[0] for one in new} == {"data/ttl/versie.ttl"}


def test_bad_query_of_the_library_is_refused(shared: Served, numbers: int) -> None:
    path = shared.root / "queries" / "bad.rq"
    path.write_text("#+ nonsense: yes\nASK {}\n")
    try:
        reason = shared.reload(expected="refused")["reload"]["reason"]
        assert reason.startswith("queries/bad.rq:1: ")
    finally:
        path.unlink()


def test_what_cannot_be_found_is_refused(shared: Served, numbers: int) -> None:
    path = shared.root / "ontology" / "vesoc.ttl"
    text = path.read_text()
    path.unlink()
    try:
        assert "no graph found" in shared.reload(expected="refused")["reload"]["reason"]
    finally:
        path.write_text(text)


def test_data_that_cannot_stand_beside_the_releases_is_refused(tmp_path: Path) -> None:
    root, releases = invented(tmp_path / "graph"), tmp_path / "releases"
    shutil.copy(ROOT / "data" / "ttl" / "metadata.ttl", root / "data" / "ttl")
    found = places.find(root)
    data = dataset.build_own(graphs.own_files(found), BASE, "http://127.0.0.1:8000/")
    publisher.release(data, content.heading(found, BASE), releases)
    with served(root, tmp_path / "log", "--no-validate", VESOC_RELEASES=str(releases)) as server:
        put(root, 2)
        ready = server.reload(expected="refused")
        assert ready["digest"] == data.digest
        assert "1.0.0" in ready["reload"]["reason"]
        assert server.value() == "version 1"


# --- who is under way -------------------------------------------------------------------------------------------------


def test_answer_under_way_is_finished_on_the_old_data(shared: Served, numbers: int) -> None:
    before = shared.engines()
    with shared.client.stream("GET", "/sparql", params={"query": LONG}, headers=PLAIN) as response:
        chunks = response.iter_raw()
        body = next(chunks)
        put(shared.root, numbers + 1000)
        digest = shared.reload()["digest"]
        assert shared.value() == f"version {numbers + 1000}"
        assert response.headers["dataset-digest"] != f"sha-256={digest}"
        assert len(shared.engines()) == 2
        body += b"".join(chunks)
    values = [row["value"]["value"] for row in json.loads(body)["results"]["bindings"]]
    assert values == [f"version {numbers}"] * 300_000
    assert wait_until(lambda: len(shared.engines()) == 1 and not before & processes(shared.mark), SOON)


def test_answer_of_the_old_data_is_not_kept(shared: Served, numbers: int) -> None:
    """It began before the switch and ended after it, and would fit the cache."""
    query = f"{SLOW % 3_000_000} # {uuid.uuid4()}"
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(shared.value, query)
        assert wait_until(lambda: bool(at_work(shared.mark)), SOON)
        [worker] = at_work(shared.mark)
        os.kill(worker, signal.SIGSTOP)
        put(shared.root, numbers + 1000)
        shared.reload()
        assert not asked.done()
        os.kill(worker, signal.SIGCONT)
    found = [asked.result()]
    assert found == [f"version {numbers}"]
    assert shared.value(query) == f"version {numbers + 1000}"


def at_work(mark: str) -> set[int]:
    """The workers that have answered for longer than a moment: one of their threads has been niced."""
    return {pid for pid in processes(mark) if any(niceness(task) > 0 for task in tasks(pid))}


def test_nothing_is_left_of_the_old_data(shared: Served, numbers: int) -> None:
    before = processes(shared.mark) - {shared.process.pid}
    shared.reload()
    assert wait_until(lambda: not before & processes(shared.mark), SOON)
    assert len(shared.engines()) == 1
    [folder] = shared.folders()
    assert wait_until(lambda: list(folder.parent.iterdir()) == [folder], SOON)


# --- when something ends ----------------------------------------------------------------------------------------------


def test_engine_that_ends_is_started_again_with_the_data_that_was_served(shared: Served, numbers: int) -> None:
    digest = shared.ready()["digest"]
    put(shared.root, numbers + 1000, BROKEN)
    [old] = shared.engines()
    os.kill(old, signal.SIGKILL)
    assert wait_until(lambda: shared.engines() not in (set(), {old}), SOON)
    assert wait_until(lambda: reachable(shared.client), SECONDS)
    assert shared.ready()["digest"] == digest
    assert shared.value() == f"version {numbers}"


def test_engine_that_ends_while_new_data_is_loaded(shared: Served, numbers: int) -> None:
    [old] = shared.engines()
    put(shared.root, numbers + 1000)
    ended = len(shared.ended())
    shared.process.send_signal(signal.SIGHUP)
    assert wait_until(lambda: len(shared.engines()) == 2, SOON)
    os.kill(old, signal.SIGKILL)
    assert wait_until(lambda: len(shared.ended()) > ended, SECONDS)
    assert wait_until(lambda: reachable(shared.client), SECONDS)
    assert shared.value() == f"version {numbers + 1000}"
    assert wait_until(lambda: len(shared.engines()) == 1, SOON)


def test_new_engine_that_ends_is_a_refusal(shared: Served, numbers: int) -> None:
    before = shared.engines()
    put(shared.root, numbers + 1000)
    ended = len(shared.ended())
    shared.process.send_signal(signal.SIGHUP)
    assert wait_until(lambda: len(shared.engines()) == 2, SOON)
    [new] = shared.engines() - before
    os.kill(new, signal.SIGKILL)
    assert wait_until(lambda: len(shared.ended()) > ended, SECONDS)
    assert shared.ready()["reload"]["reason"] == "the engine ended while it loaded the data"
    assert shared.value() == f"version {numbers}"


def test_stop_while_new_data_is_loaded_leaves_nothing(graph_root: Path, tmp_path: Path) -> None:
    with served(graph_root, tmp_path / "log", "--no-validate") as server:
        server.process.send_signal(signal.SIGHUP)
        assert wait_until(lambda: len(server.engines()) == 2, SOON)
        assert wait_until(lambda: len(server.folders()) == 2, SOON)
        folders = server.folders()
    assert not any(folder.parent.exists() for folder in folders)


# --- who asks, and how often ------------------------------------------------------------------------------------------


def test_wish_during_a_load_is_remembered(shared: Served, numbers: int) -> None:
    ended = len(shared.ended())
    for version in (1000, 2000):
        put(shared.root, numbers + version)
        shared.process.send_signal(signal.SIGHUP)
        assert wait_until(lambda: shared.ready()["reload"]["state"] == "loading", SOON)
        assert wait_until(lambda: len(shared.engines()) == 2, SOON)
    assert wait_until(lambda: len(shared.ended()) == ended + 2, SECONDS)
    assert shared.value() == f"version {numbers + 2000}"


class Fake:
    """A pool whose loads take as long as they are let, and end as they are told to."""

    def __init__(self, *errors: Exception | None) -> None:
        self.orders = Orders(None)
        self.errors = list(errors)
        self.asked: list[bool] = []
        self.gate = asyncio.Event()
        self.current = self
        self.loaded = self
        self.digest, self.triples = "digest", 1

    async def renew(self, *, even_same: bool) -> bool:
        self.asked.append(even_same)
        await self.gate.wait()
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return even_same


async def after(fake: Fake, *wishes: bool) -> tuple[str, str | None]:
    """What is told after some wishes, all but the first during a load."""
    reloader = Reloader(cast(Pool, fake))
    reloader.begin()
    for wish in wishes:
        reloader.request(even_same=wish)
        await asyncio.sleep(0)
    assert reloader.outcome.state == "loading"
    fake.gate.set()
    for _ in range(20):
        await asyncio.sleep(0)
    await reloader.stop()
    return reloader.outcome.state, reloader.outcome.reason


def test_many_wishes_during_a_load_are_one() -> None:
    async def test() -> None:
        fake = Fake()
        assert await after(fake, True, True, False, True) == ("done", None)
        assert fake.asked == [True, True]

    asyncio.run(test())


def test_files_that_say_what_is_served_are_told_as_done() -> None:
    async def test() -> None:
        assert await after(Fake(), False) == ("done", None)
        assert await after(Fake(Refused("it is bad")), True, False) == ("done", None)

    asyncio.run(test())


def test_failure_that_nobody_foresaw_is_told_without_its_text() -> None:
    async def test() -> None:
        state, reason = await after(Fake(RuntimeError("secret")), True)
        assert state == "refused"
        assert reason
        assert "secret" not in reason

    asyncio.run(test())


def test_wish_before_the_first_data_is_remembered() -> None:
    async def test() -> None:
        fake = Fake()
        fake.gate.set()
        reloader = Reloader(cast(Pool, fake))
        reloader.request()
        await asyncio.sleep(0)
        assert fake.asked == []
        reloader.begin()
        await asyncio.sleep(0)
        assert fake.asked == [True]

    asyncio.run(test())


@pytest.mark.alone  # the watch has to begin in time
def test_change_of_files_is_picked_up(graph_root: Path, tmp_path: Path) -> None:
    put(graph_root, 1)
    with served(graph_root, tmp_path / "log", "--reload", "--no-validate") as server:
        time.sleep(0.5)  # until the watch has begun
        put(graph_root, 2, BROKEN)
        assert wait_until(lambda: server.ended() == ["refused"], SECONDS)
        assert server.value() == "version 1"
        put(graph_root, 3)
        assert wait_until(lambda: server.ended() == ["refused", "done"], SECONDS)
        assert server.value() == "version 3"
        engines = server.engines()
        put(graph_root, 3)  # nothing new
        assert wait_until(lambda: server.ended() == ["refused", "done", "done"], SECONDS)
        assert [line["changed"] for line in server.told("changed")] == [True, False]
        assert engines == server.engines()


@pytest.mark.alone  # the watch has to begin in time
def test_data_of_others_is_loaded_anew(tmp_path: Path) -> None:
    file = tmp_path / "other.nt"
    file.write_text(f'<{AGREEMENT}> <{COMMENT}> "version 1" .\n')
    with served(ROOT, tmp_path / "log", "--data", str(file), "--reload") as server:
        time.sleep(0.5)
        file.write_text(f'<{AGREEMENT}> <{COMMENT}> "version 2" .\n')
        assert wait_until(lambda: server.ended() == ["done"], SECONDS)
        assert server.value() == "version 2"
        file.write_text(f'<{AGREEMENT}> <{COMMENT}> "version 3" .\n' + BROKEN)
        assert wait_until(lambda: server.ended() == ["done", "refused"], SECONDS)
        file.write_text(f'<{AGREEMENT}> <{COMMENT}> "version 4" .\n')
        [old] = server.engines()
        os.kill(old, signal.SIGKILL)  # what it had is no longer there
        assert wait_until(lambda: server.ended()[-1] == "done" and reachable(server.client), SECONDS)
        assert server.value() == "version 4"


# --- one request, one state ---------------------------------------------------------------------------------------


class Counted:
    """A snapshot that is only counted."""

    def __init__(self) -> None:
        self.readers = 0

    def hold(self) -> None:
        self.readers += 1

    def release(self) -> None:
        self.readers -= 1


def test_request_keeps_the_snapshot_that_it_began_with() -> None:
    pool = SimpleNamespace(current=Counted())
    old, new = pool.current, Counted()
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(pinned(scope, cast(Pool, pool)))
        pool.current = new
        seen.append(pinned(scope, cast(Pool, pool)))
        assert (old.readers, new.readers) == (1, 0)

    scope: Any = {"type": "http", "state": {}}
    asyncio.run(application(scope, None, None))
    release(scope)
    release(scope)
    assert seen == [old, old]
    assert (old.readers, new.readers) == (0, 0)


def test_requests_of_the_server_to_itself_leave_the_snapshot_to_who_asked() -> None:
    given = Counted()
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(pinned(scope, cast(Pool, SimpleNamespace(current=Counted()))))
        release(scope)

    asked = within(application, cast(Snapshot, given))
    asyncio.run(asked({"type": "http"}, None, None))  # type: ignore[arg-type]
    assert seen == [given]
    assert given.readers == 0


# --- the files ----------------------------------------------------------------------------------------------------


def test_copy_is_of_one_moment_and_has_the_digest_of_what_it_copies(graph_root: Path, tmp_path: Path) -> None:
    copied = source.copy(places.find(graph_root), tmp_path / "copy")
    digest = source.digest(copied)
    assert digest == source.digest(places.find(graph_root))
    put(graph_root, 999)
    assert source.digest(copied) == digest != source.digest(places.find(graph_root))


@pytest.mark.parametrize("change", ["comment", "name", "query"])
def test_digest_follows_what_pages_may_show(graph_root: Path, tmp_path: Path, change: str) -> None:
    copied = source.copy(places.find(graph_root), tmp_path / "copy")
    before, file = source.digest(copied), copied.data / "versie.ttl"
    if change == "comment":
        file.write_text(f"# a line more\n{file.read_text()}")
    elif change == "name":
        file.rename(copied.data / "andere.ttl")
    else:
        (copied.queries / "one-more.rq").write_text("ASK {}")
    assert source.digest(copied) != before


def test_file_that_cannot_be_copied_is_told(tmp_path: Path) -> None:
    root = invented(tmp_path / "graph")
    (root / "data" / "ttl" / "nowhere.ttl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(VesocError, match="No such file"):
        source.copy(places.find(root), tmp_path / "copy")


# --- at full rate ---------------------------------------------------------------------------------------------------

RATE = 1000  # requests a second that are begun, where the machine keeps up
LEAST = 10_000
RELOADS = (True, True, False, True, True)  # whether each is of data that can be served
CONNECTIONS = 24


NUMBERS = count()


def mixture(number: int) -> Asked:
    """What is asked for, by its number."""
    kinds = ("hit", "hit", "hit", "hit", "by tag", "by date", "new", "new", "turtle", "page")
    kind = kinds[number % len(kinds)]
    if kind in ("turtle", "page", "by date"):
        suffix = "html" if kind == "page" else "ttl"
        return Asked(number, kind, f"/doc/akkoord/proef.{suffix}", {})
    text = VALUE if kind != "new" else f"{VALUE} # {number}"
    return Asked(number, kind, f"/sparql?query={quote(text)}", {"accept": "text/csv"})


async def load(server: Served, evidence: Evidence, until: Callable[[], bool]) -> None:
    """Requests at a steady rate over connections that stay open, and beside them ones that take a while."""
    host, port = server.client.base_url.host, server.client.base_url.port or 80
    started = time.perf_counter()

    async def steady() -> None:
        async with Connection(host, port) as connection:
            while not until():
                number = next(NUMBERS)
                await asyncio.sleep(max(0.0, started + number / RATE - time.perf_counter()))
                await one(connection, evidence, mixture(number))

    async def slow() -> None:
        async with Connection(host, port) as connection:
            while not until():
                await asyncio.sleep(0.5)
                number = next(NUMBERS)
                path = f"/sparql?query={quote(f'{SLOW % 400_000} # {number}')}"
                await one(connection, evidence, Asked(number, "slow", path, {"accept": "text/csv"}))

    await asyncio.gather(*(steady() for _ in range(CONNECTIONS)), slow())


async def one(connection: Connection, evidence: Evidence, asked: Asked) -> None:
    held, condition = evidence.copy(asked)
    begun, least = time.perf_counter(), evidence.newest
    reply = await connection.get(asked.path, **asked.fields, **condition)
    evidence.take(asked, reply, time.perf_counter() - begun, least, held)


async def reloads(server: Served, evidence: Evidence) -> None:
    """One after the other, with a moment between them, so that there is a time before each."""
    for number, good in enumerate(RELOADS, start=2):
        await asyncio.sleep(0.3)
        put(server.root, number, "" if good else UNTRUE)
        evidence.loading = True
        await asyncio.to_thread(server.reload, expected="done" if good else "refused")
        evidence.loading = False
        evidence.newest = number if good else evidence.newest


@pytest.mark.alone
def test_reloads_at_full_rate(graph_root: Path, tmp_path: Path) -> None:
    """1,000 requests a second, as the machine allows: none fails, and none has something of two states."""
    put(graph_root, 1)
    evidence = Evidence()

    async def test() -> float:
        working = asyncio.create_task(reloads(server, evidence))
        started = time.perf_counter()
        await load(server, evidence, lambda: working.done() and number_of(evidence) >= LEAST)
        await working
        return time.perf_counter() - started

    with served(graph_root, tmp_path / "log") as server:
        seconds = asyncio.run(test())
        assert server.ended() == ["done" if good else "refused" for good in RELOADS]
    report(evidence, seconds)
    assert evidence.failed == []
    assert evidence.mixed() == []
    assert number_of(evidence) >= LEAST
    assert {value for values in evidence.values.values() for value in values} == {
        f"version {number}" for number, good in enumerate((True, *RELOADS), start=1) if good
    }
    assert min(evidence.hits, evidence.slow, *(evidence.unchanged[kind] for kind in BY)) > 0


def number_of(evidence: Evidence) -> int:
    return sum(map(len, evidence.seconds.values()))


def report(evidence: Evidence, seconds: float) -> None:
    number = number_of(evidence)
    print(f"\n{number} requests in {seconds:.1f} s, {number / seconds:.0f} a second; {evidence.hits} from the cache,")
    print(
        f"{sum(evidence.unchanged.values())} unchanged, {evidence.slow} slow; {len(evidence.values)} states of the data"
    )
    for when, taken in evidence.seconds.items():
        middle, most = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        print(f"{when} a load: {len(taken)} requests, half in {middle * 1000:.1f} ms, 99 % in {most * 1000:.1f} ms")
