"""Pages of every kind in a real browser: both languages, light and dark, desktop and phone, large text, keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import front
import httpx2
import pytest
from browser import DESKTOP, PHONE, Visitor, axe, visiting
from playwright.sync_api import Browser, Page

MOST_STEPS = 100

Visit = Callable[[str, str], Visitor]

WIDE = """() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > width
    ? [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1
        && !one.closest(".wide")).map(one => one.outerHTML.slice(0, 120)).slice(0, 5).concat("the page") : [];
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *, nav *, footer *")].filter(one => {
  const style = getComputedStyle(one);
  const cuts = way => ["hidden", "clip"].includes(way);
  const scrolls = one => ["auto", "scroll"].some(way => getComputedStyle(one).overflow.includes(way));
  return one.innerText?.trim() && one.checkVisibility() && one.clientWidth > 1 && one.clientHeight > 1
    && ![...one.children].some(scrolls)
    && ((cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 2)
     || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 2));
}).map(one => one.outerHTML.slice(0, 120))"""
MOVING = """() => {
  const still = text => text.split(",").every(one => parseFloat(one) <= 0.01);
  const found = [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    return !still(style.transitionDuration) || (style.animationName !== "none" && !still(style.animationDuration));
  }).map(one => one.outerHTML.slice(0, 80));
  const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth";
  return smooth ? [...found, "smooth scrolling"] : found;
}"""
WATCH_FOCUS = """() => {
  const reach = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const ways = one => one.type === "radio"
    ? one.checked || ![...document.getElementsByName(one.name)].some(other => other.checked) : true;
  window.expected = [...document.querySelectorAll(reach)].filter(one => one.tabIndex >= 0 && !one.disabled
    && one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && ways(one));
  window.reached = new Set();
  window.unseen = [];
  const around = one => [one, one.parentElement, one.parentElement.parentElement];
  const parts = style => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
    style.borderColor, style.backgroundColor];
  const look = one => around(one).flatMap(part => parts(getComputedStyle(part))).join("|");
  window.before = new Map(window.expected.map(one => [one, look(one)]));
  document.addEventListener("focusin", event => {
    const one = event.target;
    const box = one.getBoundingClientRect();
    reached.add(one);
    if (look(one) === before.get(one)) unseen.push("looks the same in focus: " + one.outerHTML.slice(0, 100));
    if (box.width < 1 || box.height < 1) unseen.push("focus cannot be seen: " + one.outerHTML.slice(0, 100));
  });
  return window.expected.length;
}"""
MISSED = """most => [...window.unseen, ...window.expected.slice(0, most).filter(one => !window.reached.has(one))
  .map(one => "not reached by Tab: " + one.outerHTML.slice(0, 100))]"""
BEFORE_CONTENT = """() => [document.activeElement].filter(one => one !== document.body
  && document.getElementById("content").compareDocumentPosition(one) === Node.DOCUMENT_POSITION_PRECEDING)
  .map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def visit(chromium: Browser, front_server: httpx2.Client) -> Iterator[Visit]:
    """Goes to a page in a language, in the same tab for all pages of that language."""
    visitors = {language: visiting(chromium, front_server, language) for language in front.LANGUAGES}

    def go(path: str, language: str) -> Visitor:
        visitor = visitors[language]
        visitor.watch.troubles.clear()
        visitor.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        visitor.page.emulate_media(color_scheme="light")
        response = visitor.page.goto(path)
        assert response
        assert response.status == front.PROBLEMS.get(path, 200)
        return visitor

    yield go
    for visitor in visitors.values():
        visitor.page.context.close()


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def seen_by(page: Page, size: tuple[int, int], colours: str) -> list[str]:
    resize(page, size)
    page.emulate_media(color_scheme=colours)
    wide = page.evaluate(WIDE) if size == PHONE else []
    return [f"{size[0]} px, {colours}: {finding}" for finding in axe(page) + wide]


def with_large_text(page: Page) -> list[str]:
    resize(page, DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"text of 200 %: {finding}" for finding in page.evaluate(WIDE) + page.evaluate(CLIPPED)]


def with_reduced_motion(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    findings: list[str] = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="no-preference")
    return [f"moves: {finding}" for finding in findings]


@pytest.mark.parametrize("language", front.LANGUAGES)
@pytest.mark.parametrize("path", front.kinds())
def test_page(visit: Visit, path: str, language: str) -> None:
    visitor = visit(path, language)
    page = visitor.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    # In both languages, so that each two of language, colours and width meet.
    desktop, phone = ("light", "dark") if language == "nl" else ("dark", "light")
    findings = seen_by(page, DESKTOP, desktop) + seen_by(page, PHONE, phone)
    findings += with_large_text(page) + with_reduced_motion(page)
    assert findings + visitor.watch.troubles == []


@pytest.mark.parametrize("path", sorted({*front.ordinary()} - {*front.kinds()}))
def test_page_of_ordinary_size(visit: Visit, path: str) -> None:
    visitor = visit(path, "nl")
    findings = axe(visitor.page)
    resize(visitor.page, PHONE)
    assert findings + visitor.page.evaluate(WIDE) + visitor.watch.troubles == []


@pytest.mark.parametrize("path", front.kinds())
def test_keyboard(visit: Visit, path: str) -> None:
    page = visit(path, "nl").page
    for _ in range(min(page.evaluate(WATCH_FOCUS), MOST_STEPS)):
        page.keyboard.press("Tab")
    assert page.evaluate(MISSED, MOST_STEPS) == []


@pytest.mark.parametrize("path", ["/", *front.PROBLEMS])
def test_skip_link_comes_first_and_leads_to_the_content(visit: Visit, path: str) -> None:
    page = visit(path, "nl").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(BEFORE_CONTENT) == []
