"""The terms of our JSON-LD: what its context says of each, made from the ontology and the table of prefixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode, Store

from vesoc.names import PREFIXES, prefixes, term

REFERENCE, TERM = "@id", "@vocab"  # a value is an IRI; an IRI that may be written as a term
INTEGER = "xsd:integer"
_SINGLE, _SEVERAL = False, True
# Prefixes of things rather than of terms: a client that knows no RDF can follow a whole address only.
_THINGS = ("eurovoc", "themism", "themisme", "themisp", "unit")
# What the graph uses of others and the ontology does not tell the values of.
_TEXTS = {
    "dcterms:bibliographicCitation": _SINGLE,
    "dcterms:description": _SINGLE,
    "dcterms:rights": _SINGLE,
    "dcterms:title": _SINGLE,
    "rdfs:comment": _SINGLE,
    "rdfs:label": _SINGLE,
    "skos:altLabel": _SEVERAL,
    "skos:changeNote": _SEVERAL,
    "skos:definition": _SINGLE,
    "skos:hiddenLabel": _SEVERAL,
    "skos:historyNote": _SEVERAL,
    "skos:prefLabel": _SINGLE,
    "skos:scopeNote": _SINGLE,
}
_VALUES = {
    "dcat:endDate": ("xsd:date", _SINGLE),
    "dcat:startDate": ("xsd:date", _SINGLE),
    "dcterms:created": ("xsd:date", _SINGLE),
    "dcterms:creator": (REFERENCE, _SEVERAL),
    "dcterms:date": ("xsd:date", _SINGLE),
    "dcterms:issued": ("xsd:date", _SINGLE),
    "dcterms:license": (REFERENCE, _SINGLE),
    "dcterms:modified": ("xsd:date", _SINGLE),
    "dcterms:publisher": (REFERENCE, _SINGLE),
    "oa:end": (INTEGER, _SINGLE),
    "oa:start": (INTEGER, _SINGLE),
    "owl:priorVersion": (REFERENCE, _SINGLE),
    "owl:versionIRI": (REFERENCE, _SINGLE),
    "rdfs:domain": (TERM, _SEVERAL),
    "rdfs:isDefinedBy": (REFERENCE, _SINGLE),
    "rdfs:range": (TERM, _SEVERAL),
    "rdfs:seeAlso": (REFERENCE, _SEVERAL),
    "rdfs:subClassOf": (TERM, _SEVERAL),
    "rdfs:subPropertyOf": (TERM, _SEVERAL),
    "schema:domainIncludes": (TERM, _SEVERAL),
    "schema:rangeIncludes": (TERM, _SEVERAL),
}
_TYPE, _RANGE = term("rdf:type"), term("schema:rangeIncludes")
_KINDS = tuple(map(term, ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")))
_OPEN = {PREFIXES["rdfs"] + "Resource"}  # a range that says nothing: a thing or a literal


@dataclass(frozen=True)
class Term:
    """A term of the context: `id` is its IRI with a prefix, `type` that of its values where they share one.

    `texts` has its values by language, `several` has them in a list even where there is one only.
    """

    name: str
    id: str
    type: str | None = None
    texts: bool = False
    several: bool = False

    @property
    def definition(self) -> dict[str, Any]:
        """An expanded term definition (JSON-LD 1.1, section 9.15.1)."""
        kinds = [*(["@language"] if self.texts else []), *(["@set"] if self.several else [])]
        container = {"@container": kinds if len(kinds) > 1 else kinds[0]} if kinds else {}
        return {"@id": self.id, **({"@type": self.type} if self.type else {}), **container}

    @property
    def prefixes(self) -> set[str]:
        """The prefixes that its definition is written with."""
        return {name.partition(":")[0] for name in (self.id, self.type or "") if ":" in name}


class Vocabulary:
    """The terms and prefixes of the context for one store; without our ontology in it, those of others only."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._namespace = f"{base}ns#"
        own = f"{base}id/"
        table = prefixes(base)
        self.prefixes = {name: iri for name, iri in table.items() if name not in _THINGS and not iri.startswith(own)}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The properties that have a term, by IRI."""
        found = {**dict(self._others()), **dict(self._declared())}
        return MappingProxyType(dict(sorted(found.items(), key=lambda pair: pair[1].name)))

    @cached_property
    def named(self) -> Mapping[str, Term]:
        """The same by name."""
        return MappingProxyType({one.name: one for one in self.terms.values()})

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The names of our own classes, by IRI."""
        nodes = self._subjects(term("owl:Class"))
        own = sorted(node.value for node in nodes if node.value.startswith(self._namespace))
        return MappingProxyType({iri: iri.removeprefix(self._namespace) for iri in own})

    def name(self, iri: str) -> str:
        """An IRI of a term: the term, else the IRI with its prefix, else as it is."""
        if iri in self.terms:
            return self.terms[iri].name
        return self.classes.get(iri) or self.short(iri)

    def short(self, iri: str) -> str:
        """An IRI with its prefix, where it has one."""
        prefix = max((p for p, space in self.prefixes.items() if _fits(iri, space)), key=self._length, default=None)
        return f"{prefix}:{iri.removeprefix(self.prefixes[prefix])}" if prefix else iri

    def definitions(self) -> dict[str, Any]:
        """The value of @context, whole."""
        named = {name: f"vesoc:{name}" for name in self.classes.values()}
        return {"@version": 1.1, **self.prefixes, **named, **{name: one.definition for name, one in self.named.items()}}

    def used(self, names: set[str]) -> dict[str, Any]:
        """The value of @context with those terms and prefixes only, and what their definitions need."""
        terms = {name: self.named[name] for name in sorted(names & self.named.keys())}
        classes = {name: f"vesoc:{name}" for name in sorted(names.intersection(self.classes.values()))}
        needed = names.union(*(one.prefixes for one in terms.values()), ["vesoc"] if classes else [])
        spaces = {name: iri for name, iri in self.prefixes.items() if name in needed}
        return {"@version": 1.1, **spaces, **classes, **{name: one.definition for name, one in terms.items()}}

    def _length(self, prefix: str) -> int:
        return len(self.prefixes[prefix])

    def _others(self) -> Iterator[tuple[str, Term]]:
        for name, several in _TEXTS.items():
            yield term(name).value, Term(name, name, texts=True, several=several)
        for name, (kind, several) in _VALUES.items():
            yield term(name).value, Term(name, name, kind, several=several)

    def _declared(self) -> Iterator[tuple[str, Term]]:
        known = {term(name) for name in (*_TEXTS, *_VALUES)}
        for kind in _KINDS:
            for node in self._subjects(kind) - known:
                own = node.value.startswith(self._namespace)
                if own or kind == _KINDS[0]:
                    yield node.value, self._own(node, kind) if own else self._foreign(node)

    def _foreign(self, node: NamedNode) -> Term:
        name = self.short(node.value)
        return Term(name, name, REFERENCE, several=True)

    def _own(self, node: NamedNode, kind: NamedNode) -> Term:
        name = node.value.removeprefix(self._namespace)
        ranges = {value.value for value in self._objects(node, _RANGE)}
        several = term("owl:FunctionalProperty") not in self._objects(node, _TYPE)
        if ranges == {PREFIXES["rdf"] + "langString"}:
            return Term(name, f"vesoc:{name}", texts=True)
        return Term(name, f"vesoc:{name}", self._type(kind, ranges), several=several)

    def _type(self, kind: NamedNode, ranges: set[str]) -> str | None:
        """What the values of one of our properties are: coerced to a type where they share one."""
        if ranges == {PREFIXES["rdf"] + "Property"}:
            return TERM
        if kind == _KINDS[0]:
            return REFERENCE
        one = next(iter(ranges), None) if len(ranges) == 1 and not ranges & _OPEN else None
        return self.short(one) if one and one != PREFIXES["xsd"] + "string" else None

    def _subjects(self, kind: NamedNode) -> set[NamedNode]:
        quads = self._store.quads_for_pattern(None, _TYPE, kind, None)
        return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}

    def _objects(self, node: NamedNode, predicate: NamedNode) -> set[NamedNode]:
        quads = self._store.quads_for_pattern(node, predicate, None, None)
        return {quad.object for quad in quads if isinstance(quad.object, NamedNode)}


def _fits(iri: str, space: str) -> bool:
    """Whether what is left of an IRI after a namespace can stand after a prefix; not what looks like an authority."""
    rest = iri.removeprefix(space)
    return rest != iri and bool(rest) and not rest.startswith("//")
