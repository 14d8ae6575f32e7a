"""A thing under another name, in every Turtle file; the old name stays and leads to the new one."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from vesoc import graphs
from vesoc.canonical import canonical
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import prefixes, term
from vesoc.places import Places
from vesoc.releases.release import QUADS

_READ = frozenset((".csv", ".html", ".json", ".md", ".py", ".rq", ".ru", ".sh", ".toml", ".txt"))
_UNREAD = frozenset((".git", ".venv", "build", "dist", "node_modules", "vendor"))
_TRUE = Literal(True)


@dataclass(frozen=True)
class Mention:
    """A line of a file that names a thing, and that nobody but its author should change."""

    path: Path
    line: int


class Renaming:
    """The Turtle files under a root with `old` as `new`; `keep` has the old name lead to the new one.

    VesocError where nothing is said of `old`, or something of `new` already.
    """

    def __init__(self, places: Places, old: str, new: str, keep: bool, base: str) -> None:
        self._places = places
        self._old, self._new = _node(old), _node(new)
        self._keep = keep
        self._base = base
        self._files = {path: self._read(path) for path in _turtle(places)}
        self._require()

    def pages(self) -> dict[Path, str]:
        """The files that change, in canonical form."""
        home = self._home()
        found = {}
        for path, triples in self._files.items():
            changed = [Triple(*map(self._renamed, (one.subject, one.predicate, one.object))) for one in triples]
            changed += self._kept() if path == home and self._keep else []
            if changed != triples:
                found[path] = canonical((serialize(changed, format=RdfFormat.N_TRIPLES) or b"").decode())
        return found

    def broken(self, pages: Mapping[Path, str], step: Callable[[str], None]) -> list[Any]:
        """The findings of the shapes that the change brings about; none where the graph stays as sound as it was."""
        with TemporaryDirectory() as folder:
            root = Path(folder)
            for part in ("ontology", "data", "shapes"):
                shutil.copytree(self._places.root / part, root / part)
            for path, content in pages.items():
                (root / path.relative_to(self._places.root)).write_text(content, encoding="utf-8")
            after = self._findings(Places(root), step)
        before = {self._key(finding) for finding in self._findings(self._places, step)} if after else set()
        return [finding for finding in after if self._key(finding) not in before]

    def mentions(self) -> list[Mention]:
        """Where the old name stands in files that are not Turtle, and in texts inside the shapes."""
        pattern = re.compile("|".join(_spellings(self._old.value, self._base)))
        paths = (path for path in sorted(self._places.root.rglob("*")) if path.is_file() and path.suffix in _READ)
        listed = [path for path in paths if not _UNREAD & set(path.relative_to(self._places.root).parts)]
        shapes = sorted(self._places.shapes.glob("*.ttl"))
        found = [Mention(path, line) for path in listed for line in _lines(pattern, path.read_text(encoding="utf-8"))]
        return found + [Mention(path, line) for path in shapes for line in _lines(pattern, _texts(path))]

    def _require(self) -> None:
        named = [node.value for triples in self._files.values() for one in triples for node in _nodes(one)]
        if self._home() is None:
            again = " any more: it was renamed or withdrawn" if self._old.value in named else ""
            raise VesocError(f"{self._old.value}: the graph does not describe it{again}")
        if self._new.value in named or any(name.startswith(f"{self._new.value}#") for name in named):
            raise VesocError(f"{self._new.value}: taken; a name is never given to something else")

    def _home(self) -> Path | None:
        """The file that says what kind of thing the old one is."""
        kind = term("rdf:type")
        homes = (
            path
            for path, triples in self._files.items()
            if any(one.subject == self._old and one.predicate == kind for one in triples)
        )
        return next(homes, None)

    def _kept(self) -> list[Triple]:
        return [
            Triple(self._old, term("owl:deprecated"), _TRUE),
            Triple(self._old, term("dcterms:isReplacedBy"), self._new),
        ]

    def _renamed(self, node: Any) -> Any:
        """A node under its new name; what is named after the old one by a fragment goes along."""
        if isinstance(node, NamedNode):
            if node == self._old:
                return self._new
            if node.value.startswith(f"{self._old.value}#"):
                return NamedNode(self._new.value + node.value.removeprefix(self._old.value))
        return node

    def _key(self, finding: Any) -> tuple[str | None, ...]:
        """What a finding is known by, whichever of the two names it bears."""
        parts = (finding.shape, finding.component, finding.focus, finding.path, finding.value)
        return tuple(part and part.replace(self._old.value, self._new.value) for part in parts)

    def _findings(self, places: Places, step: Callable[[str], None]) -> tuple[Any, ...]:
        from vesoc import validation

        step("against the shapes")
        files = [file for file in graphs.own_files(places) if file.slug != graphs.METADATA]
        quads = [quad for file in files for quad in graphs.quads(file, self._base)]
        return validation.check(quads, places.shapes).findings

    def _read(self, path: Path) -> list[Triple]:
        return [quad.triple for quad in graphs.quads(GraphFile(path), self._base)]


def released(iri: str, folder: Path) -> str | None:
    """The version of a release in the folder that names the thing; None where none does."""
    name = f"<{iri}>".encode()
    for path in sorted(folder.glob(f"*/{QUADS}")):
        with gzip.open(path, "rb") as lines:
            if any(name in line for line in lines):
                return path.parent.name
    return None


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise VesocError(f"{iri}: no IRI") from None


def _turtle(places: Places) -> list[Path]:
    folders = (places.ontology, places.data, places.shapes)
    return sorted(path for folder in folders for path in folder.rglob("*.ttl"))


def _nodes(triple: Triple) -> Iterator[NamedNode]:
    yield from (node for node in (triple.subject, triple.predicate, triple.object) if isinstance(node, NamedNode))


def _spellings(iri: str, base: str) -> Iterator[str]:
    """The patterns of a name: the whole IRI, its path below the base, and with each prefix that it can have."""
    end = r"(?![\w#/-])"
    yield re.escape(iri) + end
    if iri.startswith(f"{base}id/"):
        yield r"(?<![\w-])" + re.escape(iri.removeprefix(base)) + end
    for prefix, space in prefixes(base).items():
        if iri.startswith(space) and iri != space:
            yield rf"(?<![\w:-]){prefix}:{re.escape(iri.removeprefix(space))}{end}"


def _lines(pattern: re.Pattern[str], text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def _texts(path: Path) -> str:
    """A Turtle file with nothing left of it but its long texts, on the lines where they stand."""
    text = path.read_text(encoding="utf-8")
    parts = text.split('"""')
    return "".join(part if place % 2 else "\n" * part.count("\n") for place, part in enumerate(parts))


def write(pages: Mapping[Path, str]) -> None:
    """Put the files in place."""
    for path, content in pages.items():
        path.write_text(content, encoding="utf-8")
