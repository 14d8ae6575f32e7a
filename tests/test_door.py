"""Who comes in: clients behind proxies, how much they may ask, with which credentials, and how the server shuts."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import front
import html5lib
import httpx2
import pytest
from command import vesoc
from conftest import running
from serving import end, free_port, started, wait_until_ready

from vesoc import rates, settings
from vesoc.clients import Clients, block
from vesoc.credentials import Credentials
from vesoc.door import private
from vesoc.errors import VesocError
from vesoc.rates import CHEAP, WHOLE, Rate
from vesoc.web import ROUTES

HTML = {"accept": "text/html"}
ASK = "/sparql?query=ASK{}"
USER, PASSWORD, TOKEN = "lezer", "geheim: é", "t0ken-4711"
LIMIT = 12
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "data.ttl"
    things = "\n".join(f"<http://example.org/{number}> a <http://example.org/C> ." for number in range(300))
    file.write_text(things, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def limited(data: Path) -> Iterator[httpx2.Client]:
    """A server that trusts a proxy at this machine's own address."""
    limits = {"VESOC_TRUSTED_PROXIES": "127.0.0.0/8", "VESOC_RATE_LIMIT": f"{LIMIT}/hour"}
    with running("--data", str(data), VESOC_BODY_LIMIT="1000", **limits) as client:
        yield client


@pytest.fixture(scope="module")
def closed(data: Path) -> Iterator[httpx2.Client]:
    """A server that asks for credentials, behind a proxy that encrypts."""
    own = {"VESOC_ACCESS_USER": USER, "VESOC_ACCESS_PASSWORD": PASSWORD, "VESOC_ACCESS_TOKEN": TOKEN}
    port, address = str(free_port()), "https://data.example/"
    with running("--data", str(data), "--port", port, VESOC_PUBLIC_URL=address, **own) as client:
        yield client


# --- the address of the client ----------------------------------------------------------------------------------------

PROXIES = ("10.0.0.0/8", "2001:db8:1::/48")
TOLD = {
    "nobody is trusted but proxies": ("3.3.3.3", {"x-forwarded-for": "1.1.1.1"}, "3.3.3.3"),
    "what the proxy says": ("10.0.0.1", {"x-forwarded-for": "1.1.1.1"}, "1.1.1.1"),
    "not what the client says": ("10.0.0.1", {"x-forwarded-for": "9.9.9.9, 1.1.1.1"}, "1.1.1.1"),
    "through two proxies": ("10.0.0.1", {"x-forwarded-for": "9.9.9.9, 1.1.1.1, 10.2.3.4"}, "1.1.1.1"),
    "proxies alone": ("10.0.0.1", {"x-forwarded-for": "10.3.3.3, 10.2.3.4"}, "10.3.3.3"),
    "nothing": ("10.0.0.1", {}, "10.0.0.1"),
    "what is no address": ("10.0.0.1", {"x-forwarded-for": "1.1.1.1, unknown"}, "10.0.0.1"),
    "a port": ("10.0.0.1", {"x-forwarded-for": "1.1.1.1:4711"}, "1.1.1.1"),
    "IPv6": ("2001:db8:1::1", {"x-forwarded-for": "2001:DB8:2::0:5"}, "2001:db8:2::5"),
    "IPv6 with a port": ("10.0.0.1", {"x-forwarded-for": "[2001:db8:2::5]:80"}, "2001:db8:2::5"),
    "IPv4 as IPv6": ("::ffff:10.0.0.1", {"x-forwarded-for": "::ffff:1.1.1.1"}, "1.1.1.1"),
    "Forwarded": ("10.0.0.1", {"forwarded": 'for=9.9.9.9, For="[2001:db8:2::5]:80";proto=https'}, "2001:db8:2::5"),
    "Forwarded through two": ("10.0.0.1", {"forwarded": "for=1.1.1.1;by=10.9.9.9, proto=http;for=10.2.3.4"}, "1.1.1.1"),
    "Forwarded, hidden": ("10.0.0.1", {"forwarded": "for=1.1.1.1, for=_hidden"}, "10.0.0.1"),
    "Forwarded with a comma from the client": (
        "10.0.0.1",
        {"forwarded": 'for=1.1.1.1;host="x,for=9.9.9.9"'},
        "10.0.0.1",
    ),
    "and a quoted one": ("10.0.0.1", {"forwarded": r'for=1.1.1.1;host="x\",for=9.9.9.9;y=\""'}, "10.0.0.1"),
    "and a semicolon": ("10.0.0.1", {"forwarded": 'host="x;for=9.9.9.9";for=1.1.1.1'}, "1.1.1.1"),
    "and a quotation mark": ("10.0.0.1", {"forwarded": 'for=9.9.9.9;x=", for=1.1.1.1'}, "1.1.1.1"),
    "both": ("10.0.0.1", {"forwarded": "for=9.9.9.9", "x-forwarded-for": "1.1.1.1"}, "1.1.1.1"),
}


