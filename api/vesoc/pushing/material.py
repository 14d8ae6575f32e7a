"""What is put into an engine: named graphs of a build, or of the files of our own graph, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store, Triple

from vesoc import __version__, loading, places, resource
from vesoc.builds import opening
from vesoc.builds.manifest import Manifest
from vesoc.builds.shelf import Lease, Shelf
from vesoc.dataset import Dataset, data_version
from vesoc.errors import VesocError
from vesoc.graphs import graph_iri
from vesoc.library import Library
from vesoc.pushing.parts import skolem
from vesoc.remote import stand
from vesoc.settings import Settings

DEFAULT = "standaard"  # slug of the named graph that takes the default graph of others' data
Name = NamedNode | BlankNode | DefaultGraph


@dataclass(frozen=True)
class Material:
    """A store, and the manifest of the data in it."""

    store: Store
    manifest: Manifest

    @cached_property
    def graphs(self) -> dict[str, int]:
        """Triples by the IRI that a graph has in the engine, in a fixed order; those without any are left out."""
        found = {iri: self._size(name) for iri, name in self._names.items()}
        return {iri: size for iri, size in sorted(found.items()) if size}

    @cached_property
    def told(self) -> Manifest:
        """The manifest of what the engine has in the end, where the default graph says what the named graphs say."""
        default = self.manifest.graphs.get("", 0) if self.manifest.own else sum(self.graphs.values())
        return replace(self.manifest, graphs={"": default, **self.graphs}, parts={})

    def triples(self, iri: str) -> Iterator[Triple]:
        """The statements of a graph, one after the other."""
        for quad in self.store.quads_for_pattern(None, None, None, self._names[iri]):
            yield quad.triple

    def name(self, iri: str) -> Name:
        """The name that a graph has in the store."""
        return self._names[iri]

    @cached_property
    def _names(self) -> dict[str, Name]:
        """Names in the store by IRI; the default graph is among them where it does not repeat the others.

        What an engine said of itself, which is there where the data was taken out of one, is no part of the data.
        """
        names: dict[str, Name] = {
            name.value if isinstance(name, NamedNode) else skolem(name.value, self.manifest.base).value: name
            for name in self.store.named_graphs()
        }
        names.pop(stand.graph(self.manifest.base).value, None)
        default = graph_iri(DEFAULT, self.manifest.base)
        if not self.manifest.own and self._size(DefaultGraph()):
            if default in names:
                raise VesocError(f"{default}: the data has a graph of that name, but its default graph would get it")
            names[default] = DefaultGraph()
        return names

    def _size(self, name: Name) -> int:
        key = name.value if isinstance(name, NamedNode) else ""
        if isinstance(name, BlankNode) or key not in self.manifest.graphs:
            return sum(1 for _ in self.store.quads_for_pattern(None, None, None, name))
        return self.manifest.graphs[key]


@contextmanager
def of_build(folder: Path, base: str) -> Iterator[Material]:
    """The build in place below a folder, kept from being taken away meanwhile; VesocError where there is none."""
    build = Shelf(folder).current()
    lease = Lease(build)
    try:
        manifest = opening.checked(build, base)
        yield Material(opening.store(build), manifest)
    finally:
        lease.release()


def of_files(chosen: Settings) -> Material:
    """Our own graph as a server loads it; VesocError where that cannot be."""
    found = places.find(chosen.root)
    data, _ = loading.own(found, chosen, Library(found.queries))
    return Material(data.store, _manifest(data, chosen))


def _manifest(data: Dataset, chosen: Settings) -> Manifest:
    graphs = {str(name.value): _count(data.store, name) for name in data.store.named_graphs()}
    default = _count(data.store, DefaultGraph())
    return Manifest(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        software={"vesoc": __version__, "pyoxigraph": pyoxigraph.__version__},
        base=data.base,
        address=chosen.address,
        own=True,
        version=data_version(data.store, data.base),
        digest=data.digest,
        state=data.state,
        triples=data.counts.triples,
        quads=len(data.store),
        graphs={"": default, **dict(sorted(graphs.items()))},
        counts=data.counts,
        files=(),
        kinds=tuple(sorted(resource.kinds(data.store, data.base))),
    )


def _count(store: Store, name: Name) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, name))
