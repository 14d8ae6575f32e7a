"""What differs in the SHACL shapes, and what each difference weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import chain

from vesoc.names import PREFIXES, short, term
from vesoc.versions.demands import TEXTS, TRUE, Change, Demands
from vesoc.versions.folding import Description, Value, fold, iri, iris
from vesoc.versions.hierarchy import Hierarchy
from vesoc.versions.pair import Pair
from vesoc.versions.shaping import (
    ASKING,
    NAMESPACES,
    OFF,
    PROPERTY,
    SPARQL,
    TURNING,
    asked,
    classes,
    in_force,
    with_queries,
)
from vesoc.versions.weight import Difference, kind

_SH = PREFIXES["sh"]
_TYPE, _SEVERITY = (term(name).value for name in ("rdf:type", "sh:severity"))
_COMPATIBLE = f"{PREFIXES['vs']}compatibleWith"
_PATTERN = f"{_SH}pattern"
_TARGETS = {f"{_SH}target{name}" for name in ("", "Class", "Node", "SubjectsOf", "ObjectsOf")}
_RANKS = ("Info", "Warning", "Violation")
_SHAPE: Mapping[Change, str] = {
    Change.STRICTER: "constraint stricter",
    Change.LOOSER: "constraint looser",
    Change.REPLACED: "constraint replaced",
}


def differences(compared: Pair) -> Iterator[Difference]:
    """What differs in the shapes; those of both editions by their names."""
    if compared.old.shapes != compared.new.shapes:
        yield from _Shapes(compared).differences()


class _Shapes:
    def __init__(self, compared: Pair) -> None:
        self._fresh = compared.fresh
        self._last = compared.old.version
        old, new = fold(compared.old.shapes), fold(compared.new.shapes)
        self._folded = new
        self._old, self._new = with_queries(old), with_queries(new)
        self._asked, self._turned = (asked(old, by) | asked(new, by) for by in (ASKING, TURNING))
        ontologies = fold(compared.old.ontology), fold(compared.new.ontology)
        self._were, self._are = (
            classes(shapes) | classes(ontology) for shapes, ontology in zip((old, new), ontologies, strict=True)
        )
        self._demands = Demands(Hierarchy(ontologies[1], "rdfs:subClassOf"))

    def differences(self) -> Iterator[Difference]:
        before, after = ({name for name in one if in_force(one[name])} for one in (self._old, self._new))
        for name in sorted(after - before):
            yield from self._came(name)
        for name in sorted(before - after):
            yield from self._went(name)
        for name in sorted(before & after):
            yield from self._changed(name)
        for name in sorted(self._old.keys() & self._new.keys()):
            yield from self._namespaces(name)
            yield from self._reworded(name)

    def _came(self, name: str) -> Iterator[Difference]:
        """A shape that is new or in force again; a new one demands nothing until it has targets or another names it."""
        described = self._new[name]
        targets = self._targets(name, described)
        known = name in self._old
        if targets and not known and {iri(one) for one in targets} <= self._fresh:
            yield Difference(kind("constraint of new terms"), name)
        elif targets or known:
            severity = "Violation" if name in self._asked else _severity(described)
            yield _weighed(Change.STRICTER, name, "is in force again" if known else "is new", severity)

    def _went(self, name: str) -> Iterator[Difference]:
        if name in self._turned:
            yield Difference(kind("constraint replaced"), name, "is gone, though others ask whether it does not hold")
        elif self._targets(name, self._old[name]):
            yield Difference(kind("constraint looser"), name, "is gone")

    def _targets(self, name: str, described: Description) -> frozenset[Value]:
        """What a shape says that it is for; one that is a class is for the things of it."""
        own = [f"<{name}>"] if name in self._were | self._are else []
        return frozenset([*chain.from_iterable(described.get(target, ()) for target in _TARGETS), *own])

    def _changed(self, name: str) -> Iterator[Difference]:
        before, after = self._old[name], self._new[name]
        now, was = _severity(after), _severity(before)
        if _RANKS.index(now) > _RANKS.index(was):
            yield _weighed(Change.STRICTER, name, f"severity {was} -> {now}", now)
        elif now != was:
            yield Difference(kind("constraint looser"), name, f"severity {was} -> {now}")
        if name in self._are - self._were:
            yield _weighed(Change.STRICTER, name, "is a class, whose things it is for", now)
        for prop in sorted(before.keys() | after.keys()):
            if prop.startswith(_SH) and prop not in TEXTS:
                yield from self._parameter(name, prop, now)

    def _parameter(self, name: str, prop: str, severity: str) -> Iterator[Difference]:
        before, after = (one[name].get(prop, frozenset()) for one in (self._old, self._new))
        change = self._change(name, prop) if before != after else Change.NONE
        if name in self._asked or prop == PROPERTY:  # what breaks a part of a shape breaks it, whatever its severity
            severity = "Violation"
        if change is Change.STRICTER and prop in _TARGETS and iris(after - before) <= self._fresh:
            yield Difference(kind("constraint of new terms"), name, _told(prop, before, after))
        elif change is Change.REPLACED and self._vouched(name):
            yield Difference(kind("constraint vouched for"), name, _told(prop, before, after))
        elif change is not Change.NONE:
            yield _weighed(change, name, _told(prop, before, after), severity)

    def _change(self, name: str, prop: str) -> Change:
        """What became of a demand, with what stands beside it and who asks: less here may be more elsewhere."""
        old, new = self._old[name], self._new[name]
        if prop == f"{_SH}flags" and old.get(_PATTERN) != new.get(_PATTERN):
            return Change.NONE  # the pattern tells it
        change = self._demands.compared(prop, old.get(prop, frozenset()), new.get(prop, frozenset()))
        closed = prop == PROPERTY and TRUE in new.get(f"{_SH}closed", ())
        if change is Change.LOOSER and (closed or (name in self._turned and prop not in _TARGETS)):
            return Change.REPLACED
        return change

    def _vouched(self, name: str) -> bool:
        """Whether an editor says, on the shape or on its query, that it accepts all that the old edition accepted."""
        nodes = {name, *iris(self._folded.values(name, "sh:sparql"))}
        said = (self._new.get(node, {}).get(_COMPATIBLE, frozenset()) for node in nodes)
        return f'"{self._last}"' in chain.from_iterable(said)

    def _namespaces(self, name: str) -> Iterator[Difference]:
        """What the queries take a prefix for; one more does not change the others."""
        for prop in NAMESPACES:
            before, after = (one[name].get(prop, frozenset()) for one in (self._old, self._new))
            if before - after:
                yield Difference(kind("constraint replaced"), name, _told(prop, before, after))

    def _reworded(self, name: str) -> Iterator[Difference]:
        before, after = (
            {prop: values for prop, values in _texts(one[name]).items() if _is_text(prop)}
            for one in (self._old, self._new)
        )
        if before != after:
            changed = [prop for prop in before.keys() | after.keys() if before.get(prop) != after.get(prop)]
            yield Difference(kind("shape wording changed"), name, ", ".join(sorted(map(short, changed))))


def _weighed(change: Change, name: str, detail: str, severity: str) -> Difference:
    told = change is Change.LOOSER or severity == "Violation"
    return Difference(kind(_SHAPE[change] if told else "remark changed"), name, detail)


def _texts(described: Description) -> Description:
    """A description without that its shape is turned off, which is told as what it is."""
    off = described.get(OFF, frozenset()) - {TRUE}
    return {prop: values for prop, values in {**described, OFF: off}.items() if values}


def _is_text(prop: str) -> bool:
    return prop != _SEVERITY and (prop in TEXTS or not prop.startswith(_SH)) and prop != _TYPE


def _severity(described: Description) -> str:
    [found, *_] = [*(one.removeprefix(_SH) for one in iris(described.get(_SEVERITY, frozenset()))), "Violation"]
    return found if found in _RANKS else "Violation"


def _told(prop: str, before: Set[Value], after: Set[Value]) -> str:
    if prop == SPARQL:
        return "its query"
    return f"{short(prop)}: {_values(before)} -> {_values(after)}"


def _values(values: Set[Value]) -> str:
    return ", ".join(sorted(_value(value) for value in values)) or "none"


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return f"({' '.join(map(_value, value))})"
    if isinstance(value, frozenset):
        return "[…]"
    found = iri(value)
    return short(found) if found else value.split("^^")[0]
