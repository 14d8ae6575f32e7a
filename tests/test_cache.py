"""Answers that are kept and copies that are still good: tags, codings, what is never kept; bodies that come packed."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from conftest import running
from test_codings import DECODE, ENCODE, gzip_bomb

from vesoc import codings
from vesoc.cache import Cache, Lead, key, raw
from vesoc.errors import Problem
from vesoc.exchange import Answer
from vesoc.hits import remember
from vesoc.relay import Relay

MIB = 1024 * 1024
DIRECT = {"content-type": "application/sparql-query"}
PLAIN = {"accept-encoding": "identity"}
QUERY = "SELECT * { ?s ?p ?o } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
ROWS = "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {}"
LARGE = ROWS.format(3000)
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . { SELECT * { ?g ?h ?i } LIMIT 60 } }"
TAG = re.compile(r'W/"[0-9a-f]{32}"')
SHORT_LIMIT = 0.2
BODY_LIMIT = 64 * 1024
BODY_SECONDS = 0.5
MAX_AGE = 7


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file that loads at once, with a named graph."""
    file = tmp_path_factory.mktemp("data") / "data.nq"
    lines = [f"<urn:s{n}> <urn:p> <urn:o{n}> .\n" for n in range(300)]
    file.write_text("".join([*lines, "<urn:s> <urn:p> <urn:o> <urn:g> .\n"]))
    return str(file)


@contextlib.contextmanager
def keeping(data: str, **environment: str) -> Iterator[httpx2.Client]:
    with running("--no-validate", "--data", data, **environment) as client:
        yield client


@pytest.fixture(scope="module")
def small(data: str) -> Iterator[httpx2.Client]:
    """A server that keeps one MiB, and takes small bodies that come quickly."""
    limits = {"VESOC_BODY_LIMIT": str(BODY_LIMIT), "VESOC_BODY_TIMEOUT": str(BODY_SECONDS)}
    with keeping(data, VESOC_CACHE_SIZE="1", VESOC_MAX_AGE=str(MAX_AGE), **limits) as client:
        yield client


@pytest.fixture(scope="module")
def twin(data: str) -> Iterator[httpx2.Client]:
    """A second server of the same data that keeps nothing and runs nothing for long."""
    with keeping(data, VESOC_CACHE_SIZE="0", VESOC_MAX_AGE="0", VESOC_QUERY_TIMEOUT=str(SHORT_LIMIT)) as client:
        yield client


def get(client: httpx2.Client, query: str, **headers: str) -> httpx2.Response:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params={"query": query}, headers=fields)


def post(client: httpx2.Client, content: bytes | str | Iterator[bytes], **headers: str) -> httpx2.Response:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/sparql", content=content, headers={**DIRECT, **fields})


def tag(response: httpx2.Response) -> str:
    assert response.status_code == 200, response.text
    found: str = response.headers["etag"]
    return found


def hit(response: httpx2.Response) -> bool:
    assert response.status_code == 200, response.text
    return response.headers["server-timing"] == "cache;desc=hit"


def fresh(text: str) -> str:
    """The query as nobody has asked it before."""
    return f"{text}#{time.monotonic_ns()}"


# --- tags -------------------------------------------------------------------------------------------------------------


def test_answer_has_a_weak_tag(small: httpx2.Client) -> None:
    assert TAG.fullmatch(tag(get(small, QUERY)))
    assert tag(get(small, QUERY)) == tag(get(small, QUERY))


def test_head_has_the_fields_of_get(small: httpx2.Client) -> None:
    query = fresh(QUERY)
    head = small.head("/sparql", params={"query": query})
    whole = get(small, query)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-encoding", "cache-control", "vary", "dataset-digest"):
        assert head.headers[name] == whole.headers[name], name


def test_answer_to_head_is_kept_for_get(small: httpx2.Client) -> None:
    query = fresh("ASK {}")
    assert not hit(small.head("/sparql", params={"query": query}))
    assert hit(get(small, query))
    assert get(small, query).json()["boolean"] is True


