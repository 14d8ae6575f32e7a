"""The graph as it is damaged: what a thing says, what points to it, of which classes and schemes it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from pyoxigraph import NamedNode, Quad, Triple

from vesoc import names
from vesoc.names import BASE

Term = Any  # a node of pyoxigraph: quoted triples, which its types allow everywhere, do not occur
Place = tuple[Term, NamedNode]  # a subject and a property
_NONE: tuple[Term, ...] = ()


term = cache(names.term)  # it is asked for the same few names a million times


TYPE, IN_SCHEME = term("rdf:type"), term("skos:inScheme")


def own(node: Term) -> bool:
    """Whether it is a thing of ours: an IRI below our base."""
    return isinstance(node, NamedNode) and node.value.startswith(BASE)


def local(node: Term) -> str:
    """The end of an IRI, after its last `#` or `/`."""
    return str(node.value).replace("#", "/").rpartition("/")[2]


class World:
    """Triples by their subject and by their object. No damage changes it."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = list(quads)
        self.triples = list(dict.fromkeys(quad.triple for quad in self.quads))
        self._said: dict[Place, list[Term]] = defaultdict(list)
        self._into: dict[Term, list[Place]] = defaultdict(list)
        self._about: dict[Term, list[NamedNode]] = defaultdict(list)
        self._classes: dict[Term, frozenset[Term]] = {}
        for triple in self.triples:
            self._said[triple.subject, triple.predicate].append(triple.object)
            self._into[triple.object].append((triple.subject, triple.predicate))
            self._about[triple.subject].append(triple.predicate)

    def values(self, subject: Term, name: NamedNode | str) -> tuple[Term, ...]:
        """The objects that a subject has for a property, which may be given as a prefixed name."""
        predicate = term(name) if isinstance(name, str) else name
        return tuple(self._said.get((subject, predicate), _NONE))

    def has(self, triple: Triple) -> bool:
        """Whether the graph says so."""
        return triple.object in self.values(triple.subject, triple.predicate)

    def into(self, node: Term) -> list[Place]:
        """The subjects that point to a node, each with its property."""
        return self._into.get(node, [])

    def users(self, node: Term, *predicates: str) -> list[Term]:
        """The subjects that point to a node by one of some properties."""
        wanted = {term(name) for name in predicates}
        return [subject for subject, predicate in self.into(node) if predicate in wanted]

    def properties(self, subject: Term) -> list[NamedNode]:
        """The properties that a subject has."""
        return self._about.get(subject, [])

    def is_a(self, node: Term, *classes: str) -> bool:
        """Whether a node is of one of some classes."""
        return any(term(name) in self.values(node, TYPE) for name in classes)

    def classes(self, node: Term) -> frozenset[Term]:
        """The classes of a node with those above them, as SHACL counts them."""
        if node not in self._classes:
            self._classes[node] = self.with_those_above(self.values(node, TYPE))
        return self._classes[node]

    def with_those_above(self, classes: Iterable[Term]) -> frozenset[Term]:
        """Classes with those that they are subclasses of."""
        found = set(classes)
        return frozenset(found.union(*(self.up(kind, "rdfs:subClassOf") for kind in found)))

    def up(self, node: Term, predicate: str) -> Iterator[Term]:
        """What a property leads to, step after step, without the node itself."""
        seen, ahead = {node}, list(self.values(node, predicate))
        while ahead:
            found = ahead.pop()
            if found not in seen:
                seen.add(found)
                ahead.extend(self.values(found, predicate))
                yield found

    def agreement(self, node: Term) -> Term | None:
        """The agreement that a thing is part of; an agreement is its own."""
        return next(
            (found for found in (node, *self.up(node, "dcterms:isPartOf")) if self.is_a(found, "vesoc:Agreement")), None
        )

    @cached_property
    def things(self) -> list[NamedNode]:
        """Our own things, sorted."""
        found = {triple.subject for triple in self.triples if own(triple.subject) and triple.predicate == TYPE}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    @cached_property
    def declared(self) -> dict[str, list[NamedNode]]:
        """The properties that the ontology declares, by their kind."""
        kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        return {kind: sorted(self._declared(kind), key=lambda node: node.value) for kind in kinds}

    def _declared(self, kind: str) -> list[NamedNode]:
        return [
            subject for subject, at in self.into(term(f"owl:{kind}")) if at == TYPE and isinstance(subject, NamedNode)
        ]
