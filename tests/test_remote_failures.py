"""An engine elsewhere that is slow, gone, wrong, and back again: what clients are told, and what is never told."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import engines
import httpx2
import pytest
import remotes
from command import vesoc
from engines import Engine

from vesoc.errors import Problem
from vesoc.names import BASE
from vesoc.remote import body, queries, results, stand, survey, watch
from vesoc.remote.client import SOLUTIONS, TRIPLES, Client
from vesoc.remote.stand import COMPLETE, PUSHING, Stand
from vesoc.remote.watch import Watch
from vesoc.settings import Settings

SECONDS = 30
ROWS = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}'
ALL = "SELECT * { ?s ?p ?o }"
TURTLE = {"Content-Type": "text/turtle"}


class Faulty:
    """An engine before which a fault stands: each query is passed on, but for what `fault` does with it instead."""

    def __init__(self, behind: str | None = None) -> None:
        self.behind = behind
        self.fault = ""
        self.passing = False  # the fault befalls one query, and those after it are passed on
        self.later = ""  # when it wants to be asked again
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
            fault = faulty.fault or "pass"
            if faulty.passing:
                faulty.fault = ""
            getattr(self, f"_{fault}")(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is told."""

        def _pass(self, body: bytes) -> None:
            if faulty.behind is None:
                return self._answer(200, SOLUTIONS, ROWS)
            told = {"Content-Type": self.headers["Content-Type"], "Accept": self.headers["Accept"]}
            found = httpx2.post(faulty.behind, content=body, headers=told, timeout=30)
            return self._answer(found.status_code, found.headers["Content-Type"], found.content)

        def _later(self, body: bytes) -> None:
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

        def _empty(self, body: bytes) -> None:
            self._answer(200, SOLUTIONS, b"", len(ROWS))
            self.close_connection = True

        def _torn(self, body: bytes) -> None:
            """Much of an answer, and not its end."""
            kind = self.headers["Accept"].split(",")[0]
            rows = b",".join([ROWS.split(b"[")[2].rpartition(b"]")[0]] * 20_000)
            told = (
                b"<urn:a> <urn:b> <urn:c> .\n" * 40_000 if kind == TRIPLES else ROWS.rpartition(b"[")[0] + b"[" + rows
            )
            self._answer(200, kind, told, 2 * len(told))
            self.close_connection = True

        def _dripping(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", SOLUTIONS)
            self.end_headers()
            self.close_connection = True
            while faulty.fault == "dripping":
                self.wfile.write(b" ")
                time.sleep(0.05)

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
            if faulty.later:
                self.send_header("Retry-After", faulty.later)
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


@pytest.mark.parametrize(
    ("later", "told_later", "tries"),
    [
        ("0", "2", 4),
        ("1", "2", 1),
        ("40", "40", 1),
        ("100000", "300", 1),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "2", 4),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "300", 1),
        ("soon", "2", 4),
        ("-5", "2", 4),
    ],
)
def test_engine_that_wants_to_be_asked_later_is(faulty: Faulty, later: str, told_later: str, tries: int) -> None:
    faulty.fault, faulty.later = "later", later
    with talking(faulty.address, 10) as client, pytest.raises(Problem) as told:
        client.whole([("query", ALL)], SOLUTIONS)
    assert (told.value.status, told.value.headers) == (503, {"Retry-After": told_later})
    assert len(faulty.asked) == tries


@pytest.mark.parametrize("fault", ["later", "error", "hang_up", "cut"])
def test_what_may_pass_is_tried_again(faulty: Faulty, fault: str) -> None:
    faulty.fault, faulty.passing = fault, True
    with talking(faulty.address, 2) as client:
        assert client.whole([("query", ALL)], SOLUTIONS) == ROWS
    assert len(faulty.asked) > 1


@pytest.mark.parametrize("fault", ["complaint", "stranger", "page", "slow"])
def test_what_does_not_pass_is_tried_once(faulty: Faulty, fault: str) -> None:
    faulty.fault = fault
    with talking(faulty.address) as client, pytest.raises(Problem):
        client.whole([("query", ALL)], SOLUTIONS)
    assert len(faulty.asked) == 1