KNOWN: dict[str, Callable[[str], str]] = {
    "as it is": lambda tag: tag,
    "strong": lambda tag: tag.removeprefix("W/"),
    "in a list": lambda tag: f'"other", W/"another" , {tag}',
    "without spaces": lambda tag: f'"other",{tag},"another"',
    "any": lambda tag: "*",
}


@pytest.mark.parametrize("form", KNOWN)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_known_tag_is_304(small: httpx2.Client, method: str, form: str) -> None:
    for query in (QUERY, fresh(QUERY)):  # one that the server remembers, one that it was never asked so
        first = get(small, query)
        headers = {"if-none-match": KNOWN[form](tag(first))}
        again = small.request(method, "/sparql", params={"query": query}, headers=headers)
        assert again.status_code == 304
        assert again.content == b""
        for name in ("etag", "cache-control", "vary", "dataset-digest"):
            assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("lines", [['"other"', "{}"], ["{}", '"other"']], ids=["last", "first"])
def test_known_tag_is_found_on_any_line(small: httpx2.Client, lines: list[str]) -> None:
    query = fresh(QUERY)
    own = tag(get(small, query))
    headers = [("if-none-match", line.format(own)) for line in lines]
    assert small.get("/sparql", params={"query": query}, headers=headers).status_code == 304


@pytest.mark.parametrize("other", ['"other"', 'W/"0"', "", '"', ",,,"])
def test_other_tag_gets_the_answer(small: httpx2.Client, other: str) -> None:
    assert get(small, QUERY, if_none_match=other).content == get(small, QUERY).content


def test_tag_holds_after_a_restart(small: httpx2.Client, data: str) -> None:
    first = get(small, QUERY)
    with keeping(data) as again:
        assert get(again, QUERY, if_none_match=tag(first)).status_code == 304
        assert not hit(get(again, QUERY))
        assert tag(get(again, QUERY)) == tag(first)


def test_tag_spares_another_server_the_query(small: httpx2.Client, twin: httpx2.Client) -> None:
    own = tag(get(small, SLOW))
    assert get(twin, SLOW, if_none_match=own).status_code == 304
    assert get(twin, SLOW).json()["limit"] == "time"
    assert get(twin, SLOW, if_none_match=own).status_code == 304


def test_other_data_has_another_tag(small: httpx2.Client, tmp_path: Path) -> None:
    file = tmp_path / "other.nt"
    file.write_text("<urn:s> <urn:p> <urn:o> .\n")
    with keeping(str(file)) as other:
        assert get(other, "ASK {}", if_none_match=tag(get(small, "ASK {}"))).status_code == 200


def test_each_representation_has_a_tag_of_its_own(small: httpx2.Client) -> None:
    accepts = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
    fields = [{"accept": a, "accept-encoding": c} for a in accepts for c in ("identity", *codings.OFFERS)]
    answers = [small.get("/sparql", params={"query": QUERY}, headers=each) for each in fields]
    assert len({tag(answer) for answer in answers}) == len(answers)
    for response, each in zip(answers, fields, strict=True):
        again = small.get("/sparql", params={"query": QUERY}, headers=each)
        assert hit(again)
        assert again.content == response.content
        assert again.headers["content-type"] == response.headers["content-type"]


def test_other_dataset_has_another_tag(small: httpx2.Client) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 3"
    arguments: list[dict[str, str]] = [{}, {"default-graph-uri": "urn:g"}, {"named-graph-uri": "urn:g"}]
    answers = [small.get("/sparql", params={"query": query, **each}) for each in (*arguments, *arguments)]
    assert len({tag(answer) for answer in answers}) == 3
    assert [len(answer.json()["results"]["bindings"]) for answer in answers] == [3, 1, 0, 3, 1, 0]


ALIKE = [
    {"accept": "text/csv"},
    {"accept": "TEXT/CSV"},
    {"accept": "text/csv;q=0.5, text/html"},
    {"accept": "text/csv", "accept-language": "en"},
    {"accept": "text/csv", "user-agent": "other"},
]


