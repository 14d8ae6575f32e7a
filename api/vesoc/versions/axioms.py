"""What differs in the axioms that bind terms: restrictions, disjointness, equivalence, characteristics."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import combinations

from vesoc.names import PREFIXES, short, term
from vesoc.versions.folding import Folded, Value, iri, iris
from vesoc.versions.weight import Difference, kind

Axiom = tuple[str, frozenset[Value]]  # what it says, and of which terms

_OWL = PREFIXES["owl"]
_TYPE, _MEMBERS = (term(name).value for name in ("rdf:type", "owl:members"))
_RESTRICTING = {f"{name}Property" for name in ("Asymmetric", "Irreflexive", "InverseFunctional")}
_ENTAILING = {f"{name}Property" for name in ("Transitive", "Symmetric", "Reflexive")}
_DISJOINT = {"disjointWith": "disjoint", "propertyDisjointWith": "disjoint properties"}
_ALL_DISJOINT = {"AllDisjointClasses": "disjoint", "AllDisjointProperties": "disjoint properties"}
# Told elsewhere, or telling of a term and not binding it. Whatever else OWL has binds.
_KNOWN = {*_DISJOINT, "backwardCompatibleWith", "deprecated", "imports", "incompatibleWith", "priorVersion"} | {
    "versionIRI",
    "versionInfo",
}
_NOTES = {
    f"{_OWL}{name}" for name in ("AllDisjointClasses", "AllDisjointProperties", "Annotation", "Axiom", "Ontology")
}
_CLASSES = {f"{_OWL}{name}" for name in ("Class", "Restriction")}
_STATING = {term(name).value for name in ("rdfs:subClassOf", "owl:disjointWith", "owl:equivalentClass", "owl:hasKey")}


def differences(old: Folded, new: Folded, terms: Set[str], fresh: Set[str]) -> Iterator[Difference]:
    """The axioms that came and went; `terms` are those that the old ontology declared, `fresh` ours that are new."""
    restricting = set(_restrictions(old)), set(_restrictions(new))
    entailing = set(_entailments(old)), set(_entailments(new))
    for before, after, lost in ((*restricting, "axiom lost"), (*entailing, "entailment lost")):
        for axiom in sorted(before - after, key=_order):
            if all(name in new.named for name in iris(axiom[1])):
                yield _difference(lost, axiom, terms)
        for axiom in sorted(after - before, key=_order):
            yield from _gained(axiom, terms, fresh)


def binds(prop: str) -> bool:
    """Whether a property states an axiom that is told by its name alone."""
    return prop.startswith(_OWL) and prop.removeprefix(_OWL) not in _KNOWN


def _gained(axiom: Axiom, terms: Set[str], fresh: Set[str]) -> Iterator[Difference]:
    """An axiom among new terms alone came with them; terms of others that we did not declare are not new."""
    bound = iris(axiom[1])
    if bound & terms:
        yield _difference("axiom with new term" if bound & fresh else "axiom gained", axiom, terms)


def _order(axiom: Axiom) -> tuple[str, list[str]]:
    return axiom[0], sorted(iris(axiom[1]))


def _difference(name: str, axiom: Axiom, terms: Set[str]) -> Difference:
    """At the first of its terms that was one before."""
    said, of = axiom
    first, *others = sorted(iris(of), key=lambda iri: (iri not in terms, iri))
    return Difference(kind(name), first, " ".join([said, *map(short, others)]))


def _restrictions(described: Folded) -> Iterator[Axiom]:
    for name in described.named:
        for value in described.values(name, "rdfs:subClassOf"):
            if not isinstance(value, str):
                yield f"restriction {_told(value)}", frozenset({f"<{name}>"})
        yield from _characteristics(described, name, _RESTRICTING)
        for prop, said in _DISJOINT.items():
            yield from ((said, frozenset({f"<{name}>", one})) for one in described.values(name, f"owl:{prop}"))
    for value in described.bare:
        yield from _pairwise(value)


def _entailments(described: Folded) -> Iterator[Axiom]:
    for name in described.named:
        yield from _characteristics(described, name, _ENTAILING)
        for prop, values in described.named[name].items():
            if binds(prop):
                yield from (_tie(prop.removeprefix(_OWL), f"<{name}>", one) for one in values)
    for value in described.bare:
        if isinstance(value, frozenset) and _states(value):
            yield _told(value), frozenset(f"<{name}>" for name in _within(value))


def _states(value: frozenset[tuple[str, Value]]) -> bool:
    """Whether a nameless description that nothing points to states something; a class or restriction alone does not."""
    kinds, said = iris(one for prop, one in value if prop == _TYPE), {prop for prop, _ in value}
    return not kinds & _NOTES and (not kinds & _CLASSES or bool(said & _STATING))


def _tie(said: str, name: Value, other: Value) -> Axiom:
    """What is said of a term with another, or with what is made of others."""
    return (said, frozenset({name, other})) if iri(other) else (f"{said} {_told(other)}", frozenset({name}))


def _within(value: Value) -> Iterator[str]:
    """The IRIs in a description, however deep."""
    if isinstance(value, str):
        yield from iris([value])
    for one in value if isinstance(value, tuple) else [one for _, one in value] if isinstance(value, frozenset) else ():
        yield from _within(one)


def _characteristics(described: Folded, name: str, known: Set[str]) -> Iterator[Axiom]:
    found = {one.removeprefix(_OWL) for one in iris(described.values(name, "rdf:type"))}
    yield from ((one, frozenset({f"<{name}>"})) for one in found & known)


def _pairwise(value: Value) -> Iterator[Axiom]:
    """Disjointness of several, as that of each two: one more member is then no other axiom."""
    said = dict(value) if isinstance(value, frozenset) else {}
    kinds = str(iri(said.get(_TYPE, ""))).removeprefix(_OWL)
    if kinds in _ALL_DISJOINT:
        for two in combinations(said.get(_MEMBERS, ()), 2):
            yield _ALL_DISJOINT[kinds], frozenset(two)


def _told(value: Value) -> str:
    """An anonymous class in a line, the same for the same class."""
    if isinstance(value, frozenset):
        return " ".join(sorted(f"{short(name)} {_told(one)}" for name, one in value if name != _TYPE))
    if isinstance(value, tuple):
        return f"({' '.join(map(_told, value))})"
    found = iri(value)
    return short(found) if found else value
