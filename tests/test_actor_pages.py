"""Pages of organisations, persons, posts, signatures, money, concepts, named graphs, and of the ontology."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import front
import html5lib
import httpx2
import pytest
from conftest import whole_graph

from vesoc.names import BASE, PREFIXES
from vesoc.pages import arcs, spans
from vesoc.pages.book import Pages
from vesoc.reader import Reader
from vesoc.settings import Settings

MOST_BYTES = 100_000
ROLES = ("isCommitmentOf", "isResponsibilityOf", "hasPartner", "consults", "isRequestedOf")
KINDS = (
    "organisatie",
    "persoon",
    "functie",
    "ondertekening",
    "budgetlijn",
    "budgettotaal",
    "conceptscheme",
    "concept",
    "graaf",
)
SPACES = re.compile(r"\s+")

Read = Callable[..., "Page"]


class Page:
    """A page as it came, with its text and its links."""

    def __init__(self, answer: httpx2.Response) -> None:
        assert answer.status_code == 200, answer.text[:300]
        self.html = answer.text
        self.root = html5lib.parse(answer.text, namespaceHTMLElements=False)
        self.text = SPACES.sub(" ", " ".join(self.root.find("body").itertext()))
        self.links = [one.attrib["href"] for one in self.root.iter("a") if "href" in one.attrib]

    def section(self, name: str) -> str:
        """The text from the heading with that identifier to the next of its rank."""
        found = re.search(rf'<h2 id="{name}">(.*?)(?=<h2|$)', self.html, re.DOTALL)
        assert found, f"there is no section {name}"
        return SPACES.sub(" ", unescape(re.sub(r"<[^>]*>", " ", found[1])))


@pytest.fixture(scope="module")
def read(server: httpx2.Client) -> Read:
    """A page, fetched and read once in a language."""

    @cache
    def fetched(path: str, language: str = "en") -> Page:
        return Page(server.get(path, headers={"Accept": "text/html", "Accept-Language": language}))

    return fetched


def rows(query: str) -> list[Any]:
    return list(whole_graph().store.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]


def number(query: str) -> int:
    return int(rows(query)[0][0].value)


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The pages as a worker renders them."""
    return Pages(whole_graph().store, Settings(), whole_graph().digest)


@pytest.mark.parametrize("language", front.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_light(pages: Pages, kind: str, language: str) -> None:
    assert len(front.things()[kind]) >= 4
    for path in front.things()[kind]:
        page = pages.resource(BASE + "id/" + path.removeprefix("/doc/"), Reader(language, "auto", path))
        assert f'<html lang="{language}"'.encode() in page
        assert len(page) < MOST_BYTES, path


@pytest.mark.parametrize("language", front.LANGUAGES)
def test_page_of_the_ontology_is_light(read: Read, language: str) -> None:
    assert len(read("/ns", language).html.encode()) < MOST_BYTES


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["vdab", "sociale-partners", "vlaamse-regering", "federale-overheid"])
def test_organisation_has_as_many_measures_in_a_role_as_the_graph(read: Read, name: str, role: str) -> None:
    counted = number(
        f"SELECT (COUNT(DISTINCT ?measure) AS ?n) {{ ?measure a vesoc:Measure ; vesoc:{role} orgn:{name} }}"
    )
    page = read(f"/doc/organisatie/{name}")
    wanted = {"kind": ["Measure"], "actor": [name], "role": [role]}
    shown = [
        one.text
        for one in page.root.iter("a")
        if urlsplit(one.get("href", "")).path == "/search" and parse_qs(urlsplit(one.attrib["href"]).query) == wanted
    ]
    assert shown == ([str(counted)] if counted else [])


def test_organisation_shows_first_measures_and_leads_to_the_others(read: Read) -> None:
    page = read("/doc/organisatie/vdab")
    leads = [link for link in page.links if "role=isResponsibilityOf" in link and "agreement=ahad" in link]
    assert "All 34 measures" in page.text
    assert leads


def test_organisation_tells_its_identifiers_and_addresses_elsewhere(read: Read) -> None:
    page = read("/doc/organisatie/vdab")
    assert "0887.010.362" in page.section("facts")
    assert "https://org.belgif.be/id/CbeRegisteredEntity/0887010362" in page.links


def test_organisation_shows_posts_and_signatures(read: Read) -> None:
    page = read("/doc/organisatie/vlaamse-regering")
    posts = number("SELECT (COUNT(*) AS ?n) { ?post org:organization orgn:vlaamse-regering }")
    signatures = number("SELECT (COUNT(*) AS ?n) { ?one vesoc:onBehalfOf orgn:vlaamse-regering }")
    assert f"{posts} holdings of posts" in page.section("posts")
    assert f"{signatures} signatures" in page.section("signatures")


