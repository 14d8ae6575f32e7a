"""Pages of every kind in a real browser: both languages, light and dark, desktop and phone, large text."""

from __future__ import annotations

import front
import pytest
from browser import DESKTOP, PHONE, Visit, axe, resize
from playwright.sync_api import Page

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
