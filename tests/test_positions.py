"""Where statements stand: the reader of positions reads what the engine reads, and its places hold the tokens."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from vesoc.positions import Position, Statement, mention, spelt, statements

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("ontology", "data/ttl", "shapes", "tests/shapes")
FILES = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.ttl"))
BASE = "http://example.org/a/b"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LINKS = {f"<{RDF}first>", f"<{RDF}rest>"}
XSD = "http://www.w3.org/2001/XMLSchema#"
Triple = tuple[str, str, str]
P = "@prefix : <http://e/> . @prefix e.x: <http://e/x#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"

TURTLE = {
    "tight": "<a><b><c>.<d><e>'f','g';<h>1.<i><j>.5.",
    "numbers": P + ":a :b 1, -1, +1, 1.5, -.5, 1.e3, 1e3, .5e-3, 1.0E+3, 1.\n:c :d 2.:e :f 3 .",
    "booleans": P + ":a :b true, false .:true :false :a. :c :d true.\n:trues :e false .",
    "keyword a": P + ":a a :b.<c>a<d>.<e> a <f>, :a, :a.b .",
    "names": P
    + "e.x:a e.x: e.x:a.b , :a.b.c, :a:b, ::, :0, :%20x, :x%C3%A9, :\\,x\\.\\-\\~, :a-x, :a·b, :é.\n: : : . : :-1 . ",
    "escaped names": P + ":a\\(b\\) :b :\\%41, :%41, :a\\'b, :\\#x .",
    "strings": P + ":a :b 'x', \"x\", 'it\\'s', \"\", '', \"a # no comment\", '\\u00e9\\U0001F600\\t\\\\'.",
    "long strings": P
    + ':a :b \'\'\'it\'s \'\'long\'\'\n"""here""" \'\'\', """a "quote" and\r\n\'\'\' \\" x""", """""" .',
    "tags": P + ':a :b "x"@nl,"x"@en-GB , \'x\'@EN-us, "x" @fr,"x"@en--ltr.',
    "datatypes": P + ':a :b "1"^^xsd:integer, "x"^^<t>, "x" ^^ xsd:date , "007"^^xsd:integer, "z"^^xsd:string.',
    "comments": P + "# it's \"\"\" '''\n:a#one\n:b # . ; ,\n:c.# at the end",
    "repeated marks": P + ":a :b :c;;:d :e;;.:f :g :h;.",
    "line endings": P + "\r\n:a\r\n\t:b\r\n\t\t:c ,\r\r:d .\n",
    "beyond the first plane": P + ":a :b '\U0001f600\U0001f600', :\U00010400x . # \U0001f600\n:\U00010400 :c 'é' .",
    "blank nodes": P + "_:a :b _:c.d , _:0 , _:c . _:n1 :b [], [ ] . _:é :b _:a.",
    "brackets": P + ":a :b [ :c [ :d 1 ; :e [] ] , [ :f 2 ] ] .\n[ :g 3 ] . [] :h 4 . [ :i 5 ] :j [ :k :l ; ] .",
    "collections": P + ":a :b (), (1), (1 (2 [ :c (3) ]) ()) . (:x) :y (:z 'a' \"b\"@nl) . ([]) :p ((())) .",
    "collections of brackets": P + ":a :b ( [ :c 1 ] [ :c 2 ] [] ) ; :d ( ( :e ) ( :f ) ) .",
    "relative IRIs": "<> <#x> <../y> . @base <http://o/p/q> . <r> </s> <?t> . BASE <u/> <v> <.> <//w/x> .",
    "IRI escapes": "<http://e/\\u00e9> <http://e/\\U0001F600> <http://e/é#x?y> .",
    "prefixes change": "PREFIX p: <x/> p:a p:b p:c . prefix p: <y/> p:a p:b p:c . @prefix p:<z#>. p:a p:b p:c .",
    "spaces in directives": "@prefix # one\n p: # two\n <x/>\n. PREFIX#three\n:<y/> p:a :b p:c .",
    "base after prefix": "@prefix p: <x/> . @base <http://o/> . p:a <b> p:c .",
    "empty": "\n\t # nothing\r\n",
    "version": P + ":a :b :c .",
}
DATASETS = {
    "blocks": P
    + ":g { :a :b :c . :d :e 1 } GRAPH <h> { :a :b [ :c (1) ] } { :x :y :z . } :k :l :m .\n[] { :a :b :c. }",
    "names of graphs": P + "_:g {:a :b :c} graph _:g {:a :b :d;:e :f.} {}",
}
LINES = {
    "triples": (
        RdfFormat.N_TRIPLES,
        '<http://e/a> <http://e/b> "x\\ny"@nl .\n_:a <http://e/b> "1"^^<http://e/c> . # x\n',
    ),
    "quads": (
        RdfFormat.N_QUADS,
        '<http://e/a> <http://e/b> "x" <http://e/g> .\n_:a <http://e/b> _:b _:g .\n<http://e/a> <http://e/b> _:a .',
    ),
}
DOCUMENTS = {
    **{name: (RdfFormat.TURTLE, text) for name, text in TURTLE.items()},
    **{name: (RdfFormat.TRIG, text) for name, text in DATASETS.items()},
    **LINES,
}


