"""Pages of what is promised: measures, instruments with their history, groups, criteria, goals, changes, claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs, urldefrag, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from vesoc.dataset import Dataset
from vesoc.names import BASE, prefixes
from vesoc.pages.book import Pages
from vesoc.reader import Reader
from vesoc.settings import Settings

MOST_BYTES = 100_000
EVERY = 4  # in English, one page in so many: it holds the same in other words
CLASSES = (
    "Measure",
    "Instrument",
    "InstrumentChange",
    "TargetGroup",
    "EligibilityCriterion",
    "Goal",
    "Indicator",
    "Claim",
)
VOV = "instrument/vlaams-opleidingsverlof"
NEET = "doelgroep/neet-jongeren"
PROLONGED = "maatregel/inim-2-1-2a"
FIELDS = {
    "Title",
    "Title in the national language",
    "Start",
    "End",
    "Type of dates",
    "Country and region",
    "Context",
    "Type",
    "Category",
    "Status of regulation",
    "Background",
    "Content",
    "Use of the measure",
    "Target groups",
    "Actors",
    "Funding",
    "Role of the social partners",
    "Form of their role",
    "Sources",
}
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
IN_ORDER = """
SELECT ?measure (MIN(?start) AS ?first) (SAMPLE(?day) AS ?agreed) WHERE {
  ?named skos:broader* ?concept .
  ?measure a vesoc:Measure ; ?property ?named ; dcterms:isPartOf+ ?agreement ;
    vesoc:hasEvidence/oa:hasSelector/oa:start ?start .
  ?agreement a vesoc:Agreement ; vesoc:agreedDuring/dcat:startDate ?day .
} GROUP BY ?measure ORDER BY ?agreed ?first ?measure
"""
TIES = """
SELECT ?claim ?basis WHERE {
  ?claim a vesoc:Claim ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis ?basis ;
    vesoc:aboutProperty/rdfs:subPropertyOf* vesoc:buildsOn
}
"""


@dataclass(frozen=True)
class Page:
    """A page as it is read."""

    root: Element

    def section(self, name: str) -> Element:
        """What stands under the h2 with that identifier, up to the next one."""
        content = next(one for one in self.root.iter("main"))
        after = iter(content)
        found = Element("section")
        found.extend(takewhile(lambda one: one.tag != "h2", self._from(after, name)))
        return found

    def hrefs(self, within: Element, kind: str) -> list[str]:
        """Where links to things of a kind lead, in order."""
        links = (one.get("href", "") for one in within.iter("a"))
        return [href for href in links if href.startswith(f"/doc/{kind}/")]

    @staticmethod
    def _from(elements: Iterator[Element], name: str) -> Iterator[Element]:
        assert any(one.tag == "h2" and one.get("id") == name for one in elements), f"there is no {name}"
        return elements


Show = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(graph: Dataset) -> Pages:
    """Pages from our graph."""
    return Pages(graph.store, Settings())


@pytest.fixture(scope="module")
def show(pages: Pages) -> Show:
    """The page of a thing in a language, with a query in its address."""

    def shown(name: str, language: str = "nl", query: str = "") -> Page:
        text = pages.resource(f"{BASE}id/{name}", Reader(language, "auto", f"/doc/{name}{query}"))
        root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text.decode())
        for element in root.iter():
            if isinstance(element.tag, str):  # a drawing has a namespace of its own
                element.tag = element.tag.rpartition("}")[2]
        return Page(root)

    return shown


@pytest.fixture(scope="module")
def select(graph: Dataset) -> Callable[..., list[Any]]:
    """The solutions of a query with our prefixes, in which `bound` gives variables their values."""

    def selected(query: str, **bound: str) -> list[Any]:
        for name, iri in bound.items():
            query = query.replace(f"?{name}", f"<{iri}>")
        return list(graph.store.query(query, prefixes=prefixes(BASE)))  # type: ignore[arg-type]

    return selected


def text(element: Element) -> str:
    """The words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def classed(element: Element, name: str, tag: str | None = None) -> list[Element]:
    """The elements of that class."""
    return [one for one in element.iter(tag) if name in one.get("class", "").split()]


def path(iri: str) -> str:
    """The address of the page of a thing."""
    return iri.replace(f"{BASE}id/", "/doc/")


@LANGUAGES
def test_instrument_has_its_history_in_order(show: Show, select: Callable[..., list[Any]], language: str) -> None:
    page = show(VOV, language)
    history = page.section("history")
    rows = [one for found in classed(history, "measures", "ol") for one in found]
    shown = [page.hrefs(classed(row, "measure-title")[0], "maatregel")[0] for row in rows]
    bound = {"concept": f"{BASE}id/{VOV}", "property": f"{BASE}ns#concernsInstrument"}
    assert shown == [path(row["measure"].value) for row in select(IN_ORDER, **bound)]
    agreements = [one.get("id") for one in history.iter("h3") if (one.get("id") or "").startswith("agreement-")]
    assert agreements == ["agreement-iab", "agreement-ahad", "agreement-inim"]


