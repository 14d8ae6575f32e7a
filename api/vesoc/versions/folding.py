"""Descriptions that can be compared: statements by subject and property, with lists and blank nodes as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Triple

from vesoc.names import term

# A node as N-Triples writes it, an RDF list as a tuple, another blank node as the set of its properties and values.
Value = str | tuple[Any, ...] | frozenset[tuple[str, Any]]
Description = Mapping[str, frozenset[Value]]

_FIRST, _REST, _NIL = (term(f"rdf:{name}") for name in ("first", "rest", "nil"))


@dataclass(frozen=True)
class Folded:
    """The descriptions of the IRIs, and those of the blank nodes that nothing points to."""

    named: Mapping[str, Description]
    bare: frozenset[Value]

    def values(self, subject: str, name: str) -> frozenset[Value]:
        """The values of a property, which is given with its prefix."""
        return self.named.get(subject, {}).get(term(name).value, frozenset())

    def descriptions(self) -> Iterator[Description]:
        """All descriptions, those of blank nodes in them too."""
        for said in self.named.values():
            yield said
            yield from (inner for values in said.values() for one in values for inner in _inner(one))
        yield from (inner for one in self.bare for inner in _inner(one))


def fold(triples: Iterable[Triple]) -> Folded:
    """The descriptions in some statements."""
    by_subject: dict[Any, list[Triple]] = defaultdict(list)
    for triple in triples:
        by_subject[triple.subject].append(triple)
    folder = _Folder(by_subject)
    pointed = {triple.object for about in by_subject.values() for triple in about}
    named = {node.value: folder.description(node) for node in by_subject if isinstance(node, NamedNode)}
    bare = {folder.value(node) for node in by_subject if isinstance(node, BlankNode) and node not in pointed}
    return Folded(named, frozenset(bare))


def iri(value: Value) -> str | None:
    """The IRI that a value is; None where it is none."""
    return value[1:-1] if isinstance(value, str) and value.startswith("<") else None


def iris(values: Iterable[Value]) -> set[str]:
    """The IRIs among some values."""
    return {found for value in values if (found := iri(value)) is not None}


def described(value: frozenset[tuple[str, Any]]) -> Description:
    """The description that a blank node as a value is."""
    found: dict[str, set[Value]] = defaultdict(set)
    for name, one in value:
        found[name].add(one)
    return {name: frozenset(values) for name, values in found.items()}


def _inner(value: Value) -> Iterator[Description]:
    if isinstance(value, frozenset):
        yield described(value)
        yield from (inner for _, one in value for inner in _inner(one))
    elif isinstance(value, tuple):
        yield from (inner for one in value for inner in _inner(one))


class _Folder:
    def __init__(self, by_subject: Mapping[Any, list[Triple]]) -> None:
        self._by_subject = by_subject

    def description(self, node: Any) -> Description:
        found: dict[str, set[Value]] = defaultdict(set)
        for triple in self._by_subject.get(node, []):
            found[triple.predicate.value].add(self.value(triple.object))
        return {name: frozenset(values) for name, values in found.items()}

    def value(self, node: Any) -> Value:
        if node == _NIL or (isinstance(node, BlankNode) and self._object(node, _FIRST) is not None):
            return tuple(self._members(node))
        if isinstance(node, BlankNode):
            said = self.description(node)
            return frozenset((name, one) for name, values in said.items() for one in values)
        return str(node)

    def _members(self, node: Any) -> Iterable[Value]:
        while node is not None and node != _NIL:
            yield self.value(self._object(node, _FIRST))
            node = self._object(node, _REST)

    def _object(self, node: Any, name: NamedNode) -> Any:
        return next((one.object for one in self._by_subject.get(node, []) if one.predicate == name), None)
