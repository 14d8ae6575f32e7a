"""What the graph says in one state: a release, a revision of git, a folder of ours, or files of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from vesoc import graphs, revisions
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.places import Places
from vesoc.releases import release

_OURS = ("ontology", "data/ttl")


@dataclass(frozen=True)
class State:
    """A state and its statements; `whole` says that what is told of the data as a whole is among them."""

    name: str
    quads: frozenset[Quad]
    whole: bool


class Finder:
    """Finds states by name: a path, a version in the folder `releases`, or a revision of the repository at `root`."""

    def __init__(self, root: Path, releases: Path | None, base: str) -> None:
        self._root = root
        self._releases = releases
        self._base = base

    def find(self, name: str) -> State:
        """The state of that name; VesocError where it names none."""
        path = Path(name)
        if path.exists():
            return self._at(path)
        if self._releases and (self._releases / name / release.MANIFEST).is_file():
            return self._at(self._releases / name)
        return self._revision(name)

    def _at(self, path: Path) -> State:
        if (path / release.MANIFEST).is_file():
            return State(path.name, frozenset(release.read(path).quads()), whole=False)
        if (path / "ontology" / "vesoc.ttl").is_file():
            return self._own(str(path), path)
        files = [path] if path.is_file() else [file for file in sorted(path.rglob("*")) if graphs.known(file)]
        if not files:
            raise VesocError(f"{path}: no RDF in it")
        quads = (quad for file in graphs.given_files(files) for quad in self._named(file))
        return State(str(path), frozenset(quads), whole=True)

    def _named(self, file: GraphFile) -> list[Quad]:
        """The statements of a file, its blank nodes called after what is said of them."""
        return list(_canonical(graphs.quads(file, self._base)))

    def _own(self, name: str, root: Path) -> State:
        files = graphs.own_files(Places(root))
        return State(name, frozenset(quad for file in files for quad in graphs.quads(file, self._base)), whole=True)

    def _revision(self, name: str) -> State:
        if not revisions.known(self._root, name):
            told = f"no release of {self._releases}" if self._releases else "no release, for VESOC_RELEASES is not set"
            raise VesocError(f"{name}: no file or folder, {told}, and no revision of {self._root}")
        with revisions.unpacked(self._root, name, *_OURS) as folder:
            return self._own(name, folder)


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
