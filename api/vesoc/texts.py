"""The source texts beside the graph: which file is which document, and its sections as the graph knows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, Store

from vesoc.errors import VesocError
from vesoc.items import Item, Layout, Section, items_of
from vesoc.tables import rows

_SOURCES = """
SELECT ?source ?digest WHERE {
  ?source a vesoc:SourceDocument ; vesoc:sha256 ?digest .
  ?evidence oa:hasSource ?source .
}
GROUP BY ?source ?digest
ORDER BY ?source
"""
_HEADINGS = """
SELECT DISTINCT ?source ?evidence ?kind ?holder ?type ?path ?start ?end WHERE {
  ?evidence oa:hasSource ?source ; dcterms:type ?kind ; vesoc:sectionPath ?path ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  ?holder vesoc:hasEvidence ?evidence .
  OPTIONAL { ?holder dcterms:type ?type }
  FILTER(?kind IN (passagesoort:kop, passagesoort:tussenkop))
}
ORDER BY ?start
"""
ROOT_PATH = "[tekst]"
LAYOUTS = MappingProxyType(
    {"bijlage": Layout.ROWS, "begrotingsblok": Layout.ROWS, "ondertekening": Layout.BLOCKS}
)  # by kind of part


@dataclass(frozen=True)
class Text:
    """A source document with its text."""

    iri: str
    content: str
    sections: tuple[Section, ...]

    @property
    def slug(self) -> str:
        """The end of its IRI."""
        return self.iri.rsplit("/", 1)[-1]

    def items(self) -> list[Item]:
        """Its list items, in the order of the text."""
        return items_of(self.content, list(self.sections))

    def section_at(self, position: int) -> Section:
        """The section that a character stands in, a heading being in its own."""
        return [section for section in self.sections if section.start <= position][-1]


def find(store: Store, base: str, folder: Path) -> list[Text]:
    """The texts in `folder` that the graph speaks of, found by their digest; VesocError names those missing."""
    if not folder.is_dir():
        raise VesocError(
            f"{folder}: no such folder; give the folder with the source texts by --sources or VESOC_SOURCES"
        )
    found = available(store, base, folder)
    missing = [iri for iri, text in found.items() if text is None]
    if missing:
        raise VesocError(
            f"{folder}: no file has the digest of {', '.join(missing)}; the texts must be those the graph was made from"
        )
    return [text for text in found.values() if text]


def available(store: Store, base: str, folder: Path) -> dict[str, Text | None]:
    """The documents that the graph points into, each with its text where a file in `folder` has its digest."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.txt"))}
    found: dict[str, Text | None] = {}
    for row in rows(store, base, _SOURCES):
        iri, path = row["source"], files.get(row["digest"])
        found[iri] = Text(iri, path.read_bytes().decode(), sections(store, base, iri)) if path else None
    return found


def sections(store: Store, base: str, source: str) -> tuple[Section, ...]:
    """The sections of a document as the graph knows them, in the order of the text, the text's own first."""
    root = Section(source.rsplit("/", 1)[-1], ROOT_PATH, 0, 0)
    headings = rows(store, base, _HEADINGS, source=NamedNode(source))
    return (root, *(_section(heading) for heading in headings))


def _section(heading: dict[str, str]) -> Section:
    layout = LAYOUTS.get(heading.get("type", "").rsplit("/", 1)[-1], Layout.PROSE)
    # What stands under a sub-heading is numbered on with what stands before it.
    named = heading["evidence"] if heading["kind"].endswith("/kop") else heading["holder"]
    code = named.rsplit("/", 1)[-1]
    return Section(code, heading["path"], int(heading["start"]), int(heading["end"]), layout)
