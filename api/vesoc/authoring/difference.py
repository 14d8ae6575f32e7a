"""What differs between two states: the statements that came and went, by resource."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Quad

from vesoc.authoring.states import State
from vesoc.names import term


class Fate(StrEnum):
    """What became of a resource."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """The values of a property in a graph, in one language where they have one: those that went and those that came."""

    property: NamedNode
    language: str | None
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


@dataclass(frozen=True)
class Resource:
    """A resource that is not said the same of in both states; a blank node by its label."""

    subject: str
    fate: Fate
    kind: NamedNode | None
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]

    def changes(self) -> list[Change]:
        """What came and went, by property."""
        grouped: dict[tuple[NamedNode, str | None], tuple[list[Quad], list[Quad]]] = defaultdict(lambda: ([], []))
        for place, quads in enumerate((self.removed, self.added)):
            for quad in quads:
                language = quad.object.language if isinstance(quad.object, Literal) else None
                grouped[quad.predicate, language][place].append(quad)
        ordered = sorted(grouped.items(), key=lambda pair: (pair[0][0].value, pair[0][1] or ""))
        return [Change(*key, tuple(went), tuple(came)) for key, (went, came) in ordered]


@dataclass(frozen=True)
class Difference:
    """Two states, what of each the other does not say, and the prefixes of resources that were there in both."""

    old: State
    new: State
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    resources: tuple[Resource, ...]

    def count(self, fate: Fate) -> int:
        """How many resources fared so."""
        return sum(resource.fate is fate for resource in self.resources)

    def kinds(self) -> Mapping[NamedNode | None, Mapping[Fate, int]]:
        """How many resources of each kind fared how."""
        found: dict[NamedNode | None, Counter[Fate]] = defaultdict(Counter)
        for resource in self.resources:
            found[resource.kind][resource.fate] += 1
        return MappingProxyType(found)


def difference(old: State, new: State) -> Difference:
    """What differs; a named graph that one of the two lacks as such is left out."""
    before, after = (_compared(one, old.lacking | new.lacking) for one in (old, new))
    removed, added = _sorted(before - after), _sorted(after - before)
    by_subject: dict[str, tuple[list[Quad], list[Quad]]] = defaultdict(lambda: ([], []))
    for place, quads in enumerate((removed, added)):
        for quad in quads:
            by_subject[str(quad.subject)][place].append(quad)
    known = tuple({str(quad.subject) for quad in quads} for quads in (before, after))
    kinds = _kinds(before) | _kinds(after)
    resources = (
        Resource(name, _fate(name, *known), kinds.get(name), tuple(went), tuple(came))
        for name, (went, came) in by_subject.items()
    )
    ordered = sorted(resources, key=lambda one: (one.kind.value if one.kind else "", one.subject))
    return Difference(old, new, removed, added, tuple(ordered))


def _compared(state: State, lacking: Set[NamedNode]) -> frozenset[Quad]:
    return frozenset(quad for quad in state.quads if quad.graph_name not in lacking)


def _fate(name: str, before: set[str], after: set[str]) -> Fate:
    if name not in before:
        return Fate.ADDED
    return Fate.CHANGED if name in after else Fate.REMOVED


def _kinds(quads: Iterable[Quad]) -> dict[str, NamedNode]:
    """A class of each subject, the first by name."""
    kind = term("rdf:type")
    typed = [quad for quad in quads if quad.predicate == kind and isinstance(quad.object, NamedNode)]
    ordered = sorted(typed, key=lambda quad: str(quad.object), reverse=True)
    return {str(quad.subject): quad.object for quad in ordered if isinstance(quad.object, NamedNode)}


def _sorted(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(quads, key=str))
