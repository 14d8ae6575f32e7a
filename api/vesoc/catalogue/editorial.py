"""What people wrote for the catalogue, in the very literals that stand there.

Our datasets and services stand in the metadata files, and so in the graph; what others' concepts are called stands in
`vocabularies.ttl` beside this module, for concepts of others have no place among ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import as_file, files

from pyoxigraph import Literal, NamedNode, Quad, Triple

from vesoc import graphs
from vesoc.names import term
from vesoc.places import Places


class Editorial:
    """Triples by subject. They come from the files and not from the store, which rewrites some datatypes."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples: dict[str, list[Triple]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                self._triples.setdefault(triple.subject.value, []).append(triple)

    def of(self, node: NamedNode) -> list[Triple]:
        """What is said of a node."""
        return self._triples.get(node.value, [])

    def nodes(self, node: NamedNode, name: str) -> list[NamedNode]:
        """The nodes that a node has for a property, sorted."""
        found = [one.object for one in self.of(node) if one.predicate == term(name)]
        return sorted((value for value in found if isinstance(value, NamedNode)), key=str)

    def texts(self, node: NamedNode, name: str) -> dict[str, str]:
        """The texts that a node has for a property, by language."""
        found = [one.object for one in self.of(node) if one.predicate == term(name)]
        return {value.language: value.value for value in found if isinstance(value, Literal) and value.language}

    def is_a(self, node: NamedNode, name: str) -> bool:
        """Whether a node is of that class."""
        return term(name) in self.nodes(node, "rdf:type")


def read(places: Places, base: str) -> Editorial:
    """What the metadata files say, and the vocabularies of others."""
    own = [file for file in graphs.own_files(places) if file.slug == graphs.METADATA]
    told = [quad for file in own for quad in graphs.quads(file, base)]
    return Editorial(quad.triple for quad in (*told, *others(base)))


def others(base: str) -> list[Quad]:
    """What the concepts and places of others are called."""
    with as_file(files("vesoc") / "catalogue" / "vocabularies.ttl") as path:
        return [quad for file in graphs.given_files([path]) for quad in graphs.quads(file, base)]