@LANGUAGES
def test_instrument_tells_what_changed_from_what_to_what(show: Show, language: str) -> None:
    page = show(VOV, language)
    changes = classed(page.section("history"), "change")
    assert len(changes) == 2  # before the history, and with the measure that makes it
    for change in changes:
        numbers = [one.get("value") for one in change.iter("data")]
        assert numbers == ["32", "16"]
    row = next(one for one in page.section("history").iter("li") if "/doc/maatregel/ahad-s04-1b" in page_links(one))
    assert classed(row, "change")


def page_links(element: Element) -> list[str]:
    """Where the links in an element lead."""
    return [one.get("href", "") for one in element.iter("a")]


def test_drawing_holds_what_the_list_holds(show: Show) -> None:
    page = show(VOV)
    history = page.section("history")
    (drawing,) = list(history.iter("svg"))
    boxes = [box for box in classed(drawing, "box") if "outside" not in box.get("class", "").split()]
    titles = [title for found in classed(history, "measures", "ol") for title in classed(found, "measure-title")]
    assert [box.get("href") for box in boxes] == [page.hrefs(title, "maatregel")[0] for title in titles]
    for basis in ("stated", "inferred"):
        assert len(classed(drawing, basis, "path")) == len(classed(history, basis, "li")) > 0


@LANGUAGES
def test_names_of_agreements_fit_into_the_drawing(show: Show, language: str) -> None:
    (drawing,) = list(show(VOV, language).section("history").iter("svg"))
    for head in classed(drawing, "head", "text"):
        assert int(head.get("x", "")) + 10 * len(head.text or "") <= int(drawing.get("width", ""))


@LANGUAGES
def test_group_has_what_is_promised_to_it_and_to_broader_groups(
    show: Show, select: Callable[..., list[Any]], language: str
) -> None:
    page = show(NEET, language)
    bound = {"concept": f"{BASE}id/{NEET}", "property": f"{BASE}ns#hasTargetGroup"}
    rows = [one for found in classed(page.section("promised"), "measures", "ol") for one in found]
    shown = [page.hrefs(classed(row, "measure-title")[0], "maatregel")[0] for row in rows]
    assert shown == [path(row["measure"].value) for row in select(IN_ORDER, **bound)]
    broader = page.section("broader")
    groups = {href for one in broader.iter("h3") for href in page.hrefs(one, "doelgroep")}
    query = "SELECT DISTINCT ?up { ?group skos:broader+ ?up . ?m a vesoc:Measure ; vesoc:hasTargetGroup ?up }"
    assert groups == {path(row["up"].value) for row in select(query, group=f"{BASE}id/{NEET}")}
    named = select("SELECT ?m { ?m a vesoc:Measure ; vesoc:hasTargetGroup dg:niet-beroepsactieven }")
    promised = {href for one in classed(broader, "measure-title") for href in page.hrefs(one, "maatregel")}
    assert set() < promised <= {path(row["m"].value) for row in named}


def test_group_says_which_narrower_group_a_promise_names(show: Show, select: Callable[..., list[Any]]) -> None:
    page = show("doelgroep/werkenden", query="?agreement=ahad")
    direct = {path(row["m"].value) for row in select("SELECT ?m { ?m vesoc:hasTargetGroup dg:werkenden }")}
    rows = [one for found in classed(page.section("promised"), "measures", "ol") for one in found]
    for row in rows:
        measure = page.hrefs(classed(row, "measure-title")[0], "maatregel")[0]
        assert bool(page.hrefs(row, "doelgroep")) == (measure not in direct)


def test_all_measures_of_an_agreement_are_there_for_who_asks(show: Show) -> None:
    few, all_of_one = show("instrument/werkplekleren"), show("instrument/werkplekleren", query="?agreement=ahad")
    more = [href for href in page_links(few.section("history")) if "?agreement=ahad" in href]
    assert more == ["/doc/instrument/werkplekleren?agreement=ahad#agreement-ahad"]
    counts = [len(classed(page.section("history"), "measure-title")) for page in (few, all_of_one)]
    assert counts[0] < counts[1]
    assert not [href for href in page_links(all_of_one.section("history")) if "?agreement=ahad" in href]


