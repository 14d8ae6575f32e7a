"""What Prometheus scrapes: each metric moves when what it counts happens, and has the form that its conventions ask."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import yaml
from conftest import ROOT
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strict_families
from prometheus_client.parser import text_string_to_metric_families as families
from test_limits import COUNT, EATERS, Running, marked, post, pss, read, wait_until

from vesoc import fingerprint
from vesoc.cache import Cache
from vesoc.errors import Problem, VesocError
from vesoc.exchange import Answer, Exchange
from vesoc.lanes import MOST_USES, Lanes, Slow
from vesoc.ledger import Ledger, Line
from vesoc.metrics import memory
from vesoc.metrics.memory import Memory
from vesoc.metrics.meters import Readers
from vesoc.metrics.neighbours import Neighbours
from vesoc.metrics.tally import BOUNDS, Histogram, Tally
from vesoc.records import OUTCOMES, Record
from vesoc.relay import Relay
from vesoc.reloading import Reloader
from vesoc.runner import Runner
from vesoc.settings import Settings
from vesoc.turns import Turn, out_of_memory
from vesoc.usage import Usage

pytestmark = pytest.mark.alone

OPENMETRICS = {"accept": "application/openmetrics-text; version=1.0.0"}
PATIENCE = 20  # seconds until a figure has to be there, on a busy machine
LIMIT = 1.5  # seconds that a query has
PLAIN = {"accept-encoding": "identity"}
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "small.nt"
    file.write_text("".join(f"<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n" for n in range(400)))
    return file


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    """One slow place and one in line, a moment for a query, little memory, and a small cache."""
    limits = {"PLACES": "1", "QUEUE": "1", "MEMORY": "48", "KEEP": "1"}
    settings = {f"VESOC_QUERY_{name}": value for name, value in limits.items()}
    with marked(
        "--data", str(data), VESOC_CACHE_SIZE="1", VESOC_SLOW_QUERY="0.5", VESOC_QUERY_TIMEOUT=f"{LIMIT:g}", **settings
    ) as found:
        yield found


def scraped(server: Running) -> Figures:
    """All samples by name and labels, as prometheus_client reads them."""
    text = server.client.get("/metrics").text
    samples = [sample for family in families(text) for sample in family.samples]
    found = {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}
    assert len(found) == len(samples), "a sample is told twice"
    return found


def of(figures: Figures, name: str, **labels: str) -> float:
    return figures.get((name, tuple(sorted(labels.items()))), 0)


class Moved:
    """What has changed since; scraped until `settled`, since a request is counted after its client has the answer."""

    def __init__(self, server: Running) -> None:
        self._server = server
        self._before = scraped(server)

    def by(self, name: str, **labels: str) -> float:
        return of(scraped(self._server), name, **labels) - of(self._before, name, **labels)

    def require(self, number: float, name: str, **labels: str) -> None:
        assert wait_until(lambda: self.by(name, **labels) == number, PATIENCE), (name, labels, self.by(name, **labels))

    def outcome(self, kind: str, outcome: str, number: int = 1) -> None:
        self.require(number, "vesoc_queries_total", kind=kind, outcome=outcome)


def get(server: Running, query: str, **fields: str) -> httpx2.Response:
    return server.client.get("/sparql", params={"query": query}, headers={**PLAIN, **fields})


# --- form -------------------------------------------------------------------------------------------------------------


def test_metrics_have_the_form_that_prometheus_asks(server: Running) -> None:
    response = server.client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-robots-tag"] == "noindex"
    found = list(families(response.text))
    assert len({family.name for family in found}) == len(found) > 25
    for family in found:
        require_convention(family)


def require_convention(family: Any) -> None:
    """Help, type, a name in base units, `_total` on counters alone, labels that are names (Prometheus, naming)."""
    assert family.documentation.endswith((".", "bytes", "seconds", "epoch", "information", "descriptors")), family.name
    assert family.type in ("counter", "gauge", "histogram")
    assert re.fullmatch(r"(vesoc|process|python)(_[a-z]+)+", family.name)
    assert not re.search(r"milli|micro|kilo|mega|minute|hour|percent", family.name)
    for sample in family.samples:
        assert sample.name.endswith("_total") == (family.type == "counter"), sample.name
        assert all(re.fullmatch(r"[a-z]+", label) for label in sample.labels)
        assert sample.value >= 0


def test_openmetrics_are_told_to_those_who_ask(server: Running) -> None:
    get(server, "ASK {}")
    response = server.client.get("/metrics", headers=OPENMETRICS)
    assert response.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    types = {family.name: family.type for family in strict_families(response.text)}
    assert types["vesoc_queries"] == "counter"
    assert types["vesoc_build"] == types["vesoc_dataset"] == "info"


@pytest.mark.parametrize("version", ["abc", "²"])
def test_version_that_is_no_number_is_told_the_usual(server: Running, version: str) -> None:
    accept = f"application/openmetrics-text; version={version}".encode("latin-1")
    response = server.client.get("/metrics", headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"][:10]) == (200, "text/plain")


def test_every_metric_is_documented(server: Running) -> None:
    told = {sample.name for family in families(server.client.get("/metrics").text) for sample in family.samples}
    own = {re.sub(r"_(bucket|count|sum)$", "", name) for name in told if name.startswith("vesoc_")}
    table = re.findall(r"^\| `(vesoc_\w+)`", (ROOT / "docs" / "operate.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(table) == own | {"vesoc_process_up"}
    assert len(table) == len(set(table))


def test_alerts_name_metrics_that_are_there(server: Running) -> None:
    told = {sample.name for family in families(server.client.get("/metrics").text) for sample in family.samples}
    scraping, alerts = (
        yaml.safe_load((ROOT / "docs" / "deploy" / f"prometheus{name}.yaml").read_text(encoding="utf-8"))
        for name in ("", "-alerts")
    )
    assert scraping["rule_files"] == ["prometheus-alerts.yaml"]
    assert [job["job_name"] for job in scraping["scrape_configs"]] == ["vesoc"]
    [group] = alerts["groups"]
    assert len(group["rules"]) > 5
    for rule in group["rules"]:
        assert set(re.findall(r"\bvesoc_[a-z_]+", rule["expr"])) <= told
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith(".") or "?" in rule["annotations"]["summary"]


# --- requests ---------------------------------------------------------------------------------------------------------


def test_request_is_counted_by_route_method_and_status(server: Running) -> None:
    moved = Moved(server)
    server.client.get("/health/live")
    server.client.head("/health/live")
    server.client.options("/health/live")
    for method in ("GET", "HEAD"):
        moved.require(1, "vesoc_http_requests_total", route="/health/live", method=method, status="200")
    moved.require(1, "vesoc_http_requests_total", route="/health/live", method="OPTIONS", status="204")
    moved.require(3, "vesoc_http_request_duration_seconds_count", route="/health/live")
    assert 0 < moved.by("vesoc_http_request_duration_seconds_sum", route="/health/live") < 3


def test_clients_cannot_make_labels(server: Running) -> None:
    before = set(scraped(server))
    moved = Moved(server)
    for number in range(20):
        server.client.get(f"/nothing/{number}")
        server.client.get(f"/static/{number}")
        server.client.get(f"/dumps/{number}/x")
        server.client.put("/nothing")
    moved.require(20, "vesoc_http_requests_total", route="none", method="GET", status="404")
    moved.require(20, "vesoc_http_requests_total", route="/static", method="GET", status="404")
    moved.require(20, "vesoc_http_requests_total", route="none", method="other", status="404")
    moved.require(20, "vesoc_http_requests_total", route="/dumps/{version}/{name:path}", method="GET", status="404")
    # At most four counts, and the durations of three routes.
    assert len(set(scraped(server)) - before) <= 4 + 3 * (len(BOUNDS) + 3)


def test_bytes_are_counted(server: Running) -> None:
    size = len(server.client.get("/health/live").content)
    scrape = len(server.client.get("/metrics").content)
    moved = Moved(server)
    for _ in range(10):
        server.client.get("/health/live")
    assert 10 * size < moved.by("vesoc_http_response_body_bytes_total") < 10 * size + 1.2 * scrape


def test_connections_are_counted_and_what_they_are_refused(server: Running) -> None:
    moved = Moved(server)
    address = server.client.base_url.host, server.client.base_url.port
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(socket.create_connection(address))
        moved.require(3, "vesoc_http_connections", state="served")
        garbage = stack.enter_context(socket.create_connection(address))
        garbage.sendall(b"HELLO\r\n\r\n")
        moved.require(1, "vesoc_http_connections", state="refused")
        moved.require(1, "vesoc_http_requests_total", route="-", method="other", status="400")
    moved.require(0, "vesoc_http_connections", state="served")


# --- queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("SELECT", "SELECT * { ?a ?b ?c } LIMIT 1"),
        ("ASK", "ASK { ?a ?b 1 }"),
        ("CONSTRUCT", "CONSTRUCT WHERE { ?a ?b ?c }"),
        ("DESCRIBE", "DESCRIBE <urn:s1>"),
    ],
)
def test_query_in_time_is_counted_by_its_kind(server: Running, kind: str, query: str) -> None:
    moved = Moved(server)
    assert get(server, query).status_code == 200
    moved.outcome(kind, "ok")
    moved.require(1, "vesoc_query_duration_seconds_count", kind=kind)
    moved.require(1, "vesoc_worker_wait_seconds_count")
    moved.require(1, "vesoc_cache_requests_total", outcome="miss")
    moved.require(1, "vesoc_cache_entries")
    assert moved.by("vesoc_cache_bytes") > 0


def test_answer_from_the_cache_is_a_hit_and_304_is_unchanged(server: Running) -> None:
    query = "ASK { ?kept ?b ?c }"
    tag = get(server, query).headers["etag"]
    for ask in (
        get,
        lambda server, query, **fields: server.client.post("/sparql", data={"query": query}, headers=PLAIN),
    ):
        moved = Moved(server)
        assert ask(server, query).headers["server-timing"] == "cache;desc=hit"
        moved.outcome("ASK", "hit")
        moved.require(1, "vesoc_cache_requests_total", outcome="hit")
    moved = Moved(server)
    assert get(server, query, **{"if-none-match": tag}).status_code == 304
    assert get(server, f"{query} ", **{"if-none-match": tag}).status_code == 200
    moved.outcome("ASK", "unchanged")
    moved.outcome("ASK", "ok")
    moved.require(1, "vesoc_cache_requests_total", outcome="unchanged")
    moved.require(1, "vesoc_http_requests_total", route="/sparql", method="GET", status="304")


@pytest.mark.parametrize(
    ("outcome", "kind", "query", "status"),
    [
        ("syntax", "SELECT", "SELECT * { ?a", 400),
        ("syntax", "OTHER", "FETCH ME", 400),
        ("refused", "SELECT", "SELECT * { SERVICE <http://x.example/> { ?a ?b ?c } }", 403),
        ("refused", "ASK", "ASK {}", 406),
    ],
)
def test_query_that_fails_is_counted_by_what_is_wrong(
    server: Running, outcome: str, kind: str, query: str, status: int
) -> None:
    moved = Moved(server)
    assert get(server, query, accept="image/png" if status == 406 else "*/*").status_code == status
    moved.outcome(kind, outcome)


@pytest.mark.parametrize(
    ("problem", "whole", "outcome"),
    [
        *((kind, whole, outcome) for kind, outcome in OUTCOMES.items() for whole in (True, False)),
        ("not-xml", True, "refused"),
        (None, True, "ok"),
        (None, False, "gone"),
    ],
)
def test_outcome_is_that_of_the_problem(problem: str | None, whole: bool, outcome: str) -> None:
    record = Record({"path": "/sparql"}, "1")
    record.problem, record.whole = problem, whole
    assert record.outcome == outcome


@pytest.mark.parametrize(("status", "outcome"), [(400, "evaluation"), (502, "unavailable"), (504, "unavailable")])
def test_outcome_of_an_engine_elsewhere(status: int, outcome: str) -> None:
    record = Record({"path": "/sparql"}, "1")
    record.problem, record.status, record.whole = "engine", status, True
    assert record.outcome == outcome


@pytest.mark.parametrize(
    ("error", "outcome"), [(ConnectionError, "memory"), (TimeoutError, "stalled"), (None, "ok")], ids=str
)
def test_answer_that_is_cut_has_the_outcome_of_its_reason(error: type[Exception] | None, outcome: str) -> None:
    class Source:
        answer_timeout = 1.0

        async def ask(self, *_: Any) -> Answer:
            return Answer({"status": 200, "type": "text/csv"}, b"first", 0, self)  # type: ignore[arg-type]

        async def rest(self) -> AsyncIterator[bytes]:
            yield b"second"
            if error:
                raise error

        def stopped(self) -> Problem:
            return out_of_memory()

        def close(self) -> None:
            pass

    async def send(_: Any) -> None:
        pass

    scope: Any = {"type": "http", "path": "/sparql"}
    record = Record(scope, "1")
    source: Any = Source()
    asyncio.run(Relay(source, "query", [])(scope, None, record.sending(send)))  # type: ignore[arg-type]
    assert (record.outcome, record.whole) == (outcome, error is None)
    assert record.usage.operation == "query"


def test_every_problem_of_a_query_has_an_outcome() -> None:
    told = {"connections", "bad-request", "forbidden", "not-acceptable", "not-xml", "no-graph"}  # refused
    raised = re.compile(r'Problem\([^)]*kind="([a-z-]+)"', re.DOTALL)
    modules = ("complaints", "exchange", "lanes", "markup", "snapshot", "worker")
    texts = [(ROOT / "api" / "vesoc" / f"{module}.py").read_text(encoding="utf-8") for module in modules]
    assert {kind for text in texts for kind in raised.findall(text)} <= {*OUTCOMES, *told}


def test_query_that_takes_too_long(server: Running) -> None:
    moved = Moved(server)
    assert post(server, COUNT).json()["limit"] == "time"
    moved.outcome("SELECT", "timeout")
    moved.require(1, "vesoc_workers_killed_total", reason="timeout")
    moved.require(1, "vesoc_slow_queries_total")
    assert LIMIT <= moved.by("vesoc_query_duration_seconds_sum", kind="SELECT") < LIMIT + 1
    moved.require(0, "vesoc_workers_killed_total", reason="memory")


def test_query_that_takes_too_much(server: Running) -> None:
    moved = Moved(server)
    assert post(server, EATERS["string doubling"]).json()["limit"] == "memory"
    moved.outcome("SELECT", "memory")
    moved.require(1, "vesoc_workers_killed_total", reason="memory")
    moved.require(0, "vesoc_workers_killed_total", reason="timeout")


def test_client_that_leaves(server: Running) -> None:
    moved = Moved(server)
    address = server.client.base_url.host, server.client.base_url.port
    with socket.create_connection(address) as connection:
        connection.sendall(f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        moved.require(1, "vesoc_slow_places_used")
        moved.require(1, "vesoc_workers", state="running")
    moved.outcome("SELECT", "gone")
    moved.require(1, "vesoc_workers_killed_total", reason="client")
    moved.require(0, "vesoc_slow_places_used")
    moved.require(1, "vesoc_http_requests_total", route="/sparql", method="GET", status="0")


def test_full_line(server: Running) -> None:
    moved = Moved(server)
    assert of(scraped(server), "vesoc_slow_places") == 1
    with ThreadPoolExecutor(3) as threads:
        answers = [threads.submit(post, server, f"{COUNT}# {number}") for number in range(3)]
        moved.require(1, "vesoc_queue_length", queue="slow")
        moved.require(1, "vesoc_slow_places_used")
        moved.require(2, "vesoc_workers", state="running")
        kinds = sorted(answer.result().json()["kind"] for answer in answers)
    assert kinds[0] == "full"
    moved.outcome("SELECT", "full", kinds.count("full"))
    moved.require(kinds.count("full"), "vesoc_workers_killed_total", reason="full")
    moved.require(0, "vesoc_queue_length", queue="slow")


def test_worker_of_a_slow_query_is_kept_for_a_while(server: Running) -> None:
    moved = Moved(server)
    assert get(server, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?a) < STR(?d)) }").status_code == 200
    moved.outcome("SELECT", "ok")
    moved.require(1, "vesoc_workers", state="kept")
    moved.require(1, "vesoc_workers_retired_total", reason="idle")
    moved.require(0, "vesoc_workers", state="kept")
    moved.require(0, "vesoc_workers_retired_total", reason="slow")


def test_answers_make_room_for_others(server: Running) -> None:
    moved = Moved(server)
    for number in range(30):
        assert len(get(server, f"SELECT * {{ ?a ?b ?c }} # {number}").content) > 40_000
    assert moved.by("vesoc_cache_evictions_total") > 0
    figures = scraped(server)
    assert of(figures, "vesoc_cache_bytes") <= of(figures, "vesoc_cache_size_bytes") == 1 << 20


def test_workbench_queries_are_counted(server: Running) -> None:
    moved = Moved(server)
    for query in ("ASK { ?workbench ?b ?c }", "SELECT * {"):
        server.client.get("/workbench", params={"query": query}, headers={"accept": "text/html"})
    moved.outcome("ASK", "ok")
    moved.outcome("SELECT", "syntax")


# --- processes and data -----------------------------------------------------------------------------------------------


def test_memory_is_that_of_the_processes(server: Running) -> None:
    web = next(pid for pid in server.processes() if b"vesoc.cli" in read(pid, "cmdline"))

    def agrees() -> bool:
        found = scraped(server)
        told = {kind: of(found, "vesoc_memory_pss_bytes", kind=kind) for kind in ("web", "engine", "workers")}
        measured = {"web": pss(web), "engine": pss(server.engine())}
        near = all(size / 2 < told[kind] < size * 2 for kind, size in measured.items())
        return near and server.memory() / 2 < sum(told.values()) < server.memory() * 2

    assert wait_until(agrees, 20), "what is told is that of a moment ago, and workers come and go"
    assert of(scraped(server), "process_resident_memory_bytes") > 10 << 20


def test_engine_that_is_killed_and_data_that_is_loaded_anew(tmp_path: Path) -> None:
    file = tmp_path / "data.nt"
    file.write_text("<urn:a> <urn:p> <urn:b> .\n")
    with marked("--data", str(file)) as server:
        web = next(pid for pid in server.processes() if b"vesoc.cli" in read(pid, "cmdline"))
        digest = server.client.get("/health/ready").json()["digest"]
        require_data(server, digest, triples=1, generation=1)
        moved = Moved(server)
        os.kill(server.engine(), signal.SIGKILL)
        moved.require(1, "vesoc_engine_restarts_total")
        moved.require(0, "vesoc_engine_up")
        file.write_text("<urn:a> <urn:p> <urn:b> , <urn:c> .\n".replace(" , ", " .\n<urn:a> <urn:p> "))
        os.kill(web, signal.SIGHUP)
        moved.require(1, "vesoc_reloads_total", outcome="done")
        new = server.client.get("/health/ready").json()["digest"]
        require_data(server, new, triples=2, generation=2)
        assert new != digest
        assert of(scraped(server), "vesoc_engine_restarts_total") == 1, "that of the old engine is forgotten"
        file.write_text("nonsense")
        os.kill(web, signal.SIGHUP)
        moved.require(1, "vesoc_reloads_total", outcome="refused")
        require_data(server, new, triples=2, generation=2)


def require_data(server: Running, digest: str, triples: int, generation: int) -> None:
    figures = scraped(server)
    [labels] = [dict(labels) for name, labels in figures if name == "vesoc_dataset_info"]
    assert labels["digest"] == digest
    assert of(figures, "vesoc_dataset_triples") == triples
    assert of(figures, "vesoc_dataset_generation") == generation
    assert abs(of(figures, "vesoc_dataset_since_timestamp_seconds") - time.time()) < 60


def test_several_processes_tell_theirs_together(data: Path) -> None:
    with marked("--data", str(data), VESOC_PROCESSES="2", VESOC_CACHE_SIZE="8") as server:
        assert wait_until(lambda: ups(server) == {"1": 1, "2": 1}, 20), ups(server)
        before = ready_requests(server)
        for _ in range(10):
            with httpx2.Client(base_url=server.client.base_url) as client:
                client.get("/health/live")
        assert wait_until(lambda: ready_requests(server) == before + 10, 2)


def ups(server: Running) -> dict[str, float]:
    with contextlib.suppress(httpx2.TransportError):
        found = scraped(server)
        return {dict(labels)["process"]: value for (name, labels), value in found.items() if name == "vesoc_process_up"}
    return {}


def ready_requests(server: Running) -> float:
    named = {("route", "/health/live"), ("status", "200")}
    found = scraped(server)
    requests = {labels: value for (name, labels), value in found.items() if name == "vesoc_http_requests_total"}
    return sum(value for labels, value in requests.items() if named <= set(labels))


# --- who may read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"])
def test_metrics_are_not_for_what_a_proxy_sends_on(server: Running, field: str) -> None:
    response = server.client.get("/metrics", headers={field: "192.0.2.1"})
    assert response.status_code == 403
    assert response.json()["kind"] == "forbidden"
    assert "vesoc_queries" not in response.text


@pytest.mark.parametrize(
    ("named", "client", "status"),
    [
        ("loopback", "127.0.0.1", 200),
        ("loopback", "::1", 200),
        ("loopback", "::ffff:127.0.0.1", 200),
        ("loopback", "192.0.2.1", 403),
        ("loopback", "", 403),
        ("loopback,192.0.2.0/24", "192.0.2.9", 200),
        ("192.0.2.0/24", "127.0.0.1", 403),
        ("2001:db8::/32", "2001:db8::7", 200),
        ("all", "203.0.113.1", 200),
        ("all", "", 200),
        ("none", "127.0.0.1", 404),
    ],
)
def test_reader(named: str, client: str, status: int) -> None:
    readers = Readers(Settings(metrics=tuple(named.split(","))))
    if status == 200:
        return readers.require(client, client, [])
    with pytest.raises(Problem) as caught:
        readers.require(client, client, [])
    assert caught.value.status == status
    return None


def test_client_that_a_trusted_proxy_tells_is_taken_for_who_it_is() -> None:
    readers = Readers(Settings(metrics=("192.0.2.0/24",), trusted_proxies=("127.0.0.0/8",)))
    readers.require("192.0.2.1", "127.0.0.1", [(b"x-forwarded-for", b"192.0.2.1")])
    with pytest.raises(Problem):
        readers.require("203.0.113.1", "127.0.0.1", [(b"x-forwarded-for", b"203.0.113.1")])
    with pytest.raises(Problem):  # sent on by a proxy that is not trusted
        readers.require("192.0.2.1", "192.0.2.1", [(b"x-forwarded-for", b"192.0.2.9")])
    readers.require("192.0.2.1", "192.0.2.1", [])


def test_trusted_proxy_that_tells_no_client_is_not_taken_for_one() -> None:
    readers = Readers(Settings(metrics=("loopback",), trusted_proxies=("127.0.0.0/8",)))
    with pytest.raises(Problem):
        readers.require("127.0.0.1", "127.0.0.1", [(b"forwarded", b"for=unknown")])
    readers.require("127.0.0.1", "127.0.0.1", [])


# --- parts ------------------------------------------------------------------------------------------------------------


def test_histogram_counts_by_upper_bound() -> None:
    histogram = Histogram()
    for seconds in (0.0, 0.001, 0.0011, 59, 61):
        histogram.observe(seconds)
    found = dict(histogram.buckets())
    assert list(found) == [*map(str, BOUNDS), "+Inf"]
    assert (found["0.001"], found["0.0025"], found["60.0"], found["+Inf"]) == (2, 3, 4, 5)
    assert histogram.sum == pytest.approx(120.0021)


def test_worker_that_was_used_often_is_retired() -> None:
    slow = Slow(1, 1, 1)
    lanes = Lanes(slow, 1, 1.0, lambda runner: None)
    runner = Runner(lambda _: None)
    runner.uses = MOST_USES
    lanes.leave(Turn(runner), ended=True)
    assert slow.retired == {"uses": 1}


def test_worker_that_ends_while_it_is_quick_is_a_failure() -> None:
    async def test() -> None:
        slow = Slow(1, 1, 1)
        lanes = Lanes(slow, 1, 1.0, lambda runner: None)
        runner = Runner(lambda _: None)
        lanes.arrive(runner)
        exchange, usage = Exchange(await lanes.take(), lanes, 1.0, 1.0, found := Usage()), found
        assert lanes.busy == 1
        runner.connection_lost(None)
        exchange.ask({})
        with pytest.raises(ConnectionError):
            await exchange.answer()
        exchange.close()
        assert (slow.killed, lanes.busy) == ({"failure": 1}, 0)
        assert usage.took is not None
        assert usage.processor is None

    asyncio.run(test())


def test_request_that_waits_is_in_the_line() -> None:
    async def test() -> None:
        lanes = Lanes(Slow(1, 1, 1), 2, 30.0, lambda runner: None)
        tasks = [asyncio.create_task(lanes.take()) for _ in range(2)]
        await asyncio.sleep(0)
        assert lanes.waiting == 2
        tasks[0].cancel()
        lanes.arrive(Runner(lambda _: None))
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (lanes.waiting, lanes.busy, lanes.idle) == (0, 1, 0)

    asyncio.run(test())


def test_reload_of_the_same_is_counted_as_such() -> None:
    async def test() -> None:
        loaded = SimpleNamespace(digest="d", triples=1)

        async def renew(**_: Any) -> bool:
            return False

        pool: Any = SimpleNamespace(renew=renew, current=SimpleNamespace(loaded=loaded))
        pool.orders = SimpleNamespace(watch=False)
        reloader = Reloader(pool)
        reloader.begin()
        reloader.request(even_same=False)
        await asyncio.sleep(0.05)
        assert reloader.counts == {"unchanged": 1}

    asyncio.run(test())


def test_memory_is_measured_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def measured(process: int) -> int:
        asked.append(process)
        time.sleep(0.05)
        return 7

    monkeypatch.setattr(memory, "proportional", measured)
    monkeypatch.setattr(memory, "_FRESH", 0)

    async def test() -> None:
        found = Memory(lambda: {"web": [1], "workers": [2, 3]})
        both = await asyncio.gather(found.measured(), found.measured())
        assert both == [{"web": 7, "workers": 14}] * 2
        assert asked == [1, 2, 3], "who asks at the same time is told the same"
        await asyncio.sleep(0.2)
        await found.measured()
        assert len(asked) == 3, "measured again after less than twenty times what it took"

    asyncio.run(test())


def test_memory_of_a_process_that_has_ended_is_nothing() -> None:
    assert memory.proportional(2**22 + 1) == 0
    assert memory.proportional(os.getpid()) > 1 << 20


def test_neighbours_tell_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    async def tell(text: str) -> str:
        return text

    async def test() -> None:
        first, second = Neighbours(2), Neighbours(2)
        await first.start(lambda: tell("one"))
        assert await first.told() == {2: None}
        await second.start(lambda: tell("two"))
        assert (first.place, second.place) == (1, 2)
        assert (await first.told(), await second.told()) == ({2: "two"}, {1: "one"})
        [folder] = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        await second.stop()
        assert await first.told() == {2: None}
        await first.stop()
        assert list(tmp_path.iterdir()) == []

    asyncio.run(test())


def test_process_that_finds_no_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    async def test() -> None:
        crowd = [Neighbours(1) for _ in range(3)]
        for one in crowd[:2]:
            await one.start(silence)
        with pytest.raises(VesocError, match="are taken"):
            await crowd[2].start(silence)
        for one in crowd[:2]:
            await one.stop()

    asyncio.run(test())


async def silence() -> str:
    return ""


@pytest.mark.parametrize("mode", [0o755, 0o770])
def test_folder_that_others_may_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = tmp_path / f"vesoc-{os.getuid()}-{os.getppid()}"
    folder.mkdir()
    folder.chmod(mode)

    with pytest.raises(VesocError, match="belongs to somebody else"):
        asyncio.run(Neighbours(2).start(silence))


def test_hits_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vesoc.journal.write", lambda make: None)
    ledger, asked = Ledger(Settings(), Tally()), fingerprint.of("ASK {}", "ASK")
    for _ in range(3):
        ledger.hit(Line("1", "127.0.0.1", "GET", "/sparql", 200, 26, 0.00007, True), asked)
    assert ledger.tally.queries["ASK", "hit"] == 3


def test_cache_that_holds_nothing_tells_so() -> None:
    cache = Cache(0)
    assert (cache.held, cache.entries, cache.evictions, cache.size) == (0, 0, 0, 0)
