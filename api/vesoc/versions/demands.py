"""What a SHACL parameter demands, and whether it demands more or less than before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial
from operator import contains

from vesoc.names import PREFIXES
from vesoc.versions.folding import Value, iri
from vesoc.versions.hierarchy import Hierarchy

_SH = PREFIXES["sh"]
TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


class Change(Enum):
    """What became of a demand; one that was REPLACED may be more or less, which nobody can compute."""

    NONE = "as before"
    STRICTER = "demands more"
    LOOSER = "demands less"
    REPLACED = "replaced"


Compare = Callable[[Set[Value], Set[Value]], Change]

_LEAST = ("minCount", "minInclusive", "minExclusive", "minLength", "qualifiedMinCount")
_MOST = ("maxCount", "maxInclusive", "maxExclusive", "maxLength", "qualifiedMaxCount")
_COUNTS = ("minCount", "minLength", "qualifiedMinCount")
_CHOICES = ("in", "languageIn", "or")
_FLAGS = ("closed", "uniqueLang", "qualifiedValueShapesDisjoint")
_EACH = ("datatype", "hasValue", "node", "property", "equals", "disjoint", "lessThan", "lessThanOrEquals", "and")
_NODES = ("targetNode", "targetSubjectsOf", "targetObjectsOf")
# Of which it can only be said that they demand something. Any other may loosen what it stands beside, as sh:flags does.
_OPAQUE = ("pattern", "sparql", "not", "xone", "qualifiedValueShape", *_FLAGS)
# What people read, and what only helps to read a query.
TEXTS = {
    _SH + name
    for name in (
        *("message", "name", "description", "order", "group", "defaultValue"),
        *("deactivated", "declare", "prefixes", "severity"),
    )
}


@dataclass(frozen=True)
class Demands:
    """Compares the values of SHACL parameters, with the classes above each class."""

    classes: Hierarchy

    def compared(self, prop: str, before: Set[Value], after: Set[Value]) -> Change:
        """What became of the demand of a parameter, which is given as an IRI."""
        name = prop.removeprefix(_SH)
        demanded = [frozenset() if _of_nothing(name, values) else values for values in (before, after)]
        if not any(demanded):
            return Change.NONE
        return self._comparers.get(name, _unknown)(*demanded)

    @property
    def _comparers(self) -> Mapping[str, Compare]:
        return {
            **dict.fromkeys(_LEAST, partial(_bound, raised=Change.STRICTER)),
            **dict.fromkeys(_MOST, partial(_bound, raised=Change.LOOSER)),
            **dict.fromkeys(_OPAQUE, _replaced),
            **dict.fromkeys(_CHOICES, _choice),
            **dict.fromkeys((*_EACH, *_NODES), partial(_each, implied=contains)),
            "ignoredProperties": _exceptions,
            "nodeKind": partial(_each, implied=_kind_implied),
            "class": partial(_each, implied=self._class_implied),
            "targetClass": partial(_each, implied=self._target_implied),
        }

    def _class_implied(self, known: Set[Value], value: Value) -> bool:
        """To be of a class is demanded already where a class below it is."""
        return any(self.classes.covers({str(iri(value))}, str(iri(one))) for one in known)

    def _target_implied(self, known: Set[Value], value: Value) -> bool:
        """Things of a class are reached already where those of a class above it are."""
        return self.classes.covers({str(iri(one)) for one in known}, str(iri(value)))


def _of_nothing(name: str, values: Set[Value]) -> bool:
    if name in _FLAGS:
        return TRUE not in values
    return name in _COUNTS and {_number(value) for value in values} == {Decimal(0)}


def _bound(before: Set[Value], after: Set[Value], raised: Change) -> Change:
    lowered = Change.LOOSER if raised is Change.STRICTER else Change.STRICTER
    if not (before and after):
        return Change.STRICTER if after else Change.LOOSER
    numbers = [_number(value) for value in (*before, *after)]
    if len(numbers) != 2 or None in numbers:
        return Change.REPLACED
    old, new = (number for number in numbers if number is not None)
    return Change.NONE if old == new else raised if new > old else lowered


def _choice(before: Set[Value], after: Set[Value]) -> Change:
    """A list of which one must fit: shorter is stricter. Of several lists each demands something."""
    if len(before) != 1 or len(after) != 1:
        return _each(before, after, contains)
    old, new = (set(_members(values)) for values in (before, after))
    if old - new:
        return Change.STRICTER
    return Change.LOOSER if new - old else Change.NONE


def _exceptions(before: Set[Value], after: Set[Value]) -> Change:
    """A list of what is let through: longer is looser."""
    old, new = (set(_members(values)) for values in (before, after))
    return Change.STRICTER if old - new else Change.LOOSER if new - old else Change.NONE


def _each(before: Set[Value], after: Set[Value], implied: Callable[[Set[Value], Value], bool]) -> Change:
    """Values of which each demands something."""
    if any(not implied(before, value) for value in after):
        return Change.STRICTER
    return Change.LOOSER if any(not implied(after, value) for value in before) else Change.NONE


def _replaced(before: Set[Value], after: Set[Value]) -> Change:
    if before and after:
        return Change.REPLACED
    return Change.STRICTER if after else Change.LOOSER


def _unknown(before: Set[Value], after: Set[Value]) -> Change:
    return Change.NONE if before == after else Change.REPLACED


def _kind_implied(known: Set[Value], value: Value) -> bool:
    return any(_kinds(one) <= _kinds(value) for one in known)


def _kinds(value: Value) -> set[str]:
    """The kinds of nodes that one of SHACL's names takes in, such as BlankNodeOrIRI."""
    return set(str(iri(value)).removeprefix(_SH).split("Or"))


def _members(values: Iterable[Value]) -> Iterable[Value]:
    return (one for value in values for one in (value if isinstance(value, tuple) else (value,)))


def _number(value: Value) -> Decimal | None:
    try:
        return Decimal(str(value).split('"')[1])
    except (IndexError, InvalidOperation):
        return None
