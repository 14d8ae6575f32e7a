"""What the clients of the long run ask: queries over the generated graph, each with the answer that it must get."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from benchmarks.terms import BASE

TSV = "text/tab-separated-values"
NT = "application/n-triples"
JSON = "application/sparql-results+json"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LOOK_UPS = 40
_ENGINE = {
    TSV: pyoxigraph.QueryResultsFormat.TSV,
    JSON: pyoxigraph.QueryResultsFormat.JSON,
    NT: pyoxigraph.RdfFormat.N_TRIPLES,
}
_PREFIXES = f"""PREFIX : <{BASE}ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """


@dataclass(frozen=True)
class Question:
    """A query, the media type asked for, how often it is asked beside others, and the digest of its answer."""

    name: str
    text: str
    accept: str
    weight: float
    digest: str = ""
    size: int = 0


_KINDS = (
    ("true", "ASK { ?s a :Measure }", JSON, 20),
    ("false", "ASK { ?s a :Nothing }", JSON, 10),
    ("classes", "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class", TSV, 8),
    ("sums", "SELECT ?c (SUM(?a) AS ?n) { ?l :hasBudgetCategory ?c ; :amount ?a } GROUP BY ?c", TSV, 6),
    ("lineage", "SELECT ?m (COUNT(?e) AS ?n) { ?m :continues+ ?e } GROUP BY ?m", TSV, 3),
    ("names", "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(CONTAINS(LCASE(?l), '1')) } ORDER BY ?l ?s", TSV, 6),
    ("ties", "SELECT ?m ?t ?g { ?m a :Measure ; dcterms:title ?t OPTIONAL { ?m :hasTargetGroup ?g } }", TSV, 3),
    (
        "pairs",
        "SELECT (COUNT(*) AS ?n) { ?a :hasTargetGroup ?g . ?b :hasTargetGroup ?g . ?b dcterms:subject ?s }",
        TSV,
        3,
    ),
    ("table", "SELECT * { ?s ?p ?o }", TSV, 2),
    ("graph", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", NT, 3),
    ("reversed", "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(ISIRI(?o)) }", NT, 3),
)


def answered(path: Path) -> list[Question]:
    """All questions, with their answers from the engine itself."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return [_answered(store, question) for question in (*_fixed(), *_look_ups(store))]


def digest(body: bytes) -> str:
    """The same for the same lines in whatever order."""
    return hashlib.sha256(b"\n".join(sorted(body.splitlines()))).hexdigest()


def _fixed() -> list[Question]:
    return [Question(name, _PREFIXES + text, accept, weight) for name, text, accept, weight in _KINDS]


def _look_ups(store: pyoxigraph.Store) -> list[Question]:
    kind = pyoxigraph.NamedNode(f"{BASE}ns#Measure")
    named = sorted(str(quad.subject) for quad in store.quads_for_pattern(None, None, kind))
    step = max(len(named) // LOOK_UPS, 1)
    return [Question("look-up", f"SELECT ?p ?o {{ {iri} ?p ?o }}", TSV, 1.0) for iri in named[::step]]


def _answered(store: pyoxigraph.Store, question: Question) -> Question:
    body: bytes = store.query(question.text).serialize(format=_ENGINE[question.accept])  # type: ignore[assignment, arg-type]
    return Question(question.name, question.text, question.accept, question.weight, digest(body), len(body))
