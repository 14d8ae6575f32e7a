"""What the core constraints and the ontology demand of a damaged thing, read from the shapes and judged here.

A damage is protected where the demand does not hold any more after it. That is worked out from the few triples around
the damage, by code that shares nothing with the validator, so that a hole in either shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from benchmarks.mutations.damage import XSD, Damage
from benchmarks.mutations.world import IN_SCHEME, TYPE, Term, World, term
from vesoc.shapes import Shapes, local

LANGUAGE = str(RDF.langString)
_IRI = NamedNode(str(SH.IRI))
_LEXICAL = {
    XSD + "integer": r"[+-]?[0-9]+",
    XSD + "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    XSD + "boolean": "true|false|0|1",
}
_OPEN = {"http://www.w3.org/2002/07/owl#Thing", str(RDF.Property), "http://www.w3.org/2000/01/rdf-schema#Resource"}


@dataclass(frozen=True)
class Demand:
    """One shape: its name, whom it is for, its path, and its parameters by name."""

    name: str
    target: tuple[str, NamedNode]
    path: NamedNode | None
    parameters: dict[str, list[object]] = field(hash=False)


@dataclass(frozen=True)
class After:
    """The graph after a damage, seen from the things near it."""

    world: World
    damage: Damage

    def values(self, subject: Term, predicate: NamedNode | str) -> list[Term]:
        """The objects that a subject then has for a property."""
        wanted = term(predicate) if isinstance(predicate, str) else predicate
        lost = () if self.damage.doubles else (self.damage.old,)
        kept = [
            value
            for value in self.world.values(subject, wanted)
            if not any((t.subject, t.predicate, t.object) == (subject, wanted, value) for t in lost)
        ]
        new = [t.object for t in self.damage.added if (t.subject, t.predicate) == (subject, wanted)]
        return list(dict.fromkeys([*kept, *new]))


class Demands:
    """The core constraints by the property that they read, and the ranges and single values of the ontology."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes.graph
        self._reading: dict[NamedNode, list[Demand]] = defaultdict(list)
        self._all = [demand for shape in shapes.targeted for demand in self._demands(shape)]
        for demand in self._all:
            for predicate in self._read(demand):
                self._reading[predicate].append(demand)

    @property
    def names(self) -> set[str]:
        """The shapes that were read."""
        return {demand.name for demand in self._all}

    @property
    def parameters(self) -> set[str]:
        """The parameters that the shapes have."""
        return {name for demand in self._all for name in demand.parameters}

    def broken(self, world: World, damage: Damage) -> Iterator[str]:
        """The names of the shapes, and of the properties of the ontology, whose demand the damage breaks."""
        after = After(world, damage)
        for demand in self._concerned(world, damage):
            for focus in self._foci(after, demand):
                if not _holds(after, demand, focus):
                    yield demand.name
        yield from _of_ontology(world, damage, after)

    def _concerned(self, world: World, damage: Damage) -> list[Demand]:
        """The demands that read a damaged property, are for a damaged class, or ask for that class in an object."""
        triples = (damage.old, *damage.added)
        found = [demand for triple in triples for demand in self._reading[triple.predicate]]
        if kinds := world.with_those_above(triple.object for triple in triples if triple.predicate == TYPE):
            users = {predicate for _, predicate in world.into(damage.old.subject)}
            found += [one for one in self._all if one.target[1] in kinds or one.path in users or one.target[1] in users]
        return list(dict.fromkeys(found))

    def _foci(self, after: After, demand: Demand) -> list[Term]:
        """The damaged subject, and what points to it where its class or scheme is what was damaged."""
        triples = (after.damage.old, *after.damage.added)
        subject = after.damage.old.subject
        near = [triple.subject for triple in triples]
        if demand.target[0] == "targetObjectsOf":
            near += [triple.object for triple in triples if not isinstance(triple.object, Literal)]
        if after.damage.old.predicate in (TYPE, IN_SCHEME) and {"class", "node"} & set(demand.parameters):
            near += [user for user, predicate in after.world.into(subject) if predicate == demand.path][:3]
        return [node for node in dict.fromkeys(near) if _is_for(after, demand, node)]

    def _demands(self, shape: Node) -> Iterator[Demand]:
        parameters: dict[str, list[object]] = defaultdict(list)
        for predicate, value in self._shapes.predicate_objects(shape):
            parameters[local(predicate)].append(self._parameter(predicate, value))
        path = parameters.pop("path", [None])[0]
        for target in ("targetClass", "targetSubjectsOf", "targetObjectsOf"):
            for node in parameters.get(target, ()):
                assert isinstance(node, NamedNode)
                assert path is None or isinstance(path, NamedNode)
                yield Demand(local(shape), (target, node), path, dict(parameters))

    def _parameter(self, predicate: Node, value: Node) -> object:
        if predicate == SH.node:
            member = self._shapes.value(value, SH.property)
            return NamedNode(str(self._shapes.value(member, SH.hasValue)))
        if predicate == SH["or"]:
            return [self._shapes.value(one, SH.datatype) for one in Collection(self._shapes, value)]
        return NamedNode(str(value)) if isinstance(value, URIRef) else str(value)

    def _read(self, demand: Demand) -> Iterator[NamedNode]:
        if demand.path:
            yield demand.path
        for name in ("lessThan", "lessThanOrEquals", "disjoint"):
            yield from (node for node in demand.parameters.get(name, ()) if isinstance(node, NamedNode))
        if {"class", "node"} & set(demand.parameters):
            yield IN_SCHEME


