"""Overviews: what a page shows, its CSV, its JSON and its SPARQL are one; its figures are those of the endpoint."""

from __future__ import annotations

import csv
import io
import re
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import httpx2
import pytest
from conftest import running

from vesoc.catalogues import translation
from vesoc.names import BASE, PREFIXES
from vesoc.overviews.register import OVERVIEWS

LANGUAGES = ("nl", "en")
MOST_BYTES = 100_000
AGREEMENTS = ("ahad", "iab", "inim")
PAGES = [
    *(f"/{name}" for name in OVERVIEWS),
    "/timeline?agreement=ahad",
    "/timeline?theme=levenslang-leren",
    "/timeline?instrument=vlaams-opleidingsverlof",
    *(
        f"/compare?a={a}&b={b}&by={by}"
        for a, b in permutations(AGREEMENTS, 2)
        for by in ("theme", "group", "instrument")
    ),
    "/compare?subject=concept/thema/activering",
    "/compare?by=instrument&subject=instrument/vlaams-opleidingsverlof",
    "/commitments?agreement=inim",
    "/actors?agreement=ahad",
    "/actors?organisation=vdab",
    "/actors?organisation=sociale-partners&agreement=inim",
    "/disagreements?source=securex",
    "/disagreements?verdict=wijkt-af",
    "/disagreements?source=partena&verdict=minder-precies",
]
HTML = {"Accept": "text/html"}
SVG = "{http://www.w3.org/2000/svg}"
CHARTED = ("/timeline", "/compare", "/budget", "/commitments")
every = pytest.mark.parametrize("path", PAGES)
languages = pytest.mark.parametrize("language", LANGUAGES)


def page(server: httpx2.Client, path: str, language: str = "en") -> Element:
    answer = server.get(path, headers={**HTML, "Accept-Language": language})
    assert answer.status_code == 200, answer.text
    root: Element = html5lib.parse(answer.text, namespaceHTMLElements=False)
    return root


