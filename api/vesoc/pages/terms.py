"""What an editor of queries may offer: prefixes, classes, properties and things, with the labels of the graph."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.view import View

_CLASSES = "SELECT ?term (COUNT(*) AS ?uses) { ?thing a ?term } GROUP BY ?term ORDER BY DESC(?uses) ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?uses) { ?s ?term ?o } GROUP BY ?term ORDER BY DESC(?uses) ?term"
_THINGS = """SELECT DISTINCT ?term { ?term skos:prefLabel|dcterms:title|foaf:name ?label ; a ?class }
ORDER BY ?term"""
_LOCAL = re.compile(r"\w(?:[\w.-]*\w)?")

Named = tuple[str, ...]
_OTHER_NAMES = ("skos:altLabel", "skos:hiddenLabel", "skos:notation")


def terms(view: View) -> dict[str, Any]:
    """Prefixes with namespaces; the others by prefixed name with label and other names.

    Classes and properties begin with the most used.
    """
    return {
        "prefixes": view.labels.prefixes,
        "classes": _named(view, _CLASSES),
        "properties": _named(view, _PROPERTIES),
        "things": _named(view, _THINGS),
    }


def shortened(iri: str, prefixes: dict[str, str]) -> str | None:
    """The IRI with a prefix; None where none fits."""
    fitting = [(prefix, space) for prefix, space in prefixes.items() if iri.startswith(space)]
    for prefix, space in sorted(fitting, key=lambda pair: -len(pair[1])):
        if _LOCAL.fullmatch(local := iri.removeprefix(space)):
            return f"{prefix}:{local}"
    return None


def _named(view: View, query: str) -> list[Named]:
    nodes = [row["term"] for row in view.select(query)]
    pairs = [(shortened(node.value, view.labels.prefixes), node) for node in nodes if isinstance(node, NamedNode)]
    return [(name, view.labels.of(node), *_others(view, node)) for name, node in pairs if name]


def _others(view: View, node: NamedNode) -> list[str]:
    """The other names of a thing, whatever their language."""
    return [other.value for name in _OTHER_NAMES for other in view.values(node, name)]
