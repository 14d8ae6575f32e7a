"""Search: what is found, in which order, how lists are narrowed and counted, and what the server makes of it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import httpx2
import pytest
from conftest import ROOT, running
from pyoxigraph import RdfFormat, Store, parse

from vesoc.dataset import Dataset
from vesoc.errors import Problem
from vesoc.names import BASE
from vesoc.reader import Reader
from vesoc.search import index
from vesoc.search.compounds import Compounds
from vesoc.search.facets import FACETS
from vesoc.search.finder import Finder, Word
from vesoc.search.highlight import Marker
from vesoc.search.inquiry import inquiry
from vesoc.search.language import stem, telling, words
from vesoc.search.listing import PAGE, Desk, Listing
from vesoc.search.operations import Search
from vesoc.search.question import Question, read
from vesoc.search.shelf import SHELF, Shelf, as_set, members
from vesoc.search.shelf import folder as shelf_folder
from vesoc.search.spelling import one_error
from vesoc.settings import Settings

sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the package

from benchmarks import search as benchmark

HTML = {"Accept": "text/html"}
HYDRA = "http://www.w3.org/ns/hydra/core#"
CHOICES = [
    "kind=Measure",
    "theme=activering&theme=inclusie",
    "group=werkzoekenden",
    "instrument=werkplekleren&agreement=ahad",
    "actor=vdab",
    "role=hasPartner",
    "actor=vdab&role=hasPartner",
    "actor=vdab&actor=sectoren&role=hasPartner&role=consults",
    "status=beslist&action=verlengen",
    "budget=yes",
    "budget=no&year=2020",
    "year=2022&during=2023",
    "kind=Goal&group=tijdelijk-werklozen",
    "kind=skos:Concept",
    "kind=org:Organization",
    "kind=BudgetLine&agreement=ahad",
    "theme=bestaat-niet",
]
NASTY = [
    '"',
    "'",
    "*",
    "a*",
    "(",
    "AND OR NOT",
    "NEAR(a b)",
    "name_nl:jongeren",
    "^x~2",
    "-jongeren +werk",
    "'; DROP TABLE things; --",
    "\\",
    "%",
    "jongeren\x00werk",
    "🙂",
    "ﬁnanciering",
    "-",
    "§ 1.2.3",
    "<script>alert(1)</script>",
    "x" * 5000,
    "werk " * 500,
]


@pytest.fixture(scope="module")
def folder(graph: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("search") / "index"
    index.build(graph.store, BASE, found)
    return found


@pytest.fixture(scope="module")
def finder(folder: Path) -> Finder:
    return Finder(folder)


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Shelf:
    return Shelf(folder)


@pytest.fixture(scope="module")
def desk(folder: Path) -> Desk:
    return Desk(folder, Shelf(folder))


class Channel:
    """Keeps what a worker answers."""

    def __init__(self) -> None:
        self.body = b""

    def start(self, header: dict[str, Any]) -> None:
        assert header["status"] == 200

    def write(self, data: bytes) -> int:
        self.body += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def asked(address: str) -> Question:
    return read([(name, value) for name, values in parse_qs(address).items() for value in values])


def iris(listing: Listing) -> list[str]:
    return [iri.removeprefix(f"{BASE}id/") for iri, _ in listing.things(listing.total)]


def found(desk: Desk, text: str, language: str = "nl") -> list[str]:
    return iris(desk.listing(Question(text), language))


# Words


@pytest.mark.parametrize(
    ("right", "wrong", "one"),
    [
        ("opleiding", "opleding", True),
        ("opleiding", "opleidding", True),
        ("opleiding", "opleuding", True),
        ("opleiding", "oplediing", True),
        ("jongeren", "jogneren", True),
        ("jongeren", "ojngeren", True),
        ("jongeren", "jongerne", True),
        ("opleiding", "opleiding", False),
        ("opleiding", "opleing", False),
        ("opleiding", "oplieding", True),
        ("opleiding", "opidleing", False),
        ("vov", "vvo", True),
        ("aab", "aa", True),
    ],
)
def test_one_typing_error_is_told_from_two(right: str, wrong: str, one: bool) -> None:
    assert one_error(right, wrong) is one
    assert one_error(wrong, right) is one


def test_words_lose_case_and_accents() -> None:
    assert words("Coördinatie; KMO’s, NEET-jongeren") == ("coordinatie", "kmo", "s", "neet", "jongeren")


def test_stems_keep_words_apart_that_are_other_words() -> None:
    assert stem("maatregelen", "nl") == stem("maatregel", "nl")
    assert stem("begeleiding", "nl") != stem("beleid", "nl")
    assert stem("vouchers", "en") == stem("voucher", "en")


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others() -> None:
    assert telling(["werk", "voor", "the", "jongeren"]) == ["werk", "jongeren"]
    assert telling(["voor", "de"]) == ["voor", "de"]


def test_compounds_come_apart() -> None:
    compounds = Compounds(["opleiding", "verlof", "loopbaan", "begeleiding", "werk"])
    assert compounds.parts("opleidingsverlof") == {"opleiding", "verlof"}
    assert compounds.parts("loopbaanbegeleiding") == {"loopbaan", "begeleiding"}
    assert compounds.parts("verlof") == set()


def test_marks_are_on_other_forms_and_compounds() -> None:
    marker = Marker([Word("opleiding")])
    pieces = marker.pieces("Opleidingen, het opleidingsverlof en wat geen opleding is.")
    assert [text for text, marked in pieces if marked] == ["Opleidingen", "opleidingsverlof"]
    assert "".join(text for text, _ in pieces) == "Opleidingen, het opleidingsverlof en wat geen opleding is."


def test_long_text_is_cut_around_what_was_sought() -> None:
    pieces = Marker([Word("verlof")]).snippet("woord " * 200 + "verlof " + "woord " * 200)
    assert [text for text, marked in pieces if marked] == ["verlof"]
    assert 100 < sum(len(text) for text, _ in pieces) < 300


def test_sets_keep_their_numbers() -> None:
    for numbers in ([], [0], [3, 8, 9, 1000]):
        assert members(as_set(numbers)) == numbers


# What is found


def test_what_is_meant_comes_first_or_nearly_so(finder: Finder, shelf: Shelf) -> None:
    ranks = {
        (each.text, each.language): benchmark.rank(finder.find(each.text, each.language).scores, shelf, each)
        for each in benchmark.questions()
    }
    assert len(ranks) > 60
    late = {text: rank for text, rank in ranks.items() if rank != 1}
    print(f"{len(ranks)} questions; not first: {late}")
    assert len(late) <= len(ranks) // 6
    assert sum(rank == 0 or rank > 5 for rank in ranks.values()) <= 2


def test_notation_finds_what_it_stands_for_first(desk: Desk) -> None:
    assert found(desk, "vov")[0] == "instrument/vlaams-opleidingsverlof"
    assert found(desk, "Ibo", "en")[0] == "instrument/ibo"


def test_part_of_a_compound_finds_it(desk: Desk) -> None:
    for text in ("verlof", "opleiding verlof"):
        assert "instrument/vlaams-opleidingsverlof" in found(desk, text)[:10]


def test_beginning_of_a_word_finds_it(desk: Desk) -> None:
    assert "instrument/werkbaarheidscheque" in found(desk, "werkbaarheidsch")[:3]


def test_name_as_printed_is_found(desk: Desk) -> None:
    assert {"persoon/jan-jambon", "ondertekening/ahad-jan-jambon"} <= set(found(desk, "jambon"))


def test_typing_error_is_told_and_forgiven_only_where_nothing_has_the_word(finder: Finder) -> None:
    wrong = finder.find("jogneren", "nl")
    assert [word.near for word in wrong.words] == [("jongeren",)]
    assert wrong.scores.keys() == finder.find("jongeren", "nl").scores.keys()
    assert [word.near for word in finder.find("jongeren", "nl").words] == [()]


def test_all_words_have_to_be_there_if_they_can(finder: Finder) -> None:
    both = finder.find("jongeren kinderopvang", "nl")
    each = [finder.find(word, "nl").scores.keys() for word in ("jongeren", "kinderopvang")]
    assert both.scores.keys() == (each[0] & each[1] or each[0] | each[1])
    assert both.loose is not bool(each[0] & each[1])
    assert finder.find("jongeren qqxxzzqq", "nl").loose


def test_language_of_the_reader_orders_but_does_not_leave_out(finder: Finder) -> None:
    nl, en = (finder.find("instrument", language) for language in ("nl", "en"))
    assert nl.scores.keys() == en.scores.keys()


def test_word_that_is_nowhere_has_something_like_it_offered(desk: Desk) -> None:
    listing = desk.listing(Question("werkbaarheidchequez"), "nl")
    assert listing.total == 0
    assert listing.instead in {"werkbaarheidscheque", "werkbaarheidscheques"}
    assert desk.listing(Question("qqxxzzqq"), "nl").instead is None


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_an_error(desk: Desk, text: str) -> None:
    question = read([("q", text)])
    assert len(question.text) <= 200
    assert question.cut is (len(" ".join(text.split())) > 200)
    assert desk.listing(question, "en").total >= 0
    assert isinstance(desk.begun(text, "nl"), list)


# Lists


def test_list_without_words_is_one_of_all_measures_in_the_order_of_the_texts(desk: Desk, graph: Dataset) -> None:
    listing = desk.listing(Question(), "nl")
    measures = f"SELECT (COUNT(?m) AS ?n) {{ ?m a <{BASE}ns#Measure> }}"
    assert listing.total == int(next(iter(graph.store.query(measures)))["n"].value)
    codes = [re.sub("^maatregel/([a-z]+)-.*", r"\1", iri) for iri in iris(listing)]
    assert list(dict.fromkeys(codes)) == ["iab", "ahad", "inim"]
    assert codes == sorted(codes, key=["iab", "ahad", "inim"].index)


@pytest.mark.parametrize("choice", CHOICES)
def test_list_is_what_its_query_finds(desk: Desk, graph: Dataset, choice: str) -> None:
    question = asked(choice)
    listing = desk.listing(question, "nl")
    rows = list(graph.store.query(inquiry(question, BASE, "nl")))
    assert {row["thing"].value for row in rows} == {iri for iri, _ in listing.things(listing.total)}
    assert bool(listing.total) is ("bestaat-niet" not in choice)


@pytest.mark.parametrize("choice", ["", *CHOICES, "q=opleiding", "q=opleiding&group=werkenden&theme=loopbaan"])
def test_count_is_what_the_value_alone_would_leave(desk: Desk, choice: str) -> None:
    question = asked(choice)
    counts = desk.listing(question, "nl").counts
    assert set(counts) == {facet.name for facet in FACETS}
    for facet, values in counts.items():
        for value, count in list(values.items())[:6]:
            assert desk.listing(question.with_values(facet, [value]), "nl").total == count, (facet, value)


def test_two_values_of_a_facet_widen_and_two_facets_narrow(desk: Desk) -> None:
    def total(choice: str) -> set[str]:
        return set(iris(desk.listing(asked(choice), "nl")))

    assert total("theme=activering&theme=inclusie") == total("theme=activering") | total("theme=inclusie")
    assert total("theme=activering&agreement=ahad") == total("theme=activering") & total("agreement=ahad")


def test_narrower_groups_are_among_those_of_the_broader_one(desk: Desk) -> None:
    broad, narrow = (set(iris(desk.listing(asked(f"group={name}"), "nl"))) for name in ("jongeren", "neet-jongeren"))
    assert narrow < broad


def test_actor_in_a_role_is_that_actor_in_that_role(desk: Desk, graph: Dataset) -> None:
    wanted = f"SELECT ?m {{ ?m <{BASE}ns#hasPartner> <{BASE}id/organisatie/vdab> ; a <{BASE}ns#Measure> }}"
    partners = {row["m"].value.removeprefix(f"{BASE}id/") for row in graph.store.query(wanted)}
    assert set(iris(desk.listing(asked("actor=vdab&role=hasPartner"), "nl"))) == partners
    assert partners < set(iris(desk.listing(asked("actor=vdab"), "nl")))


def test_address_says_all_of_a_question() -> None:
    question = asked("q=werk voor wie&theme=activering&theme=inclusie&sort=title&page=3&whole=group")
    again = read([(name, v) for name, vs in parse_qs(urlsplit(question.address()).query).items() for v in vs])
    assert again == question
    assert question.without("theme", "inclusie").address() == (
        "/search?q=werk+voor+wie&theme=activering&sort=title&whole=group"
    )


@pytest.mark.parametrize(
    "field",
    ["page=0", "page=x", "page=99999999999", "sort=no", "whole=no", "theme=%3Cx%3E", "theme=:x", "kind=1:x", "no=1"],
)
def test_field_that_does_not_fit_is_left_out(field: str) -> None:
    assert asked(field) == Question()


def test_page_beyond_the_last_is_the_last(desk: Desk) -> None:
    listing = desk.listing(asked("page=5000"), "nl")
    assert listing.page == listing.last == -(-listing.total // PAGE)
    assert len(listing.things(PAGE, listing.start)) == listing.total - (listing.last - 1) * PAGE


# Others' data


def test_index_of_others_data_keeps_to_its_limit(tmp_path: Path) -> None:
    text = "".join(f'<http://x.org/{n}> <https://schema.org/name> "Ding {n}"@de .\n' for n in range(9))
    store = Store()
    store.load(text.encode(), format=RdfFormat.N_TRIPLES)
    for limit, left_out in ((5, True), (9, False)):
        index.build(store, BASE, tmp_path / str(limit), limit)
        shelf = Shelf(tmp_path / str(limit))
        assert (len(shelf.iris), shelf.left_out) == (limit, left_out)
    assert len(Finder(tmp_path / "9").find("ding", "nl").scores) == 9


def test_empty_store_has_an_index(tmp_path: Path) -> None:
    index.build(Store(), BASE, tmp_path / "index")
    assert Desk(tmp_path / "index", Shelf(tmp_path / "index")).listing(Question("werk"), "nl").total == 0


# The server


def test_search_waits_for_its_index(graph: Dataset, tmp_path: Path) -> None:
    search = Search(graph, Settings(), tmp_path)
    search.prepare()
    request = {"pairs": [], "suffix": "csv", "cut": False, "unchanged": False, "reader": Reader("nl").document()}
    with pytest.raises(Problem) as told:
        search.search(request, Channel())
    assert (told.value.status, told.value.kind, "Retry-After" in told.value.headers) == (503, "loading", True)
    index.build(graph.store, BASE, shelf_folder(tmp_path, graph.digest))
    search.prepare()
    (shelf_folder(tmp_path, graph.digest) / SHELF).unlink()  # the workers have it from before they were forked
    search.search(request, reply := Channel())
    assert reply.body.count(b"\r\n") > 600


def test_page_has_marked_words_places_and_counts(server: httpx2.Client) -> None:
    page = server.get("/search?q=opleidingsverlof", headers={**HTML, "Accept-Language": "nl"})
    assert page.status_code == 200
    assert 'href="/doc/instrument/vlaams-opleidingsverlof"' in page.text
    assert "<mark>opleidingsverlof</mark>" in page.text
    assert "Alle hens aan dek</span> <span aria-hidden" in page.text
    assert re.search(
        r'name="agreement" value="ahad"> <span>Alle hens aan dek</span> <span class="count">\d+<', page.text
    )
    assert page.headers["X-Total-Count"] == re.search(r"(\d+) resultaten voor", page.text)[1]  # type: ignore[index]


def test_page_is_in_the_language_of_the_reader(server: httpx2.Client) -> None:
    for language, word in (("nl", "Waaruit"), ("en", "choose")):
        page = server.get(f"/search?q=VOV&lang={language}", headers=HTML)
        assert f'<html lang="{language}"' in page.text
        assert word.lower() in page.text.lower()


def test_words_are_escaped(server: httpx2.Client) -> None:
    page = server.get("/search", params={"q": '"><script>alert(1)</script>'}, headers=HTML)
    assert "<script>alert" not in page.text
    assert html.escape('"><script>alert(1)</script>', quote=False).split("&lt;")[1] in page.text


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_an_error_of_the_server(server: httpx2.Client, text: str) -> None:
    for address in ("/search", "/search.csv", "/search/suggest"):
        assert server.get(address, params={"q": text}, headers={"Accept": "*/*"}).status_code == 200


def test_too_long_a_text_is_told(server: httpx2.Client) -> None:
    page = server.get("/search", params={"q": "werk " * 100, "lang": "en"}, headers=HTML)
    assert "too long" in page.text


def test_pages_are_linked(server: httpx2.Client) -> None:
    answer = server.get("/search?kind=Measure&page=2", headers=HTML)
    pages = {relation: answer.links[relation]["url"] for relation in ("first", "prev", "next", "last")}
    assert pages["prev"] == pages["first"] == "/search?kind=Measure"
    assert pages["next"] == "/search?kind=Measure&page=3"
    assert "next" not in server.get(pages["last"], headers=HTML).links
    titles = [
        re.findall(r'result-title.*?href="([^"]+)"', server.get(url, headers=HTML).text, re.S) for url in pages.values()
    ]
    assert len({title for listed in titles for title in listed}) == len({*titles[0], *titles[2], *titles[3]})


def test_lists_are_the_same_in_every_form(server: httpx2.Client) -> None:
    address = "?q=opleiding&agreement=ahad&kind=Measure"
    rows = list(csv.DictReader(io.StringIO(server.get(f"/search.csv{address}").text, newline="")))
    assert {row["agreement"] for row in rows} == {"Alle hens aan dek"}
    for suffix, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
        answer = server.get(f"/search.{suffix}{address}")
        triples = [quad.triple for quad in parse(answer.content, format=form)]
        members = {triple.object.value for triple in triples if triple.predicate.value == f"{HYDRA}member"}
        total = next(triple.object.value for triple in triples if triple.predicate.value == f"{HYDRA}totalItems")
        assert members == {row["iri"] for row in rows}
        assert int(total) == len(rows) == int(answer.headers["X-Total-Count"])
        assert {triple.subject.value for triple in triples} > members


def test_table_has_lines_as_the_standard_wants_them(server: httpx2.Client) -> None:
    answer = server.get("/search.csv?q=VOV")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"iri,kind,title,agreement,part\r\n")


def test_form_is_negotiated(server: httpx2.Client) -> None:
    for accept, suffix in (("text/html", "html"), ("text/csv", "csv"), ("text/turtle", "ttl")):
        answer = server.get("/search?q=VOV", headers={"Accept": accept})
        assert answer.headers["Content-Type"].startswith(accept)
        assert answer.headers["Content-Location"] == f"/search.{suffix}?q=VOV"
    assert server.get("/search", headers={"Accept": "image/png"}).status_code == 406
    assert server.get("/search.xyz").status_code == 404


def test_list_that_has_not_changed_is_not_sent_again(server: httpx2.Client) -> None:
    first = server.get("/search?q=jongeren", headers=HTML)
    again = server.get("/search?q=jongeren", headers={**HTML, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert server.get("/search?q=ouderen", headers=HTML).headers["ETag"] != first.headers["ETag"]


def test_query_of_a_page_finds_what_the_page_has(server: httpx2.Client) -> None:
    page = server.get("/search?group=werkzoekenden&agreement=inim", headers=HTML)
    link = html.unescape(re.search(r'href="(/workbench\?query=[^"]+)"', page.text)[1])  # type: ignore[index]
    query = parse_qs(urlsplit(link).query)["query"][0]
    answer = server.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert len({row["thing"]["value"] for row in answer.json()["results"]["bindings"]}) == int(
        page.headers["X-Total-Count"]
    )


def test_chip_takes_its_value_away(server: httpx2.Client) -> None:
    page = server.get("/search?theme=inclusie&theme=loopbaan", headers=HTML)
    assert '<li><a href="/search?theme=loopbaan">' in page.text
    assert '<li><a href="/search?theme=inclusie">' in page.text


def test_page_without_results_helps(server: httpx2.Client) -> None:
    page = server.get("/search?q=werkbaarheidchequez&lang=en", headers=HTML)
    assert re.search(r'Did you mean:.*href="/search\?q=werkbaarheidscheques?"', page.text)
    assert 'href="/queries"' in page.text
    chosen = server.get("/search?q=vov&theme=migratie-en-mobiliteit&lang=en", headers=HTML)
    assert 'href="/search?q=vov"' in chosen.text


def test_suggestions_are_as_open_search_has_them(server: httpx2.Client) -> None:
    answer = server.get("/search/suggest", params={"q": "opleidingsv", "lang": "nl"})
    assert answer.headers["Content-Type"] == "application/x-suggestions+json"
    text, names, kinds, addresses = answer.json()
    assert text == "opleidingsv"
    assert "Vlaams opleidingsverlof" in names
    assert len(names) == len(kinds) == len(addresses) == len(set(names)) <= 8
    address = addresses[names.index("Vlaams opleidingsverlof")]
    assert urlsplit(address).path == "/doc/instrument/vlaams-opleidingsverlof"
    assert kinds[names.index("Vlaams opleidingsverlof")] == "instrument"
    assert server.get("/search/suggest?q=").json() == ["", [], [], []]


@pytest.mark.parametrize("text", ["v", "vo", "vov"])
def test_suggestions_come_from_the_first_letter_on(server: httpx2.Client, text: str) -> None:
    assert server.get("/search/suggest", params={"q": text}).json()[1]


def test_browsers_are_told_how_to_search(server: httpx2.Client) -> None:
    for language in ("nl", "en"):
        answer = server.get(f"/opensearch.xml?lang={language}")
        assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
        root = ElementTree.fromstring(answer.text)
        space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
        urls = {url.get("type"): url.get("template", "") for url in root.findall("o:Url", space)}
        assert root.findtext("o:Language", None, space) == language
        assert len(root.findtext("o:ShortName", "", space)) <= 16
        for template in urls.values():
            assert template.startswith("http://")
        found = server.get(urls["text/html"].replace("{searchTerms}", "VOV"), headers=HTML)
        assert (found.status_code, found.headers["Content-Language"]) == (200, language)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    file = tmp_path_factory.mktemp("others") / "others.ttl"
    file.write_text('<http://x.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Blue house"@en .', "utf-8")
    with running("--no-validate", "--data", str(file)) as client:
        yield client


def test_others_data_can_be_searched(others: httpx2.Client) -> None:
    page = others.get("/search?q=huose", headers=HTML)
    assert 'href="http://x.org/a"' in page.text
    assert json.loads(others.get("/search/suggest?q=blu").text)[3] == ["http://x.org/a"]
    assert others.get("/search", headers=HTML).status_code == 200