def words(element: Element | None) -> str:
    """The text of an element, each space once."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def asked(server: httpx2.Client, query: str) -> list[dict[str, str]]:
    """What the endpoint answers, with our prefixes where the query has none."""
    prefixes = "" if "PREFIX" in query else "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    answer = server.post("/sparql", data={"query": prefixes + query}, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def one(server: httpx2.Client, query: str) -> str:
    [row] = asked(server, query)
    return next(iter(row.values()))


def data_links(root: Element) -> list[str]:
    """The addresses of the data of a page, each without its suffix."""
    links = [link.attrib["href"] for link in root.iter("a") if ".csv?" in link.attrib.get("href", "")]
    return [link.replace(".csv?", ".{}?") for link in links]


def texts(root: Element, tag: str) -> list[str]:
    return [words(element) for element in root.iter(tag)]


# --- one mechanism ----------------------------------------------------------------------------------------------------


@languages
@every
def test_csv_json_and_sparql_of_a_page_are_one(server: httpx2.Client, path: str, language: str) -> None:
    root = page(server, path, language)
    shown = [words(element) for element in root.iter("pre")]
    addresses = data_links(root)
    assert addresses
    assert len(shown) == len(addresses)
    for address, text in zip(addresses, shown, strict=True):
        query = server.get(address.format("rq")).text
        assert " ".join(query.split()) == text
        rows = asked(server, query)
        found = server.get(address.format("json")).json()["results"]["bindings"]
        assert [{name: term["value"] for name, term in row.items()} for row in found] == rows
        lines = list(csv.DictReader(io.StringIO(server.get(address.format("csv")).text)))
        assert [{name: text for name, text in line.items() if text} for line in lines] == [
            {name: value for name, value in row.items() if value} for row in rows
        ]
        assert f'"{language}"' in query


@every
def test_page_leads_to_the_editor_and_the_endpoint_with_its_query(server: httpx2.Client, path: str) -> None:
    root = page(server, path)
    queries = [server.get(address.format("rq")).text for address in data_links(root)]
    for target in ("/workbench", "/sparql"):
        links = [link.attrib["href"] for link in root.iter("a") if link.attrib.get("href", "").startswith(f"{target}?")]
        assert [parse_qs(urlsplit(link).query)["query"][0] for link in links] == queries
        assert server.get(links[0]).status_code == 200


@languages
@every
def test_page_is_light_and_in_its_language(server: httpx2.Client, path: str, language: str) -> None:
    answer = server.get(path, headers={**HTML, "Accept-Language": language})
    assert len(answer.content) < MOST_BYTES
    assert answer.headers["content-language"] == language
    overview = OVERVIEWS[urlsplit(path).path.removeprefix("/")]
    assert translation(language).gettext(overview.title) in answer.text
    assert (overview.sentence in answer.text) == (language == "en")


@every
def test_charts_on_the_page_are_named(server: httpx2.Client, path: str) -> None:
    root = page(server, path)
    charts = list(root.iter(f"{SVG}svg"))
    assert bool(charts) == (urlsplit(path).path in CHARTED and "subject=" not in path)
    for chart in charts:
        names = chart.attrib.get("aria-labelledby", "").split()
        assert chart.attrib.get("aria-hidden") == "true" or len(names) == 2
        ids = {element.attrib.get("id") for element in root.iter() if isinstance(element.tag, str)}
        assert set(names) <= ids


@pytest.mark.parametrize("name", OVERVIEWS)
def test_form_is_chosen_by_suffix_argument_or_accept(server: httpx2.Client, name: str) -> None:
    for suffix, kind in (("csv", "text/csv"), ("json", "application/sparql-results+json"), ("html", "text/html")):
        ways = [
            server.get(f"/{name}.{suffix}"),
            server.get(f"/{name}?_mediatype={suffix}"),
            server.get(f"/{name}", headers={"Accept": kind}),
        ]
        assert {answer.headers["content-type"].split(";")[0] for answer in ways} == {kind}
        assert all("Accept" in answer.headers["vary"] and answer.headers["etag"] for answer in ways)
        tag = ways[0].headers["etag"]
        assert server.get(f"/{name}.{suffix}", headers={"If-None-Match": tag}).status_code == 304
    assert server.get(f"/{name}", headers={"Accept": "image/png"}).status_code == 406


@languages
def test_list_names_each_overview(server: httpx2.Client, language: str) -> None:
    root = page(server, "/views", language)
    say = translation(language).gettext
    links = {words(link): link.attrib["href"] for link in root.iter("a")}
    for overview in OVERVIEWS.values():
        assert links[say(overview.title)] == overview.path
        assert say(overview.sentence) in texts(root, "p")


# --- what does not fit ------------------------------------------------------------------------------------------------

WRONG = {
    "/compare?a=ahad&b=nergens": (404, "there are ahad, iab, inim"),
    "/compare?a=ahad&b=ahad": (400, "must differ"),
    "/compare?by=weather": (404, "there are theme, group, instrument"),
    "/compare?subject=concept/thema/niets": (404, "'concept/thema/niets'"),
    "/compare?a=ahad&a=iab": (400, "more than once"),
    "/timeline?theme=%22%3E%7D": (404, "there are activering"),
    "/timeline?colour=red": (400, "it has agreement, theme, instrument"),
    "/actors?organisation=../akkoord/ahad": (404, "for the parameter 'organisation'"),
    "/budget.csv?part=nothing": (404, "there are lines, totals, without"),
    "/actors.json?part=measures": (404, "there are roles"),
    "/budget.xyz": (404, "there is no overview"),
}


@pytest.mark.parametrize("path", WRONG)
def test_what_does_not_fit_is_told_with_what_there_is(server: httpx2.Client, path: str) -> None:
    status, told = WRONG[path]
    problem = server.get(path, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.headers["content-type"]) == (status, "application/problem+json")
    assert told in problem.json()["detail"]
    shown = server.get(path, headers=HTML)
    assert (shown.status_code, shown.headers["content-type"].split(";")[0]) == (status, "text/html")


def test_empty_choice_is_any(server: httpx2.Client) -> None:
    whole = server.get("/timeline.json?lang=nl").json()
    assert server.get("/timeline.json?agreement=&theme=&instrument=&lang=nl").json() == whole


def test_data_of_others_has_no_overviews(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text("<http://e.example/a> <http://e.example/b> 'c' .", encoding="utf-8")
    with running("--data", str(file), "--no-validate") as client:
        for name in OVERVIEWS:
            assert client.get(f"/{name}").status_code == 404
        shown = {link.attrib.get("href") for link in page(client, "/views").iter("a")}
        assert not shown & {overview.path for overview in OVERVIEWS.values()}


# --- figures ----------------------------------------------------------------------------------------------------------


def table(root: Element, column: str) -> list[list[str]]:
    """The rows of the table that has a column of that name, its head first."""
    for found in root.iter("table"):
        rows = [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in found.iter("tr")]
        if column in rows[0]:
            return rows
    raise AssertionError(f"no table has a column {column}")


def test_budget_shows_lines_sums_and_stated_totals(server: httpx2.Client) -> None:
    root = page(server, "/budget")
    lines = "?line a vesoc:BudgetLine ; vesoc:amount ?amount"
    assert one(server, f"SELECT (SUM(?amount) AS ?sum) {{ {lines} }}") == "190000000"
    by_category = asked(
        server, f"SELECT (SUM(?amount) AS ?sum) {{ {lines} ; vesoc:hasBudgetCategory ?c }} GROUP BY ?c ORDER BY ?sum"
    )
    assert [int(row["sum"]) // 1_000_000 for row in by_category] == [21, 50, 119]
    rows = table(root, "Difference")[1:]
    stated = asked(server, "SELECT ?amount { ?total a vesoc:BudgetTotal ; vesoc:amount ?amount } ORDER BY ?amount")
    assert [row[3].split()[0] for row in rows] == [f"€{int(found['amount']):,}" for found in stated]
    assert [row[2] for row in rows] == [row[3].split()[0] for row in rows]
    assert {row[4] for row in rows} == {"€0 (none)"}
    shown = {link.attrib.get("href") for link in root.iter("a")}
    for row in asked(server, f"SELECT ?line {{ {lines} }}"):
        assert row["line"].replace(f"{BASE}id/", "/doc/") in shown


def test_each_budget_line_has_a_piece_of_the_chart_and_a_mark(server: httpx2.Client) -> None:
    root = page(server, "/budget")
    [chart] = [svg for svg in root.iter(f"{SVG}svg") if svg.attrib.get("id") == "chart-budget"]
    lines = {row["line"] for row in server_rows(server, "/budget.json", "line")}
    pieces = [link.attrib["href"] for link in chart.iter(f"{SVG}a")]
    assert sorted(pieces) == sorted(line.replace(f"{BASE}id/", "/doc/") for line in lines)
    marked = [row for row in root.iter("tr") if any(link.attrib.get("href") in pieces for link in row.iter("a"))]
    assert len(marked) == len(lines)
    assert all(any("/doc/vindplaats/" in link.attrib.get("href", "") for link in row.iter("a")) for row in marked)


def server_rows(server: httpx2.Client, address: str, name: str) -> list[dict[str, str]]:
    """The rows of the data of a page in which something of that name stands."""
    rows = server.get(address).json()["results"]["bindings"]
    return [{key: term["value"] for key, term in row.items()} for row in rows if name in row]


def test_signatures_are_counted_and_the_missing_one_is_told_in_words(server: httpx2.Client) -> None:
    root = page(server, "/signatories")
    counted = asked(
        server,
        "SELECT ?agreement (COUNT(?s) AS ?n) { ?s vesoc:signs ?agreement . ?agreement vesoc:agreedDuring/dcat:startDate"
        " ?day } GROUP BY ?agreement ?day ORDER BY ?day",
    )
    head, *rows = table(root, "Everyone on board")
    assert rows[-1] == ["Signatures", *(row["n"] for row in counted)]
    place = head.index("Everyone needed, everyone on board")
    [abvv] = [row for row in rows if row[0] == "ABVV"]
    assert abvv[place] == "does not sign"
    missing = "ASK { ?s vesoc:onBehalfOf orgn:abvv ; vesoc:signs akk:inim }"
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("vesoc", "orgn", "akk"))
    assert server.get("/sparql", params={"query": prefixes + missing}).json()["boolean"] is False
    assert [row[0] for row in rows if "does not sign" in row] == ["ABVV"]
    assert any("Missing: ABVV" in text for text in texts(root, "p"))


def test_each_signature_stands_with_its_name(server: httpx2.Client) -> None:
    shown = words(page(server, "/signatories"))
    for row in asked(server, "SELECT ?name { ?s vesoc:printedAs ?name }"):
        assert row["name"] in shown


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_commitments_are_counted_by_status(server: httpx2.Client, agreement: str) -> None:
    rows = table(page(server, f"/commitments?agreement={agreement}"), "Status")
    found = asked(
        server,
        f"""SELECT ?name (COUNT(DISTINCT ?m) AS ?n) {{
          ?m a vesoc:Measure ; dcterms:isPartOf+ akk:{agreement} ; vesoc:hasStatedStatus/skos:prefLabel ?name
          FILTER(LANG(?name) = "en") }} GROUP BY ?name""",
    )
    shown = {row[0]: row[1].split()[0] for row in rows[1:-2]}
    assert shown == {row["name"]: row["n"] for row in found}
    assert rows[-2] == ["All measures", str(sum(int(row["n"]) for row in found))]
    conditional = f"?m dcterms:isPartOf+ akk:{agreement} ; vesoc:conditionNote ?note"
    assert rows[-1][1] == one(server, f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ {conditional} }}")


def test_count_of_commitments_leads_to_as_many_measures(server: httpx2.Client) -> None:
    root = page(server, "/commitments")
    links = [link for link in root.iter("a") if "status=" in link.attrib.get("href", "")]
    assert links
    for link in (links[0], links[-1]):
        answer = server.get(link.attrib["href"], headers=HTML)
        assert answer.status_code == 200
        assert re.search(rf"\b{words(link)}\b", words(html5lib.parse(answer.text, namespaceHTMLElements=False)))


def test_actors_have_the_counts_of_their_roles(server: httpx2.Client) -> None:
    head, *rows = table(page(server, "/actors"), "binds itself")
    [vdab] = [row for row in rows if row[0].startswith("VDAB public")]
    for role, name in (
        ("isResponsibilityOf", "is responsible"),
        ("hasPartner", "takes part"),
        ("consults", "is consulted"),
    ):
        count = one(server, f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ ?m a vesoc:Measure ; vesoc:{role} orgn:vdab }}")
        assert vdab[head.index(name)] == count


def test_measures_of_an_organisation_all_stand_on_its_page(server: httpx2.Client) -> None:
    shown = {link.attrib.get("href") for link in page(server, "/actors?organisation=vdab").iter("a")}
    roles = "|".join(f"vesoc:{role}" for role in ("isCommitmentOf", "isResponsibilityOf", "hasPartner", "consults"))
    found = asked(server, f"SELECT DISTINCT ?m {{ ?m a vesoc:Measure ; {roles}|vesoc:isRequestedOf orgn:vdab }}")
    assert found
    assert {row["m"].replace(f"{BASE}id/", "/doc/") for row in found} <= shown


@pytest.mark.parametrize(("a", "b"), [("ahad", "inim"), ("iab", "inim")])
def test_comparison_counts_the_measures_of_both(server: httpx2.Client, a: str, b: str) -> None:
    rows = {row["subject"]: row for row in server_rows(server, f"/compare.json?a={a}&b={b}&by=group", "subject")}
    for side, agreement in (("inA", a), ("inB", b)):
        found = asked(
            server,
            f"""SELECT ?group (COUNT(DISTINCT ?m) AS ?n) {{
              ?m a vesoc:Measure ; dcterms:isPartOf+ akk:{agreement} ; vesoc:hasTargetGroup ?group }}
          GROUP BY ?group""",
        )
        assert {row["group"]: row["n"] for row in found} == {
            k: row[side] for k, row in rows.items() if row[side] != "0"
        }


def test_comparison_tells_what_is_in_both_and_what_in_one(server: httpx2.Client) -> None:
    rows = server_rows(server, "/compare.json?by=group", "subject")
    both = [row for row in rows if row["inA"] != "0" and row["inB"] != "0"]
    first = [row for row in rows if row["inB"] == "0"]
    heads = texts(page(server, "/compare?by=group"), "h2")
    assert f"In both: {len(both)}" in heads
    assert f"Only in All hands on deck: {len(first)}" in heads
    assert f"Only in Everyone needed, everyone on board: {len(rows) - len(both) - len(first)}" in heads


def test_comparison_is_the_same_from_the_other_side(server: httpx2.Client) -> None:
    ties = {
        (row["earlier"], row["tie"], row["later"])
        for row in server_rows(server, "/compare.json?a=ahad&b=inim&part=ties", "claim")
    }
    turned = server_rows(server, "/compare.json?a=inim&b=ahad&part=ties", "claim")
    assert ties == {(row["earlier"], row["tie"], row["later"]) for row in turned}
    assert all("/ahad-" in earlier and "/inim-" in later for earlier, _, later in ties)


def test_disagreements_are_all_claims_that_do_not_hold(server: httpx2.Client) -> None:
    counted = one(
        server,
        """SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim a vesoc:Claim ; vesoc:hasVerdict ?verdict ;
          vesoc:hasBasis basis:vermeld FILTER(?verdict NOT IN (oordeel:aanvaard, oordeel:zelfde)) }""",
    )
    root = page(server, "/disagreements")
    assert f"{counted} claims that differ from the text" in texts(root, "caption")
    shown = {link.attrib.get("href") for link in root.iter("a")}
    for row in server_rows(server, "/disagreements.json", "claim"):
        assert row["claim"].replace(f"{BASE}id/", "/doc/") in shown
        for passage in [*row["passages"].split(), *row.get("compared", "").split()]:
            assert any(link and link.startswith(passage.replace(f"{BASE}id/", "/doc/")) for link in shown)


def test_disagreements_name_what_they_are_about_in_the_readers_language(server: httpx2.Client) -> None:
    asked = {"nl": "Iedereen aan boord: omschrijving", "en": "Everyone on board: description"}
    for language, heading in asked.items():
        assert heading in texts(page(server, "/disagreements", language), "h3")


def test_choices_narrow_the_disagreements(server: httpx2.Client) -> None:
    rows = server_rows(server, "/disagreements.json?source=partena&verdict=wijkt-af&lang=en", "claim")
    whole = server_rows(server, "/disagreements.json?lang=en", "claim")
    assert rows == [r for r in whole if r["source"].endswith("/partena") and r["verdictName"] == "differs"]
    assert 0 < len(rows) < len(whole)


def test_timeline_holds_what_has_a_day(server: httpx2.Client) -> None:
    rows = server_rows(server, "/timeline.json", "thing")
    dated = asked(server, "SELECT DISTINCT ?m { ?m a vesoc:Measure ; vesoc:appliesDuring|vesoc:evaluateBy ?period }")
    assert {row["m"] for row in dated} == {row["thing"] for row in rows if row["kind"] in ("measure", "evaluation")}
    posts = asked(server, "SELECT DISTINCT ?post { ?signature vesoc:inCapacityOf ?post }")
    assert {row["post"] for row in posts} == {row["thing"] for row in rows if row["kind"] == "post"}
    shown = {link.attrib.get("href") for link in page(server, "/timeline").iter("a")}
    assert {row["thing"].replace(f"{BASE}id/", "/doc/") for row in rows} <= shown


def test_timeline_draws_each_thing_once(server: httpx2.Client) -> None:
    [chart] = [svg for svg in page(server, "/timeline").iter(f"{SVG}svg") if svg.attrib.get("id") == "chart-timeline"]
    rows = server_rows(server, "/timeline.json", "thing")
    drawn = [group for group in chart.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]
    assert len(drawn) == len({(row["kind"], row["thing"]) for row in rows})


def test_timeline_is_narrowed_by_what_is_chosen(server: httpx2.Client) -> None:
    rows: list[dict[str, Any]] = server_rows(server, "/timeline.json?agreement=inim", "thing")
    assert {row["agreement"] for row in rows if "agreement" in row} == {f"{BASE}id/akkoord/inim"}
    measures = server_rows(server, "/timeline.json?theme=werkbaar-werk", "thing")
    found = asked(server, "SELECT ?m { ?m vesoc:appliesDuring ?p ; dcterms:subject thema:werkbaar-werk }")
    assert {row["m"] for row in found} == {row["thing"] for row in measures if row["kind"] == "measure"}
