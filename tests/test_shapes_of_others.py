"""Shapes of others: what SHACL asks of any of them, with the message, the place and the expectation of each finding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from vesoc.checks import shacl
from vesoc.checks.finding import Finding
from vesoc.checks.material import Document, Material
from vesoc.names import BASE
from vesoc.shapes import Shapes, ShapesError

PREAMBLE = """@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
E = "http://example.org/"
ALWAYS = 'sh:sparql [ sh:message "wrong: {$this}"@en ; sh:select "SELECT $this { $this a <http://example.org/C> }" ]'
PROPERTIES = """:S a sh:NodeShape ; sh:targetClass :C ; sh:property
  [ sh:path :p ; sh:pattern "^x" ; sh:message "begin with x" , "begin met x"@nl ] ,
  [ sh:path :p ; sh:pattern "z$" ; sh:severity sh:Warning ] ."""


def check(folder: Path, data: str, *shapes: str) -> list[Finding]:
    paths = [folder / f"{number}.ttl" for number in range(len(shapes))]
    for path, text in zip(paths, shapes, strict=True):
        path.write_text(PREAMBLE + text)
    document = Document("data.ttl", (PREAMBLE + data).encode(), RdfFormat.TURTLE, f"{E}data")
    return list(shacl.look(Material((document,), BASE, Shapes(*paths))).findings)


@pytest.mark.parametrize(
    "shapes",
    [
        f":S a sh:NodeShape ; sh:targetNode :a ; {ALWAYS} .",
        f":S a sh:NodeShape ; sh:targetClass :C ; {ALWAYS} .",
        f":C a sh:NodeShape , rdfs:Class ; {ALWAYS} .",
    ],
    ids=["node", "class", "implicit class"],
)
def test_query_of_others_is_run_with_its_message(tmp_path: Path, shapes: str) -> None:
    (finding,) = check(tmp_path, ":a a :C .", shapes)
    assert (finding.thing, finding.value) == (f"{E}a", f"<{E}a>")
    assert finding.message("en") == f"wrong: {E}a"


def test_query_of_a_shape_that_another_refers_to(tmp_path: Path) -> None:
    shapes = f":S a sh:NodeShape ; sh:targetClass :C ; sh:node :N . :N a sh:NodeShape ; {ALWAYS} ."
    assert [finding.component for finding in check(tmp_path, ":a a :C .", shapes)] == [
        "http://www.w3.org/ns/shacl#NodeConstraintComponent"
    ]


def test_query_that_is_switched_off_is_not_run(tmp_path: Path) -> None:
    off = ALWAYS.replace("[ ", "[ sh:deactivated true ; ")
    assert check(tmp_path, ":a a :C .", f":S a sh:NodeShape ; sh:targetNode :a ; {off} .") == []


def test_each_query_has_its_own_prefixes(tmp_path: Path) -> None:
    declared = """:One sh:declare [ sh:prefix "p" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
    :Two sh:declare [ sh:prefix "p" ; sh:namespace "http://example.org/other/"^^xsd:anyURI ] ."""
    constraint = 'sh:sparql [ sh:prefixes :{} ; sh:select "SELECT $this {{ $this a p:C }}" ]'
    query = f":{{}} a sh:NodeShape ; sh:targetNode :a ; {constraint} ."
    found = check(tmp_path, ":a a :C .", declared + query.format("S", "One") + query.format("T", "Two"))
    assert [finding.shape for finding in found] == [f"{E}S"]


@pytest.mark.parametrize("target", ["sh:targetNode :a", "sh:targetClass :C"])
def test_query_that_cannot_be_read_is_an_error_of_the_shapes(tmp_path: Path, target: str) -> None:
    with pytest.raises(ShapesError, match="could not be run"):
        check(tmp_path, ":a a :C .", f':S a sh:NodeShape ; {target} ; sh:sparql [ sh:select "SELECT $this {{ a " ] .')


def test_literal_as_focus_node_is_told_as_one(tmp_path: Path) -> None:
    found = check(
        tmp_path, ':a :p "one\\ntwo" , 2 .', ":S a sh:NodeShape ; sh:targetObjectsOf :p ; sh:nodeKind sh:IRI ."
    )
    number = Literal(2)
    assert [finding.focus for finding in sorted(found, key=str)] == [str(number), str(Literal("one\ntwo"))]


