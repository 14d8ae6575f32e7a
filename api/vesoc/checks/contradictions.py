"""Statements that contradict each other by the axioms of an ontology, each blamed on one statement.

What a thing is follows from what is stated and from the domains and ranges of its properties. A thing of ours has one
name, so two values of a functional property contradict each other; blank nodes may be anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from vesoc.checks.axioms import Alternatives, Axioms, Value
from vesoc.names import PREFIXES

_TYPE, _SAME = PREFIXES["rdf"] + "type", PREFIXES["owl"] + "sameAs"
_XSD = PREFIXES["xsd"]
# Each datatype that is a part of another, with that one (XML Schema 1.1 part 2, section 3).
_PART_OF = {
    "integer": "decimal",
    "nonNegativeInteger": "integer",
    "positiveInteger": "nonNegativeInteger",
    "unsignedLong": "nonNegativeInteger",
    "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt",
    "unsignedByte": "unsignedShort",
    "nonPositiveInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "long": "integer",
    "int": "long",
    "short": "int",
    "byte": "short",
    "dateTimeStamp": "dateTime",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
    "normalizedString": "string",
    "token": "normalizedString",
    "language": "token",
    "Name": "token",
    "NCName": "Name",
    "NMTOKEN": "token",
}


def _within(name: str) -> tuple[str, ...]:
    """A datatype of XML Schema and those that it is a part of."""
    return (name, *_within(_PART_OF[name])) if name in _PART_OF else (name,)


_INTEGER = re.compile(r"[+-]?[0-9]+")
# How the values of a datatype may be written, of those that an ontology of ours or another's gives to a property.
_FORMS = {
    "boolean": re.compile(r"true|false|1|0"),
    "date": re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(Z|[+-][0-9]{2}:[0-9]{2})?"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    "gYear": re.compile(r"-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?"),
    **{name: _INTEGER for name in _PART_OF if "integer" in _within(name)},
}
_ANY = {PREFIXES["rdfs"] + "Literal"}


@dataclass(frozen=True)
class Contradiction:
    """A rule that is broken, the statement to blame, the thing it is about, what it makes of that thing and what
    that contradicts, and the statement that says so."""

    rule: str
    blamed: Quad
    thing: str
    one: str
    other: str
    against: Quad

    def turned(self) -> Contradiction:
        """The same, with the other statement to blame."""
        return replace(self, blamed=self.against, against=self.blamed, one=self.other, other=self.one)


class Statements:
    """Statements under axioms: who has which property, is of which class, and must have which value."""

    def __init__(self, quads: Iterable[Quad], axioms: Axioms) -> None:
        self.axioms = axioms
        self.extents: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            name = quad.predicate.value
            for above in (name, *axioms.superproperties.get(name, ())):
                self.extents[above].append(quad)

    def memberships(self) -> dict[Any, dict[Alternatives, Quad]]:
        """By thing the classes that it is one of, each with a statement that says so; stated ones come first."""
        found: dict[Any, dict[Alternatives, Quad]] = defaultdict(dict)
        for quad in self.extents[_TYPE]:
            if isinstance(quad.object, NamedNode):
                found[quad.subject].setdefault(frozenset((quad.object.value,)), quad)
        for thing, name, end, quad in self._ends():
            for classes in self.axioms.classes.get((name, end), ()):
                found[thing].setdefault(classes, quad)
        return found

    def _ends(self) -> Iterator[tuple[Any, str, str, Quad]]:
        for name in sorted({name for name, _ in (*self.axioms.classes, *self.axioms.values)}):
            for quad in self.extents.get(name, ()):
                yield quad.subject, name, "domain", quad
                if not isinstance(quad.object, Literal):
                    yield quad.object, name, "range", quad

    def required(self, members: dict[Any, dict[Alternatives, Quad]]) -> Iterator[tuple[Any, Value, Quad]]:
        """The values that things must have, each with the statement that makes it so."""
        for thing, name, end, quad in self._ends():
            for value in self.axioms.values.get((name, end), ()):
                yield thing, value, quad
        for thing, classes in members.items():
            for (name,), quad in ((tuple(names), quad) for names, quad in classes.items() if len(names) == 1):
                for above in (name, *self.axioms.superclasses.get(name, ())):
                    for value in self.axioms.values.get((above, "subClassOf"), ()):
                        yield thing, value, quad


def contradictions(quads: Iterable[Quad], axioms: Axioms, base: str) -> Iterator[Contradiction]:
    """All that contradicts itself in some statements."""
    statements = Statements(quads, axioms)
    members = statements.memberships()
    yield from _classes(members, axioms)
    yield from _functional(statements, members, base)
    yield from _turned(statements)
    yield from _properties(statements)
    yield from _datatypes(statements)
    yield from _same(statements, base)


def _classes(members: dict[Any, dict[Alternatives, Quad]], axioms: Axioms) -> Iterator[Contradiction]:
    clash = cache(axioms.clash)
    blamed = set()
    for thing, classes in members.items():
        # Stated classes come first, so that of two the one is blamed that follows from a property.
        for (one, quad), (other, later) in combinations(classes.items(), 2):
            if clash(one, other) and later not in blamed:
                blamed.add(later)
                yield Contradiction("disjoint-classes", later, _written(thing), _named(other), _named(one), quad)


def _functional(
    statements: Statements, members: dict[Any, dict[Alternatives, Quad]], base: str
) -> Iterator[Contradiction]:
    required: dict[str, list[tuple[Any, Any, Quad]]] = defaultdict(list)
    for thing, value, quad in statements.required(members):
        required[value.property].append((thing, NamedNode(value.iri), quad))
    for name in sorted(statements.axioms.kinds["FunctionalProperty"]):
        stated = [(quad.subject, quad.object, quad) for quad in statements.extents.get(name, ())]
        values = stated + required[name]
        yield from _second((thing, value, quad) for thing, value, quad in values if _has_one_name(value, base))


def _has_one_name(value: Any, base: str) -> bool:
    """Whether it is no other thing than those with another name: things of others may have more."""
    return isinstance(value, Literal) or (isinstance(value, NamedNode) and value.value.startswith(base))


def _second(had: Iterable[tuple[Any, Any, Quad]]) -> Iterator[Contradiction]:
    """The values of a functional property that differ from the first of the same thing."""
    first: dict[Any, tuple[Any, Any, Quad]] = {}
    blamed = set()
    for thing, value, quad in had:
        _, known, against = first.setdefault(thing, (thing, value, quad))
        if _number(known) != _number(value) and quad not in blamed:
            blamed.add(quad)
            names = _written(thing), _written(value), _written(known)
            yield Contradiction("functional-property", quad, *names, against)


def _turned(statements: Statements) -> Iterator[Contradiction]:
    """Properties that lead back where they may not: from a thing to itself, or both ways."""
    for kind, rule in (("IrreflexiveProperty", "irreflexive-property"), ("AsymmetricProperty", "asymmetric-property")):
        for name in sorted(statements.axioms.kinds[kind]):
            known: dict[tuple[Any, Any], Quad] = {}
            for quad in {(quad.subject, quad.object): quad for quad in statements.extents.get(name, ())}.values():
                known[quad.subject, quad.object] = quad
                back = known.get((quad.object, quad.subject))
                if back and (back == quad) == (kind == "IrreflexiveProperty"):
                    yield Contradiction(rule, quad, _written(quad.subject), name, name, back)


def _properties(statements: Statements) -> Iterator[Contradiction]:
    for pair in sorted(map(sorted, statements.axioms.disjoint_properties)):
        one, other = pair[0], pair[-1]
        known = {(quad.subject, quad.object): quad for quad in statements.extents.get(one, ())}
        for quad in statements.extents.get(other, ()):
            if against := known.get((quad.subject, quad.object)):
                yield Contradiction("disjoint-properties", quad, _written(quad.subject), other, one, against)


def _datatypes(statements: Statements) -> Iterator[Contradiction]:
    kinds, fits = statements.axioms.kinds, cache(_fits)
    for name in sorted(kinds["DatatypeProperty"]):
        ranges = statements.axioms.classes.get((name, "range"), set())
        wanted = frozenset(datatypes for datatypes in ranges if not datatypes & _ANY)
        for quad in statements.extents.get(name, ()):
            if not fits(quad.object, wanted):
                meant = _named(frozenset[str]().union(*wanted) or frozenset({_datatype(quad.object)}))
                yield Contradiction("datatype", quad, _written(quad.subject), str(quad.object), meant, quad)
    for name in sorted(kinds["ObjectProperty"]):
        for quad in statements.extents.get(name, ()):
            if isinstance(quad.object, Literal):
                yield Contradiction("literal-for-thing", quad, _written(quad.subject), str(quad.object), name, quad)


def _datatype(value: Any) -> str:
    """The datatype that a literal claims; of another term that of any literal."""
    return value.datatype.value if isinstance(value, Literal) else PREFIXES["rdfs"] + "Literal"


def _fits(value: Any, wanted: frozenset[Alternatives]) -> bool:
    """Whether a value is a literal of one of each of the alternatives that are wanted, and one of its own datatype."""
    if not isinstance(value, Literal):
        return False
    own = value.datatype.value
    within = {own, *(_XSD + name for name in _within(own.removeprefix(_XSD)))}
    return all(datatypes & within for datatypes in wanted) and not _is_ill_typed(value)


def _is_ill_typed(value: Literal) -> bool:
    form = _FORMS.get(value.datatype.value.removeprefix(_XSD))
    return form is not None and not form.fullmatch(value.value)


def _same(statements: Statements, base: str) -> Iterator[Contradiction]:
    for quad in statements.extents.get(_SAME, ()):
        names = [node.value for node in (quad.subject, quad.object) if isinstance(node, NamedNode)]
        if len(set(names)) == 2 and all(name.startswith(base) for name in names):
            yield Contradiction("same-thing", quad, names[0], names[0], names[1], quad)


def _number(value: Any) -> Any:
    """The value that a literal of a number stands for, whatever its form."""
    if isinstance(value, Literal) and "decimal" in _within(value.datatype.value.removeprefix(_XSD)):
        return value if _is_ill_typed(value) else Decimal(value.value)
    return value


def _written(term: Any) -> str:
    return str(term.value) if isinstance(term, (NamedNode, Literal)) else str(term)


def _named(classes: Alternatives) -> str:
    return " | ".join(sorted(classes))
