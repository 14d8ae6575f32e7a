"""What differs in the terms of the ontology, and what each difference weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from vesoc.names import PREFIXES, short, term
from vesoc.versions.axioms import binds
from vesoc.versions.axioms import differences as axiom_differences
from vesoc.versions.folding import Folded, Value, fold, iri, iris
from vesoc.versions.hierarchy import Hierarchy
from vesoc.versions.pair import Pair
from vesoc.versions.weight import Difference, Kind, kind

_SORTS = {
    term(name).value
    for name in (
        "owl:Class",
        "rdfs:Class",
        "owl:ObjectProperty",
        "owl:DatatypeProperty",
        "owl:AnnotationProperty",
        "rdf:Property",
    )
}
_ABOVE = ("rdfs:subClassOf", "rdfs:subPropertyOf")
_HINTS = ("schema:domainIncludes", "schema:rangeIncludes", "rdfs:domain", "rdfs:range")
_FUNCTIONAL = term("owl:FunctionalProperty").value
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_MAPPINGS = {term("rdfs:seeAlso").value, *(PREFIXES["skos"] + name for name in _MATCHES)}
# What an edition says of itself differs each time.
OF_VERSION = {
    term(name).value
    for name in (
        "bibo:status",
        "dcat:version",
        "dcterms:bibliographicCitation",
        "dcterms:issued",
        "dcterms:modified",
        "owl:deprecated",
        "owl:priorVersion",
        "owl:versionIRI",
        "owl:versionInfo",
        "skos:changeNote",
    )
}
_ELSEWHERE = OF_VERSION | {
    term(name).value
    for name in (
        "dcterms:isReplacedBy",
        "owl:disjointWith",
        "owl:propertyDisjointWith",
        "rdf:type",
        *_ABOVE,
        *_HINTS,
    )
}


def differences(compared: Pair) -> Iterator[Difference]:
    """What differs in classes and properties, ours and those of others that the ontology declares."""
    if compared.old.ontology != compared.new.ontology:
        yield from _Terms(compared).differences()


class _Terms:
    def __init__(self, compared: Pair) -> None:
        self._pair = compared
        self._old, self._new = fold(compared.old.ontology), fold(compared.new.ontology)
        self._levels = {name: (Hierarchy(self._old, name), Hierarchy(self._new, name)) for name in _ABOVE}

    def differences(self) -> Iterator[Difference]:
        before, after = _declared(self._old), _declared(self._new)
        for name in sorted(after - before):
            yield from self._came(name)
        for name in sorted(before - after):
            yield from self._went(name)
        for name in sorted((self._old.named.keys() & self._new.named.keys()) - (before ^ after)):
            yield from self._changed(name, before & after)
        yield from axiom_differences(self._old, self._new, before, self._pair.fresh)

    def _came(self, name: str) -> Iterator[Difference]:
        if name in self._pair.fresh:
            yield Difference(kind("term added"), name)
        elif not name.startswith(self._pair.new.base):
            yield Difference(kind("reused term added"), name)

    def _went(self, name: str) -> Iterator[Difference]:
        """A term of others: what became of ours is told by their names."""
        if not name.startswith(self._pair.old.base):
            used = any(name in (one.predicate.value, _text(one.object)) for one in self._pair.old.data)
            yield Difference(kind("reused term dropped" if used else "unused term dropped"), name)

    def _changed(self, name: str, terms: Set[str]) -> Iterator[Difference]:
        if self._old.named[name] == self._new.named[name]:
            return
        yield from self._sort(name)
        for prop in _ABOVE:
            yield from self._above(name, prop, terms)
        for prop in _HINTS:
            yield from self._hint(name, prop)
        yield from self._annotations(name)

    def _sort(self, name: str) -> Iterator[Difference]:
        before, after = (iris(one.values(name, "rdf:type")) for one in (self._old, self._new))
        if before & _SORTS and after & _SORTS and before & _SORTS != after & _SORTS:
            detail = f"{_names(before & _SORTS)} -> {_names(after & _SORTS)}"
            yield Difference(kind("term of another kind"), name, detail)
        if (_FUNCTIONAL in before) != (_FUNCTIONAL in after):
            promise = "now promises" if _FUNCTIONAL in after else "no longer promises"
            yield Difference(kind("functional changed"), name, f"{promise} at most one value")

    def _above(self, name: str, prop: str, terms: Set[str]) -> Iterator[Difference]:
        """Only of terms that are stated to stand elsewhere: those below them follow."""
        before, after = self._levels[prop]
        if before.direct[name] == after.direct[name]:
            return
        if gained := after.above(name) - before.above(name):
            new = not gained & terms
            yield Difference(kind("new broader term" if new else "broader term gained"), name, _names(gained))
        if lost := before.above(name) - after.above(name):
            yield Difference(kind("broader term lost"), name, _names(lost))

    def _hint(self, name: str, prop: str) -> Iterator[Difference]:
        before, after = (one.values(name, prop) for one in (self._old, self._new))
        if prop.startswith("rdfs:") and max(len(before), len(after)) > 1:
            left, taken = bool(after - before), bool(before - after)  # each holds, so that one more narrows
        else:
            left, taken = self._leaves_out(before, after), self._leaves_out(after, before)
        if left:
            yield Difference(kind("hint narrowed"), name, f"{prop}: {_told(before)} -> {_told(after)}")
        elif taken:
            yield Difference(kind("hint widened"), name, f"{prop}: {_told(before)} -> {_told(after)}")

    def _leaves_out(self, before: Set[Value], after: Set[Value]) -> bool:
        """Whether `before` takes in what `after` does not; without values a domain or range takes in anything."""
        if not (before and after):
            return bool(after)
        _, classes = self._levels["rdfs:subClassOf"]
        return not all(classes.covers(_members(after), one) for one in _members(before))

    def _annotations(self, name: str) -> Iterator[Difference]:
        before, after = self._old.named[name], self._new.named[name]
        for prop in sorted(before.keys() | after.keys()):
            went = before.get(prop, frozenset()) - after.get(prop, frozenset())
            came = after.get(prop, frozenset()) - before.get(prop, frozenset())
            if not (prop in _ELSEWHERE or binds(prop)) and (went or came):
                yield Difference(_annotation(prop, went, came), name, short(prop))


def _annotation(prop: str, went: Set[Value], came: Set[Value]) -> Kind:
    if prop == term("dcterms:license").value and went:
        return kind("licence changed")
    if prop == term("vann:preferredNamespaceUri").value:
        return kind("namespace changed")
    return kind("alignment added" if prop in _MAPPINGS and came else "wording changed")


def _declared(described: Folded) -> set[str]:
    return {name for name in described.named if iris(described.values(name, "rdf:type")) & _SORTS}


def _members(values: Iterable[Value]) -> set[str]:
    """The classes or datatypes that a domain or range takes in: those of a union, or each by itself."""
    found = set()
    for value in values:
        said = value if isinstance(value, frozenset) else ()
        unions = [one for name, one in said if name == term("owl:unionOf").value]
        found |= {str(iri(one) or one) for union in unions for one in union} or {str(iri(value) or value)}
    return found


def _told(values: Set[Value]) -> str:
    return _names(_members(values)) or "anything"


def _text(node: object) -> str:
    return getattr(node, "value", "")


def _names(values: Iterable[str]) -> str:
    return ", ".join(sorted(map(short, values)))
