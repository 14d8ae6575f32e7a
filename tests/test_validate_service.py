"""A document of somebody else, validated by the server: ways to hand it in, forms of the report, bounds."""

from __future__ import annotations

import gzip
import re
import shutil
import time
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx2
import pyoxigraph
import pytest
from conftest import ROOT, running
from pyoxigraph import RdfFormat

from vesoc import checked, submission
from vesoc.checks import run
from vesoc.checks.bounds import bounded
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.outcome import Outcome
from vesoc.errors import Problem
from vesoc.names import BASE
from vesoc.reports import json
from vesoc.shapes import Shapes, ShapesError

PREFIXES = """@prefix orgn: <https://w3id.org/vesoc-kg/id/organisatie/> .
@prefix mtr: <https://w3id.org/vesoc-kg/id/maatregel/> .
@prefix vesoc: <https://w3id.org/vesoc-kg/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
WRONG = f"""{PREFIXES}
mtr:ahad-6-p7a vesoc:hasPartner orgn:vdab ;
    vesoc:hasParner orgn:vdab .
"""
RIGHT = f"{PREFIXES}mtr:ahad-6-p7a vesoc:hasPartner orgn:vdab .\n"
BROKEN = f"{PREFIXES}\nmtr:x a .\n"
SH = "http://www.w3.org/ns/shacl#"
ELSEWHERE = ("iab", "inim", "partena", "securex", "verbanden.ttl", "s[0-9]*.ttl")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Our graph without most of the agreements: what the documents point to is there."""
    folder = tmp_path_factory.mktemp("root")
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*ELSEWHERE))
    return str(folder)


@pytest.fixture(scope="module")
def checker(root: str) -> Iterator[httpx2.Client]:
    with running("--no-validate", "--root", root, VESOC_BODY_LIMIT="200000", VESOC_QUERY_TIMEOUT="58") as client:
        yield client


QUICK = "?step=syntax"  # where it is the way of a document or a report that counts


def report(client: httpx2.Client, body: str | bytes, asked: str = "", **fields: str) -> httpx2.Response:
    headers = {"Content-Type": "text/turtle", "Accept": "application/json"}
    return client.post(f"/validate{asked}", content=body, headers=headers | fields)


def places(answer: httpx2.Response) -> set[tuple[str, int, int]]:
    assert answer.status_code == 200, answer.text
    found = (finding["place"] for finding in answer.json()["findings"] if finding["place"])
    return {(place["file"], place["line"], place["column"]) for place in found}


def test_wrong_document_is_told_with_its_place(checker: httpx2.Client) -> None:
    answer = report(checker, WRONG, "?step=vocabulary")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert not answer.json()["conforms"]
    assert {place[1] for place in places(answer)} == {8}


def test_right_document_may_point_into_the_graph(checker: httpx2.Client) -> None:
    told = report(checker, RIGHT).json()
    assert told["conforms"], told["findings"]
    assert {step["name"] for step in told["steps"] if step["looked_at"]} >= {"syntax", "vocabulary", "shacl"}


def test_what_is_no_rdf_is_a_finding(checker: httpx2.Client) -> None:
    told = report(checker, BROKEN).json()
    (finding,) = told["findings"]
    assert (finding["step"], finding["place"]["line"]) == ("syntax", 7)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_report_as_rdf(checker: httpx2.Client, accept: str, kind: str) -> None:
    answer = report(checker, BROKEN, QUICK, Accept=accept)
    assert answer.headers["content-type"] == kind
    store = pyoxigraph.Store()
    store.load(answer.content, format=RdfFormat.from_media_type(accept))
    assert bool(store.query(f"ASK {{ ?r a <{SH}ValidationReport> ; <{SH}conforms> false ; <{SH}result> ?one }}"))


def test_report_as_text_sarif_and_junit(checker: httpx2.Client) -> None:
    text = report(checker, BROKEN, QUICK, Accept="text/plain", **{"Accept-Language": "en"}).text
    assert "document.ttl:7:" in text
    assert "does not conform" in text
    sarif = report(checker, BROKEN, QUICK, Accept="application/sarif+json").json()
    assert (sarif["version"], len(sarif["runs"][0]["results"])) == ("2.1.0", 1)
    junit = report(checker, BROKEN, f".junit{QUICK}", Accept="*/*")
    assert junit.headers["content-type"] == "application/xml"
    assert ElementTree.fromstring(junit.text).findall(".//failure")


