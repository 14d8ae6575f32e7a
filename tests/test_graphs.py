"""RDF files as quads: the named graph of each file of ours, and what is said of a file that is no RDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from vesoc import graphs, places
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import BASE

ROOT = Path(__file__).resolve().parent.parent
A, B, G = (NamedNode(f"http://example.org/{name}") for name in "abg")
TRIPLE = "<http://example.org/a> <http://example.org/b> 'x' .\n"
FORMS = {
    "x.ttl": "@prefix e: <http://example.org/> . e:a e:b 'x' .",
    "x.nt": '<http://example.org/a> <http://example.org/b> "x" .',
    "x.nq": '<http://example.org/a> <http://example.org/b> "x" <http://example.org/g> .',
    "x.trig": "@prefix e: <http://example.org/> . e:g { e:a e:b 'x' }",
    "x.rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">
<rdf:Description rdf:about="http://example.org/a"><e:b>x</e:b></rdf:Description></rdf:RDF>""",
    "x.jsonld": '{"@id": "http://example.org/a", "http://example.org/b": "x"}',
}
WITH_GRAPH = {"x.nq", "x.trig"}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_slug_of_a_file_is_its_first_name_under_the_data(tmp_path: Path) -> None:
    for name in ("verbanden.ttl", "ahad/s04.ttl", "ahad/s05.ttl", "a/b/c.ttl", "a/notes.txt"):
        write(tmp_path / "data" / "ttl", name, "")
    found = {file.path.name: file.slug for file in graphs.own_files(places.Places(tmp_path))}
    assert found == {
        "vesoc.ttl": "ontologie",
        "alignments.ttl": "afstemming",
        "c.ttl": "a",
        "s04.ttl": "ahad",
        "s05.ttl": "ahad",
        "verbanden.ttl": "verbanden",
    }


def test_files_come_in_a_fixed_order() -> None:
    files = graphs.own_files(places.find(ROOT))
    assert [file.slug for file in files[:2]] == ["ontologie", "afstemming"]
    assert [file.path for file in files[2:]] == sorted(file.path for file in files[2:])


def test_every_turtle_file_of_the_data_is_loaded() -> None:
    loaded = {file.path for file in graphs.own_files(places.find(ROOT))}
    assert loaded >= set((ROOT / "data").rglob("*.ttl"))


def test_slug_makes_the_iri_of_the_graph() -> None:
    assert graphs.graph_iri("ahad", BASE) == "https://w3id.org/vesoc-kg/id/graaf/ahad"


def test_triples_of_ours_go_into_their_graph(tmp_path: Path) -> None:
    path = write(tmp_path, "x.ttl", TRIPLE)
    graph = NamedNode("https://example.org/id/graaf/mine")
    assert list(graphs.quads(GraphFile(path, "mine"), "https://example.org/")) == [Quad(A, B, Literal("x"), graph)]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_file_of_another_is_read_as_it_stands(tmp_path: Path, name: str) -> None:
    [file] = graphs.given_files([write(tmp_path, name, FORMS[name])])
    graph = G if name in WITH_GRAPH else DefaultGraph()
    assert list(graphs.quads(file, BASE)) == [Quad(A, B, Literal("x"), graph)]


@pytest.mark.parametrize(("name", "like"), [("x.owl", "x.rdf"), ("x.xml", "x.rdf"), ("x.json", "x.jsonld")])
def test_other_suffix_of_a_format(tmp_path: Path, name: str, like: str) -> None:
    [file] = graphs.given_files([write(tmp_path, name, FORMS[like])])
    assert len(list(graphs.quads(file, BASE))) == 1


def test_suffix_in_capitals_is_the_same(tmp_path: Path) -> None:
    [file] = graphs.given_files([write(tmp_path, "X.TTL", TRIPLE)])
    assert graphs.form(file) == RdfFormat.TURTLE
    assert len(list(graphs.quads(file, BASE))) == 1


def test_folder_is_read_for_what_is_rdf_wherever_it_stands(tmp_path: Path) -> None:
    names = [f"a/x{suffix}" for suffix in graphs.SUFFIXES] + ["B.TTL"]
    others = ("pom.xml", "a/package.json", "a/x.md", ".x.ttl", ".venv/x.ttl", "a/node_modules/b/x.ttl", "a/.git/x.nt")
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "folder.ttl").mkdir()
    assert graphs.below(tmp_path) == sorted(tmp_path / name for name in names)


def test_blank_nodes_of_others_are_kept(tmp_path: Path) -> None:
    [file] = graphs.given_files([write(tmp_path, "x.ttl", "[] <http://example.org/b> [] .")])
    [quad] = graphs.quads(file, BASE)
    assert isinstance(quad.subject, BlankNode)
    assert isinstance(quad.object, BlankNode)


def test_blank_nodes_of_two_files_are_not_the_same(tmp_path: Path) -> None:
    files = [write(tmp_path, name, "_:x <http://example.org/b> 1 .") for name in ("x.ttl", "y.ttl")]
    subjects = {quad.subject for file in graphs.given_files(files) for quad in graphs.quads(file, BASE)}
    assert len(subjects) == 2


def test_relative_iris_start_from_the_file(tmp_path: Path) -> None:
    [file] = graphs.given_files([write(tmp_path, "x.ttl", "<#a> <http://example.org/b> 1 .")])
    [quad] = graphs.quads(file, BASE)
    assert quad.subject == NamedNode(f"{(tmp_path / 'x.ttl').resolve().as_uri()}#a")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("x.ttl", f"{TRIPLE}{TRIPLE}<http://example.org/a> oops", 3),
        ("x.nt", "<http://example.org/a> oops .", 1),
        ("x.nq", "\n<http://example.org/a> oops .", 2),
        ("x.trig", "@prefix e: <http://example.org/> .\ne:g { e:a e:b }", 2),
        ("x.jsonld", '{"@id": "http://example.org/a",\n"http://example.org/b": }', 2),
    ],
)
def test_error_names_file_line_and_column(tmp_path: Path, name: str, text: str, line: int) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(VesocError) as caught:
        list(graphs.quads(GraphFile(path), BASE))
    place, _, message = str(caught.value).partition(": ")
    assert place.startswith(f"{path}:{line}:")
    assert place.removeprefix(f"{path}:{line}:").isdigit()
    assert message


def test_error_in_xml_names_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "x.rdf", FORMS["x.rdf"].replace("</e:b>", "</e:c>"))
    with pytest.raises(VesocError) as caught:
        list(graphs.quads(GraphFile(path), BASE))
    assert str(caught.value).startswith(f"{path}:")


def test_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"<http://example.org/a> <http://example.org/b> '\xff' .")
    with pytest.raises(VesocError) as caught:
        list(graphs.quads(GraphFile(path), BASE))
    assert str(caught.value).startswith(f"{path}:")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match=r"x\.ttl: no such file$"):
        graphs.given_files([tmp_path / "x.ttl"])


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match=r"no such file$"):
        graphs.given_files([tmp_path])


def test_unknown_format_tells_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match=r"x\.csv: unknown format; name the file .*\.jsonld, .*\.ttl"):
        graphs.given_files([write(tmp_path, "x.csv", "")])


def test_file_that_went_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match=r"x\.ttl: cannot be read"):
        list(graphs.quads(GraphFile(tmp_path / "x.ttl"), BASE))
