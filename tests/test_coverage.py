"""What covers an item: the strongest of the statements whose passages reach into it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command import vesoc
from pyoxigraph import RdfFormat, Store

from vesoc.coverage import Coverage, Covered, Kind, cover
from vesoc.items import Section
from vesoc.names import BASE, PREFIXES
from vesoc.texts import Text

CONTENT = "Kansen\n● Er komt raad.\n● Het gaat slecht.\n"
RAAD, SLECHT = (7, 23), (24, 42)
SECTIONS = (Section("tekst", "[tekst]", 0, 0), Section("tekst-1", "Kansen", 0, 6))
STATEMENTS = (
    "Goal",
    "Quantity",
    "BudgetLine",
    "BudgetTotal",
    "Signature",
    "EligibilityCriterion",
    "InstrumentChange",
    "Claim",
)


def turtle(*statements: str) -> str:
    return "\n".join([*(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), *statements])


def passage(name: str, span: tuple[int, int], holder: str, kind: str, more: str = "") -> str:
    """A thing of a class, and the passage of the source that it hangs on."""
    return f"""{holder} a {kind} ; vesoc:hasEvidence vind:{name} .
vind:{name} oa:hasSource bron:tekst ; vesoc:sectionPath "Kansen" ; oa:hasSelector <urn:x:{name}> {more} .
<urn:x:{name}> oa:start {span[0]} ; oa:end {span[1]} ."""


def reason(kind: str, text: str) -> str:
    return f'; dcterms:type passagesoort:{kind} ; dcterms:description "{text}"@nl , "in English"@en'


def covered(*statements: str) -> Coverage:
    store = Store()
    label = 'passagesoort:toestand skos:prefLabel "toestand"@nl , "situation"@en .'
    store.load(turtle(label, *statements).encode(), format=RdfFormat.TURTLE)
    return cover(store, BASE, Text(f"{BASE}id/bron/tekst", CONTENT, SECTIONS))


def first(*statements: str) -> Covered:
    return covered(*statements).items[0]


def test_item_with_a_measure() -> None:
    item = first(passage("a", RAAD, "mtr:raad", "vesoc:Measure"))
    assert (item.kind, item.measures) == (Kind.MEASURE, (f"{BASE}id/maatregel/raad",))


@pytest.mark.parametrize("name", STATEMENTS)
def test_item_with_another_statement(name: str) -> None:
    assert first(passage("a", RAAD, "<urn:x:it>", f"vesoc:{name}")).kind is Kind.STATEMENT


def test_item_with_a_part_only_tells_why() -> None:
    item = first(passage("a", RAAD, "deel:tekst-1", "vesoc:AgreementPart", reason("toestand", "Schetst iets.")))
    assert (item.kind, item.reasons) == (Kind.PART, ("toestand: Schetst iets.",))


@pytest.mark.parametrize("kind", ["skos:Concept", "vesoc:Instrument", "org:Organization", "foaf:Person"])
def test_item_in_which_a_thing_is_only_named_is_not_covered(kind: str) -> None:
    assert first(passage("a", RAAD, "<urn:x:it>", kind)).kind is Kind.NONE


def test_item_without_a_passage_is_not_covered() -> None:
    found = covered(passage("a", RAAD, "mtr:raad", "vesoc:Measure"))
    assert [item.kind for item in found.items] == [Kind.MEASURE, Kind.NONE]
    assert (found.count(Kind.MEASURE), found.count(Kind.NONE), found.count(Kind.PART)) == (1, 1, 0)
    assert [item.item.code for item in found.of(Kind.NONE)] == ["tekst-1-2"]


def test_strongest_kind_wins() -> None:
    part = passage("c", RAAD, "deel:tekst-1", "vesoc:AgreementPart", reason("toestand", "Schetst iets."))
    goal = passage("b", RAAD, "doel:raad", "vesoc:Goal")
    assert first(part, goal).kind is Kind.STATEMENT
    assert first(part, goal, passage("a", RAAD, "mtr:raad", "vesoc:Measure")).kind is Kind.MEASURE


def test_several_measures_of_an_item_are_all_told() -> None:
    two = (passage(name, (9, 12), f"mtr:{name}", "vesoc:Measure") for name in ("b", "a"))
    assert first(*two).measures == (f"{BASE}id/maatregel/a", f"{BASE}id/maatregel/b")


def test_measure_with_two_passages_in_an_item_is_one() -> None:
    two = (passage(name, span, "mtr:raad", "vesoc:Measure") for name, span in (("a", (7, 12)), ("b", (13, 23))))
    assert len(first(*two).measures) == 1


@pytest.mark.parametrize("span", [(0, 6), (5, 7), (23, 24), (24, 42)])
def test_passage_beside_an_item_does_not_cover_it(span: tuple[int, int]) -> None:
    assert first(passage("a", span, "mtr:raad", "vesoc:Measure")).kind is Kind.NONE


def test_passage_of_another_text_does_not_count() -> None:
    elsewhere = passage("a", RAAD, "mtr:raad", "vesoc:Measure").replace("bron:tekst", "bron:andere")
    assert first(elsewhere).kind is Kind.NONE


def write_root(folder: Path, *statements: str) -> Path:
    """A checkout with a tiny graph of the text, and the text beside it."""
    digest = hashlib.sha256(CONTENT.encode()).hexdigest()
    source = f'bron:tekst a vesoc:SourceDocument ; vesoc:sha256 "{digest}" ; vesoc:isTextOf akk:tekst .'
    heading = passage("tekst-1", (0, 6), "deel:tekst-1", "vesoc:AgreementPart", "; dcterms:type passagesoort:kop")
    files = {"ontology/vesoc.ttl": "", "ontology/alignments.ttl": "", "data/ttl/tekst.ttl": turtle(source, heading)}
    files["data/ttl/meer.ttl"] = turtle(*statements)
    files["texts/tekst.txt"] = CONTENT
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return vesoc("coverage", "--root", folder, "--sources", folder / "texts", *options)


def test_command_fails_where_an_item_is_not_covered(tmp_path: Path) -> None:
    done = run(write_root(tmp_path, passage("a", RAAD, "mtr:raad", "vesoc:Measure")))
    assert done.returncode == 1
    assert "not covered: tekst-1-2" in done.stdout


def test_command_lists_what_carries_no_promise(tmp_path: Path) -> None:
    part = passage("b", SLECHT, "deel:tekst-1", "vesoc:AgreementPart", reason("toestand", "Schetst iets."))
    done = run(write_root(tmp_path, passage("a", RAAD, "mtr:raad", "vesoc:Measure"), part), "--part-only")
    assert done.returncode == 0
    assert "tekst-1-2: Schetst iets." in done.stdout


def test_command_tells_the_same_as_json(tmp_path: Path) -> None:
    [text] = json.loads(run(write_root(tmp_path, passage("a", RAAD, "mtr:raad", "vesoc:Measure")), "--json").stdout)
    assert text["text"] == "tekst"
    assert text["counts"] == {"measure": 1, "other statement": 0, "part only": 0, "not covered": 1}
    assert [item["item"] for item in text["items"]] == ["tekst-1-1", "tekst-1-2"]
    assert text["items"][0]["measures"] == [f"{BASE}id/maatregel/raad"]


def test_headings_of_the_table_are_whole(tmp_path: Path) -> None:
    done = run(write_root(tmp_path, passage("a", RAAD, "mtr:raad", "vesoc:Measure")))
    assert "…" not in done.stdout
    assert all(kind.value in done.stdout for kind in Kind)


def test_every_item_of_the_agreements_is_covered(sources: Path) -> None:
    done = vesoc("coverage", "--sources", sources)
    rows = [line.split() for line in done.stdout.splitlines()]
    shares = {row[0]: row for row in rows if row and row[0] in ("iab", "ahad")}
    assert done.returncode == 0, done.stdout
    assert all("100.0%" in shares[text] for text in ("iab", "ahad"))


@pytest.fixture(scope="module")
def agreements(sources: Path) -> list[dict[str, Any]]:
    """The coverage of the real texts as JSON."""
    return list(json.loads(vesoc("coverage", "--sources", sources, "--json").stdout))


def test_json_of_the_agreements_says_the_same(agreements: list[dict[str, Any]]) -> None:
    texts = {text["text"]: text for text in agreements}
    for slug in ("iab", "ahad"):
        kinds = [item["kind"] for item in texts[slug]["items"]]
        assert len(kinds) > 40
        assert {kind: kinds.count(kind) for kind in texts[slug]["counts"]} == texts[slug]["counts"]
        assert "not covered" not in kinds


def test_every_part_only_item_has_a_reason(agreements: list[dict[str, Any]]) -> None:
    only = [item for text in agreements for item in text["items"] if item["kind"] == Kind.PART]
    assert [item["item"] for item in only if not item["reasons"]] == []
