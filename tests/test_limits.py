"""What no query may do: run past its limit, eat the server's memory, reach other hosts, or leave something behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from conftest import running

pytestmark = pytest.mark.alone

LIMIT = 1.0
READY = max(4, len(os.sched_getaffinity(0)) + 2)  # workers that wait ready
MIB = 1024 * 1024
DIRECT = {"content-type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
MILLIONS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True)
class Running:
    """A server, and a mark in the environment of all its processes, those without a parent too."""

    client: httpx2.Client
    mark: str

    def processes(self) -> set[int]:
        return processes(self.mark)

    def engine(self) -> int:
        """The process that holds the data: of those that run it, the one that the web process started."""
        return next(iter(self.engines()))

    def engines(self) -> set[int]:
        web = {pid for pid in self.processes() if b"vesoc.cli" in read(pid, "cmdline")}
        return {pid for pid in self.processes() - web if parent(pid) in web}

    def workers(self) -> set[int]:
        """The processes that answer, which alone have a bound on their memory."""
        return {pid for pid in self.processes() if bound(pid).isdigit()}

    def settled(self, engines: int = 1) -> bool:
        """Whether all workers are there that stay: they have what is imported for searching when there is time."""
        before = self.workers()
        time.sleep(0.1)
        return len(before) == engines * READY and self.workers() == before and all(map(searches, before))

    def memory(self) -> int:
        """The sum of PSS over all its processes, in bytes."""
        return sum(pss(pid) for pid in self.processes())

    def ask(self) -> int:
        return self.client.get("/sparql", params={"query": "ASK {}"}).status_code

    def ready(self) -> bool:
        """Ask any of its web processes, which then has ready what pages need, of others' data too."""
        return httpx2.get(self.client.base_url.join("/health/ready")).status_code == 200


@contextlib.contextmanager
def begun(*arguments: str, **environment: str) -> Iterator[Running]:
    """A server that answers, though not all of its workers may be there yet."""
    mark = uuid.uuid4().hex
    settings = {"VESOC_QUERY_TIMEOUT": f"{LIMIT:g}", "VESOC_CACHE_SIZE": "0", **environment}
    with running("--no-validate", *arguments, TEST_MARK=mark, **settings) as client:
        yield Running(client, mark)


@contextlib.contextmanager
def marked(*arguments: str, **environment: str) -> Iterator[Running]:
    """A server with all of its workers."""
    with begun(*arguments, **environment) as server:
        engines = int(environment.get("VESOC_PROCESSES", "1"))
        assert wait_until(lambda: server.ready() and server.settled(engines), 30)
        yield server


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file that loads at once, and is still enough for millions of rows."""
    file = tmp_path_factory.mktemp("data") / "small.nt"
    file.write_text("".join(f"<urn:s{n}> <urn:p> <urn:s{n + 1}> .\n" for n in range(400)))
    return str(file)


@pytest.fixture(scope="module")
def limited() -> Iterator[Running]:
    with marked() as server:
        yield server


@pytest.fixture(scope="module")
def narrow(small: str) -> Iterator[Running]:
    """A server with one place, no line, and little memory for a query."""
    with marked("--data", small, VESOC_QUERY_PLACES="1", VESOC_QUERY_QUEUE="0", VESOC_QUERY_MEMORY="128") as server:
        yield server


def searches(process: int) -> bool:
    return b"tantivy" in read(process, "maps")


def processes(mark: str) -> set[int]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {pid for pid in pids if mark.encode() in read(pid, "environ") and state(pid) != "Z"}


def bound(pid: int) -> str:
    """Bytes that the address space of a process may have."""
    lines = read(pid, "limits").decode().splitlines()
    return next((line.split()[3] for line in lines if line.startswith("Max address space")), "")


def read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def status(pid: int, name: str) -> str:
    found = re.search(rf"^{name}:\s+(\S+)", read(pid, "status").decode(), re.MULTILINE)
    return found[1] if found else ""


def state(pid: int) -> str:
    return status(pid, "State")


def parent(pid: int) -> int:
    return int(status(pid, "PPid") or 0)


def pss(pid: int) -> int:
    found = re.search(rb"^Pss:\s+(\d+) kB", read(pid, "smaps_rollup"), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def post(server: Running, query: str) -> httpx2.Response:
    return server.client.post("/sparql", content=query, headers=DIRECT)


def timed(server: Running, query: str) -> tuple[httpx2.Response, float]:
    started = time.monotonic()
    return post(server, query), time.monotonic() - started


def at_work(server: Running) -> set[int]:
    """The workers that have answered for longer than a moment: one of their threads has been niced."""
    return {pid for pid in server.processes() if any(niceness(task) > 0 for task in tasks(pid))}


def tasks(pid: int) -> list[bytes]:
    with contextlib.suppress(OSError):
        return [read(pid, f"task/{task.name}/stat") for task in Path(f"/proc/{pid}/task").iterdir()]
    return []


def niceness(stat: bytes) -> int:
    fields = stat.rpartition(b")")[2].split()
    return int(fields[16]) if fields else 0


def require_honest(response: httpx2.Response) -> None:
    """A whole answer, the client's error, or 503 that names the limit."""
    if response.status_code == 503:
        assert response.json()["limit"] in ("time", "memory")
        assert response.headers["content-type"] == "application/problem+json"
    else:
        assert response.status_code == 200 or 400 <= response.status_code < 500


