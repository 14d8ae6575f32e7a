"""The graph about the graph: VoID counts, the SPARQL service description, and what each named graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from vesoc.library import NamedQuery
from vesoc.names import PREFIXES, term
from vesoc.settings import Settings

_XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_XSD_DECIMAL = NamedNode(PREFIXES["xsd"] + "decimal")
_LIMITS = {
    "query_timeout": "s",
    "query_places": "",
    "query_queue": "",
    "query_memory": "MiB",
    "query_memory_total": "MiB",
    "answer_timeout": "s",
    "body_limit": "B",
    "url_limit": "B",
}
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N-Quads",
    "TriG",
)
_COUNT_GRAPHS = """SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {left_out} FILTER(ISIRI(?g)) }}
GROUP BY ?g ORDER BY STR(?g)"""
_DUMP_TYPES = {"nq": "N-Quads", "ttl": "Turtle", "nt": "N-Triples"}


@dataclass(frozen=True)
class Counts:
    """Numbers of triples: of each named graph by its IRI, and of the default graph with each triple once."""

    graphs: dict[str, int]
    triples: int
    subjects: int
    classes: int
    properties: int


def count(store: Store, without: str | None = None) -> Counts:
    """Count the default graph and the named graphs but one."""
    left_out = f"FILTER(?g != <{without}>)" if without else ""
    everything = f"{{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} {left_out} }} }}"
    rows: Any = store.query(_COUNT_GRAPHS.format(left_out=left_out))
    graphs = {row["g"].value: int(row["n"].value) for row in rows}
    distinct = {"triples": "?s ?p ?o", "subjects": "?s", "properties": "?p"}
    numbers = {name: _number(store, f"SELECT DISTINCT {what} {everything}") for name, what in distinct.items()}
    classes = _number(store, f"SELECT DISTINCT ?o {everything} VALUES ?p {{ {term('rdf:type')} }}")
    return Counts(graphs, classes=classes, **numbers)


def _number(store: Store, query: str) -> int:
    rows: Any = store.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {query} }} }}")
    return int(next(rows)["n"].value)


def describe(counts: Counts, base: str, address: str) -> Iterator[Triple]:
    """Statements of the metadata graph that are counted or depend on where the server is reached."""
    yield from void(counts, base, address)
    yield from service(counts, base, address)


def void(counts: Counts, base: str, address: str) -> Iterator[Triple]:
    """VoID (W3C Interest Group Note of 2011): the dataset, its sizes, its dumps and its graphs."""
    dataset = _dataset(base)
    yield Triple(dataset, term("rdf:type"), term("void:Dataset"))
    yield Triple(dataset, term("void:uriSpace"), Literal(base))
    yield Triple(dataset, term("void:sparqlEndpoint"), NamedNode(f"{address}sparql"))
    for prefix in ("vesoc", "skos", "dcterms", "org", "oa", "dcat", "foaf"):
        yield Triple(dataset, term("void:vocabulary"), NamedNode(PREFIXES[prefix]))
    for suffix, name in _DUMP_TYPES.items():
        yield Triple(dataset, term("void:dataDump"), NamedNode(f"{address}dumps/latest/vesoc.{suffix}.gz"))
        yield Triple(dataset, term("void:feature"), NamedNode(_FORMATS + name))
    sizes = {
        "triples": counts.triples,
        "distinctSubjects": counts.subjects,
        "classes": counts.classes,
        "properties": counts.properties,
    }
    for name, number in sizes.items():
        yield Triple(dataset, term(f"void:{name}"), _integer(number))
    for graph, triples in counts.graphs.items():
        yield Triple(dataset, term("void:subset"), NamedNode(graph))
        yield Triple(NamedNode(graph), term("rdf:type"), term("void:Dataset"))
        yield Triple(NamedNode(graph), term("void:triples"), _integer(triples))


def service(counts: Counts, base: str, address: str) -> Iterator[Triple]:
    """SPARQL 1.1 Service Description of the endpoint."""
    node, whole = NamedNode(f"{base}id/dataset/sparql"), NamedNode(f"{base}id/dataset/sparql#verzameling")
    default = NamedNode(f"{base}id/dataset/sparql#standaardgraaf")
    yield Triple(node, term("rdf:type"), term("sd:Service"))
    yield Triple(node, term("sd:endpoint"), NamedNode(f"{address}sparql"))
    yield Triple(node, term("sd:supportedLanguage"), term("sd:SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield Triple(node, term("sd:resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(node, term("sd:defaultDataset"), whole)
    yield Triple(whole, term("rdf:type"), term("sd:Dataset"))
    yield Triple(whole, term("sd:defaultGraph"), default)
    yield Triple(default, term("rdf:type"), term("sd:Graph"))
    yield Triple(default, term("void:triples"), _integer(counts.triples))
    for iri, triples in counts.graphs.items():
        graph = NamedNode(iri)
        yield Triple(whole, term("sd:namedGraph"), graph)
        yield Triple(graph, term("rdf:type"), term("sd:NamedGraph"))
        yield Triple(graph, term("sd:name"), graph)
        yield Triple(graph, term("sd:graph"), graph)
        yield Triple(graph, term("void:triples"), _integer(triples))


def limits(settings: Settings) -> Iterator[Triple]:
    """What the endpoint does not let a query exceed, as schema:PropertyValue of the service, named as its settings."""
    service_node = NamedNode(f"{settings.base}id/dataset/sparql")
    for name, unit in _LIMITS.items():
        limit = NamedNode(f"{service_node.value}#{name}")
        yield Triple(service_node, term("schema:additionalProperty"), limit)
        yield Triple(limit, term("rdf:type"), term("schema:PropertyValue"))
        yield Triple(limit, term("schema:name"), Literal(name))
        yield Triple(limit, term("schema:description"), Literal(settings.meaning(name), language="en"))
        yield Triple(limit, term("schema:value"), _decimal(getattr(settings, name)))
        yield Triple(limit, term("schema:unitText"), Literal(unit))


def examples(library: Iterable[NamedQuery], base: str, address: str) -> Iterator[Triple]:
    """The library of queries as SHACL executables, so that the endpoint can be asked for its own examples."""
    for query in library:
        node = NamedNode(f"{base}id/vraag/{query.name}")
        for kind in ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable"):
            yield Triple(node, term("rdf:type"), term(kind))
        for language in ("nl", "en"):
            yield Triple(node, term("rdfs:label"), Literal(query.question(language), language=language))
            yield Triple(node, term("dcterms:audience"), Literal(query.audience(language), language=language))
        for tag in query.tags:
            yield Triple(node, term("schema:keywords"), Literal(tag))
        yield Triple(node, term("sh:select"), Literal(query.text))
        yield Triple(node, term("schema:target"), NamedNode(f"{address}sparql"))


def _dataset(base: str) -> NamedNode:
    return NamedNode(f"{base}id/dataset/vesoc")


def _decimal(number: float) -> Literal:
    return Literal(str(int(number) if number == int(number) else number), datatype=_XSD_DECIMAL)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=_XSD_INTEGER)
