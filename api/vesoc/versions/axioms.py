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
_TIES = {"equivalentClass", "equivalentProperty", "inverseOf"}


def differences(old: Folded, new: Folded, terms: Set[str]) -> Iterator[Difference]:
    """The axioms that came and went; `terms` are those that the old ontology declared."""
    restricting = set(_restrictions(old)), set(_restrictions(new))
    entailing = set(_entailments(old)), set(_entailments(new))
    for before, after, lost in ((*restricting, "axiom lost"), (*entailing, "entailment lost")):
        for axiom in sorted(before - after, key=_order):
            if all(name in new.named for name in iris(axiom[1])):
                yield _difference(lost, axiom, terms)
        for axiom in sorted(after - before, key=_order):
            yield from _gained(axiom, terms)


def _gained(axiom: Axiom, terms: Set[str]) -> Iterator[Difference]:
    """An axiom among new terms alone came with them."""
    bound = iris(axiom[1])
    if bound & terms:
        yield _difference("axiom gained" if bound <= terms else "axiom with new term", axiom, terms)


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
        for prop in sorted(_TIES):
            yield from ((prop, frozenset({f"<{name}>", one})) for one in described.values(name, f"owl:{prop}"))


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