def test_suffix_and_parameter_choose_the_form(checker: httpx2.Client) -> None:
    found = [report(checker, RIGHT, asked) for asked in (f".sarif{QUICK}", f"{QUICK}&_mediatype=sarif")]
    assert {answer.headers["content-type"] for answer in found} == {"application/sarif+json"}
    refused = [report(checker, RIGHT, f"{asked}{QUICK}", Accept="image/png") for asked in ("", ".pdf")]
    assert [answer.status_code for answer in refused] == [406, 406]


def test_steps_are_chosen(checker: httpx2.Client) -> None:
    ran = [step["name"] for step in report(checker, WRONG, QUICK).json()["steps"]]
    refused = report(checker, WRONG, "?step=guess")
    assert ran == ["syntax"]
    assert (refused.status_code, "there is no step guess" in refused.json()["detail"]) == (400, True)


@pytest.mark.parametrize("form", [RdfFormat.JSON_LD, RdfFormat.RDF_XML, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS])
def test_other_syntaxes(checker: httpx2.Client, form: RdfFormat) -> None:
    triples = [quad.triple for quad in pyoxigraph.parse(WRONG.encode(), format=RdfFormat.TURTLE)]
    body = pyoxigraph.serialize(triples, format=form) or b""
    answer = report(checker, body, "?step=vocabulary", **{"Content-Type": form.media_type})
    assert [finding["rule"] for finding in answer.json()["findings"]] == ["unknown-term"]
    assert [name.partition(".")[0] for name, *_ in places(answer)] == ["document"]


def test_form_without_scripts(checker: httpx2.Client) -> None:
    shown = checker.get("/validate", headers={"Accept-Language": "nl"})
    assert shown.status_code == 200
    assert 'enctype="multipart/form-data"' in shown.text
    assert "Bestand nakijken" in shown.text
    assert "Check a file" in checker.get("/validate?lang=en").text


def test_page_with_the_report_on_a_text(checker: httpx2.Client) -> None:
    page = {"Accept": "text/html", "Accept-Language": "en"}
    told = checker.post("/validate?step=vocabulary", data={"document": f"{WRONG}# <b>", "syntax": "ttl"}, headers=page)
    assert told.status_code == 200
    assert "line 8, column" in told.text
    assert "vesoc:hasParner orgn:vdab ." in told.text
    assert "# &lt;b&gt;" in told.text
    assert "<b>" not in told.text
    assert "keeps the rules" in checker.post(f"/validate{QUICK}&lang=en", data={"document": RIGHT}, headers=page).text


def test_upload_of_a_file(checker: httpx2.Client) -> None:
    files = {"file": ("C:\\mine\\my plan.ttl", WRONG.replace("\n", "\r\n").encode())}
    answer = checker.post("/validate?step=vocabulary", data={"document": "", "syntax": "jsonld"}, files=files)
    assert {place[:2] for place in places(answer)} == {("my plan.ttl", 8)}
    unnamed = {"file": ("plan", RIGHT.encode())}
    assert checker.post(f"/validate{QUICK}", data={"syntax": "ttl"}, files=unnamed).json()["conforms"]


