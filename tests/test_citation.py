"""How to cite a thing: what reference managers read, what the page shows, the panel for developers, and on paper."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import front
import httpx2
import pytest
import rdflib
import rispy
from browser import Open
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text
from rdflib.compare import isomorphic

from vesoc.formats import BIBTEX, CSL_JSON, RIS
from vesoc.names import BASE
from vesoc.pages.citation import Citation
from vesoc.pages.values import Value
from vesoc.templating import day_of_reference

THING = "maatregel/ahad-s01-4a"
IRI = f"{BASE}id/{THING}"
SPECIALS = r"50% of R&D_a {x} #1 $5 ~ ^ \textbf{y} “é” ß"
HTML = {"Accept": "text/html"}
CITATION = Citation(
    iri=f"{BASE}id/maatregel/x",
    path="/cite/maatregel/x",
    title=Value(SPECIALS),
    whole="VESOC & more",
    author="VESOC-kennisgraaf, redactie",
    version="1.0.0",
    day=date(2026, 11, 22),
    digest="0f" * 32,
    language="en",
)
# What the schema of the Citation Style Language asks of an entry, and the names it knows.
CSL_FIELDS = {
    "accessed",
    "author",
    "container-title",
    "id",
    "issued",
    "language",
    "note",
    "title",
    "type",
    "URL",
    "version",
}


def bibtex(text: str) -> Any:
    [entry] = parse_string(text, "bibtex").entries.values()
    return entry


def ris(text: str) -> dict[str, Any]:
    [entry] = rispy.load(io.StringIO(text.replace("\r\n", "\n")))
    return dict(entry)


def printed(tex: str) -> str:
    """What TeX prints."""
    return LatexNodes2Text().latex_to_text(tex).replace("\u02c6", "^")  # which TeX prints as the letter of ASCII


def test_bibtex_has_what_an_entry_needs() -> None:
    entry = bibtex(CITATION.bibtex(date(2026, 12, 1)))
    assert entry.type == "misc"
    assert entry.key == "maatregel-x"
    assert entry.fields["year"] == "2026"
    assert entry.fields["month"] == "November"
    assert entry.fields["url"] == CITATION.iri
    assert entry.fields["urldate"] == "2026-12-01"
    assert entry.fields["version"] == "1.0.0"
    assert CITATION.digest in entry.fields["note"]
    [author] = entry.persons["author"]
    assert str(author) == "{VESOC-kennisgraaf, redactie}"  # one body, not a family name with a first name


def test_tex_prints_the_title_as_it_is() -> None:
    assert printed(bibtex(CITATION.bibtex()).fields["title"]).replace(" ", "") == SPECIALS.replace(" ", "")


def test_bibtex_without_the_day_it_was_read_says_nothing_of_it() -> None:
    assert "urldate" not in CITATION.bibtex()


def test_ris_has_what_an_entry_needs() -> None:
    text = CITATION.ris(date(2026, 12, 1))
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.split("\r\n")[:-1])
    entry = ris(text)
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == SPECIALS
    assert entry["authors"] == ["VESOC-kennisgraaf, redactie"]
    assert entry["urls"] == [CITATION.iri]
    assert entry["date"] == "2026/11/22"
    assert entry["access_date"] == "2026/12/01"


def test_a_title_over_two_lines_ends_no_line_of_ris() -> None:
    broken = Citation(**{**vars(CITATION), "title": Value("one\r\nER  - \ntwo")})
    assert ris(broken.ris())["title"] == "one ER - two"


def test_csl_has_what_an_entry_needs() -> None:
    [entry] = json.loads(CITATION.csl(date(2026, 12, 1)))
    assert set(entry) == CSL_FIELDS
    assert (entry["id"], entry["type"], entry["title"]) == (CITATION.iri, "dataset", SPECIALS)
    assert entry["author"] == [{"literal": "VESOC-kennisgraaf, redactie"}]
    assert entry["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert entry["accessed"] == {"date-parts": [[2026, 12, 1]]}


def test_each_form_is_written() -> None:
    starts = {form.suffix: CITATION.written(form)[:2] for form in (BIBTEX, RIS, CSL_JSON)}
    assert starts == {"bib": "@m", "ris": "TY", "json": "[{"}


@pytest.mark.parametrize(("language", "day"), [("en", "2026, November 22"), ("nl", "2026, 22 november")])
def test_apa_has_the_day_in_the_language(language: str, day: str) -> None:
    assert day_of_reference(CITATION.day, language) == day


READERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda text: bibtex(text).fields["url"]),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda text: ris(text)["urls"][0]),
    "json": ("application/vnd.citationstyles.csl+json", lambda text: json.loads(text)[0]["URL"]),
}


@pytest.mark.parametrize("suffix", READERS)
def test_entry_is_fetched_by_suffix_or_media_type(server: httpx2.Client, suffix: str) -> None:
    media_type, address = READERS[suffix]
    by_suffix = server.get(f"/cite/{THING}.{suffix}")
    by_type = server.get(f"/cite/{THING}", headers={"Accept": media_type.split(";")[0]})
    for answer in (by_suffix, by_type):
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Content-Disposition"] == f'attachment; filename="maatregel-ahad-s01-4a.{suffix}"'
        assert address(answer.text) == IRI


def test_entry_says_when_it_was_fetched_and_its_tag_is_of_that_day(server: httpx2.Client) -> None:
    before = datetime.now(UTC).date()
    answer = server.get(f"/cite/{THING}.bib")
    days = {before.isoformat(), datetime.now(UTC).date().isoformat()}
    assert bibtex(answer.text).fields["urldate"] in days
    again = server.get(f"/cite/{THING}.bib", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code in (304, 200 if len(days) > 1 else 304)


def test_entry_is_in_the_language_asked_for(server: httpx2.Client) -> None:
    titles = {}
    for language in front.LANGUAGES:
        answer = server.get(f"/cite/{THING}.json", headers={"Accept-Language": language})
        assert answer.headers["Content-Language"] == language
        titles[language] = json.loads(answer.text)[0]["title"]
    assert len(set(titles.values())) == 2


@pytest.mark.parametrize("path", ["maatregel/bestaat-niet.bib", 'maatregel/"x"%0d%0aA: b.bib'])
def test_nothing_is_cited_that_is_not_there(server: httpx2.Client, path: str) -> None:
    assert server.get(f"/cite/{path}").status_code == 404


def test_a_form_that_is_not_there_is_refused(server: httpx2.Client) -> None:
    assert server.get(f"/cite/{THING}", headers={"Accept": "image/png"}).status_code == 406


def test_ontology_can_be_cited(server: httpx2.Client) -> None:
    assert json.loads(server.get("/cite/ns.json").text)[0]["URL"] == f"{BASE}ns"


@pytest.mark.parametrize("path", front.largest())
def test_every_kind_of_thing_can_be_cited(server: httpx2.Client, path: str) -> None:
    entry = bibtex(server.get(f"{path.replace('/doc/', '/cite/')}.bib").text)
    assert entry.fields["url"] == BASE + "id/" + path.removeprefix("/doc/")


def page(server: httpx2.Client, path: str, language: str = "en") -> str:
    return server.get(path, headers={**HTML, "Accept-Language": language}).text


def texts(html: str) -> dict[str, str]:
    """The texts of the panels that may be copied, by the heading before them."""
    box = r'<h3>([^<]*)</h3>\s*<div class="copyable"[^>]*>\s*<(?:pre|p)[^>]*>(.*?)</(?:pre|p)>'
    found = re.findall(box, html, re.DOTALL)
    return {name: unescape(re.sub(r"<[^>]*>", "", text)) for name, text in found}


def test_page_shows_how_to_cite_it(server: httpx2.Client) -> None:
    found = texts(page(server, f"/doc/{THING}"))
    assert bibtex(found["BibTeX"]).fields["url"] == IRI
    assert json.loads(found["CSL-JSON"])[0]["id"] == IRI
    assert re.match(r"VESOC-kennisgraaf, redactie\. \(\d{4}, \w+ \d+\)\. .+\. In VESOC knowledge graph", found["APA"])
    assert found["APA"].rstrip().endswith(IRI)


def test_page_is_the_same_on_every_day(server: httpx2.Client) -> None:
    assert "urldate" not in page(server, f"/doc/{THING}")
    assert "accessed" not in page(server, f"/doc/{THING}")


@pytest.mark.parametrize("path", front.ordinary())
def test_query_of_a_page_gives_what_its_document_says(server: httpx2.Client, path: str) -> None:
    found = texts(page(server, path))
    answer = server.get("/sparql", params={"query": found["As SPARQL"]}, headers={"Accept": "application/n-triples"})
    document = server.get(f"{path}.nt")
    asked, said = (rdflib.Graph().parse(data=one.text, format="nt") for one in (answer, document))
    assert len(said) > 0
    assert isomorphic(asked, said)


def test_query_of_a_page_opens_in_the_workbench(server: httpx2.Client) -> None:
    html = page(server, f"/doc/{THING}")
    [link] = re.findall(r'href="(/workbench\?[^"]*)">Open in', html)
    assert parse_qs(urlsplit(unescape(link)).query)["query"] == [texts(html)["As SPARQL"]]


def test_line_for_a_shell_fetches_the_document(server: httpx2.Client) -> None:
    command = shlex.split(texts(page(server, f"/doc/{THING}"))["curl"])
    assert command[0] == "curl"
    done = subprocess.run([*command, "--silent"], capture_output=True, check=True, timeout=30)
    fetched = rdflib.Graph().parse(data=done.stdout.decode(), format="turtle")
    assert (rdflib.URIRef(IRI), None, None) in fetched


def test_program_prints_the_document(server: httpx2.Client, capsys: pytest.CaptureFixture[str]) -> None:
    exec(texts(page(server, f"/doc/{THING}"))["Python"], {})
    assert "ahad-s01-4a" in capsys.readouterr().out


def test_page_names_the_file_that_says_so(server: httpx2.Client) -> None:
    html = page(server, f"/doc/{THING}")
    assert re.search(r"<code>data/ttl/ahad/s01\.ttl:\d+</code>", html)
    assert "vesoc describe mtr:ahad-s01-4a" in texts(html)["On the command line"]


def test_buttons_copy_and_say_so(tab: Open) -> None:
    opened = tab("en")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.goto(f"/doc/{THING}")
    opened.locator("#cite").click()
    box = opened.locator(".copyable").filter(has_text="@misc")
    box.get_by_role("button").click()
    opened.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
    assert bibtex(opened.evaluate("navigator.clipboard.readText()")).fields["url"] == IRI


def test_reference_on_the_page_has_the_day_of_the_reader(tab: Open) -> None:
    opened = tab("en")
    opened.goto(f"/doc/{THING}")
    opened.locator("#cite").click()
    assert re.search(r"Retrieved \w+ \d+, \d{4}, from", opened.locator(".reference").inner_text())


def test_without_scripts_all_is_there_to_select(tab: Open) -> None:
    opened = tab("en", scripts=False)
    opened.goto(f"/doc/{THING}")
    opened.locator("#cite").click()
    assert opened.locator(".copyable button").count() == 0
    assert "@misc" in opened.locator(".copyable").filter(has_text="@misc").inner_text()


def test_paper_has_evidence_and_names_and_no_navigation(tab: Open) -> None:
    opened = tab("en")
    opened.goto("/doc/organisatie/vdab")
    opened.emulate_media(media="print")
    hidden = ("header.site form", "header.site nav", "footer.site nav", ".developer", ".copyable pre", "button")
    assert {what: opened.locator(what).first.is_visible() for what in hidden} == dict.fromkeys(hidden, False)
    folded = opened.locator("details:not([open]) .rows li")
    assert folded.count() > 0
    assert all(one.is_visible() for one in folded.all())
    assert opened.locator("#passages ~ ol li").first.is_visible()
    named = "one => getComputedStyle(one, '::after').content"
    assert BASE in opened.locator("main a[data-iri]").first.evaluate(named)
    assert opened.pdf(format="A4").startswith(b"%PDF")


def held(html: str) -> list[rdflib.Graph]:
    """The entries of schema.org in a page, read without anything from elsewhere."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert not any(mark in text for text in found for mark in "<>&")
    assert all(json.loads(text)["@context"] == {"@vocab": "https://schema.org/"} for text in found)
    return [rdflib.Graph().parse(data=text, format="json-ld") for text in found]


@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")  # RDFLib itself uses them
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "Dataset"),
        ("/ns", "DefinedTermSet"),
        ("/doc/akkoord/ahad", "CreativeWork"),
        ("/doc/organisatie/vdab", "Organization"),
        ("/doc/persoon/hilde-crevits", "Person"),
        ("/doc/conceptscheme/status", "DefinedTermSet"),
        ("/doc/concept/status/beslist", "DefinedTerm"),
        ("/doc/budgetlijn/ahad-05", "MonetaryAmount"),
    ],
)
def test_page_holds_an_entry_of_its_kind(server: httpx2.Client, path: str, kind: str) -> None:
    [entry] = held(page(server, path))
    kinds = {str(found) for found in entry.objects(None, rdflib.RDF.type)}
    assert f"https://schema.org/{kind}" in kinds
    assert "https://schema.org/Legislation" not in kinds
