"""What differs between two states: told for people, as JSON, and as a patch that makes one of the other."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
import small
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Dataset
from typer.testing import CliRunner, Result

from vesoc import references
from vesoc.authoring import difference, patch, states
from vesoc.cli import app
from vesoc.errors import VesocError
from vesoc.names import BASE
from vesoc.serialisation import lines

FILE = "data/ttl/proef/akkoord.ttl"
OLD = """
@prefix : <http://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
:kept dcterms:title "Same"@en .
:changed a :Thing ; dcterms:title "Oud"@nl , "Old"@en ; :of :kept , :gone ;
  :has [ :size 7500 ; :in [ :unit "m" ] ] , [ :size 2 ] .
:gone a :Thing ; dcterms:title "Gone"@en .
"""
NEW = """
@prefix : <http://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
:kept dcterms:title "Same"@en .
:changed a :Thing ; dcterms:title "Oud"@nl , "New "@en ; :of :kept , :come ;
  :has [ :size 2 ] , [ :in [ :unit "m" ] ; :size 7501 ] .
:come a :Thing ; dcterms:title "Come"@en , "Erbij"@nl .
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two files that differ."""
    for name, text in (("old.ttl", OLD), ("new.ttl", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "old.ttl", tmp_path / "new.ttl"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small.root(tmp_path / "root")


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


def between(old: Path, new: Path) -> difference.Difference:
    finder = states.Finder(old, None, BASE)
    return difference.difference(finder.find(str(old)), finder.find(str(new)))


def edit(root: Path, before: str, after: str) -> None:
    file = root / FILE
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_text_tells_what_came_went_and_changed(pair: tuple[Path, Path]) -> None:
    result = diff(*pair, "--full")
    assert result.exit_code == 1
    told = result.output
    assert "+ Come (Thing) <http://example.org/come>, 3 statements" in told
    assert "- Gone (Thing) <http://example.org/gone>, 2 statements" in told
    assert "~ New  (Thing) <http://example.org/changed>, 6 statements" in told
    assert "    title (en): “Old” -> “New ”" in told
    assert "    of: Gone <http://example.org/gone> -> Come <http://example.org/come>" in told
    assert "“Erbij”" in told
    assert "Thing: 1 added, 1 removed, 1 changed" in told


def test_text_is_short_for_what_came_or_went_whole(pair: tuple[Path, Path]) -> None:
    assert "“Erbij”" not in diff(*pair).output


def test_text_is_told_in_dutch(pair: tuple[Path, Path]) -> None:
    told = diff(*pair, "--lang", "nl").output
    assert "+ Erbij (Thing)" in told
    assert "1 erbij, 1 weg, 1 gewijzigd" in told


def test_same_states_differ_in_nothing(pair: tuple[Path, Path]) -> None:
    result = diff(pair[0], pair[0])
    assert (result.exit_code, result.output.strip()) == (0, "the two say the same")


def test_order_and_labels_of_blank_nodes_make_no_difference(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<s:s> <p:p> [ <p:a> 1 ; <p:b> [ <p:c> 2 ] ] , [ <p:a> 3 ] .", encoding="utf-8")
    (tmp_path / "b.nt").write_text(
        '<s:s> <p:p> _:z .\n_:z <p:a> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<s:s> <p:p> _:y .\n'
        '_:y <p:b> _:a .\n_:a <p:c> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        '_:y <p:a> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        encoding="utf-8",
    )
    assert diff(tmp_path / "a.ttl", tmp_path / "b.nt").exit_code == 0


def test_blank_nodes_that_stay_the_same_are_not_told(pair: tuple[Path, Path]) -> None:
    found = between(*pair)
    assert '"2"' not in "".join(map(str, (*found.removed, *found.added)))


def test_json_has_every_statement(pair: tuple[Path, Path]) -> None:
    told = json.loads(diff(*pair, "--format", "json").output)
    assert told["resources"]["added"] >= 1
    counted = [sum(len(change[key]) for change in told["changes"]) for key in ("added", "removed")]
    assert counted == [told["statements"]["added"], told["statements"]["removed"]]
    [come] = [change for change in told["changes"] if change["resource"] == "http://example.org/come"]
    assert (come["label"], come["kind"], come["fate"]) == ("Come", "http://example.org/Thing", "added")
    title = {"property": "http://purl.org/dc/terms/title", "value": '"Erbij"@nl', "graph": None}
    assert title in come["added"]


def applied(old: bytes, text: bytes) -> bytes:
    """A patch carried out by the letter on sorted N-Quads."""
    found = set(old.splitlines(keepends=True))
    for row in text.splitlines(keepends=True):
        if row.startswith(b"D "):
            found.remove(row.removeprefix(b"D "))
        elif row.startswith(b"A "):
            assert row.removeprefix(b"A ") not in found
            found.add(row.removeprefix(b"A "))
    return b"".join(sorted(found))


def read_by_rdflib(quads: bytes, text: bytes = b"") -> set[tuple[str, ...]]:
    """The statements after a patch, by the reader of another library."""
    dataset = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its readers use an old name of its own
        dataset.parse(data=quads.decode(), format="nquads")
        dataset.parse(data=text.decode(), format="patch")
    return {tuple(str(term) for term in quad) for quad in dataset.quads()}


def test_patch_makes_the_new_state_of_the_old(pair: tuple[Path, Path]) -> None:
    found = between(*pair)
    text = patch.patch(found, BASE)
    old, new = lines(found.old.quads), lines(found.new.quads)
    assert applied(old, text) == new != old


def test_patch_is_read_by_another_library(root: Path, tmp_path: Path) -> None:
    finder = states.Finder(root, None, BASE, rules=False)
    before = finder.find(str(root))
    edit(root, '"trial leave"@en', '"days \\"off\\"\\nwork é"@en')
    edit(root, "ins:proefcheque", "ins:proefverlof")
    found = difference.difference(before, finder.find(str(root)))
    assert found.removed
    old, new = lines(found.old.quads), lines(found.new.quads)
    assert read_by_rdflib(old, patch.patch(found, BASE)) == read_by_rdflib(new) != read_by_rdflib(old)


def test_patch_is_one_transaction_with_a_header(pair: tuple[Path, Path]) -> None:
    rows = diff(*pair, "--format", "patch").stdout_bytes.decode().splitlines()
    kinds = list(dict.fromkeys(row.split()[0] for row in rows))
    assert kinds == ["H", "TX", "PA", "D", "A", "TC"]
    assert [row.split()[1] for row in rows if row.startswith("H")] == ["id", "prev"]
    assert 'PA "dcterms" <http://purl.org/dc/terms/> .' in rows


def test_patches_form_a_chain(pair: tuple[Path, Path]) -> None:
    there, back = between(*pair), between(*pair[::-1])
    heads = [patch.patch(one, BASE).decode().splitlines()[:2] for one in (there, back)]
    assert heads[0][0].replace("H id", "H prev") == heads[1][1]
    assert heads[0][0].partition("<")[2] != heads[0][1].partition("<")[2]


def test_blank_nodes_of_ours_make_no_difference(root: Path) -> None:
    file = root / FILE
    file.write_text(file.read_text(encoding="utf-8") + "<x:a> <x:p> [ <x:q> 1 ] , [ <x:q> 2 ] .\n", encoding="utf-8")
    (root / "ontology/vesoc-axioms.ttl").write_text("<x:c> <x:p> [ <x:q> ( 1 2 ) ] .", encoding="utf-8")
    before = states.Finder(root, None, BASE).find(str(root))
    assert difference.difference(before, states.Finder(root, None, BASE).find(str(root))).resources == ()
    edit(root, "<x:q> 1", "<x:q> 3")
    found = difference.difference(before, states.Finder(root, None, BASE).find(str(root)))
    assert {str(quad.predicate) for quad in (*found.removed, *found.added)} == {"<x:p>", "<x:q>"}


@pytest.mark.parametrize(
    ("name", "before", "after", "graph"),
    [
        ("shapes/measure.ttl", "sh:minCount 1", "sh:minCount 7", "shapes"),
        ("ontology/vesoc-axioms.ttl", "vesoc:Evidence\n", "vesoc:Evidenz\n", "ns/axioms"),
    ],
)
def test_shapes_and_axioms_are_compared(name: str, before: str, after: str, graph: str, root: Path) -> None:
    former = states.Finder(root, None, BASE).find(str(root))
    text = (root / name).read_text(encoding="utf-8")
    assert before in text
    (root / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    found = difference.difference(former, states.Finder(root, None, BASE).find(str(root)))
    assert found.added
    assert {str(quad.graph_name) for quad in (*found.removed, *found.added)} == {f"<{BASE}{graph}>"}


def test_patch_holds_data_alone(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "new")
    edit(tmp_path / "new", '"trial voucher"@en', '"voucher"@en')
    shape = tmp_path / "new/shapes/measure.ttl"
    shape.write_text(shape.read_text("utf-8").replace("sh:minCount 1", "sh:minCount 7", 1), encoding="utf-8")
    rows = diff(root, tmp_path / "new", "--format", "patch").stdout_bytes.decode().splitlines()
    assert len([row for row in rows if row.startswith(("A ", "D "))]) == 2


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=An Voorbeeld", "-c", "user.email=an@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_revisions_are_compared_with_each_other_and_with_the_files(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "One")
    git(root, "tag", "v1.0.0")
    assert diff("v1.0.0", "--root", root).exit_code == 0
    edit(root, '"trial voucher"@en', '"voucher"@en')
    told = diff("v1.0.0", "--root", root)
    assert told.exit_code == 1
    assert "name (en): “trial voucher” -> “voucher”" in told.output
    git(root, "commit", "--all", "--quiet", "--message", "Two")
    assert diff("HEAD", "--root", root).exit_code == 0
    assert diff("v1.0.0", "HEAD", "--root", root).output == told.output


def test_revision_that_begins_with_a_dash_is_no_option(root: Path, tmp_path: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "One")
    git(root, "update-ref", "refs/heads/--output=x", "HEAD")
    assert (
        states.Finder(root, None, BASE).find("--output=x").quads == states.Finder(root, None, BASE).find("HEAD").quads
    )
    assert not (root / "x").exists()


def test_name_is_a_release_before_a_revision_before_a_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "One")
    git(root, "tag", "1.0.0")
    releases = root / "releases"
    (releases / "1.0.0").mkdir(parents=True)
    (root / "1.0.0").mkdir()
    monkeypatch.chdir(root)
    assert references.find("./1.0.0", root, releases) == Path("1.0.0")
    assert isinstance(references.find("1.0.0", root, releases), references.Revision)
    (releases / "1.0.0/manifest.json").touch()
    assert references.find("1.0.0", root, releases) == releases / "1.0.0"


def test_named_graph_is_part_of_a_statement(root: Path, tmp_path: Path) -> None:
    before = states.Finder(root, None, BASE).find(str(root))
    (root / "data/ttl/proef").rename(root / "data/ttl/ander")
    found = difference.difference(before, states.Finder(root, None, BASE).find(str(root)))
    assert len(found.added) == len(found.removed) > 100
    assert {quad.triple for quad in found.added} == {quad.triple for quad in found.removed}
    old, new = lines(found.old.quads), lines(found.new.quads)
    assert applied(old, patch.patch(found, BASE)) == new


def test_release_is_compared_with_the_files_it_was_made_from(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = '<https://w3id.org/vesoc-kg/id/dataset/vesoc> <http://www.w3.org/ns/dcat#version> "1.0.0" ; '
    metadata += '<http://purl.org/dc/terms/modified> "2027-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
    (root / "data/ttl/metadata.ttl").write_text(metadata, encoding="utf-8")
    made = CliRunner().invoke(app, ["export", "--releases", str(root / "releases"), "--root", str(root)])
    assert made.exit_code == 0, made.output
    monkeypatch.setenv("VESOC_RELEASES", str(root / "releases"))
    assert diff("1.0.0", "--root", root).exit_code == 0
    edit(root, '"trial voucher"@en', '"voucher"@en')
    shape = root / "shapes/measure.ttl"
    shape.write_text(shape.read_text(encoding="utf-8") + "<x:shape> <x:p> 1 .\n", encoding="utf-8")
    told = diff("1.0.0", "--root", root).output
    assert "name (en): “trial voucher” -> “voucher”" in told
    assert "+ x:shape (without a kind) <x:shape>, 1 statements" in told


@pytest.mark.parametrize(
    ("name", "why"), [("no-such-thing", "no file or folder"), ("--root", "no RDF"), ("-x", "no file or folder")]
)
def test_state_that_is_not_there_is_told(name: str, why: str, tmp_path: Path, root: Path) -> None:
    (tmp_path / "empty").mkdir()
    wanted = str(tmp_path / "empty") if name == "--root" else name
    with pytest.raises(VesocError, match=why):
        states.Finder(root, None, BASE).find(wanted)


def test_statements_of_others_are_compared_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<s:s> <p:p> <o:o> <g:g> .\n", encoding="utf-8")
    found = states.Finder(tmp_path, None, BASE).find(str(tmp_path / "a.nq"))
    assert found.quads == frozenset(
        Quad(q.subject, q.predicate, q.object, q.graph_name)
        for q in parse(b"<s:s> <p:p> <o:o> <g:g> .", format=RdfFormat.N_QUADS)
    )
