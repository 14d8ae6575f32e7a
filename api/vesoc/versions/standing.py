"""How names stand in an edition: in use, deprecated, or withdrawn and leading elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from vesoc.names import short, term
from vesoc.versions.edition import Edition
from vesoc.versions.weight import Difference, kind

_TYPE, _DEPRECATED, _REPLACED = (term(name) for name in ("rdf:type", "owl:deprecated", "dcterms:isReplacedBy"))


@dataclass(frozen=True)
class Standing:
    """The IRIs of ours that have a class, those that are deprecated, and where those without a class lead."""

    described: frozenset[str]
    deprecated: frozenset[str]
    tombstones: Mapping[str, frozenset[str]]

    @property
    def answered(self) -> frozenset[str]:
        """The IRIs that people get an answer for: a description, or where it went."""
        return self.described | self.tombstones.keys()


def standing(edition: Edition) -> Standing:
    """How the names of an edition stand."""
    described, deprecated, replaced = set(), set(), defaultdict(set)
    for triple in edition.ontology | edition.data:
        if not isinstance(triple.subject, NamedNode) or not triple.subject.value.startswith(edition.base):
            continue
        name, value = triple.subject.value, triple.object
        if triple.predicate == _TYPE:
            described.add(name)
        elif triple.predicate == _DEPRECATED and isinstance(value, Literal) and value.value in ("true", "1"):
            deprecated.add(name)
        elif triple.predicate == _REPLACED and isinstance(value, NamedNode):
            replaced[name].add(value.value)
    tombstones = {name: frozenset(replaced.get(name, ())) for name in deprecated - described}
    return Standing(frozenset(described), frozenset(deprecated), tombstones)


def renames(old: Standing, new: Standing) -> dict[str, str]:
    """The IRIs that were in use and now lead to one replacement, with that replacement."""
    led = {name: next(iter(to)) for name, to in new.tombstones.items() if len(to) == 1 and name in old.described}
    return {name: to for name, to in led.items() if to in new.described}


def differences(old: Standing, new: Standing, terms: str) -> Iterator[Difference]:
    """What became of the names of the old edition; `terms` is the namespace of classes and properties."""
    for name in sorted(old.answered - new.answered):
        if name.partition("#")[0] not in new.tombstones:
            yield Difference(kind("name removed"), name)
    for name in sorted(old.answered & new.tombstones.keys()):
        yield from _withdrawn(name, old, new, terms)
    for name in sorted(old.answered & new.described):
        yield from _kept(name, old, new)


def _withdrawn(name: str, old: Standing, new: Standing, terms: str) -> Iterator[Difference]:
    to = new.tombstones[name]
    if to == old.tombstones.get(name) and to & old.answered == to & new.answered:
        return
    lost = sorted(one for one in to if _ours(one, name) and one not in new.answered)
    if lost:
        yield Difference(kind("name misled"), name, f"leads to {_names(lost)}")
    elif name.startswith(terms) and not to:
        yield Difference(kind("term gone"), name)
    else:
        yield Difference(kind("name withdrawn"), name, f"leads to {_names(to)}" if to else "")


def _kept(name: str, old: Standing, new: Standing) -> Iterator[Difference]:
    if name in old.deprecated and name not in new.deprecated:
        yield Difference(kind("name restored"), name)
    elif name in new.deprecated and name not in old.deprecated:
        yield Difference(kind("name deprecated"), name)


def _names(iris: Iterable[str]) -> str:
    return ", ".join(sorted(map(short, iris)))


def _ours(iri: str, beside: str) -> bool:
    """Whether an IRI is of the site that another is of."""
    return iri.split("/")[2:3] == beside.split("/")[2:3]
