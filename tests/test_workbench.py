"""The workbench and the questions: without scripts by HTTP, and in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import html5lib
import httpx2
import pytest
from browser import DESKTOP, PHONE, Open, Visitor, axe, visiting
from conftest import ROOT
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import QuerySolutions, Store

from vesoc.library import Library
from vesoc.names import BASE
from vesoc.pages.results import COUNT_LIMIT, ROW_LIMIT, amounts, headings, in_words

PREFIX = "PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>\nPREFIX dcterms: <http://purl.org/dc/terms/>\n"
TIES = f"{PREFIX}CONSTRUCT {{ ?a vesoc:concernsInstrument ?b }} {{ ?a vesoc:concernsInstrument ?b }} LIMIT 12"
BUDGET = f"{PREFIX}SELECT ?line (SUM(?euro) AS ?whole) {{ ?line vesoc:amount ?euro }} GROUP BY ?line ORDER BY ?line"
BAD = "SELECT * {\n  ?s a ex:Thing\n}"


def ask(client: httpx2.Client, query: str, language: str = "nl") -> httpx2.Response:
    return client.get("/workbench", params={"query": query, "lang": language})


def table(response: httpx2.Response) -> list[list[str]]:
    """The texts of the table of an answer, with its headings."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    rows = page.findall(".//table[@class='answer']//tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


