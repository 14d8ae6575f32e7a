"""Which file and line say something of a thing: for every subject of our own files, and by `vesoc describe`."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from pyoxigraph import NamedNode, RdfFormat, parse
from test_cli import complaint, vesoc

from vesoc import describing, graphs, places
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import BASE
from vesoc.whereabouts import Place, Whereabouts, subjects

MEASURE = f"{BASE}id/maatregel/ahad-s01-4a"
TURTLE = """PREFIX ex: <http://example.org/>
PREFIX : <http://example.org/none#>

ex:a
    ex:says \"\"\"not a subject, "nor" this:
ex:b
\"\"\" ;
.

ex:with\\-hyphen\\,comma
    ex:says 1 ;
.

:plain
    ex:says 2 ;
.

<http://example.org/caf\\u00E9>
    ex:says 3 ;
.
"""


@pytest.fixture(scope="module")
def whereabouts() -> Whereabouts:
    found = places.find(ROOT)
    return Whereabouts(found.root, graphs.own_files(found))


@pytest.mark.parametrize("file", graphs.own_files(places.find(ROOT)), ids=lambda file: file.path.stem)
def test_each_subject_of_a_file_is_found_once_and_where_its_block_begins(file: GraphFile) -> None:
    text = file.path.read_text(encoding="utf-8")
    said = {quad.subject.value for quad in graphs.quads(file, BASE) if isinstance(quad.subject, NamedNode)}
    found = list(subjects(text))
    assert sorted(iri for iri, _ in found) == sorted(said)
    lines = text.splitlines()
    for iri, line in found:
        last = iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]
        assert last in lines[line - 1].replace("\\", "")
        assert not lines[line - 2]


def test_prefixes_escapes_and_strings_are_read_as_turtle_has_them() -> None:
    found = dict(subjects(TURTLE))
    said = {quad.subject.value for quad in parse(TURTLE, RdfFormat.TURTLE) if isinstance(quad.subject, NamedNode)}
    assert set(found) == said
    assert found["http://example.org/a"] == 4
    assert found["http://example.org/with-hyphen,comma"] == 10
    assert found["http://example.org/none#plain"] == 14
    assert found["http://example.org/café"] == 18


def test_place_is_told_below_the_root(whereabouts: Whereabouts) -> None:
    [place] = whereabouts.of(MEASURE)
    assert (place.file, place.slug) == ("data/ttl/ahad/s01.ttl", "ahad")
    assert str(place) == f"data/ttl/ahad/s01.ttl:{place.line}"
    assert (ROOT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1] == "mtr:ahad-s01-4a"


def test_what_two_files_speak_of_has_two_places(whereabouts: Whereabouts) -> None:
    files = [place.file for place in whereabouts.of(f"{BASE}ns#Measure")]
    assert files == ["ontology/vesoc.ttl", "ontology/alignments.ttl"]


def test_what_no_file_speaks_of_has_no_place(whereabouts: Whereabouts) -> None:
    assert whereabouts.of("http://example.org/nothing") == []


def test_files_of_a_graph(whereabouts: Whereabouts) -> None:
    assert whereabouts.files("actoren") == sorted(
        f"data/ttl/actoren/{path.name}" for path in (ROOT / "data/ttl/actoren").iterdir()
    )
    assert whereabouts.files("nothing") == []


@pytest.mark.parametrize("name", ["mtr:ahad-s01-4a", MEASURE, f"<{MEASURE}>", "id/maatregel/ahad-s01-4a"])
def test_names_of_a_thing(name: str) -> None:
    assert describing.expanded(name, BASE) == MEASURE


@pytest.mark.parametrize(("name", "hint"), [("hallo", "whole IRI"), ("orgm:vdab", "orgn"), ("", "whole IRI")])
def test_what_names_nothing_is_told_how_to(name: str, hint: str) -> None:
    with pytest.raises(VesocError, match=hint):
        describing.expanded(name, BASE)


def test_describe_says_the_same_as_the_file_and_where_that_is() -> None:
    done = vesoc("describe", "mtr:ahad-s01-4a")
    assert done.returncode == 0, done.stderr
    first, rest = done.stdout.split("\n", 1)
    file, line = first.removeprefix("# ").split(":")
    assert Place(file, int(line), "ahad").file == "data/ttl/ahad/s01.ttl"
    told = {triple.triple for triple in parse(rest, RdfFormat.TURTLE)}
    kept = {quad.triple for quad in parse(path=ROOT / file, format=RdfFormat.TURTLE)}
    assert told == {triple for triple in kept if triple.subject == NamedNode(MEASURE)}


@pytest.mark.parametrize(("suffix", "form"), [("jsonld", RdfFormat.JSON_LD), ("rdf", RdfFormat.RDF_XML)])
def test_places_go_elsewhere_where_a_format_has_no_comments(suffix: str, form: RdfFormat) -> None:
    done = vesoc("describe", "btot:ahad-dig", "--format", suffix)
    assert done.returncode == 0
    assert done.stderr.startswith("data/ttl/ahad/bijlage.ttl:")
    assert len(list(parse(done.stdout, form))) > 5


def test_describe_of_other_data_has_no_place(tmp_path: Path) -> None:
    file = tmp_path / "other.ttl"
    file.write_text("<http://example.org/a> <http://example.org/p> 'x' .\n", encoding="utf-8")
    done = vesoc("describe", "http://example.org/a", "--format", "nt", "--data", file)
    assert done.stdout == '<http://example.org/a> <http://example.org/p> "x" .\n'


def test_describe_names_what_is_near() -> None:
    assert "orgn:vdab" in complaint(vesoc("describe", "orgn:vdap"))


def test_describe_names_its_formats() -> None:
    assert "jsonld" in complaint(vesoc("describe", "akk:ahad", "--format", "png"))
