"""An engine elsewhere that is slow, gone, wrong, and back again: what clients are told, and what is never told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import engines
import httpx2
import pytest
import remotes
from engines import Engine

from vesoc.errors import Problem
from vesoc.names import BASE
from vesoc.remote import queries, stand, survey
from vesoc.remote.client import SOLUTIONS, TRIPLES, Client
from vesoc.remote.stand import PUSHING, Stand
from vesoc.settings import Settings

SECONDS = 30
ROWS = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}'
ALL = "SELECT * { ?s ?p ?o }"


class Faulty:
    """An engine before which a fault stands: each query is passed on, but for what `fault` does with it instead."""

    def __init__(self, behind: str | None = None) -> None:
        self.behind = behind
        self.fault = ""
        self.asked: list[dict[str, str]] = []
        self.fields: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/query"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(faulty: Faulty) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            faulty.asked.append(dict(parse_qsl(body.decode())))
            faulty.fields.append(dict(self.headers))
            getattr(self, f"_{faulty.fault or 'pass'}")(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is told."""

        def _pass(self, body: bytes) -> None:
            if faulty.behind is None:
                return self._answer(200, SOLUTIONS, ROWS)
            told = {"Content-Type": self.headers["Content-Type"], "Accept": self.headers["Accept"]}
            found = httpx2.post(faulty.behind, content=body, headers=told, timeout=30)
            return self._answer(found.status_code, found.headers["Content-Type"], found.content)

        def _once(self, body: bytes) -> None:
            faulty.fault = ""
            self._answer(503, "text/plain", b"busy")

        def _error(self, body: bytes) -> None:
            self._answer(500, "text/html", b"<h1>Traceback</h1> /srv/engine")

        def _complaint(self, body: bytes) -> None:
            self._answer(400, "text/plain", b"not in this dialect")

        def _stranger(self, body: bytes) -> None:
            self._answer(401, "text/plain", b"who are you?")

        def _page(self, body: bytes) -> None:
            self._answer(200, "text/html", b"<html>Welcome</html>")

        def _nonsense(self, body: bytes) -> None:
            self._answer(200, SOLUTIONS, b"Welcome")

        def _boolean(self, body: bytes) -> None:
            self._answer(200, SOLUTIONS, b'{"head":{},"boolean":true}')

        def _cut(self, body: bytes) -> None:
            self._answer(200, self.headers["Accept"].split(",")[0], ROWS[:40], len(ROWS))
            self.close_connection = True

        def _unframed(self, body: bytes) -> None:
            self._answer(200, TRIPLES, b"<urn:a> <urn:b> <urn:c> .\n", None)
            self.close_connection = True

        def _hang_up(self, body: bytes) -> None:
            self.close_connection = True

        def _slow(self, body: bytes) -> None:
            until = time.monotonic() + 30
            while faulty.fault == "slow" and time.monotonic() < until:
                time.sleep(0.05)
            self.close_connection = True

        def _endless(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", SOLUTIONS)
            self.end_headers()
            self.close_connection = True
            try:
                while faulty.fault == "endless":
                    self.wfile.write(b" " * (1 << 20))
            except OSError:
                return

        def _answer(self, status: int, kind: str, body: bytes, length: int | None = -1) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if length is not None:
                self.send_header("Content-Length", str(len(body) if length < 0 else length))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    engine = Faulty()
    yield engine
    engine.fault = ""
    engine.stop()


@contextmanager
def talking(address: str, patience: float = 0.6, **given: Any) -> Iterator[Client]:
    found = Client(Settings(sparql_url=address, **given), patience)
    try:
        yield found
    finally:
        found.close()


FAULTS = {
    "error": 502,
    "complaint": 400,
    "stranger": 502,
    "page": 502,
    "cut": 502,
    "hang_up": 503,
    "slow": 504,
    "endless": 502,
}


@pytest.mark.parametrize(("fault", "status"), FAULTS.items())
def test_fault_has_its_status(faulty: Faulty, fault: str, status: int) -> None:
    faulty.fault = fault
    began = time.monotonic()
    with talking(faulty.address) as client, pytest.raises(Problem) as told:
        client.whole([("query", ALL)], SOLUTIONS)
    assert (told.value.status, told.value.kind) == (status, "engine")
    assert "srv" not in told.value.detail
    assert time.monotonic() - began < 5


def test_nobody_there() -> None:
    port = engines.free_port()
    with talking(f"http://127.0.0.1:{port}/") as client, pytest.raises(Problem) as told:
        client.whole([("query", ALL)], SOLUTIONS)
    assert (told.value.status, told.value.headers) == (503, {"Retry-After": "2"})
    assert str(port) not in told.value.detail


@pytest.mark.parametrize("fault", ["once", "error", "hang_up", "cut"])
def test_what_may_pass_is_tried_again(faulty: Faulty, fault: str) -> None:
    faulty.fault = fault
    if fault != "once":
        threading.Timer(0.05, lambda: setattr(faulty, "fault", "")).start()
    with talking(faulty.address, 2) as client:
        assert client.whole([("query", ALL)], SOLUTIONS) == ROWS
    assert len(faulty.asked) > 1


@pytest.mark.parametrize("fault", ["complaint", "stranger", "page", "slow"])
def test_what_does_not_pass_is_tried_once(faulty: Faulty, fault: str) -> None:
    faulty.fault = fault
    with talking(faulty.address) as client, pytest.raises(Problem):
        client.whole([("query", ALL)], SOLUTIONS)
    assert len(faulty.asked) == 1


def test_triples_without_a_length_may_not_be_whole(faulty: Faulty) -> None:
    faulty.fault = "unframed"
    with talking(faulty.address) as client, pytest.raises(Problem, match="neither a length nor chunks"):
        client.stream([("query", ALL)], TRIPLES)


def test_token_goes_with_each_request(faulty: Faulty) -> None:
    with talking(faulty.address, sparql_token="s3cret") as client:
        client.whole([("query", ALL)], SOLUTIONS)
    assert faulty.fields[0]["Authorization"] == "Bearer s3cret"


@pytest.fixture(scope="module")
def behind() -> Iterator[Engine]:
    """Our graph in an engine that is well."""
    with engines.oxigraph() as engine:
        remotes.fill(engine, remotes.graph())
        yield engine


@contextmanager
def before(engine: Engine) -> Iterator[tuple[Faulty, Engine]]:
    """A fault before an engine."""
    fault = Faulty(engine.query)
    try:
        yield fault, replace(engine, query=fault.address)
    finally:
        fault.fault = ""
        fault.stop()


def until(client: httpx2.Client, status: int, word: str = "") -> httpx2.Response:
    """What /health/ready says, once it says that; it has a few seconds."""
    end = time.monotonic() + SECONDS
    while (found := client.get("/health/ready")).status_code != status or word not in found.text:
        assert time.monotonic() < end, found.text
        time.sleep(0.1)
    return found


def ask(client: httpx2.Client, query: str) -> httpx2.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": SOLUTIONS})


def test_engine_fails_and_comes_back(behind: Engine) -> None:
    with before(behind) as (fault, engine), remotes.serving(engine, VESOC_QUERY_TIMEOUT="3") as server:
        kept = ask(server, "ASK { ?s a ?o }")
        for number, (name, status) in enumerate({"error": 502, "hang_up": 503, "page": 502, "nonsense": 502}.items()):
            fault.fault = name
            found = ask(server, f"SELECT * {{ ?s ?p {number} }}")
            assert (found.status_code, found.json()["kind"]) == (status, "engine")
        fault.fault = "slow"
        began = time.monotonic()
        late = ask(server, "SELECT * { ?s ?p 7 }")
        assert (late.status_code, time.monotonic() - began < 5) == (504, True)
        told = until(server, 503).json()
        assert (told["kind"], told["engine"]["state"]) == ("engine", "gone")
        assert told["engine"]["since"] <= time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        assert server.get("/health/live").status_code == 200
        assert server.get("/doc/akkoord/iab.ttl").status_code == 200
        fault.fault = ""
        assert until(server, 200).json()["engine"]["state"] == "ready"
        assert ask(server, "ASK { ?s a ?o }").content == kept.content
        assert ask(server, "SELECT * { ?s ?p 7 }").status_code == 200


def test_cut_answer_never_looks_whole(behind: Engine) -> None:
    with before(behind) as (fault, engine), remotes.serving(engine) as server:
        fault.fault = "cut"
        assert ask(server, ALL).status_code == 502
        fault.fault = ""
        whole = ask(server, ALL)
        assert len(whole.json()["results"]["bindings"]) == sum(1 for _ in remotes.graph().store) // 2


def test_server_starts_before_its_engine(behind: Engine) -> None:
    port = engines.free_port()
    waiting = replace(behind, query=f"http://127.0.0.1:{port}/query")
    with remotes.early(waiting) as server:
        assert until(server, 503, "gone").json()["kind"] == "engine"
        assert server.get("/").status_code == 503
        assert server.get("/health/live").status_code == 200
        with engines.oxigraph(port=port) as late:
            until(server, 503, "nothing yet")
            remotes.fill(late, remotes.graph())
            assert until(server, 200).json()["digest"] == remotes.graph().digest


def test_new_data_is_taken_and_nothing_is_told_meanwhile() -> None:
    with engines.oxigraph() as engine:
        remotes.fill(engine, remotes.graph())
        told = remotes.manifest(remotes.graph())
        with remotes.serving(engine) as server:
            old = server.get("/health/ready").json()["digest"]
            remotes.tell(engine, Stand(PUSHING, told))
            assert "pushed" in until(server, 503).json()["detail"]
            assert server.get("/doc/akkoord/iab.html").status_code == 503
            assert ask(server, "ASK { ?s a ?o }").json()["kind"] == "engine"
            remotes.tell(engine, Stand("complete", replace(told, digest="0" * 64, state="1" * 64)))
            assert until(server, 200).json()["digest"] == "0" * 64 != old
            assert ask(server, "ASK { ?s a ?o }").json()["boolean"] is True


def test_stand_is_no_part_of_the_data(behind: Engine) -> None:
    with talking(behind.query, 5) as client:
        told = survey.look_up(client, BASE)
        extent = survey.survey(client, BASE, told)
    assert stand.graph(BASE).value not in extent.graphs
    assert told is not None
    assert extent.graphs == {iri: n for iri, n in told.manifest.graphs.items() if iri}


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SELECT * {", "LOAD <http://example.org/>", "DROP ALL"],
)
def test_what_is_no_query_never_leaves(text: str) -> None:
    with pytest.raises(SyntaxError):
        queries.kind(text, BASE)


DEEP = {
    "groups": f"SELECT * {'{' * 300} ?s ?p ?o {'}' * 300}",
    "unions": f"SELECT * {{ {{ ?s ?p ?o }} {'UNION { ?s ?p ?o } ' * 1200} }}",
    "sum": f"SELECT (1{'+1' * 1200} AS ?n) {{}}",
    "path": f"SELECT * {{ ?s <urn:a>{'/<urn:a>' * 1200} ?o }}",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_could_end_the_engine_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="nested too deep"):
        queries.kind(text, BASE)


def test_long_list_is_no_danger() -> None:
    values = " ".join(f"ex:b-{number}-c" for number in range(3000))
    queries.kind(f"PREFIX ex: <urn:> SELECT * {{ VALUES ?x {{ {values} }} }}", BASE)


@pytest.mark.parametrize("text", ["SELECT (<bif:exec>('x') AS ?y) {}", "PREFIX x: <SQL:> ASK { FILTER(x:y()) }"])
def test_functions_of_the_engine_are_refused(text: str) -> None:
    with pytest.raises(Problem, match="not allowed"):
        queries.kind(text, BASE)
