"""What changes of resources from one state of the data to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyoxigraph import NamedNode, Quad

Said = frozenset[tuple[NamedNode, Any]]  # of one resource: predicates and objects
State = Mapping[str, Said]  # by the IRIs of the resources


class Activity(StrEnum):
    """What was done to a resource, as Activity Streams 2.0 calls it."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True)
class Change:
    """One change of a resource, named by its IRI, and all that is said of it after that."""

    resource: str
    activity: Activity
    said: Said


def state(quads: Iterable[Quad]) -> State:
    """What quads say of each resource, each triple once; in which named graph it stands does not count.

    A statement about a blank node could not be followed from one release to the next; the graph has none.
    """
    found = defaultdict(set)
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        found[quad.subject.value].add((quad.predicate, quad.object))
    return {resource: frozenset(said) for resource, said in found.items()}


def changes(old: State, new: State) -> tuple[Change, ...]:
    """What made the new state of the old one, in the order of the IRIs."""
    everything = sorted(old.keys() | new.keys())
    return tuple(change(old, new, resource) for resource in everything if old.get(resource) != new.get(resource))


def change(old: State, new: State, resource: str) -> Change:
    """The change of a resource; a deletion where the new state says nothing of it."""
    if resource not in new:
        return Change(resource, Activity.DELETE, frozenset())
    return Change(resource, Activity.UPDATE if resource in old else Activity.CREATE, new[resource])
