"""The page of a dataset: how much there is of what, and how often it links to the data of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.kind import Kind
from vesoc.pages.values import Value
from vesoc.pages.view import View

_CLASSES = """SELECT ?class ?number WHERE {{
  <{dataset}> void:classPartition ?part . ?part void:class ?class ; void:entities ?number
}} ORDER BY DESC(?number) ?class"""
_GRAPHS = """SELECT ?graph ?number WHERE {{
  <{dataset}> void:subset ?graph . ?graph void:triples ?number FILTER NOT EXISTS {{ ?graph a void:Linkset }}
}} ORDER BY DESC(?number) ?graph"""
_LINKS = """SELECT ?title ?property ?number WHERE {{
  ?set void:subjectsTarget <{dataset}> ; void:objectsTarget ?target .
  ?set void:linkPredicate ?property ; void:triples ?number .
  ?target dcterms:title ?title FILTER(LANG(?title) = "{language}")
}} ORDER BY ?title ?property"""


@dataclass(frozen=True)
class Counted:
    """A class and how many things there are of it, or a graph and how many statements it holds."""

    name: Value
    number: int


@dataclass(frozen=True)
class Linked:
    """The data of others, the property that leads there and how often."""

    title: str
    property: Value
    triples: int


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page, empty for a dataset that is not counted apart; `listed` is its name in the catalogue."""
    classes = view.select(_CLASSES.format(dataset=node.value))
    graphs = view.select(_GRAPHS.format(dataset=node.value))
    linked = view.select(_LINKS.format(dataset=node.value, language=view.reader.language))
    return {
        "listed": node.value.rpartition("/")[2] if view.subjects("dcat:dataset", node) else None,
        "classes": [Counted(view.link(row["class"]), int(row["number"].value)) for row in classes],
        "graphs": [Counted(view.link(row["graph"]), int(row["number"].value)) for row in graphs],
        "linked": [Linked(row["title"].value, view.link(row["property"]), int(row["number"].value)) for row in linked],
    }


DATASET = Kind(
    "things/dataset.html",
    sections,
    elsewhere=("void:classPartition", "void:propertyPartition", "void:subset"),
    quiet=("void:subjectsTarget",),
)
