"""What the log tells of each request, what it keeps of who asked and what, and how long its files stay."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from conftest import running

from vesoc import fingerprint, journal, logfile
from vesoc.access import Access
from vesoc.cache import Cache
from vesoc.door import Door
from vesoc.errors import VesocError
from vesoc.journal import Clock, Journal
from vesoc.ledger import Ledger, Line
from vesoc.logfile import DailyFile
from vesoc.passage import Passage
from vesoc.records import Record
from vesoc.retention import Retention, shortened
from vesoc.settings import Settings

DAY = 86400
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) < STR(?d)) }"
SECRET = "Jan Jansen"
TELLING = f"SELECT * {{ ?s ?p '{SECRET}' }}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("data") / "small.nt"
    file.write_text("".join(f"<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n" for n in range(400)))
    return str(file)


class Log:
    """The lines of a log that a server writes to a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def of(self, identifier: str) -> list[dict[str, Any]]:
        """The lines with an identifier, once there is one."""
        until = time.monotonic() + 5
        found: list[dict[str, Any]] = []
        while not found and time.monotonic() < until:
            time.sleep(0.06)
            lines = [json.loads(line) for line in self.text().rpartition("\n")[0].splitlines()]
            found = [line for line in lines if line.get("id") == identifier]
        return found


def served(data: str, file: Path, **settings: str) -> Any:
    return running("--data", data, VESOC_LOG_FILE=str(file), VESOC_QUERY_TIMEOUT="1", **settings)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return Log(tmp_path_factory.mktemp("log") / "vesoc.log")


@pytest.fixture(scope="module")
def server(data: str, log: Log) -> Iterator[httpx2.Client]:
    with served(data, log.file, VESOC_SLOW_QUERY="0.5") as client:
        yield client


def ask(client: httpx2.Client, name: str, query: str = "ASK {}", **fields: str) -> int:
    return client.get("/sparql", params={"query": query}, headers={"x-request-id": name, **fields}).status_code


# --- lines ------------------------------------------------------------------------------------------------------------


def test_query_has_a_line_with_all_that_is_known(server: httpx2.Client, log: Log) -> None:
    query = "ASK { ?told ?b ?c }"
    assert ask(server, "whole", query) == 200
    [line] = log.of("whole")
    own = ["time", "id", "client", "method", "path", "status", "bytes", "milliseconds", "whole"]
    assert list(line) == [*own, "cache", "waited", "processor", "outcome", "kind", "query"]
    assert (line["client"], line["cache"], line["outcome"], line["kind"]) == ("127.0.0.0/24", "miss", "ok", "ASK")
    assert line["query"] == hashlib.sha256(query.encode()).hexdigest()[:16]
    assert 0 <= line["waited"] <= line["milliseconds"] < 1000
    assert 0 <= line["processor"] < 1000


@pytest.mark.parametrize("fields", [{}, {"if-none-match": "*"}])
def test_answer_from_the_cache_is_told_as_such(server: httpx2.Client, log: Log, fields: dict[str, str]) -> None:
    ask(server, "first", "ASK { ?hit ?b ?c }")
    ask(server, f"again{len(fields)}", "ASK { ?hit ?b ?c }", **fields)
    [line] = log.of(f"again{len(fields)}")
    assert line["cache"] == ("unchanged" if fields else "hit")
    assert line["query"] == log.of("first")[0]["query"]
    assert line["status"] == (304 if fields else 200)
    assert "waited" not in line


def test_page_has_a_line_without_a_query(server: httpx2.Client, log: Log) -> None:
    server.get("/", headers={"x-request-id": "page"})
    [line] = log.of("page")
    assert "kind" not in line
    assert {"cache", "waited", "processor"} <= set(line)


def test_slow_query_has_a_line_of_its_own(server: httpx2.Client, log: Log) -> None:
    assert ask(server, "slow", SLOW) == 503
    first, second = log.of("slow")
    assert "slow" not in first
    assert second.pop("slow") == "/sparql"
    assert {**second, "time": first["time"]} == first
    assert (first["outcome"], first["status"]) == ("timeout", 503)
    assert first["milliseconds"] >= 1000
    assert first["processor"] > 10, "what it had when it was last weighed"
    assert first["memory"] > 0


