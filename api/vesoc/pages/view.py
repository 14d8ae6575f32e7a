"""What the store holds of a thing, as values on a page for one reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Variable

from vesoc import addresses, resource
from vesoc.holdings import Holdings
from vesoc.labels import Labels
from vesoc.pages.values import Passage, Row, Statement, Value
from vesoc.reader import Reader

_DEFAULT = DefaultGraph()
_DIGITS = re.compile(r"(\d{1,18})")
# What sections are called that have no heading in the text, in Dutch as all headings.
_UNHEADED = MappingProxyType({"[tekst]": "Begin, zonder kop", "[ondertekening]": "Ondertekening"})

Ranks = Mapping[NamedNode, tuple[Any, NamedNode]]  # something to sort by, and the agreement


def heading(path: str) -> str:
    """The headings over a passage as a page has them: without a mark at the end that leads on to what follows."""
    return " > ".join(_UNHEADED.get(step, step.rstrip(" ,:")) for step in path.split(" > "))


def _in_order(text: str) -> list[tuple[bool, int, str]]:
    """By letter without case, and numbers by size."""
    parts = (part for part in _DIGITS.split(text.casefold()) if part)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


class View:
    """One page's view of the store; `ranks` gives the place of each measure among all, and its agreement."""

    def __init__(
        self,
        store: Store,
        base: str,
        labels: Labels,
        reader: Reader,
        *,
        holdings: Holdings | None = None,
        ranks: Callable[[], Ranks] = dict,
    ) -> None:
        self.store = store
        self.base = base
        self.labels = labels
        self.reader = reader
        self.holdings = holdings
        self.ranks = ranks
        self._passages: dict[str, Passage] = {}

    def term(self, name: str) -> NamedNode:
        """The IRI of a prefixed name."""
        return self.labels.term(name)

    def values(self, node: Any, name: str) -> list[Any]:
        """The objects of a property of a node, in order."""
        return sorted(self.labels.values(node, name), key=str)

    def one(self, node: Any, name: str) -> Any:
        """The first object of a property; None where there is none."""
        return next(iter(self.values(node, name)), None)

    def subjects(self, name: str, node: Any) -> list[NamedNode]:
        """The things that have the node as object of a property, in order of their IRI."""
        quads = self.store.quads_for_pattern(None, self.term(name), node, _DEFAULT)
        return sorted((quad.subject for quad in quads if isinstance(quad.subject, NamedNode)), key=str)

    def is_a(self, node: Any, name: str) -> bool:
        """Whether the node is of that class."""
        return self.term(name) in self.labels.values(node, "rdf:type")

    def select(self, query: str, **bound: Any) -> list[Any]:
        """The solutions of a SPARQL query with our prefixes; `bound` gives variables their values."""
        substitutions = {Variable(name): value for name, value in bound.items()}
        found = self.store.query(query, prefixes=self.labels.prefixes, substitutions=substitutions)
        return list(found)  # type: ignore[arg-type]

    def href(self, iri: str) -> str:
        """The address of a thing: on this server for our own, else its IRI."""
        return addresses.of(iri, self.base) if iri.startswith(self.base) else iri

    def kind(self, iri: str) -> str | None:
        """The first segment of the path of one of our things."""
        own = iri.removeprefix(f"{self.base}id/")
        return None if own == iri else own.split("/")[0]

    def link(self, node: NamedNode) -> Value:
        """A thing by its label, with its address where it has one that can be followed."""
        text, language = self.labels.found(node)
        return Value(text, self._followable(node), language, node.value, self.kind(node.value))

    def inverse(self, node: NamedNode) -> Value:
        """A property by what stands before those that point to a thing by it."""
        return Value(self.labels.inverse(node), self._followable(node), iri=node.value)

    def _followable(self, node: NamedNode) -> str | None:
        """The address of a thing where a browser may go there: a script can be the name of a thing too."""
        return self.href(node.value) if node.value.startswith(("http://", "https://")) else None

    def links(self, node: Any, name: str) -> list[Value]:
        """The things that a property leads to, by label."""
        return self.by_label(value for value in self.values(node, name) if isinstance(value, NamedNode))

    def linked(self, node: Any, name: str) -> Value | None:
        """The first of these things."""
        return next(iter(self.links(node, name)), None)

    def by_label(self, nodes: Iterable[NamedNode]) -> list[Value]:
        """Links to the things, by label."""
        return sorted((self.link(node) for node in nodes), key=lambda value: _in_order(value.text))

    def texts(self, node: Any, name: str) -> list[Value]:
        """The texts of a property in the reader's language, else those there are."""
        return [self.value(text) for text in self.labels.best(self.values(node, name))]

    def text(self, node: Any, name: str) -> Value | None:
        """The first of these texts."""
        return next(iter(self.texts(node, name)), None)

    def value(self, term: Any) -> Value:
        """A term of the graph as a value; quoted triples and blank nodes as they are written."""
        if isinstance(term, NamedNode):
            return self.link(term)
        if isinstance(term, Literal):
            return Value(term.value, language=term.language, datatype=term.datatype.value)
        return Value(str(term))

    def passages_of(self, node: Any) -> tuple[Passage, ...]:
        """The passages that bear a node out, in the order of the text; each has one number on the page."""
        return self.passages_at(self.values(node, "vesoc:hasEvidence"))

    def passages_at(self, evidences: Iterable[Any]) -> tuple[Passage, ...]:
        """The passages at these places, in the order of the text."""
        found = [self._place(evidence) for evidence in evidences if isinstance(evidence, NamedNode)]
        ordered = sorted(found, key=lambda place: (place[0].text, place[3] or 0))
        return tuple(self._numbered(*place) for place in ordered)

    @property
    def passages(self) -> list[Passage]:
        """All passages that the page has marked so far, by number."""
        return list(self._passages.values())

    def claimed(self, node: NamedNode) -> dict[tuple[Any, Any], tuple[Passage, ...]]:
        """The passages of single statements on the node, which accepted and stated claims keep; by property and object.

        What no claim speaks of rests on the passages of the node itself.
        """
        found = {}
        for claim in self.subjects("vesoc:isAbout", node):
            stated = self.one(claim, "vesoc:hasVerdict") == self.term("oordeel:aanvaard")
            if stated and self.one(claim, "vesoc:hasBasis") == self.term("basis:vermeld"):
                about = (self.one(claim, "vesoc:aboutProperty"), self.one(claim, "vesoc:claims"))
                found[about] = self.passages_of(claim)
        return found

    def rows(self, node: NamedNode, without: Iterable[str] = (), first: Iterable[str] = ()) -> list[Row]:
        """The properties of a thing with their marks: those of `first`, then the others by label, none of `without`."""
        left_out = {self.term(name) for name in without}
        grouped: dict[NamedNode, list[Any]] = defaultdict(list)
        for triple in resource.outgoing(self.store, node.value):
            if triple.subject == node and triple.predicate not in left_out:
                grouped[triple.predicate].append(triple.object)
        places = {self.term(name): place for place, name in enumerate(first)}
        order = sorted(grouped, key=lambda p: (places.get(p, len(places)), self.labels.of(p).casefold()))
        own, claimed = self.passages_of(node), self.claimed(node)
        return [self._row(predicate, grouped[predicate], own, claimed) for predicate in order]

    def _row(self, predicate: NamedNode, objects: list[Any], own: tuple[Passage, ...], claimed: dict[Any, Any]) -> Row:
        literals = [term for term in objects if isinstance(term, Literal)]
        others = [term for term in objects if not isinstance(term, Literal)]
        shown = [*others, *self.labels.best(literals)]
        statements = [Statement(self.value(term), claimed.get((predicate, term), own)) for term in shown]
        statements.sort(key=lambda statement: statement.value.text.casefold())
        return Row(self.link(predicate), statements, len(statements), predicate.value)

    def start(self, node: Any) -> int:
        """The first character of the first passage that bears a node out; 0 where none is known."""
        starts = [self._offset(evidence, "oa:start") for evidence in self.values(node, "vesoc:hasEvidence")]
        return min((start for start in starts if start is not None), default=0)

    def _place(self, evidence: NamedNode) -> tuple[Value, NamedNode, str, int | None]:
        source = next(iter(self.links(evidence, "oa:hasSource")), Value(""))
        path = self.one(evidence, "vesoc:sectionPath")
        return source, evidence, heading(path.value) if path else "", self._offset(evidence, "oa:start")

    def _offset(self, evidence: NamedNode, name: str) -> int | None:
        selector = self.one(evidence, "oa:hasSelector")
        offset = self.one(selector, name) if selector else None
        return int(offset.value) if offset and offset.value.isdecimal() else None

    def _numbered(self, source: Value, evidence: NamedNode, section: str, start: int | None) -> Passage:
        if evidence.value not in self._passages:
            item = self.one(evidence, "vesoc:bulletNumber")
            self._passages[evidence.value] = Passage(
                len(self._passages) + 1,
                f"{self._followable(evidence) or ''}#passage",
                evidence.value,
                source,
                section,
                item.value if item else None,
                start,
                self._offset(evidence, "oa:end"),
            )
        return self._passages[evidence.value]
