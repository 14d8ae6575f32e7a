"""The page of a named graph: how much it holds of what, its licence, what it was drawn from, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from vesoc.pages.kind import Kind
from vesoc.pages.values import Value
from vesoc.pages.view import View

_CLASSES = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {{
  GRAPH <{graph}> {{ ?thing a ?class }}
}} GROUP BY ?class ORDER BY DESC(?things) ?class"""


@dataclass(frozen=True)
class Counted:
    """A class and how many things of it the graph describes."""

    name: Value
    things: int


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page; `query` asks for the same numbers."""
    query = _CLASSES.format(graph=node.value)
    rows = view.select(query)
    slug = node.value.rsplit("/", 1)[-1]
    return {
        "slug": slug,
        "triples": sum(1 for _ in view.store.quads_for_pattern(None, None, None, node)),
        "classes": [Counted(view.link(row["class"]), int(row["things"].value)) for row in rows],
        "query": f"/workbench?{urlencode({'query': query})}",
        "download": f"/graphs?{urlencode({'graph': node.value})}",
        "sources": view.links(node, "prov:wasDerivedFrom"),
        "licence": view.links(node, "dcterms:license"),
        "rights": view.texts(node, "dcterms:rights"),
    }


GRAPH = Kind(
    "things/graph.html",
    sections,
    elsewhere=(
        *("void:triples", "void:classPartition", "void:propertyPartition"),
        *("dcterms:license", "dcterms:rights", "prov:wasDerivedFrom", "sd:name", "sd:graph"),
    ),
    quiet=("void:subset", "sd:namedGraph", "sd:name", "sd:graph"),
)
