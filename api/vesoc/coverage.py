"""How much of each text the graph bears out: every list item, by the kind of statement that its passages carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode, Store

from vesoc.items import Item
from vesoc.tables import rows
from vesoc.texts import Text

_PASSAGES = """
SELECT ?source ?holder ?class ?start ?end ?kind ?reason WHERE {
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  ?holder vesoc:hasEvidence ?evidence ; a ?class .
  OPTIONAL { ?evidence dcterms:type ?type . ?type skos:prefLabel ?kind . FILTER(LANG(?kind) = "nl") }
  OPTIONAL { ?evidence dcterms:description ?reason . FILTER(LANG(?reason) = "nl") }
}
ORDER BY ?start ?holder
"""
_STATEMENTS = {
    "Goal",
    "Quantity",
    "BudgetLine",
    "BudgetTotal",
    "Signature",
    "EligibilityCriterion",
    "InstrumentChange",
    "Claim",
}
_PARTS = {"AgreementPart", "Agreement", "SourceDocument"}


class Kind(StrEnum):
    """What covers an item, the strongest first."""

    MEASURE = "measure"
    STATEMENT = "other statement"
    PART = "part only"
    NONE = "not covered"


@dataclass(frozen=True)
class Covered:
    """An item, what covers it, the measures made from it, and the reasons told on its part-only passages."""

    item: Item
    kind: Kind
    measures: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """The coverage of one text."""

    text: Text
    items: tuple[Covered, ...]

    def count(self, kind: Kind) -> int:
        """How many items are covered in that way."""
        return Counter(covered.kind for covered in self.items)[kind]

    def of(self, kind: Kind) -> list[Covered]:
        """The items covered in that way."""
        return [covered for covered in self.items if covered.kind is kind]


@dataclass(frozen=True)
class Passage:
    """A range of a text and what stands on it, with the reason that is told on it where there is one."""

    holder: str
    kind: Kind
    start: int
    end: int
    reason: str | None


def cover(store: Store, base: str, text: Text) -> Coverage:
    """What the graph makes of each item of `text`."""
    found = list(passages(store, base, text.iri))
    return Coverage(text, tuple(_covered(item, found) for item in text.items()))


def passages(store: Store, base: str, source: str) -> Iterator[Passage]:
    """What stands on each passage of a document, in the order of the text; concepts hold no statement."""
    for row in rows(store, base, _PASSAGES, source=NamedNode(source)):
        name = row["class"].replace("#", "/").rsplit("/", 1)[-1]
        kind = _kind(name)
        if kind is not Kind.NONE:
            told = ": ".join(row[key] for key in ("kind", "reason") if key in row)
            yield Passage(row["holder"], kind, int(row["start"]), int(row["end"]), told or None)


def _kind(class_name: str) -> Kind:
    if class_name == "Measure":
        return Kind.MEASURE
    if class_name in _STATEMENTS:
        return Kind.STATEMENT
    return Kind.PART if class_name in _PARTS else Kind.NONE


def _covered(item: Item, passages: list[Passage]) -> Covered:
    inside = [passage for passage in passages if passage.start < item.end and item.start < passage.end]
    by_kind: dict[Kind, list[Passage]] = defaultdict(list)
    for passage in inside:
        by_kind[passage.kind].append(passage)
    kind = next((kind for kind in Kind if kind in by_kind), Kind.NONE)
    measures = sorted({passage.holder for passage in by_kind[Kind.MEASURE]})
    reasons = dict.fromkeys(passage.reason for passage in by_kind[Kind.PART] if passage.reason)
    return Covered(item, kind, tuple(measures), tuple(reasons))
