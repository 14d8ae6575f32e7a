"""What differs in the SHACL shapes, and what each difference weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import chain

from pyoxigraph import Triple

from vesoc.names import PREFIXES, short, term
from vesoc.versions.demands import TEXTS, TRUE, Change, Demands
from vesoc.versions.folding import Description, Folded, Value, fold, iri, iris
from vesoc.versions.hierarchy import Hierarchy
from vesoc.versions.pair import Pair
from vesoc.versions.weight import Difference, kind

_SH = PREFIXES["sh"]
_TYPE, _SPARQL, _SEVERITY = (term(name).value for name in ("rdf:type", "sh:sparql", "sh:severity"))
_COMPATIBLE = f"{PREFIXES['vs']}compatibleWith"
_NAMESPACE = f"{_SH}namespace"
_KINDS = {term(f"sh:{name}").value for name in ("NodeShape", "PropertyShape")}
_TARGETS = {f"{_SH}target{name}" for name in ("Class", "Node", "SubjectsOf", "ObjectsOf")}
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
        self._queries = _queries(compared.new.shapes)
        self._old, self._new = (_described(one.shapes) for one in (compared.old, compared.new))
        self._demands = Demands(Hierarchy(fold(compared.new.ontology), "rdfs:subClassOf"))

    def differences(self) -> Iterator[Difference]:
        before, after = ({name for name in one if _is_shape(one[name])} for one in (self._old, self._new))
        for name in sorted(after - before):
            yield from self._came(name)
        for name in sorted(before - after):
            if _TARGETS & self._old[name].keys():
                yield Difference(kind("constraint looser"), name, "is gone")
        for name in sorted(before & after):
            yield from self._changed(name)
        for name in sorted(self._old.keys() & self._new.keys() - after):
            yield from self._namespace(name)
        for name in sorted(self._old.keys() & self._new.keys()):
            yield from self._reworded(name)

    def _came(self, name: str) -> Iterator[Difference]:
        """A new shape; one without targets demands nothing until another shape names it."""
        targets = iris(chain.from_iterable(self._new[name].get(target, ()) for target in _TARGETS))
        if targets and targets <= self._fresh:
            yield Difference(kind("constraint of new terms"), name)
        elif targets:
            yield _weighed(Change.STRICTER, name, "is new", _severity(self._new[name]))

    def _changed(self, name: str) -> Iterator[Difference]:
        before, after = self._old[name], self._new[name]
        now, was = _severity(after), _severity(before)
        if _RANKS.index(now) > _RANKS.index(was):
            yield _weighed(Change.STRICTER, name, f"severity {was} -> {now}", now)
        elif now != was:
            yield Difference(kind("constraint looser"), name, f"severity {was} -> {now}")
        for prop in sorted(before.keys() | after.keys()):
            if prop.startswith(_SH) and prop not in TEXTS:
                yield from self._parameter(name, prop, now)

    def _parameter(self, name: str, prop: str, severity: str) -> Iterator[Difference]:
        before, after = (one[name].get(prop, frozenset()) for one in (self._old, self._new))
        if before == after:
            return
        change = self._demands.compared(prop, before, after)
        if change is Change.STRICTER and prop in _TARGETS and iris(after - before) <= self._fresh:
            yield Difference(kind("constraint of new terms"), name, _told(prop, before, after))
        elif change is Change.REPLACED and self._vouched(name):
            yield Difference(kind("constraint vouched for"), name, _told(prop, before, after))
        elif change is not Change.NONE:
            yield _weighed(change, name, _told(prop, before, after), severity)

    def _vouched(self, name: str) -> bool:
        """Whether an editor says, on the shape or on its query, that it accepts all that the old edition accepted."""
        nodes = {name, *self._queries.get(name, ())}
        said = (self._new.get(node, {}).get(_COMPATIBLE, frozenset()) for node in nodes)
        return f'"{self._last}"' in chain.from_iterable(said)

    def _namespace(self, name: str) -> Iterator[Difference]:
        """What the queries take a prefix for."""
        before, after = (one[name].get(_NAMESPACE, frozenset()) for one in (self._old, self._new))
        if before != after:
            yield Difference(kind("constraint replaced"), name, _told(_NAMESPACE, before, after))

    def _reworded(self, name: str) -> Iterator[Difference]:
        before, after = (
            {prop: values for prop, values in one[name].items() if _is_text(prop)} for one in (self._old, self._new)
        )
        if before != after:
            changed = [prop for prop in before.keys() | after.keys() if before.get(prop) != after.get(prop)]
            yield Difference(kind("shape wording changed"), name, ", ".join(sorted(map(short, changed))))


def _weighed(change: Change, name: str, detail: str, severity: str) -> Difference:
    told = change is Change.LOOSER or severity == "Violation"
    return Difference(kind(_SHAPE[change] if told else "remark changed"), name, detail)


def _described(triples: Set[Triple]) -> Mapping[str, Description]:
    """The shapes that are in force, each with its queries as texts."""
    folded = fold(triples)
    off = {name for name in folded.named if TRUE in folded.values(name, "sh:deactivated")}
    return {name: _with_queries(described, folded) for name, described in folded.named.items() if name not in off}


def _queries(triples: Set[Triple]) -> Mapping[str, Set[str]]:
    """The constraints of each shape that have a name."""
    return {name: iris(described.get(_SPARQL, frozenset())) for name, described in fold(triples).named.items()}


def _with_queries(described: Description, folded: Folded) -> Description:
    if _SPARQL not in described:
        return described
    queries = frozenset(_query(value, folded) for value in described[_SPARQL])
    return {**described, _SPARQL: queries}


def _query(value: Value, folded: Folded) -> str:
    """The text of a query without its white space, whether its constraint has a name or not."""
    said = dict(value) if isinstance(value, frozenset) else {}
    texts = folded.values(str(iri(value)), "sh:select") or {said.get(f"{_SH}select", "")}
    return " ".join(" ".join(map(str, texts)).replace("\\n", " ").split())


def _is_shape(described: Description) -> bool:
    return bool(iris(described.get(_TYPE, frozenset())) & _KINDS)


def _is_text(prop: str) -> bool:
    return prop != _SEVERITY and (prop in TEXTS or not prop.startswith(_SH)) and prop != _TYPE


def _severity(described: Description) -> str:
    [found, *_] = [*(one.removeprefix(_SH) for one in iris(described.get(_SEVERITY, frozenset()))), "Violation"]
    return found if found in _RANKS else "Violation"


def _told(prop: str, before: Set[Value], after: Set[Value]) -> str:
    if prop == _SPARQL:
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
