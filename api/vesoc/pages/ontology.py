"""The page of the ontology: its classes and properties, what they mean, what is asked of them, and their use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from vesoc.pages.arcs import Picture, picture
from vesoc.pages.constraints import Constraints, Rule
from vesoc.pages.requirements import Requirement, requirements, short
from vesoc.pages.values import Value
from vesoc.pages.view import View

_CLASSES = "SELECT ?term (COUNT(*) AS ?uses) WHERE { ?thing a ?term } GROUP BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?uses) WHERE { ?thing ?term ?value } GROUP BY ?term"
_ONE_CLASS = "SELECT (COUNT(*) AS ?uses) {{ ?s a <{iri}> }}"
_ONE_PROPERTY = "SELECT (COUNT(*) AS ?uses) {{ ?s <{iri}> ?o }}"
_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
_ABOUT = (
    "vann:preferredNamespacePrefix",
    "vann:preferredNamespaceUri",
    "owl:versionInfo",
    "owl:versionIRI",
    "owl:priorVersion",
    "dcterms:creator",
    "dcterms:created",
    "dcterms:issued",
    "dcterms:modified",
    "dcterms:license",
)
# What others call something like it, by how alike it is.
_ALIKE = {
    "rdfs:subClassOf": "narrower",
    "rdfs:subPropertyOf": "narrower",
    "owl:equivalentClass": "same",
    "owl:equivalentProperty": "same",
    "rdfs:seeAlso": "compare",
}
_USUAL = ("R01",)  # the rules of most that is asked, which are not told each time
# Any thing, and kinds of values: no boxes of the picture.
_NO_BOXES = ("owl:Thing", "rdfs:Resource", "rdf:Property", "rdf:langString")


@dataclass(frozen=True)
class Term:
    """A class or property: `kinds` are the end of its class in OWL, the others what the ontology says of it.

    `under` are its super-terms, `over` its sub-terms, `subject_of` and `object_of` the properties that a class has or
    is the value of, `domain` and `range` the classes of a property, `outside` what others call something like it, by
    how alike it is. `asked` is what the shapes ask of it, `rules` are the codes of those on the whole graph.
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
    outside: list[tuple[str, Value]]
    asked: list[Requirement]
    rules: list[str]
    uses: int
    query: str


@dataclass(frozen=True)
class Borrowed:
    """A term of others that is used here: what is asked of it, by which rules, and its use."""

    term: Value
    asked: list[Requirement]
    rules: list[str]
    uses: int


def ontology(view: View, constraints: Constraints) -> dict[str, Any]:
    """The values of the page; `constraints` are those of the shapes that go with the ontology."""
    node = NamedNode(f"{view.base}ns")
    classes = _own(view, view.subjects("rdf:type", view.term("owl:Class")))
    properties = _own(view, [one for kind in _KINDS for one in view.subjects("rdf:type", view.term(kind))])
    uses = _uses(view)
    reused = _reused(view, constraints, uses)
    return {
        "description": view.texts(node, "dcterms:description"),
        "about": _about(view, node),
        "classes": [_term(view, one, constraints, uses) for one in classes],
        "properties": [_term(view, one, constraints, uses) for one in properties],
        "reused": reused,
        "usual": _USUAL,
        "here": {one.term.text for one in reused},
        "queries": [_workbench(query) for query in (_CLASSES, _PROPERTIES)],
        "rules": [_rule(view, one) for one in constraints.rules],
        "changes": view.texts(node, "skos:changeNote"),
        "picture": _picture(view, properties),
    }


def _about(view: View, node: NamedNode) -> dict[str, Value | None]:
    """Namespace, version, days and licence of the ontology, by the end of their properties."""
    found = {name: view.one(node, name) for name in _ABOUT}
    return {name.partition(":")[2]: None if term is None else view.value(term) for name, term in found.items()}


def _own(view: View, nodes: list[NamedNode]) -> list[NamedNode]:
    return sorted({one for one in nodes if one.value.startswith(f"{view.base}ns#")}, key=lambda one: one.value)


