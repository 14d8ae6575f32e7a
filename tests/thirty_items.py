"""Thirty list items drawn by chance, each with all that the graph says from it, to be read beside the text.

`VESOC_SOURCES=texts python -m tests.thirty_items` writes docs/thirty-items.md anew. No word of a source is copied but
the names and headings that the graph holds.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from vesoc import dataset, graphs, places, texts
from vesoc.items import Item
from vesoc.labels import Labels
from vesoc.names import BASE
from vesoc.tables import rows
from vesoc.texts import Text

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "thirty-items.md"
SEED, DRAWN, DIGITS = 2026, 30, 12

_INTRO = f"""# Thirty items, side by side

{DRAWN} of the {{all}} list items of the three agreements, drawn by chance (seed {SEED}), each with all that the graph
says from it. Lay the page beside the texts and judge for yourself: is every promise there, at the strength the text
gives it, and nothing that the text does not say? The texts are not copied. A range counts Unicode code points of the
file, from 0, the end not included; a digest is the start of the SHA-256 of the passage
([contributing.md](contributing.md)).

The page is written by `python -m tests.thirty_items` and compared with the graph by a test. Labels are Dutch, as in the
graph; what the editors wrote is given in Dutch (nl) and English (en).
"""
_AGREEMENTS = """
SELECT ?source ?title ?digest WHERE {
  ?source vesoc:isTextOf ?agreement ; vesoc:sha256 ?digest .
  ?agreement dcterms:title ?title . FILTER(LANG(?title) = "nl")
}
"""
_PASSAGES = """
SELECT DISTINCT ?source ?evidence ?holder ?link ?start ?end ?digest WHERE {
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector ; vesoc:sha256 ?digest .
  ?selector oa:start ?start ; oa:end ?end .
  VALUES ?link { vesoc:hasEvidence vesoc:comparedWith }
  ?holder ?link ?evidence .
}
ORDER BY ?start ?end ?evidence ?link
"""
_RANKS = (
    "Measure",
    "InstrumentChange",
    "EligibilityCriterion",
    "Goal",
    "Quantity",
    "BudgetLine",
    "BudgetTotal",
    "Signature",
    "Claim",
    "Agreement",
    "AgreementPart",
    "SourceDocument",
)
_BEARERS = {"Agreement", "AgreementPart", "SourceDocument"}  # a passage of theirs with a kind says that kind only
_FIRST = (
    "dcterms:title",
    "dcterms:description",
    "vesoc:hasStatedStatus",
    "vesoc:conditionNote",
    "vesoc:hasActionKind",
    "vesoc:concernsInstrument",
    "vesoc:makesChange",
    "vesoc:hasTargetGroup",
    "vesoc:hasCriterion",
    "vesoc:isCommitmentOf",
    "vesoc:isResponsibilityOf",
    "vesoc:hasPartner",
    "vesoc:consults",
    "vesoc:isRequestedOf",
    "vesoc:appliesDuring",
    "vesoc:evaluateBy",
    "vesoc:hasDurability",
    "vesoc:contributesTo",
    "dcterms:subject",
)
_UNTOLD = ("rdf:type", "vesoc:hasEvidence")


@dataclass(frozen=True)
class _Passage:
    iri: str
    holder: str
    compared: bool
    start: int
    end: int
    digest: str


def page(store: Store, base: str, read: Iterable[Text]) -> str:
    """The page in Markdown, from the graph and the texts."""
    agreements = {row["source"]: row for row in rows(store, base, _AGREEMENTS)}
    items = {text: text.items() for text in read if text.iri in agreements}
    codes = [item.code for found in items.values() for item in found]
    drawn = draw(codes)
    writer = _Writer(store, base)
    parts = [_INTRO.format(all=len(codes))]
    for text, found in items.items():
        row, passages = agreements[text.iri], list(_passages(store, base, text))
        parts.append(f"## {row['title']}\n\nFile with the SHA-256 digest `{row['digest']}`.\n")
        parts += ["\n".join(writer.item(text, item, passages)) + "\n" for item in found if item.code in drawn]
    return "\n".join(parts)


def draw(codes: Iterable[str]) -> list[str]:
    """The codes of the thirty."""
    return random.Random(SEED).sample(sorted(codes), DRAWN)


def write(page_text: str) -> None:
    """Put the page in its place."""
    PAGE.write_text(page_text, encoding="utf-8")


def _passages(store: Store, base: str, text: Text) -> Iterator[_Passage]:
    for row in rows(store, base, _PASSAGES, source=NamedNode(text.iri)):
        compared = row["link"].endswith("comparedWith")
        yield _Passage(
            row["evidence"], row["holder"], compared, int(row["start"]), int(row["end"]), row["digest"][:DIGITS]
        )


def _slug(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


class _Writer:
    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.labels = Labels(store, base, "nl")
        self.untold = {self.labels.term(name) for name in _UNTOLD}
        self.first = {self.labels.term(name): place for place, name in enumerate(_FIRST)}
        self.change = self.labels.term("vesoc:InstrumentChange")

    def item(self, text: Text, item: Item, passages: list[_Passage]) -> Iterator[str]:
        """Where an item stands, and each node that has a passage in it."""
        words = text.content[item.start : item.end]
        digest = hashlib.sha256(words.encode()).hexdigest()[:DIGITS]
        yield f"### {item.code}\n"
        yield f"- **Section**: {item.section.path}"
        yield f"- **Item**: {item.number} ({item.kind.value}), characters {item.start}–{item.end}, digest `{digest}`"
        by_node: dict[str, list[_Passage]] = defaultdict(list)
        for passage in passages:
            if passage.start < item.end and item.start < passage.end:
                by_node[passage.holder].append(passage)
        nodes = sorted(by_node, key=lambda node: (self._rank(node), by_node[node][0].start, node))
        for node in nodes:
            if self._class(node) in _RANKS:
                yield from self._node(node, by_node[node])
        named = [node for node in nodes if self._class(node) not in _RANKS]
        yield from self._named(named, by_node)

    def _node(self, node: str, passages: list[_Passage]) -> Iterator[str]:
        yield f"\n#### {self._kind(node)} `{_slug(node)}`\n"
        kinds = [list(self._statements(passage.iri, "dcterms:type")) for passage in passages]
        for passage, kind in zip(passages, kinds, strict=True):
            yield f"- {self._pointer(passage)}"
            yield from (f"  - {line}" for line in [*kind, *self._statements(passage.iri, "dcterms:description")])
        only_bears = self._class(node) in _BEARERS and all(kinds)
        told = self._statements(node, "dcterms:title") if only_bears else self._all(NamedNode(node))
        yield from (f"- {line}" for line in told)

    def _named(self, nodes: list[str], by_node: dict[str, list[_Passage]]) -> Iterator[str]:
        if nodes:
            yield "\n#### Named here\n"
        for node in nodes:
            pointers = "; ".join(self._pointer(passage) for passage in by_node[node])
            yield f"- {self._kind(node)} **{self.labels.of(NamedNode(node))}** (`{_slug(node)}`): {pointers}"

    def _pointer(self, passage: _Passage) -> str:
        link = "vergeleken met" if passage.compared else "vindplaats"
        return f"{link} `{_slug(passage.iri)}`, {passage.start}–{passage.end}, `{passage.digest}`"

    def _all(self, node: NamedNode) -> Iterator[str]:
        """All that is said of a node, the weightiest first; what a change alters stands under the change."""
        quads = self.store.quads_for_pattern(node, None, None, DefaultGraph())
        properties = {quad.predicate for quad in quads} - self.untold
        for term in sorted(properties, key=lambda term: (self.first.get(term, len(self.first)), self.labels.of(term))):
            yield from self._values(node, term)

    def _statements(self, node: str, name: str) -> Iterator[str]:
        yield from self._values(NamedNode(node), self.labels.term(name))

    def _values(self, node: NamedNode, term: NamedNode) -> Iterator[str]:
        values = [quad.object for quad in self.store.quads_for_pattern(node, term, None, DefaultGraph())]
        label = self.labels.of(term)
        written = [value for value in values if isinstance(value, Literal) and value.language]
        for value in sorted(written, key=lambda value: (value.language != "nl", value.value)):
            yield f"**{label}** ({value.language}): {value.value}"
        if others := sorted(self._shown(value) for value in values if value not in written):
            yield f"**{label}**: {'; '.join(others)}"
        for value in values:
            if isinstance(value, NamedNode) and self.change in self.labels.values(value, "rdf:type"):
                yield from (f"{label} › {line}" for line in self._all(value))

    def _shown(self, value: NamedNode | Literal) -> str:
        if isinstance(value, Literal):
            return value.value
        label, slug = self.labels.of(value), _slug(value.value)
        return label if label == slug else f"{label} (`{slug}`)"

    def _kind(self, node: str) -> str:
        label = self.labels.of(self._type(node))
        return label[0].upper() + label[1:]

    def _class(self, node: str) -> str:
        return _slug(self._type(node).value)

    def _rank(self, node: str) -> int:
        name = self._class(node)
        return _RANKS.index(name) if name in _RANKS else len(_RANKS)

    def _type(self, node: str) -> NamedNode:
        """Its class in our own vocabulary, else another one."""
        own = self.labels.term("vesoc:Measure").value.removesuffix("Measure")
        types = self.labels.values(NamedNode(node), "rdf:type")
        return min(types, key=lambda term: (not term.value.startswith(own), term.value))


def main() -> None:
    """Write the page from the graph of this checkout and the texts in VESOC_SOURCES."""
    folder = os.environ.get("VESOC_SOURCES")
    if not folder:
        raise SystemExit("set VESOC_SOURCES to the folder with the source texts")
    store = dataset.build_own(graphs.own_files(places.find(ROOT)), BASE, "http://127.0.0.1:8000/").store
    write(page(store, BASE, texts.find(store, BASE, Path(folder))))


if __name__ == "__main__":
    main()
