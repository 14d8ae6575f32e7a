"""What the graph says in one state: a release, a revision of git, a folder of ours, or files of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from vesoc import graphs, references, revisions
from vesoc.errors import VesocError
from vesoc.graphs import METADATA, GraphFile, graph_iri
from vesoc.places import Places
from vesoc.references import Revision
from vesoc.releases import release

_OURS = ("ontology", "data/ttl", "shapes")


@dataclass(frozen=True)
class State:
    """A state and its statements, blank nodes called after what is said of them.

    `lacking` are the named graphs of ours that such a state does not hold, whatever they say.
    """

    name: str
    quads: frozenset[Quad]
    lacking: frozenset[NamedNode]


class Finder:
    """Finds states by name, as vesoc.references does; with `rules`, shapes and axioms are there, in a graph each."""

    def __init__(self, root: Path, releases: Path | None, base: str, rules: bool = True) -> None:
        self._root = root
        self._releases = releases
        self._base = base
        self._shapes, self._axioms = NamedNode(f"{base}shapes"), NamedNode(f"{base}ns/axioms")
        self._rules = rules

    def find(self, name: str) -> State:
        """The state of that name; VesocError where it names none."""
        found = references.find(name, self._root, self._releases)
        if isinstance(found, Revision):
            with revisions.unpacked(self._root, found.commit, *_OURS) as folder:
                return self._own(name, folder)
        if (found / release.MANIFEST).is_file():
            return self._released(found)
        if (found / "ontology" / "vesoc.ttl").is_file():
            return self._own(str(found), found)
        return self._given(found)

    def _released(self, folder: Path) -> State:
        shapes = self._ruled([folder / "shapes.ttl"], self._shapes)
        metadata = NamedNode(graph_iri(METADATA, self._base))
        quads = chain(release.read(folder).quads(), shapes)
        return State(folder.name, frozenset(_canonical(quads)), frozenset({metadata, self._axioms}))

    def _own(self, name: str, root: Path) -> State:
        found = Places(root)
        quads = [quad for file in graphs.own_files(found) for quad in graphs.quads(file, self._base)]
        axioms = [found.axioms] if found.axioms.is_file() else []
        rules = chain(self._ruled(sorted(found.shapes.glob("*.ttl")), self._shapes), self._ruled(axioms, self._axioms))
        return State(name, frozenset(_canonical(chain(quads, rules))), frozenset())

    def _given(self, path: Path) -> State:
        files = [path] if path.is_file() else graphs.below(path)
        if not files:
            raise VesocError(f"{path}: no RDF in it")
        quads = (quad for file in graphs.given_files(files) for quad in _canonical(graphs.quads(file, self._base)))
        return State(str(path), frozenset(quads), frozenset({self._shapes, self._axioms}))

    def _ruled(self, paths: Iterable[Path], graph: NamedNode) -> Iterator[Quad]:
        for path in paths if self._rules else ():
            for quad in graphs.quads(GraphFile(path), self._base):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _canonical(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The statements, each blank node under a name made from what is said of it in its graph."""
    blank: dict[Any, list[Triple]] = defaultdict(list)
    for quad in quads:
        if any(isinstance(node, BlankNode) for node in (quad.subject, quad.object)):
            blank[quad.graph_name].append(quad.triple)
        else:
            yield quad
    for graph, triples in blank.items():
        for quad in parse(_relabelled(triples), format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _relabelled(triples: list[Triple]) -> bytes:
    from rdflib.compare import to_canonical_graph

    from vesoc.conversion import as_graph

    told = to_canonical_graph(as_graph(triples))
    return str(told.serialize(format="nt")).encode()
