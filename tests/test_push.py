"""Data put into engines of others: counted there, gone on with after a break, and nothing of anybody else touched."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import engines
import pytest
from command import vesoc
from engines import Engine
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic
from rich.console import Console

from vesoc.commands import pushing as command
from vesoc.dataset import Dataset
from vesoc.graphs import METADATA, graph_iri
from vesoc.names import BASE
from vesoc.pushing import engine as pushed
from vesoc.pushing import push as pushing
from vesoc.pushing import requests
from vesoc.pushing.parts import Size
from vesoc.remote import stand
from vesoc.remote.stand import Stand

FOREIGN = "http://t.example/others"
ONE, TWO, BLANK = "http://t.example/one", "http://t.example/two", "http://t.example/blank"
DEFAULT = graph_iri("standaard", BASE)
PREFIX = "PREFIX : <http://t.example/#>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
DATA = f"""{PREFIX}
:a :p "default" .
<{ONE}> {{ :a :p 1 , "een"@nl , "x" ; :q :b }}
<{TWO}> {{ :b :p 2 , 1.5 , "é \\n \\"" , "2026-01-01"^^xsd:date }}
<{BLANK}> {{ _:a :p [ :q ( 1 2 _:a ) ] . _:b :p _:a . [] :p _:b }}
"""


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[Engine]:
    with engines.oxigraph() as engine:
        yield engine


@pytest.fixture(scope="module")
def virtuoso() -> Iterator[Engine]:
    with engines.virtuoso() as engine:
        yield engine


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(request.param)
    emptied(found)
    return found


@pytest.fixture
def ox(oxigraph: Engine) -> Engine:
    emptied(oxigraph)
    return oxigraph


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that follow each other at once."""
    monkeypatch.setattr(requests, "PAUSES", (0.01, 0.01))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("build"), DATA)


def built(folder: Path, text: str) -> Path:
    """A build of others' data."""
    (folder / "data.trig").write_text(text, encoding="utf-8")
    made = vesoc("build", "--out", folder / "store", folder / "data.trig")
    assert made.returncode == 0, made.stderr
    return folder / "store"


def push(engine: Engine, *arguments: str | Path, **environment: str) -> Any:
    return vesoc("push", *arguments, **{**engine.settings, **environment})


def select(engine: Engine, query: str) -> list[dict[str, str]]:
    with engine.client() as client:
        fields = {"Accept": "application/sparql-results+json"}
        reply = client.post(engine.query, data={"query": query}, headers=fields).raise_for_status()
    return [{name: term["value"] for name, term in row.items()} for row in reply.json()["results"]["bindings"]]


def sizes(engine: Engine) -> dict[str, int]:
    """Triples by graph, without those that Virtuoso brings along."""
    rows = select(engine, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"]: int(row["n"]) for row in rows if row["g"].startswith((BASE, "http://t.example/"))}


def content(engine: Engine, iri: str) -> bytes:
    with engine.client() as client:
        reply = client.get(engine.graphs, params={"graph": iri}, headers={"Accept": "application/n-triples"})
    return reply.raise_for_status().content


def triples(engine: Engine, iri: str) -> set[Triple]:
    return {quad.triple for quad in parse(content(engine, iri), format=RdfFormat.N_TRIPLES)}


def put(engine: Engine, iri: str, turtle: str) -> None:
    with engine.client() as client:
        fields = {"Content-Type": "text/turtle"}
        client.put(engine.graphs, params={"graph": iri}, content=turtle.encode(), headers=fields).raise_for_status()


def emptied(engine: Engine) -> None:
    with engine.client() as client:
        for iri in sizes(engine):
            client.delete(engine.graphs, params={"graph": iri}).raise_for_status()
    put(engine, FOREIGN, "<urn:a> <urn:b> <urn:c> .")


def told(engine: Engine) -> Stand:
    [row] = select(engine, stand.query(BASE))
    return stand.read(row["told"])


def told_by(engine: Engine) -> str:
    """What it says of its data, as it is written; empty where it says nothing."""
    return "".join(row["told"] for row in select(engine, stand.query(BASE)))


def by_updates(engine: Engine | Front) -> dict[str, str]:
    return {**engine.settings, "VESOC_SPARQL_GRAPHS": ""}


def expected(build: Path) -> dict[str, int]:
    graphs = json.loads((build / "current" / "manifest.json").read_text())["graphs"]
    return {**{iri: number for iri, number in graphs.items() if iri}, DEFAULT: graphs[""], FOREIGN: 1}


# ── A front that stands between, and may do what networks and proxies do


@dataclass(frozen=True)
class Request:
    """What came by."""

    method: str
    path: str
    body: bytes
    authorization: str

    def puts(self, iri: str) -> bool:
        """Whether it is a whole graph of that name."""
        return self.method == "PUT" and self.path.endswith(quote(iri, safe=""))


@dataclass
class Front:
    """A server before an engine; `rule` may answer a request itself, break it off (CUT), or let it pass (None)."""

    engine: Engine
    address: str
    rule: Callable[[Request], Any] = lambda request: None
    seen: list[Request] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        """The settings that point the commands at it."""
        return {name: self._moved(value) for name, value in self.engine.settings.items()}

    def of(self, method: str) -> list[str]:
        """The addresses that a method was used on."""
        return [request.path for request in self.seen if request.method == method]

    def _moved(self, value: str) -> str:
        return self.address + urlsplit(value).path if value.startswith("http") else value


CUT = object()


@contextmanager
def front(engine: Engine) -> Iterator[Front]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, body, self.headers.get("Authorization", ""))
            made.seen.append(request)
            done = made.rule(request)
            if done is CUT:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            status, fields, answer = done or self.passed_on(body)
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = do  # noqa: N815

        def passed_on(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
            connection = HTTPConnection(urlsplit(engine.query).netloc, timeout=60)
            kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            connection.request(self.command, self.path, body, kept)
            reply = connection.getresponse()
            answer = reply.read()
            names = ("content-type", "www-authenticate")
            found = {name: value for name in names if (value := reply.getheader(name))}
            connection.close()
            return reply.status, found, answer

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Front(engine, f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# ── The real graph


def test_our_graph_is_there_statement_by_statement(engine: Engine, graph: Dataset) -> None:
    done = push(engine, "--strict")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "11 graphs with" in done.stdout
    names = [name.value for name in graph.store.named_graphs() if isinstance(name, NamedNode)]
    assert set(sizes(engine)) == {*names, stand.graph(BASE).value, FOREIGN}
    for iri in (name for name in names if name != graph_iri(METADATA, BASE)):
        ours = {quad.triple for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(iri))}
        assert triples(engine, iri) == ours, iri
    now = told(engine)
    assert now.complete
    assert now.manifest.digest == graph.digest
    assert {iri for iri in now.manifest.graphs if iri} == set(now.done) == set(names)
    assert push(engine, "--verify").returncode == 0


# ── Others' data


@pytest.mark.parametrize("way", ["graphs", "updates"])
def test_build_is_pushed(engine: Engine, build: Path, way: str) -> None:
    environment = by_updates(engine) if way == "updates" else engine.settings
    done = vesoc("push", "--from", build, **environment)
    assert done.returncode == 0, done.stderr
    assert {**expected(build), stand.graph(BASE).value: 1} == sizes(engine)
    assert told(engine).complete
    skolemized = "blank: sent in parts, so its blank nodes have IRIs" in done.stderr
    assert skolemized == (engine.name == "virtuoso" and way == "updates")
    assert alike(content(engine, BLANK).decode())
    again = vesoc("push", "--from", build, **environment)
    assert (again.returncode, "nothing was sent" in again.stdout) == (0, True)


def alike(lines: str) -> bool:
    """Whether a graph is the one with blank nodes, be they named by IRIs or not."""
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    ours = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(BLANK))
    blank = re.sub(rf"<{re.escape(BASE)}.well-known/genid/(\w+)>", r"_:b\1", lines)
    return isomorphic(Graph().parse(data=blank, format="nt"), Graph().parse(data=ours, format="nt"))


def test_default_graph_of_others_has_a_name(ox: Engine, build: Path) -> None:
    assert push(ox, "--from", build).returncode == 0
    assert b'"default"' in content(ox, DEFAULT)
    assert select(ox, "SELECT ?s { ?s ?p ?o }") == []
    assert (told(ox).manifest.graphs[""], told(ox).manifest.graphs[DEFAULT]) == (19, 1)


def test_data_that_was_taken_out_of_an_engine_goes_into_one(ox: Engine, tmp_path: Path) -> None:
    """It may have the graph that took a default graph, and the stand, which is no data."""
    given = f'{PREFIX} <{DEFAULT}> {{ :a :p 1 }} <{stand.graph(BASE).value}> {{ :a :p "complete" }}'
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    done = push(ox, "--from", built(tmp_path / "one", given))
    assert (done.returncode, "1 graphs with 1 triples sent" in done.stdout) == (0, True), done.stderr
    assert told(ox).complete
    assert sizes(ox) == {DEFAULT: 1, FOREIGN: 1, stand.graph(BASE).value: 1}
    both = push(ox, "--from", built(tmp_path / "two", f"{given} :b :p 2 ."))
    assert (both.returncode, f"{DEFAULT}: the data has a graph of that name" in both.stderr) == (2, True)


def test_graph_in_parts_keeps_its_shape(ox: Engine, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank nodes that have to hold beyond one request get IRIs, the same in each part."""
    for name in ("size", "whole"):
        monkeypatch.setattr(pushed.GraphStore, name, Size(3, 1 << 20))
    with front(ox) as before:
        done = vesoc("push", "--from", build, "--strict", **before.settings)
    assert done.returncode == 0, done.stderr
    assert "blank: sent in parts" in done.stderr
    assert sizes(ox)[BLANK] == 10
    assert len([path for path in before.of("POST") if "blank" in path]) == 4
    found = content(ox, BLANK).decode()
    assert "_:" not in found
    assert alike(found)


def test_graph_that_is_gone_is_taken_away(ox: Engine, build: Path, tmp_path: Path) -> None:
    assert push(ox, "--from", build).returncode == 0
    fewer = built(tmp_path, f"{PREFIX} <{ONE}> {{ :a :p 1 }}")
    planned = push(ox, "--from", fewer, "--dry-run")
    assert "3 graphs would be taken away" in planned.stdout
    done = push(ox, "--from", fewer)
    assert (done.returncode, "3 were taken away" in done.stdout) == (0, True)
    assert sizes(ox) == {ONE: 1, FOREIGN: 1, stand.graph(BASE).value: 1}


def test_graph_that_is_gone_is_taken_away_after_a_break(ox: Engine, build: Path, tmp_path: Path, hasty: None) -> None:
    """Between two pushes the engine says what there was before, so that nothing is forgotten."""
    assert push(ox, "--from", build).returncode == 0
    fewer = built(tmp_path, f"{PREFIX} <{ONE}> {{ :a :p 1 }}")
    with front(ox) as before:
        before.rule = lambda request: CUT if len(before.of("DELETE")) > 1 and request.method == "DELETE" else None
        broken = vesoc("push", "--from", fewer, **before.settings)
    assert (broken.returncode, "0 of 1 graphs" in broken.stderr) == (2, True), broken.stderr
    assert not told(ox).complete
    assert push(ox, "--from", fewer).returncode == 0
    assert sizes(ox) == {ONE: 1, FOREIGN: 1, stand.graph(BASE).value: 1}


def test_graph_that_stays_though_it_was_taken_away_is_told(ox: Engine, build: Path, tmp_path: Path) -> None:
    assert push(ox, "--from", build).returncode == 0
    fewer = built(tmp_path, f"{PREFIX} <{ONE}> {{ :a :p 1 }}")
    with front(ox) as before:
        before.rule = lambda request: (204, {}, b"") if request.method == "DELETE" else None
        left = push(before.engine, "--from", fewer, **before.settings)
    assert left.returncode == 2
    assert "was to be taken away, but" in left.stderr
    assert not told(ox).complete
    assert push(ox, "--from", fewer).returncode == 0
    assert sizes(ox) == {ONE: 1, FOREIGN: 1, stand.graph(BASE).value: 1}


def test_graph_of_somebody_else_is_not_overwritten(ox: Engine, build: Path) -> None:
    put(ox, ONE, "<urn:x> <urn:y> <urn:z> .")
    assert "1 of them are there, but not from a push" in push(ox, "--from", build, "--dry-run").stdout
    refused = push(ox, "--from", build)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"vesoc: {ONE}: in the engine already, and not from a push")
    assert sizes(ox) == {ONE: 1, FOREIGN: 1}
    assert push(ox, "--from", build, "--replace").returncode == 0
    assert sizes(ox)[ONE] == 4


def test_dry_run_changes_nothing(ox: Engine, build: Path) -> None:
    planned = push(ox, "--from", build, "--dry-run")
    assert planned.returncode == 0
    assert "4 graphs with 19 triples would go to" in planned.stdout
    assert f"  {ONE} 4" in planned.stdout
    assert sizes(ox) == {FOREIGN: 1}


def test_verify_only_counts(ox: Engine, build: Path) -> None:
    assert push(ox, "--from", build).returncode == 0
    put(ox, TWO, "<urn:x> <urn:y> <urn:z> .")
    found = push(ox, "--from", build, "--verify")
    assert found.returncode == 1
    assert "says complete; 3 of 4 graphs" in found.stdout
    assert found.stderr == f"{TWO}: 1 triples in the engine instead of 4\n"
    assert sizes(ox)[TWO] == 1
    mended = push(ox, "--from", build)
    assert "1 graphs with 4 triples sent" in mended.stdout
    assert push(ox, "--from", build, "--verify").returncode == 0


def test_verify_tells_other_data_with_the_same_numbers(ox: Engine, build: Path, tmp_path: Path) -> None:
    assert push(ox, "--from", build).returncode == 0
    other = built(tmp_path, DATA.replace('"een"@nl', '"ander"@nl'))
    found = push(ox, "--from", other, "--verify")
    assert (found.returncode, "says complete of other data; 4 of 4 graphs" in found.stdout) == (1, True)


# ── Values


def test_values_in_other_forms_are_told(virtuoso: Engine, ox: Engine, tmp_path: Path) -> None:
    emptied(virtuoso)
    data = built(tmp_path, PREFIX + f'<{ONE}> {{ :a :p 1e3 ; :q "P1D"^^xsd:duration , "x" }}')
    done = push(virtuoso, "--from", data)
    assert done.returncode == 0
    assert f"{ONE}: 1 of 3 triples came back with another xsd:double, such as" in done.stderr
    assert "another xsd:duration" in done.stderr
    assert told(virtuoso).complete
    emptied(virtuoso)
    for words in ("1 graphs with 3 triples sent", "nothing was sent"):
        strict = push(virtuoso, "--from", data, "--strict")
        assert (strict.returncode, words in strict.stdout, "another xsd:double" in strict.stderr) == (1, True, True)
    assert push(ox, "--from", data, "--strict").stderr == ""


def test_values_that_fall_together_are_findings(virtuoso: Engine, tmp_path: Path) -> None:
    """Virtuoso keeps true as 1, so of two statements one is left."""
    emptied(virtuoso)
    done = push(virtuoso, "--from", built(tmp_path, PREFIX + f"<{ONE}> {{ :a :p true , 1 }} <{TWO}> {{ :a :p 1 }}"))
    assert done.returncode == 1
    assert f"{ONE}: 1 triples in the engine instead of 2" in done.stderr
    now = told(virtuoso)
    assert (now.status, now.done) == (stand.PUSHING, (TWO,))


# ── Broken off


def lost(before: Front, request: Request) -> Any:
    """Every second request is cut: half of them when the engine has done what they asked."""
    if len(before.seen) % 2 == 0:
        return None
    if len(before.seen) % 4 == 1:
        connection = HTTPConnection(urlsplit(before.engine.query).netloc, timeout=60)
        connection.request(request.method, request.path, request.body, {"Content-Type": "application/n-triples"})
        connection.getresponse().read()
        connection.close()
    return CUT


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_broken_connection_is_told_and_gone_on_from(
    name: str, request: pytest.FixtureRequest, build: Path, hasty: None
) -> None:
    engine = request.getfixturevalue(name)
    emptied(engine)
    with front(engine) as before:
        before.rule = lambda request: CUT if request.puts(TWO) else None
        broken = vesoc("push", "--from", build, **before.settings)
        assert broken.returncode == 2
        assert broken.stderr.count("\n") == 1
        for words in (
            "(3 tries)",
            "2 of 4 graphs are in the engine",
            f"{TWO} has 0 of 4",
            "Give the same command again",
        ):
            assert words in broken.stderr
        now = told(engine)
        assert now.status == stand.PUSHING
        before.rule = lambda request: None
        before.seen.clear()
        done = vesoc("push", "--from", build, **before.settings)
    assert done.returncode == 0, done.stderr
    left = {iri for iri in expected(build) if any(one.puts(iri) for one in before.seen)}
    assert left == {*expected(build)} - {*now.done, FOREIGN}
    assert told(engine).complete
    assert {**expected(build), stand.graph(BASE).value: 1} == sizes(engine)


def test_graph_that_was_broken_off_is_emptied_first(
    ox: Engine, build: Path, monkeypatch: pytest.MonkeyPatch, hasty: None
) -> None:
    monkeypatch.setattr(pushed.GraphStore, "size", Size(1, 1 << 20))
    with front(ox) as before:
        before.rule = lambda request: CUT if b"2026" in request.body and "two" in request.path else None
        broken = vesoc("push", "--from", build, **before.settings)
    assert broken.returncode == 2
    left = sizes(ox)[TWO]
    assert f"{TWO} has {left} of 4 triples" in broken.stderr
    put(ox, TWO, "<urn:left> <urn:over> 1 .")
    assert push(ox, "--from", build).returncode == 0
    assert sizes(ox)[TWO] == 4


def test_other_data_begins_anew(
    ox: Engine, build: Path, tmp_path: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "_TOLD_EVERY", -1)
    with front(ox) as before:
        before.rule = lambda request: CUT if request.puts(TWO) else None
        assert vesoc("push", "--from", build, **before.settings).returncode == 2
    assert set(told(ox).done) == {ONE, BLANK}
    other = built(tmp_path, DATA.replace('"een"@nl', '"ander"@nl'))
    assert "4 graphs with 19 triples sent" in push(ox, "--from", other).stdout
    assert "ander" in content(ox, ONE).decode()


def test_one_lost_answer_is_asked_again(ox: Engine, build: Path, hasty: None) -> None:
    """Before the engine did it, or afterwards: done once more it is still there once."""
    with front(ox) as before:
        before.rule = lambda request: lost(before, request)
        done = vesoc("push", "--from", build, **before.settings)
    assert done.returncode == 0, done.stderr
    assert {**expected(build), stand.graph(BASE).value: 1} == sizes(ox)


def test_interrupted_push_is_told(ox: Engine, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pushed.GraphStore.put

    def interrupted(self: Any, iri: str, body: bytes) -> None:
        if iri == TWO:
            raise KeyboardInterrupt
        real(self, iri, body)

    monkeypatch.setattr(pushed.GraphStore, "put", interrupted)
    stopped = push(ox, "--from", build)
    assert stopped.returncode == 2
    assert "stopped; 2 of 4 graphs are in the engine" in stopped.stderr
    assert set(told(ox).done) == {ONE, BLANK}
    monkeypatch.undo()
    assert "2 graphs with 5 triples sent" in push(ox, "--from", build).stdout


@pytest.mark.parametrize("way", ["graphs", "updates"])
def test_push_stops_where_another_has_begun(ox: Engine, build: Path, tmp_path: Path, way: str) -> None:
    """The other one is done while the first counts what it has sent."""
    other = built(tmp_path, DATA.replace('"een"@nl', '"ander"@nl , "meer"'))
    later: list[Any] = []

    def meanwhile(request: Request) -> None:
        if not later and stand.PUSHING in told_by(ox) and b"COUNT" in request.body:
            later.append(push(ox, "--from", other))

    with front(ox) as before:
        before.rule = meanwhile
        first = vesoc("push", "--from", build, **(by_updates(before) if way == "updates" else before.settings))
    assert later[0].returncode == 0, later[0].stderr
    assert first.returncode == 2
    assert "another push has begun" in first.stderr
    assert "--verify" in first.stderr
    assert "Give the same command again" not in first.stderr
    assert push(ox, "--from", other, "--verify").returncode == 0
    assert {**expected(other), stand.graph(BASE).value: 1} == sizes(ox)
    assert b"ander" in content(ox, ONE)


def test_push_that_has_told_last_goes_on(ox: Engine, build: Path, tmp_path: Path) -> None:
    """The other one is done before the engine takes what the first says of itself."""
    other = built(tmp_path, DATA.replace('"een"@nl', '"ander"@nl , "meer"'))
    later: list[Any] = []

    def meanwhile(request: Request) -> None:
        if not later and request.puts(stand.graph(BASE).value):
            later.append(push(ox, "--from", other))

    with front(ox) as before:
        before.rule = meanwhile
        first = vesoc("push", "--from", build, **before.settings)
    assert (later[0].returncode, first.returncode) == (0, 0), first.stderr
    assert push(ox, "--from", build, "--verify").returncode == 0
    assert {**expected(build), stand.graph(BASE).value: 1} == sizes(ox)
    assert told(ox).complete


def test_what_another_push_has_sent_too_late_is_found_out(ox: Engine, build: Path) -> None:
    with front(ox) as before:
        before.rule = lambda request: put(ox, ONE, "<urn:too> <urn:late> 1 .") if request.puts(TWO) else None
        done = vesoc("push", "--from", build, **before.settings)
    assert done.returncode == 1
    assert f"{ONE}: 1 triples in the engine instead of 4" in done.stderr
    assert told(ox).status == stand.PUSHING


# ── Engines that refuse, are slow, or are wrong


def test_wrong_password_is_told(virtuoso: Engine, build: Path) -> None:
    emptied(virtuoso)
    for environment, words in (
        ({"VESOC_SPARQL_PASSWORD": "wrong"}, "it does not know these credentials"),
        ({"VESOC_SPARQL_USER": "", "VESOC_SPARQL_PASSWORD": ""}, "it asks who you are; set VESOC_SPARQL_USER"),
    ):
        for settings in (virtuoso.settings, by_updates(virtuoso)):
            refused = vesoc("push", "--from", build, **{**settings, **environment})
            assert refused.returncode == 2
            assert "answers 401: " + words in refused.stderr
            assert "wrong" not in refused.stderr
    assert sizes(virtuoso) == {FOREIGN: 1}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            {"VESOC_SPARQL_USER": "eva", "VESOC_SPARQL_PASSWORD": "é:1"},
            "Basic " + b64encode("eva:é:1".encode()).decode(),
        ),
        ({"VESOC_SPARQL_TOKEN": "abc.def"}, "Bearer abc.def"),
    ],
)
def test_credentials_are_sent(ox: Engine, build: Path, given: dict[str, str], wanted: str) -> None:
    with front(ox) as before:
        asked = 401, {"WWW-Authenticate": 'Basic realm="engine"'}, b""
        before.rule = lambda request: None if request.authorization == wanted else asked
        done = vesoc("push", "--from", build, **{**before.settings, **given})
        assert done.returncode == 0, done.stderr
        assert [request.authorization for request in before.seen].count("") <= 1
        refused = vesoc("push", "--from", build, **{**before.settings, **dict.fromkeys(given, "other")})
    assert (refused.returncode, "does not know these credentials" in refused.stderr) == (2, True)


def test_too_large_parts_are_halved(ox: Engine, build: Path, hasty: None) -> None:
    with front(ox) as before:
        refusal = 413, {"Content-Type": "text/html"}, b"<html><title>413</title><h1>Too large</h1></html>"
        before.rule = lambda request: refusal if len(request.body) > 500 and "t.example" in request.path else None
        done = vesoc("push", "--from", build, **before.settings)
    assert done.returncode == 0, done.stderr
    assert {**expected(build), stand.graph(BASE).value: 1} == sizes(ox)


def test_full_engine_is_told(ox: Engine, build: Path, hasty: None) -> None:
    with front(ox) as before:
        full = 507, {"Content-Type": "text/plain"}, b"no space left\non this\x1b device"
        before.rule = lambda request: full if request.puts(TWO) else None
        refused = vesoc("push", "--from", build, **before.settings)
    assert refused.returncode == 2
    assert "answers 507: no space left on this device; 2 of 4 graphs" in refused.stderr
    assert len([request for request in before.seen if request.puts(TWO)]) == 1
    assert set(told(ox).done) == {ONE, BLANK}


def test_engine_that_loses_statements_is_found_out(ox: Engine, build: Path) -> None:
    with front(ox) as before:
        before.rule = lambda request: (204, {}, b"") if request.puts(TWO) else None
        done = vesoc("push", "--from", build, **before.settings)
    assert done.returncode == 1
    assert done.stderr == f"{TWO}: 0 triples in the engine instead of 4\n"
    assert (told(ox).status, set(told(ox).done)) == (stand.PUSHING, {ONE, BLANK, DEFAULT})


def test_busy_engine_is_waited_for(ox: Engine, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    with front(ox) as before:
        busy = 503, {"Retry-After": "7"}, b"busy"
        before.rule = lambda request: busy if len(before.seen) < 3 else None
        assert vesoc("push", "--from", build, **before.settings).returncode == 0
        assert [wait for wait in waits if wait > 1] == [7, 7]
        before.rule = lambda request: busy
        waits.clear()
        refused = vesoc("push", "--from", build, **before.settings)
    assert refused.returncode == 2
    assert "answers 503: busy (6 tries)" in refused.stderr
    assert [wait for wait in waits if wait > 1] == [7, 7, 7, 7, 8]


def test_slow_engine_is_given_up(ox: Engine, build: Path, hasty: None) -> None:
    with front(ox) as before:
        before.rule = lambda request: time.sleep(0.5)
        began = time.monotonic()
        refused = vesoc("push", "--from", build, "--timeout", "0.1", **before.settings)
    assert refused.returncode == 2
    assert "does not answer in time (3 tries)" in refused.stderr
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "answer",
    [b"<html>hello</html>", b'{"head": {"vars": ["told"]}, "results": {"bind', b'{"results": {"bindings": [{}]}}'],
)
def test_wrong_answer_is_told(ox: Engine, build: Path, hasty: None, answer: bytes) -> None:
    with front(ox) as before:
        before.rule = lambda request: (200, {"Content-Type": "text/html"}, answer)
        refused = vesoc("push", "--from", build, **before.settings)
    assert refused.returncode == 2
    assert "gives no SPARQL results in JSON" in refused.stderr


@pytest.mark.parametrize("value", ["", '{"n": {"value": "many"}}'])
def test_number_that_is_not_told_is_told(ox: Engine, build: Path, value: str) -> None:
    with front(ox) as before:
        answer = b'{"results": {"bindings": [%s]}}' % value.encode()
        before.rule = lambda request: (200, {}, answer) if b"COUNT" in request.body else None
        refused = vesoc("push", "--from", build, **before.settings)
    assert refused.returncode == 2
    assert "does not tell the number of statements" in refused.stderr
    assert sizes(ox) == {FOREIGN: 1}


def test_answer_that_cannot_be_unpacked_is_told(ox: Engine, build: Path, hasty: None) -> None:
    with front(ox) as before:
        before.rule = lambda request: (200, {"Content-Encoding": "gzip"}, b"no gzip")
        refused = vesoc("push", "--from", build, **before.settings)
    assert (refused.returncode, "(3 tries)" in refused.stderr) == (2, True), refused.stderr


@pytest.mark.parametrize("address", ["http://[::1/", "http://u:pass/word@h/", "http://u:pass^word@h/"])
def test_address_that_is_none_is_told_without_its_password(build: Path, address: str) -> None:
    refused = vesoc("push", "--from", build, VESOC_SPARQL_URL=address)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "word" not in refused.stderr.replace("password", "")


def test_token_that_cannot_be_sent_is_not_shown(build: Path) -> None:
    refused = vesoc("push", "--from", build, VESOC_SPARQL_URL="http://127.0.0.1:9/", VESOC_SPARQL_TOKEN="hidden\nword")
    assert (refused.returncode, "VESOC_SPARQL_TOKEN may have" in refused.stderr) == (2, True)
    assert "hidden" not in refused.stderr


def test_brackets_of_an_address_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    command._tell_line("http://[fe80::1]:7878/ says complete")
    assert capsys.readouterr().out == "http://[fe80::1]:7878/ says complete\n"


def test_engine_that_is_not_there_is_told(build: Path, hasty: None) -> None:
    address = f"http://127.0.0.1:{engines.free_port()}/"
    refused = vesoc("push", "--from", build, VESOC_SPARQL_URL=address, VESOC_SPARQL_GRAPHS=address)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"vesoc: {address}: ")
    assert "(3 tries)" in refused.stderr


def test_settings_that_are_wanting_are_named(build: Path, ox: Engine) -> None:
    assert "set VESOC_SPARQL_URL" in vesoc("push", "--from", build).stderr
    only = vesoc("push", "--from", build, VESOC_SPARQL_URL=ox.query)
    assert (only.returncode, "set VESOC_SPARQL_GRAPHS" in only.stderr) == (2, True)


def test_progress_is_a_bar_on_a_terminal_and_some_lines_in_a_log(
    ox: Engine, build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert push(ox, "--from", build).stderr == ""
    emptied(ox)
    monkeypatch.setattr(command, "_PAUSE", 0)
    lines = push(ox, "--from", build).stderr.splitlines()
    assert lines[-1] == "3 of 4 graphs, 19 of 19 triples sent"
    emptied(ox)
    terminal = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(command, "ERR", terminal)
    assert push(ox, "--from", build).returncode == 0
    drawn = terminal.file.getvalue()  # type: ignore[attr-defined]
    assert "pushing standaard" in drawn
    assert "19 triples" in drawn