@LANGUAGES
def test_condition_stands_beside_the_strength(show: Show, select: Callable[..., list[Any]], language: str) -> None:
    query = f"""SELECT ?m ?note ?status {{
      ?m vesoc:conditionNote ?note ; vesoc:hasStatedStatus/skos:prefLabel ?status
      FILTER(LANG(?note) = "{language}" && LANG(?status) = "{language}")
    }}"""
    found = select(query)
    assert len(found) > 30
    for row in found[::5]:
        strength = text(show(row["m"].value.removeprefix(f"{BASE}id/"), language).section("strength"))
        assert " ".join(row["note"].value.split()) in strength
        assert row["status"].value in strength


def test_absent_condition_is_said_to_be_absent(show: Show) -> None:
    tiles = list(classed(show(PROLONGED, "en").section("strength"), "modality")[0])
    assert [bool(classed(tile, "absent")) for tile in tiles] == [False, True, False]
    assert "by the end of 2023" in text(tiles[2])


def test_ties_are_stated_or_inferred_as_their_claims_are(show: Show, select: Callable[..., list[Any]]) -> None:
    claims = {row["claim"].value: row["basis"].value.rsplit("/", 1)[-1] for row in select(TIES)}
    about = select("SELECT ?claim ?m { ?claim vesoc:isAbout ?m . ?m a vesoc:Measure }")
    measures = {row["m"].value: row["claim"].value for row in about if row["claim"].value in claims}
    stated = [iri for iri, claim in measures.items() if claims[claim] == "vermeld"]
    inferred = [iri for iri, claim in measures.items() if claims[claim] == "afgeleid"]
    for iri in [*stated, *inferred[::15]]:
        lineage = show(iri.removeprefix(f"{BASE}id/")).section("lineage")
        for basis, word in (("vermeld", "stated"), ("afgeleid", "inferred")):
            rows = classed(lineage, word, "li")
            shown = {one.get("data-iri", "") for row in rows for one in row.iter("a")} & set(claims)
            assert {claims[claim] for claim in shown} <= {basis}
            assert len(shown) == len(rows)
        assert measures[iri] in {one.get("data-iri") for one in lineage.iter("a")}


def test_inferred_tie_says_who_inferred_it_and_why(show: Show) -> None:
    lineage = show(PROLONGED, "en").section("lineage")
    (inferred,) = classed(lineage, "inferred", "li")
    assert "inferred by" in text(inferred)
    assert list(inferred.iter("time"))
    assert classed(inferred, "reason")


def test_money_says_whether_the_line_funds_the_measure(show: Show) -> None:
    rows = [text(one) for one in show("maatregel/ahad-s04-1b", "en").section("money").iter("li")]
    assert [("€10,000,000" in row, "funds this measure" in row) for row in rows] == [(True, True), (False, False)]
    assert "not said to fund it" in rows[1]


@pytest.mark.parametrize("name", [PROLONGED, "maatregel/ahad-s04-1b", "maatregel/inim-1-5-2b", "maatregel/ahad-s19-2a"])
def test_statements_have_marks(show: Show, name: str) -> None:
    page = show(name)
    for section in ("content-of-promise", "roles"):
        for statement in page.section(section).iter("dd"):
            assert classed(statement, "marks"), text(statement)
    for section in ("strength", "around"):
        for row in page.section(section).iter("li"):
            assert classed(row, "marks") or classed(row, "absent"), text(row)


@pytest.mark.parametrize("name", [VOV, "instrument/werkplekleren", NEET, "doelstelling/inim-toeleidingen"])
def test_rows_of_lists_have_marks(show: Show, name: str) -> None:
    page = show(name)
    rows = [
        row
        for one in page.root.iter("main")
        for kind in ("ol", "ul")
        for found in classed(one, "rows", kind)
        for row in found
    ]
    assert len(rows) > 0
    assert [text(row) for row in rows if not classed(row, "marks")] == []


@LANGUAGES
def test_measure_has_the_fields_of_policywatch(show: Show, language: str) -> None:
    page = show("maatregel/ahad-s04-1b", language)
    (fields,) = classed(page.root, "fields", "details")
    names = [text(one) for one in fields.iter("dt")]
    assert len(names) == len(set(names))
    assert language != "en" or set(names) >= FIELDS
    days = [one.get("datetime") for one in fields.iter("time")]
    assert days == ["2021-09-01", "2022-08-31"]
    assert {"nl": "niet vermeld in de tekst", "en": "not stated in the text"}[language] in text(fields)
    assert "Lagere ondergrens" in text(fields)


def test_goal_has_its_targets_by_year(show: Show) -> None:
    targets = show("doelstelling/inim-toeleidingen").section("targets")
    (table,) = list(targets.iter("table"))
    assert [one.get("value") for one in table.iter("data")] == ["7500", "10000", "12000"]
    assert [text(one) for one in table.iter("th")][4:] == ["2022", "2023", "2024"]
    heights = [int(one.get("height", "0")) for one in targets.iter("rect")]
    assert heights == sorted(heights)
    assert len(set(heights)) == 3