def test_texts_of_queries_are_not_in_the_log(server: httpx2.Client, log: Log) -> None:
    ask(server, "telling", TELLING)
    server.post("/sparql", data={"query": f"{TELLING} !"}, headers={"x-request-id": "wrong"})
    server.get("/search", params={"q": SECRET}, headers={"x-request-id": "sought"})
    assert log.of("telling")
    assert log.of("wrong")[0]["outcome"] == "syntax"
    assert log.of("sought")
    assert "Jansen" not in log.text()


def test_every_line_is_json_with_its_moment(server: httpx2.Client, log: Log) -> None:
    ask(server, "moment")
    log.of("moment")
    lines = [json.loads(line) for line in log.text().rpartition("\n")[0].splitlines()]
    moments = [line["time"] for line in lines]
    assert moments == sorted(moments)
    now = time.strftime("%Y-%m-%dT%H:", time.gmtime())
    assert moments[-1].startswith(now) or moments[-1][:13] == time.strftime(
        "%Y-%m-%dT%H", time.gmtime(time.time() - 60)
    )


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_settings_decide_what_is_kept(data: str, tmp_path: Path) -> None:
    log = Log(tmp_path / "full.log")
    kept = {"VESOC_LOG_ADDRESSES": "full", "VESOC_LOG_QUERIES": "text", "VESOC_SLOW_QUERY": "0"}
    with served(data, log.file, **kept) as client:
        assert ask(client, "text", TELLING) == 200
        assert ask(client, "again", TELLING) == 200
        assert ask(client, "slow", SLOW) == 503
        [line] = log.of("text")
        assert (line["client"], line["text"]) == ("127.0.0.1", TELLING)
        [again] = log.of("again")
        assert "text" not in again
        assert again["query"] == line["query"]
        assert len(log.of("slow")) == 1, "0 tells no slow query"


def test_each_hit_is_told_with_what_is_its_own(caplog: pytest.LogCaptureFixture) -> None:
    ledger, asked = Ledger(Settings(log_addresses="full")), fingerprint.of(TELLING, "SELECT")
    first = Line("1", "192.0.2.1", "GET", "/sparql", 200, 26, 0.00061, True)
    others = {"client": "192.0.2.2", "method": "HEAD", "path": '/"', "status": 304, "size": 0, "seconds": 12.5}
    hits = [first, *(first._replace(**{name: value}) for name, value in others.items()), first._replace(name="8")]
    with caplog.at_level(logging.INFO, "vesoc.access"):
        for hit in [*hits, *hits]:
            ledger.hit(hit, asked)
        ledger.hit(first, fingerprint.of("ASK {}", "ASK"))
    *lines, last = [json.loads(entry.getMessage()) for entry in caplog.records]
    assert [last["kind"], lines[0]["kind"]] == ["ASK", "SELECT"]
    for hit, line in zip([*hits, *hits], lines, strict=True):
        assert (line["id"], line["milliseconds"]) == (hit.name, round(hit.seconds * 1000, 1))
        assert [line["client"], line["method"], line["path"], line["status"], line["bytes"]] == list(hit[1:6])
        assert line["cache"] == ("unchanged" if hit.status == 304 else "hit")
        assert line["query"] == asked.digest


