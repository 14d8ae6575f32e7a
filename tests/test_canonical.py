"""Every Turtle file stands in its canonical form, and that form keeps the graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import BNode, Graph
from rdflib.compare import isomorphic
from typer.testing import CliRunner

from vesoc.canonical import canonical, comments
from vesoc.cli import app
from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES, prefixes

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for top in ("ontology", "data", "shapes") for path in (ROOT / top).rglob("*.ttl"))

UNTIDY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix mine: <https://w3id.org/vesoc-kg/ns#> .
@prefix other: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
mine:b mine:amount 7500.00 ; mine:order 007 ; mine:printedAs "a"^^xsd:string , "b: c" , \"\"\"d
e \"\"\" .
mine:a a owl:Class ; owl:unionOf ( mine:b [ a owl:Class ; owl:complementOf mine:c ] ) ;
  mine:hasEvidence _:shared , [ mine:isAbout mine:a ] , [ mine:isAbout mine:b ] .
mine:c mine:hasEvidence _:shared ; mine:amount 0.5 ; other:p other:o .
_:shared mine:isAbout _:loop .
_:loop mine:isAbout _:shared .
"""


def engine(text: str) -> Graph:
    """The document after a load into the engine and a dump from it."""
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    lines = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return Graph().parse(data=lines, format="nt")


def test_there_are_files() -> None:
    assert len(FILES) >= 19


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_is_canonical(path: Path) -> None:
    text = path.read_text()
    assert canonical(text) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_engine_gives_the_file_back(path: Path) -> None:
    one, other = Graph().parse(path), engine(path.read_text())
    named = not any(isinstance(node, BNode) for node in one.all_nodes())
    assert set(one) == set(other) if named else isomorphic(one, other)


def test_second_pass_changes_nothing() -> None:
    assert canonical(canonical(UNTIDY)) == canonical(UNTIDY)


def test_graph_stays_the_same() -> None:
    assert isomorphic(engine(UNTIDY), engine(canonical(UNTIDY)))
    assert isomorphic(Graph().parse(data=canonical(UNTIDY)), engine(UNTIDY))


def test_order_of_writing_does_not_matter() -> None:
    lines = engine(UNTIDY).serialize(format="nt").splitlines()
    other = "PREFIX other: <http://example.org/>"
    assert canonical("\n".join([other, *reversed(lines)])) == canonical(UNTIDY)


def test_subjects_stand_in_alphabetical_order() -> None:
    links = "vesoc:b vesoc:p vesoc:c . vesoc:c vesoc:p 1 . vesoc:a vesoc:p vesoc:b , vesoc:c ."
    text = canonical(f"PREFIX vesoc: <{PREFIXES['vesoc']}> {links}")
    assert [line for line in text.splitlines() if line.startswith("vesoc:")] == [
        "vesoc:a",
        "vesoc:b",
        "vesoc:c",
    ]


def test_only_used_prefixes_are_kept_and_ours_go_first() -> None:
    text = canonical(f"{UNTIDY}\nPREFIX none: <http://example.org/none>")
    used = {line.split()[1] for line in text.splitlines() if line.startswith("PREFIX")}
    assert used == {"other:", "owl:", "rdf:", "vesoc:", "xsd:"}
    assert "other:p other:o" in text


def test_comments_are_counted_where_they_are_some() -> None:
    text = """# one
    @prefix a: <http://a/#> . # two
    a:x a:y "# no" , '# no' , <http://b/#no> , a:no ; # three
      a:z \'\'\' # no \'\'\' .#four"""
    assert comments(text) == 4


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7500.0", '"7500"^^xsd:decimal'),
        ("10000000.00", '"10000000"^^xsd:decimal'),
        ("1.50", "1.5"),
        ("-.5", "-0.5"),
        ("007", "7"),
    ],
)
def test_numbers_take_the_form_that_the_engine_keeps(written: str, kept: str) -> None:
    vesoc = PREFIXES["vesoc"]
    assert f"vesoc:p {kept} ;" in canonical(f"<{vesoc}a> <{vesoc}p> {written} .")


def test_iris_that_speak_of_blank_nodes_stay_iris() -> None:
    line = "<http://example.org/.well-known/genid/a> <http://example.org/p> <http://example.org/.well-known/genid/b>"
    assert line.split()[2] in canonical(f"{line} .")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.ttl").write_text("PREFIX x: <http://x/> x:a x:p 'é' .", encoding="utf-8")
    (tmp_path / "b.ttl").write_bytes(canonical("<http://x/b> <http://x/p> 1 .").encode())
    return tmp_path


def command(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["format", *map(str, arguments)])
    return done.exit_code, str(done.exception) if isinstance(done.exception, VesocError) else done.output


def test_command_puts_files_in_their_form(folder: Path) -> None:
    file = folder / "a.ttl"
    file.write_text(f"# a note\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert command(folder) == (0, f"{file}: formatted; 1 comment is gone\n")
    assert file.read_text(encoding="utf-8") == 'PREFIX x: <http://x/>\n\nx:a\n    x:p "é" ;\n.\n'
    assert command(folder) == (0, "")


def test_command_only_looks_when_told_so(folder: Path) -> None:
    before = (folder / "a.ttl").read_bytes()
    assert command("--check", folder / "b.ttl") == (0, "")
    assert command("--check", folder) == (1, f"{folder / 'a.ttl'}: is not in its canonical form\n")
    assert (folder / "a.ttl").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("c.ttl", b"<http://x/a> <http://x/p>\n .", "c.ttl:2:2: "),
        ("c.ttl", b"\xff", "c.ttl: cannot be read"),
        ("c.nt", b"", "c.nt: only Turtle has a canonical form"),
        ("c/d.ttl", None, "c/d.ttl: cannot be read"),
    ],
)
def test_command_names_the_file_that_has_no_form(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, said = command(tmp_path / name)
    assert code == 1
    assert told in said


def test_prefixes_follow_the_base() -> None:
    elsewhere = prefixes("https://example.org/x/")
    assert prefixes(BASE) == PREFIXES
    assert elsewhere["vesoc"] == "https://example.org/x/ns#"
    assert elsewhere["actie"] == "https://example.org/x/id/concept/actie/"
    assert elsewhere["skos"] == PREFIXES["skos"]


def test_each_namespace_has_one_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