@pytest.mark.parametrize("headers", ALIKE, ids=map(repr, ALIKE))
def test_other_words_for_the_same_get_the_same(small: httpx2.Client, headers: dict[str, str]) -> None:
    first = get(small, QUERY, accept="text/csv")
    again = small.get("/sparql", params={"query": QUERY}, headers=headers)
    assert tag(again) == tag(first)
    assert again.content == first.content
    assert hit(again)


def test_several_lines_of_accept_count_together(small: httpx2.Client) -> None:
    lines = [("accept", "text/turtle"), ("accept", "text/csv;q=0.5"), ("accept", "application/json;q=0.1")]
    for query in (QUERY, fresh(QUERY)):
        for _ in range(2):
            response = small.get("/sparql", params={"query": query}, headers=lines)
            assert response.headers["content-type"] == "text/csv; charset=utf-8"
        assert get(small, query, accept="text/turtle").status_code == 406
        swapped = [("accept", "text/turtle"), ("accept", "application/json"), ("accept", "text/csv;q=0.5")]
        assert small.get("/sparql", params={"query": query}, headers=swapped).json()["results"]


# --- the cache --------------------------------------------------------------------------------------------------------


def test_second_answer_is_the_first(small: httpx2.Client) -> None:
    query = fresh(QUERY)
    first, second = get(small, query), get(small, query)
    assert not hit(first)
    assert "answer;dur=" in first.headers["server-timing"]
    assert hit(second)
    assert second.content == first.content


def test_post_is_answered_from_the_cache_and_never_with_304(small: httpx2.Client) -> None:
    query = fresh(QUERY)
    first = get(small, query)
    for known in (tag(first), "*"):
        again = post(small, query, if_none_match=known)
        assert hit(again)
        assert again.content == first.content
    form = small.post("/sparql", data={"query": query})
    assert hit(form)


def test_answer_to_post_is_kept_for_get(small: httpx2.Client) -> None:
    query = fresh(QUERY)
    assert not hit(post(small, query))
    assert hit(get(small, query))


PASSING = {
    "NOW": "SELECT (NOW() AS ?x) {}",
    "RAND": "SELECT (RAND() AS ?x) {}",
    "lower case": "SELECT (rand() AS ?x) {}",
    "comment between": "SELECT (RAND#\n() AS ?x) {}",
    "UUID": "SELECT (UUID() AS ?x) {}",
    "STRUUID": "SELECT (STRUUID() AS ?x) {}",
}
# The engine wants no space between a keyword and a function.
GLUED = {
    "ORDER BY": "SELECT ?s { ?s ?p ?o } ORDER BYRAND()",
    "FILTER": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTERRAND() }",
    "GROUP BY": "SELECT (SAMPLE(?o) AS ?x) { ?s ?p ?o } GROUP BYUUID()",
}


@pytest.mark.parametrize("query", PASSING.values(), ids=PASSING)
def test_answer_of_the_moment_is_not_kept(small: httpx2.Client, query: str) -> None:
    first, second = get(small, query), get(small, query)
    for response in (first, second, post(small, query)):
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
        assert not hit(response)
    assert first.content != second.content


@pytest.mark.parametrize("query", GLUED.values(), ids=GLUED)
def test_answer_of_the_moment_is_not_kept_however_it_is_written(small: httpx2.Client, query: str) -> None:
    for _ in range(2):
        response = get(small, query)
        assert response.headers["cache-control"] == "no-store"
        assert not hit(response)


def test_new_blank_nodes_are_no_chance(small: httpx2.Client) -> None:
    query = fresh("SELECT (BNODE() AS ?x) {}")
    assert TAG.fullmatch(tag(get(small, query)))
    assert hit(get(small, query))


FAULTS = {
    "ASK {": 400,
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }": 403,
    "INSERT DATA { <urn:s> <urn:p> 1 }": 400,
    f"# {'x' * 100}": 400,
}