@pytest.mark.parametrize(("peer", "told", "client"), TOLD.values(), ids=TOLD)
def test_address_is_what_trusted_proxies_say(peer: str, told: dict[str, str], client: str) -> None:
    fields = [(name.encode(), value.encode()) for name, value in told.items()]
    assert Clients(PROXIES).address(peer, fields) == client
    assert Clients().address(peer, fields) == peer


def test_lines_of_a_field_are_one_list() -> None:
    fields = [(b"x-forwarded-for", b"9.9.9.9"), (b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"10.2.3.4")]
    assert Clients(PROXIES).address("10.0.0.1", fields) == "1.1.1.1"


def test_endless_list_is_followed_only_so_far() -> None:
    clients, hops = Clients(PROXIES), b",".join([b"1.1.1.1", *[b"10.2.3.4"] * 5000])
    started = time.perf_counter()
    assert clients.address("10.0.0.1", [(b"x-forwarded-for", hops)]) == "10.2.3.4"
    assert time.perf_counter() - started < 0.1


def test_neighbours_in_an_ipv6_network_are_one_client() -> None:
    assert block("2001:db8::1") == block("2001:db8::ffff:1:2:3") != block("2001:db8:0:1::1")
    assert block("192.0.2.1") == block("::ffff:192.0.2.1") != block("192.0.2.2")


# --- how much ---------------------------------------------------------------------------------------------------------


def test_client_may_ask_so_much_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = time.time()
    monkeypatch.setattr(rates.time, "time", lambda: moment)
    rate = Rate("3 / 2 minutes")
    assert [rate.takes("192.0.2.1") for _ in range(5)] == [True] * 3 + [False] * 2
    assert rate.takes("192.0.2.2")
    moment += 30.5
    assert rate.policy == '"client";q=3;w=120'
    assert rate.fields("192.0.2.1") == {"Retry-After": "90", "RateLimit": '"client";r=0;t=90'}
    assert rate.fields("192.0.2.2")["RateLimit"] == '"client";r=2;t=90'
    moment += 90
    assert rate.takes("192.0.2.1")


def test_what_costs_nothing_is_given_back() -> None:
    rate = Rate("2/hour")
    for _ in range(WHOLE // CHEAP):
        assert rate.takes("192.0.2.1")
        rate.give_back("192.0.2.1")
    assert [rate.takes("192.0.2.1") for _ in range(2)] == [True, False]


def test_counts_are_of_so_many_clients() -> None:
    rate = Rate("1/hour", clients=100)
    for number in range(1000):
        assert rate.takes(f"2001:db8:{number:x}::1")
    assert not rate.takes("2001:db8:3e7::2"), "who asked last is known"
    assert rate.takes("2001:db8:1::2"), "who asked longest ago is forgotten"
    assert rate._limiter.storage.reset() == 100


def test_client_is_told_when_to_go_on(limited: httpx2.Client) -> None:
    def ask(number: int) -> httpx2.Response:
        return limited.get(f"/sparql?query=ASK{{%23{number}%0A}}", headers={"x-forwarded-for": "203.0.113.1"})

    answers = [ask(number) for number in range(LIMIT + 2)]
    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429] * 2
    refused = answers[-1]
    told = refused.json()
    assert (told["kind"], told["limit"], refused.headers["cache-control"]) == ("too-many-requests", "rate", "no-store")
    assert 3500 < int(refused.headers["retry-after"]) == told["seconds"] <= 3600
    assert refused.headers["ratelimit"] == f'"client";r=0;t={told["seconds"]}'
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {f'"client";q={LIMIT};w=3600'}
    assert "ratelimit" not in answers[0].headers, "a cache would tell it to others"
    assert "te veel verzoeken" in limited.get("/", headers={**HTML, "x-forwarded-for": "203.0.113.1"}).text.lower()
    assert ask(99).status_code == 429