def _is_for(after: After, demand: Demand, node: Term) -> bool:
    target, named = demand.target
    if target == "targetClass":
        return named in _classes(after, node)
    if target == "targetSubjectsOf":
        return bool(after.values(node, named))
    return any(node in after.values(subject, named) for subject, at in after.world.into(node) if at == named)


def _classes(after: After, node: Term) -> frozenset[Term]:
    touched = [triple for triple in (after.damage.old, *after.damage.added) if triple.predicate == TYPE]
    if any(triple.subject == node for triple in touched):
        return after.world.with_those_above(after.values(node, TYPE))
    return after.world.classes(node)


def _holds(after: After, demand: Demand, focus: Term) -> bool:
    values = after.values(focus, demand.path) if demand.path else [focus]
    tests = [(test, parameter) for name, test in _TESTS.items() for parameter in demand.parameters.get(name, ())]
    return all(test(after, focus, values, parameter) for test, parameter in tests)


Test = Callable[[After, Term, list[Term], object], bool]


def _of_datatype(value: Term, datatype: object) -> bool:
    if not isinstance(value, Literal):
        return False
    if str(datatype).strip("<>") == LANGUAGE:
        return bool(value.language)
    name = str(datatype).strip("<>")
    return not value.language and value.datatype.value == name and _is_written_well(value.value, name)


def _is_written_well(text: str, datatype: str) -> bool:
    if datatype == XSD + "date":
        return _day(text) is not None
    return re.fullmatch(_LEXICAL.get(datatype, r"[\s\S]*"), text) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def size(value: Term) -> Decimal | date | None:
    """The number or the day that a literal stands for, or None."""
    if not isinstance(value, Literal):
        return None
    if value.datatype.value == XSD + "date":
        return _day(value.value)
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return None


def _in_order(after: After, focus: Term, values: list[Term], other: object, *, equal: bool) -> bool:
    assert isinstance(other, NamedNode)
    pairs = [(size(low), size(high)) for low in values for high in after.values(focus, other)]
    return all(
        low is None or high is None or type(low) is not type(high) or low < high or (equal and low == high)  # type: ignore[operator]
        for low, high in pairs
    )


def _in_scheme(after: After, value: Term, scheme: object) -> bool:
    return scheme in after.values(value, IN_SCHEME)


def _distinct(values: list[Term]) -> bool:
    tags = [value.language for value in values if isinstance(value, Literal) and value.language]
    return len(tags) == len(set(tags))


def _at_least(value: Term, least: object) -> bool:
    found = size(value)
    return isinstance(found, Decimal) and found >= Decimal(str(least))


def _each(test: Callable[[After, Term, object], bool]) -> Test:
    return lambda after, focus, values, parameter: all(test(after, value, parameter) for value in values)


_TESTS: dict[str, Test] = {
    "minCount": lambda after, focus, values, number: len(values) >= int(str(number)),
    "maxCount": lambda after, focus, values, number: len(values) <= int(str(number)),
    "hasValue": lambda after, focus, values, wanted: wanted in values,
    "datatype": _each(lambda after, value, name: _of_datatype(value, name)),
    "or": _each(lambda after, value, names: isinstance(value, NamedNode) or any(_of_datatype(value, n) for n in names)),  # type: ignore[attr-defined]
    "class": _each(lambda after, value, name: name in _classes(after, value)),
    "node": _each(_in_scheme),
    "nodeKind": _each(
        lambda after, value, kind: isinstance(value, NamedNode if kind == _IRI else NamedNode | BlankNode)
    ),
    "pattern": _each(lambda after, value, pattern: re.search(str(pattern), getattr(value, "value", "")) is not None),
    "minInclusive": _each(lambda after, value, least: _at_least(value, least)),
    "lessThan": lambda after, focus, values, other: _in_order(after, focus, values, other, equal=False),
    "lessThanOrEquals": lambda after, focus, values, other: _in_order(after, focus, values, other, equal=True),
    "disjoint": lambda after, focus, values, other: not set(values) & set(after.values(focus, other)),  # type: ignore[arg-type]
    "uniqueLang": lambda after, focus, values, wanted: _distinct(values),
}


KNOWN = frozenset(_TESTS)


def _of_ontology(world: World, damage: Damage, after: After) -> Iterator[str]:
    """A second value of a functional property, or a value outside the range that the ontology gives."""
    old, value = damage.old, damage.value
    if value is None or value == old.object:
        return
    name = f"ontology: {local(URIRef(old.predicate.value))}"
    if damage.doubles and world.is_a(old.predicate, "owl:FunctionalProperty"):
        yield f"{name} is functional"
    ranges = {str(node.value) for node in world.values(old.predicate, "schema:rangeIncludes")}
    if ranges and not ranges & _OPEN and not any(_in_range(after, value, name) for name in ranges):
        yield f"{name} has a range"


def _in_range(after: After, value: Term, name: str) -> bool:
    if isinstance(value, Literal):
        return _of_datatype(value, name)
    return NamedNode(name) in after.values(value, TYPE)
