"""What shapes are made of: which are in force, which others ask, which are classes, and what their queries say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from vesoc.names import PREFIXES, term
from vesoc.versions.demands import TEXTS, TRUE
from vesoc.versions.folding import Description, Folded, Value, described, iri, iris

_SH = PREFIXES["sh"]
SPARQL = f"{_SH}sparql"
OFF = f"{_SH}deactivated"
PROPERTY = f"{_SH}property"
NAMESPACES = tuple(f"{_SH}{name}" for name in ("declare", "namespace", "prefix"))
ASKING = frozenset(f"{_SH}{name}" for name in ("and", "node", "not", "or", "qualifiedValueShape", "xone"))
# By these a shape that demands less can make another demand more.
TURNING = frozenset(f"{_SH}{name}" for name in ("not", "qualifiedValueShape", "xone"))
_SELECT, _PREFIXES, _TYPE = f"{_SH}select", f"{_SH}prefixes", term("rdf:type").value
_CLASSES = {term("owl:Class").value, term("rdfs:Class").value}
_NO_SHAPE = {*TEXTS, *NAMESPACES, _SELECT, f"{_SH}PrefixDeclaration", f"{_SH}SPARQLConstraint"}
# Comments and white space of a query, and what they are not found in: texts and IRIs.
_SPACE = re.compile(
    r'''("""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'{3}(?:\\.|.)*?\'{3}|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>)|(?:\s|\#[^\n]*)+''',
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def in_force(shape: Description) -> bool:
    """Whether a description is that of a shape that is not turned off; one need not say that it is a shape."""
    said = {*shape, *iris(shape.get(_TYPE, ()))} - _NO_SHAPE
    return any(one.startswith(_SH) for one in said) and TRUE not in shape.get(OFF, ())


def classes(folded: Folded) -> set[str]:
    """The IRIs that are classes: a shape among them is for its things."""
    return {name for name, said in folded.named.items() if iris(said.get(_TYPE, ())) & _CLASSES}


def asked(shapes: Folded, by: Set[str]) -> set[str]:
    """The shapes that others ask by one of some parameters, and those that these ask in turn."""
    found: set[str] = set()
    rest = {name for said in shapes.named.values() for name in _asked(_pairs(said), by, asking=False)}
    while rest:
        found |= rest
        known = (shapes.named.get(name, {}) for name in rest)
        rest = {name for said in known for name in _asked(_pairs(said), by, asking=True)} - found
    return found


def with_queries(shapes: Folded) -> Mapping[str, Description]:
    """The descriptions, those of shapes with what their queries say."""
    return {
        name: {**said, SPARQL: _queries(said[SPARQL], shapes)} if SPARQL in said else said
        for name, said in shapes.named.items()
    }


def plain(query: str) -> str:
    """A query without comments, and with one space for any white space between its words."""
    return _SPACE.sub(lambda found: found[1] or " ", query).strip()


def _asked(pairs: Iterable[tuple[str, Value]], by: Set[str], asking: bool) -> Iterator[str]:
    for prop, value in pairs:
        if prop in ASKING or prop == PROPERTY:
            yield from _named(value, by, asking or prop in by)


def _named(value: Value, by: Set[str], asking: bool) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _named(one, by, asking)
    elif isinstance(value, frozenset):
        yield from _asked(value, by, asking)
    elif asking and (found := iri(value)):
        yield found


def _queries(values: Iterable[Value], shapes: Folded) -> frozenset[Value]:
    """What the queries of a shape say that are not turned off, whether they have a name or not."""
    told = (_description(value, shapes) for value in values)
    return frozenset(_query(said) for said in told if TRUE not in said.get(OFF, ()))


def _description(value: Value, shapes: Folded) -> Description:
    """The description of a node, named or not."""
    if not isinstance(value, frozenset):
        return shapes.named.get(str(iri(value)), {})
    return described(value)


def _query(said: Description) -> Value:
    kept = {prop: values for prop, values in said.items() if prop.startswith(_SH)}
    return frozenset(
        (prop, plain(_unescaped(str(value))) if prop == _SELECT else value)
        for prop, value in _pairs(kept)
        if prop == _PREFIXES or prop not in TEXTS
    )


def _pairs(said: Description) -> Iterator[tuple[str, Value]]:
    return ((prop, value) for prop, values in said.items() for value in values)


def _unescaped(literal: str) -> str:
    """The text of a literal of N-Triples."""
    text = literal[1:].rpartition('"')[0]
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)