def test_packed_body(checker: httpx2.Client) -> None:
    assert report(checker, gzip.compress(RIGHT.encode()), QUICK, **{"Content-Encoding": "gzip"}).json()["conforms"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 200_001, "text/turtle", 413),
        (b"\xff", "text/turtle", 400),
        (b"x", "image/png", 415),
        (b"x", "", 415),
        (b"document=&syntax=ttl", "application/x-www-form-urlencoded", 400),
        (b"document=x&syntax=doc", "application/x-www-form-urlencoded", 400),
        (b"nothing", "multipart/form-data; boundary=x", 400),
        (b"nothing", "multipart/form-data", 400),
    ],
)
def test_what_does_not_fit(checker: httpx2.Client, body: bytes, kind: str, status: int) -> None:
    answer = checker.post("/validate", content=body, headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def part(head: str, content: str = "<a:> <a:> <a:> .") -> bytes:
    return f"--x\r\n{head}\r\n\r\n{content}\r\n".encode()


FORM = "multipart/form-data; boundary=x"
FILE = 'Content-Disposition: form-data; name="file"; filename="{}"'


@pytest.mark.parametrize(
    "data",
    [
        part("a: b") * 11 + b"--x--",
        part("a: b" * 600) + b"--x--",
        part("Content-Disposition: form-data" + ';a="b"' * 20_000) + b"--x--",
        b"".join(b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" for _ in range(1200)),
        b"--x\r\n\r\n" * 200_000,
        b"",
    ],
    ids=["parts", "head", "parameters", "nested", "boundaries", "nothing"],
)
def test_form_that_is_no_plain_one_is_refused_at_once(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Problem) as refused:
        submission.given(data, FORM)
    assert refused.value.status == 400
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("head", "name", "syntax"),
    [
        (FILE.format("plan.TTL"), "plan.TTL", "ttl"),
        (FILE.format("a;b: één.nt"), "a;b: één.nt", "nt"),
        (f'Content-Type: text/x; name="no"; filename=no.nq\r\n{FILE.format("x.rdf")}', "x.rdf", "rdf"),
        (f'{FILE.format("x.rdf")}\r\nContent-Type: text/x; name="no"; filename=no.nq', "x.rdf", "rdf"),
        ("content-disposition:form-data;NAME=file;filename=y.trig", "y.trig", "trig"),
        (FILE.format("C:\\mine\\\x1b[31mz.nq"), "[31mz.nq", "nq"),
        (FILE.format("folder/"), "document", "ttl"),
    ],
)
def test_file_of_a_form(head: str, name: str, syntax: str) -> None:
    found = submission.given(
        part(head, "one\r\n--y\r\n\r\ntwo") + part('Content-Disposition: form-data; name="other"', "z") + b"--x--", FORM
    )
    assert (found.name, found.syntax.suffix, found.text) == (name, syntax, "one\r\n--y\r\n\r\ntwo")


def test_form_with_too_many_fields_is_refused() -> None:
    with pytest.raises(Problem, match="more than"):
        submission.given(b"a=1&" * 2000, "application/x-www-form-urlencoded")


def test_entities_are_not_expanded() -> None:
    text = '<!DOCTYPE r [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><r/>'
    with pytest.raises(Problem, match="entities"):
        submission.given(text.encode(), "application/rdf+xml")
    with pytest.raises(Problem, match="entities"):
        submission.given(part(FILE.format("x.rdf"), text) + b"--x--", FORM)
    assert submission.given(b"<a:> <a:> '<!ENTITY' .", "text/turtle").text


def test_report_is_bounded() -> None:
    text = {"en": "é" * 5000}
    long = Finding("s", "r", "Warning", text, thing="http://e/" + "x" * 5000, value='"' + "x" * 5000, label=text)
    found = bounded(Outcome((long,) * 1500))
    assert len(found.findings) == 1001
    assert found.findings[-1].message("en") == "There are 500 more findings, which are not told here."
    assert len(json.write(found, "en")) < 1001 * 5000
    assert bounded(Outcome((long,) * 3), characters=6000) == Outcome((long,) * 3)


def test_lines_end_where_parsers_end_them(checker: httpx2.Client) -> None:
    text = "<a:a> <a:b> 'one\u2028\u0085\x0ctwo' .\r\n<a:a> <http://www.w3.org/2004/02/skos/core#foo> 1 . # here\n"
    page = {"Accept": "text/html", "Accept-Language": "en"}
    told = checker.post("/validate?step=vocabulary", data={"document": text, "syntax": "ttl"}, headers=page).text
    assert "line 2, column" in told
    assert re.search(r"<code>[^<]*# here", told)


def test_rules_that_cannot_be_run_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ShapesError("it compares a text with a number")

    monkeypatch.setattr(run, "check", fail)
    material = Material((), BASE, Shapes(ROOT / "shapes"))
    with pytest.raises(Problem, match="compares") as refused:
        checked._outcome(material, [])
    assert refused.value.status == 400


def test_long_validation_is_stopped_and_the_server_answers_on(root: str) -> None:
    with running("--no-validate", "--root", root, VESOC_QUERY_TIMEOUT="0.5") as client:
        started = time.monotonic()
        many = "".join(f"mtr:x-{number} a vesoc:Measure .\n" for number in range(20_000))
        answer = report(client, PREFIXES + many)
        assert answer.status_code == 503
        assert time.monotonic() - started < 20
        assert client.get("/health/live").status_code == 200


def test_server_with_the_data_of_others_has_no_shapes(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("data") / "other.ttl"
    path.write_text("<http://example.org/a> <http://example.org/b> 1 .")
    with running("--data", str(path)) as client:
        assert report(client, RIGHT).status_code == 404
