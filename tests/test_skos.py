"""The concept schemes as a thesaurus: none of the quality issues that qSKOS names, each proven to be found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from pyoxigraph import DefaultGraph, Quad, Store

from vesoc.checks.skos import culprits
from vesoc.checks.thesaurus import ISSUES, UNUSED, USED, Issue
from vesoc.dataset import Dataset
from vesoc.names import BASE, PREFIXES
from vesoc.tables import rows


@dataclass(frozen=True)
class Fault:
    """A fault to plant, and the culprits to be found then."""

    update: str
    planted: str = "thema:loopbaan"


FAULTS = {
    "language-tag": Fault(
        'INSERT DATA { thema:loopbaan skos:altLabel "carrière" }',
    ),
    "language-coverage": Fault(
        "DELETE { ?c skos:prefLabel ?l } WHERE { VALUES ?c { thema:loopbaan } ?c skos:prefLabel ?l "
        'FILTER(LANG(?l) = "en") }',
    ),
    "undocumented-concept": Fault(
        "DELETE WHERE { thema:loopbaan skos:definition ?text }",
    ),
    "overlapping-labels": Fault(
        'INSERT DATA { thema:loopbaan skos:altLabel "Werkbaar werk"@nl }',
    ),
    "missing-label": Fault(
        "DELETE WHERE { cs:thema skos:prefLabel ?label }",
        "cs:thema",
    ),
    "untidy-label": Fault(
        'INSERT DATA { thema:loopbaan skos:altLabel "carrière\\u0007"@nl }',
    ),
    "orphan-concept": Fault(
        "DELETE WHERE { thema:loopbaan skos:topConceptOf ?scheme }",
    ),
    "disconnected-cluster": Fault(
        "DELETE { ?c skos:topConceptOf ?s } INSERT { thema:loopbaan skos:related thema:inclusie } "
        "WHERE { VALUES ?c { thema:loopbaan thema:inclusie } ?c skos:topConceptOf ?s }",
    ),
    "cyclic-hierarchy": Fault(
        "INSERT DATA { thema:loopbaan skos:broader thema:inclusie . thema:inclusie skos:broader thema:loopbaan }",
    ),
    "hierarchical-redundancy": Fault(
        "INSERT DATA { thema:loopbaan skos:broader thema:inclusie , thema:activering . thema:inclusie "
        "skos:broader thema:activering }",
    ),
    "valueless-relation": Fault(
        "INSERT DATA { thema:loopbaan skos:broader thema:activering ; skos:related thema:inclusie . "
        "thema:inclusie skos:broader thema:activering }",
    ),
    "solely-transitive": Fault(
        "INSERT DATA { thema:loopbaan skos:broaderTransitive thema:activering }",
    ),
    "no-top-concept": Fault(
        "DELETE WHERE { ?concept skos:topConceptOf cs:thema }",
        "cs:thema",
    ),
    "top-with-broader": Fault(
        "INSERT DATA { thema:loopbaan skos:broader thema:activering }",
    ),
    "no-in-link": Fault(
        "DELETE WHERE { ?measure dcterms:subject thema:loopbaan }",
    ),
    "no-out-link": Fault(
        "DELETE WHERE { ins:actielijst-arbeidsbeperking-2030 vesoc:hasEvidence ?passage }",
        "ins:actielijst-arbeidsbeperking-2030",
    ),
    "broken-link": Fault(
        "INSERT DATA { thema:loopbaan skos:related thema:weg ; vesoc:weg 1 . thema:ooit skos:notation 1 }",
        "thema:weg vesoc:weg thema:ooit",
    ),
    "broken-link-to-others": Fault(
        "INSERT DATA { thema:loopbaan skos:closeMatch eurovoc:loopbaan }",
    ),
    "undefined-skos-term": Fault(
        "INSERT DATA { thema:loopbaan skos:subject thema:activering }",
        "skos:subject",
    ),
    "relation-clash": Fault(
        "INSERT DATA { thema:loopbaan skos:broader thema:activering ; skos:related thema:activering }",
    ),
    "mapping-clash": Fault(
        "INSERT DATA { thema:loopbaan skos:exactMatch eurovoc:1 ; skos:broadMatch eurovoc:1 }",
    ),
    "mapping-misuse": Fault(
        "INSERT DATA { thema:loopbaan skos:closeMatch thema:activering }",
    ),
    "mapped-together": Fault(
        "INSERT DATA { thema:loopbaan skos:exactMatch eurovoc:1 . thema:inclusie skos:exactMatch eurovoc:1 }",
    ),
    "two-preferred-labels": Fault(
        'INSERT DATA { thema:loopbaan skos:prefLabel "carrière"@nl }',
    ),
    "label-of-two-kinds": Fault(
        "INSERT { thema:loopbaan skos:altLabel ?label } WHERE { thema:loopbaan skos:prefLabel ?label }",
    ),
    "ambiguous-notation": Fault(
        'INSERT DATA { instrumentsoort:opleiding skos:notation "1" . thema:loopbaan skos:notation "L" , "C" }',
        "instrumentsoort:opleiding instrumentsoort:dienstverlening thema:loopbaan",
    ),
    "scheme-is-concept": Fault("INSERT DATA { cs:thema a skos:Concept }", "cs:thema"),
}
issue = pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.code)


def found(store: Store, issue: Issue) -> set[str | None]:
    return {finding.thing for finding in culprits(store, BASE, issue)}


@cache
def expand(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def with_fault(store: Store, fault: str) -> Store:
    """A copy of the default graph with a fault."""
    copy = Store()
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())
    copy.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    copy.update(fault, prefixes=PREFIXES)
    return copy


def test_each_issue_has_its_fault() -> None:
    assert set(FAULTS) == {issue.code for issue in ISSUES}


@issue
def test_schemes_are_free_of(graph: Dataset, issue: Issue) -> None:
    assert found(graph.store, issue) == set()


@issue
def test_fault_is_found(graph: Dataset, issue: Issue) -> None:
    fault = FAULTS[issue.code]
    planted = {expand(name) for name in fault.planted.split()}
    assert planted <= found(with_fault(graph.store, fault.update), issue)


def test_unused_codes_are_codes_that_nothing_uses(graph: Dataset) -> None:
    codes = {row["code"] for row in rows(graph.store, BASE, "SELECT ?code { ?code a skos:Concept }")}
    used = {row["used"] for row in rows(graph.store, BASE, USED)}
    print(f"{len(UNUSED)} of {len(codes)} concepts are used by nothing")
    assert {expand(name) for name in UNUSED} <= codes - used


def test_each_scheme_is_used(graph: Dataset) -> None:
    query = """SELECT ?scheme { ?scheme a skos:ConceptScheme FILTER NOT EXISTS {
    ?code skos:inScheme ?scheme . ?thing ?use ?code FILTER(!STRSTARTS(STR(?use), STR(skos:))) } }"""
    assert rows(graph.store, BASE, query) == []


def test_there_are_concepts_to_look_at(graph: Dataset) -> None:
    [row] = rows(graph.store, BASE, "SELECT (COUNT(?concept) AS ?count) { ?concept a skos:Concept }")
    assert int(row["count"]) > 400