def require_full(response: httpx2.Response) -> None:
    """503 that says when to come again."""
    assert response.status_code == 503
    assert response.json()["kind"] == "full"
    assert int(response.headers["retry-after"]) > 0


# --- time and memory --------------------------------------------------------------------------------------------------


def test_twenty_runaways_end_in_time_while_others_are_served(limited: Running) -> None:
    with ThreadPoolExecutor(20) as threads:
        assert set(threads.map(lambda _: limited.ask(), range(100))) == {200}
    before = limited.memory()
    with ThreadPoolExecutor(20) as threads:
        runaways = [threads.submit(timed, limited, COUNT) for _ in range(20)]
        slowest = ask_meanwhile(limited, runaways)
    for response, seconds in (runaway.result() for runaway in runaways):
        assert response.status_code == 503
        assert response.json()["limit"] == "time"
        assert LIMIT <= seconds < LIMIT + 1
    assert slowest < 1
    assert wait_until(lambda: not at_work(limited), 1)
    bound = before * 1.1 + 8 * MIB
    wait_until(lambda: limited.memory() <= bound, 10)
    assert limited.memory() <= bound


def ask_meanwhile(server: Running, others: list[Future[Any]]) -> float:
    """The longest time that a cheap query took until the others were done."""
    times = []
    while not all(other.done() for other in others):
        response, seconds = timed(server, "ASK {}")
        assert response.status_code == 200, response.text
        times.append(seconds)
        time.sleep(0.05)
    assert len(times) > 3
    return max(times)


def test_time_limit_names_itself(limited: Running) -> None:
    document = post(limited, COUNT).json()
    assert document["seconds"] == LIMIT
    assert f"{LIMIT:g} second" in document["detail"]


DOUBLING = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
EATERS = {
    "ORDER BY": f"{MILLIONS} ORDER BY ?a ?e ?i",
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "string doubling": f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789' AS ?x0) {DOUBLING}}}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:y>)* ?b . ?c (!<urn:x>|^!<urn:y>)* ?d }",
    "REGEX": f"SELECT * {{ ?s ?p ?o FILTER(REGEX('{'a' * 3000}', '(a*)*(a*)*(a*)*b{{900}}')) }}",
    "CONSTRUCT": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
}
NESTED = {
    "groups": f"ASK {'{' * 10_000}{'}' * 10_000}",
    "parentheses": f"ASK {{ FILTER({'(' * 10_000}1{')' * 10_000}) }}",
    "NOT": f"ASK {{ FILTER({'!' * 10_000}true) }}",
    "sums": f"SELECT ({'1+' * 10_000}1 AS ?x) {{}}",
    "UNION": f"SELECT (COUNT(*) AS ?n) {{ {' UNION '.join(['{}'] * 10_000)} }}",
    "sub-SELECT": f"{'SELECT * { ' * 5_000}{'} ' * 5_000}",
    "paths": f"ASK {{ ?s {'(' * 10_000}<urn:p>{')' * 10_000} ?o }}",
    "blank nodes": f"ASK {{ ?s ?p {'[ ?q ' * 5_000}1{']' * 5_000} }}",
    "half": "ASK {" * 10_000,
}


@pytest.mark.parametrize("query", EATERS.values(), ids=EATERS)
def test_eater_is_stopped(narrow: Running, query: str) -> None:
    response, seconds = timed(narrow, query)
    require_honest(response)
    assert seconds < LIMIT + 1
    assert narrow.ask() == 200