def _uses(view: View) -> dict[NamedNode, int]:
    """How often each class and property is used."""
    counts = (view.select(query) for query in (_CLASSES, _PROPERTIES))
    return {row["term"]: int(row["uses"].value) for rows in counts for row in rows}


def _workbench(query: str) -> str:
    return f"/workbench?{urlencode({'query': query}, safe='?:/()*')}"


def _asked(view: View, node: NamedNode, constraints: Constraints) -> dict[str, Any]:
    limits = (*constraints.of_classes.get(node.value, ()), *constraints.of_properties.get(node.value, ()))
    codes = constraints.rules_of_classes.get(node.value, frozenset())
    return {"asked": requirements(view, limits), "rules": sorted(codes)}


def _term(view: View, node: NamedNode, constraints: Constraints, uses: dict[NamedNode, int]) -> Term:
    above, below = "rdfs:subClassOf", "rdfs:subPropertyOf"
    return Term(
        name=node.value.rpartition("#")[2],
        label=view.text(node, "rdfs:label") or view.link(node),
        definition=view.text(node, "skos:definition"),
        notes=view.texts(node, "skos:scopeNote"),
        kinds=[one.value.rpartition("#")[2] for one in view.values(node, "rdf:type")],
        under=[*_named(view, node, above), *_named(view, node, below)],
        over=[short(view, one) for name in (above, below) for one in view.subjects(name, node)],
        subject_of=[short(view, one) for one in view.subjects("schema:domainIncludes", node)],
        object_of=[short(view, one) for one in view.subjects("schema:rangeIncludes", node)],
        domain=_named(view, node, "schema:domainIncludes"),
        range=_named(view, node, "schema:rangeIncludes"),
        outside=_outside(view, node),
        **_asked(view, node, constraints),
        uses=uses.get(node, 0),
        query=_workbench((_ONE_CLASS if view.is_a(node, "owl:Class") else _ONE_PROPERTY).format(iri=node.value)),
    )


def _outside(view: View, node: NamedNode) -> list[tuple[str, Value]]:
    found = ((alike, value) for name, alike in _ALIKE.items() for value in _named(view, node, name))
    return [(alike, value) for alike, value in found if not str(value.href).startswith("#")]


def _named(view: View, node: NamedNode, name: str) -> list[Value]:
    return [short(view, value) for value in view.values(node, name) if isinstance(value, NamedNode)]


def _reused(view: View, constraints: Constraints, uses: dict[NamedNode, int]) -> list[Borrowed]:
    """The terms of other vocabularies that the ontology declares or the shapes ask something of."""
    found = {one for kind in ("owl:Class", *_KINDS) for one in view.subjects("rdf:type", view.term(kind))}
    found |= {NamedNode(iri) for asked in (constraints.of_classes, constraints.of_properties) for iri in asked}
    outside = [one for one in found if not one.value.startswith(f"{view.base}ns#")]
    terms = [Borrowed(short(view, one), **_asked(view, one, constraints), uses=uses.get(one, 0)) for one in outside]
    return sorted(terms, key=lambda borrowed: borrowed.term.text)


def _rule(view: View, rule: Rule) -> tuple[str, str, list[str]]:
    """The code of a rule, its title, and what it complains of, in the language of the reader."""
    language = view.reader.language
    return rule.code, rule.title.get(language, ""), [text[language] for text in rule.messages if language in text]


def _picture(view: View, properties: list[NamedNode]) -> Picture:
    """Which classes lead to which, by properties from the classes of their domain to those of their range."""
    left_out = {view.term(name) for name in _NO_BOXES}
    edges: dict[tuple[str, str], list[str]] = {}
    for one in properties:
        for start in view.values(one, "schema:domainIncludes"):
            for end in view.values(one, "schema:rangeIncludes"):
                if not {start, end} & left_out and not end.value.startswith(view.labels.prefixes["xsd"]):
                    ends = short(view, start).text, short(view, end).text
                    edges.setdefault(ends, []).append(one.value.rpartition("#")[2])
    return picture(edges)
