"""The print sheet: dark ink on paper, whole IRIs, passages and their marks, and nothing that only a screen can use."""

from __future__ import annotations

import pytest
from browser import Open

from vesoc.names import BASE

MEASURE = "/doc/maatregel/ahad-s04-1b"
INK = """() => getComputedStyle(document.body).color.match(/\\d+/g).map(Number)"""
AFTER = """() => [...document.querySelectorAll("main a[data-iri]")].filter(one => one.checkVisibility())
  .map(one => getComputedStyle(one, "::after").content)"""
SEEN = """names => names.filter(name => [...document.querySelectorAll(name)].some(one => one.checkVisibility()))"""
SCREEN_ONLY = ["header.site nav", "header.site form", "footer.site nav", ".skip", ".developer", "button"]


@pytest.mark.parametrize("chosen", [False, True], ids=["the screen is dark", "dark was chosen"])
def test_ink_is_dark(tab: Open, chosen: bool) -> None:
    page = tab("nl", dark=not chosen)
    page.goto(f"/preferences?theme=dark&back={MEASURE}" if chosen else MEASURE)
    assert min(page.evaluate(INK)) > 200
    page.emulate_media(media="print", color_scheme="light" if chosen else "dark")
    assert max(page.evaluate(INK)) < 100


def test_paper_has_whole_iris_and_passages_and_no_navigation(tab: Open) -> None:
    page = tab("en")
    page.goto(MEASURE)
    assert page.evaluate(SEEN, SCREEN_ONLY)
    page.emulate_media(media="print")
    assert page.evaluate(SEEN, [*SCREEN_ONLY, "main", ".iri", "#passages"]) == ["main", ".iri", "#passages"]
    told = page.evaluate(AFTER)
    assert len(told) > 5
    assert all(text.startswith('" <http') for text in told)
    assert f'" <{BASE}id/akkoord/ahad>"' in told
