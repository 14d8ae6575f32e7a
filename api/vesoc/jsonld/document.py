"""Triples as a JSON-LD document in the terms of our context: each triple by itself, so that none changes.

The document is compacted as JSON-LD 1.1 has it, but written at once rather than by way of its expanded form; why, and
what that saves, stands in docs/decisions/0015-json-ld.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vesoc.jsonld.vocabulary import INTEGER, REFERENCE, TERM, Term, Vocabulary
from vesoc.names import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_DIGITS = re.compile(r"-?[0-9]{1,16}")
_SAFE = 1 << 53  # from here on not every reader of JSON keeps each digit of a number


def document(vocabulary: Vocabulary, triples: Iterable[Triple], context: str | None = None) -> bytes | None:
    """The triples, with the definitions of the terms that they use, or with the address of `context` instead.

    None where they have no such form: terms of RDF 1.2, and IRIs that would be taken for names with a prefix.
    """
    known = list(triples)
    if not all(_fits(vocabulary, triple) for triple in known):
        return None
    nodes = _Nodes(vocabulary)
    for triple in sorted(known, key=_place):
        nodes.add(triple)
    found = nodes.whole()
    told: Any = context or vocabulary.used(nodes.names)
    body = found[0] if len(found) == 1 else {"@graph": found}
    return orjson.dumps({"@context": told, **body}, option=orjson.OPT_INDENT_2)


def whole(vocabulary: Vocabulary) -> bytes:
    """The context itself."""
    return orjson.dumps({"@context": vocabulary.definitions()}, option=orjson.OPT_INDENT_2)


class _Nodes:
    """Node objects by their name, as they grow; `names` are the terms and prefixes that were needed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._short = cache(vocabulary.short)
        self._nodes: dict[str, dict[str, Any]] = {}
        self.names: set[str] = set()

    def add(self, triple: Triple) -> None:
        subject = self._reference(triple.subject)
        node = self._nodes.setdefault(subject, {"@id": subject})
        predicate, value = triple.predicate.value, triple.object
        one = self._vocabulary.terms.get(predicate)
        if predicate == _TYPE and not isinstance(value, Literal):
            node.setdefault("@type", []).append(self._term(value))
        elif one and one.texts and isinstance(value, Literal) and value.language:
            node.setdefault(self._named(one.name), {}).setdefault(value.language, []).append(value.value)
        elif one and not one.texts:
            node.setdefault(self._named(one.name), []).append(self._value(value, one.type))
        else:
            # A term whose values stand by language has no place for others, so that these stand under the whole IRI.
            key = predicate if one else self._named(self._short(predicate))
            node.setdefault(key, []).append(self._value(value, None))

    def whole(self) -> list[dict[str, Any]]:
        """The nodes, with a list only where there are several values or the term has one always."""
        terms = self._vocabulary.named
        return [{key: _folded(value, terms.get(key)) for key, value in node.items()} for node in self._nodes.values()]

    def _value(self, value: Any, kind: str | None) -> Any:
        if isinstance(value, Literal):
            return self._literal(value, kind)
        if kind == TERM:
            return self._term(value)
        reference = self._reference(value)
        return reference if kind == REFERENCE else {"@id": reference}

    def _literal(self, literal: Literal, kind: str | None) -> Any:
        if literal.language:
            return {"@value": literal.value, "@language": literal.language}
        if literal.datatype.value == _STRING:
            return literal.value if kind is None else {"@value": literal.value}
        datatype = self._short(literal.datatype.value)
        if datatype == kind:
            return _number(literal.value) if kind == INTEGER else literal.value
        return {"@value": literal.value, "@type": self._named(datatype)}

    def _term(self, node: Any) -> str:
        return str(node) if isinstance(node, BlankNode) else self._named(self._vocabulary.name(node.value))

    def _reference(self, node: Any) -> str:
        return str(node) if isinstance(node, BlankNode) else self._named(self._short(node.value))

    def _named(self, name: str) -> str:
        self.names |= {name, name.partition(":")[0]}
        return name


def _folded(value: Any, term: Term | None) -> Any:
    if isinstance(value, dict):
        return {language: _folded(texts, term) for language, texts in value.items()}
    several = term is not None and term.several
    return value[0] if isinstance(value, list) and len(value) == 1 and not several else value


def _number(text: str) -> int | str:
    """A number of JSON where that says the same to the letter."""
    value = int(text) if _DIGITS.fullmatch(text) else None
    return value if value is not None and str(value) == text and abs(value) < _SAFE else text


def _fits(vocabulary: Vocabulary, triple: Triple) -> bool:
    plain = isinstance(triple.subject, NamedNode | BlankNode) and isinstance(
        triple.object, NamedNode | BlankNode | Literal
    )
    directed = isinstance(triple.object, Literal) and triple.object.direction is not None
    iris = [part.value for part in (triple.subject, triple.predicate, triple.object) if isinstance(part, NamedNode)]
    if isinstance(triple.object, Literal):
        iris.append(triple.object.datatype.value)
    return plain and not directed and not any(_ambiguous(vocabulary, iri) for iri in iris)


def _ambiguous(vocabulary: Vocabulary, iri: str) -> bool:
    scheme, _, rest = iri.partition(":")
    return scheme in vocabulary.prefixes and not rest.startswith("//")


def _place(triple: Triple) -> tuple[bool, str, bool, str, str]:
    """A thing before its parts, those before what has no name, and what class it has before what else is said."""
    subject = triple.subject
    predicate = triple.predicate.value
    name = getattr(subject, "value", "")
    return isinstance(subject, BlankNode), name, predicate != _TYPE, predicate, str(triple.object)
