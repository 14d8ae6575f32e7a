"""A finding tells where its cause stands: measured over all files of wrong data, against a textual difference.

Each `shapes/bad/*.ru` is carried out on the valid graph; the graph before and after is written as canonical Turtle, in
which one block of lines tells all of a thing. What differs says where the cause is, without a look at the finding:

- a line that a block has more than before: the place is on such a line;
- a block that has only lost lines: the place is on its first line, where the thing lacks something;
- a block that is gone: the place is on a line that names what is gone, or on the first line of the thing found wrong.

A column is right where the token of the object starts, on a first line where that of the subject does. The share that
is measured here is that of one Turtle document in canonical form; the rules of places are tried on other forms below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from rdflib import SH, URIRef
from test_shapes import BAD, READ_OF_ONTOLOGY, changed, expected, ontology, shapes

from vesoc import positions, validation
from vesoc.canonical import canonical
from vesoc.checks import shacl
from vesoc.checks.finding import Finding, Place
from vesoc.checks.locating import Locator
from vesoc.checks.material import Document
from vesoc.names import PREFIXES
from vesoc.shapes import SHAPES

Blocks = dict[str, tuple[int, list[str]]]  # by subject line: the number of that line, and the lines
LEAST = 0.95
# Where the change is in one place and the rule, which cannot know, asks to mend the other.
ELSEWHERE = {
    "R09-holding-ended-before-the-agreement": "the end of the holding was changed; the rule asks for another holding",
    "R11-period-that-ends-before-it-starts": "the last day was changed; the rule compares the first day with it",
    "R18-indicator-in-another-unit": "the indicator was given a unit; the rule asks for that of the target value",
    "R23-withdrawn-post-still-used": "the post was withdrawn; the rule asks to replace it where it is used",
    "R24-signed-for-an-organisation-outside-the-preamble": "the party was left out; the rule asks of the signature",
}
OBJECT = re.compile(r'("{3}.*|"(?:[^"\\]|\\.)*"\S*|[^\s"]+)(?: [;,])?')
IRI = "http://example.org/document"
P = "@prefix : <http://example.org/> .\n"


def statements(*updates: str) -> frozenset[pyoxigraph.Triple]:
    """What the graph says after updates, without the ontology."""
    return frozenset(quad.triple for quad in changed(*updates)) - said_by_ontology()


@cache
def said_by_ontology() -> frozenset[pyoxigraph.Triple]:
    return frozenset(quad.triple for quad in ontology())


@cache
def terms() -> list[pyoxigraph.Quad]:
    """As much of the ontology as the rules read."""
    return [quad for quad in ontology() if quad.predicate.value in READ_OF_ONTOLOGY]


@cache
def valid() -> frozenset[pyoxigraph.Triple]:
    return statements()


@cache
def before() -> dict[str, list[str]]:
    """The blocks of the valid graph."""
    return in_blocks(valid())


def in_blocks(triples: Iterable[pyoxigraph.Triple]) -> dict[str, list[str]]:
    """The lines of the canonical form by subject line, without its prefixes and the lines that only close a block."""
    text = canonical(pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES).decode())
    pieces = [piece.strip().split("\n") for piece in text.partition("\n\n")[2].split("\n.\n")]
    return {lines[0]: lines for lines in pieces if lines[0]}


def after(update: str) -> tuple[str, Blocks]:
    """The document after an update, of which only the blocks that change are written anew, and where its blocks are."""
    now = statements(update)
    touched = {triple.subject for triple in now ^ valid()}
    written = before() | in_blocks(triple for triple in now if triple.subject in touched)
    for subject in {triple.subject for triple in valid()} - {triple.subject for triple in now}:
        del written[shown(subject)]
    lines, found = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in sorted(PREFIXES)], {}
    for subject in sorted(written):
        lines.append("")
        found[subject] = len(lines) + 1, written[subject]
        lines += [*written[subject], "."]
    return "\n".join([*lines, ""]), found


def right_lines(blocks: Blocks, thing: str) -> set[int]:
    """The numbers of the lines where the cause is, as the introduction says."""
    lines = {number for subject in blocks for number in _of_block(subject, blocks)}
    for gone in before().keys() - blocks.keys():
        lines |= {
            start + at for start, block in blocks.values() for at, line in enumerate(block) if gone in line.split()
        }
        lines |= {start for subject, (start, _) in blocks.items() if subject == thing}
    return lines


def _of_block(subject: str, blocks: Blocks) -> Iterator[int]:
    start, now = blocks[subject]
    then = before().get(subject, [])
    codes = [code for code in SequenceMatcher(None, then, now, autojunk=False).get_opcodes() if code[0] != "equal"]
    added = [start + at for _, _, _, first, last in codes for at in range(first, last)]
    yield from added or ([start] if codes else [])


def finding(path: Path) -> Finding:
    """What the file's first line announces, which another test compares with what the shapes find."""
    shape, component, focus, predicate, value = expected(path)
    found = validation.Finding("", "Violation", focus, predicate, value, {}, shape, component)
    (only,) = shacl.findings(validation.Report((found,), {}), shapes())
    return only


