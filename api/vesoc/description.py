"""The graph about the graph: VoID, the SPARQL service description, its limits, and the library of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from vesoc import void
from vesoc.library import NamedQuery
from vesoc.names import PREFIXES, term
from vesoc.settings import Settings
from vesoc.statistics import Counts

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
_RESULT_FORMATS = (*(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")), *void.NAMES.values())
_LEFT_OUT = {
    "nl": "De aantallen tellen de graaf over de grafen niet mee: die vertelt over deze server.",
    "en": "The counts leave out the graph about the graphs, which tells of this server.",
}


def describe(counts: Counts, base: str, address: str, version: str | None = None) -> Iterator[Triple]:
    """Statements of the metadata graph that are counted or depend on where the server is reached.

    `version` is that of the release of the data; data without one has no dumps.
    """
    yield from void.void(counts, base, address)
    yield from void.document(base, address)
    if version:
        yield from void.dumps(base, f"{address}dumps/{version}/")
    yield from service(counts, base, address)


def service(counts: Counts, base: str, address: str) -> Iterator[Triple]:
    """SPARQL 1.1 Service Description of the endpoint."""
    node, whole = NamedNode(f"{base}id/dataset/sparql"), NamedNode(f"{base}id/dataset/sparql#verzameling")
    default = NamedNode(f"{base}id/dataset/sparql#standaardgraaf")
    yield Triple(node, term("rdf:type"), term("sd:Service"))
    yield Triple(node, term("sd:endpoint"), NamedNode(f"{address}sparql"))
    yield Triple(node, term("sd:supportedLanguage"), term("sd:SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield Triple(node, term("sd:resultFormat"), NamedNode(void.FORMATS + name))
    yield Triple(node, term("sd:defaultDataset"), whole)
    yield Triple(whole, term("rdf:type"), term("sd:Dataset"))
    yield Triple(whole, term("sd:defaultGraph"), default)
    yield Triple(default, term("rdf:type"), term("sd:Graph"))
    for language, text in _LEFT_OUT.items():
        yield Triple(default, term("rdfs:comment"), Literal(text, language=language))
    yield from void.sizes(default, counts)
    for iri, part in counts.parts.items():
        graph = NamedNode(iri)
        yield Triple(whole, term("sd:namedGraph"), graph)
        yield Triple(graph, term("rdf:type"), term("sd:NamedGraph"))
        yield Triple(graph, term("sd:name"), graph)
        yield Triple(graph, term("sd:graph"), graph)
        yield from void.part_sizes(graph, part)


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


def _decimal(number: float) -> Literal:
    return Literal(str(int(number) if number == int(number) else number), datatype=_XSD_DECIMAL)
