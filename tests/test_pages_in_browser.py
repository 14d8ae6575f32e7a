"""Pages of every kind in a real browser: both languages, light and dark, desktop and phone, large text."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
BY_WIDTH = """() => {
  const below = rule => [...rule.cssRules ?? []].flatMap(one => [one, ...below(one)]);
  return [...document.styleSheets].flatMap(below)
    .filter(rule => rule instanceof CSSMediaRule && rule.conditionText.includes("width"))
    .flatMap(below).flatMap(rule => [...rule.style ?? []]);
}"""
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
    return [f"{size[0]} px, {colours}: {finding}" for finding in axe(page)]


def too_wide(page: Page) -> list[str]:
    resize(page, PHONE)
    return [f"{PHONE[0]} px: {finding}" for finding in page.evaluate(WIDE)]


def with_large_text(page: Page) -> list[str]:
    resize(page, DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"text of 200 %: {finding}" for finding in page.evaluate(WIDE) + page.evaluate(CLIPPED)]


def with_reduced_motion(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    findings: list[str] = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="no-preference")
    return [f"moves: {finding}" for finding in findings]


def seen() -> Iterator[tuple[str, str]]:
    """Each page in both languages; of a kind of thing the largest in Dutch, and one of ordinary size in English."""
    ordinary = dict(zip(front.largest(), front.ordinary(), strict=True))
    for path in front.kinds():
        yield path, "nl"
        yield ordinary.get(path, path), "en"


@pytest.mark.parametrize(("path", "language"), list(seen()))
def test_page(visit: Visit, path: str, language: str) -> None:
    """Axe sees each kind of page wide and light, and narrow and dark: width and language change no colour."""
    visitor = visit(path, language)
    page = visitor.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    findings = seen_by(page, *((DESKTOP, "light") if language == "nl" else (PHONE, "dark")))
    findings += too_wide(page) + with_large_text(page) + with_reduced_motion(page)
    assert findings + visitor.watch.troubles == []


@pytest.mark.parametrize("path", ["/", "/search?q=opleiding", "/workbench"])
def test_width_changes_no_colour(visit: Visit, path: str) -> None:
    found = visit(path, "nl").page.evaluate(BY_WIDTH)
    assert len(found) > 5
    assert [name for name in found if re.search("color|background|fill|stroke|opacity|shadow|^--", name)] == []