def document(text: str, form: RdfFormat = RdfFormat.TURTLE, name: str = "wrong.ttl") -> Document:
    return Document(name, text.encode(), form, IRI)


def shown(thing: pyoxigraph.NamedNode | pyoxigraph.BlankNode) -> str:
    """The subject line of a thing."""
    fits = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if thing.value.startswith(namespace)]
    namespace, prefix = max(fits, default=(thing.value, ""))
    local = thing.value.removeprefix(namespace)
    return f"{prefix}:{local}" if re.fullmatch(r"[\w-]+", local) else str(thing)


def at_token(text: str, place: Place, blocks: Blocks) -> bool:
    line = text.split("\n")[place.line - 1]
    first = place.line in {start for start, _ in blocks.values()}
    return place.column == 1 if first else OBJECT.fullmatch(line[place.column - 1 :]) is not None


def miss(path: Path) -> str | None:
    """What is wrong with the place of a file's finding; nothing where it is right."""
    text, blocks = after(path.read_text())
    wrong = finding(path)
    place = Locator([document(text)], shapes(), terms()).place(wrong)
    if place is None:
        return "no place"
    thing = wrong.thing or ""
    lines = right_lines(blocks, "" if thing.startswith('"') else shown(pyoxigraph.NamedNode(thing)))
    if place.line not in lines:
        return f"line {place.line} {text.splitlines()[place.line - 1]!r}, not {sorted(lines)[:9]}"
    return None if at_token(text, place, blocks) else f"column {place.column}"


def test_share_of_findings_with_the_right_place() -> None:
    misses = {path.stem: told for path in BAD if (told := miss(path))}
    share = 1 - len(misses) / len(BAD)
    print(f"{len(BAD) - len(misses)} of {len(BAD)} findings ({share:.1%}) have the line and column of their cause")
    for name, told in misses.items():
        print(f"{name}: {told} ({ELSEWHERE.get(name, 'unexplained')})")
    assert misses.keys() == ELSEWHERE.keys()
    assert share >= LEAST


FIRST = document(
    P
    + """:a :p :b ; :q 'one'@nl , 'een'@nl , 'one'@en , 'twee'@NL .
:c :p :a , [ :p 1.50 ; :q () ] , 'l\\n"x"' .
:a a :Thing , :Other ; :r 'late' .
""",
    name="first.ttl",
)
SECOND = document(P + ":d :p :e . :a :p :z ; :s 1 .\n:undeclared :x 2 .", name="second.ttl")
E = "http://example.org/"
CAUSE = URIRef(f"{SHAPES}cause")


