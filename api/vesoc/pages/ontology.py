"""The page of the ontology: its classes and properties with what they mean, how they hang together and their use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from vesoc.pages.arcs import Picture, picture
from vesoc.pages.values import Value
from vesoc.pages.view import View

_CLASSES = "SELECT ?term (COUNT(*) AS ?uses) WHERE { ?thing a ?term } GROUP BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?uses) WHERE { ?thing ?term ?value } GROUP BY ?term"
_ONE_CLASS = "SELECT (COUNT(*) AS ?uses) WHERE {{ ?thing a <{iri}> }}"
_ONE_PROPERTY = "SELECT (COUNT(*) AS ?uses) WHERE {{ ?thing <{iri}> ?value }}"
_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
_ABOUT = (
    "vann:preferredNamespacePrefix",
    "vann:preferredNamespaceUri",
    "owl:versionInfo",
    "owl:versionIRI",
    "dcterms:issued",
    "dcterms:modified",
    "dcterms:license",
)
# Any thing, and kinds of values: no boxes of the picture.
_NO_BOXES = ("owl:Thing", "rdfs:Resource", "rdf:Property", "rdf:langString")


@dataclass(frozen=True)
class Term:
    """A class or property: `kinds` are the end of its class in OWL, the others what the ontology says of it.

    `under` are its super-terms, `over` its sub-terms, `subject_of` and `object_of` the properties that a class has or
    is the value of, `domain` and `range` the classes of a property, `outside` what others call something like it.
    """

    name: str
    label: Value
    definition: Value | None
    notes: list[Value]
    kinds: list[str]
    under: list[Value]
    over: list[Value]
    subject_of: list[Value]
    object_of: list[Value]
    domain: list[Value]
    range: list[Value]
    outside: list[Value]
    uses: int
    query: str


def ontology(view: View) -> dict[str, Any]:
    """The values of the page."""
    node = NamedNode(f"{view.base}ns")
    classes = _own(view, view.subjects("rdf:type", view.term("owl:Class")))
    properties = _own(view, [one for kind in _KINDS for one in view.subjects("rdf:type", view.term(kind))])
    return {
        "description": view.texts(node, "dcterms:description"),
        "about": _about(view, node),
        "classes": _terms(view, classes, _CLASSES, _ONE_CLASS),
        "properties": _terms(view, properties, _PROPERTIES, _ONE_PROPERTY),
        "reused": _reused(view, node),
        "picture": _picture(view, properties),
    }


def _about(view: View, node: NamedNode) -> dict[str, Value | None]:
    """Namespace, version, days and licence of the ontology, by the end of their properties."""
    found = {name: view.one(node, name) for name in _ABOUT}
    return {name.partition(":")[2]: None if term is None else view.value(term) for name, term in found.items()}


def _own(view: View, nodes: list[NamedNode]) -> list[NamedNode]:
    return sorted({one for one in nodes if one.value.startswith(f"{view.base}ns#")}, key=lambda one: one.value)


def _terms(view: View, nodes: list[NamedNode], counting: str, one: str) -> list[Term]:
    uses = {row["term"]: int(row["uses"].value) for row in view.select(counting)}
    return [_term(view, node, uses.get(node, 0), one.format(iri=node.value)) for node in nodes]


def _term(view: View, node: NamedNode, uses: int, query: str) -> Term:
    above, below = "rdfs:subClassOf", "rdfs:subPropertyOf"
    outside = ("rdfs:seeAlso", "owl:equivalentClass", "owl:equivalentProperty", "skos:closeMatch", "skos:exactMatch")
    return Term(
        name=node.value.rpartition("#")[2],
        label=view.text(node, "rdfs:label") or view.link(node),
        definition=view.text(node, "skos:definition"),
        notes=view.texts(node, "skos:scopeNote"),
        kinds=[one.value.rpartition("#")[2] for one in view.values(node, "rdf:type")],
        under=[*_named(view, node, above), *_named(view, node, below)],
        over=[_short(view, one) for name in (above, below) for one in view.subjects(name, node)],
        subject_of=[_short(view, one) for one in view.subjects("schema:domainIncludes", node)],
        object_of=[_short(view, one) for one in view.subjects("schema:rangeIncludes", node)],
        domain=_named(view, node, "schema:domainIncludes"),
        range=_named(view, node, "schema:rangeIncludes"),
        outside=[value for name in outside for value in _named(view, node, name)],
        uses=uses,
        query=f"/workbench?{urlencode({'query': query})}",
    )


def _named(view: View, node: NamedNode, name: str) -> list[Value]:
    return [_short(view, value) for value in view.values(node, name) if isinstance(value, NamedNode)]


def _short(view: View, node: NamedNode) -> Value:
    """A term by its name: with a prefix, or without where it is one of this ontology, which has a place on the page."""
    own = node.value.removeprefix(f"{view.base}ns#")
    if own != node.value:
        return Value(own, f"#{own}")
    fitting = [(prefix, space) for prefix, space in view.labels.prefixes.items() if node.value.startswith(space)]
    prefix, space = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return Value(f"{prefix}:{node.value.removeprefix(space)}" if prefix else node.value, node.value)


def _reused(view: View, node: NamedNode) -> list[Value]:
    """The terms of other vocabularies that the ontology declares."""
    found = {one for kind in ("owl:Class", *_KINDS) for one in view.subjects("rdf:type", view.term(kind))}
    outside = (one for one in found if not one.value.startswith(f"{view.base}ns#"))
    return sorted((_short(view, one) for one in outside), key=lambda value: value.text)


def _picture(view: View, properties: list[NamedNode]) -> Picture:
    """Which classes lead to which, by properties from the classes of their domain to those of their range."""
    left_out = {view.term(name) for name in _NO_BOXES}
    edges: dict[tuple[str, str], list[str]] = {}
    for one in properties:
        for start in view.values(one, "schema:domainIncludes"):
            for end in view.values(one, "schema:rangeIncludes"):
                if not {start, end} & left_out and not end.value.startswith(view.labels.prefixes["xsd"]):
                    ends = _short(view, start).text, _short(view, end).text
                    edges.setdefault(ends, []).append(one.value.rpartition("#")[2])
    return picture(edges)