def written(response: httpx2.Response) -> str:
    """The query that stands in the editor."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", response.text, re.DOTALL)
    assert found
    return unescape(found[1])


def block(response: httpx2.Response, name: str) -> str:
    found = re.search(rf'id="{name}"><code>(.*?)</code>', response.text, re.DOTALL)
    assert found
    return unescape(found[1])


# --- by HTTP ----------------------------------------------------------------------------------------------------------


def test_workbench_starts_with_a_query_that_answers(server: httpx2.Client) -> None:
    first = server.get("/workbench")
    assert first.status_code == 200
    assert len(table(ask(server, written(first)))) > 10


def test_examples_open_in_the_editor_by_topic(server: httpx2.Client) -> None:
    page = server.get("/workbench?lang=en").text
    examples = re.findall(r'href="(/workbench\?example=[^"]*)">', page)
    assert len(examples) == len(list(Library(ROOT / "queries")))
    assert '<h3 id="budget">Budget</h3>' in page
    query = written(server.get(examples[0]))
    assert query.startswith("PREFIX")
    assert "#+" not in query
    assert server.get("/workbench?example=none").status_code == 404


@pytest.mark.parametrize(("language", "name"), [("nl", "Maatregel"), ("en", "Measure")])
def test_answer_has_labels_in_the_readers_language(server: httpx2.Client, language: str, name: str) -> None:
    response = ask(server, f"SELECT ?x {{ VALUES ?x {{ <{BASE}ns#Measure> }} }}", language)
    assert table(response)[1:] == [[name]]
    assert f'href="/ns#Measure" title="{BASE}ns#Measure"' in response.text


def test_things_lead_to_their_page_and_others_to_their_address(server: httpx2.Client) -> None:
    things = f"<{BASE}id/akkoord/ahad> <https://example.org/x> <urn:x:1>"
    response = ask(server, f"SELECT ?x {{ VALUES ?x {{ {things} }} }}")
    assert 'href="/doc/akkoord/ahad"' in response.text
    assert 'href="https://example.org/x"' in response.text
    assert "<code>urn:x:1</code>" in response.text


def test_days_amounts_and_languages_are_shown_as_such(server: httpx2.Client) -> None:
    day = '"2020-12-14"^^<http://www.w3.org/2001/XMLSchema#date>'
    response = ask(server, f'SELECT ?d ?t {{ VALUES (?d ?t) {{ ({day} "yes"@en) }} }}')
    assert table(response)[1:] == [["14 december 2020", "yes"]]
    assert '<time datetime="2020-12-14">' in response.text
    assert '<span lang="en">yes</span>' in response.text
    rows = table(ask(server, BUDGET))[1:]
    assert len(rows) > 10
    assert all(re.fullmatch(r"€ [\d.]+", amount) for _, amount in rows)
    assert all(re.fullmatch(r"€[\d,]+", amount) for _, amount in table(ask(server, BUDGET, "en"))[1:])


def test_graph_and_truth_are_shown(server: httpx2.Client) -> None:
    assert table(ask(server, "ASK {}")) == [["antwoord"], ["true"]]
    graph = ask(server, TIES, "en")
    assert table(graph)[0] == ["subject", "predicate", "object"]
    assert len(table(graph)) == 13
    assert ">Turtle</a>" in graph.text


def test_long_answer_is_cut_and_counted(ready: httpx2.Client) -> None:
    patient = ready  # it has the limit of time that servers have by default
    long = ask(patient, "SELECT ?s { ?s ?p ?o }", "en")
    assert 100 < len(table(long)) - 1 <= ROW_LIMIT
    total = len(patient.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}).json()["results"]["bindings"])
    assert f"{total:,} rows; the first" in long.text
    endless = ask(patient, "SELECT ?a { ?a ?b ?c . ?d ?e ?f }", "en")
    assert f"More than {COUNT_LIMIT:,} rows" in endless.text


def test_downloads_are_files_of_the_answer(server: httpx2.Client) -> None:
    page = ask(server, "SELECT (1 AS ?n) {}")
    addresses = [unescape(found) for found in re.findall(r'href="(/workbench/answer\.[^"]*)"', page.text)]
    types = [server.get(address).headers["content-type"].split(";")[0] for address in addresses]
    expected = ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"]
    assert types == [*expected, "text/tab-separated-values"]
    assert server.get("/workbench/answer.exe?query=ASK{}").status_code == 404
    assert server.get("/workbench/answer.csv").status_code == 404


def test_failing_query_is_shown_with_its_place(server: httpx2.Client) -> None:
    response = ask(server, BAD)
    problem = server.get("/sparql", params={"query": BAD}).json()
    assert response.status_code == 400
    assert f'data-line="{problem["line"]}" data-column="{problem["column"]}"' in response.text
    assert f"Regel {problem['line']}, kolom {problem['column']}" in response.text
    assert "<mark>" in response.text
    assert written(response) == BAD
    assert "etag" not in response.headers


def test_query_that_took_too_long_keeps_its_text(server: httpx2.Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    response = ask(server, slow)
    assert response.status_code == 503
    assert 'role="alert"' in response.text
    assert written(response) == slow


def test_what_is_shown_is_escaped(server: httpx2.Client) -> None:
    hostile = '</textarea><script>alert(1)</script>"'
    graph = f"CONSTRUCT {{ <urn:s> <urn:p> '''{hostile}''' }} {{}}"
    for query in (hostile, f"SELECT ('''{hostile}''' AS ?x) {{}}", graph):
        assert "<script>alert" not in ask(server, query).text


@pytest.mark.parametrize("text", ["no number", "sNaN", "1E99999999", "-1E-99999999"])
def test_numbers_that_are_none_stand_as_they_are(server: httpx2.Client, text: str) -> None:
    kinds = [f"'{text}'^^<http://www.w3.org/2001/XMLSchema#{kind}>" for kind in ("integer", "decimal")]
    queries = [f"SELECT ?a {{ VALUES ?a {{ {value} }} }}" for value in kinds]
    for query in (*queries, f"{PREFIX}SELECT ?a {{ VALUES ?a {{ '{text}' }} OPTIONAL {{ ?s vesoc:amount ?a }} }}"):
        assert table(ask(server, query))[1] == [text]


def test_long_query_goes_by_post(server: httpx2.Client) -> None:
    query = "SELECT (1 AS ?n) {}" + " " * 20_000
    assert ask(server, query).status_code == 414
    response = server.post("/workbench", data={"query": query})
    assert (response.status_code, table(response)[1:]) == (200, [["1"]])
    assert response.headers["cache-control"] == "no-store"


def test_pages_have_validators_where_the_answer_lasts(server: httpx2.Client) -> None:
    for address in ("/workbench", "/workbench?query=ASK{}", "/queries", "/queries/instrument-history"):
        first = server.get(address, headers={"Accept": "text/html"})
        again = server.get(address, headers={"Accept": "text/html", "If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code) == (200, 304), address
        assert "max-age" in first.headers["cache-control"]
    for suffix in ("csv", "json", "rq"):
        assert "etag" in server.get(f"/queries/instrument-history.{suffix}").headers
    passing = ask(server, "SELECT (NOW() AS ?now) {}")
    assert (passing.headers["cache-control"], "etag" in passing.headers) == ("no-store", False)


def test_policy_lets_nothing_in_from_elsewhere(server: httpx2.Client) -> None:
    policy = server.get("/workbench").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; style-src 'self' 'sha256-")
    assert "unsafe" not in policy


def test_terms_are_ours(ready: httpx2.Client) -> None:
    terms = ready.get("/workbench/terms.json?lang=nl").json()
    assert ["vesoc:Measure", "Maatregel"] in [term[:2] for term in terms["classes"]]
    assert ["dcterms:isPartOf"] in [term[:1] for term in terms["properties"]]
    assert any(name.startswith("ins:") and "VOV" in others for name, _, *others in terms["things"])
    assert terms["prefixes"]["vesoc"] == f"{BASE}ns#"
    assert {"leaks", "ping", "dbo"}.isdisjoint(terms["prefixes"])


@pytest.mark.parametrize("query", ["SELECT (1 AS ?n) {}", 'ASK { FILTER("""a"b""" = \'a"b\') }', TIES])
def test_copies_run_as_they_stand(server: httpx2.Client, query: str) -> None:
    page = ask(server, query)
    for command in (["sh", "-c", block(page, "as-curl")], [sys.executable, "-c", block(page, "as-python")]):
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
        assert done.stdout.strip(), command


