"""What is remembered of a reader: language and colours, and the place that they come back to."""

from __future__ import annotations

import httpx2
import pytest

HTML = {"Accept": "text/html"}
PAGE = "/doc/akkoord/ahad"


def shown(server: httpx2.Client, path: str = PAGE, **headers: str) -> str:
    return server.get(path, headers={**HTML, **headers}).text


def test_language_is_the_one_asked_for_then_the_remembered_then_the_browsers(server: httpx2.Client) -> None:
    german_then_english = {"Accept-Language": "de, en;q=0.5"}
    assert '<html lang="nl"' in shown(server)
    assert '<html lang="en"' in shown(server, **german_then_english)
    assert '<html lang="nl"' in shown(server, Cookie="lang=nl", **german_then_english)
    assert '<html lang="en"' in shown(server, f"{PAGE}?lang=en", Cookie="lang=nl")
    assert '<html lang="nl"' in shown(server, Cookie="lang=fr")


def test_choice_is_remembered_and_the_place_kept(server: httpx2.Client) -> None:
    response = server.get("/preferences", params={"lang": "en", "theme": "dark", "back": "/search?q=vov&page=2"})
    assert (response.status_code, response.headers["location"]) == (303, "/search?q=vov&page=2")
    cookies = response.headers.get_list("set-cookie")
    assert [cookie.split(";")[0] for cookie in cookies] == ["lang=en", "theme=dark"]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie for cookie in cookies)
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nX: y"]
)
def test_nobody_is_sent_to_another_host(server: httpx2.Client, back: str) -> None:
    response = server.get("/preferences", params={"theme": "dark", "back": back})
    assert (response.status_code, response.headers["location"]) == (303, "/")


def test_what_is_no_choice_is_not_remembered(server: httpx2.Client) -> None:
    response = server.get("/preferences", params={"lang": "fr", "theme": "pink", "back": PAGE})
    assert "set-cookie" not in response.headers
    assert response.headers["location"] == PAGE


def test_theme_is_on_the_page_and_in_its_tag(server: httpx2.Client) -> None:
    plain = server.get(PAGE, headers=HTML)
    dark = server.get(PAGE, headers={**HTML, "Cookie": "theme=dark"})
    assert "data-theme" not in plain.text
    assert 'data-theme="dark"' in dark.text
    assert plain.headers["etag"] != dark.headers["etag"]
    assert "Cookie" in dark.headers["vary"]


def test_links_of_the_choices_lead_back_here_without_the_language(server: httpx2.Client) -> None:
    page = shown(server, "/doc/akkoord/ahad?lang=en&page=2")
    assert 'href="/preferences?lang=nl&amp;back=/doc/akkoord/ahad%3Fpage%3D2"' in page