@cache
def read(path: Path) -> tuple[Statement, ...]:
    return tuple(statements(path.read_bytes().decode(), path.as_uri()))


def by_engine(text: str, form: RdfFormat, base: str) -> list[Triple]:
    quads = pyoxigraph.parse(text.encode(), format=form, base_iri=base)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """All but the links of collections, blank nodes numbered by their first use."""
    names: dict[str, str] = {}
    told = [triple for triple in triples if triple[1] not in LINKS]
    return [(_named(subject, names), predicate, _named(value, names)) for subject, predicate, value in told]


def _named(term: str, names: dict[str, str]) -> str:
    return names.setdefault(term, f"_:{len(names)}") if term.startswith("_:") else term


def same_graph(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Whether they are equal but for the labels of blank nodes."""
    first, second = ("".join(sorted({f"{' '.join(triple)} .\n" for triple in triples})) for triples in (one, other))
    return _canonical(first) == _canonical(second)


def _canonical(text: str) -> pyoxigraph.Dataset:
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text.encode(), format=RdfFormat.N_TRIPLES))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def check(found: Iterable[Statement], engine: list[Triple]) -> None:
    triples = [statement[:3] for statement in found]
    assert len(triples) == len(engine)
    assert in_order(triples) == in_order(engine)
    assert same_graph(triples, engine)


def token(text: str, at: Position) -> str:
    """The text from a position to the end of its line."""
    lines = re.split(r"\r\n|\n|\r", text)
    return lines[at[0] - 1][at[1] - 1 :]


def test_files_were_found() -> None:
    assert len(FILES) > 100
    assert sum(len(read(path)) for path in FILES) > 30_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_own_file_says_what_the_engine_reads(path: Path) -> None:
    """The same statements, in the same order, so that each blank node is known to be the engine's."""
    check(read(path), by_engine(path.read_bytes().decode(), RdfFormat.TURTLE, path.as_uri()))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_odd_document_says_what_the_engine_reads(name: str) -> None:
    form, text = DOCUMENTS[name]
    check(statements(text, BASE), by_engine(text, form, BASE))


def test_literal_is_spelt_as_the_engine_spells_it() -> None:
    text = TURTLE["strings"]
    engine = [str(quad.object) for quad in pyoxigraph.parse(text.encode(), format=RdfFormat.TURTLE)]
    assert [statement.object for statement in statements(text)] == engine
    assert spelt(f'"x"^^<{XSD}string>') == spelt("'x'") == '"x"'
    with pytest.raises(SyntaxError):
        spelt("nothing")


def starts(term: str) -> tuple[str, ...]:
    """How the token of a term may start in a file that has prefixes."""
    if term.startswith("<"):
        iri = term[1:-1]
        local = re.split(r"[#/]", iri)[-1]
        return (term, "a ", "a\n") if iri == f"{RDF}type" else (term, f":{local}", "(")
    if term.startswith("_:"):
        return ("[", "(", "_:")
    value = re.sub(r"^\"|\"(@[\w-]+|\^\^<.*>)?$", "", term, flags=re.DOTALL)
    return ('"""', "'", f'"{value.splitlines()[0] if value else ""}'[:20], value)


@pytest.mark.parametrize("path", FILES[::7], ids=lambda path: str(path.relative_to(ROOT)))
def test_places_hold_their_tokens(path: Path) -> None:
    text = path.read_bytes().decode()
    lines = text.split("\n")
    for statement in read(path):
        if statement.predicate in LINKS:
            continue  # of a collection, which has no tokens for them
        for term, (line, column) in zip(statement[:3], statement[3:], strict=True):
            rest = lines[line - 1][column - 1 :] + "\n"
            name = re.match(r"[\w.-]*(?=:)", rest)
            found = rest[name.end() :] if name and term.startswith("<") else rest
            assert found.startswith(starts(term)), (term, rest)


def test_places_one_by_one() -> None:
    text = P + ':a # \U0001f600\n  a \U00010400:b\U0001f600;\r\n\t:c \'é\U0001f600\' , [ :d (1 <x>) ],\r"""l\n""" .\n'
    text = text.replace("\U00010400:b\U0001f600", ":b\U00010400")
    found = list(statements(text, BASE))
    places = [tuple(token(text, at)[:2] for at in statement[3:]) for statement in found]
    assert places[0] == (":a", "a ", ":b")
    assert found[0][3:] == ((2, 1), (3, 3), (3, 5))
    assert found[1][3:] == ((2, 1), (4, 2), (4, 5))
    whole = next(statement for statement in found if statement.object_at == (4, 12))
    assert whole.subject == "<http://e/a>"
    assert token(text, whole.object_at).startswith("[ :d")
    inner = next(statement for statement in found if statement.predicate == "<http://e/d>")
    assert (inner.subject, inner.subject_at) == (whole.object, (4, 12))
    assert (token(text, inner.predicate_at)[:2], token(text, inner.object_at)[:2]) == (":d", "(1")
    assert found[-1][3:] == ((2, 1), (4, 2), (5, 1))


def test_columns_count_code_points_not_bytes() -> None:
    first, second = statements("<é> <b> '\U0001f600e\u0301', <c> .", BASE)
    assert (first.object_at, second.object_at) == ((1, 9), (1, 16))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("<a> <b> <c> . <a> <b> <<( <a> <b> <c> )>> . <a> <b> <d> .", 1),
        ("<a> <b> <c> . ] <a> <b> <d> .", 1),
        ("<a> <b> <c> . <a> <b> ( 1 ] .", 3),
        ("<a> <b> <c> . <a> p:b <d> .", 1),
        ("<a> <b> <c> . <a> <b> '\\uD800' .", 1),
        ("<a> <b> <c> , 'open", 1),
        ("<a> <b> <c> . ) } { ; , . [", 1),
        ("<a> <b> <c> . \x00", 1),
    ],
)
def test_reader_stops_where_it_does_not_know(text: str, before: int) -> None:
    assert len(list(statements(text, BASE))) == before