def test_other_clients_go_on(limited: httpx2.Client) -> None:
    def asked(client: str) -> int:
        return limited.get("/sparql?query=ASK{%23x%0A}", headers={"x-forwarded-for": client}).status_code

    first = [asked("9.9.9.9, 2001:db8:7::1") for _ in range(LIMIT * 10)]
    assert set(first) == {200, 429}
    assert asked("2001:db8:7::2") == 429, "one network is one client"
    assert asked("2001:db8:7::1, 203.0.113.7") == 200, "nobody can use up the right of others"


def test_answer_that_is_kept_costs_a_tenth(limited: httpx2.Client) -> None:
    own = {"x-forwarded-for": "203.0.113.2"}
    answers = [limited.get(ASK, headers=own) for _ in range(LIMIT * 10 + 5)]
    timings = [answer.headers.get("server-timing") for answer in answers]
    assert sum("cache;desc=hit" in (timing or "") for timing in timings) >= (LIMIT - 1) * 10
    assert [answer.status_code for answer in answers].count(200) in ((LIMIT - 1) * 10 + 1, LIMIT * 10)
    assert answers[-1].status_code == 429, "an answer before routing is held to the limit as well"


def test_files_and_304_cost_a_tenth(limited: httpx2.Client) -> None:
    own = {"x-forwarded-for": "203.0.113.3"}
    assert {limited.get("/static/style.css", headers=own).status_code for _ in range(LIMIT * 2)} == {200}
    tag = limited.get("/queries", headers=own).headers.get("etag", "")
    again = [limited.get("/queries", headers={**own, "if-none-match": tag}) for _ in range(LIMIT * 2)]
    assert {answer.status_code for answer in again} == {304}


def test_nothing_is_given_back_that_was_not_paid(limited: httpx2.Client) -> None:
    own = {"x-forwarded-for": "203.0.113.8"}
    statuses = []
    for _ in range(LIMIT + 1):
        statuses.append(limited.post("/sparql", data={"query": "ASK {}"}, headers=own).status_code)
        limited.request("OPTIONS", "/static/style.css", headers=own)
    assert (statuses[0], statuses[-1]) == (200, 429)


@pytest.mark.parametrize(("method", "path"), [("OPTIONS", "/sparql"), ("GET", "/metrics-"), ("GET", "/static/none")])
def test_nothing_else_is_free(limited: httpx2.Client, method: str, path: str) -> None:
    own = {"x-forwarded-for": f"203.0.113.2{len(path)}"}
    statuses = [limited.request(method, path, headers=own).status_code for _ in range(LIMIT * 10 + 1)]
    assert statuses[0] != 429
    assert statuses[-1] == 429


def test_health_is_free(limited: httpx2.Client) -> None:
    own = {"x-forwarded-for": "203.0.113.4"}
    for path in ("/health/live", "/health/ready"):
        assert {limited.get(path, headers=own).status_code for _ in range(LIMIT * 2)} == {200}


def test_proxy_does_not_change_addresses(limited: httpx2.Client) -> None:
    claims = {"x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example"}
    claims |= {"forwarded": "host=evil.example;proto=https", "host": "evil.example"}
    for path in ("/", "/sparql", "/openapi.json", "/.well-known/api-catalog", "/er-is-hier-niets"):
        answer = limited.get(path, headers={**claims, "accept": "*/*"})
        assert "evil.example" not in answer.text + str(answer.headers), path


def test_limits_of_requests_hold_for_clients_of_a_proxy(limited: httpx2.Client) -> None:
    own = {"x-forwarded-for": "203.0.113.6", "content-type": "application/sparql-query"}
    assert limited.post("/sparql", content=b"ASK {}", headers=own).status_code == 200
    assert limited.post("/sparql", content=b"ASK {}" + b" " * 1000, headers=own).status_code == 413
    assert limited.get("/sparql?query=" + "x" * 20_000, headers=own).status_code == 414
    assert limited.get("/", headers={**own, "x-forwarded-for": "1.1.1.1," * 10_000}).status_code == 431


# --- who --------------------------------------------------------------------------------------------------------------