def test_cut_answer_is_asked_for_again_before_any_of_it_went_out(faulty: Faulty) -> None:
    faulty.fault, faulty.passing = "empty", True
    with talking(faulty.address, 2) as client, client.stream([("query", ALL)], SOLUTIONS) as body:
        assert body.read() == ROWS
    assert len(faulty.asked) == 2


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
    """A small graph in an engine that is well."""
    data, told = remotes.others()
    with engines.oxigraph() as engine:
        remotes.fill(engine, data, Stand(COMPLETE, told))
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
        wrong = {"error": 502, "hang_up": 503, "page": 502, "nonsense": 502, "cut": 502}
        for number, (name, status) in enumerate(wrong.items()):
            fault.fault = name
            found = ask(server, f"SELECT * {{ ?s ?p {number} }}")
            assert (found.status_code, found.json()["kind"]) == (status, "engine")
        fault.fault = "torn"
        for query, kind in ((ALL, SOLUTIONS), ("CONSTRUCT WHERE { ?s ?p ?o }", TRIPLES)):
            with pytest.raises(httpx2.RemoteProtocolError):
                server.get("/sparql", params={"query": query}, headers={"Accept": kind})
        fault.fault = "slow"
        began = time.monotonic()
        late = ask(server, "SELECT * { ?s ?p 7 }")
        assert (late.status_code, time.monotonic() - began < 5) == (504, True)
        told = until(server, 503).json()
        assert (told["kind"], told["engine"]["state"]) == ("engine", "gone")
        assert told["engine"]["since"] <= time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        assert server.get("/health/live").status_code == 200
        assert server.get("/graphs?default", headers={"Accept": TRIPLES}).status_code == 200
        fault.fault = ""
        back = until(server, 200).json()
        assert (back["engine"]["state"], back["reload"]["state"]) == ("ready", "none")  # it says that nothing is new
        assert ask(server, "ASK { ?s a ?o }").content == kept.content
        assert ask(server, "SELECT * { ?s ?p 7 }").status_code == 200
        assert len(ask(server, ALL).json()["results"]["bindings"]) == 2000


def test_server_starts_before_its_engine_and_takes_what_is_pushed(behind: Engine) -> None:
    port, (data, told) = engines.free_port(), remotes.others()
    waiting = replace(behind, query=f"http://127.0.0.1:{port}/query")
    with remotes.early(waiting) as server:
        assert until(server, 503, "gone").json()["kind"] == "engine"
        assert server.get("/").status_code == 503
        assert server.get("/health/live").status_code == 200
        with engines.oxigraph(port=port) as late:
            until(server, 503, "nothing yet")
            remotes.fill(late, data, Stand(COMPLETE, told))
            assert until(server, 200).json()["digest"] == told.digest
            hit(server, "ASK { ?s a ?o }")
            remotes.tell(late, Stand(PUSHING, told))
            assert "pushed" in until(server, 503).json()["detail"]
            assert server.get("/search").status_code == 503
            assert ask(server, "ASK { ?s a ?o }").json()["kind"] == "engine"
            remotes.tell(late, Stand("complete", replace(told, digest="0" * 64, state="1" * 64)))
            assert until(server, 200).json()["digest"] == "0" * 64
            assert ask(server, "ASK { ?s a ?o }").json()["boolean"] is False


def hit(client: httpx2.Client, query: str) -> None:
    """Ask until the answer comes from the cache; it has a few seconds."""
    end = time.monotonic() + SECONDS
    while ask(client, query).headers["server-timing"] != "cache;desc=hit":
        assert time.monotonic() < end
        time.sleep(0.1)