def test_values_are_written_as_in_ntriples(tmp_path: Path) -> None:
    texts = ["plain", 'two\nlines "of" it', "x\\y"]
    data = f":a a :C ; :p {' , '.join(json.dumps(text) for text in texts)} ."
    found = check(tmp_path, data, ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:in () ] .")
    assert {finding.value for finding in found} == {str(Literal(text)) for text in texts}
    for finding in found:
        (quad,) = parse(f"<a:a> <a:b> {finding.value} .", format=RdfFormat.N_TRIPLES)
        assert isinstance(quad.object, Literal)


def test_nameless_shapes_are_told_apart(tmp_path: Path) -> None:
    found = sorted(check(tmp_path, ':a a :C ; :p "b" .', PROPERTIES), key=lambda finding: finding.severity)
    assert [finding.severity for finding in found] == ["Violation", "Warning"]
    assert {finding.shape for finding in found} == {f"{E}S"}
    assert [finding.expected["en"] for finding in found] == ["text that matches ^x", "text that matches z$"]
    assert found[0].messages == {"": "begin with x", "nl": "begin met x"}
    assert found[1].message("en")


def test_expectation_is_that_of_the_constraint(tmp_path: Path) -> None:
    within = "sh:property [ sh:path :p ; sh:nodeKind sh:Literal ]"
    shapes = f":S a sh:NodeShape ; sh:targetClass :C ; sh:nodeKind sh:IRI ; {within} ."
    (finding,) = check(tmp_path, ":a a :C ; :p :b .", shapes)
    assert finding.expected["en"] == "a node of the kind sh:Literal"


def test_shapes_that_refer_to_each_other_have_an_end(tmp_path: Path) -> None:
    shapes = """:S a sh:NodeShape ; sh:targetClass :C ; sh:property _:p .
    _:p a sh:PropertyShape ; sh:path :p ; sh:minCount 2 ; sh:node _:q . _:q a sh:NodeShape ; sh:property _:p ."""
    assert check(tmp_path, ":a a :C .", shapes)[0].shape == f"{E}S"
    path = tmp_path / "circle.ttl"
    path.write_text(f"{PREAMBLE}_:p sh:node _:q . _:q sh:property _:p .")
    known = Shapes(path)
    nodes = list(known.graph.subjects())
    assert {known.named(node) for node in nodes} == set(nodes)


def test_labels_of_two_files_are_not_the_same_shape(tmp_path: Path) -> None:
    one, other = (
        f":{n} a sh:NodeShape ; sh:targetClass :C ; sh:property _:p . _:p sh:path :{n} ; sh:minCount 1 ." for n in "xy"
    )
    found = check(tmp_path, ":a a :C ; :x 1 .", one, other)
    assert [(finding.shape, finding.path) for finding in found] == [(f"{E}y", f"{E}y")]


def test_rule_of_a_shape_without_a_name(tmp_path: Path) -> None:
    constraint = "sh:property [ sh:path :p ; sh:minCount 1 ] ."
    found = check(tmp_path, ":a a :C .", f"[] a sh:NodeShape ; sh:targetClass :C ; {constraint}")
    assert [finding.rule for finding in found] == ["shape-C"]


SCRIPT = """import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_shapes_of_others import NAMELESS, PROPERTIES, check
for finding in check(Path(sys.argv[2]), NAMELESS, PROPERTIES):
    print(finding, finding.messages, finding.expected)
"""
NAMELESS = "".join(f"[] a :C ; :n {n} ; :p 'b' , [ :q {n} ] . " for n in range(12))


def test_two_processes_say_the_same(tmp_path: Path) -> None:
    def told(seed: str) -> str:
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(tmp_path)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment).stdout

    once, again = told("1"), told("2")
    assert once.count("Finding(") > 40
    assert once == again


def test_blank_nodes_are_named_in_the_order_of_the_document() -> None:
    texts = b"[] <a:p> 1 . _:x <a:p> [ <a:p> _:x ] .", b"[] <a:p> 1 . _:x <a:p> [ <a:p> _:x ] . "
    one, same = (Document("a.ttl", text, RdfFormat.TURTLE, f"{E}a") for text in texts)
    other = Document("b.ttl", texts[0], RdfFormat.TURTLE, f"{E}a")
    assert one.quads == same.quads
    labels = [
        {str(term) for quad in document.quads for term in (quad.subject, quad.object)} for document in (one, other)
    ]
    assert [sorted(label[-2:] for label in of if label.startswith("_:")) for of in labels] == [["n1", "n2", "n3"]] * 2
    assert {label for label in labels[0] & labels[1] if label.startswith("_:")} == set()
    assert one.quads[0].predicate == NamedNode("a:p")