VERBS = (":a", "e.x:b.c", "<x>", "<http://e/#>", ":", ":a\\-b", ":0", ":%41.:", "e.x:")
NAMES = (*VERBS, "_:n", "_:a.b", "[]", "()", "(1 'a')")
NUMBERS = ("1", "-2.5", "1.e3", ".5", "true")
VALUES = (*NAMES, *NUMBERS, "'it'", "'x'@nl", '"""a"b"""', "'1'^^xsd:date", "([:c()])", "[:c[:d 1]]")
SPACES = ("", "", " ", "\n", "\t", "\r\n ", "#' :x\n")


def made_up(chance: random.Random) -> str:
    """A few statements of random terms with as little between them as chance will have it."""
    pieces = []
    for _ in range(chance.randrange(1, 4)):
        pieces += [chance.choice(NAMES), chance.choice(("a", *VERBS)), chance.choice(VALUES)]
        pieces += chance.choice(([], [",", chance.choice(VALUES)], [";", chance.choice(VERBS), chance.choice(VALUES)]))
        pieces += ["."]
    return P + "".join(piece + chance.choice(SPACES) for piece in pieces)


def test_made_up_documents() -> None:
    """Where the engine can read a random document, the reader reads the same."""
    chance = random.Random(7)
    accepted = 0
    for _ in range(4000):
        text = made_up(chance)
        with contextlib.suppress(SyntaxError):
            engine = by_engine(text, RdfFormat.TURTLE, BASE)
            assert same_graph((statement[:3] for statement in statements(text, BASE)), engine), text
            accepted += 1
    assert accepted > 500


def test_nothing_makes_the_reader_raise_or_hang() -> None:
    chance = random.Random(7)
    whole = "".join(text for _, text in DOCUMENTS.values())
    for _ in range(1500):
        start, length = chance.randrange(len(whole)), chance.randrange(1, 80)
        mark = chance.choice("\"'<([{.;,\\#:@^_%\ud800\u00b7")
        list(statements(f"{P}{whole[start : start + length]}{mark}{whole[start - 40 : start]}", BASE))
    for deep in ("[", "(", "[ <a> ", "'''", '"\\', "a", ".", "<", "_:a.", "@prefix ", ":" * 9, "#"):
        list(statements(f"<a> <b> {deep * 30_000}", BASE))


def test_deep_nesting_is_read() -> None:
    depth = 5000
    text = f"<a> <b> {'[ <c> ' * depth}1{' ]' * depth} ."
    assert len(list(statements(text, BASE))) == depth + 1


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('{\n "@id": "http://e/x/y"}', (2, 10)),
        ('{"@context": {"e": "http://e/x/"},\n "@id": "e:y"}', (2, 10)),
        ('{"@id": "http://e/x/yy"}\n{"@id": "y"}', (2, 10)),
        ('<rdf:Description\n  rdf:about="http://e/x/y">', (2, 14)),
        ('<rdf:Description rdf:about="&e;y"/>', (1, 29)),
        ('<rdf:Description xml:base="http://e/x/" rdf:ID="z"/>\n<e:y>1</e:y>', None),
        ("nothing", None),
    ],
)
def test_mention_in_another_syntax(text: str, at: Position | None) -> None:
    assert mention(text, "http://e/x/y") == at


def test_mention_of_what_has_no_last_part() -> None:
    assert mention("<http://e/#>", "http://e/#") == (1, 2)
    assert mention("", "") == (1, 1) or mention("", "") is None