GIVEN = {
    "basic": (httpx2.BasicAuth(USER, PASSWORD)._build_auth_header(USER, PASSWORD), True),
    "token": (f"Bearer {TOKEN}", True),
    "scheme in other letters": (f"bEARER  {TOKEN}", True),
    "nothing": (None, False),
    "empty": ("", False),
    "wrong password": (httpx2.BasicAuth(USER, "x")._build_auth_header(USER, "x"), False),
    "wrong user": (httpx2.BasicAuth("x", PASSWORD)._build_auth_header("x", PASSWORD), False),
    "wrong token": ("Bearer t0ken-4712", False),
    "start of the token": ("Bearer t0ken", False),
    "token as password": (f"Basic {TOKEN}", False),
    "scheme alone": ("Bearer", False),
}


@pytest.mark.parametrize(("given", "fits"), GIVEN.values(), ids=GIVEN)
def test_credentials(given: str | None, fits: bool) -> None:
    fields = [] if given is None else [(b"authorization", given.encode())]
    assert Credentials(USER, PASSWORD, TOKEN).given(fields) is fits
    assert not Credentials(USER, PASSWORD, TOKEN).given([*fields, (b"authorization", b"x")])


def test_nothing_is_told_without_credentials(closed: httpx2.Client) -> None:
    paths = [path for path, _, _ in ROUTES if not path.startswith(("/health", "/metrics"))]
    for path in [*paths, "/static/style.css", "/er-is-hier-niets", "/health/", "/metrics-", ASK]:
        answer = closed.get(re.sub(r"\{[^}]*\}", "x", path) if path != ASK else ASK)
        assert (answer.status_code, answer.headers["cache-control"]) == (401, "no-store"), path
    wanted = 'Basic realm="vesoc", charset="UTF-8", Bearer realm="vesoc"'
    assert answer.headers["www-authenticate"] == wanted
    assert answer.json()["kind"] == "unauthorized"
    assert "niet voor iedereen" in closed.get("/", headers=HTML).text


def test_watchers_need_no_credentials(closed: httpx2.Client) -> None:
    assert closed.get("/health/ready").status_code == 200
    preflight = {"origin": "https://example.org", "access-control-request-headers": "authorization"}
    answer = closed.request("OPTIONS", "/sparql", headers=preflight)
    assert answer.status_code == 204
    assert "Authorization" in answer.headers["access-control-allow-headers"].split(", ")


@pytest.mark.parametrize("given", [GIVEN["basic"][0], GIVEN["token"][0]], ids=["basic", "token"])
def test_answers_are_for_who_has_credentials(closed: httpx2.Client, given: str) -> None:
    own = {"authorization": given}
    for path in (ASK, ASK, "/", "/static/style.css", "/queries", "/search/suggest?q=x", "/robots.txt", "/nothing"):
        answer = closed.get(path, headers=own)
        control = answer.headers["cache-control"].split(", ")
        assert answer.status_code == (404 if path == "/nothing" else 200), path
        assert "public" not in control, path
        assert {"private", "no-store"} & {*control}, path
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert (
        closed.get(ASK, headers={**own, "if-none-match": closed.get(ASK, headers=own).headers["etag"]}).status_code
        == 304
    )


def test_answer_that_is_kept_is_not_for_everybody(closed: httpx2.Client) -> None:
    own = {"authorization": f"Bearer {TOKEN}"}
    kept = [closed.get(ASK, headers=own) for _ in range(2)][-1]
    assert kept.headers["server-timing"] == "cache;desc=hit"
    assert kept.headers["cache-control"].startswith("private, max-age")
    assert (
        closed.get(ASK).status_code
        == closed.get(ASK, headers={"if-none-match": kept.headers["etag"]}).status_code
        == 401
    )


def test_cache_control_becomes_private() -> None:
    for before, after in {
        b"public, max-age=300": b"private, max-age=300",
        b"no-store": b"no-store",
        b"no-cache": b"private, no-cache",
        None: b"private, no-cache",
    }.items():
        fields = [] if before is None else [(b"cache-control", before)]
        assert private([(b"vary", b"x"), *fields]) == [(b"vary", b"x"), (b"cache-control", after)]


def test_secrets_are_shown_to_nobody(data: Path) -> None:
    own = {"VESOC_ACCESS_USER": USER, "VESOC_ACCESS_PASSWORD": PASSWORD, "VESOC_ACCESS_TOKEN": TOKEN}
    shown = vesoc("where", **own)
    assert shown.returncode == 0
    assert "***" in shown.stdout
    told = shown.stdout + shown.stderr + repr(settings.read(own))
    assert USER in told
    assert PASSWORD not in told
    assert TOKEN not in told