@pytest.mark.parametrize("query", FAULTS)
def test_problem_is_not_kept(small: httpx2.Client, query: str) -> None:
    for _ in range(2):
        response = get(small, query)
        assert response.status_code == FAULTS[query]
        assert "etag" not in response.headers
        assert "server-timing" not in response.headers
        assert "public" not in response.headers.get("cache-control", "")


def test_time_out_is_not_kept(twin: httpx2.Client) -> None:
    for _ in range(2):
        response = get(twin, SLOW)
        assert response.status_code == 503
        assert "etag" not in response.headers
        assert "public" not in response.headers.get("cache-control", "")


def test_large_answer_is_not_kept(small: httpx2.Client) -> None:
    query = fresh(LARGE)
    for _ in range(2):
        response = get(small, query, accept_encoding="identity")
        assert not hit(response)
        assert len(response.content) > MIB / 8
    # Packed it is small enough.
    for kept in (False, True):
        assert hit(get(small, query, accept_encoding="gzip")) is kept


def test_answer_below_the_bound_is_kept_whole(small: httpx2.Client) -> None:
    query = fresh(ROWS.format(400))
    first, second = get(small, query, accept_encoding="identity"), get(small, query, accept_encoding="identity")
    assert 64 * 1024 < len(first.content) < MIB / 8 - 1024
    assert "content-length" not in first.headers
    assert hit(second)
    assert second.content == first.content
    assert int(second.headers["content-length"]) == len(first.content)


def test_server_without_a_cache_keeps_nothing(twin: httpx2.Client) -> None:
    for _ in range(2):
        assert not hit(get(twin, "ASK {}"))