def test_memory_limit_names_itself(narrow: Running) -> None:
    document = post(narrow, EATERS["string doubling"]).json()
    assert document["limit"] == "memory"


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_deep_query_is_answered_or_refused(limited: Running, query: str) -> None:
    response, seconds = timed(limited, query)
    require_honest(response)
    assert seconds < LIMIT + 1
    assert limited.ask() == 200


# --- clients that leave, answers that are cut -------------------------------------------------------------------------


def test_client_that_leaves_frees_its_worker(narrow: Running) -> None:
    with narrow.client.stream("GET", "/sparql", params={"query": MILLIONS}) as response:
        assert response.status_code == 200, response.text
        chunks = response.iter_bytes()
        next(chunks)
        require_full(post(narrow, COUNT))
        # It waits for its client with the clock stopped: only our leaving can end it.
        assert wait_until(lambda: bool(at_work(narrow)), 1)
    assert wait_until(lambda: not at_work(narrow), 1)
    assert post(narrow, COUNT).json()["limit"] == "time"


def test_client_that_leaves_before_the_answer_frees_its_worker(narrow: Running) -> None:
    with pytest.raises(httpx2.TimeoutException):
        narrow.client.get("/sparql", params={"query": COUNT}, timeout=0.3)
    assert wait_until(lambda: narrow.ask() == 200, 1)
    assert wait_until(lambda: not at_work(narrow), 1)


def test_client_that_leaves_frees_its_worker_though_it_asked_for_more(narrow: Running) -> None:
    address = narrow.client.base_url.host, narrow.client.base_url.port
    asked = "".join(
        f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n" for target in (f"/sparql?query={quote(COUNT)}", "/docs")
    )
    with socket.create_connection(address) as connection:
        connection.sendall(asked.encode())
        assert wait_until(lambda: bool(at_work(narrow)), 1)
    assert wait_until(lambda: not at_work(narrow), LIMIT / 2)


def test_answer_that_is_cut_breaks_the_transfer(limited: Running) -> None:
    plain = {"accept-encoding": "identity"}
    with limited.client.stream("GET", "/sparql", params={"query": MILLIONS}, headers=plain) as response:
        assert response.status_code == 200, response.text
        with pytest.raises(httpx2.RemoteProtocolError):
            sum(map(len, response.iter_bytes()))
    assert response.num_bytes_downloaded > MIB
    assert limited.ask() == 200


@pytest.mark.parametrize("version", ["--http1.0", "--http1.1"])
def test_answer_that_is_cut_is_an_error_for_curl(narrow: Running, version: str) -> None:
    # Under HTTP/1.0 the end of the connection may be taken for the end of the answer; proxies speak it still.
    url = f"{narrow.client.base_url}sparql"
    command = ["curl", version, "-s", "-G", "--data-urlencode", f"query={MILLIONS}", "-o", "/dev/null", url]
    assert subprocess.run(command, check=False).returncode != 0


# --- other hosts ------------------------------------------------------------------------------------------------------


