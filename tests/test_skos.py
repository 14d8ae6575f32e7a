"""The concept schemes as a thesaurus: none of the quality issues that qSKOS names, each proven to be found.

Three issues are read with our lists in mind. A code list is flat on purpose, so a concept at the top of its scheme is
no orphan. It is made for this graph, so that concepts lead on, to a mapping or a passage, is asked only of the schemes
that name what the texts speak of. And it may be complete beyond what the texts happen to need, so a code that nothing
uses stands in a list below, with the reason why it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from pyoxigraph import DefaultGraph, Quad, Store

from vesoc.dataset import Dataset
from vesoc.names import BASE, PREFIXES
from vesoc.tables import rows

NAMED_BY_TEXTS = "cs:doelgroep, cs:indicator, cs:instrument"
UNUSED = {
    "actie:stopzetten": "the counterpart of introducing",
    "eenheid:cheque": "a unit that a quantity may have; none in the graph has",
    "eenheid:euro": "what a changed amount is counted in; budget lines are in euro by definition",
    "eenheid:maand": "completes the units of time",
    "instrumentsoort:vervroegde-uittreding": "completes the categories of the European LMP database",
    "kenmerk:aantal-uren": "what a change may alter; no change in the graph does",
    "kenmerk:bedrag": "what a change may alter; no change in the graph does",
    "kenmerk:looptijd": "what a change may alter; no change in the graph does",
    "kenmerk:scholingsniveau": "what a criterion may test; no criterion in the graph does",
    "organisatiesoort:redactie": "the kind of the editors of the graph",
    "vergelijking:gelijk": "completes the comparisons",
}
SKOS_TERMS = (
    "skos:Collection, skos:Concept, skos:ConceptScheme, skos:OrderedCollection, skos:altLabel, skos:broadMatch, "
    "skos:broader, skos:broaderTransitive, skos:changeNote, skos:closeMatch, skos:definition, skos:editorialNote, "
    "skos:exactMatch, skos:example, skos:hasTopConcept, skos:hiddenLabel, skos:historyNote, skos:inScheme, "
    "skos:mappingRelation, skos:member, skos:memberList, skos:narrowMatch, skos:narrower, skos:narrowerTransitive, "
    "skos:notation, skos:note, skos:prefLabel, skos:related, skos:relatedMatch, skos:scopeNote, "
    "skos:semanticRelation, skos:topConceptOf"
)

LABELS = "skos:prefLabel|skos:altLabel|skos:hiddenLabel"
TEXTS = f"{LABELS}|skos:definition|skos:scopeNote"
UP = "(skos:broader|^skos:narrower)"
TIES = "skos:broader|^skos:broader|skos:narrower|^skos:narrower|skos:related|^skos:related"
TOP = "(skos:topConceptOf|^skos:hasTopConcept)"
ALIKE = "(skos:exactMatch|^skos:exactMatch)"
USED = "SELECT DISTINCT ?used { ?used a skos:Concept . ?thing ?use ?used FILTER(!STRSTARTS(STR(?use), STR(skos:))) }"
MAPPINGS = "skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"


@dataclass(frozen=True)
class Issue:
    """What makes a thing a `?culprit`, a fault to plant, and the culprits to be found then."""

    name: str
    pattern: str
    fault: str
    planted: str = "thema:loopbaan"


ISSUES = (
    Issue(
        "omitted or invalid language tags",
        f"""?culprit a ?class ; {TEXTS} ?text . FILTER(?class IN (skos:Concept, skos:ConceptScheme))
        FILTER(LANG(?text) NOT IN ("nl", "en"))""",
        'INSERT DATA { thema:loopbaan skos:altLabel "carrière" }',
    ),
    Issue(
        "incomplete language coverage",
        """?culprit a ?class . FILTER(?class IN (skos:Concept, skos:ConceptScheme)) ?culprit ?said ?any
        VALUES ?said { skos:prefLabel skos:definition skos:scopeNote } VALUES ?language { "nl" "en" }
        FILTER NOT EXISTS { ?culprit ?said ?text FILTER(LANG(?text) = ?language) }""",
        "DELETE { ?c skos:prefLabel ?l } WHERE { VALUES ?c { thema:loopbaan } ?c skos:prefLabel ?l "
        'FILTER(LANG(?l) = "en") }',
    ),
    Issue(
        "undocumented concepts",
        "?culprit a skos:Concept . FILTER NOT EXISTS { ?culprit skos:definition ?text }",
        "DELETE WHERE { thema:loopbaan skos:definition ?text }",
    ),
    Issue(
        "overlapping labels",
        f"""?culprit skos:inScheme ?scheme ; {LABELS} ?one . ?other skos:inScheme ?scheme ; {LABELS} ?two .
        FILTER(?culprit != ?other && LANG(?one) = LANG(?two) && LCASE(STR(?one)) = LCASE(STR(?two)))""",
        'INSERT DATA { thema:loopbaan skos:altLabel "Werkbaar werk"@nl }',
    ),
    Issue(
        "missing labels",
        """?culprit a ?class . FILTER(?class IN (skos:Concept, skos:ConceptScheme))
        FILTER NOT EXISTS { ?culprit skos:prefLabel ?label }""",
        "DELETE WHERE { cs:thema skos:prefLabel ?label }",
        "cs:thema",
    ),
    Issue(
        "empty, untrimmed or unprintable labels",
        f'?culprit {LABELS} ?label . FILTER(REGEX(STR(?label), "^\\\\s|\\\\s$|^$|[\\\\p{{C}}]"))',
        'INSERT DATA { thema:loopbaan skos:altLabel "carrière\\u0007"@nl }',
    ),
    Issue(
        "orphan concepts",
        f"""?culprit a skos:Concept . FILTER NOT EXISTS {{ ?culprit {TOP} ?scheme }}
        FILTER NOT EXISTS {{ ?culprit {TIES} ?concept }}""",
        "DELETE WHERE { thema:loopbaan skos:topConceptOf ?scheme }",
    ),
    Issue(
        "disconnected clusters",
        f"""?culprit a skos:Concept . FILTER NOT EXISTS {{ ?culprit ({TIES})*/{TOP} ?scheme }}""",
        "DELETE { ?c skos:topConceptOf ?s } INSERT { thema:loopbaan skos:related thema:inclusie } "
        "WHERE { VALUES ?c { thema:loopbaan thema:inclusie } ?c skos:topConceptOf ?s }",
    ),
    Issue(
        "cyclic hierarchical relations",
        f"?culprit a skos:Concept ; {UP}+ ?culprit .",
        "INSERT DATA { thema:loopbaan skos:broader thema:inclusie . thema:inclusie skos:broader thema:loopbaan }",
    ),
    Issue(
        "hierarchical redundancy",
        f"?culprit {UP} ?broader . ?culprit {UP}/{UP}+ ?broader .",
        "INSERT DATA { thema:loopbaan skos:broader thema:inclusie , thema:activering . "
        "thema:inclusie skos:broader thema:activering }",
    ),
    Issue(
        "valueless associative relations",
        f"?culprit skos:related|^skos:related ?other ; {UP} ?parent . ?other {UP} ?parent .",
        "INSERT DATA { thema:loopbaan skos:broader thema:activering ; skos:related thema:inclusie . "
        "thema:inclusie skos:broader thema:activering }",
    ),
    Issue(
        "solely transitively related",
        f"""?culprit skos:broaderTransitive|^skos:narrowerTransitive ?other .
        FILTER NOT EXISTS {{ ?culprit {UP}+ ?other }}""",
        "INSERT DATA { thema:loopbaan skos:broaderTransitive thema:activering }",
    ),
    Issue(
        "omitted top concepts",
        f"""?culprit a skos:ConceptScheme . FILTER NOT EXISTS {{ ?concept {TOP} ?culprit }}""",
        "DELETE WHERE { ?concept skos:topConceptOf cs:thema }",
        "cs:thema",
    ),
    Issue(
        "top concepts with broader",
        f"?culprit {TOP} ?scheme ; {UP} ?broader .",
        "INSERT DATA { thema:loopbaan skos:broader thema:activering }",
    ),
    Issue(
        "missing in-links",
        f"""?culprit a skos:Concept . FILTER(?culprit NOT IN ({", ".join(UNUSED)}))
        MINUS {{ {{ {USED} }} ?used {UP}* ?culprit }}""",
        "DELETE WHERE { ?measure dcterms:subject thema:loopbaan }",
    ),
    Issue(
        "missing out-links",
        f"""?culprit skos:inScheme ?scheme . FILTER(?scheme IN ({NAMED_BY_TEXTS}))
        FILTER NOT EXISTS {{ ?culprit vesoc:hasEvidence/oa:hasSource ?document }}
        FILTER NOT EXISTS {{ ?culprit {MAPPINGS} ?elsewhere }}""",
        "DELETE WHERE { ins:actielijst-arbeidsbeperking-2030 vesoc:hasEvidence ?passage }",
        "ins:actielijst-arbeidsbeperking-2030",
    ),
    Issue(
        "broken links of our own",
        """{ ?thing ?property ?culprit . FILTER(?property NOT IN (owl:versionIRI, void:vocabulary)) }
        UNION { ?culprit ?property ?thing } UNION { ?thing ?culprit ?value }
        FILTER(ISIRI(?culprit) && STRSTARTS(STR(?culprit), STR(<>)))
        FILTER NOT EXISTS { ?culprit a ?class }""",
        "INSERT DATA { thema:loopbaan skos:related thema:weg ; vesoc:weg 1 . thema:ooit skos:notation 1 }",
        "thema:weg vesoc:weg thema:ooit",
    ),
    Issue(
        "broken links to others",
        f"""?concept {MAPPINGS}|rdfs:seeAlso ?culprit . ?concept a skos:Concept .
        FILTER(!ISIRI(?culprit) || !REGEX(STR(?culprit), "^http://(eurovoc.europa.eu/\\\\d+|qudt.org/vocab/unit/\\\\w+)$"))""",
        "INSERT DATA { thema:loopbaan skos:closeMatch eurovoc:loopbaan }",
        "eurovoc:loopbaan",
    ),
    Issue(
        "undefined SKOS terms",
        f"""{{ ?thing ?culprit ?value }} UNION {{ ?thing ?property ?culprit }} FILTER(ISIRI(?culprit))
        FILTER(STRSTARTS(STR(?culprit), STR(skos:)) && ?culprit NOT IN (skos:, {SKOS_TERMS}))""",
        "INSERT DATA { thema:loopbaan skos:subject thema:activering }",
        "skos:subject",
    ),
    Issue(
        "relation clashes",
        f"?culprit skos:related|^skos:related ?other . ?culprit {UP}+ ?other .",
        "INSERT DATA { thema:loopbaan skos:broader thema:activering ; skos:related thema:activering }",
    ),
    Issue(
        "mapping clashes",
        f"""?culprit {ALIKE}+ ?other .
        ?culprit skos:broadMatch|^skos:broadMatch|skos:narrowMatch|^skos:narrowMatch|skos:relatedMatch ?other .""",
        "INSERT DATA { thema:loopbaan skos:exactMatch eurovoc:1 ; skos:broadMatch eurovoc:1 }",
    ),
    Issue(
        "mapping misuse: no concept, or of the same scheme",
        f"""?culprit {MAPPINGS} ?other .
        OPTIONAL {{ ?culprit skos:inScheme ?scheme }} OPTIONAL {{ ?other skos:inScheme ?same }}
        FILTER(!BOUND(?scheme) || (BOUND(?same) && ?same = ?scheme))""",
        "INSERT DATA { thema:loopbaan skos:closeMatch thema:activering }",
    ),
    Issue(
        "mapping misuse: two concepts of a scheme are the same elsewhere",
        f"""?culprit skos:inScheme ?scheme ; {ALIKE}+ ?other . ?other skos:inScheme ?scheme .
        FILTER(?culprit != ?other)""",
        "INSERT DATA { thema:loopbaan skos:exactMatch eurovoc:1 . thema:inclusie skos:exactMatch eurovoc:1 }",
    ),
    Issue(
        "inconsistent preferred labels",
        "?culprit skos:prefLabel ?one , ?two . FILTER(LANG(?one) = LANG(?two) && STR(?one) != STR(?two))",
        'INSERT DATA { thema:loopbaan skos:prefLabel "carrière"@nl }',
    ),
    Issue(
        "disjoint label violation",
        """?culprit ?one ?label ; ?two ?label . VALUES (?one ?two) {
          (skos:prefLabel skos:altLabel) (skos:prefLabel skos:hiddenLabel) (skos:altLabel skos:hiddenLabel)
        }""",
        "INSERT { thema:loopbaan skos:altLabel ?label } WHERE { thema:loopbaan skos:prefLabel ?label }",
    ),
    Issue(
        "ambiguous notation",
        """?culprit skos:inScheme ?scheme ; skos:notation ?one . ?other skos:inScheme ?scheme ; skos:notation ?two .
        FILTER((?culprit = ?other && ?one != ?two) || (?culprit != ?other && ?one = ?two))""",
        'INSERT DATA { instrumentsoort:opleiding skos:notation "1" . thema:loopbaan skos:notation "L" , "C" }',
        "instrumentsoort:opleiding instrumentsoort:dienstverlening thema:loopbaan",
    ),
)
issue = pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.name.replace(" ", "-"))


def culprits(store: Store, issue: Issue) -> set[str]:
    found = rows(store, BASE, f"BASE <{BASE}> SELECT DISTINCT ?culprit {{ {issue.pattern} }}")
    return {row["culprit"] for row in found}


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


@issue
def test_schemes_are_free_of(graph: Dataset, issue: Issue) -> None:
    assert sorted(culprits(graph.store, issue)) == []


@issue
def test_fault_is_found(graph: Dataset, issue: Issue) -> None:
    before, after = culprits(graph.store, issue), culprits(with_fault(graph.store, issue.fault), issue)
    assert {expand(name) for name in issue.planted.split()} <= after - before


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