def about(thing: str, path: str | None = None, value: str | None = None, component: str = "Min") -> Finding:
    told = f"{SH}{component}ConstraintComponent"
    return Finding("shacl", "R", "Violation", {}, f"{E}{thing}", path=path and E + path, value=value, component=told)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (about("a", "p", f"<{E}b>"), "first.ttl:2:7"),
        (about("a", "p", f"<{E}z>"), "second.ttl:2:18"),
        (about("a", "p", component="MaxCount"), "second.ttl:2:18"),
        (about("a", "q", component="UniqueLang"), "first.ttl:2:26"),
        (about("a", "q", '"one"@en'), "first.ttl:2:37"),
        (about("c", "p", '"""l\n"x\\""""'), "first.ttl:3:34"),
        (about("a", "t"), "first.ttl:4:1"),
        (about("a"), "first.ttl:4:1"),
        (about("a", component="Class"), "first.ttl:4:15"),
        (about("d"), "second.ttl:2:1"),
        (about("e"), "second.ttl:2:7"),
        (about("e", "p"), "second.ttl:2:7"),
        (about("x", "p", '"no"'), "second.ttl:3:13"),
        (about("b", "unknown", "not a term"), "first.ttl:2:7"),
        (about("nowhere"), None),
        (Finding("s", "R", "Info", {}), None),
        (Finding("s", "R", "Info", {}, thing=IRI), "first.ttl:1:1"),
        (Finding("s", "R", "Info", {}, thing="late", focus="late", value='"late"'), "first.ttl:4:27"),
        (Finding("s", "R", "Info", {}, thing="not an IRI <>\"'", path="{"), None),
    ],
)
def test_rules_of_places(wrong: Finding, place: str | None) -> None:
    found = Locator([FIRST, SECOND]).place(wrong)
    assert (str(found) if found else None) == place


def test_blank_node_is_found_by_the_label_that_the_engine_gave() -> None:
    (blank,) = (quad.subject for quad in FIRST.quads if str(quad.object).startswith('"1.50"'))
    missing = Finding("shacl", "R", "Violation", {}, thing=blank.value, path=f"{E}t")
    wrong = replace(missing, path=f"{E}p", value=f'"1.50"^^<{PREFIXES["xsd"]}decimal>')
    locator = Locator([FIRST])
    assert [str(locator.place(finding)) for finding in (missing, wrong)] == ["first.ttl:3:12", "first.ttl:3:17"]


def test_documents_without_places_of_statements() -> None:
    xml = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n <rdf:Description rdf:about="http://example.org/a"/>'
    xml = f'{xml[:-2]} xmlns:e="http://example.org/" e:p="x"/></rdf:RDF>'
    json = '{"@id": "http://example.org/e",\n "http://example.org/p": {"@id": "http://example.org/f"}}'
    locator = Locator([document(xml, RdfFormat.RDF_XML, "a.rdf"), document(json, RdfFormat.JSON_LD, "e.jsonld")])
    places = [str(locator.place(about(name))) for name in ("a", "e", "f", "g")]
    assert places == ["a.rdf:2:30", "e.jsonld:1:10", "e.jsonld:2:35", "None"]


def test_what_the_reader_does_not_know_is_found_as_a_mention() -> None:
    text = P + ":a :p <<( :b :p :c )>> .\n:later :p :b ."
    assert str(Locator([document(text)]).place(about("later"))) == "wrong.ttl:3:1"


def test_unreadable_document_is_passed_over() -> None:
    locator = Locator([document(":a :p"), SECOND])
    assert str(locator.place(about("d"))) == "second.ttl:2:1"


def test_only_documents_that_speak_of_the_thing_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reader = positions.statements
    monkeypatch.setattr(positions, "statements", lambda text, base: read.append(text) or reader(text, base))
    locator = Locator([FIRST, SECOND])
    assert locator.place(about("nowhere")) is None
    assert read == []
    locator.place(about("d"))
    locator.place(about("d", "p"))
    assert read == [SECOND.text]


def test_every_cause_belongs_to_a_constraint_that_wrong_data_tries() -> None:
    graph = shapes().graph
    blaming = {str(shape) for shape, query in graph.subject_objects(SH.sparql) if (query, CAUSE, None) in graph}
    assert len(blaming) == len(set(graph.subjects(CAUSE))) > 25
    assert blaming <= {expected(path)[0] for path in BAD}


def test_cause_sees_what_stands_beside_the_documents() -> None:
    """A thing that another graph describes is no broken link, whatever else the document says of it."""
    names = {prefix: PREFIXES[prefix] for prefix in ("akk", "dcterms", "orgn", "org")}
    start = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in names.items())
    text = start + "akk:x dcterms:references orgn:unknown ,\norgn:known .\n"
    known = document(start + "orgn:known a org:Organization .").quads
    links = next(path for path in BAD if path.stem == "R15-misspelt-thing")
    wrong = replace(finding(links), thing=f"{names['akk']}x")
    places = [Locator([document(text)], shapes(), context).place(wrong) for context in ((), known)]
    assert [place and place.line for place in places] == [6, 5]
