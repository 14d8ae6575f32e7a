"""The lines of a list: what each thing is, what it is called, where it stands, and where it has what was sought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from vesoc.pages.values import Value
from vesoc.pages.view import View
from vesoc.search.highlight import Marker, Pieces
from vesoc.search.sorts import word
from vesoc.words import KINDS

_TEXTS = ("dcterms:description", "skos:definition", "skos:scopeNote", "vesoc:conditionNote", "rdfs:comment")
_NAMES = (
    *("skos:prefLabel", "dcterms:title", "rdfs:label", "foaf:name"),
    *("skos:notation", "skos:altLabel", "skos:hiddenLabel", "vesoc:functionAsPrinted"),
)
_AROUND = ("dcterms:isPartOf", "vesoc:budgetsFor", "vesoc:signs", "vesoc:isTextOf", "skos:inScheme", "vesoc:isAbout")
_DEEPEST = 6  # parts of parts
_QUERIES = "vraag"


@dataclass(frozen=True)
class Piece:
    """A text in pieces, each with whether it is marked, and its language where it has one."""

    pieces: Pieces
    language: str | None = None


@dataclass(frozen=True)
class Line:
    """A result. `kind` is the first segment of its path where the site has a word for that; `sort` says what it is.

    `around` is where it stands, the whole first; `also` is another name that was sought.
    """

    link: Value
    title: Piece
    kind: str | None
    sort: str
    around: list[Value]
    also: Piece | None
    text: Piece | None


class Lines:
    """Lines for one reader and one question."""

    def __init__(self, view: View, marker: Marker) -> None:
        self._view = view
        self._marker = marker

    def line(self, iri: str, kind: str) -> Line:
        """The line of one thing of a kind."""
        node, view = NamedNode(iri), self._view
        link, segment = self.link(node), view.kind(iri)
        told = self._marker.knows(link.text)
        also = None if told else self._also(node, link.text)
        told = told or bool(also and self._marker.knows(also.value))
        return Line(
            link,
            Piece(self._marker.pieces(link.text), link.language),
            segment if segment in KINDS else None,
            self.sort(kind),
            self.around(node),
            Piece(self._marker.pieces(also.value), also.language) if also else None,
            self._text(node, told),
        )

    def sort(self, kind: str) -> str:
        """A kind in a word."""
        return word(kind, self._view.labels, self._view.base, self._view.reader.language)

    def link(self, node: NamedNode) -> Value:
        """A thing by its label; a query of the library leads to its own page."""
        found = self._view.link(node)
        if self._view.kind(node.value) != _QUERIES:
            return found
        return Value(found.text, f"/queries/{node.value.rsplit('/', 1)[-1]}", found.language, node.value)

    def around(self, node: NamedNode) -> list[Value]:
        """What the thing is part of or belongs to, the whole first."""
        found: list[Value] = []
        while len(found) < _DEEPEST and (outer := self._outer(node)) is not None:
            found.insert(0, self._view.link(outer))
            node = outer
        return found

    def _outer(self, node: NamedNode) -> NamedNode | None:
        values = (self._view.one(node, name) for name in _AROUND)
        return next((value for value in values if isinstance(value, NamedNode)), None)

    def _also(self, node: NamedNode, title: str) -> Literal | None:
        """Another name that has more of what was sought than the title has."""
        names = sorted(self._literals(node, _NAMES), key=lambda name: -self._marker.count(name.value))
        best = next(iter(names), None)
        return best if best and self._marker.count(best.value) > self._marker.count(title) else None

    def _text(self, node: NamedNode, told: bool) -> Piece | None:
        """A text in the reader's language, unless another one shows what was sought that is not `told` before."""
        language = self._view.reader.language
        texts = list(self._literals(node, _TEXTS))
        own = [text for text in texts if text.language == language]
        sought = [] if told else [text for text in (*own, *texts) if self._marker.count(text.value)]
        best = next(iter([*sought, *own, *texts]), None)
        return Piece(self._marker.snippet(best.value), best.language) if best else None

    def _literals(self, node: NamedNode, names: Iterable[str]) -> Iterator[Literal]:
        for name in names:
            yield from (value for value in self._view.values(node, name) if isinstance(value, Literal))
