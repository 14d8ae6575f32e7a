"""A thing under another name, in every Turtle file; the old name stays and leads to the new one."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from vesoc import graphs
from vesoc.authoring.pages import Page, held
from vesoc.canonical import canonical
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import prefixes, term
from vesoc.places import Places
from vesoc.releases.release import QUADS

_UNREAD = frozenset(
    (
        ".git",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        "node_modules",
        "vendor",
    )
)
_BINARY = b"\0"
# Texts, IRIs and comments of Turtle; in an IRI no # begins a comment.
_TOKEN = re.compile(
    r'''"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'{3}(?:\\.|.)*?\'{3}|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|\#[^\n]*''',
    re.DOTALL,
)
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
        self._whole = re.compile(rf"(?<![^<]){re.escape(old)}(?=[#>]|$)")
        self._keep = keep
        self._base = base
        self._held = {path: held(path) for path in _turtle(places)}  # before they are parsed, to notice edits
        self._files = {path: self._read(path) for path in self._held}
        self._require()

    def pages(self) -> list[Page]:
        """The files that change, in canonical form."""
        home = self._home()
        found = []
        for path, triples in self._files.items():
            changed = [Triple(*map(self._renamed, (one.subject, one.predicate, one.object))) for one in triples]
            changed += self._kept() if path == home and self._keep else []
            if changed != triples:
                text = canonical((serialize(changed, format=RdfFormat.N_TRIPLES) or b"").decode())
                found.append(Page(path, text, self._held[path]))
        return found

    def broken(self, pages: Iterable[Page], step: Callable[[str], None]) -> list[Any]:
        """The findings of the shapes that the change brings about; none where the graph stays as sound as it was."""
        with TemporaryDirectory() as folder:
            root = Path(folder)
            for part in ("ontology", "data", "shapes"):
                shutil.copytree(self._places.root / part, root / part)
            for page in pages:
                (root / page.path.relative_to(self._places.root)).write_text(page.content or "", encoding="utf-8")
            after = self._findings(Places(root), step)
        before = {self._key(finding) for finding in self._findings(self._places, step)} if after else set()
        return [finding for finding in after if self._key(finding) not in before]

    def mentions(self, pages: Iterable[Page]) -> list[Mention]:
        """Where the old name stands in files that are not ours in Turtle, and in texts and comments inside these.

        The lines are those that the files have once the pages are in place.
        """
        pattern = re.compile("|".join(_spellings(self._old.value, self._base)))
        written = {page.path: page.content for page in pages}
        paths = (path for path in sorted(self._places.root.rglob("*")) if path not in self._held and path.is_file())
        listed = [path for path in paths if not _UNREAD & set(path.relative_to(self._places.root).parts)]
        found = [Mention(path, line) for path in listed for line in _lines(pattern, _text(held(path)))]
        for path, before in self._held.items():
            text = written.get(path) or _text(before)
            found += [Mention(path, line) for line in _lines_of_texts(pattern, text)]
        return found

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
        if isinstance(node, NamedNode) and node.value.startswith(self._old.value):
            return NamedNode(self._anew(node.value))
        if isinstance(node, Literal) and node.datatype == self._old:
            return Literal(node.value, datatype=self._new)
        return node

    def _anew(self, text: str) -> str:
        """A text with each IRI under its new name, one that ends there or goes on with a fragment."""
        return self._whole.sub(lambda _: self._new.value, text)

    def _key(self, finding: Any) -> tuple[str | None, ...]:
        """What a finding is known by, whichever of the two names it bears."""
        parts = (finding.shape, finding.component, finding.focus, finding.path, finding.value)
        return tuple(part and self._anew(part) for part in parts)

    def _findings(self, places: Places, step: Callable[[str], None]) -> tuple[Any, ...]:
        from vesoc import validation

        step("against the shapes")
        files = [file for file in graphs.own_files(places) if file.slug != graphs.METADATA]
        quads = [quad for file in files for quad in graphs.quads(file, self._base)]
        return validation.check(quads, places.shapes).findings

    def _read(self, path: Path) -> list[Triple]:
        return [quad.triple for quad in graphs.quads(GraphFile(path), self._base)]


def released(iri: str, folder: Path, base: str) -> str | None:
    """The version of a release in the folder that names the thing; None where none does.

    VesocError where the folder is not there.
    """
    if not folder.is_dir():
        raise VesocError(f"{folder}: no such folder of releases; mend VESOC_RELEASES")
    name = re.compile(rf"<{re.escape(iri)}[#>]".encode())
    for path in sorted(folder.glob(f"*/{QUADS}")):
        if any(name.search(line) for line in _said(path, base)):
            return path.parent.name
    return None


def _said(path: Path, base: str) -> Iterator[bytes]:
    """All that a release says, in lines: its data, and the Turtle beside that."""
    with gzip.open(path, "rb") as lines:
        yield from lines
    for beside in sorted(path.parent.glob("*.ttl")):
        triples = (quad.triple for quad in graphs.quads(GraphFile(beside), base))
        yield serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise VesocError(f"{iri}: no IRI") from None


def _turtle(places: Places) -> list[Path]:
    folders = (places.ontology, places.data, places.shapes)
    return sorted(path for folder in folders for path in folder.rglob("*.ttl"))


def _nodes(triple: Triple) -> Iterator[NamedNode]:
    nodes = (triple.subject, triple.predicate, triple.object)
    yield from (node for node in nodes if isinstance(node, NamedNode))
    yield from (node.datatype for node in nodes if isinstance(node, Literal))


def _spellings(iri: str, base: str) -> Iterator[str]:
    """The patterns of a name: the whole IRI, the paths of thing and page, and with each prefix that it can have.

    A fragment may follow, as what is named by it goes along.
    """
    end = r"(?![\w/-])"
    yield re.escape(iri) + end
    if iri.startswith(f"{base}id/"):
        yield r"(?<![\w-])(?:id|doc)/" + re.escape(iri.removeprefix(f"{base}id/")) + end
    for prefix, space in prefixes(base).items():
        if iri.startswith(space) and iri != space:
            yield rf"(?<![\w:-]){prefix}:{re.escape(iri.removeprefix(space))}{end}"


def _text(content: bytes | None) -> str:
    """A file as text; nothing of one that is none."""
    return "" if content is None or _BINARY in content else content.decode(errors="replace")


def _lines(pattern: re.Pattern[str], text: str) -> list[int]:
    if not pattern.search(text):
        return []
    return [number for number, line in enumerate(text.split("\n"), 1) if pattern.search(line)]


def _lines_of_texts(pattern: re.Pattern[str], text: str) -> list[int]:
    """The lines of a Turtle document where a text or a comment has the pattern."""
    if not pattern.search(text):
        return []
    spans = [one.span() for one in _TOKEN.finditer(text) if not one[0].startswith("<")]
    starts = (one.start() for first, last in spans for one in pattern.finditer(text, first, last))
    return sorted({text.count("\n", 0, start) + 1 for start in starts})
