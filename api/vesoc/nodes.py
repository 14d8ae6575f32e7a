"""What the graph says of a thing, its values as JSON-LD has them."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from vesoc.names import PREFIXES, prefixes

_XSD = PREFIXES["xsd"]
_NAMES = ("skos:prefLabel", "dcterms:title", "rdfs:label", "foaf:name")
_PLAIN = ("string", "langString")


class Nodes:
    """The things of one store, by IRI."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._prefixes = prefixes(base)

    def iri(self, name: str) -> str:
        """The IRI of a name with a prefix."""
        prefix, local = name.split(":", 1)
        return self._prefixes[prefix] + local

    def values(self, iri: str, name: str) -> list[Any]:
        """The IRIs and literals that a thing has for a property, in order."""
        quads = self._store.quads_for_pattern(NamedNode(iri), NamedNode(self.iri(name)), None, None)
        return sorted({quad.object for quad in quads if isinstance(quad.object, (NamedNode, Literal))}, key=str)

    def iris(self, iri: str, name: str) -> list[str]:
        """The IRIs among them."""
        return [value.value for value in self.values(iri, name) if isinstance(value, NamedNode)]

    def literals(self, iri: str, name: str) -> list[Any]:
        """The literals among them, as JSON-LD has them."""
        return [literal(value) for value in self.values(iri, name) if isinstance(value, Literal)]

    def subjects(self, name: str, iri: str) -> list[str]:
        """The IRIs of the things that have a thing for a property, in order."""
        quads = self._store.quads_for_pattern(None, NamedNode(self.iri(name)), NamedNode(iri), None)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})

    def named(self, iri: str) -> list[Any]:
        """What a thing is called."""
        return next(filter(None, (self.literals(iri, name) for name in _NAMES)), [])

    def reference(self, iri: str, kind: str | None = None) -> dict[str, Any]:
        """A thing by its IRI, with its name and, where that is told, its class."""
        told = {"@id": iri, "@type": kind, "name": self.named(iri)}
        return {name: value for name, value in told.items() if value}

    def value(self, value: NamedNode | Literal) -> Any:
        """A value, where it is a thing with its name."""
        return self.reference(value.value) if isinstance(value, NamedNode) else literal(value)


def literal(value: Literal) -> Any:
    """A literal, as JSON-LD has it."""
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value.removeprefix(_XSD) in _PLAIN:
        return value.value
    return {"@value": value.value, "@type": value.datatype.value}
