"""What the graph says of one thing."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from vesoc.names import term

SHOWN = 25  # who points to a thing by one property, on one page
LISTED = 100  # things on one page of a list
_PARTS = 1000  # parts of a thing that its document follows
POINTING = 1000  # triples that lead to a thing, in one document
_TYPE = term("rdf:type")
_KINDS = """SELECT DISTINCT ?kind {
  { SELECT DISTINCT ?thing { { ?thing ?p ?o } UNION { GRAPH ?g { ?thing ?p ?o } } } }
  FILTER(ISIRI(?thing) && STRSTARTS(STR(?thing), "$own"))
  BIND(STRBEFORE(CONCAT(STRAFTER(STR(?thing), "$own"), "/"), "/") AS ?kind)
}"""
_OUTLINE = ("rdf:type", "rdfs:label", "skos:prefLabel", "dcterms:title", "foaf:name")


@dataclass(frozen=True)
class Incoming:
    """Who points to a thing by one property: the subjects on one page, in order, and how many there are on all."""

    predicate: NamedNode
    subjects: list[NamedNode]
    total: int


def known(store: Store, iri: str) -> bool:
    """Whether the graph says anything of the thing."""
    subject = named_node(iri)
    return subject is not None and next(store.quads_for_pattern(subject, None, None, None), None) is not None


def named_node(iri: str) -> NamedNode | None:
    """The node with that IRI; None where the text is no IRI."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def outlines(store: Store, things: list[NamedNode]) -> list[Triple]:
    """Types and names of the things."""
    wanted = set(map(term, _OUTLINE))
    return [triple for thing in things for triple in _about(store, thing) if triple.predicate in wanted]


def outgoing(store: Store, iri: str) -> list[Triple]:
    """What is said of the thing and of its parts: what has its IRI and a fragment, and what has no name."""
    triples: list[Triple] = []
    waiting: list[NamedNode | BlankNode] = [NamedNode(iri)]
    seen = set(waiting)
    while waiting and len(seen) < _PARTS:
        found = _about(store, waiting.pop())
        parts = {triple.object for triple in found if _is_part(triple.object, iri)} - seen
        triples, waiting, seen = triples + found, waiting + list(parts), seen | parts
    return sorted(triples, key=str)


def incoming(store: Store, iri: str, by: str | None = None, page: int = 1, size: int = SHOWN) -> list[Incoming]:
    """Who points to the thing, grouped by property, `size` of each on a page; by one property where `by` names it."""
    groups: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in pointing(store, iri, by):
        if isinstance(triple.subject, NamedNode):
            groups[triple.predicate].append(triple.subject)
    start = (page - 1) * size
    return [
        Incoming(predicate, sorted(subjects, key=str)[start : start + size], len(subjects))
        for predicate, subjects in sorted(groups.items(), key=lambda group: str(group[0]))
    ]


def pointing(store: Store, iri: str, by: str | None = None) -> list[Triple]:
    """The triples whose object is the thing, those of one property where `by` names it."""
    quads = store.quads_for_pattern(None, NamedNode(by) if by else None, NamedNode(iri), None)
    return list({quad.triple for quad in quads})


def mentioned(store: Store, iri: str) -> bool:
    """Whether the graph says anything of the thing or points to it."""
    return known(store, iri) or any(True for _ in store.quads_for_pattern(None, None, named_node(iri), None))


def pages(total: int, size: int) -> int:
    """How many pages there are; an empty list has one too."""
    return max(1, -(-total // size))


def listed(store: Store, prefix: str) -> list[NamedNode]:
    """The things whose IRI is `prefix` and one more segment; else those with several more.

    Those that have a class, for a name that was withdrawn has none; all of them where no data has classes.
    """
    below = _below(store, prefix, _TYPE) or _below(store, prefix, None)
    children = [node for node in below if _is_child(node.value, prefix)]
    return sorted(children or [node for node in below if "#" not in node.value], key=str)


def _below(store: Store, prefix: str, predicate: NamedNode | None) -> list[NamedNode]:
    subjects = {quad.subject for quad in store.quads_for_pattern(None, predicate, None, None)}
    return [s for s in subjects if isinstance(s, NamedNode) and s.value.startswith(prefix) and s.value != prefix]


def table(store: Store, things: list[NamedNode]) -> bytes:
    """IRI, labels in nl and en, and classes of the things as CSV (RFC 4180)."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(("iri", "label_nl", "label_en", "type"))
    for thing in things:
        said = outlines(store, [thing])
        types = sorted(t.object.value for t in said if t.predicate == _TYPE and isinstance(t.object, NamedNode))
        rows.writerow((thing.value, _label(said, "nl"), _label(said, "en"), " ".join(types)))
    return text.getvalue().encode()


def kinds(store: Store, base: str) -> set[str]:
    """The first segments of the paths of all things."""
    found: Any = store.query(_KINDS.replace("$own", f"{base}id/"))
    return {row["kind"].value for row in found}


def mentions(triples: Iterable[Triple]) -> list[NamedNode]:
    """Every IRI that stands in the triples, in order."""
    terms = {term for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    return sorted((term for term in terms if isinstance(term, NamedNode)), key=str)


def graph(store: Store, iri: str) -> list[Triple]:
    """The triples of one named graph, sorted."""
    return sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))), key=str)


def _is_part(node: object, iri: str) -> TypeGuard[NamedNode | BlankNode]:
    return isinstance(node, BlankNode) or (isinstance(node, NamedNode) and node.value.startswith(f"{iri}#"))


def _about(store: Store, subject: NamedNode | BlankNode) -> list[Triple]:
    return list({quad.triple for quad in store.quads_for_pattern(subject, None, None, None)})


def _label(said: list[Triple], language: str) -> str:
    """The label in a language; where there is none the one without a language."""
    labels = [t.object for t in sorted(said, key=str) if isinstance(t.object, Literal)]
    found = next((label.value for label in labels if label.language == language), None)
    return found or next((label.value for label in labels if label.language is None), "")


def _is_child(iri: str, prefix: str) -> bool:
    rest = iri.removeprefix(prefix)
    return rest != iri and bool(rest) and "/" not in rest and "#" not in rest
