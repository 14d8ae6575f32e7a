"""What the graph says of one thing, and the bytes of it in an RDF format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from vesoc.formats import N_QUADS, TRIG, Format
from vesoc.names import PREFIXES, prefixes

INCOMING_LIMIT = 50
_OUTLINE = (("rdf", "type"), ("rdfs", "label"), ("skos", "prefLabel"), ("dcterms", "title"), ("foaf", "name"))
_DEFAULT = DefaultGraph()


@dataclass(frozen=True)
class Incoming:
    """Who points to a thing by one property: the first subjects in order, and how many there are."""

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
    wanted = {NamedNode(PREFIXES[prefix] + local) for prefix, local in _OUTLINE}
    return [triple for thing in things for triple in _about(store, thing) if triple.predicate in wanted]


def outgoing(store: Store, iri: str) -> list[Triple]:
    """What is said of the thing and of the parts of its own document (its IRI and a fragment)."""
    triples = _about(store, NamedNode(iri))
    parts = {t.object for t in triples if isinstance(t.object, NamedNode) and t.object.value.startswith(f"{iri}#")}
    for part in parts:
        triples += _about(store, part)
    return sorted(triples, key=str)


def incoming(store: Store, iri: str) -> list[Incoming]:
    """Who points to the thing, grouped by property, its own parts left out."""
    groups: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in {quad.triple for quad in store.quads_for_pattern(None, None, NamedNode(iri), None)}:
        if isinstance(triple.subject, NamedNode):
            groups[triple.predicate].append(triple.subject)
    return [
        Incoming(predicate, sorted(subjects, key=str)[:INCOMING_LIMIT], len(subjects))
        for predicate, subjects in sorted(groups.items(), key=lambda group: str(group[0]))
    ]


def listed(store: Store, prefix: str) -> list[NamedNode]:
    """The things whose IRI is `prefix` and one more segment."""
    subjects = {quad.subject for quad in store}
    return sorted((s for s in subjects if isinstance(s, NamedNode) and _is_child(s.value, prefix)), key=str)


def kinds(store: Store, base: str) -> set[str]:
    """The first segments of the paths of all things."""
    own = f"{base}id/"
    iris = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
    return {iri.removeprefix(own).split("/")[0] for iri in iris if iri.startswith(own)}


def write(store: Store, triples: list[Triple], form: Format, base: str) -> bytes:
    """The triples in `form`, with the named graph of each where the format has graphs."""
    statements = _in_graphs(store, triples) if form in (N_QUADS, TRIG) else triples
    assert isinstance(form.engine, RdfFormat)
    return serialize(statements, format=form.engine, prefixes=_used(triples, base)) or b""


def graph(store: Store, iri: str) -> list[Triple]:
    """The triples of one named graph, sorted."""
    return sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))), key=str)


def _about(store: Store, subject: NamedNode) -> list[Triple]:
    return list({quad.triple for quad in store.quads_for_pattern(subject, None, None, None)})


def _is_child(iri: str, prefix: str) -> bool:
    rest = iri.removeprefix(prefix)
    return rest != iri and bool(rest) and "/" not in rest and "#" not in rest


def _in_graphs(store: Store, triples: Iterable[Triple]) -> list[Quad]:
    quads = []
    for triple in triples:
        found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        named = [quad for quad in found if quad.graph_name != _DEFAULT]
        quads += named or [Quad(triple.subject, triple.predicate, triple.object)]
    return sorted(quads, key=str)


def _used(triples: Iterable[Triple], base: str) -> dict[str, str]:
    text = "\n".join(map(str, triples))
    return {prefix: iri for prefix, iri in prefixes(base).items() if f"<{iri}" in text}
