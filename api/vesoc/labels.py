"""What things are called: the label of an IRI in the reader's language, composed where a thing has none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from cachetools import LRUCache
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from vesoc.names import prefixes
from vesoc.templating import number
from vesoc.terms import INVERSE, PLURALS, TERMS
from vesoc.words import LANGUAGES

_DEFAULT = DefaultGraph()
_KEPT = 50_000  # labels that are kept for the next page
_NAMES = (
    "skos:prefLabel",
    "rdfs:label",
    "dcterms:title",
    "foaf:name",
    "schema:name",
)


class Labels:
    """Labels from one store; `language` is nl or en, the other languages stand in where it is missing."""

    def __init__(self, store: Store, base: str, language: str) -> None:
        self._store = store
        self._language = language
        self.prefixes = prefixes(base)
        self._numbers = {self.term("xsd:decimal"), self.term("xsd:integer")}
        place = LANGUAGES.index(language)
        self._terms = {self.term(name).value: (texts[place], None) for name, texts in TERMS.items()}
        self._inverse = {self.term(name): texts[place] for name, texts in INVERSE.items()}
        self._plurals = {self.term(name): texts[place] for name, texts in PLURALS.items()}
        self._known: LRUCache[str, tuple[str, str | None]] = LRUCache(_KEPT)
        self._composed: dict[str, Callable[[NamedNode], str | None]] = {
            "vesoc:Quantity": self._quantity,
            "vesoc:EligibilityCriterion": self._criterion,
            "vesoc:InstrumentChange": self._change,
            "vesoc:Evidence": self._evidence,
            "vesoc:Claim": self._claim,
            "vesoc:Signature": self._signature,
        }

    def of(self, node: NamedNode) -> str:
        """The label of a node: its name, else one composed from what is said of it, else the end of its IRI."""
        return self.found(node)[0]

    def found(self, node: NamedNode) -> tuple[str, str | None]:
        """The label of a node, and its language where that is another than the reader's."""
        known = self._terms.get(node.value) or self._known.get(node.value)
        if known is None:
            known = self._name(node) or (self._compose(node) or _local(node.value), None)
            self._known[node.value] = known
        return known

    def inverse(self, node: NamedNode) -> str:
        """What stands before those that point to a thing by a property."""
        return (
            self._inverse.get(node) or f"\N{LEFT DOUBLE QUOTATION MARK}{self.of(node)}\N{RIGHT DOUBLE QUOTATION MARK}"
        )

    def unit(self, node: NamedNode, amount: str) -> str:
        """A unit as it stands behind a number."""
        return self.of(node) if amount == "1" else self._plurals.get(node) or self.of(node)

    def term(self, name: str) -> NamedNode:
        """The IRI of a prefixed name, or of a whole one."""
        prefix, local = name.split(":", 1)
        return NamedNode(name if local.startswith("//") else self.prefixes[prefix] + local)

    def values(self, node: Any, name: str) -> list[Any]:
        """The objects of a property, named with its prefix; of a literal and of nothing, nothing is said."""
        if node is None or isinstance(node, Literal):
            return []
        quads = self._store.quads_for_pattern(node, self.term(name), None, _DEFAULT)
        return [quad.object for quad in quads]

    def best(self, values: Iterable[Any]) -> list[Literal]:
        """The literals in the reader's language, else those without one, else all."""
        literals = [value for value in values if isinstance(value, Literal)]
        for language in (self._language, None):
            if chosen := [literal for literal in literals if literal.language == language]:
                return sorted(chosen, key=str)
        return sorted(literals, key=str)

    def _name(self, node: NamedNode) -> tuple[str, str | None] | None:
        for name in _NAMES:
            if literals := self.best(self.values(node, name)):
                best = literals[0]
                return best.value, best.language if best.language != self._language else None
        return None

    def _compose(self, node: NamedNode) -> str | None:
        for name, compose in self._composed.items():
            if self.term(name) in self.values(node, "rdf:type"):
                return compose(node)
        return None

    def _one(self, node: NamedNode, name: str) -> str | None:
        values = self.values(node, name)
        if not values:
            return None
        return self.of(values[0]) if isinstance(values[0], NamedNode) else self._written(values[0])

    def _written(self, literal: Any) -> str:
        """A literal as it stands in a label: a number with the marks of the language."""
        numeric = getattr(literal, "datatype", None) in self._numbers
        return number(literal.value, self._language) if numeric else str(literal.value)

    def _all(self, node: NamedNode, *names: str) -> str | None:
        parts = [self._one(node, name) for name in names]
        return " ".join(part for part in parts if part) or None

    def _quantity(self, node: NamedNode) -> str | None:
        parts = (self._measured(node), self._one(node, "vesoc:appliesDuring"))
        return " ".join(part for part in parts if part) or None

    def _criterion(self, node: NamedNode) -> str | None:
        parts = (self._all(node, "vesoc:hasParameter", "vesoc:hasOperator"), self._measured(node))
        return " ".join(part for part in parts if part) or None

    def _measured(self, node: NamedNode) -> str | None:
        """A number with its unit."""
        units = [
            self.unit(unit, value.value)
            for value in self.values(node, "vesoc:numericValue")
            for unit in self.values(node, "vesoc:hasUnit")
        ]
        return " ".join(part for part in (self._one(node, "vesoc:numericValue"), *units) if part) or None

    def _change(self, node: NamedNode) -> str | None:
        values = [self._one(node, name) for name in ("vesoc:valueBefore", "vesoc:valueAfter")]
        change = " → ".join(value for value in values if value)
        return f"{self._one(node, 'vesoc:hasParameter')}: {change}"

    def _evidence(self, node: NamedNode) -> str | None:
        path, number = self._one(node, "vesoc:sectionPath"), self._one(node, "vesoc:bulletNumber")
        return f"{path}, item {number}" if number else path

    def _claim(self, node: NamedNode) -> str | None:
        """What it is about, as to which property, and the thing that is claimed where it is one."""
        claimed = (value for value in self.values(node, "vesoc:claims") if isinstance(value, NamedNode))
        said = [self._one(node, "vesoc:aboutProperty"), *(self.of(value) for value in claimed)]
        parts = [self._one(node, "vesoc:isAbout"), " ".join(part for part in said if part)]
        return ": ".join(part for part in parts if part) or None

    def _signature(self, node: NamedNode) -> str | None:
        """The name as it is printed, and under what; each name stands under several agreements."""
        parts = [self._one(node, name) for name in ("vesoc:printedAs", "vesoc:signs")]
        return ", ".join(part for part in parts if part) or None


def _local(iri: str) -> str:
    end = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return unquote(end) or iri
