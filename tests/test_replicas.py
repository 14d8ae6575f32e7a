"""Two replicas behind a real nginx, configured as docs/deploy has it: its cache obeys our headers and nothing else."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx2
import pytest
from benchmarks import proxy
from serving import end, few_things, free_port, started, wait_until_ready

AGE = 2  # seconds that an answer may be kept unasked
LIMIT = 60  # requests of one client to one replica
SETTINGS = {
    "VESOC_MAX_AGE": str(AGE),
    "VESOC_TRUSTED_PROXIES": "127.0.0.1/32",
    "VESOC_RATE_LIMIT": f"{LIMIT}/hour",
    "VESOC_BODY_LIMIT": "1000",
    "VESOC_QUERY_TIMEOUT": "1",
    "VESOC_STOP_DELAY": "0.3",
    "VESOC_PUBLIC_URL": "http://data.example/",
}
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True)
class Old:
    """What was asked and answered first of all, and when (by the monotonic clock)."""

    query: str
    answer: httpx2.Response
    since: float


@dataclass
class Site:
    """A proxy and two replicas of one server."""

    folder: Path
    data: Path
    port: int = field(default_factory=free_port)
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    replicas: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    old: Old | None = None
    numbers: count[int] = field(default_factory=lambda: count(1))

    def start(self, *ports: int) -> None:
        for port in ports:
            self.replicas[port] = started(port, "--data", self.data, **SETTINGS)
        for port in ports:
            wait_until_ready(port)

    def client(self) -> httpx2.Client:
        """A client with an address of its own."""
        own = httpx2.HTTPTransport(local_address=f"127.0.1.{next(self.numbers)}")
        return httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", transport=own, timeout=30)

    def log(self) -> list[dict[str, str]]:
        """What the proxy has written of each request."""
        text = (self.folder / "access.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not proxy.program():
        pytest.skip("no nginx is installed here, so no replicas can be put behind one")
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder, few_things(folder))
    with open(folder / "errors", "wb") as errors:
        nginx = subprocess.Popen(proxy.command(folder, site.port, site.ports), stderr=errors)
    try:
        site.start(*site.ports)
        with site.client() as client:
            query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p LIMIT 6"
            site.old = Old(query, ask(client, query), time.monotonic())
        yield site
    finally:
        end(nginx, *site.replicas.values())


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    with site.client() as client:
        yield client


@pytest.fixture
def query(request: pytest.FixtureRequest) -> str:
    """A query that nobody else asks."""
    return f"SELECT * {{ ?s ?p ?o }} ORDER BY ?s ?p LIMIT 5 # {request.node.name}\n"


def ask(client: httpx2.Client, query: str, **headers: str) -> httpx2.Response:
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params={"query": query}, headers=own)


def kept(answer: httpx2.Response) -> str:
    """What the proxy says of its cache."""
    assert answer.status_code in (200, 304), answer.text
    told: str = answer.headers.get("x-cache", "")
    return told


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_repeated_query_is_answered_by_the_proxy(client: httpx2.Client, query: str) -> None:
    first, again = ask(client, query), ask(client, query)
    assert [kept(first), kept(again)] == ["MISS", "HIT"]
    assert first.content == again.content
    for name in ("etag", "content-type", "vary", "cache-control", "dataset-digest", "access-control-allow-origin"):
        assert first.headers[name] == again.headers[name]
    assert first.headers["x-request-id"] != again.headers["x-request-id"], "each request has its own"


def test_head_and_304_come_from_the_cache(client: httpx2.Client, query: str) -> None:
    first = ask(client, query)
    head = client.head("/sparql", params={"query": query})
    unchanged = ask(client, query, if_none_match=first.headers["etag"])
    assert [kept(head), kept(unchanged)] == ["HIT", "HIT"]
    assert (head.content, unchanged.status_code, unchanged.content) == (b"", 304, b"")


def test_pages_are_kept(client: httpx2.Client) -> None:
    for path in ("/", "/doc/ding/7", "/doc/ding/7.ttl", "/queries"):
        answers = [client.get(path, headers={"accept": "text/html"}) for _ in range(2)]
        assert [kept(answer) for answer in answers] == ["MISS", "HIT"], path


FORMS = [
    {"accept": accept, "accept-language": language, "accept-encoding": coding}
    for accept in ("text/html", "text/turtle", "application/ld+json")
    for language in ("nl", "en")
    for coding in ("identity", "gzip")
]


def test_languages_and_forms_are_not_mixed(site: Site, client: httpx2.Client) -> None:
    direct = httpx2.Client(base_url=f"http://127.0.0.1:{site.ports[0]}")
    told = ("content-type", "content-language", "content-encoding", "etag")
    for turn in ({"MISS"}, {"HIT", "STALE", "UPDATING"}):
        for form in FORMS:
            answer = client.get("/doc/ding/8", headers=form)
            own = direct.get("/doc/ding/8", headers={**form, "x-forwarded-for": "203.0.113.9"})
            assert kept(answer) in turn, form
            assert [answer.headers.get(name) for name in told] == [own.headers.get(name) for name in told]
            assert answer.content == own.content
            assert answer.headers["content-type"].startswith(form["accept"])
    direct.close()


def test_what_is_old_is_asked_about_by_its_tag(client: httpx2.Client, query: str) -> None:
    other = f"{query}# another\n"
    first, _ = ask(client, query), ask(client, other)
    started = time.monotonic()
    time.sleep(AGE + 1.1)  # max-age: from now on it is answered while it is asked about
    assert kept(ask(client, other)) == "STALE"
    while kept(ask(client, other)) != "HIT":
        assert time.monotonic() < started + AGE + 6
        time.sleep(0.05)
    time.sleep(max(0.0, started + 2 * AGE + 1.2 - time.monotonic()))  # stale-while-revalidate: from now on before
    again = ask(client, query)
    assert [kept(first), kept(again)] == ["MISS", "REVALIDATED"]
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


# --- what is not ------------------------------------------------------------------------------------------------------


def test_post_is_not_kept(client: httpx2.Client, query: str) -> None:
    own = {"content-type": "application/sparql-query"}
    answers = [client.post("/sparql", content=query.encode(), headers=own) for _ in range(2)]
    assert [kept(answer) for answer in answers] == ["", ""]


def test_what_may_not_be_stored_is_not(client: httpx2.Client) -> None:
    query = "SELECT (NOW() AS ?now) (RAND() AS ?number) {}"
    first, again = ask(client, query), ask(client, query)
    assert first.headers["cache-control"] == "no-store"
    assert [kept(first), kept(again)] == ["MISS", "MISS"]
    assert first.content != again.content
    assert [kept(client.get("/health/ready")) for _ in range(2)] == ["MISS", "MISS"]


def test_problems_are_not_kept(client: httpx2.Client) -> None:
    for path in ("/doc/ding/none", "/sparql?query=x"):
        assert {client.get(path).headers["x-cache"] for _ in range(3)} == {"MISS"}


def test_who_has_credentials_is_not_answered_from_the_cache(client: httpx2.Client, query: str) -> None:
    assert kept(ask(client, query, authorization="Bearer x")) == "BYPASS"
    assert kept(ask(client, query)) == "MISS", "nor is the answer to them kept"


def test_answer_that_broke_off_is_not_kept(client: httpx2.Client) -> None:
    def read() -> None:
        with client.stream("GET", "/sparql", params={"query": ENDLESS}) as answer:
            seen.append(answer.headers["x-cache"])
            for _ in answer.iter_raw():
                pass

    seen: list[str] = []
    for _ in range(2):
        with pytest.raises(httpx2.TransportError):
            read()
    assert seen == ["MISS", "MISS"]


def test_query_that_takes_too_long_is_asked_once(site: Site, client: httpx2.Client) -> None:
    answer = ask(client, SLOW)
    assert (answer.status_code, answer.json()["kind"]) == (503, "timeout")
    until = time.monotonic() + 10
    while not (lines := [line for line in site.log() if line["id"] == answer.headers["x-request-id"]]):
        assert time.monotonic() < until
        time.sleep(0.1)
    [line] = lines
    assert line["replica"] in [f"127.0.0.1:{port}" for port in site.ports], "and not of one after the other"
    assert line["client"] == "127.0.1.0/24"


# --- what passes ------------------------------------------------------------------------------------------------------


def test_limit_is_that_of_the_client_and_not_of_the_proxy(site: Site, client: httpx2.Client) -> None:
    def asked(client: httpx2.Client, number: int) -> int:
        own = {"content-type": "application/sparql-query", "x-forwarded-for": f"203.0.113.{number}"}
        return client.post(
            "/sparql", content=b"ASK {}", headers={**own, "forwarded": own["x-forwarded-for"]}
        ).status_code

    statuses = [asked(client, number) for number in range(2 * LIMIT + 20)]
    assert statuses.count(200) <= 2 * LIMIT
    assert statuses[-1] == 429
    with site.client() as other:
        assert asked(other, 1) == 200


def test_limits_of_the_server_are_told_by_the_server(client: httpx2.Client) -> None:
    own = {"content-type": "application/sparql-query"}
    for answer, status in (
        (client.post("/sparql", content=b"ASK {}" + b" " * 1000, headers=own), 413),
        (client.get("/sparql?query=" + "x" * 20_000), 414),
        (client.get("/sparql?query=x"), 400),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.get("/", headers={"x-large": "x" * 60_000}).status_code in (400, 431)
    assert client.post("/sparql", content=b" " * 18 * 1024 * 1024, headers=own).status_code == 413


def test_metrics_are_not_for_everybody(client: httpx2.Client) -> None:
    assert client.get("/metrics").status_code == 404


# --- when a replica goes ----------------------------------------------------------------------------------------------


@dataclass
class Load:
    """Clients that ask new queries, by GET and POST, as long as it lasts."""

    site: Site
    statuses: list[object] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Load:
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(2)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(30)

    def _ask(self, name: int) -> None:
        for number in count():
            if self._ended.is_set():
                return
            with self.site.client() as client:
                for turn in range(10):
                    query = f"ASK {{ ?s ?p {name}{number}{turn} }}"
                    self._keep(lambda: ask(client, query))  # noqa: B023
                    self._keep(lambda: client.post("/sparql", data={"query": query}))  # noqa: B023
                    time.sleep(0.01)

    def _keep(self, asked: object) -> None:
        try:
            self.statuses.append(asked().status_code)  # type: ignore[operator]
        except httpx2.TransportError as error:
            self.statuses.append(error)


def test_replica_that_is_killed_or_started_anew_is_not_missed(site: Site) -> None:
    first, second = site.ports
    with Load(site) as load:
        time.sleep(0.3)
        site.replicas[first].kill()
        assert site.replicas[first].wait(20) == -signal.SIGKILL
        site.start(first)
        while_gone = len(load.statuses)
        time.sleep(1.5)  # until the proxy asks it again
        site.replicas[second].send_signal(signal.SIGTERM)
        assert site.replicas[second].wait(20) == -signal.SIGTERM
        site.start(second)
    assert set(load.statuses) == {200}
    assert len(load.statuses) > while_gone > 20


def test_without_replicas_what_is_kept_is_still_answered(site: Site, client: httpx2.Client) -> None:
    assert site.old
    for port in site.ports:
        site.replicas[port].kill()
        site.replicas[port].wait()
    time.sleep(max(0.0, site.old.since + 2 * AGE + 1.2 - time.monotonic()))
    again = ask(client, site.old.query)
    assert [kept(site.old.answer), kept(again)] == ["MISS", "STALE"]
    assert again.content == site.old.answer.content
    assert ask(client, "ASK {}").status_code == 502
    site.start(site.ports[1])
    until = time.monotonic() + 15
    while ask(client, "ASK {}").status_code != 200:
        assert time.monotonic() < until, "the proxy finds them again"
        time.sleep(0.2)