def test_nothing_is_kept_where_nothing_may_be(caplog: pytest.LogCaptureFixture) -> None:
    ledger, asked = Ledger(Settings(log_addresses="none", log_queries="none")), fingerprint.of(TELLING, "SELECT")
    record = Record({"method": "POST", "path": "/sparql", "client": ("192.0.2.1", 7)}, "1")
    record.query, record.text = asked, TELLING
    with caplog.at_level(logging.INFO, "vesoc.access"):
        ledger.close(record)
        ledger.hit(Line("2", "192.0.2.1", "GET", "/sparql", 200, 26, 0.1, True), asked)
        ledger.refused(Line("3", "192.0.2.1", "-", "-" * 10_000, 400, 26, 0.1, True))
    lines = [json.loads(entry.getMessage()) for entry in caplog.records]
    assert [line.get("kind") for line in lines] == ["SELECT", "SELECT", None]
    assert not any({"client", "query", "text"} & set(line) for line in lines)
    assert "192.0.2" not in caplog.text
    assert len(lines[2]["path"]) == 2048


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unix", ""),
        ("", ""),
    ],
)
def test_address_is_shortened_to_its_network(client: str, network: str) -> None:
    assert shortened(client) == network
    for setting, kept in (("short", network), ("full", client), ("none", "")):
        assert Retention(Settings(log_addresses=setting)).client(client) == ({"client": kept} if kept else {})


def test_long_text_is_cut() -> None:
    text = f"ASK {{}} # {'x' * 10_000}"
    assert Retention(Settings(log_queries="text")).text(text) == {"text": text[:4096]}
    assert Retention(Settings()).text(text) == {}


def test_half_of_a_character_has_a_fingerprint() -> None:
    assert fingerprint.of("ASK { ?s ?p '\udc80' }", None).kind == "OTHER"


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return Settings(log_file=tmp_path / "kept" / "vesoc.log", log_days=3)


@pytest.fixture
def folder(chosen: Settings) -> Path:
    assert chosen.log_file
    chosen.log_file.parent.mkdir()
    return chosen.log_file.parent


@contextmanager
def opened(chosen: Settings) -> Iterator[DailyFile]:
    file = logfile.opened(chosen)
    assert file
    yield file
    file.close()


def aged(file: Path, days: float) -> Path:
    file.write_text("old\n")
    os.utime(file, (time.time() - days * DAY,) * 2)
    return file


def test_old_files_are_deleted_and_others_stay(chosen: Settings, folder: Path) -> None:
    gone = [aged(folder / name, 3.1) for name in ("vesoc.log.2026-01-01", "vesoc.log.17.2026-01-01", "vesoc.log.17")]
    stay = [aged(folder / "vesoc.log.2026-01-03", 2.9), aged(folder / "vesoc.log.bak", 9), aged(folder / "other", 9)]
    with opened(chosen) as file:
        file.take("a line")
    assert [file for file in gone if file.exists()] == []
    assert [file for file in stay if not file.exists()] == []
    assert (folder / "vesoc.log").read_text() == "a line\n"
    assert (folder / "vesoc.log").stat().st_mode & 0o777 == 0o640 & ~umask()


