"""The queries that users send, and the ones that never end: each as a text that can be made distinct."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import time_ns
from urllib.parse import quote

JSON = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.5"

_FOLDER = Path(__file__).parent / "queries"
# Serial numbers go on from run to run, so that a server that outlives a run has not seen them.
_SERIALS = count(time_ns())


@dataclass(frozen=True)
class Query:
    """AGREEMENT in the text stands for the number of an agreement."""

    name: str
    text: str

    @property
    def short(self) -> str:
        """The number alone, as in q01."""
        return self.name.split("-")[0]

    @property
    def accept(self) -> str:
        """Triples for CONSTRUCT and DESCRIBE, JSON for the rest."""
        return TRIPLES if {"CONSTRUCT", "DESCRIBE"} & set(self.text.split()) else JSON

    @property
    def template(self) -> str:
        """With AGREEMENT and SERIAL left open: a comment, since no server may answer it from a cache."""
        return f"{self.text}# SERIAL\n"

    def fixed(self) -> str:
        """Always the same text."""
        return self.text.replace("AGREEMENT", "2")

    def distinct(self, agreements: int) -> str:
        """A text that was never sent before."""
        serial = next(_SERIALS)
        return self.template.replace("SERIAL", str(serial)).replace("AGREEMENT", str(serial % agreements + 1))


def queries(*names: str) -> list[Query]:
    """All of the mix, or those whose number is named."""
    found = [Query(path.stem, path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.rq"))]
    return [query for query in found if not names or query.short in names]


def all_but_the_dump() -> list[Query]:
    """q08 sends everything, and would hide the others in a sum."""
    return [query for query in queries() if query.short != "q08"]


def light() -> list[Query]:
    """Those that look at a small part of the data."""
    return queries("q01", "q04", "q07", "q09", "q11", "q12")


def aggregates() -> list[Query]:
    """Those that count or add over all of the data and send little."""
    return queries("q03", "q05", "q06", "q10")


def ask() -> list[Query]:
    """The cheapest question."""
    return queries("q12")


def target(path: str, text: str) -> str:
    """What follows GET: the query in the address, since every peer reads it there."""
    return f"{path}{'&' if '?' in path else '?'}query={quote(text, safe='')}"


def runaways() -> dict[str, str]:
    """Queries that would run for hours, fill the memory or break a parser, each in its own way."""
    return {
        **burning(),
        "unions": "SELECT (COUNT(*) AS ?n) {" + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f }"] * 3000) + "}",
        "doubling": f'SELECT (STRLEN(?s60) AS ?n) {{ BIND("0123456789" AS ?s0) {_doublings(60)} }}',
        "parentheses": f"ASK {{ FILTER({'(' * 6000}true{')' * 6000}) }}",
        "groups": f"ASK {'{' * 6000}{'}' * 6000}",
        "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    }


def burning() -> dict[str, str]:
    """Those whose memory grows slowly if at all, so that twenty of them fit into a machine for a while."""
    values = " ".join(f"VALUES ?v{number} {{ {' '.join(map(str, range(40)))} }}" for number in range(8))
    return {
        "join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "values": f"SELECT (COUNT(*) AS ?n) {{ {values} }}",
        "negation": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?a ?x ?d . ?c ?y ?f } }",
        "order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a",
        "group": "SELECT ?c (GROUP_CONCAT(STR(?f)) AS ?all) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c",
        "churn": f"SELECT (MAX(STRLEN(?s20)) AS ?n) {{ ?a ?b ?c BIND(STR(?a) AS ?s0) {_doublings(20)} }}",
        "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^<x:b>)+ ?b . ?c ?d ?e }",
    }


def _doublings(times: int) -> str:
    return " ".join(f"BIND(CONCAT(?s{step}, ?s{step}) AS ?s{step + 1})" for step in range(times))