@pytest.mark.parametrize("path", front.things()["persoon"])
def test_person_page_keeps_to_the_decision_on_persons(path: str) -> None:
    iri = BASE + "id/" + path.removeprefix("/doc/")
    said = {row[0].value for row in rows(f"SELECT DISTINCT ?p {{ <{iri}> ?p ?o }}")}
    kept = {PREFIXES["rdf"] + "type", PREFIXES["foaf"] + "name", PREFIXES["rdfs"] + "seeAlso"}
    assert said <= kept | {PREFIXES["vesoc"] + "hasEvidence"}


def test_person_has_posts_in_time_and_what_was_signed(read: Read) -> None:
    page = read("/doc/persoon/hilde-crevits")
    assert "2 October 2019 up to and including 9 May 2021" in page.section("posts")
    assert "from 18 May 2022" in page.section("posts")
    assert "<svg" in page.html
    signed = page.section("signatures")
    assert "Hilde CREVITS" in signed
    assert "Flemish Minister of Welfare, Public Health and Family" in signed
    assert "http://themis.vlaanderen.be/id/persoon/5fed907de6670526694a061b" in page.links


def test_person_who_held_no_post_has_no_timeline(read: Read) -> None:
    page = read("/doc/persoon/caroline-copers")
    assert "<svg" not in page.html
    assert "none in the graph" in page.section("signatures")


def test_post_says_who_where_and_until_when(read: Read) -> None:
    page = read("/doc/functie/bart-somers-viceminister-president-2019-10-02")
    for text in ("Bart Somers", "Flemish Government", "2 October 2019 up to and including 9 May 2021"):
        assert text in page.text
    assert any("themis.vlaanderen.be/id/mandataris" in link for link in page.links)


def test_post_without_a_last_day_says_so(read: Read) -> None:
    page = read("/doc/functie/bart-somers-viceminister-president-2022-05-18")
    assert "no last day is recorded" in page.text


def test_signature_keeps_the_spelling_and_its_neighbours(read: Read) -> None:
    page = read("/doc/ondertekening/inim-bart-somers")
    assert "3 of 11" in page.text
    assert "Vlaams viceminister-president en Vlaams minister van Binnenlands Bestuur" in page.text
    assert {"/doc/ondertekening/inim-hilde-crevits", "/doc/ondertekening/inim-ben-weyts"} <= set(page.links)
    assert "spelled otherwise" not in page.text
    assert "spelled otherwise" in read("/doc/ondertekening/ahad-hilde-crevits").text


@pytest.mark.parametrize("path", front.things()["budgetlijn"])
def test_budget_line_has_the_measures_it_pays_for_and_the_parts_it_stands_under(read: Read, path: str) -> None:
    line = BASE + "id/" + path.removeprefix("/doc/")
    page = read(path)
    for name in ("funds", "budgetsFor"):
        found = rows(f"SELECT ?to {{ <{line}> vesoc:{name} ?to }}")
        addresses = {"/doc/" + row[0].value.removeprefix(f"{BASE}id/") for row in found}
        assert addresses <= set(page.links)


def test_budget_line_tells_its_share(read: Read) -> None:
    page = read("/doc/budgetlijn/ahad-05")
    assert "€25,000,000" in page.text
    assert "21% of the €119,000,000" in page.text
    assert "13.2% of the €190,000,000" in page.text
    assert "13,2 % van de € 190.000.000" in read("/doc/budgetlijn/ahad-05", "nl").text


@pytest.mark.parametrize("path", front.things()["budgettotaal"])
def test_budget_total_stands_beside_the_sum_of_its_lines(read: Read, path: str) -> None:
    total = BASE + "id/" + path.removeprefix("/doc/")
    query = f"""SELECT ?stated (SUM(?amount) AS ?sum) {{
      <{total}> vesoc:amount ?stated ; dcterms:isPartOf ?agreement .
      ?line a vesoc:BudgetLine ; dcterms:isPartOf ?agreement ; vesoc:amount ?amount .
      FILTER NOT EXISTS {{
        <{total}> vesoc:hasBudgetCategory ?own . FILTER NOT EXISTS {{ ?line vesoc:hasBudgetCategory ?own }}
      }}
    }} GROUP BY ?stated"""
    [row] = rows(query)
    values = [Decimal(value) for value in re.findall(r'<data value="([^"]*)"', read(path).html)[:3]]
    assert values == [Decimal(row["stated"].value), Decimal(row["sum"].value), values[0] - values[1]]


@pytest.mark.parametrize("path", front.things()["conceptscheme"])
def test_scheme_shows_each_of_its_concepts(read: Read, path: str) -> None:
    scheme = BASE + "id/" + path.removeprefix("/doc/")
    concepts = {row[0].value for row in rows(f"SELECT ?one {{ ?one skos:inScheme <{scheme}> }}")}
    shown = re.findall(r'data-iri="([^"]*)"', read(path).html.split('id="concepts"')[1].split("<h2")[0])
    assert set(shown) == concepts


