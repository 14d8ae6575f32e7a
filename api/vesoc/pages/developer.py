"""What a developer wants of a page: the query behind it, the same in a shell and in Python, and which file says so."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode

from vesoc import profiles
from vesoc.formats import TURTLE
from vesoc.names import prefixes
from vesoc.pages.terms import shortened
from vesoc.pages.thing import address
from vesoc.pages.values import Value
from vesoc.pages.view import View
from vesoc.profiles import VESOC
from vesoc.settings import Settings
from vesoc.whereabouts import Place, Whereabouts

_QUERY = """CONSTRUCT {{ ?thing ?property ?value }}
WHERE {{
  {{ BIND(<{iri}> AS ?thing) }}
  UNION
  {{ <{iri}> ?holds ?thing . FILTER(STRSTARTS(STR(?thing), "{iri}#")) }}
  ?thing ?property ?value
}}"""
_PYTHON = """from rdflib import Graph

print(Graph().parse("{address}").serialize())
"""


@dataclass(frozen=True)
class Developer:
    """The panel for developers of one page; `name` is the thing with a prefix, where one fits."""

    name: str | None
    query: str
    workbench: str
    curl: str
    python: str
    command: str
    graphs: list[Value]
    places: list[Place]


def developer(view: View, node: NamedNode, settings: Settings, whereabouts: Whereabouts | None) -> Developer:
    """The panel for developers of a thing; without `whereabouts` nothing is known of files."""
    query = construct(node.value)
    document = f"{settings.address.rstrip('/')}{address(view, node)}"
    name = shortened(node.value, prefixes(view.base))
    return Developer(
        name,
        query,
        f"/workbench?{urlencode({'query': query})}",
        f"curl --header 'Accept: text/turtle' {shlex.quote(document)}",
        _PYTHON.format(address=profiles.address(document, VESOC, TURTLE)),
        f"vesoc describe {shlex.quote(name or node.value)}",
        graphs_of(view, node),
        whereabouts.of(node.value) if whereabouts else [],
    )


def construct(iri: str) -> str:
    """The query that asks for what the document about a thing says."""
    return _QUERY.format(iri=iri)


def graphs_of(view: View, node: NamedNode) -> list[Value]:
    """The named graphs that say something of a thing."""
    quads = view.store.quads_for_pattern(node, None, None, None)
    names = {quad.graph_name for quad in quads if quad.graph_name != DefaultGraph()}
    return view.by_label(name for name in names if isinstance(name, NamedNode))