class Listener:
    """A host nearby that nobody should ask."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/sparql"
        self.visits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.visits += 1
                connection.close()

    def close(self) -> None:
        # Closing alone would leave the thread in accept().
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


OUTBOUND = {
    "SERVICE": "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SILENT": "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "lower case": "SELECT * {{ service <{url}> {{ ?s ?p ?o }} }}",
    "variable": "SELECT * {{ VALUES ?g {{ <{url}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
    "prefixed name": "PREFIX x: <{url}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "EXISTS": "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "code point": "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "after an escaped quote": "PREFIX e: <http://e.example/> SELECT * {{ OPTIONAL {{ ?s e:a\\' ?o }} "
    "SERVICE <{url}> {{ ?x ?y ?z }} FILTER(STR(?x) != '') }}",
    "after an escaped hash": "PREFIX e: <http://e.example/> SELECT * {{ OPTIONAL {{ ?s e:a\\# ?o }} "
    "SERVICE <{url}> {{ ?x ?y ?z }} }}",
    "after less-than": "SELECT * {{ BIND(1 AS ?a) FILTER(?a<'>' || EXISTS {{ SERVICE <{url}> {{ ?x ?y ?z }} }} "
    "|| ?a = '') }}",
    "LOAD": "LOAD <{url}>",
    "LOAD after a query": "ASK {{}} ; LOAD <{url}>",
    "FROM": "SELECT * FROM <{url}> FROM NAMED <{url}> {{ ?s ?p ?o GRAPH ?g {{ ?x ?y ?z }} }}",
    "GRAPH": "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "DESCRIBE": "DESCRIBE <{url}>",
    "function": "SELECT (<{url}>(1) AS ?x) {{}}",
}


@pytest.mark.parametrize("query", OUTBOUND.values(), ids=OUTBOUND)
def test_query_reaches_no_other_host(limited: Running, listener: Listener, query: str) -> None:
    before = listener.visits
    assert post(limited, query.format(url=listener.url)).status_code in (200, 400, 403)
    assert listener.visits == before


def test_dataset_arguments_reach_no_other_host(limited: Running, listener: Listener) -> None:
    before = listener.visits
    fields = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": listener.url, "named-graph-uri": listener.url}
    assert limited.client.get("/sparql", params=fields).json()["boolean"] is False
    assert listener.visits == before


def test_listener_would_have_noticed(listener: Listener) -> None:
    # Else the tests above would pass whatever happens.
    before = listener.visits
    with pytest.raises(httpx2.TransportError):
        httpx2.get(listener.url)
    assert wait_until(lambda: listener.visits > before, 2)


def test_host_that_is_allowed_is_asked(small: str, listener: Listener) -> None:
    before = listener.visits
    with marked("--data", small, VESOC_SERVICE_HOSTS="127.0.0.1", VESOC_QUERY_TIMEOUT="10") as server:
        assert post(server, OUTBOUND["SERVICE"].format(url=listener.url)).status_code < 500
        assert listener.visits == before + 1
        assert post(server, OUTBOUND["SERVICE"].format(url="http://localhost:1/")).status_code == 403


# --- full, killed, stopped --------------------------------------------------------------------------------------------


def test_full_server_says_so(narrow: Running) -> None:
    with ThreadPoolExecutor(1) as thread:
        runaway = thread.submit(post, narrow, COUNT)
        assert wait_until(lambda: bool(at_work(narrow)), LIMIT)
        require_full(post(narrow, COUNT))
        assert narrow.ask() == 200
        # Whoever watches the server must not take it for dead.
        assert narrow.client.get("/health/ready").status_code == 200
        assert runaway.result().json()["limit"] == "time"
    assert narrow.ask() == 200


def test_killed_engine_is_started_again(small: str) -> None:
    with marked("--data", small) as server:
        digest = server.client.get("/health/ready").json()["digest"]
        old = {pid for pid in server.processes() if b"vesoc.engine" in read(pid, "cmdline")}
        os.kill(server.engine(), signal.SIGKILL)
        seen = statuses_until_ready(server)
        assert seen == {200, 503}
        assert server.client.get("/health/ready").json()["digest"] == digest
        assert server.ask() == 200
        # Workers of the old engine would outlive the server.
        assert wait_until(lambda: not old & server.processes(), 2)
    assert not server.processes()


def statuses_until_ready(server: Running) -> set[int]:
    """What the server answers from the death of its engine until it is ready again."""
    seen: set[int] = set()
    assert wait_until(lambda: server.client.get("/health/ready").status_code == 503, 5)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for response in (server.client.get("/sparql", params={"query": "ASK {}"}), server.client.get("/health/ready")):
            seen.add(response.status_code)
            if response.status_code == 503:
                assert int(response.headers["retry-after"]) > 0
        if response.status_code == 200:
            return seen
        time.sleep(0.05)
    raise AssertionError("the server did not get ready again")


def test_nothing_is_left_after_a_stop(small: str) -> None:
    with marked("--data", small) as server, ThreadPoolExecutor(2) as threads:
        runaways = [threads.submit(post, server, COUNT) for _ in range(2)]
        assert wait_until(lambda: len(at_work(server)) == 2, LIMIT)
        for runaway in runaways:
            with contextlib.suppress(httpx2.TransportError):
                runaway.result()
    assert wait_until(lambda: not server.processes(), 2)


def test_engine_that_is_started_again_has_ready_what_was_asked_for(small: str) -> None:
    with marked("--data", small) as server:
        os.kill(old := server.engine(), signal.SIGKILL)
        assert wait_until(lambda: any(map(searches, server.engines() - {old})), 30)


def test_workers_make_room_for_better_prepared_ones_unnoticed(small: str) -> None:
    with begun("--data", small) as server:
        assert wait_until(lambda: len(server.workers()) >= READY, 10)
        before, told = server.workers(), []
        while not (done := server.settled()) and len(told) < 10_000:
            query = f"ASK {{ <urn:s1> <urn:p> <urn:s{len(told)}> }}"
            told += [post(server, query).status_code, server.client.get("/").status_code]
        assert done
        assert not before & server.workers()
        assert set(told) == {200}
