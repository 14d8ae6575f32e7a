"""JSON-LD: the context, documents in its terms, and that each says to the letter what the Turtle says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import front
import httpx2
import pyoxigraph as ox
import pytest
import rdflib
from conftest import whole_graph
from pyld import jsonld

from vesoc.formats import JSON_LD
from vesoc.graphs import METADATA, graph_iri
from vesoc.jsonld.document import document
from vesoc.jsonld.layouts import CONTEXT, EXPANDED, LINKED, layout
from vesoc.jsonld.vocabulary import Vocabulary
from vesoc.names import BASE, PREFIXES
from vesoc.rdf import Writer

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
TYPE = "application/ld+json"
ADDRESS = "http://example.org/"
SPACE = "http://www.w3.org/ns/json-ld#"
MEASURE = "/doc/maatregel/ahad-s04-1b"
LISTS = ("/doc/akkoord", "/doc/concept/thema")
XSD = PREFIXES["xsd"]

Object = ox.NamedNode | ox.BlankNode | ox.Literal


def addresses() -> list[str]:
    """Documents on a thing of each kind: that of which least is said, one in the middle, that of which most is."""
    chosen = ([pages[0], pages[len(pages) // 2], pages[-1]] for pages in front.things().values())
    return sorted({address for some in chosen for address in some})


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(whole_graph().store, BASE)


def written(*triples: ox.Triple, context: str | None = None) -> Any:
    body = document(vocabulary(), triples, context)
    return None if body is None else json.loads(body)


def said(value: Object, predicate: str = "dcterms:title") -> ox.Triple:
    prefix, _, name = predicate.partition(":")
    return ox.Triple(ox.NamedNode(f"{ADDRESS}a"), ox.NamedNode(PREFIXES[prefix] + name), value)


def read(body: bytes | str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.JSON_LD)}


def lines(graph: rdflib.Graph) -> set[str]:
    return set(graph.serialize(format="nt").strip().split("\n"))


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@pytest.fixture(scope="module")
def context(server: httpx2.Client) -> dict[str, Any]:
    found: dict[str, Any] = server.get("/ns/context.jsonld").json()
    return found


# --- the context ------------------------------------------------------------------------------------------------------


def test_context_is_served(server: httpx2.Client) -> None:
    answer, head = server.get("/ns/context.jsonld"), server.head("/ns/context.jsonld")
    assert (answer.status_code, head.status_code, head.content) == (200, 200, b"")
    for name in ("content-type", "etag", "access-control-allow-origin", "content-length"):
        assert answer.headers[name] == head.headers[name]
    assert answer.headers["content-type"] == TYPE
    again = server.get("/ns/context.jsonld", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert list(answer.json()) == ["@context"]


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", TYPE])
def test_ontology_leads_to_the_context(server: httpx2.Client, accept: str) -> None:
    answer = server.get("/ns", headers={"Accept": accept})
    assert f'</ns/context.jsonld>; rel="{CONTEXT}"; type="{TYPE}"' in answer.headers["link"]


def test_context_has_every_term_of_the_ontology(context: dict[str, Any]) -> None:
    query = f"SELECT DISTINCT ?t {{ ?t a ?k ; rdfs:isDefinedBy <{BASE}ns> FILTER(STRSTARTS(STR(?t), '{BASE}ns#')) }}"
    found: Any = whole_graph().store.query(query, prefixes=PREFIXES)
    names = {row[0].value.rpartition("#")[2] for row in found}
    assert len(names) > 70
    assert names <= context["@context"].keys()


def test_terms_fit_all_that_the_data_says() -> None:
    """A value that its term does not fit would still be right, but long: none of ours is, those for portals apart."""
    terms = vocabulary().terms
    wrong = set()
    for quad in whole_graph().store:
        term, value = terms.get(quad.predicate.value), quad.object
        if quad.graph_name in (ox.DefaultGraph(), ox.NamedNode(graph_iri(METADATA, BASE))):
            continue
        if term is None or quad.predicate.value == f"{BASE}ns#claims":
            continue
        if isinstance(value, ox.Literal):
            fits = bool(value.language) == term.texts and (term.texts or term.type == own_type(value))
        else:
            fits = term.type in ("@id", "@vocab")
        wrong |= set() if fits else {(term.name, str(value))}
    assert wrong == set()


def own_type(literal: ox.Literal) -> str | None:
    name = literal.datatype.value.removeprefix(XSD)
    return None if name == "string" else f"xsd:{name}"


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*addresses(), *LISTS, "/ns", f"{MEASURE}?_profile=labelled"])
def test_document_says_what_the_turtle_says(server: httpx2.Client, address: str) -> None:
    asked = server.get(address, headers={"Accept": TYPE})
    turtle = server.get(address, headers={"Accept": "text/turtle"})
    assert (asked.status_code, turtle.status_code) == (200, 200)
    assert asked.text.startswith('{\n  "@context"')
    # To the letter, for the engine keeps the lexical form of each literal.
    assert read(asked.content) == {quad.triple for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
    graphs = [rdflib.Graph().parse(data=one.text, format=f) for one, f in ((asked, "json-ld"), (turtle, "turtle"))]
    assert lines(graphs[0]) == lines(graphs[1])


def test_the_whole_graph_has_that_form() -> None:
    triples = {quad.triple for quad in whole_graph().store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    named = {triple for triple in triples if not any(isinstance(part, ox.BlankNode) for part in triple)}
    assert len(named) > 30_000
    body = document(vocabulary(), named)
    assert body is not None
    assert read(body) == named


def test_document_holds_the_definitions_that_it_uses_and_no_other(
    server: httpx2.Client, context: dict[str, Any]
) -> None:
    found = server.get(f"{MEASURE}.jsonld").json()
    own, whole = found["@context"], context["@context"]
    assert {name: whole[name] for name in own} == own
    used = {name for name in found if not name.startswith("@")} | {found["@type"]}
    defined = {name for name, value in own.items() if not str(value).startswith("http") and name != "@version"}
    assert used == defined
    for name in ("dcterms", "vesoc"):
        assert own[name] == PREFIXES[name]
    assert len(own) == len(used) + 3


@pytest.mark.parametrize("address", [MEASURE, "/doc/organisatie/vdab", "/doc/ondertekening", "/ns"])
def test_document_is_what_another_processor_compacts_to(
    server: httpx2.Client, context: dict[str, Any], address: str
) -> None:
    found = server.get(f"{address}.jsonld").json()
    again = jsonld.compact(jsonld.expand(found), context)
    del found["@context"], again["@context"]
    assert ordered(again) == ordered(found)


def ordered(value: Any) -> Any:
    """The same with lists in one order, which says nothing in JSON-LD."""
    if isinstance(value, dict):
        return {name: ordered(one) for name, one in sorted(value.items())}
    return sorted(map(ordered, value), key=json.dumps) if isinstance(value, list) else value


@pytest.mark.parametrize("address", [MEASURE, "/ns", "/doc/akkoord"])
def test_client_that_asks_for_it_gets_the_address_of_the_context(
    server: httpx2.Client, context: dict[str, Any], address: str
) -> None:
    answer = server.get(address, headers={"Accept": f'{TYPE};profile="{SPACE}compacted"'})
    found = answer.json()
    assert found["@context"] == f"{server.base_url}/ns/context.jsonld".replace("//ns", "/ns")
    assert answer.headers["content-type"] == TYPE
    assert "accept" in answer.headers["vary"].lower()

    def load(url: str, options: Any) -> Any:
        assert url == found["@context"]
        return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": TYPE}

    options = {"documentLoader": load, "format": "application/n-quads"}
    nquads = jsonld.to_rdf(found, options)
    inline = server.get(address, headers={"Accept": TYPE})
    assert {quad.triple for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)} == read(inline.content)
    assert answer.headers["etag"] != inline.headers["etag"]
    assert server.get(answer.headers["content-location"]).content == answer.content


def test_client_that_asks_for_it_gets_the_expanded_form(server: httpx2.Client) -> None:
    answer = server.get(MEASURE, headers={"Accept": f'{TYPE};profile="{SPACE}expanded"'})
    assert isinstance(answer.json(), list)
    assert read(answer.content) == read(server.get(f"{MEASURE}.jsonld").content)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, None),
        (TYPE, None),
        (f"{TYPE};profile={SPACE}compacted", LINKED),
        (f'text/turtle;q=0.1, Application/LD+JSON; q=0.9; Profile="{SPACE}flattened {SPACE}expanded"', EXPANDED),
        (f'{TYPE};profile="{SPACE}streaming"', None),
        (f'text/turtle;profile="{SPACE}compacted", {TYPE}', None),
    ],
)
def test_layout_is_that_of_the_profile(accept: str | None, wanted: str | None) -> None:
    assert layout(accept) == wanted


# --- values of all kinds ----------------------------------------------------------------------------------------------


def test_texts_stand_by_language_and_others_beside_them() -> None:
    texts = [ox.Literal("a", language="nl"), ox.Literal("b", language="nl"), ox.Literal("c", language="en-gb")]
    found = written(*map(said, texts), said(ox.Literal("plain")))
    assert found["dcterms:title"] == {"nl": ["a", "b"], "en-gb": "c"}
    assert found[f"{PREFIXES['dcterms']}title"] == "plain"


def test_term_that_may_have_several_values_has_a_list() -> None:
    value = ox.NamedNode(f"{ADDRESS}b")
    found = written(said(value, "vesoc:hasEvidence"), said(value, "vesoc:hasStatedStatus"))
    assert found["hasEvidence"] == [value.value]
    assert found["hasStatedStatus"] == value.value


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("5", "integer", 5),
        ("-5", "integer", -5),
        ("007", "integer", "007"),
        ("+5", "integer", "+5"),
        ("-0", "integer", "-0"),
        ("--5", "integer", "--5"),
        ("-", "integer", "-"),
        ("", "integer", ""),
        (str(1 << 53), "integer", str(1 << 53)),
        ("5", "decimal", {"@type": "xsd:decimal", "@value": "5"}),
        ("x", "string", {"@value": "x"}),
        ("٣", "integer", "٣"),
    ],
)
def test_number_is_one_of_json_where_that_says_the_same(text: str, kind: str, shown: Any) -> None:
    found = written(said(typed(text, kind), "vesoc:order"))
    assert found["order"] == shown
    assert read(json.dumps(found)) == {said(typed(text, kind), "vesoc:order")}


def values() -> Iterator[tuple[str, Object]]:
    things: list[Object] = [
        ox.NamedNode(f"{ADDRESS}b"),
        ox.NamedNode("urn:isbn:1"),
        ox.NamedNode(f"{PREFIXES['skos']}Concept"),
        ox.NamedNode(PREFIXES["skos"]),
        ox.NamedNode(f"{PREFIXES['skos']}//a"),
        ox.NamedNode(f"{BASE}ns#Measure"),
        ox.BlankNode("b1"),
        ox.Literal(""),
        ox.Literal('"\\\n\t\u2028é😀'),
        ox.Literal("@id"),
        ox.Literal("x", language="nl"),
        ox.Literal("1", datatype=ox.NamedNode("urn:kind")),
        *(typed("1.50", kind) for kind in ("decimal", "double", "date", "anyURI", "boolean", "integer")),
    ]
    names = ["dcterms:title", "vesoc:hasEvidence", "vesoc:claims", "vesoc:aboutProperty", "vesoc:amount", "vesoc:order"]
    names += ["rdfs:subClassOf", "rdf:type", "rdf:value", "prov:wasDerivedFrom", "skos:altLabel", "vesoc:sha256"]
    yield from ((name, value) for name in names for value in things)


@pytest.mark.parametrize(("name", "value"), [*values()], ids=str)
def test_any_value_of_any_term_comes_back(name: str, value: Object) -> None:
    [back] = read(json.dumps(written(said(value, name))))
    if isinstance(value, ox.BlankNode):
        assert isinstance(back.object, ox.BlankNode)
    else:
        assert back == said(value, name)


def test_things_stand_in_order_with_what_has_no_name_last() -> None:
    nodes = [ox.BlankNode("x"), ox.NamedNode(f"{ADDRESS}a#b"), ox.NamedNode(f"{ADDRESS}a")]
    triples = [ox.Triple(node, ox.NamedNode(f"{ADDRESS}p"), ox.Literal("v")) for node in nodes]
    assert [one["@id"] for one in written(*triples)["@graph"]] == [f"{ADDRESS}a", f"{ADDRESS}a#b", "_:x"]


def test_nothing_is_a_document_too() -> None:
    assert written()["@graph"] == []


@pytest.mark.parametrize("iri", ["time:a", "org:b", "vesoc:Measure"])
def test_what_would_be_taken_for_a_prefix_is_left_to_the_engine(iri: str) -> None:
    triple = said(ox.NamedNode(iri), "vesoc:hasEvidence")
    assert written(triple) is None
    writer = Writer(whole_graph().store, BASE, ADDRESS)
    body = writer.write([triple], JSON_LD)
    assert body.startswith(b"{")
    assert writer.write([triple], JSON_LD, EXPANDED).startswith(b"[")
    assert read(body) == {triple}


def test_data_of_others_has_prefixes_and_no_terms_of_ours() -> None:
    store = ox.Store()
    body = document(Vocabulary(store, BASE), [said(ox.Literal("x", language="nl")), said(ox.Literal("y"), "foaf:name")])
    assert body is not None
    found = json.loads(body)
    assert found["dcterms:title"] == {"nl": "x"}
    assert found["foaf:name"] == "y"
    assert "vesoc" not in found["@context"]
