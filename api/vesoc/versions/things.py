"""What differs in the data, and what each difference weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from vesoc.names import PREFIXES, short, term
from vesoc.versions.folding import Description, Folded, Value, fold, iri, iris
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


def differences(compared: Pair) -> Iterator[Difference]:
    """What differs in the things that the data describes; what became of their names is told apart from this."""
    folded = fold(compared.old.data), fold(compared.new.data)
    old, new = (one.named for one in folded)
    for name in sorted(compared.fresh):
        document, _, fragment = name.partition("#")
        if name in new and not (fragment and document in compared.fresh):
            yield Difference(kind("thing added"), name)
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield from _changed(name, old[name], new[name])
    if folded[0].bare != folded[1].bare:
        yield Difference(kind("value changed"), "_:", "a thing without a name, to which nothing points")
    yield from _uses(*folded)
    for name in sorted(compared.old.graphs - compared.new.graphs):
        yield Difference(kind("graph gone"), name)
    for name in sorted(compared.new.graphs - compared.old.graphs):
        yield Difference(kind("graph added"), name)


def _changed(name: str, before: Description, after: Description) -> Iterator[Difference]:
    for prop in sorted((before.keys() | after.keys()) - _HANDLED):
        was, now = (said.get(prop, frozenset()) for said in (before, after))
        if was != now:
            yield from _property(name, prop, list(map(_told, was - now)), list(map(_told, now - was)))


def _property(name: str, prop: str, went: Iterable[str], came: Iterable[str]) -> Iterator[Difference]:
    lost, gained = _WEIGHED.get(prop, (None, None))
    told = set()
    if lost and went:
        told.add((lost, f"{short(prop)} {', '.join(sorted(went))}"))
    elif gained and came:
        told.add((gained, f"{short(prop)} {', '.join(sorted(came))}"))
    for which, detail in told or {("value changed", short(prop))}:
        yield Difference(kind(which), name, detail)


def _told(value: Value) -> str:
    found = iri(value)
    return short(found) if found else value if isinstance(value, str) else "[…]"


def _uses(old: Folded, new: Folded) -> Iterator[Difference]:
    """Properties that a class has for the first time, or no more, where it has things in both editions."""
    before, after = _properties(old), _properties(new)
    for name in sorted(before.keys() & after.keys()):
        for prop in sorted(after[name] - before[name] - _HANDLED):
            yield Difference(kind("property taken up"), prop, f"of {short(name)}")
        for prop in sorted(before[name] - after[name] - _HANDLED):
            yield Difference(kind("property given up"), prop, f"of {short(name)}")


def _properties(described: Folded) -> dict[str, set[str]]:
    """The properties that things of each class have, things without a name too."""
    found: dict[str, set[str]] = defaultdict(set)
    for said in described.descriptions():
        for name in iris(said.get(_TYPE, ())):
            found[name] |= said.keys()
    return found
