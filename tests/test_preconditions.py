"""Answers that are wanted in one state only: If-Match and If-Unmodified-Since, for all that has validators."""

from __future__ import annotations

import httpx2
import pytest

ASK = "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fprecondition%7D"
DOCUMENT = "/doc/akkoord/ahad.ttl"
FILE = "/static/style.css"
EARLY = "Sat, 01 Jan 2000 00:00:00 GMT"
PATHS = (ASK, DOCUMENT, FILE)


def asked(server: httpx2.Client, path: str, method: str = "GET", **fields: str) -> httpx2.Response:
    return server.request(method, path, headers={name.replace("_", "-"): value for name, value in fields.items()})


@pytest.fixture(params=PATHS)
def path(request: pytest.FixtureRequest, server: httpx2.Client) -> str:
    """An address that was asked for often enough to be answered in the shortest way."""
    for _ in range(3):
        assert server.get(request.param).status_code == 200
    return str(request.param)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_another_state_is_412(server: httpx2.Client, path: str, method: str) -> None:
    answer = asked(server, path, method, if_match='"another", "yet another"')
    assert answer.status_code == 412
    assert answer.headers["content-type"] == "application/problem+json"
    if method == "GET":
        assert answer.json()["type"].endswith("precondition-failed")
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_any_state_is_good_where_there_is_one(server: httpx2.Client, path: str) -> None:
    assert asked(server, path, if_match="*").content == server.get(path).content


def test_strong_tag_matches_and_weak_one_does_not(server: httpx2.Client, path: str) -> None:
    tag = server.get(path).headers["etag"]
    expected = 412 if tag.startswith("W/") else 200
    assert asked(server, path, if_match=f'"another", {tag}').status_code == expected
    assert asked(server, path, if_match=f"W/{tag.removeprefix('W/')}").status_code == 412


@pytest.mark.parametrize("path", [DOCUMENT, FILE])
def test_later_change_is_412(server: httpx2.Client, path: str) -> None:
    modified = server.get(path).headers["last-modified"]
    assert asked(server, path, if_unmodified_since=modified).status_code == 200
    assert asked(server, path, if_unmodified_since=EARLY).status_code == 412
    assert asked(server, path, if_unmodified_since="no day").status_code == 200
    # The tag decides where both are sent.
    assert asked(server, path, if_unmodified_since=EARLY, if_match="*").status_code == 200


def test_answer_without_a_date_is_not_held_against_one(server: httpx2.Client) -> None:
    assert "last-modified" not in server.get(ASK).headers
    assert asked(server, ASK, if_unmodified_since=EARLY).status_code == 200


def test_state_that_is_wanted_goes_before_what_is_known(server: httpx2.Client, path: str) -> None:
    tag = server.get(path).headers["etag"]
    assert asked(server, path, if_none_match=tag).status_code == 304
    assert asked(server, path, if_none_match=tag, if_match="*").status_code == 304
    assert asked(server, path, if_none_match=tag, if_match='"another"').status_code == 412


@pytest.mark.parametrize(
    ("path", "status"),
    [("/doc/akkoord/bestaat-niet", 404), ("/id/akkoord/ahad", 303), ("/sparql?query=nonsense", 400)],
)
def test_what_is_no_success_tells_more(server: httpx2.Client, path: str, status: int) -> None:
    assert asked(server, path, if_match='"another"').status_code == status


def test_it_is_for_reading_alone(server: httpx2.Client) -> None:
    fields = {"content-type": "application/sparql-query", "if-match": '"another"'}
    assert server.post("/sparql", content="ASK {}", headers=fields).status_code == 200


def test_connection_goes_on_after_412(server: httpx2.Client) -> None:
    for _ in range(2):
        assert asked(server, ASK, if_match='"another"').status_code == 412
        assert asked(server, ASK).status_code == 200
