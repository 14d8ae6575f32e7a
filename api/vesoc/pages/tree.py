"""Trees of concepts: what is broader and narrower than one, and what is said of the narrower ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from vesoc.pages.values import Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Branch:
    """A concept in a tree, how many measures name it or a narrower one, and the branches below it."""

    link: Value
    measures: int
    branches: list[Branch]


def broader(view: View, node: NamedNode) -> list[NamedNode]:
    """All that are broader, the nearest first."""
    found: list[NamedNode] = []
    above = [node]
    while above:
        above = [up for one in above for up in view.values(one, "skos:broader") if up not in found]
        found += list(dict.fromkeys(above))
    return found


def narrower(view: View, node: NamedNode) -> list[NamedNode]:
    """All that are narrower, the nearest first."""
    found: list[NamedNode] = []
    below = [node]
    while below:
        below = [down for one in below for down in view.subjects("skos:broader", one) if down not in found]
        found += list(dict.fromkeys(below))
    return found


def branches(view: View, node: NamedNode, name: str) -> list[Branch]:
    """The narrower ones as a tree, by label; `name` is the property by which measures name them."""
    found = naming(view, narrower(view, node), name)
    return _branches(view, node, {measure: set(named) for measure, named in found.items()})


def _branches(view: View, node: NamedNode, naming_them: Mapping[NamedNode, set[NamedNode]]) -> list[Branch]:
    made = []
    for one in view.subjects("skos:broader", node):
        whole = {one, *narrower(view, one)}
        measures = sum(1 for named in naming_them.values() if named & whole)
        made.append(Branch(view.link(one), measures, _branches(view, one, naming_them)))
    return sorted(made, key=lambda branch: branch.link.text.casefold())


def naming(view: View, nodes: Iterable[NamedNode], name: str) -> dict[NamedNode, list[NamedNode]]:
    """The measures that name one of the concepts by a property, with those that they name."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for node in nodes:
        for subject in view.subjects(name, node):
            if view.is_a(subject, "vesoc:Measure"):
                found.setdefault(subject, []).append(node)
    return found