def test_small_scheme_defines_its_concepts_and_a_large_one_does_not(read: Read) -> None:
    assert "The agreement settles that this is done." in read("/doc/conceptscheme/status").text
    assert 'class="definition"' in read("/doc/conceptscheme/status").html
    assert 'class="definition"' not in read("/doc/conceptscheme/instrument").html


@pytest.mark.parametrize("name", ["status/beslist", "actie/invoeren", "thema/activering", "organisatiesoort/vakbond"])
def test_concept_counts_what_uses_it(read: Read, name: str) -> None:
    concept = f"{BASE}id/concept/{name}"
    counted = number(
        f"SELECT (COUNT(*) AS ?n) {{ ?thing ?uses <{concept}> FILTER(!STRSTARTS(STR(?uses), STR(skos:))"
        " && ?uses NOT IN (vesoc:isAbout, vesoc:claims)) }"
    )
    assert counted
    assert f"Used {counted} time" in read(f"/doc/concept/{name}").text


@pytest.mark.parametrize("name", ["actoren", "ahad", "ontologie"])
def test_graph_says_how_much_it_holds_and_which_files_it_is_made_of(read: Read, name: str) -> None:
    page = read(f"/doc/graaf/{name}")
    triples = number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH graaf:{name} {{ ?s ?p ?o }} }}")
    assert f"{triples:,} statements" in page.text
    folder = "ontology/vesoc.ttl" if name == "ontologie" else f"data/ttl/{name}/"
    assert folder in page.section("files")
    assert "http://creativecommons.org/publicdomain/zero/1.0/" in page.links


def own_terms() -> set[str]:
    kinds = "owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
    found = rows(f"SELECT DISTINCT ?term {{ VALUES ?kind {{ {kinds} }} ?term a ?kind }}")
    names = (row[0].value for row in found)
    return {name.partition("#")[2] for name in names if name.startswith(f"{BASE}ns#")}


def test_ontology_has_a_place_for_each_term(read: Read) -> None:
    ids = {one.attrib["id"] for one in read("/ns").root.iter("section") if "id" in one.attrib}
    assert ids == own_terms()


def test_ontology_counts_the_use_of_a_term_as_its_query_does(server: httpx2.Client, read: Read) -> None:
    for name, uses in (("Measure", "?thing a vesoc:Measure"), ("funds", "?thing vesoc:funds ?value")):
        [section] = [one for one in read("/ns").root.iter("section") if one.get("id") == name]
        [link] = [one for one in section.iter("a") if one.attrib["href"].startswith("/workbench")]
        query = parse_qs(urlsplit(link.attrib["href"]).query)["query"][0]
        answer = server.get("/sparql", params={"query": query}).json()
        counted = int(answer["results"]["bindings"][0]["uses"]["value"])
        assert link.text == f"{counted} times"
        assert counted == number(f"SELECT (COUNT(*) AS ?n) {{ {uses} }}")


def test_ontology_speaks_one_language(read: Read) -> None:
    dutch, english = read("/ns", "nl").text, read("/ns", "en").text
    assert "Eén belofte in een akkoord" in dutch
    assert "One promise in an agreement" not in dutch
    assert "One promise in an agreement" in english
    assert "Eén belofte in een akkoord" not in english


def test_spans_stand_in_proportion() -> None:
    made = spans.chart([spans.Span("a", "2020-01-01", "2020-12-31"), spans.Span("b", "2021-07-02")], [])
    assert made is not None
    first, second = made.bars
    assert (first.x, round(first.x + first.width)) == (0, round(spans.WIDTH * 366 / 731))
    assert second.open
    assert round(second.x + second.width) == spans.WIDTH
    assert [year.text for year in made.years] == ["2020", "2021"]


def test_no_spans_make_no_picture() -> None:
    assert spans.chart([], [spans.Mark("a", "2020-01-01")]) is None


def test_picture_of_nothing_is_empty_and_others_have_an_arc_for_each_edge() -> None:
    assert (arcs.picture({}).arcs, arcs.picture({}).boxes) == ([], [])
    made = arcs.picture({("a", "b"): ["x", "w"], ("b", "c"): ["y"], ("a", "a"): ["z"]})
    assert [(arc.start, arc.end, arc.names) for arc in made.arcs] == [
        ("a", "a", ("z",)),
        ("a", "b", ("w", "x")),
        ("b", "c", ("y",)),
    ]
    boxes = {(box.name, tuple(text for _, text in box.lines)) for box in made.boxes}
    assert boxes == {("a", ("z", "w, x")), ("b", ("y",)), ("a", ()), ("b", ()), ("c", ())}
    assert all(box.y > 0 and box.y + box.height < made.height and box.x + box.width <= made.width for box in made.boxes)