# --- questions --------------------------------------------------------------------------------------------------------


def test_questions_are_found_by_their_words(server: httpx2.Client) -> None:
    every = server.get("/queries?lang=en", headers={"Accept": "text/html"}).text
    some = server.get("/queries?lang=en&q=BUDGET+líne", headers={"Accept": "text/html"}).text
    names = re.findall(r'href="/queries/([^"]+)"', some)
    assert "does-the-budget-add-up" in names
    assert 0 < len(names) < len(re.findall(r'href="/queries/([^"]+)"', every))


@pytest.mark.parametrize("name", [query.name for query in Library(ROOT / "queries")])
def test_question_is_a_page_in_both_languages(server: httpx2.Client, name: str) -> None:
    query = Library(ROOT / "queries").get(name)
    for language in ("nl", "en"):
        response = server.get(f"/queries/{name}?lang={language}", headers={"Accept": "text/html"})
        assert response.status_code == 200, name
        assert f"<h1>{query.question(language)}</h1>" in unescape(response.text)
        assert len(response.content) < 100_000, name
        assert all(f'name="{parameter.name}"' in response.text for parameter in query.parameters)


def test_parameter_is_a_field_with_a_label_and_its_choices(server: httpx2.Client) -> None:
    page = server.get("/queries/what-is-promised-to-this-target-group?lang=nl", headers={"Accept": "text/html"}).text
    assert '<label for="given-group">Doelgroep</label>' in page
    assert len(re.findall(rf'<option value="{BASE}id/doelgroep/', page)) > 20
    assert '<option value="" ' not in page


def test_question_leads_into_the_editor_with_its_values(server: httpx2.Client) -> None:
    address = "/queries/instrument-history"
    page = server.get(address, headers={"Accept": "text/html"}).text
    found = re.search(r'href="(/workbench\?query=[^"]*)"', page)
    assert found
    answer = table(server.get(unescape(found[1])))
    data = server.get(f"{address}.json").json()
    assert len(answer) - 1 == len(data["results"]["bindings"])


def test_headings_of_the_library_are_in_dutch() -> None:
    columns = set()
    for query in Library(ROOT / "queries"):
        results = Store().query(query.text)
        if isinstance(results, QuerySolutions):
            columns |= {in_words(variable.value) for variable in results.variables}
    assert columns - set(headings("nl")) == set()