@LANGUAGES
def test_claim_has_two_axes_and_both_sides(show: Show, language: str) -> None:
    page = show("bewering/securex-activering-1-begeleiding-doelgroep", language)
    concepts = page.hrefs(page.section("standing"), "concept")
    assert concepts == ["/doc/concept/oordeel/wijkt-af", "/doc/concept/basis/vermeld"]
    sides = [page.hrefs(one, "vindplaats") for one in classed(page.root, "sides")[0]]
    said, compared = ([urldefrag(href).url for href in hrefs] for hrefs in sides)
    assert said == ["/doc/vindplaats/securex-activering-1f"]
    assert compared == ["/doc/vindplaats/inim-1-5-3d"]


def test_claim_about_a_measure_stands_on_its_page(show: Show) -> None:
    claims = show(PROLONGED).section("claims")
    assert [one.get("data-verdict") for one in classed(claims, "verdict")] == ["minder-precies", "zelfde"]


def test_criterion_says_who_sets_it(show: Show, select: Callable[..., list[Any]]) -> None:
    name = "voorwaarde/minstens-2-jaar-niet-actief"
    page = show(name)
    found = select("SELECT ?m { ?m vesoc:hasCriterion ?criterion }", criterion=f"{BASE}id/{name}")
    assert set(page.hrefs(page.section("setters"), "maatregel")) == {path(row["m"].value) for row in found}


def test_change_has_both_values(show: Show) -> None:
    page = show("wijziging/ahad-s04-1b")
    (facts,) = classed(page.root, "facts", "dl")[:1]
    assert [one.get("value") for one in facts.iter("data")] == ["32", "16"]


def test_measures_are_shown_in_the_order_of_the_text(show: Show) -> None:
    page, first = show("maatregel/ahad-s04-1b"), "/doc/maatregel/ahad-s04-1a"
    (around,) = classed(page.section("around"), "pages", "nav")
    assert page.hrefs(around, "maatregel") == ["/doc/maatregel/ahad-s04-1c", "/doc/maatregel/ahad-s04-1d"]
    siblings = page.hrefs(classed(page.section("around"), "measures", "ol")[0], "maatregel")
    assert siblings[0] == first


@pytest.mark.parametrize("name", CLASSES)
def test_all_pages_are_light(pages: Pages, select: Callable[..., list[Any]], name: str) -> None:
    found = sorted(row["thing"].value for row in select("SELECT ?thing { ?thing a ?kind }", kind=f"{BASE}ns#{name}"))
    assert found
    sizes = {}
    for place, iri in enumerate(found):
        for language in ("nl", "en") if place % EVERY == 0 else ("nl",):
            sizes[iri, language] = len(pages.resource(iri, Reader(language, "auto", path(iri))))
    assert {key: size for key, size in sizes.items() if size >= MOST_BYTES} == {}


@pytest.mark.parametrize("name", ["doelgroep/werkenden", "doelgroep/werkzoekenden", "instrument/werkplekleren"])
def test_long_lists_are_light_too(pages: Pages, name: str) -> None:
    for agreement in ("iab", "ahad", "inim"):
        reader = Reader("nl", "auto", f"/doc/{name}?agreement={agreement}")
        assert len(pages.resource(f"{BASE}id/{name}", reader)) < MOST_BYTES


@LANGUAGES
def test_period_has_what_holds_during_it(show: Show, select: Callable[..., list[Any]], language: str) -> None:
    page = show("periode/schooljaar-2021-2022", language)
    found = select("SELECT ?m { ?m a vesoc:Measure ; vesoc:appliesDuring per:schooljaar-2021-2022 }")
    assert set(page.hrefs(page.section("measures"), "maatregel")) == {path(row["m"].value) for row in found}


@pytest.mark.parametrize(
    ("name", "section", "query"),
    [
        (VOV, "history", "instrument-history"),
        (NEET, "promised", "what-is-promised-to-this-target-group"),
        ("maatregel/ahad-s04-1a", "lineage", "what-became-of-this-promise"),
        ("doelstelling/ahad-werkzaamheidsgraad-80", "serving", "which-measures-serve-this-goal"),
    ],
)
def test_lists_lead_to_the_query_that_gives_the_same(show: Show, name: str, section: str, query: str) -> None:
    links = [urlsplit(href) for href in page_links(show(name).section(section))]
    (asked,) = [link for link in links if link.path == f"/queries/{query}"]
    assert list(parse_qs(asked.query).values()) == [[f"{BASE}id/{name}"]]
