"""Data of other people that uses our terms as it likes: pages without what they cannot show, and no failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from conftest import running

from vesoc.names import BASE, prefixes

HTML = {"accept": "text/html"}
THINGS = {
    "plain": "a ex:C ; ex:p 'x'^^xsd:integer , '1E99999999'^^xsd:decimal , 'no day'^^xsd:date , 'NaN'^^xsd:decimal",
    "marked": "a ex:C ; vesoc:hasEvidence 'text' , [] , <javascript:alert(1)> , <{BASE}id/x/passage>",
    "passage": "a vesoc:Evidence ; oa:hasSource 'text' ; oa:hasSelector [ oa:start 'x' ] ; vesoc:sectionPath []",
    "script": "a ex:C ; skos:prefLabel '</script><script>alert(1)</script>'",
    "weird%20name": "a ex:C ; skos:prefLabel 'w'",
    "q?y=1": "a ex:C",
    "maatregel": "a vesoc:Measure ; dcterms:isPartOf 'text' ; vesoc:makesChange 'x' , [] ; vesoc:hasTargetGroup []",
    "akkoord": "a vesoc:Agreement ; vesoc:agreedDuring 'x' , [] ; dcterms:date 'x'",
    "deel": "a vesoc:AgreementPart ; dcterms:isPartOf <{BASE}id/x/deel> , []",
    "lijn": "a vesoc:BudgetLine ; vesoc:amount 'much' ; vesoc:funds 'x' ; dcterms:isPartOf <{BASE}id/x/akkoord>",
    "groep": "a vesoc:TargetGroup ; skos:broader [] , 'x' , <{BASE}id/x/groep>",
    "handtekening": "a vesoc:Signature ; vesoc:signs <{BASE}id/x/akkoord>",
    "functie": "a org:Membership ; org:member 'x' ; org:organization [] ; org:memberDuring [ dcat:startDate 'x' ]",
    "periode": "a dcterms:PeriodOfTime ; dcat:startDate 'x' , []",
    "concept": "a skos:Concept ; skos:inScheme [] , 'x' ; skos:exactMatch 'x'",
    "weg": "owl:deprecated true ; dcterms:isReplacedBy 'x' , [] ; dcterms:modified []",
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    file: Path = tmp_path_factory.mktemp("given") / "given.ttl"
    known = {**prefixes(BASE), "ex": "http://example.org/"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())
    dataset = f"<{BASE}id/dataset/vesoc> dcterms:modified 'x' ; dcat:version '1' ; dcterms:publisher [] .\n"
    blocks = "".join(f"<{BASE}id/x/{name}> {said.replace('{BASE}', BASE)} .\n" for name, said in THINGS.items())
    file.write_text(head + dataset + blocks, encoding="utf-8")
    with running("--no-validate", "--data", str(file)) as client:
        yield client


@pytest.mark.parametrize("name", [name for name in THINGS if name != "weg"])
def test_every_thing_has_its_page_and_documents(given: httpx2.Client, name: str) -> None:
    path = f"/doc/x/{quote(name, safe='%')}"
    shown = given.get(path, headers=HTML)
    assert shown.status_code == 200
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', shown.text))
    assert "<script>alert" not in shown.text
    for query in ("?_mediatype=ttl", "?_profile=schema", "?_profile=labelled", "?inverse=1&_mediatype=nt"):
        assert given.get(f"{path}{query}").status_code == 200


def test_withdrawn_thing_and_one_without_a_citation(given: httpx2.Client) -> None:
    assert given.get("/doc/x/weg", headers=HTML).status_code == 410
    assert given.get("/cite/x/plain.bib").status_code == 404


def test_engine_stays(given: httpx2.Client) -> None:
    asked = given.get("/doc/x/plain.ttl", headers={"cache-control": "no-cache"})
    assert asked.status_code == given.get("/health/ready").status_code == 200


def test_question_mark_in_a_name_is_no_query(given: httpx2.Client) -> None:
    answer = given.get("/resource", params={"uri": f"{BASE}id/x/q?y=1"})
    assert answer.headers["location"] == "/doc/x/q%3Fy=1"
    assert given.get(answer.headers["location"], headers=HTML).status_code == 200
