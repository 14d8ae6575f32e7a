"""Whether every pointer into a text leads to what it says: digests, ranges, section paths, list items."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from vesoc.items import Item
from vesoc.tables import rows
from vesoc.texts import Text

_POINTERS = """
SELECT ?source ?evidence ?digest ?path ?number ?start ?end ?kind WHERE {
  ?evidence oa:hasSource ?source ; vesoc:sha256 ?digest ; vesoc:sectionPath ?path ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence vesoc:bulletNumber ?number }
  OPTIONAL { ?evidence dcterms:type ?kind . FILTER(?kind IN (passagesoort:kop, passagesoort:tussenkop)) }
}
ORDER BY ?start ?evidence
"""
_LENGTH = "SELECT ?source ?length WHERE { ?source vesoc:characterCount ?length }"


@dataclass(frozen=True)
class Fault:
    """A pointer that does not hold, and why."""

    evidence: str
    reason: str


@dataclass(frozen=True)
class _Pointer:
    iri: str
    digest: str
    path: str
    number: str | None
    start: int
    end: int
    heading: bool

    @classmethod
    def read(cls, row: dict[str, str]) -> _Pointer:
        """From a row of the query above."""
        span = int(row["start"]), int(row["end"])
        return cls(row["evidence"], row["digest"], row["path"], row.get("number"), *span, "kind" in row)


def verify(store: Store, base: str, text: Text) -> tuple[int, list[Fault]]:
    """The number of pointers into `text`, and the faults among them."""
    source = NamedNode(text.iri)
    pointers = [_Pointer.read(row) for row in rows(store, base, _POINTERS, source=source)]
    items = text.items()
    faults = [Fault(p.iri, reason) for p in pointers for reason in _faults(p, text, items)]
    lengths = [int(row["length"]) for row in rows(store, base, _LENGTH, source=source)]
    if lengths != [len(text.content)]:
        faults.append(Fault(text.iri, f"the text has {len(text.content)} characters, the graph says {lengths}"))
    return len(pointers), faults


def _faults(pointer: _Pointer, text: Text, items: list[Item]) -> Iterator[str]:
    if not 0 <= pointer.start < pointer.end <= len(text.content):
        yield f"the range {pointer.start} to {pointer.end} is not inside the text of {len(text.content)} characters"
        return
    passage = text.content[pointer.start : pointer.end]
    if hashlib.sha256(passage.encode()).hexdigest() != pointer.digest:
        yield "the digest is not that of the passage"
    if pointer.heading:
        yield from _path_faults(pointer, text, text.section_at(pointer.start).path)
    else:
        yield from _item_faults(pointer, text, items)


def _item_faults(pointer: _Pointer, text: Text, items: list[Item]) -> Iterator[str]:
    around = [item for item in items if item.start <= pointer.start and pointer.end <= item.end]
    if not around:
        yield "the passage is longer than its list item, or stands in none"
        return
    item = min(around, key=lambda item: item.end - item.start)
    if pointer.number is not None and pointer.number != item.number:
        yield f"the item is {item.number}, not {pointer.number}"
    yield from _path_faults(pointer, text, item.section.path)


def _path_faults(pointer: _Pointer, text: Text, path: str) -> Iterator[str]:
    if path != pointer.path:
        yield f"the section path is {pointer.path!r}, but the passage stands under {path!r}"
    position, before = 0, " ".join(text.content[: pointer.end].split())
    for heading in pointer.path.split(" > "):
        found = before.find(heading, position)
        if not _is_bracketed(heading) and found < 0:
            yield f"the heading {heading!r} does not stand before the passage"
        position = max(position, found)


def _is_bracketed(heading: str) -> bool:
    return heading.startswith("[") and heading.endswith("]")