def test_answer_that_is_left_is_not_kept(small: httpx2.Client) -> None:
    query = fresh("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with small.stream("GET", "/sparql", params={"query": query}, headers=PLAIN) as response:
        assert next(response.iter_raw())
    with small.stream("GET", "/sparql", params={"query": query}, headers=PLAIN) as response:
        assert response.headers["server-timing"] != "cache;desc=hit"


class Source:
    """A worker's answer and the pool that it comes from: chunks, and the end of the worker where it is `cut`."""

    answer_timeout = 60.0

    def __init__(self, chunks: list[bytes], cut: bool) -> None:
        self._chunks = chunks
        self._cut = cut
        self.closed = False

    async def ask(self, *_: Any) -> Answer:
        return Answer({"status": 200, "type": "text/csv"}, self._chunks[0], 0, self)  # type: ignore[arg-type]

    async def rest(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks[1:]:
            yield chunk
        if self._cut:
            raise ConnectionError

    def stopped(self) -> Problem:
        return Problem(503, "the query was stopped", kind="timeout")

    def close(self) -> None:
        self.closed = True


def relayed(chunks: list[bytes], cut: bool, most: int) -> tuple[list[bytes], list[Any]]:
    """What is kept of an answer, and what the client gets."""
    kept: list[bytes] = []
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    source: Any = Source(chunks, cut)
    relay = Relay(source, "query", {}, lambda fields, body: kept.append(body), most)
    asyncio.run(relay({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert source.closed
    return kept, sent


@pytest.mark.parametrize("chunks", [[b"first"], [b"first", b"second"], [b"first", b"", b"third"]])
def test_answer_that_is_cut_is_not_kept(chunks: list[bytes]) -> None:
    kept, sent = relayed(chunks, cut=True, most=1000)
    assert kept == []
    assert sent[-1]["more_body"] is True


def test_whole_answer_is_kept_where_it_is_not_too_large() -> None:
    chunks = [b"first", b"second", b"third"]
    for most, expected in ((16, [b"firstsecondthird"]), (15, []), (0, []), (-1, [])):
        kept, sent = relayed(chunks, cut=False, most=most)
        assert kept == expected
        assert b"".join(message.get("body", b"") for message in sent) == b"firstsecondthird"
        assert not sent[-1].get("more_body", False)


def test_least_used_answers_go_first() -> None:
    cache = Cache(1)
    body = bytes(100 * 1024)
    names = [str(number) for number in range(30)]
    for name in names:
        cache.put(Lead(name, "", [], 0), [], body)
        assert cache.get(names[0])  # used all the time
    kept = [name for name in names if cache.get(name)]
    assert kept == [names[0], *names[-len(kept) + 1 :]]
    assert 8 <= len(kept) <= MIB // len(body)


def test_cache_is_bounded_for_small_answers_too() -> None:
    cache = Cache(1)
    for number in range(5000):
        cache.put(Lead(str(number), "", [], 0), [], b"")
    assert sum(cache.get(str(number)) is not None for number in range(5000)) <= 1024


def test_an_answer_takes_an_eighth_at_most() -> None:
    cache = Cache(1)
    for size, fits in ((cache.most, True), (cache.most + 1, False), (0, True)):
        cache.put(Lead(str(size), "", [], 0), [], bytes(size))
        assert (cache.get(str(size)) is not None) is fits
    assert cache.most < MIB / 8


def test_cache_of_no_size_takes_nothing() -> None:
    cache = Cache(0)
    cache.put(Lead("key", "", [], 0), [], b"")
    cache.remember("request", Lead("key", 'W/"key"', [], 0), 0)
    assert cache.get("key") is None
    assert cache.lead("request") is None


def test_leads_are_bounded() -> None:
    cache = Cache(1)
    for number in range(5000):
        cache.remember(number, Lead(str(number), "", [], 0), 1024)
    assert sum(cache.lead(number) is not None for number in range(5000)) <= 64
    cache.remember("large", Lead("large", "", [], 0), MIB)
    assert cache.lead("large") is None


def test_requests_that_are_remembered_are_counted_with_their_fields() -> None:
    cache = Cache(1)
    for number in range(50):
        query, *fields = remembered(number)
        remember(cache, Lead("key", 'W/"key"', [], 0), query, fields)
    assert sum(cache.lead(remembered(number)) is not None for number in range(50)) <= MIB / 8 / 60_000


def remembered(number: int) -> tuple[Any, ...]:
    return b"query=ASK%20%7B%7D", (b"accept", f"a/{number}".encode().ljust(60_000, b"x"))


def test_kept_answer_tells_its_length_and_that_it_was_kept() -> None:
    cache = Cache(1)
    cache.put(
        Lead("key", "", [], 0), raw({"ETag": "x", "Content-Length": "9", "Server-Timing": "answer;dur=1"}), b"body"
    )
    found = cache.get("key")
    assert found
    assert (found.status, found.body) == (200, b"body")
    assert found.fields == [(b"etag", b"x"), (b"content-length", b"4"), (b"server-timing", b"cache;desc=hit")]


def test_cache_that_is_cleared_is_empty() -> None:
    cache = Cache(1)
    cache.put(Lead("key", "", [], 0), [], b"")
    cache.remember("request", Lead("key", "", [], 0), 0)
    cache.begin(1)
    assert cache.get("key") is None
    assert cache.lead("request") is None


def test_what_came_of_other_data_is_not_kept() -> None:
    cache = Cache(1)
    cache.begin(2)
    for generation, kept in ((1, False), (2, True)):
        cache.put(Lead("key", "", [], generation), [], b"")
        cache.remember("request", Lead("key", "", [], generation), 0)
        assert (cache.get("key") is not None) is (cache.lead("request") is not None) is kept


def test_patient_cache_gives_what_was_the_same_before_and_after() -> None:
    cache = Cache(1, patient=True)
    cache.keeper(Lead("early", "", [], 0))([], b"")
    assert cache.get("early") is None
    cache.settle(time.monotonic() - 60)  # a look that began before the answer was whole says nothing of it
    assert cache.get("early") is None
    cache.settle(time.monotonic() + 1)
    assert cache.get("early")


def test_patient_cache_forgets_what_was_answered_in_doubt() -> None:
    cache = Cache(1, patient=True)
    cache.keeper(Lead("whole", "", [], 0))([], b"")
    under_way = cache.keeper(Lead("under way", "", [], 0))
    cache.remember("request", Lead("key", "", [], 0), 0)
    cache.doubt()
    under_way([], b"")
    cache.settle(time.monotonic() + 1)
    assert [cache.get("whole"), cache.get("under way"), cache.lead("request")] == [None] * 3


def test_key_follows_each_part_and_their_order() -> None:
    parts = [("a", "b"), ("b", "a"), ("ab", ""), ("a", ["b"]), ("a", None), ("a", "None"), ("\ud800", "b")]
    assert len({key(*each) for each in parts}) == len(parts)
    assert key("a", ["b"]) == key("a", ["b"])


# --- fields -----------------------------------------------------------------------------------------------------------


def test_answer_names_its_data(small: httpx2.Client) -> None:
    digest = small.get("/health/ready").json()["digest"]
    for query in (QUERY, CONSTRUCT, "ASK {}"):
        for _ in range(2):
            assert get(small, query).headers["dataset-digest"] == f"sha-256={digest}"


def test_freshness_follows_the_setting(small: httpx2.Client, twin: httpx2.Client, server: httpx2.Client) -> None:
    for client, age in ((small, MAX_AGE), (twin, 0), (server, 300)):
        for _ in range(2):
            control = get(client, "ASK {}").headers["cache-control"].split(", ")
            assert {"public", f"max-age={age}"} <= set(control)


def test_answer_varies_by_what_it_depends_on(small: httpx2.Client) -> None:
    for query in ("ASK {}", QUERY, PASSING["NOW"]):
        for headers in ({}, {"origin": "https://elsewhere.example"}, {"if-none-match": "*"}):
            varied = small.get("/sparql", params={"query": query}, headers=headers).headers["vary"]
            assert set(varied.lower().split(", ")) == {"accept", "accept-encoding"}


# --- answers in a coding ----------------------------------------------------------------------------------------------

JSON = {"accept": "application/sparql-results+json"}
PACKED: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "SELECT": ("/sparql", {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"}, JSON),
    "long SELECT": ("/sparql", {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 4000"}, JSON),
    "CONSTRUCT": ("/sparql", {"query": f"{CONSTRUCT} ORDER BY ?s ?p ?o LIMIT 500"}, {"accept": "text/turtle"}),
    "service description": ("/sparql", {}, {"accept": "application/n-triples"}),
    "graph": ("/graphs/iab", {}, {"accept": "application/n-triples"}),
    "document": ("/doc/akkoord/ahad", {}, {"accept": "text/turtle"}),
    "page": ("/doc/akkoord/ahad", {}, {"accept": "text/html"}),
    "ontology": ("/ns", {}, {"accept": "application/rdf+xml"}),
    "VoID": ("/.well-known/void", {}, {}),
    "home": ("/", {}, {"accept": "text/html"}),
}


def bytes_of(client: httpx2.Client, what: str, coding: str) -> tuple[httpx2.Headers, bytes]:
    path, params, headers = PACKED[what]
    fields = {**headers, "accept-encoding": coding}
    with client.stream("GET", path, params=params, headers=fields) as response:
        assert response.status_code == 200
        return response.headers, b"".join(response.iter_raw())


@pytest.mark.parametrize("coding", codings.OFFERS)
@pytest.mark.parametrize("what", PACKED)
def test_packed_answer_is_the_plain_one(server: httpx2.Client, what: str, coding: str) -> None:
    headers, packed = bytes_of(server, what, coding)
    plain_headers, plain = bytes_of(server, what, "identity")
    assert headers["content-encoding"] == coding
    assert "content-encoding" not in plain_headers
    assert DECODE[coding](packed) == plain
    assert len(packed) < len(plain)
    assert headers["content-type"] == plain_headers["content-type"]
    assert headers.get("etag") != plain_headers.get("etag") or "etag" not in headers
    assert "accept-encoding" in headers["vary"].lower()


def test_tiny_answer_stays_plain(small: httpx2.Client) -> None:
    for coding in codings.OFFERS:
        for _ in range(2):
            response = get(small, "ASK {}", accept_encoding=coding)
            assert "content-encoding" not in response.headers
            assert response.json()["boolean"] is True


REFUSALS = ["gzip;q=0", "identity", "*;q=0", "gzip;q=0, br;q=0.0, zstd;q=0.000", "compress", "identity, gzip;q=0.5"]


@pytest.mark.parametrize("field", REFUSALS)
def test_coding_that_is_not_wanted_is_not_used(small: httpx2.Client, field: str) -> None:
    for _ in range(2):
        response = get(small, QUERY, accept_encoding=field)
        assert "content-encoding" not in response.headers
        assert response.json()["results"]["bindings"]


@pytest.mark.parametrize("coding", codings.OFFERS)
def test_head_tells_the_coding(small: httpx2.Client, coding: str) -> None:
    headers = {"accept-encoding": f"{coding}, *;q=0"}
    head = small.head("/sparql", params={"query": QUERY}, headers=headers)
    assert head.headers["content-encoding"] == coding
    assert head.content == b""


# --- bodies of requests -----------------------------------------------------------------------------------------------


def answered(response: httpx2.Response) -> bool:
    assert response.status_code == 200, response.text
    found: bool = response.json()["boolean"]
    return found


@pytest.mark.parametrize("coding", ENCODE)
def test_packed_body_is_read(small: httpx2.Client, coding: str) -> None:
    assert answered(post(small, ENCODE[coding](b"ASK {}"), content_encoding=coding))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_packed_form_is_read(small: httpx2.Client, coding: str) -> None:
    headers = {"content_type": "application/x-www-form-urlencoded", "content_encoding": coding}
    assert answered(post(small, ENCODE[coding](b"query=ASK%20%7B%7D"), **headers))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "identity"])
def test_body_in_chunks_is_read(small: httpx2.Client, coding: str) -> None:
    body = ENCODE[coding](b"ASK {}#".ljust(5000, b"x"))
    pieces = (body[start : start + 7] for start in range(0, len(body), 7))
    assert answered(post(small, pieces, content_encoding=coding))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "identity"])
def test_body_that_unpacks_to_too_much_is_413(small: httpx2.Client, coding: str) -> None:
    response = post(small, ENCODE[coding](b"ASK {}#".ljust(BODY_LIMIT + 1, b"x")), content_encoding=coding)
    assert response.status_code == 413
    assert response.json()["bytes"] == BODY_LIMIT


def test_bomb_is_413(small: httpx2.Client) -> None:
    bomb = ENCODE["gzip"](gzip_bomb(64))
    assert len(bomb) < BODY_LIMIT
    assert post(small, bomb, content_encoding="gzip, gzip").status_code == 413
    assert answered(post(small, "ASK {}"))


def test_body_in_chunks_that_is_too_large_is_413(small: httpx2.Client) -> None:
    assert post(small, (b"#" * 8192 for _ in range(9))).status_code == 413


def test_coding_that_is_unknown_is_415(small: httpx2.Client) -> None:
    response = post(small, "ASK {}", content_encoding="rot13")
    assert response.status_code == 415
    assert response.headers["accept-encoding"] == ", ".join(codings.TAKEN)


@pytest.mark.parametrize("coding", codings.TAKEN)
def test_body_that_is_broken_is_400(small: httpx2.Client, coding: str) -> None:
    assert post(small, "ASK {}", content_encoding=coding).status_code == 400
    assert post(small, ENCODE[coding](b"ASK {}")[:-1], content_encoding=coding).status_code == 400


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 100\r\n\r\nASK", b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n"]
)
def test_body_that_comes_too_slowly_is_408(small: httpx2.Client, framing: bytes) -> None:
    with socket.create_connection((small.base_url.host, small.base_url.port or 80), timeout=10) as connection:
        fields = b"Host: localhost\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(b"POST /sparql HTTP/1.1\r\n" + fields + framing)
        head = connection.recv(4096)
        assert head.startswith(b"HTTP/1.1 408 ")
        assert b"connection: close" in head.lower()
        while connection.recv(4096):
            pass
    assert answered(post(small, "ASK {}"))
