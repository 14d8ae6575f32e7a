"""XML that every parser reads, whatever the data hold, and however the engine cuts it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import httpx2
import pytest
from rdflib import Graph, URIRef

from vesoc import markup
from vesoc.errors import Problem
from vesoc.formats import CSV, RDF_XML, TURTLE, XML_RESULTS, Format

RESULTS = "{http://www.w3.org/2005/sparql-results#}"
SRX = {"accept": "application/sparql-results+xml"}
RDF = {"accept": "application/rdf+xml"}
DOCUMENT = (
    "<?xml version='1.0'?>\n"
    "<a>\u0000bell\u0007\t\n\rend\ufffe \uffff\ufffe\ufffd\ufffc \ud7ff\ue000 \U0001fffe\x1f</a>\n"
    "<b>no more than an element whose text is longer than a tail\ufffe<!--\r\r\n--></b>\n"
).encode()
EXPECTED = (
    "<?xml version='1.0'?>\n"
    "<a>\ufffdbell\ufffd\t\n&#13;end\ufffd \ufffd\ufffd\ufffd\ufffc \ud7ff\ue000 \U0001fffe\ufffd</a>\n"
    "<b>no more than an element whose text is longer than a tail\ufffd<!--&#13;&#13;\n--></b>\n"
).encode()
NAMELESS = b'<rdf:Description rdf:about="urn:a"><oxprefix: xmlns:oxprefix="urn:1">x</oxprefix:></rdf:Description>'


class Sink:
    """A reply that keeps what it is given."""

    def __init__(self) -> None:
        self.data = b""

    def start(self, header: dict[str, Any]) -> None: ...

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def flush(self) -> None: ...


def written(pieces: list[bytes], form: Format = XML_RESULTS) -> bytes:
    sink = Sink()
    safe = markup.safe(sink, form)
    for piece in pieces:
        assert safe.write(piece) == len(piece)
    safe.flush()
    return sink.data


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


# --- in pieces --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [XML_RESULTS, RDF_XML], ids=["results", "graph"])
def test_whole_document_is_mended(form: Format) -> None:
    assert markup.mended(DOCUMENT, form) == EXPECTED
    assert written([DOCUMENT], form) == EXPECTED


def test_document_in_two_pieces_is_mended() -> None:
    assert [position for position in range(len(DOCUMENT) + 1) if not fits(position)] == []


def fits(position: int) -> bool:
    return written([DOCUMENT[:position], DOCUMENT[position:]]) == EXPECTED


def test_document_in_pieces_of_any_size_is_mended() -> None:
    assert [size for size in range(1, 200) if written(cut(DOCUMENT, size)) != EXPECTED] == []


@pytest.mark.parametrize("form", [TURTLE, CSV], ids=["Turtle", "CSV"])
def test_other_formats_pass_as_they_are(form: Format) -> None:
    sink = Sink()
    assert markup.safe(sink, form) is sink
    assert markup.mended(DOCUMENT, form) == DOCUMENT


def test_property_without_a_name_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        markup.mended(NAMELESS, RDF_XML)
    assert (caught.value.status, caught.value.kind) == (406, "not-xml")


def test_property_without_a_name_is_refused_wherever_it_is_cut() -> None:
    # After it comes text, so that it stands in what is held back and in what is not.
    data = NAMELESS.replace(b">x<", b">some text without an end<")
    assert [position for position in range(len(data) + 1) if passes([data[:position], data[position:]])] == []


def passes(pieces: list[bytes]) -> bool:
    try:
        written(pieces, RDF_XML)
    except Problem:
        return False
    return True


def test_text_that_looks_like_it_is_not_refused() -> None:
    for data in (b"<a>oxprefix: </a>", b"<a>&lt;oxprefix: xmlns:oxprefix=</a>"):
        assert written([data], RDF_XML) == data


# --- through the server -----------------------------------------------------------------------------------------------

TEXTS = {
    "bell": ("a\\u0007b", "a\ufffdb"),
    "null": ("a\\u0000b", "a\ufffdb"),
    "escape": ("\\u001B[1m", "\ufffd[1m"),
    "not a character": ("a\\uFFFEb\\uFFFFc", "a\ufffdb\ufffdc"),
    "replacement": ("a\\uFFFDb", "a\ufffdb"),
    "carriage return": ("a\\rb\\r\\nc", "a\rb\r\nc"),
    "tab and line": ("a\\tb\\nc", "a\tb\nc"),
    "markup": ("<a b='c'>&amp;]]>", "<a b='c'>&amp;]]>"),
    "beyond": ("\\U0001F600\\U0001FFFE é", "\U0001f600\U0001fffe é"),
}


def ask(client: httpx2.Client, query: str, headers: dict[str, str]) -> httpx2.Response:
    # By POST, for addresses end sooner than these queries.
    return client.post("/sparql", content=query, headers={"content-type": "application/sparql-query", **headers})


def value(response: httpx2.Response) -> str:
    assert response.status_code == 200, response.text
    return ElementTree.fromstring(response.content).findtext(f".//{RESULTS}literal") or ""


def literal(response: httpx2.Response) -> str:
    assert response.status_code == 200, response.text
    return str(next(Graph().parse(data=response.content, format="xml").objects()))


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_survives_in_xml_results(server: httpx2.Client, text: str, expected: str) -> None:
    assert value(ask(server, f'SELECT ("{text}" AS ?x) {{}}', SRX)) == expected


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_survives_in_rdf_xml(server: httpx2.Client, text: str, expected: str) -> None:
    response = ask(server, f'CONSTRUCT {{ <urn:s> <urn:x#p> "{text}" }} WHERE {{}}', RDF)
    assert literal(response) == expected
    ElementTree.fromstring(response.content)


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_is_the_same_in_json(server: httpx2.Client, text: str, expected: str) -> None:
    rows = ask(server, f'SELECT ("{text}" AS ?x) {{}}', {}).json()["results"]["bindings"]
    assert len(rows[0]["x"]["value"]) == len(expected)


@pytest.mark.parametrize("headers", [SRX, RDF], ids=["results", "graph"])
def test_long_text_of_such_characters_survives(server: httpx2.Client, headers: dict[str, str]) -> None:
    # The engine writes some eight thousand bytes at a time, which are not whole characters.
    texts = ["\ufffe" * 9000 + "a" * shift for shift in range(3)]
    if headers is SRX:
        rows = " ".join(f'("{text}")' for text in texts)
        root = ElementTree.fromstring(ask(server, f"SELECT ?x {{ VALUES (?x) {{ {rows} }} }}", headers).content)
        found = {element.text or "" for element in root.iter(f"{RESULTS}literal")}
    else:
        objects = " , ".join(f'"{text}"' for text in texts)
        answer = ask(server, f"CONSTRUCT {{ <urn:s> <urn:x#p> {objects} }} WHERE {{}}", headers)
        found = {str(each) for each in Graph().parse(data=answer.content, format="xml").objects()}
    assert found == {text.replace("\ufffe", "\ufffd") for text in texts}


@pytest.mark.parametrize("name", ["http://x.example/1", "http://x.example/", "urn:x:", "http://x.example/a/2.3"])
def test_property_without_a_name_is_406_in_rdf_xml(server: httpx2.Client, name: str) -> None:
    query = f"CONSTRUCT {{ <urn:s> <{name}> 1 }} WHERE {{}}"
    response = ask(server, query, RDF)
    assert response.status_code == 406
    assert response.json()["kind"] == "not-xml"
    turtle = Graph().parse(data=ask(server, query, {"accept": "text/turtle"}).content, format="turtle")
    assert set(turtle.predicates()) == {URIRef(name)}


def test_graph_with_such_a_property_far_down_is_never_whole_in_rdf_xml(server: httpx2.Client) -> None:
    rows = " ".join(f'(<urn:x#p> "{number:0100}")' for number in range(3000))
    query = f"CONSTRUCT {{ <urn:s> ?p ?o }} WHERE {{ VALUES (?p ?o) {{ {rows} (<http://x.example/1> 1) }} }}"
    with pytest.raises(httpx2.RemoteProtocolError):
        ask(server, query, {**RDF, "accept-encoding": "identity"})
    assert ask(server, query, {"accept": "text/turtle"}).status_code == 200
