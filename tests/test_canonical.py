"""Every Turtle file stands in its canonical form, and that form keeps the graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from vesoc.canonical import canonical
from vesoc.names import BASE, PREFIXES, prefixes

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for top in ("ontology", "data", "shapes") for path in (ROOT / top).rglob("*.ttl"))

UNTIDY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix mine: <https://w3id.org/vesoc-kg/ns#> .
@prefix other: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
mine:b mine:amount 7500.00 ; mine:order 007 ; mine:printedAs "a"^^xsd:string , "b: c" , \"\"\"d
e \"\"\" .
mine:a a owl:Class ; owl:unionOf ( mine:b [ a owl:Class ; owl:complementOf mine:c ] ) ;
  mine:hasEvidence _:shared , [ mine:isAbout mine:a ] , [ mine:isAbout mine:b ] .
mine:c mine:hasEvidence _:shared ; mine:amount 0.5 ; other:p other:o .
_:shared mine:isAbout _:loop .
_:loop mine:isAbout _:shared .
"""


def engine(text: str) -> Graph:
    """The document after a load into the engine and a dump from it."""
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    lines = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return Graph().parse(data=lines, format="nt")


def test_there_are_files() -> None:
    assert len(FILES) >= 19


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_canonical(path: Path) -> None:
    text = path.read_text()
    assert canonical(text) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_engine_gives_the_file_back(path: Path) -> None:
    assert isomorphic(Graph().parse(path), engine(path.read_text()))


def test_second_pass_changes_nothing() -> None:
    assert canonical(canonical(UNTIDY)) == canonical(UNTIDY)


def test_graph_stays_the_same() -> None:
    assert isomorphic(engine(UNTIDY), engine(canonical(UNTIDY)))
    assert isomorphic(Graph().parse(data=canonical(UNTIDY)), engine(UNTIDY))


def test_order_of_writing_does_not_matter() -> None:
    lines = engine(UNTIDY).serialize(format="nt").splitlines()
    assert canonical("\n".join(reversed(lines))) == canonical(UNTIDY)


def test_subjects_stand_in_alphabetical_order() -> None:
    links = "vesoc:b vesoc:p vesoc:c . vesoc:c vesoc:p 1 . vesoc:a vesoc:p vesoc:b , vesoc:c ."
    text = canonical(f"PREFIX vesoc: <{PREFIXES['vesoc']}> {links}")
    assert [line for line in text.splitlines() if line.startswith("vesoc:")] == [
        "vesoc:a",
        "vesoc:b",
        "vesoc:c",
    ]


def test_only_used_prefixes_are_kept() -> None:
    text = canonical(UNTIDY)
    used = {line.split()[1] for line in text.splitlines() if line.startswith("PREFIX")}
    assert used == {"owl:", "rdf:", "vesoc:", "xsd:"}
    assert "<http://example.org/p> <http://example.org/o>" in text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7500.0", '"7500"^^xsd:decimal'),
        ("10000000.00", '"10000000"^^xsd:decimal'),
        ("1.50", "1.5"),
        ("-.5", "-0.5"),
        ("007", "7"),
    ],
)
def test_numbers_take_the_form_that_the_engine_keeps(written: str, kept: str) -> None:
    vesoc = PREFIXES["vesoc"]
    assert f"vesoc:p {kept} ;" in canonical(f"<{vesoc}a> <{vesoc}p> {written} .")


def test_prefixes_follow_the_base() -> None:
    elsewhere = prefixes("https://example.org/x/")
    assert prefixes(BASE) == PREFIXES
    assert elsewhere["vesoc"] == "https://example.org/x/ns#"
    assert elsewhere["actie"] == "https://example.org/x/id/concept/actie/"
    assert elsewhere["skos"] == PREFIXES["skos"]


def test_each_namespace_has_one_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
