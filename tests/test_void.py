"""VoID and the service description: every count is that of a live query, and every address is here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from conftest import running
from rdflib import DCTERMS, FOAF, RDF, SKOS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from vesoc.names import BASE, PREFIXES
from vesoc.targets import PREDICATES

SD = Namespace(PREFIXES["sd"])
FORMATS = "http://www.w3.org/ns/formats/"
METADATA = f"{PREFIXES['graaf']}metadata"
WHOLE = URIRef(f"{BASE}id/dataset/vesoc")
# The data is all named graphs but the one that tells of this server.
DATA = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{METADATA}>)"
COUNTED = {
    "triples": ("?s ?p ?o", "*"),
    "distinctSubjects": ("?s ?p ?o", "DISTINCT ?s"),
    "properties": ("?s ?p ?o", "DISTINCT ?p"),
    "classes": ("?s a ?o", "DISTINCT ?o"),
    "documents": (f'?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}id/") && !CONTAINS(STR(?s), "#"))', "DISTINCT ?s"),
}
SUFFIXES = ("nq", "ttl", "nt", "jsonld", "rdf")


def rows(client: httpx2.Client, query: str) -> list[dict[str, str]]:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 200, response.text
    return [{name: term["value"] for name, term in row.items()} for row in response.json()["results"]["bindings"]]


def count(client: httpx2.Client, pattern: str, what: str = "*") -> int:
    return int(rows(client, f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}")[0]["n"])


def number(graph: Graph, subject: URIRef, name: str) -> int:
    [value] = graph.objects(subject, VOID[name])
    assert isinstance(value, Literal)
    assert value.datatype == XSD.integer
    return int(value)


def iris(graph: Graph, subject: URIRef, name: str) -> list[URIRef]:
    found = list(graph.objects(subject, VOID[name]))
    assert all(isinstance(node, URIRef) for node in found)
    return [URIRef(node) for node in found]


@pytest.fixture(scope="module")
def void(server: httpx2.Client) -> Graph:
    return Graph().parse(data=server.get("/.well-known/void").content, format="turtle")


@pytest.fixture(scope="module")
def service(server: httpx2.Client) -> Graph:
    return Graph().parse(data=server.get("/sparql").content, format="turtle")


@pytest.fixture(scope="module")
def metadata(server: httpx2.Client) -> Graph:
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{METADATA}> {{ ?s ?p ?o }} }}"
    return Graph().parse(data=server.get("/sparql", params={"query": query}).content, format="turtle")


def graphs(void: Graph) -> list[URIRef]:
    return [subset for subset in iris(void, WHOLE, "subset") if (subset, RDF.type, VOID.Linkset) not in void]


def linksets(void: Graph) -> list[URIRef]:
    return [subset for subset in iris(void, WHOLE, "subset") if (subset, RDF.type, VOID.Linkset) in void]


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COUNTED)
def test_counts_are_those_of_the_endpoint(server: httpx2.Client, void: Graph, name: str) -> None:
    pattern, what = COUNTED[name]
    inside = f"GRAPH ?g {{ {pattern} }} FILTER(?g != <{METADATA}>)"
    assert number(void, WHOLE, name) == count(server, f"SELECT DISTINCT ?s ?p ?o {{ {inside} }}", what) > 0


def test_each_named_graph_is_counted(server: httpx2.Client, void: Graph) -> None:
    listed = {row["g"] for row in rows(server, "SELECT DISTINCT ?g { GRAPH ?g {} }")} - {METADATA}
    assert set(map(str, graphs(void))) == listed
    for graph in graphs(void):
        assert (graph, RDF.type, VOID.Dataset) in void
        for name in ("triples", "properties", "classes"):
            pattern, what = COUNTED[name]
            assert number(void, graph, name) == count(server, f"GRAPH <{graph}> {{ {pattern} }}", what), (graph, name)


def test_sum_of_the_graphs_is_the_whole(void: Graph) -> None:
    # A triple stands in one named graph only.
    assert sum(number(void, graph, "triples") for graph in graphs(void)) == number(void, WHOLE, "triples")


def test_ready_counts_as_void_does(server: httpx2.Client, void: Graph) -> None:
    assert server.get("/health/ready").json()["triples"] == number(void, WHOLE, "triples")


def test_every_number_is_an_integer(void: Graph) -> None:
    numbers = [value for value in void.objects() if isinstance(value, Literal) and str(value).isdigit()]
    assert len(numbers) > 500
    assert {value.datatype for value in numbers} == {XSD.integer}


# --- partitions -------------------------------------------------------------------------------------------------------


def test_each_class_is_a_partition_and_no_other(server: httpx2.Client, void: Graph) -> None:
    found = rows(server, f"SELECT DISTINCT ?o {{ {DATA.replace('?p', 'a')} }}")
    partitions = {str(void.value(part, VOID["class"])): part for part in iris(void, WHOLE, "classPartition")}
    assert set(partitions) == {row["o"] for row in found}
    assert len(partitions) == number(void, WHOLE, "classes")
    for name, part in partitions.items():
        live = f"GRAPH ?g {{ ?s a <{name}> }} FILTER(?g != <{METADATA}>)"
        assert number(void, part, "entities") == count(server, live, "DISTINCT ?s") > 0, name
        assert (part, RDF.type, VOID.Dataset) in void


def test_each_property_is_a_partition_and_no_other(server: httpx2.Client, void: Graph) -> None:
    partitions = {str(void.value(part, VOID.property)): part for part in iris(void, WHOLE, "propertyPartition")}
    assert set(partitions) == {row["p"] for row in rows(server, f"SELECT DISTINCT ?p {{ {DATA} }}")}
    assert len(partitions) == number(void, WHOLE, "properties")
    for name, part in partitions.items():
        live = f"SELECT DISTINCT ?s ?o {{ GRAPH ?g {{ ?s <{name}> ?o }} FILTER(?g != <{METADATA}>) }}"
        for size, what in {"triples": "*", "distinctSubjects": "DISTINCT ?s", "distinctObjects": "DISTINCT ?o"}.items():
            assert number(void, part, size) == count(server, live, what) > 0, (name, size)
        assert (part, RDF.type, VOID.Dataset) in void


@pytest.mark.parametrize(
    ("partition", "key", "size", "pattern", "what"),
    [
        ("classPartition", VOID["class"], "entities", "?s a ?what", "DISTINCT ?s"),
        ("propertyPartition", VOID.property, "triples", "?s ?what ?o", "*"),
    ],
)
def test_partitions_of_each_graph(  # noqa: PLR0917
    server: httpx2.Client, void: Graph, partition: str, key: URIRef, size: str, pattern: str, what: str
) -> None:
    found = rows(server, f"SELECT ?g ?what (COUNT({what}) AS ?n) {{ GRAPH ?g {{ {pattern} }} }} GROUP BY ?g ?what")
    live = {(row["g"], row["what"]): int(row["n"]) for row in found if row["g"] != METADATA}
    told = {
        (str(graph), str(void.value(part, key))): number(void, part, size)
        for graph in graphs(void)
        for part in iris(void, graph, partition)
    }
    assert told == live
    assert len(told) > 50


def test_partitions_have_names_of_their_own(void: Graph) -> None:
    parts = [part for name in ("classPartition", "propertyPartition") for part in void.objects(None, VOID[name])]
    assert max(Counter(parts).values()) == 1


# --- links ------------------------------------------------------------------------------------------------------------


def test_each_linkset_counts_its_links(server: httpx2.Client, void: Graph) -> None:
    assert len(linksets(void)) >= 7
    for link in linksets(void):
        [source], [target], [predicate] = (
            iris(void, link, name) for name in ("subjectsTarget", "objectsTarget", "linkPredicate")
        )
        assert source == WHOLE
        assert (target, RDF.type, VOID.Dataset) in void
        assert {title.language for title in void.objects(target, DCTERMS.title)} == {"nl", "en"}
        space = void.value(target, VOID.uriSpace)
        live = f'{DATA.replace("?p", f"<{predicate}>")} FILTER(STRSTARTS(STR(?o), "{space}"))'
        assert number(void, link, "triples") == count(server, live) > 0, link


def test_no_link_to_the_data_of_others_is_left_out(server: httpx2.Client, void: Graph) -> None:
    """All IRIs that the data leads to and that are neither ours nor terms of a vocabulary that it uses."""
    own = {PREFIXES["vesoc"], BASE}
    vocabularies = own | {str(one) for one in void.objects(WHOLE, VOID.vocabulary)}
    outside = f"FILTER(ISIRI(?o) && !STRSTARTS(STR(?o), '{BASE}'))"
    about_terms = (f"{PREFIXES['graaf']}ontologie", f"{PREFIXES['graaf']}afstemming")
    found = rows(server, f"SELECT ?g ?p ?o {{ {DATA} {outside} }}")
    links = [
        row for row in found if row["g"] not in about_terms and re.sub("[^/#]*$", "", row["o"]) not in vocabularies
    ]
    assert len(links) == sum(number(void, link, "triples") for link in linksets(void)) > 50
    predicates = {PREFIXES[name.split(":")[0]] + name.split(":")[1] for name in PREDICATES}
    assert {row["p"] for row in links} <= predicates


# --- what else it tells -----------------------------------------------------------------------------------------------


def test_vocabularies_are_those_in_use(server: httpx2.Client, void: Graph) -> None:
    patterns = (DATA.replace("?p", "?term"), DATA.replace("?p", "a").replace("?o", "?term"))
    used = [row for pattern in patterns for row in rows(server, f"SELECT DISTINCT ?term {{ {pattern} }}")]
    namespaces = {re.sub("[^/#]*$", "", row["term"]) for row in used}
    assert {str(one) for one in void.objects(WHOLE, VOID.vocabulary)} == namespaces
    assert {PREFIXES["vesoc"], str(SKOS), PREFIXES["oa"], PREFIXES["org"]} <= namespaces


def test_editors_words_stand_in_it(void: Graph) -> None:
    assert {title.language for title in void.objects(WHOLE, DCTERMS.title)} == {"nl", "en"}
    for subject in (WHOLE, *graphs(void)):
        assert void.value(subject, DCTERMS.license), subject
        assert void.value(subject, DCTERMS.title), subject


def test_document_speaks_of_the_dataset(server: httpx2.Client, void: Graph) -> None:
    document = URIRef(f"{str(server.base_url).rstrip('/')}/.well-known/void")
    assert (document, RDF.type, VOID.DatasetDescription) in void
    assert void.value(document, FOAF.primaryTopic) == WHOLE


def test_dumps_are_of_a_version_and_of_each_kind(server: httpx2.Client, void: Graph) -> None:
    [version] = rows(server, f"SELECT ?v {{ <{WHOLE}> <{PREFIXES['dcat']}version> ?v }}")
    folder = f"{str(server.base_url).rstrip('/')}/dumps/{version['v']}/"
    assert set(map(str, void.objects(WHOLE, VOID.dataDump))) == {f"{folder}vesoc.{suffix}.gz" for suffix in SUFFIXES}


def test_every_address_is_here_and_answers(server: httpx2.Client, void: Graph) -> None:
    names = ("dataDump", "sparqlEndpoint", "openSearchDescription")
    addresses = [str(address) for name in names for address in void.objects(WHOLE, VOID[name])]
    assert len(addresses) == 7
    for address in addresses:
        assert urlsplit(address).netloc == server.base_url.netloc.decode(), address
        for method in ("GET", "HEAD"):
            assert server.request(method, address).status_code == 200, (method, address)


def test_roots_and_examples_can_be_looked_up(server: httpx2.Client, void: Graph) -> None:
    [lookup] = iris(void, WHOLE, "uriLookupEndpoint")
    roots, examples = (iris(void, WHOLE, name) for name in ("rootResource", "exampleResource"))
    assert {iri.rpartition("/")[2] for iri in roots} == {"iab", "ahad", "inim"}
    assert len({iri.removeprefix(f"{BASE}id/").split("/")[0] for iri in examples}) == len(examples) == 5
    for iri in (*roots, *examples):
        response = server.get(f"{lookup}{quote(iri, safe='')}", follow_redirects=True)
        assert response.status_code == 200
        assert next(Graph().parse(data=response.content, format="turtle").triples((iri, None, None)))
        [redirect] = response.history
        assert redirect.status_code == 303


def test_features_are_formats_that_there_are(server: httpx2.Client, void: Graph) -> None:
    features = {str(one).removeprefix(FORMATS) for one in void.objects(WHOLE, VOID.feature)}
    types = {"Turtle": "ttl", "N-Triples": "nt", "RDF_XML": "rdf", "JSON-LD": "jsonld", "N-Quads": "nq", "TriG": "trig"}
    assert features == set(types)
    assert {server.get(f"/doc/akkoord/iab.{suffix}").status_code for suffix in types.values()} == {200}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("accept", ["application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_void_says_the_same_in_each_format(server: httpx2.Client, void: Graph, accept: str) -> None:
    response = server.get("/.well-known/void", headers={"accept": accept})
    assert response.headers["content-type"] == accept
    assert isomorphic(Graph().parse(data=response.content, format=accept), void)


def test_void_is_in_the_metadata_graph_too(void: Graph, metadata: Graph) -> None:
    assert set(void) - set(metadata) == set()


# --- the service description ------------------------------------------------------------------------------------------


def test_service_description_is_in_the_metadata_graph_too(service: Graph, metadata: Graph) -> None:
    assert set(service) - set(metadata) == set()


@pytest.mark.parametrize("name", COUNTED)
def test_default_graph_of_the_service_has_the_counts_of_void(service: Graph, void: Graph, name: str) -> None:
    default = service.value(service.value(None, RDF.type, SD.Dataset), SD.defaultGraph)
    assert number(service, URIRef(str(default)), name) == number(void, WHOLE, name)


@pytest.mark.parametrize("name", ["triples", "classes", "properties"])
def test_named_graphs_of_the_service_have_live_counts(server: httpx2.Client, service: Graph, name: str) -> None:
    names = [URIRef(str(graph)) for graph in service.objects(None, SD.namedGraph)]
    assert len(names) >= 10
    pattern, what = COUNTED[name]
    for graph in names:
        assert number(service, graph, name) == count(server, f"GRAPH <{graph}> {{ {pattern} }}", what), graph


# --- the data of others -----------------------------------------------------------------------------------------------

GIVEN = """
PREFIX e: <http://example.org/>
e:a a e:T ; e:p 1 , 2 ; e:q e:b .
[] e:q [ a [] ] .
<https://w3id.org/vesoc-kg/id/maatregel/x> e:q <https://w3id.org/vesoc-kg/id/maatregel/x#part> .
GRAPH e:g { e:a a e:T . e:b a e:T ; e:p 1 ; <http://www.w3.org/2002/07/owl#sameAs> <http://eurovoc.europa.eu/1> }
GRAPH e:h { e:b e:p 1 ; <http://www.w3.org/2002/07/owl#sameAs> <http://eurovoc.europa.eu/1> }
"""


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx2.Client, Graph]]:
    file: Path = tmp_path_factory.mktemp("data") / "given.trig"
    file.write_text(GIVEN, encoding="utf-8")
    with running("--data", str(file), "--no-validate") as client:
        yield client, Graph().parse(data=client.get("/.well-known/void").content, format="turtle")


def test_triple_in_several_graphs_of_others_counts_once(given: tuple[httpx2.Client, Graph]) -> None:
    _, void = given
    told = {name: number(void, WHOLE, name) for name in COUNTED}
    assert told == {"triples": 10, "distinctSubjects": 5, "properties": 4, "classes": 2, "documents": 1}
    [part] = iris(void, WHOLE, "classPartition")  # for a class without a name cannot be told
    assert number(void, part, "entities") == 2
    sizes = {
        str(void.value(part, VOID.property)).rpartition("/")[2]: [
            number(void, part, name) for name in ("triples", "distinctSubjects", "distinctObjects")
        ]
        for part in iris(void, WHOLE, "propertyPartition")
    }
    assert sizes["p"] == [3, 2, 2]
    assert sizes["q"] == [3, 3, 3]
    [link] = linksets(void)
    assert number(void, link, "triples") == 1


def test_dumps_of_the_data_of_others_answer(given: tuple[httpx2.Client, Graph]) -> None:
    client, void = given
    dumps = [str(dump) for dump in void.objects(WHOLE, VOID.dataDump)]
    assert {dump.rsplit(".", 2)[1] for dump in dumps} == {"nq", "ttl", "nt"}
    assert {client.head(dump).status_code for dump in dumps} == {200}
