"""Pages of agreements, their parts and sources: what they say is what the graph says, with the differences kept."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from pyoxigraph import NamedNode

from vesoc.dataset import Dataset
from vesoc.names import BASE
from vesoc.pages.agreement import AGREEMENT
from vesoc.pages.book import Pages
from vesoc.pages.part import PART
from vesoc.pages.parts import Part
from vesoc.reader import Reader
from vesoc.settings import Settings
from vesoc.templating import euro
from vesoc.words import LANGUAGES

AGREEMENTS = ("iab", "ahad", "inim")
MOST_BYTES = 100_000
MEASURES = "SELECT ?agreement ?measure { ?measure a vesoc:Measure ; dcterms:isPartOf+ ?agreement }"
SIGNED = """SELECT ?agreement ?signature ?order {
  ?signature vesoc:signs ?agreement ; vesoc:order ?order } ORDER BY ?order"""
SUMS = """SELECT ?agreement ?category (SUM(?amount) AS ?sum) {
  ?line a vesoc:BudgetLine ; dcterms:isPartOf ?agreement ; vesoc:hasBudgetCategory ?category ; vesoc:amount ?amount
} GROUP BY ?agreement ?category"""
IN_PART = """SELECT ?part ?measure (MIN(?start) AS ?place) {
  ?measure dcterms:isPartOf ?part ; a vesoc:Measure ; vesoc:hasEvidence/oa:hasSelector/oa:start ?start
} GROUP BY ?part ?measure ORDER BY ?place ?measure"""
PARTS = "SELECT ?part { ?part a vesoc:AgreementPart } ORDER BY ?part"


@pytest.fixture(scope="module")
def pages(graph: Dataset) -> Pages:
    return Pages(graph.store, Settings())


def node(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def page(pages: Pages, path: str, language: str = "nl") -> Element:
    found = html5lib.parse(html(pages, path, language), namespaceHTMLElements=False)
    assert isinstance(found, Element)
    return found


@cache
def html(pages: Pages, path: str, language: str) -> str:
    return pages.resource(f"{BASE}id/{path}", Reader(language, here=f"/doc/{path}")).decode()


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def sections(pages: Pages, path: str, language: str = "nl") -> dict[str, Any]:
    kind = AGREEMENT if path.startswith("akkoord/") else PART
    return dict(kind.sections(pages.view(Reader(language)), node(path)))


def rows(pages: Pages, query: str, **bound: NamedNode) -> list[Any]:
    return pages.view(Reader("nl")).select(query, **bound)


def test_both_dates_of_an_agreement_are_kept_with_their_sources(pages: Pages) -> None:
    found = {one.value.iri: one for one in sections(pages, "akkoord/ahad")["dates"]}
    assert {iri.rsplit("/", 1)[-1]: one.verdict.text for iri, one in found.items()} == {
        "dag-2020-12-14": "aanvaard",
        "april-2021": "wijkt af",
    }
    assert [source.iri for source in found[f"{BASE}id/periode/april-2021"].sources] == [f"{BASE}id/bron/inim"]
    text = words(page(pages, "akkoord/ahad"))
    assert "14 december 2020" in text
    assert "april 2021" in text


@pytest.mark.parametrize("slug", AGREEMENTS)
def test_signatures_stand_as_printed(pages: Pages, slug: str) -> None:
    shown = sections(pages, f"akkoord/{slug}")["signed"]
    wanted = [row["signature"].value for row in rows(pages, SIGNED, agreement=node(f"akkoord/{slug}"))]
    assert [one.link.iri for one in shown] == wanted
    assert len(wanted) == 11
    assert all(one.person and one.organisation and one.passages for one in shown)


@pytest.mark.parametrize("slug", AGREEMENTS)
def test_all_measures_are_counted_once(pages: Pages, slug: str) -> None:
    found = sections(pages, f"akkoord/{slug}")
    wanted = {row["measure"] for row in rows(pages, MEASURES, agreement=node(f"akkoord/{slug}"))}
    assert found["measures"] == len(wanted)
    assert sum(number for _, _, number in found["statuses"]) == len(wanted)
    parts: list[Part] = found["parts"]
    assert sum(len(part.measures) for part in parts) == len({measure for part in parts for measure in part.measures})
    assert {measure for part in parts for measure in part.measures} <= wanted


def test_budget_stands_beside_what_the_text_says(pages: Pages) -> None:
    found = sections(pages, "akkoord/ahad")["budget"]
    sums = {
        row["category"].value: Decimal(row["sum"].value) for row in rows(pages, SUMS, agreement=node("akkoord/ahad"))
    }
    assert {one.link.iri: one.amount for one in found[:-1]} == sums
    assert found[-1].link is None
    assert found[-1].amount == sum(sums.values())
    assert all(one.difference == one.stated - one.amount for one in found)
    cells = [words(cell) for cell in page(pages, "akkoord/ahad").iter("td")]
    assert euro(found[-1].amount, "nl") in " ".join(cells)
    assert sections(pages, "akkoord/inim")["budget"] == []


def test_line_for_two_parts_counts_once_in_what_holds_both(pages: Pages) -> None:
    [priority] = [part for part in sections(pages, "akkoord/ahad")["parts"] if part.node == node("deel/ahad-p3")]
    alone = {part.node: part.amount for part in priority.parts}
    assert alone[node("deel/ahad-s13")] == alone[node("deel/ahad-s14")] > 0
    assert priority.amount < sum(alone.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_leads_to_what_belongs_to_it(pages: Pages, language: str) -> None:
    hrefs = {one.get("href", "").split("#")[0] for one in page(pages, "akkoord/ahad", language).iter("a")}
    wanted = ("/doc/bron/ahad", "/doc/bron/partena", "/doc/akkoord/iab", "/doc/akkoord/inim", "/compare?a=ahad&b=inim")
    assert {*wanted, "/search?agreement=ahad", "/budget", "/doc/deel/ahad-s04"} <= hrefs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", AGREEMENTS)
def test_agreement_is_light_and_in_one_language(pages: Pages, slug: str, language: str) -> None:
    assert len(html(pages, f"akkoord/{slug}", language).encode()) < MOST_BYTES
    root = page(pages, f"akkoord/{slug}", language)
    assert root.attrib["lang"] == language
    official = {"iab": "Iedereen aan boord", "ahad": "Alle hens aan dek", "inim": "Iedereen nodig, iedereen mee"}[slug]
    marked = [one for one in root.iter("span") if words(one) == official and one.get("lang") == "nl"]
    assert bool(marked) == (language != "nl")


def test_measures_of_a_part_stand_in_the_order_of_the_text(pages: Pages) -> None:
    for part in ("deel/ahad-s04", "deel/ahad-6", "deel/inim-1-1", "deel/iab-t1-a-iv"):
        wanted = [row["measure"].value for row in rows(pages, IN_PART, part=node(part))]
        assert [one.measure.link.iri for one in sections(pages, part)["rows"]] == wanted != []


def test_parts_lead_along_their_level(pages: Pages) -> None:
    assert sections(pages, "deel/ahad-s04")["before"].iri == node("deel/ahad-s03").value
    assert sections(pages, "deel/ahad-s04")["after"].iri == node("deel/ahad-s05").value
    assert sections(pages, "deel/ahad-s01")["before"] is None
    assert sections(pages, "deel/ahad-s06")["after"] is None


def test_part_says_why_passages_hold_no_measure(pages: Pages) -> None:
    found = sections(pages, "deel/ahad-1")["unpromised"]
    assert len(found) > 10
    assert {kind.text for _, kind, _ in found} >= {"toestand", "vooruitzicht"}
    assert "kop" not in {kind.text for _, kind, _ in found}


def test_pages_of_parts_are_light(pages: Pages) -> None:
    sizes = {row["part"].value: len(pages.resource(row["part"].value, Reader("en"))) for row in rows(pages, PARTS)}
    print(sorted(sizes.items(), key=lambda pair: -pair[1])[:3])
    assert {part: size for part, size in sizes.items() if size >= MOST_BYTES} == {}


@pytest.mark.parametrize("slug", ["partena", "securex"])
def test_news_item_shows_its_claims_with_verdicts(pages: Pages, slug: str) -> None:
    text = html(pages, f"bron/{slug}", "nl")
    assert len(text.encode()) < MOST_BYTES
    claims = set(re.findall(rf'href="(/doc/bewering/{slug}[^"#]*)"', text))
    assert len(claims) > 30
    verdicts = [words(one) for one in page(pages, f"bron/{slug}").iter("span") if one.get("data-verdict")]
    assert len(verdicts) >= len(claims)
    assert {"zelfde", "wijkt af"} <= set(verdicts)