def test_amounts_are_known_by_their_property() -> None:
    assert amounts("?l vesoc:amount ?a . BIND(COALESCE(?a, 0) - ?a AS ?b)") == {"a", "b"}
    assert amounts("SELECT (SUM(?a) AS ?s) (COUNT(?a) AS ?n) (?a / ?n AS ?q) { ?l vesoc:amount ?a }") == {"a", "s"}
    assert amounts("?l vesoc:numericValue ?a") == set()


# --- in a browser -----------------------------------------------------------------------------------------------------


def put(page: Page, text: str, line: int | None = None) -> None:
    """A query in the editor, with the cursor at the end of a line."""
    page.locator(".CodeMirror").wait_for()
    page.evaluate(
        """([text, line]) => {
          const editor = document.querySelector(".CodeMirror").CodeMirror;
          editor.setValue(text);
          editor.focus();
          editor.setCursor(line ?? editor.lastLine(), editor.getLine(line ?? editor.lastLine()).length);
        }""",
        [text, line],
    )


def run(page: Page, text: str) -> None:
    put(page, text)
    page.keyboard.press("Control+Enter")


def value(page: Page) -> str:
    page.locator(".CodeMirror").wait_for()
    found: str = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    return found


@pytest.mark.parametrize(
    ("typed", "offered", "inserted"),
    [
        ("SELECT * {\n  ?m a Maatr", "vesoc:Measure – Maatregel", "?m a vesoc:Measure"),
        ("SELECT * {\n  ?m ", "dcterms:description", "?m "),
        ("SELECT * {\n  ?m doelgr", "vesoc:hasTargetGroup", "?m vesoc:hasTargetGroup"),
        ("SELECT * {\n  ?m vesoc:concernsInstrument VOV", "ins:vlaams-opleidingsverlof", "ins:"),
        ("PREFIX sk", "skos: <http://www.w3.org/2004/02/skos/core#>", "PREFIX skos:"),
    ],
    ids=["class", "property", "property by label", "thing by other name", "prefix"],
)
def test_editor_offers_our_own_terms(tab: Open, typed: str, offered: str, inserted: str) -> None:
    page = tab("nl")
    page.goto("/workbench")
    put(page, typed)
    page.keyboard.press("Control+Space")
    hints = page.locator(".CodeMirror-hint")
    hints.first.wait_for()
    assert any(offered in text for text in hints.all_inner_texts())
    page.keyboard.press("Enter")
    assert inserted in value(page)
    prefix = re.search(r"(\w+):\w", inserted)
    assert not prefix or f"PREFIX {prefix[1]}:" in value(page)


def test_query_runs_without_loading_the_page_anew(tab: Open) -> None:
    page = tab("nl")
    page.goto("/workbench")
    page.evaluate("window.same = true")
    run(page, f"SELECT ?x {{ VALUES ?x {{ <{BASE}id/akkoord/ahad> }} }}")
    expect(page.get_by_role("link", name="Alle hens aan dek")).to_have_attribute("title", f"{BASE}id/akkoord/ahad")
    expect(page.locator("#said")).to_have_text("1 rij")
    assert page.evaluate("window.same")
    assert page.url.endswith(quote(f"SELECT ?x {{ VALUES ?x {{ <{BASE}id/akkoord/ahad> }} }}", safe=""))
    page.go_back()
    expect(page.locator("table.answer")).to_have_count(0)


