"""The making of a release: every file of it from its statements and shapes, the same bytes for the same data."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from vesoc import graphs, statistics, void
from vesoc.disk import sync_all
from vesoc.formats import CSV, JSON, N_QUADS, TURTLE, Format
from vesoc.graphs import graph_iri
from vesoc.names import prefixes, term
from vesoc.releases import tables
from vesoc.releases.content import Content
from vesoc.releases.release import GZIP, MANIFEST, WHOLE, File, Release
from vesoc.serialisation import lines, written

SUMS = "SHA256SUMS"
_LEVEL = 6  # of gzip
_PLACE = "https://release.invalid/"  # stands for the address of the release, which its files are named below


def write(content: Content, folder: Path) -> Release:
    """Make the release and put it in place whole: the folder is there with every file in it, or not at all."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    release = _Edition(content, part).made(folder)
    sync_all(part)  # before its name says that it is whole
    part.rename(folder)
    return release


class _Edition:
    def __init__(self, content: Content, folder: Path) -> None:
        self._content = content
        self._folder = folder
        self._store = Store()
        self._store.bulk_extend(content.quads)
        self._lines = lines(content.quads)

    def made(self, place: Path) -> Release:
        """The release, which will be at `place`."""
        content = self._content
        files = tuple(self._files())
        digest = hashlib.sha256(self._lines).hexdigest()
        triples = len({quad.triple for quad in content.quads})
        release = Release(place, content.version, content.moment, digest, triples, files)
        sums = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(files, key=lambda file: file.name))
        (self._folder / SUMS).write_text(sums, encoding="utf-8")
        manifest = json.dumps(release.document(), ensure_ascii=False, indent=2)
        (self._folder / MANIFEST).write_text(f"{manifest}\n", encoding="utf-8")
        return release

    def _files(self) -> Iterator[File]:
        content, everything = self._content, {quad.triple for quad in self._content.quads}
        for form in void.DUMPED:
            body = self._lines if form is N_QUADS else written(everything, form, content.base)
            yield self._packed(WHOLE, form, body, len(content.quads if form is N_QUADS else everything))
        for slug, triples in {slug: self._graph(slug) for slug in self._agreements()}.items():
            for form in void.PARTS_DUMPED:
                yield self._packed(slug, form, written(triples, form, content.base), len(triples))
        told = {"ontology": self._graph(graphs.ONTOLOGY), "metadata": set(content.metadata), "void": set(self._void())}
        for name, triples in told.items():
            beside = written(triples, TURTLE, content.base).replace(f"<{_PLACE}".encode(), b"<")
            yield self._plain(name, beside, len(triples))
        yield self._plain("shapes", content.shapes, len(list(parse(content.shapes, format=RdfFormat.TURTLE))))
        yield from self._tables()

    def _agreements(self) -> list[str]:
        """The ends of the names of the agreements, which their named graphs have too."""
        kind = NamedNode(prefixes(self._content.base)["vesoc"] + "Agreement")
        quads = self._store.quads_for_pattern(None, term("rdf:type"), kind, None)
        return sorted(
            {str(quad.subject.value).rpartition("/")[2] for quad in quads if isinstance(quad.subject, NamedNode)}
        )

    def _graph(self, slug: str) -> set[Triple]:
        graph = NamedNode(graph_iri(slug, self._content.base))
        return {quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph)}

    def _void(self) -> Iterator[Triple]:
        """VoID of the release: what is counted, and its dumps, by their places beside it."""
        base = self._content.base
        for triple in void.void(statistics.count(self._store, base), base, _PLACE):
            if not (isinstance(triple.object, NamedNode) and triple.object.value.startswith(_PLACE)):
                yield triple
        yield from void.dumps(base, _PLACE)

    def _tables(self) -> Iterator[File]:
        folder = self._folder / "tables"
        folder.mkdir()
        for name, rows in tables.write(self._store, self._content.base, folder):
            form = CSV if name.endswith(".csv") else JSON
            yield self._described(f"tables/{name}", "tables", form, None, rows=rows)

    def _packed(self, part: str, form: Format, body: bytes, triples: int) -> File:
        name = f"{part}.{form.suffix}.gz"
        (self._folder / name).write_bytes(gzip.compress(body, _LEVEL, mtime=0))
        return self._described(name, part, form, GZIP, triples=triples)

    def _plain(self, part: str, body: bytes, triples: int) -> File:
        name = f"{part}.{TURTLE.suffix}"
        (self._folder / name).write_bytes(body)
        return self._described(name, part, TURTLE, None, triples=triples)

    def _described(self, name: str, part: str, form: Format, packing: str | None, **counts: int | None) -> File:
        body = (self._folder / name).read_bytes()
        return File(name, part, form.types[0], packing, len(body), hashlib.sha256(body).hexdigest(), **counts)
