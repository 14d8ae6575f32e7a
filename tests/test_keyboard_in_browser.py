"""The keyboard on pages of every kind in a real browser: it reaches all that can be used, and one sees where it is."""

from __future__ import annotations

import front
import pytest
from browser import Visit

MOST_STEPS = 100

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


@pytest.mark.parametrize("path", front.kinds())
def test_keyboard(visit: Visit, path: str) -> None:
    page = visit(path, "nl").page
    for _ in range(min(page.evaluate(WATCH_FOCUS), MOST_STEPS)):
        page.keyboard.down("Tab")  # which is held: each repeat goes on to the next
    page.keyboard.up("Tab")
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
