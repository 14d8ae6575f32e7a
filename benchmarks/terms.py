"""Terms and triples as text in N-Triples, with the prefixes of the graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

BASE = "https://w3id.org/vesoc-kg/"

_PREFIXES = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "vesoc": f"{BASE}ns#",
}

Pairs = list[tuple[str, str]]
Thing = list[str]


@cache
def iri(name: str) -> str:
    """A term of a vocabulary."""
    prefix, _, local = name.partition(":")
    return f"<{_PREFIXES[prefix]}{local}>"


def named(path: str) -> str:
    """A thing of ours."""
    return f"<{BASE}id/{path}>"


def code(scheme: str, value: str) -> str:
    """A coded value: a concept of a scheme."""
    return named(f"concept/{scheme}/{value}")


def thing(subject: str, kind: str, pairs: Iterable[tuple[str, str]]) -> Thing:
    """One subject as lines, its type first."""
    lines = [f"{subject} {iri(prop)} {value} .\n" for prop, value in pairs]
    return [f"{subject} {iri('a')} {iri(kind)} .\n", *lines]


def texts(prop: str, dutch: str, english: str) -> Pairs:
    """The same in Dutch and English."""
    return [(prop, f'"{dutch}"@nl'), (prop, f'"{english}"@en')]


def typed(value: object, datatype: str) -> str:
    """A literal; values come in their canonical form."""
    return f'"{value}"^^{iri(f"xsd:{datatype}")}'