def test_push_is_served_and_the_next_one_too(tmp_path: Path) -> None:
    """Data of others too, which has no stand before."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with engines.oxigraph() as engine, engine.client() as client:
        client.put(engine.graphs, params={"graph": "urn:mine"}, content="<urn:a> <urn:b> 1 .", headers=TURTLE)
        with remotes.early(engine) as server:
            first = until(server, 200).json()["digest"]
            assert ask(server, "ASK FROM <urn:mine> { ?s ?p 1 }").json()["boolean"] is True
            for number in (2, 3):
                pushed(tmp_path, engine, number)
                end = time.monotonic() + SECONDS
                while (now := until(server, 200).json()["digest"]) == first:
                    assert time.monotonic() < end
                    time.sleep(0.1)
                first = now
                [row] = ask(server, count).json()["results"]["bindings"]
                assert row["n"]["value"] == str(number)
                assert ask(server, "ASK FROM <urn:mine> { ?s ?p ?o }").status_code == 403


def pushed(folder: Path, engine: Engine, number: int) -> None:
    """Build so many statements, and push them."""
    data, out = folder / f"{number}.ttl", folder / str(number)
    data.write_text("\n".join(f"<urn:s{each}> <urn:p> {each} ." for each in range(number)))
    for told in (vesoc("build", "--data", data, "--out", out), vesoc("push", "--from", out, **engine.settings)):
        assert told.returncode == 0, told.stderr


def test_look_that_does_not_end_is_told(faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"SECONDS": 0.05, "_LONGEST": 0.3}.items():
        monkeypatch.setattr(watch, name, seconds)
    faulty.fault = "dripping"
    found = Watch(Settings(sparql_url=faulty.address))
    states: list[str] = []

    async def look() -> None:
        task = asyncio.create_task(found.follow(lambda before, now, began: states.append(now.state)))
        await asyncio.sleep(1)
        faulty.fault = ""
        task.cancel()

    asyncio.run(look())
    found.close()
    assert states == [watch.GONE]


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


GRAPHS = {f"{BASE}id/graaf/iab"}
FROM = {
    f"SELECT * FROM <{BASE}id/graaf/iab> {{ ?s ?p ?o }}": None,
    f"BASE <{BASE}> PREFIX g: <id/graaf/># it's select\nASK FROM g:iab FROM NAMED <id/graaf/iab> {{ ?s ?p ?o }}": None,
    "SELECT * { ?s <urn:from> ?from FILTER(?from != 'FROM <urn:g>') } # from <urn:g>": None,
    "SELECT * FROM <urn:g> { ?s ?p ?o }": "not one of this server",
    "PREFIX g: <urn:>SELECT*FROM NAMED g:g { GRAPH ?g { ?s ?p ?o } }": "not one of this server",
    "SELECT(EXISTS{ ?s ?p 'FROM' } AS ?x)FROM<urn:g>{}": "not one of this server",
    "SELECT * FROM <\\u0075rn:g> {}": "in angle brackets",
    "SELECT * FROMNAMED<urn:g> {}": "a word of its own",
}


@pytest.mark.parametrize(("text", "refused"), FROM.items())
def test_other_graphs_of_the_engine_are_not_to_be_named(text: str, refused: str | None) -> None:
    queries.kind(text, BASE)
    with pytest.raises(Problem, match=refused) if refused else nullcontext():
        queries.require_graphs(text, GRAPHS, BASE)


@pytest.mark.parametrize("code", ["\\u000A", "\\u0022", "\\U0000003E"])
def test_escape_that_could_end_a_comment_is_refused(code: str) -> None:
    with pytest.raises(Problem, match="write the character itself"):
        queries.kind(f"SELECT * {{ ?s ?p ?o #{code} SERVICE <http://127.0.0.1/> {{}}\n }}", BASE)


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 16])
def test_blank_nodes_of_virtuoso_have_labels(size: int) -> None:
    value = rb"\"type\": \"bnode\", \"value\": \"nodeID://"
    text = b'{"head":{"vars":["s","o"]},"results":{"bindings":[%s]}}' % b",".join(
        b'{"s": { "type": "bnode", "value": "nodeID://b%d" }\t, "o": {"type":"literal","value":"%b"}}' % (n, value)
        for n in range(50)
    )
    told = b"".join(body.labelled(iter([text[at : at + size] for at in range(0, len(text), size)])))
    found = [(row["s"].value, row["o"].value) for row in results.rows(told)]
    assert found == [(f"b{n}", '"type": "bnode", "value": "nodeID://') for n in range(50)]


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 16])
def test_booleans_of_virtuoso_are_words(size: int) -> None:
    kind = "http://www.w3.org/2001/XMLSchema#boolean"
    value = rf"\"datatype\": \"{kind}\", \"value\": \"1".encode()
    text = b'{"head":{"vars":["s","o"]},"results":{"bindings":[%s]}}' % b",".join(
        b'{"s": { "type": "typed-literal", "datatype": "%b", "value": "%d" }\t, "o": {"type":"literal","value":"%b"}}'
        % (kind.encode(), n % 2, value)
        for n in range(50)
    )
    told = b"".join(body.spelt(iter([text[at : at + size] for at in range(0, len(text), size)])))
    found = [(row["s"].value, row["o"].value) for row in results.rows(told)]
    assert found == [(("false", "true")[n % 2], f'"datatype": "{kind}", "value": "1') for n in range(50)]
