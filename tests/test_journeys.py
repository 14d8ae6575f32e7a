"""Eight journeys by clicks and keys, with scripts and without. `VESOC_WRITE_PAGES=1` takes the pictures anew."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import rdflib
from browser import Open, axe
from conftest import ROOT
from playwright.sync_api import Page, expect

IMAGES = ROOT / "docs" / "images"
MEASURE = "/doc/maatregel/ahad-s04-1a"
ROWS = "main tbody tr"
BLUR = "all => all.forEach(one => { one.style.filter = 'blur(6px)'; })"  # the texts are no part of the repository
with_scripts = pytest.mark.parametrize("page", [True], ids=["scripts"], indirect=True)

Snap = Callable[[str], None]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(tab: Open, request: pytest.FixtureRequest) -> Page:
    """A reader of Dutch, with scripts or without."""
    return tab("nl", scripts=request.param, permissions=["clipboard-read", "clipboard-write"] if request.param else [])


@pytest.fixture
def snap(page: Page, request: pytest.FixtureRequest) -> Snap:
    """Takes a picture of what the reader sees, where pictures are asked for."""

    def take(name: str) -> None:
        if os.environ.get("VESOC_WRITE_PAGES") and request.node.callspec.id == "scripts":
            write(page, IMAGES / f"{name}.webp")

    return take


def write(page: Page, path: Path) -> None:
    """A picture of the window as WebP, which needs a fifth of the bytes of PNG."""
    path.parent.mkdir(exist_ok=True)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 70})
    path.write_bytes(base64.b64decode(taken["data"]))


def search(page: Page, words: str) -> None:
    """Type words into the box of the first page and press Enter."""
    page.goto("/")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**/search?*")


def see(page: Page, place: str) -> None:
    """Bring an element to the top of the window."""
    page.locator(place).first.evaluate("one => one.scrollIntoView()")


def test_find_the_vov_and_follow_its_history(page: Page, snap: Snap) -> None:
    page.goto("/")
    snap("home")
    search(page, "VOV")
    first = page.locator("ol.results > li").first
    expect(first.locator("mark").first).to_have_text("VOV")
    snap("search")
    first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_have_text("Vlaams opleidingsverlof")
    see(page, "#history")
    snap("history")
    agreements = page.locator("main h3 a[href^='/doc/akkoord/']").evaluate_all("all => all.map(one => one.pathname)")
    assert agreements[:3] == ["/doc/akkoord/iab", "/doc/akkoord/ahad", "/doc/akkoord/inim"]
    page.locator("ol.measures a[href^='/doc/maatregel/']").first.click()
    page.wait_for_url("**/doc/maatregel/*")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Vlaams opleidingsverlof")


def test_what_is_there_for_young_people_not_in_education_or_work(page: Page, snap: Snap) -> None:
    page.goto("/")
    page.get_by_role("link", name="Wat is er voor NEET-jongeren").click()
    page.wait_for_url("**/queries/what-is-there-for-young-people-not-in-work-or-school")
    assert page.locator(ROWS).count() > 3
    snap("young-people")
    page.locator(f"{ROWS} a[href^='/doc/maatregel/']").first.click()
    page.wait_for_url("**/doc/maatregel/*")
    page.locator("main a[href^='/doc/doelgroep/']").first.click()
    page.wait_for_url("**/doc/doelgroep/*")
    assert page.locator("main a[href^='/doc/maatregel/']").count() > 0


def test_compare_two_agreements(page: Page, snap: Snap) -> None:
    page.goto("/")
    page.locator("main a[href^='/compare']").first.click()
    page.locator("select[name=a]").select_option("ahad")
    page.locator("select[name=b]").select_option("inim")
    page.locator("select[name=b]").press("Enter")
    page.locator("form[action='/compare'] button").click()
    page.wait_for_url("**/compare?*")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["a"], asked["b"]) == (["ahad"], ["inim"])
    heads = page.locator("main table").first.locator("thead th").all_inner_texts()
    assert {"Alle hens aan dek", "Iedereen nodig, iedereen mee"} <= set(heads)
    see(page, "#both")
    snap("compare")


def test_check_the_budget(page: Page, snap: Snap) -> None:
    page.goto("/")
    page.locator("main a[href='/budget']").first.click()
    page.wait_for_url("**/budget")
    sums = page.locator("main table").first.locator("tbody tr").all_inner_texts()
    total = next(row for row in sums if "Totaal van het akkoord" in row)
    assert total.count("€ 190.000.000") == 2  # what the lines come to, and what the text states
    snap("budget")
    page.locator("main table .marks a").first.click()
    page.wait_for_url("**/doc/vindplaats/*")


def test_read_a_passage_and_come_back(page: Page, snap: Snap, sources: Path) -> None:
    page.goto(MEASURE)
    title = page.locator("h1").inner_text()
    page.locator(".marks a").first.click()
    page.wait_for_url("**/doc/vindplaats/*")
    words = page.locator("mark#passage").inner_text().split()
    assert any(" ".join(words[:5]) in " ".join(file.read_text("utf-8").split()) for file in sources.rglob("*.txt"))
    see(page, "mark#passage")
    page.locator("p.words").evaluate_all(BLUR)
    snap("passage")
    page.locator(f"main a[href='{MEASURE}']").first.click()
    expect(page.locator("h1")).to_have_text(title)


def test_run_an_example_change_it_and_share_it(page: Page, snap: Snap) -> None:
    page.goto("/queries")
    page.locator("main a[href='/queries/how-firm-are-the-promises-of-each-agreement']").first.click()
    rows = page.locator(ROWS).count()
    page.locator("main a[href^='/workbench?query=']").first.click()
    page.wait_for_url(re.compile(r"/workbench\?"))
    expect(page.locator("#result tbody tr")).to_have_count(rows)
    change(page, "\nLIMIT 2")
    expect(page.locator("#result tbody tr")).to_have_count(2)
    assert "LIMIT 2" in parse_qs(urlsplit(page.url).query)["query"][0]
    page.goto(page.url)
    expect(page.locator("#result tbody tr")).to_have_count(2)


def change(page: Page, more: str) -> None:
    """Add something at the end of the query and run it."""
    if page.locator(".CodeMirror").count():
        page.locator(".CodeMirror textarea").focus()
        page.keyboard.press("Control+End")
        page.keyboard.type(more)
        page.keyboard.press("Control+Enter")
    else:
        page.locator("#query").fill(page.locator("#query").input_value() + more)
        page.locator("form#ask button").first.click()


@with_scripts
def test_chart_an_answer_and_copy_its_address(page: Page, snap: Snap) -> None:
    page.goto("/workbench?example=how-is-the-money-spread-over-focus-points")
    page.locator("form#ask button").first.click()
    expect(page.locator("#result tbody tr").first).to_be_visible()
    page.get_by_role("button", name="Grafiek").click()
    expect(page.locator("#drawing svg").first).to_be_visible()
    page.get_by_label("Namen").select_option("titels")
    expect(page.locator("#drawing svg").first).to_contain_text("digitaal")
    see(page, "#result")
    snap("chart")
    assert axe(page) == []
    page.locator("#share").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    expect(page.locator("#result tbody tr").first).to_be_visible()


@with_scripts
def test_completion_in_the_editor_asks_nobody_else(page: Page, snap: Snap) -> None:
    page.goto("/workbench")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#> SELECT * WHERE { ?one a vesoc:Mea")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints li, .CodeMirror-hint").first).to_contain_text("Measure")
    snap("completion")


@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")  # RDFLib itself uses them
def test_take_a_resource_as_data_from_the_address_bar(page: Page, snap: Snap, server: httpx2.Client) -> None:
    search(page, "gezamenlijk besluitrecht")
    page.locator("ol.results a[href^='/doc/maatregel/']").first.click()
    page.wait_for_url("**/doc/maatregel/*")
    page.locator("details.developer summary").click()
    see(page, "details.developer")
    snap("developer")
    answer = server.get(
        page.url, headers={"Accept": "application/ld+json", "User-Agent": "curl"}, follow_redirects=True
    )
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    iri = page.locator(".iri").first.inner_text()
    graph = rdflib.Graph().parse(data=answer.text, format="json-ld")
    assert (rdflib.URIRef(iri), rdflib.RDF.type, None) in graph
    command = page.locator("details.developer pre", has_text="curl").first.inner_text()
    assert urlsplit(re.findall(r"http\S+", command)[0]).path == urlsplit(page.url).path


def test_switch_language_and_theme_and_keep_the_place(page: Page, snap: Snap) -> None:
    search(page, "opleiding")
    page.locator("main a[href*='page=2']").first.click()
    page.wait_for_url("**page=2*")
    place = page.url
    number = re.findall(r"\d+", page.locator("#found").inner_text())
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert (page.url, re.findall(r"\d+", page.locator("#found").inner_text())) == (place, number)
    page.goto(MEASURE)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    snap("dark")
