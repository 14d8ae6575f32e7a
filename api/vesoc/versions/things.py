"""What differs in the data, and what each difference weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from pyoxigraph import NamedNode, Triple

from vesoc.names import PREFIXES, short, term
from vesoc.versions.pair import Pair
from vesoc.versions.terms import OF_VERSION
from vesoc.versions.weight import Difference, kind

_TYPE = term("rdf:type").value
# What weighs more than a value: when one goes, and when one comes.
_WEIGHED: Mapping[str, tuple[str | None, str | None]] = {
    _TYPE: ("class lost", "class gained"),
    term("skos:notation").value: ("notation lost", None),
    term("skos:inScheme").value: ("scheme left", None),
    term("dcterms:license").value: ("licence changed", None),
    **{
        f"{PREFIXES['skos']}{name}": ("place in tree changed", "place in tree changed")
        for name in ("broader", "narrower", "related", "hasTopConcept", "topConceptOf")
    },
}
_HANDLED = OF_VERSION | {term("dcterms:isReplacedBy").value}

About = Mapping[Any, Set[Triple]]


def differences(compared: Pair) -> Iterator[Difference]:
    """What differs in the things that the data describes; what became of their names is told apart from this."""
    old, new = (_by_subject(one.data) for one in (compared.old, compared.new))
    for name in sorted(compared.fresh):
        document, _, fragment = name.partition("#")
        if NamedNode(name) in new and not (fragment and document in compared.fresh):
            yield Difference(kind("thing added"), name)
    for subject in sorted(old.keys() & new.keys(), key=str):
        if old[subject] != new[subject]:
            yield from _changed(subject, old[subject], new[subject])
    yield from _uses(old, new)
    for name in sorted(compared.old.graphs - compared.new.graphs):
        yield Difference(kind("graph gone"), name)
    for name in sorted(compared.new.graphs - compared.old.graphs):
        yield Difference(kind("graph added"), name)


def _by_subject(triples: Iterable[Triple]) -> About:
    found = defaultdict(set)
    for triple in triples:
        found[triple.subject].add(triple)
    return found


def _changed(subject: Any, before: Set[Triple], after: Set[Triple]) -> Iterator[Difference]:
    went, came = _by_property(before - after), _by_property(after - before)
    for prop in sorted((went.keys() | came.keys()) - _HANDLED):
        yield from _property(str(subject.value), prop, went.get(prop, ()), came.get(prop, ()))


def _property(name: str, prop: str, went: Iterable[str], came: Iterable[str]) -> Iterator[Difference]:
    lost, gained = _WEIGHED.get(prop, (None, None))
    told = set()
    if lost and went:
        told.add((lost, f"{short(prop)} {', '.join(sorted(went))}"))
    elif gained and came:
        told.add((gained, f"{short(prop)} {', '.join(sorted(came))}"))
    for which, detail in told or {("value changed", short(prop))}:
        yield Difference(kind(which), name, detail)


def _by_property(triples: Iterable[Triple]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        node = triple.object
        found[triple.predicate.value].add(short(node.value) if isinstance(node, NamedNode) else str(node))
    return found


def _uses(old: About, new: About) -> Iterator[Difference]:
    """Properties that a class has for the first time, or no more, where it has things in both editions."""
    before, after = _properties(old), _properties(new)
    for name in sorted(before.keys() & after.keys()):
        for prop in sorted(after[name] - before[name] - _HANDLED):
            yield Difference(kind("property taken up"), prop, f"of {short(name)}")
        for prop in sorted(before[name] - after[name] - _HANDLED):
            yield Difference(kind("property given up"), prop, f"of {short(name)}")


def _properties(about: About) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for triples in about.values():
        used = {triple.predicate.value for triple in triples}
        for triple in triples:
            if triple.predicate.value == _TYPE:
                found[_text(triple.object)] |= used
    return found


def _text(node: Any) -> str:
    return str(getattr(node, "value", node))
