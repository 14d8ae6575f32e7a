"""OpenTelemetry: what a collector is sent, what it is not sent, and nothing at all where none is named."""

from __future__ import annotations

import gzip
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest
from conftest import running
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from vesoc import fingerprint, telemetry
from vesoc.records import Record
from vesoc.retention import Retention
from vesoc.settings import Settings

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
QUERY = "SELECT * { ?s ?p 'Jan Jansen' }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Receiver:
    """A collector: takes OTLP over HTTP, as protobuf (OpenTelemetry Protocol, OTLP/HTTP)."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                packed = self.headers.get("content-encoding") == "gzip"
                outer.bodies.append((self.path, gzip.decompress(body) if packed else body))
                self.send_response(200)
                self.send_header("content-type", "application/x-protobuf")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def resources(self) -> list[dict[str, Any]]:
        return [_values(told.resource.attributes) for told in self._traces()]

    def spans(self, trace: str) -> dict[str, Span]:
        """The spans of a trace by name, once that of the request is there."""
        found: dict[str, Span] = {}
        until = time.monotonic() + 10
        while not any(span.kind == Span.SPAN_KIND_SERVER for span in found.values()) and time.monotonic() < until:
            time.sleep(0.1)
            every = [span for told in self._traces() for scope in told.scope_spans for span in scope.spans]
            found = {span.name: span for span in every if span.trace_id.hex() == trace}
        return found

    def _traces(self) -> list[Any]:
        bodies = [body for path, body in self.bodies if path == "/v1/traces"]
        return [told for body in bodies for told in ExportTraceServiceRequest.FromString(body).resource_spans]

    def metrics(self) -> set[str]:
        bodies = [body for path, body in self.bodies if path == "/v1/metrics"]
        told = [one for body in bodies for one in ExportMetricsServiceRequest.FromString(body).resource_metrics]
        return {metric.name for one in told for scope in one.scope_metrics for metric in scope.metrics}


def _values(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("data") / "small.nt"
    file.write_text("".join(f"<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n" for n in range(400)))
    return str(file)


@pytest.fixture(scope="module")
def server(data: str, receiver: Receiver) -> Iterator[httpx2.Client]:
    told = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url,
        "OTEL_BSP_SCHEDULE_DELAY": "50",
        "OTEL_METRIC_EXPORT_INTERVAL": "200",
        "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test",
    }
    with running("--data", data, VESOC_QUERY_TIMEOUT="0.5", **told) as client:
        yield client


def ask(client: httpx2.Client, number: int, query: str = QUERY) -> str:
    """Ask within a trace of ours; gives its identifier."""
    trace = f"{TRACE[:-2]}{number:02x}"
    fields = {"traceparent": f"00-{trace}-{PARENT}-01", "x-request-id": f"r{number}"}
    client.get("/sparql", params={"query": query}, headers=fields)
    return trace


def test_request_and_its_query_are_spans_of_the_trace_of_the_client(server: httpx2.Client, receiver: Receiver) -> None:
    spans = receiver.spans(ask(server, 1))
    [request] = [span for span in spans.values() if span.kind == Span.SPAN_KIND_SERVER]
    assert request.parent_span_id.hex() == PARENT
    assert set(spans) == {request.name, "wait", "query"}
    assert {spans[name].parent_span_id for name in ("wait", "query")} == {request.span_id}
    told = _values(spans["query"].attributes)
    print_of = fingerprint.of(QUERY, "SELECT")
    assert (told["vesoc.query.kind"], told["vesoc.query.hash"]) == (print_of.kind, print_of.digest)
    assert (told["vesoc.query.outcome"], told["vesoc.cache"], told["vesoc.request.id"]) == ("ok", "miss", "r1")
    assert told["vesoc.worker.process"] > 1
    assert told["vesoc.worker.processor_seconds"] >= 0


def test_spans_have_the_times_of_what_they_tell(server: httpx2.Client, receiver: Receiver) -> None:
    spans = receiver.spans(ask(server, 2, RUNAWAY))
    [request] = [span for span in spans.values() if span.kind == Span.SPAN_KIND_SERVER]
    wait, query = spans["wait"], spans["query"]
    slack = 5_000_000  # nanoseconds between two looks at the clock
    assert request.start_time_unix_nano - slack <= wait.start_time_unix_nano <= wait.end_time_unix_nano
    assert abs(query.start_time_unix_nano - wait.end_time_unix_nano) < slack
    assert query.end_time_unix_nano <= request.end_time_unix_nano + slack
    assert 0.5 <= (query.end_time_unix_nano - query.start_time_unix_nano) / 1e9 < 3
    assert query.status.code == Status.STATUS_CODE_ERROR
    assert _values(query.attributes)["vesoc.query.outcome"] == "timeout"
    assert _values(query.attributes)["vesoc.worker.slow"] is True
    assert _values(query.attributes)["vesoc.worker.memory_bytes"] >= 0


def test_answer_from_the_cache_has_a_span_too(server: httpx2.Client, receiver: Receiver) -> None:
    ask(server, 3, "ASK { ?kept ?b ?c }")
    spans = receiver.spans(ask(server, 4, "ASK { ?kept ?b ?c }"))
    assert _values(spans["cache"].attributes)["vesoc.cache"] == "hit"
    assert "query" not in spans


def test_page_has_spans_without_a_query(server: httpx2.Client, receiver: Receiver) -> None:
    trace = f"{TRACE[:-2]}05"
    server.get("/doc/x", headers={"traceparent": f"00-{trace}-{PARENT}-01", "accept": "text/html"})
    spans = receiver.spans(trace)
    [page] = [span for name, span in spans.items() if name != "wait" and span.kind != Span.SPAN_KIND_SERVER]
    assert not [name for name in _values(page.attributes) if name.startswith("vesoc.query")]


def test_text_of_a_query_is_not_sent(server: httpx2.Client, receiver: Receiver) -> None:
    spans = receiver.spans(ask(server, 6, f"{QUERY} # once more"))
    [request] = [span for span in spans.values() if span.kind == Span.SPAN_KIND_SERVER]
    assert _values(request.attributes)["url.query"] == "REDACTED"
    assert [path for path, body in receiver.bodies if b"Jansen" in body] == []


@pytest.mark.parametrize(("setting", "kept"), [("none", set()), ("hash", {"hash"}), ("text", {"hash", "text"})])
def test_spans_tell_of_queries_what_the_log_tells(setting: str, kept: set[str]) -> None:
    record = Record({"method": "GET", "path": "/sparql"}, "1")
    record.query, record.text = fingerprint.of(QUERY, "SELECT"), QUERY + " " * 10_000
    told = telemetry.Spans({}, Retention(Settings(log_queries=setting)))._told(record)
    assert {name for name in ("hash", "text") if f"vesoc.query.{name}" in told} == kept
    assert len(told.get("vesoc.query.text", "")) <= 4096


def test_resource_is_named(server: httpx2.Client, receiver: Receiver) -> None:
    receiver.spans(ask(server, 7))
    resource = receiver.resources()[0]
    assert resource["service.name"] == "vesoc"
    assert resource["service.version"]
    assert resource["deployment.environment.name"] == "test"


def test_metrics_are_sent(server: httpx2.Client, receiver: Receiver) -> None:
    ask(server, 8)
    wait_until(lambda: "http.server.request.duration" in receiver.metrics())
    assert not [path for path, _ in receiver.bodies if path == "/v1/logs"], "a trace of an error stays in the process"


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


# --- off --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, False),
        ({"OTEL_SERVICE_NAME": "x"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
    ],
)
def test_collector_is_wanted_where_its_variables_name_one(environment: dict[str, str], found: bool) -> None:
    assert telemetry.wanted(environment) is found


def test_packages_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("vesoc.telemetry.find_spec", lambda name: None)
    with caplog.at_level(logging.WARNING, "vesoc.telemetry"):
        assert not telemetry.wanted({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"})
        assert not telemetry.wanted({})
    [record] = caplog.records
    assert "vesoc[telemetry]" in record.getMessage()


def test_nothing_is_imported_where_it_is_off() -> None:
    heavy = ("opentelemetry.sdk", "opentelemetry.exporter", "prometheus_client", "google.protobuf")
    code = f"import sys, vesoc.web, vesoc.server; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_collector_that_is_gone_costs_a_line_in_the_log_and_no_answer(data: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    told = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
        "OTEL_BSP_SCHEDULE_DELAY": "50",
        "OTEL_EXPORTER_OTLP_TIMEOUT": "1",
    }
    with running("--data", data, VESOC_LOG_FILE=str(log), **told) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).json() == {"head": {}, "boolean": True}
        wait_until(lambda: "Failed to export spans" in log.read_text())
    assert all(json.loads(line) for line in log.read_text().splitlines())
