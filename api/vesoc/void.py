"""VoID (W3C Interest Group Note of 2011) of the data: what it is, how much there is of what, and where it links to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Store, Triple

from vesoc.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from vesoc.names import PREFIXES, prefixes, term
from vesoc.statistics import Counts, Partitions, Use
from vesoc.targets import TARGETS, Target

FORMATS = "http://www.w3.org/ns/formats/"
NAMES = MappingProxyType(
    {TURTLE: "Turtle", N_TRIPLES: "N-Triples", RDF_XML: "RDF_XML", JSON_LD: "JSON-LD", N_QUADS: "N-Quads", TRIG: "TriG"}
)
DUMPED = (N_QUADS, TURTLE, N_TRIPLES, JSON_LD, RDF_XML)  # forms of the whole in a release
PARTS_DUMPED = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)  # and of the graph of one agreement
PATH = ".well-known/void"
# What editors say of the dataset and its graphs that is to stand in VoID too.
_TOLD = ("title", "description", "creator", "publisher", "license", "rights", "issued", "modified")
_PLACES = MappingProxyType(
    {
        "sparqlEndpoint": "sparql",
        "uriLookupEndpoint": "resource?uri=",
        "openSearchDescription": "opensearch.xml",
    }
)
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_NAMESPACE = re.compile(r".*[/#]")
Names = Mapping[str, str]  # prefixes by namespace


def void(counts: Counts, base: str, address: str) -> Iterator[Triple]:
    """The dataset, its graphs and its links; `address` is where the server is reached."""
    dataset = whole(base)
    yield Triple(dataset, term("rdf:type"), term("void:Dataset"))
    yield Triple(dataset, term("void:uriSpace"), Literal(base))
    for name, place in _PLACES.items():
        yield Triple(dataset, term(f"void:{name}"), NamedNode(address + place))
    for form in NAMES.values():
        yield Triple(dataset, term("void:feature"), NamedNode(FORMATS + form))
    for namespace in _vocabularies(counts.whole):
        yield Triple(dataset, term("void:vocabulary"), NamedNode(namespace))
    for name, iris in {"rootResource": counts.roots, "exampleResource": counts.examples}.items():
        for iri in iris:
            yield Triple(dataset, term(f"void:{name}"), NamedNode(iri))
    yield from sizes(dataset, counts)
    names = {space: prefix for prefix, space in prefixes(base).items()}
    yield from _partitions(dataset, counts.whole, names)
    yield from _graphs(dataset, counts, names)
    yield from _linksets(dataset, counts, names)


def whole(base: str) -> NamedNode:
    """The dataset of all that the graph says."""
    return NamedNode(f"{base}id/dataset/vesoc")


def document(base: str, address: str) -> Iterator[Triple]:
    """What the document with the VoID of the dataset says of itself."""
    node = NamedNode(address + PATH)
    yield Triple(node, term("rdf:type"), term("void:DatasetDescription"))
    yield Triple(node, term("dcterms:title"), Literal("Beschrijving van de VESOC-kennisgraaf in VoID", language="nl"))
    yield Triple(node, term("dcterms:title"), Literal("VoID description of the VESOC knowledge graph", language="en"))
    yield Triple(node, term("foaf:primaryTopic"), whole(base))


def dumps(base: str, folder: str, forms: Iterable[Format] = DUMPED) -> Iterator[Triple]:
    """The files with all data, which are in the folder of that address."""
    for form in forms:
        yield Triple(whole(base), term("void:dataDump"), NamedNode(f"{folder}vesoc.{form.suffix}.gz"))


def told(store: Store, counts: Counts, base: str) -> Iterator[Triple]:
    """What the editors say of the dataset and of its graphs: titles, licences, rights, dates."""
    for iri in (whole(base).value, *counts.graphs):
        for name in _TOLD:
            for quad in store.quads_for_pattern(NamedNode(iri), term(f"dcterms:{name}"), None, None):
                yield quad.triple


def sizes(node: NamedNode, counts: Counts) -> Iterator[Triple]:
    """How much there is in all."""
    numbers = {
        "triples": counts.triples,
        "distinctSubjects": counts.subjects,
        "documents": counts.documents,
        "classes": counts.classes,
        "properties": counts.properties,
    }
    for name, number in numbers.items():
        yield size(node, name, number)


def size(node: NamedNode, name: str, number: int) -> Triple:
    """One number of those that VoID has."""
    return Triple(node, term(f"void:{name}"), Literal(str(number), datatype=_INTEGER))


def part_sizes(node: NamedNode, part: Partitions) -> Iterator[Triple]:
    """How much there is in a named graph."""
    yield size(node, "triples", sum(use.triples for use in part.properties.values()))
    yield size(node, "classes", len(part.classes))
    yield size(node, "properties", len(part.properties))


def _vocabularies(found: Partitions) -> list[str]:
    """The namespaces of the classes and properties that are used."""
    namespaces = (_NAMESPACE.match(iri) for iri in (*found.classes, *found.properties))
    return sorted({match[0] for match in namespaces if match})


def _partitions(node: NamedNode, found: Partitions, names: Names) -> Iterator[Triple]:
    for iri, things in found.classes.items():
        part = NamedNode(f"{node.value}#klasse-{_short(iri, names)}")
        yield Triple(node, term("void:classPartition"), part)
        yield Triple(part, term("rdf:type"), term("void:Dataset"))
        yield Triple(part, term("void:class"), NamedNode(iri))
        yield size(part, "entities", things)
    for iri, use in found.properties.items():
        part = NamedNode(f"{node.value}#eigenschap-{_short(iri, names)}")
        yield Triple(node, term("void:propertyPartition"), part)
        yield Triple(part, term("rdf:type"), term("void:Dataset"))
        yield Triple(part, term("void:property"), NamedNode(iri))
        yield from _use(part, use)


def _use(part: NamedNode, use: Use) -> Iterator[Triple]:
    numbers = {"triples": use.triples, "distinctSubjects": use.subjects, "distinctObjects": use.objects}
    yield from (size(part, name, number) for name, number in numbers.items() if number is not None)


def _graphs(dataset: NamedNode, counts: Counts, names: Names) -> Iterator[Triple]:
    for iri, part in counts.parts.items():
        graph = NamedNode(iri)
        yield Triple(dataset, term("void:subset"), graph)
        yield Triple(graph, term("rdf:type"), term("void:Dataset"))
        yield from part_sizes(graph, part)
        yield from _partitions(graph, part, names)


def _linksets(dataset: NamedNode, counts: Counts, names: Names) -> Iterator[Triple]:
    targets = {target.space: target for target in TARGETS}
    for (space, predicate), triples in counts.links.items():
        target = NamedNode(f"{dataset.value}#{targets[space].slug}")
        link = NamedNode(f"{target.value}-{_short(predicate, names)}")
        yield Triple(dataset, term("void:subset"), link)
        yield Triple(link, term("rdf:type"), term("void:Linkset"))
        yield Triple(link, term("void:subjectsTarget"), dataset)
        yield Triple(link, term("void:objectsTarget"), target)
        yield Triple(link, term("void:linkPredicate"), NamedNode(predicate))
        yield size(link, "triples", triples)
        yield from _target(target, targets[space])


def _target(node: NamedNode, target: Target) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("void:Dataset"))
    yield Triple(node, term("void:uriSpace"), Literal(target.space))
    yield Triple(node, term("dcterms:title"), Literal(target.dutch, language="nl"))
    yield Triple(node, term("dcterms:title"), Literal(target.english, language="en"))


def _short(iri: str, names: Names) -> str:
    """The IRI as the end of another: its prefix and local name, or all of it where no prefix is known."""
    found = _NAMESPACE.match(iri)
    prefix = names.get(found[0]) if found else None
    return f"{prefix}-{quote(iri.removeprefix(found[0]), safe='')}" if found and prefix else quote(iri, safe="")
