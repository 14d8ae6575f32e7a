"""What the shapes ask of each class and property, read from their files as data: the page has the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from vesoc.names import PREFIXES, term

_SH = PREFIXES["sh"]
_RULE, _TITLE = term("dcterms:isPartOf"), term("dcterms:title")
# What says where a shape applies, and what it says when it is broken; all else is a constraint.
_NO_CONSTRAINTS = frozenset(
    ("message", "path", "severity", "sparql", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
_COUNTS = frozenset(("minCount", "maxCount", "uniqueLang"))
_OF_CLASS = re.compile(r"\?value a (\w+):(\w+)")


@dataclass(frozen=True)
class Constraint:
    """A constraint by the end of its SHACL property, with its values as the shape has them.

    The constraints on how many there are go together as `count`: the least, the most, and whether each is in another
    language. `or` has the constraints of which one must hold, `scheme` the scheme that a concept must be of. What has
    no words of its own is a `message`.
    """

    kind: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Limit:
    """The constraints of one shape, its rule and severity; `path` is the property whose values it is about.

    Without a path it is about the thing itself; `of_values` means those that a property leads to.
    """

    path: NamedNode | None
    constraints: tuple[Constraint, ...]
    rule: str
    severity: str
    of_values: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule by its code, its title by language, and by language what its queries over the whole graph complain of."""

    code: str
    title: Mapping[str, str]
    messages: tuple[Mapping[str, str], ...]


class Constraints:
    """The constraints of the shapes in a folder, which is read when somebody asks; there are none without a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def warm(self) -> None:
        """Read the shapes."""
        self.of_classes, self.of_properties, self.rules  # noqa: B018

    @cached_property
    def of_classes(self) -> Mapping[str, tuple[Limit, ...]]:
        """What is asked of the things of a class, by its IRI."""
        return self._limits("targetClass", lambda shape, target: target)

    @cached_property
    def of_properties(self) -> Mapping[str, tuple[Limit, ...]]:
        """What is asked wherever a property is used, by its IRI."""
        found = dict(self._limits("targetSubjectsOf", self._path))
        for iri, limits in self._limits("targetObjectsOf", lambda shape, target: target, of_values=True).items():
            found[iri] = (*found.get(iri, ()), *limits)
        return MappingProxyType(found)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, by code."""
        nodes = {quad.subject for quad in self._store.quads_for_pattern(None, term("rdf:type"), term("vs:Rule"), None)}
        return tuple(self._rule(node) for node in sorted(nodes, key=str))

    @cached_property
    def rules_of_classes(self) -> Mapping[str, frozenset[str]]:
        """The codes of the rules whose queries over the whole graph look at a class, by its IRI."""
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(f"{_SH}sparql"), None, None):
            query = str(self._one(quad.object, f"{_SH}select").value)
            for prefix, name in _OF_CLASS.findall(query):
                found.setdefault(PREFIXES[prefix] + name, set()).add(self._code(quad.subject))
        return MappingProxyType({iri: frozenset(codes) for iri, codes in found.items()})

    @cached_property
    def _store(self) -> Store:
        store = Store()
        for path in sorted(self._folder.glob("*.ttl")) if self._folder else []:
            store.bulk_load(path=str(path))
        return store

    def _limits(
        self, target: str, place: Callable[[Any, Any], Any], *, of_values: bool = False
    ) -> Mapping[str, tuple[Limit, ...]]:
        found: dict[str, list[Limit]] = {}
        quads = self._store.quads_for_pattern(None, NamedNode(_SH + target), None, None)
        for quad in sorted(quads, key=str):
            limit = self._limit(quad.subject, of_values=of_values)
            found.setdefault(place(quad.subject, quad.object).value, []).append(limit)
        return MappingProxyType({iri: tuple(limits) for iri, limits in found.items()})

    def _path(self, shape: Any, target: Any) -> Any:
        """The property that a shape is about, which for most is the one whose subjects it aims at."""
        return self._one(shape, f"{_SH}path") or target

    def _limit(self, shape: Any, *, of_values: bool) -> Limit:
        severity = self._one(shape, f"{_SH}severity")
        end = severity.value.removeprefix(_SH) if severity else "Violation"
        path = self._one(shape, f"{_SH}path")
        return Limit(path, tuple(self._constraints(shape)), self._code(shape), end, of_values)

    def _constraints(self, shape: Any) -> Iterable[Constraint]:
        said: dict[str, Any] = {}
        for quad in sorted(self._store.quads_for_pattern(shape, None, None, None), key=str):
            name = quad.predicate.value.removeprefix(_SH)
            if name != quad.predicate.value and name not in _NO_CONSTRAINTS:
                said[name] = quad.object
        if counts := _COUNTS & said.keys():
            numbers = [int(said[name].value) if name in said else None for name in ("minCount", "maxCount")]
            yield Constraint("count", (*numbers, "uniqueLang" in counts))
        for name in sorted(said.keys() - _COUNTS):
            yield self._constraint(shape, name, said[name])

    def _constraint(self, shape: Any, name: str, value: Any) -> Constraint:
        if name == "or":
            return Constraint(name, tuple(one for part in self._list(value) for one in self._constraints(part)))
        if name == "node":
            scheme = self._scheme(value)
            return Constraint("scheme", (scheme,)) if scheme else Constraint("message", (self._messages(shape),))
        known = name in ("class", "datatype", "disjoint", "hasValue", "lessThan", "lessThanOrEquals", "nodeKind")
        if known or name in ("minInclusive", "pattern"):
            return Constraint(name, (value,))
        return Constraint("message", (self._messages(shape),))

    def _scheme(self, shape: Any) -> Any:
        """The scheme of which a shape wants a concept."""
        inner = self._one(shape, f"{_SH}property")
        path = self._one(inner, f"{_SH}path") if inner else None
        return self._one(inner, f"{_SH}hasValue") if path == term("skos:inScheme") else None

    def _list(self, node: Any) -> list[Any]:
        found = []
        while node != term("rdf:nil"):
            found.append(self._one(node, PREFIXES["rdf"] + "first"))
            node = self._one(node, PREFIXES["rdf"] + "rest")
        return found

    def _rule(self, node: Any) -> Rule:
        shapes = sorted((q.subject for q in self._store.quads_for_pattern(None, _RULE, node, None)), key=str)
        queries = [shape for shape in shapes if self._one(shape, f"{_SH}sparql")]
        title = self._texts(node, _TITLE)
        return Rule(_end(node), title, tuple(self._messages(shape) for shape in queries))

    def _messages(self, shape: Any) -> Mapping[str, str]:
        """What a shape complains of, by language, without the code of its rule."""
        texts = self._texts(shape, NamedNode(f"{_SH}message"))
        return {language: text.removeprefix(f"{self._code(shape)} ") for language, text in texts.items()}

    def _texts(self, node: Any, predicate: NamedNode) -> dict[str, str]:
        values = [quad.object for quad in self._store.quads_for_pattern(node, predicate, None, None)]
        return {value.language or "": value.value for value in values if isinstance(value, Literal)}

    def _code(self, shape: Any) -> str:
        rule = self._one(shape, _RULE.value)
        return _end(rule) if rule else ""

    def _one(self, node: Any, predicate: str) -> Any:
        quads = self._store.quads_for_pattern(node, NamedNode(predicate), None, None)
        return next((quad.object for quad in quads), None)


def _end(node: Any) -> str:
    return str(node.value.rpartition("#")[2])
