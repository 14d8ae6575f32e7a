"""Whether every pointer into a text leads to what it says: digests, ranges, section paths, list items."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


# By rule, in Dutch and English: what is wrong with a pointer or a text.
REASONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "pointer-range": {
            "nl": "het bereik {found} valt niet binnen de tekst van {expected} tekens",
            "en": "the range {found} is not inside the text of {expected} characters",
        },
        "pointer-digest": {
            "nl": "de hash is niet die van de passage",
            "en": "the digest is not that of the passage",
        },
        "pointer-item": {
            "nl": "de passage is langer dan haar punt, of staat in geen punt",
            "en": "the passage is longer than its list item, or stands in none",
        },
        "pointer-number": {
            "nl": "het punt is {expected}, niet {found}",
            "en": "the item is {expected}, not {found}",
        },
        "pointer-path": {
            "nl": "het sectiepad is {found!r}, maar de passage staat onder {expected!r}",
            "en": "the section path is {found!r}, but the passage stands under {expected!r}",
        },
        "pointer-heading": {
            "nl": "de kop {expected!r} staat niet voor de passage",
            "en": "the heading {expected!r} does not stand before the passage",
        },
        "text-length": {
            "nl": "de tekst heeft {expected} tekens, de graaf zegt {found}",
            "en": "the text has {expected} characters, the graph says {found}",
        },
    }
)


@dataclass(frozen=True)
class Fault:
    """A pointer (or text) that does not hold: the rule that it breaks, what the graph says and what the text says."""

    evidence: str
    rule: str
    found: str = ""
    expected: str = ""

    @property
    def messages(self) -> dict[str, str]:
        """Why it does not hold, in Dutch and English."""
        texts = REASONS[self.rule].items()
        return {language: text.format(found=self.found, expected=self.expected) for language, text in texts}

    @property
    def reason(self) -> str:
        """Why it does not hold, in English."""
        return self.messages["en"]


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
    faults = [fault for pointer in pointers for fault in _faults(pointer, text, items)]
    lengths = [row["length"] for row in rows(store, base, _LENGTH, source=source)]
    if lengths != [str(len(text.content))]:
        faults.append(Fault(text.iri, "text-length", f"[{', '.join(lengths)}]", str(len(text.content))))
    return len(pointers), faults


def _faults(pointer: _Pointer, text: Text, items: list[Item]) -> Iterator[Fault]:
    if not 0 <= pointer.start < pointer.end <= len(text.content):
        yield Fault(pointer.iri, "pointer-range", f"{pointer.start} to {pointer.end}", str(len(text.content)))
        return
    digest = hashlib.sha256(text.content[pointer.start : pointer.end].encode()).hexdigest()
    if digest != pointer.digest:
        yield Fault(pointer.iri, "pointer-digest", pointer.digest, digest)
    if pointer.heading:
        yield from _path_faults(pointer, text, text.section_at(pointer.start).path)
    else:
        yield from _item_faults(pointer, text, items)


def _item_faults(pointer: _Pointer, text: Text, items: list[Item]) -> Iterator[Fault]:
    around = [item for item in items if item.start <= pointer.start and pointer.end <= item.end]
    if not around:
        yield Fault(pointer.iri, "pointer-item")
        return
    item = min(around, key=lambda item: item.end - item.start)
    if pointer.number is not None and pointer.number != item.number:
        yield Fault(pointer.iri, "pointer-number", pointer.number, str(item.number))
    yield from _path_faults(pointer, text, item.section.path)


def _path_faults(pointer: _Pointer, text: Text, path: str) -> Iterator[Fault]:
    if path != pointer.path:
        yield Fault(pointer.iri, "pointer-path", pointer.path, path)
    position, before = 0, " ".join(text.content[: pointer.end].split())
    for heading in pointer.path.split(" > "):
        found = before.find(heading, position)
        if not _is_bracketed(heading) and found < 0:
            yield Fault(pointer.iri, "pointer-heading", pointer.path, heading)
        position = max(position, found)


def _is_bracketed(heading: str) -> bool:
    return heading.startswith("[") and heading.endswith("]")