def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_each_day_has_a_file(chosen: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = time.time()
    with opened(chosen) as file:
        for days, kept in ((0, {0}), (1, {0, 1}), (2, {0, 1, 2}), (9, {9})):
            # Files are as old as the clock of the system says, which is not moved here.
            monkeypatch.setattr(time, "time", lambda days=days: today + days * DAY)
            file.take(f"after {days} days")
            assert {path.read_text() for path in folder.iterdir()} == {f"after {n} days\n" for n in kept}
    assert [path.name for path in folder.iterdir()] == ["vesoc.log"]


def test_day_that_was_put_aside_already_stays(chosen: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two servers write the same file, each begins a new one at midnight."""
    tomorrow = time.time() + DAY
    with opened(chosen) as one, opened(chosen) as other:
        one.take("one")
        other.take("other")
        monkeypatch.setattr(time, "time", lambda: tomorrow)
        one.take("one")
        other.take("other")
    lines = [line for path in folder.iterdir() for line in path.read_text().splitlines()]
    assert sorted(lines) == ["one", "one", "other", "other"]


def test_old_file_may_be_gone_already(chosen: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process has deleted it a moment ago."""
    old = aged(folder / "vesoc.log.2026-01-01", 9)
    monkeypatch.setattr(Path, "is_file", lambda path: path != old or path.unlink() or True)
    with opened(chosen) as file:
        file.take("a line")
    assert [path.read_text() for path in folder.iterdir()] == ["a line\n"]


def test_several_processes_have_a_file_each(chosen: Settings, folder: Path) -> None:
    with opened(replace(chosen, processes=2)) as file:
        file.take("a line")
    assert [path.name for path in folder.iterdir()] == [f"vesoc.log.{os.getpid()}"]


def test_file_that_cannot_be_written_is_told(chosen: Settings) -> None:
    with pytest.raises(VesocError, match="VESOC_LOG_FILE"):
        logfile.opened(chosen)
    assert logfile.opened(Settings()) is None


# --- the journal ------------------------------------------------------------------------------------------------------


def test_lines_of_a_moment_are_written_together() -> None:
    written: list[str] = []

    async def test() -> None:
        found = Journal(written.append)
        for number in range(3):
            found.take(f'{{"n":{number}}}')
        assert written == []
        await asyncio.sleep(0.1)
        found.take('{"n":3}')
        await asyncio.sleep(0.1)

    asyncio.run(test())
    assert [[json.loads(line)["n"] for line in text.split("\n")] for text in written] == [[0, 1, 2], [3]]


def test_lines_of_other_threads_are_not_lost() -> None:
    written: list[str] = []

    async def test() -> None:
        found = Journal(written.append)
        found.take('{"n":0}')
        thread = threading.Thread(target=lambda: [found.take(f'{{"n":{n}}}') for n in range(1, 500)])
        thread.start()
        for number in range(500, 1000):
            found.take(f'{{"n":{number}}}')
            await asyncio.sleep(0)
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0.1)

    asyncio.run(test())
    assert sorted(json.loads(line)["n"] for text in written for line in text.split("\n")) == list(range(1000))


def test_line_is_not_lost_while_others_are_written() -> None:
    written: list[str] = []
    found = Journal(written.append)
    told = found._clock.told
    found._clock.told = lambda moment: found.flush() or told(moment)  # type: ignore[method-assign,func-returns-value]
    for number in range(3):
        found.take(f'{{"n":{number}}}')
    assert [json.loads(line)["n"] for text in written for line in text.split("\n")] == [0, 1, 2]


def test_line_that_cannot_be_made_takes_no_other_along() -> None:
    written: list[str] = []

    async def test() -> None:
        found = Journal(written.append)
        found.take('{"n":0}')
        found.take(lambda: {"n": object()})
        found.take(lambda: {"n": 2})
        await asyncio.sleep(0.1)

    asyncio.run(test())
    lines = [json.loads(line) for text in written for line in text.split("\n")]
    assert [line.get("n") for line in lines] == [0, None, 2]
    assert "could not be made" in lines[1]["error"]


def test_failure_in_an_answer_that_has_begun_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise LookupError("half-way")

    async def sent(message: Any) -> None:
        assert message["type"] == "http.response.start"

    scope = {"type": "http", "method": "GET", "path": "/x", "raw_path": b"/x", "query_string": b"", "headers": []}
    settings = Settings()
    passage = Passage(Door(settings), Cache(0), Ledger(settings), 100, path="/sparql")
    asyncio.run(Access(app, passage)({**scope, "client": None}, None, sent))  # type: ignore[arg-type]
    assert "half-way" in caplog.text


def test_what_is_no_json_becomes_some(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logger, found = logging.getLogger("vesoc.test"), Journal()
    logger.addHandler(found)
    try:
        logger.warning('it is "so"')
    finally:
        logger.removeHandler(found)
    told = json.loads(stream.getvalue())
    assert told.pop("time").endswith("Z")
    assert told == {"message": 'it is "so"'}


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (0.0, "1970-01-01T00:00:00.000Z"),
        (0.25, "1970-01-01T00:00:00.250Z"),
        (61.999, "1970-01-01T00:01:01.999Z"),
    ],
)
def test_clock_tells_the_moment(moment: float, told: str) -> None:
    assert Clock().told(moment) == told


def test_loggers_of_libraries_are_ours() -> None:
    assert {"vesoc", "uvicorn.error", "fastapi", "opentelemetry"} == set(journal.LOGGERS)