WRONG = {
    "TRUSTED_PROXIES": ("10.0.0.1/8", "host bits"),
    "RATE_LIMIT": ("often", "600/minute"),
    "ACCESS_USER": ("x", "go together"),
    "ACCESS_PASSWORD": ("x", "go together"),
    "ACCESS_TOKEN": ("not a token", "RFC 6750"),
}


@pytest.mark.parametrize(("name", "value", "reason"), [(name, *told) for name, told in WRONG.items()], ids=WRONG)
def test_setting_that_cannot_be_is_refused(name: str, value: str, reason: str) -> None:
    with pytest.raises(VesocError, match=reason) as refused:
        settings.read({f"VESOC_{name}": value})
    assert "PASSWORD" in name or "TOKEN" not in name or value not in str(refused.value)


# --- fields of security -----------------------------------------------------------------------------------------------


def test_every_answer_is_guarded(server: httpx2.Client, closed: httpx2.Client) -> None:
    for path in ("/", ASK, ASK, "/static/style.css", "/er-is-hier-niets", "/health/live"):
        answer = server.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "strict-transport-security" not in answer.headers
        assert closed.get(path).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", [*front.kinds(), *front.PROBLEMS])
def test_page_runs_nothing_that_stands_in_it(server: httpx2.Client, path: str) -> None:
    answer = server.get(path, headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert {"script-src", "script-src-elem", "script-src-attr"} & {*policy} == set()
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    for name in ("referrer-policy", "permissions-policy", "x-frame-options", "cross-origin-opener-policy"):
        assert answer.headers[name]
    assert inline(answer.text) == []


def inline(text: str) -> list[str]:
    """What a page would run or apply that is no file of ours."""
    found = []
    for one in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if one.tag == "style" or (one.tag == "script" and not one.get("src") and "json" not in one.get("type", "")):
            found.append(f"<{one.tag}>")
        found += [f"{one.tag} {name}" for name in one.attrib if name == "style" or str(name).startswith("on")]
        found += [f"{one.tag} {value}" for value in one.attrib.values() if value.strip().startswith("javascript:")]
    return found


def test_inline_parts_are_recognised() -> None:
    page = "<p onclick='x'>a<b style='x'>b</b><script>x</script><style>x</style><a href=' javascript:x'>c</a>"
    assert len(inline(page)) == 5


# --- the end ----------------------------------------------------------------------------------------------------------


@contextmanager
def asked_slowly(
    data: Path, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], httpx2.Client, list[object]]]:
    """A server, a client of it, and what comes of a slow query that it is at."""
    port = free_port()
    process = started(port, "--data", data, log=data.parent / "log", **environment)
    came: list[object] = []

    def ask() -> None:
        try:
            came.append(httpx2.get(f"http://127.0.0.1:{port}/sparql", params={"query": SLOW}, timeout=30).status_code)
        except httpx2.TransportError as error:
            came.append(error)

    try:
        wait_until_ready(port)
        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.3)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield process, client, came
        thread.join(30)
    finally:
        end(process)


def test_request_under_way_ends_and_then_the_server(data: Path) -> None:
    times = {"VESOC_STOP_DELAY": "2", "VESOC_STOP_TIMEOUT": "20", "VESOC_QUERY_TIMEOUT": "4"}
    with asked_slowly(data, **times) as (process, client, came):
        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        time.sleep(0.2)
        assert client.get("/health/ready").status_code == 503
        assert client.get("/health/live").status_code == client.get("/sparql?query=ASK{}").status_code == 200
        client.close()
        while takes(client.base_url.port or 0):
            assert time.monotonic() - told < 10
            time.sleep(0.05)
        assert 1.9 < time.monotonic() - told < 5, "nothing is accepted after the delay"
        assert process.poll() is None
        assert process.wait(10) == -signal.SIGTERM
    assert came == [503], "the query got its own answer, that it took too long"


def takes(port: int) -> bool:
    """Whether anybody listens at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True


def test_end_does_not_wait_for_ever(data: Path) -> None:
    with asked_slowly(data, VESOC_STOP_TIMEOUT="1", VESOC_QUERY_TIMEOUT="60") as (process, _, came):
        process.send_signal(signal.SIGTERM)
        assert process.wait(6) == -signal.SIGTERM
        told = (data.parent / "log").read_text(encoding="utf-8")
    assert came == [503], "who is not answered is told so"
    assert '"path":"/sparql","status":503' in told, "and the log is whole"
