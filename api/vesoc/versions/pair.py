"""Two editions made ready to be compared: renames carried out in the old one, tombstones left out of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, Triple

from vesoc.versions import standing
from vesoc.versions.edition import Edition
from vesoc.versions.standing import Standing


@dataclass(frozen=True)
class Pair:
    """The old edition under the names of the new one, the new one, and the IRIs of ours that are new in it."""

    old: Edition
    new: Edition
    fresh: frozenset[str]


def pair(old: Edition, new: Edition, before: Standing, after: Standing) -> Pair:
    """Two editions, and how their names stand, so that they can be compared statement by statement."""
    renamed = standing.renames(before, after)
    former, known = _living(old, before), before.answered
    if renamed:
        former = former.mapped(lambda triple: _renamed(triple, renamed))
        known |= standing.standing(former).described
    fresh = after.described - known
    axioms = old.axioms is not None and new.axioms is not None
    return Pair(_with_axioms(former, axioms), _with_axioms(_living(new, after), axioms), fresh)


def _living(edition: Edition, names: Standing) -> Edition:
    ontology, data = (_without(triples, names.tombstones) for triples in (edition.ontology, edition.data))
    return replace(edition, ontology=ontology, data=data)


def _without(triples: Iterable[Triple], gone: Mapping[str, object]) -> frozenset[Triple]:
    return frozenset(one for one in triples if not (isinstance(one.subject, NamedNode) and one.subject.value in gone))


def _with_axioms(edition: Edition, axioms: bool) -> Edition:
    """The edition with its axioms in the ontology, or without: axioms of one side alone say nothing of a change."""
    ontology = edition.ontology | (edition.axioms or frozenset()) if axioms else edition.ontology
    return replace(edition, ontology=ontology, axioms=None)


def _renamed(triple: Triple, renamed: Mapping[str, str]) -> Triple:
    subject, predicate, value = (_node(one, renamed) for one in (triple.subject, triple.predicate, triple.object))
    return Triple(subject, predicate, value)


def _node(node: Any, renamed: Mapping[str, str]) -> Any:
    if not isinstance(node, NamedNode):
        return node
    document, hash_, fragment = node.value.partition("#")
    whole = renamed.get(node.value) or (renamed[document] + hash_ + fragment if document in renamed else None)
    return NamedNode(whole) if whole else node