def test_address_of_an_answer_can_be_shared(tab: Open) -> None:
    page = tab("nl", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/workbench?lang=nl")
    run(page, BUDGET)
    page.locator("table.answer").wait_for()
    page.get_by_role("button", name="Link kopiëren").click()
    expect(page.locator("#said")).to_have_text("Gekopieerd.")
    link = page.evaluate("navigator.clipboard.readText()")
    other = tab("en", scripts=False)
    other.goto(link)
    expect(other.locator("h1")).to_have_text("SPARQL workbench")
    assert other.locator("table.answer tbody tr").count() == page.locator("table.answer tbody tr").count()


def test_copy_button_copies_the_line_for_a_shell(tab: Open) -> None:
    page = tab("en", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/workbench?query=ASK{}")
    page.locator("summary", has_text="curl").click()
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_role("button", name="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#as-curl").inner_text()


def test_answer_is_drawn_as_a_chart(tab: Open) -> None:
    page = tab("nl")
    page.goto("/workbench")
    run(page, BUDGET)
    page.get_by_role("button", name="Grafiek").click()
    chart = page.get_by_role("img", name="Grafiek van whole per budgetlijn")
    chart.wait_for()
    assert chart.locator("rect").count() == page.locator("table.answer tbody tr").count()
    page.get_by_role("button", name="Alleen tabel").click()
    expect(chart).to_have_count(0)


def test_days_are_drawn_as_a_line_and_a_timeline(tab: Open) -> None:
    page = tab("en")
    page.goto("/workbench?example=which-targets-by-year")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Chart").click()
    kind = page.get_by_label("Kind of chart")
    expect(kind.locator("option")).to_have_text(["bars", "line", "timeline"])
    for chosen in ("line", "timeline"):
        kind.select_option(chosen)
        assert page.locator("svg.chart circle").count() > 2


@pytest.mark.parametrize("query", [TIES, TIES.replace("CONSTRUCT { ?a vesoc:concernsInstrument ?b }", "SELECT ?a ?b")])
def test_answer_is_drawn_as_a_graph_with_the_same_ties_as_a_list(tab: Open, query: str) -> None:
    page = tab("nl")
    page.goto("/workbench")
    run(page, query)
    page.get_by_role("button", name="Graaf").click()
    page.locator(".graph canvas").first.wait_for()
    page.locator("summary", has_text="De verbanden als lijst").click()
    assert page.locator(".panel li").count() == 12
    assert page.locator(".graph").get_attribute("aria-label", timeout=1000)


def refused(chromium: Browser, server: httpx2.Client) -> Iterator[Visitor]:
    """A visitor whose query the server refuses, which the browser tells on its console."""
    visitor = visiting(chromium, server, "nl")
    yield visitor
    visitor.page.context.close()


def test_editor_marks_the_line_that_is_refused(chromium: Browser, server: httpx2.Client) -> None:
    for visitor in refused(chromium, server):
        visitor.page.goto("/workbench")
        run(visitor.page, BAD)
        expect(visitor.page.get_by_role("alert")).to_contain_text("Regel 2, kolom")
        expect(visitor.page.locator(".refused-line")).to_contain_text("ex:Thing")
        visitor.page.keyboard.type(" ")
        expect(visitor.page.locator(".refused-line")).to_have_count(0)
        assert [trouble for trouble in visitor.watch.troubles if not trouble.startswith("status 400")] == []


def test_keyboard_leaves_the_editor(tab: Open) -> None:
    page = tab("en")
    page.goto("/workbench")
    put(page, "ASK {}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') !== null")
    assert value(page) == "ASK {}"


def test_language_is_switched_in_place(tab: Open) -> None:
    page = tab("nl")
    page.goto("/workbench")
    run(page, "ASK {}")
    page.locator("table.answer").wait_for()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("SPARQL workbench")
    assert value(page) == "ASK {}"


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["wide, light", "narrow, dark"])
def test_axe_finds_nothing(tab: Open, size: tuple[int, int], dark: bool) -> None:
    page = tab("nl", size=size, dark=dark)
    for address in ("/workbench", f"/workbench?query={quote(TIES)}", f"/workbench?query={quote(BUDGET)}"):
        page.goto(address)
        drawing = page.get_by_role("button", name=re.compile("^(Graaf|Grafiek)$"))
        if drawing.count():
            drawing.first.click()
            page.locator(".panel svg, .panel canvas").first.wait_for()
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address
    page.goto("/workbench")
    put(page, "SELECT * {\n ?s a ")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint").first.wait_for()
    assert axe(page) == []


def test_page_works_without_scripts(tab: Open) -> None:
    page = tab("en", scripts=False)
    page.goto("/workbench")
    page.get_by_role("textbox", name="Query in SPARQL").fill("SELECT (41 + 1 AS ?n) {}")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table.answer td")).to_have_text("42")
    assert json.loads(page.request.get(page.get_by_role("link", name="JSON").get_attribute("href") or "").text())
