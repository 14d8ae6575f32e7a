"""The choice of a list as a query in SPARQL, for those who go on from there."""

from __future__ import annotations

import re

from vesoc.names import prefixes
from vesoc.search.facets import ACTOR, FACETS, ROLE, Facet
from vesoc.search.question import Question

_NAMED = "skos:prefLabel|rdfs:label|dcterms:title|foaf:name|vesoc:printedAs"
_VARIABLE = re.compile(r"\?(?!thing\b)(\w+)")
_PREFIX = re.compile(r"\b([a-z]+):[A-Za-z]")


def inquiry(question: Question, base: str, language: str) -> str:
    """A query that finds what the facets of the question leave; it knows nothing of the question's text."""
    lines = [f"  {{ {part} }}" for part in _parts(question, base)]
    body = "\n".join(
        [
            "SELECT DISTINCT ?thing ?title WHERE {",
            *(lines or ["  ?thing a ?kind ."]),
            "  FILTER NOT EXISTS { ?thing owl:deprecated true }",
            f'  OPTIONAL {{ ?thing {_NAMED} ?title FILTER(LANG(?title) IN ("{language}", "")) }}',
            "}",
            "ORDER BY ?thing",
        ]
    )
    return f"{_declared(body, base)}\n{body}\n"


def _parts(question: Question, base: str) -> list[str]:
    """A pattern for each facet that was chosen from; an actor and a role together are one."""
    chosen = {facet.name: question.values(facet.name) for facet in FACETS if question.values(facet.name)}
    parts = []
    if ACTOR.name in chosen and ROLE.name in chosen:
        values = [_values(facet, chosen.pop(facet.name), base, f"?{facet.name}") for facet in (ROLE, ACTOR)]
        parts = [f"?thing ?role ?actor . {' '.join(values)}"]
    for facet in FACETS:
        if facet.name in chosen:
            pattern = _VARIABLE.sub(rf"?{facet.name}_\1", facet.pattern)
            parts.append(f"{pattern} {_values(facet, chosen[facet.name], base, f'?{facet.name}_value')}")
    return parts


def _values(facet: Facet, values: tuple[str, ...], base: str, variable: str) -> str:
    return f"VALUES {variable} {{ {' '.join(facet.term(value, base) for value in values)} }}"


def _declared(body: str, base: str) -> str:
    used = set(_PREFIX.findall(re.sub("<[^>]*>", "", body)))
    return "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes(base).items() if name in used)
