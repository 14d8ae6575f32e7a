"""What was published at one time: ontology, axioms, shapes and data of a release, a revision of git or a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from vesoc import graphs, references, revisions
from vesoc.errors import VesocError
from vesoc.graphs import ALIGNMENTS, METADATA, ONTOLOGY, GraphFile, graph_iri
from vesoc.names import term
from vesoc.places import Places
from vesoc.references import Revision
from vesoc.releases import release
from vesoc.releases.release import MANIFEST, WHOLE

_OURS = ("ontology", "data/ttl", "shapes")


@dataclass(frozen=True)
class Edition:
    """An edition: its name, the statements of its parts, and the IRIs of the named graphs that its data stands in.

    The data has the metadata, but not the ontology. Releases hold no axioms; there they are None.
    """

    name: str
    base: str
    ontology: frozenset[Triple]
    axioms: frozenset[Triple] | None
    shapes: frozenset[Triple]
    data: frozenset[Triple]
    graphs: frozenset[str]

    @property
    def version(self) -> str | None:
        """The version that the data says it has; None where it says none, or several."""
        node, said = NamedNode(f"{self.base}id/dataset/{WHOLE}"), term("dcat:version")
        found = [one.object for one in self.data if (one.subject, one.predicate) == (node, said)]
        return found[0].value if len(found) == 1 and isinstance(found[0], Literal) else None

    def mapped(self, change: Callable[[Triple], Triple]) -> Edition:
        """The edition with each statement changed."""
        ontology, shapes, data = (
            frozenset(map(change, triples)) for triples in (self.ontology, self.shapes, self.data)
        )
        axioms = None if self.axioms is None else frozenset(map(change, self.axioms))
        return replace(self, ontology=ontology, axioms=axioms, shapes=shapes, data=data)


class Finder:
    """Finds editions: `root` is our folder, perhaps a repository of git; `releases` that of the releases."""

    def __init__(self, root: Path, releases: Path | None, base: str) -> None:
        self._root = root
        self._releases = releases
        self._base = base

    def find(self, name: str) -> Edition:
        """The edition of a version, a revision or a folder; VesocError where a name stands for none."""
        found = references.find(name, self._root, self._releases)
        if isinstance(found, Revision):
            return self._revision(found.commit, name)
        if (found / MANIFEST).is_file():
            return self._released(found)
        if (found / "ontology" / "vesoc.ttl").is_file():
            return self.own(found, name)
        raise VesocError(f"{name}: no release, no revision of {self._root}, and no folder with our graph")

    def own(self, root: Path, name: str) -> Edition:
        """The edition that the files below a folder are."""
        found = Places(root)
        quads = [quad for file in graphs.own_files(found) for quad in graphs.quads(file, self._base)]
        shapes = self._triples(sorted(found.shapes.glob("*.ttl")))
        path = found.axioms
        axioms = self._triples([path]) if path.is_file() else None
        return self._edition(name, quads, axioms, shapes, ())

    def _released(self, folder: Path) -> Edition:
        """A release; its axioms are those of the revision with the tag of that version, where it is here."""
        made = release.read(folder)
        metadata = self._triples([folder / "metadata.ttl"])
        edition = self._edition(made.version, made.quads(), None, self._triples([folder / "shapes.ttl"]), metadata)
        tag = f"v{made.version}"
        commit = revisions.commit(self._root, tag)
        return replace(edition, axioms=self._revision(commit, tag).axioms) if commit else edition

    def _revision(self, commit: str, name: str) -> Edition:
        with revisions.unpacked(self._root, commit, *_OURS) as folder:
            return self.own(folder, name)

    def _edition(
        self,
        name: str,
        quads: Iterable[Quad],
        axioms: frozenset[Triple] | None,
        shapes: frozenset[Triple],
        metadata: Iterable[Triple],
    ) -> Edition:
        of_ontology = {graph_iri(slug, self._base) for slug in (ONTOLOGY, ALIGNMENTS)}
        ontology: set[Triple] = set()
        data, seen = set(metadata), set()
        for quad in quads:
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            (ontology if graph in of_ontology else data).add(quad.triple)
            seen.add(graph)
        named = frozenset(seen - {graph_iri(METADATA, self._base)})
        return Edition(name, self._base, frozenset(ontology), axioms, shapes, frozenset(data), named)

    def _triples(self, paths: Iterable[Path]) -> frozenset[Triple]:
        return frozenset(quad.triple for path in paths for quad in self._read(path))

    def _read(self, path: Path) -> Iterator[Quad]:
        return graphs.quads(GraphFile(path), self._base)
