"""Every pointer leads to the passage it tells of: each kind of fault is found, and the real data has none."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import vesoc
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
    end: int = 29
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


def faults(pointer: Pointer, length: int = len(CONTENT)) -> list[str]:
    store = Store()
    source = f"bron:tekst vesoc:characterCount {length} ."
    store.load(f"{PREAMBLE}\n{source}\n{pointer.turtle()}".encode(), format=RdfFormat.TURTLE)
    number, found = verify(store, BASE, Text(f"{BASE}id/bron/tekst", CONTENT, SECTIONS))
    assert number == 1
    return [fault.reason for fault in found]


HOLDS = Pointer()


def test_pointer_that_holds() -> None:
    assert CONTENT[HOLDS.start : HOLDS.end] == "Er komt € 5 en raad."
    assert faults(HOLDS) == []


def test_number_of_the_item_may_be_left_out() -> None:
    assert faults(Pointer(number=None)) == []


def test_passage_in_the_next_item() -> None:
    assert faults(Pointer(32, 48, number="2")) == []


@pytest.mark.parametrize(
    ("start", "end"), [(9, len(CONTENT) + 1), (-1, 5), (29, 9), (9, 9), (len(CONTENT) + 5, len(CONTENT) + 9)]
)
def test_range_outside_the_text(start: int, end: int) -> None:
    [reason] = faults(Pointer(start, end))
    assert reason == f"the range {start} to {end} is not inside the text of {len(CONTENT)} characters"


def test_digest_of_another_passage() -> None:
    assert faults(Pointer(sha256=digest("Er komt € 6 en raad."))) == ["the digest is not that of the passage"]


def test_offsets_in_bytes_are_found_out() -> None:
    start, end = (len(CONTENT[:at].encode()) for at in (HOLDS.start, HOLDS.end))
    assert "the digest is not that of the passage" in faults(Pointer(start, end, digest("Er komt € 5 en raad.")))


def test_section_path_of_another_section() -> None:
    assert "the section path is '[tekst]', but the passage stands under 'Kansen'" in faults(Pointer(path="[tekst]"))


def test_heading_that_is_not_there() -> None:
    assert "the heading 'Plichten' does not stand before the passage" in faults(Pointer(path="Kansen > Plichten"))


def test_heading_that_stands_after_the_passage() -> None:
    assert "the heading 'slecht' does not stand before the passage" in faults(Pointer(path="Kansen > slecht"))


def test_headings_in_the_wrong_order() -> None:
    assert "the heading 'Kansen' does not stand before the passage" in faults(Pointer(path="komt > Kansen"))


def test_passage_longer_than_its_item() -> None:
    assert faults(Pointer(9, 48)) == ["the passage is longer than its list item, or stands in none"]


def test_passage_in_no_item() -> None:
    assert faults(Pointer(0, 6, number=None)) == ["the passage is longer than its list item, or stands in none"]


def test_heading_needs_no_item() -> None:
    assert faults(Pointer(0, 6, number=None, kind="kop")) == []


@pytest.mark.parametrize("kind", ["kop", "tussenkop"])
def test_heading_with_another_path(kind: str) -> None:
    assert len(faults(Pointer(0, 6, path="[tekst]", number=None, kind=kind))) == 1


def test_number_of_another_item() -> None:
    assert faults(Pointer(number="2")) == ["the item is 1, not 2"]


def test_length_that_is_not_the_text_s() -> None:
    assert faults(HOLDS, length=50) == [f"the text has {len(CONTENT)} characters, the graph says [50]"]


def test_faults_of_one_pointer_are_all_told() -> None:
    assert len(faults(Pointer(sha256=digest("x"), path="Plichten", number="2"))) == 4


def write_root(folder: Path, pointer: Pointer, content: str = CONTENT) -> None:
    """A checkout with a tiny graph, and beside it the text that it was made from."""
    source = f'''bron:tekst a vesoc:SourceDocument ; vesoc:isTextOf akk:tekst ; vesoc:sha256 "{digest(CONTENT)}" ;
  vesoc:characterCount {len(CONTENT)} .
deel:tekst-1 vesoc:hasEvidence vind:kop .
vind:kop oa:hasSource bron:tekst ; dcterms:type passagesoort:kop ; vesoc:sectionPath "Kansen" ;
  vesoc:sha256 "{digest("Kansen")}" ; oa:hasSelector <urn:x:kop> .
<urn:x:kop> oa:start 0 ; oa:end 6 .'''
    files = {"ontology/vesoc.ttl": "", "ontology/alignments.ttl": "", "texts/tekst.txt": content}
    files["data/ttl/tekst.ttl"] = "\n".join([PREAMBLE, source, pointer.turtle()])
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return vesoc("evidence", *arguments)


def test_command_finds_no_fault(tmp_path: Path) -> None:
    write_root(tmp_path, HOLDS)
    done = run("--root", tmp_path, "--sources", tmp_path / "texts")
    assert (done.returncode, done.stdout) == (0, "tekst: 2 pointers, 0 faults\n")


def test_command_names_the_pointer_that_does_not_hold(tmp_path: Path) -> None:
    write_root(tmp_path, Pointer(number="2"))
    done = run("--root", tmp_path, "--sources", tmp_path / "texts")
    assert done.returncode == 1
    assert f"  {BASE}id/vindplaats/a: the item is 1, not 2\n" in done.stdout


@pytest.mark.parametrize("content", [CONTENT + "\n", CONTENT.replace("\n", "\r\n"), CONTENT.replace("5", "6")])
def test_command_wants_the_very_text(tmp_path: Path, content: str) -> None:
    write_root(tmp_path, HOLDS)
    (tmp_path / "texts" / "tekst.txt").write_bytes(content.encode())
    done = run("--root", tmp_path, "--sources", tmp_path / "texts")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"{BASE}id/bron/tekst" in done.stderr


def test_text_may_have_any_name(tmp_path: Path) -> None:
    write_root(tmp_path, HOLDS)
    (tmp_path / "texts" / "tekst.txt").rename(tmp_path / "texts" / "iets-anders.txt")
    assert run("--root", tmp_path, "--sources", tmp_path / "texts").returncode == 0


def test_no_pointer_of_the_graph_is_wrong(sources: Path) -> None:
    done = run("--sources", sources)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout
    assert {line.split(":")[0] for line in lines} >= {"ahad", "iab", "partena"}
    assert all(line.endswith(", 0 faults") for line in lines)
