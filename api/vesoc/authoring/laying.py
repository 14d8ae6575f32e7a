"""A new agreement put beside the others: what is known of it already, and its files in canonical form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from vesoc import dataset, graphs
from vesoc.authoring.draft import Draft
from vesoc.canonical import canonical
from vesoc.errors import VesocError
from vesoc.names import prefixes
from vesoc.places import Places

_SLUG = re.compile(r"[a-z][a-z0-9]*")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Page:
    """A file to write, whole, and whether it was there before."""

    path: Path
    content: str
    known: bool


class Library:
    """What the graph under a root knows already."""

    def __init__(self, places: Places, base: str) -> None:
        self.places = places
        self._base = base
        self._names = prefixes(base)
        self._store: Store = dataset.load(graphs.own_files(places), base)

    def kinds(self, scheme: str) -> list[str]:
        """The concepts of a scheme, by the ends of their names."""
        space = self._names[scheme]
        quads = self._store.quads_for_pattern(None, NamedNode(self._names["skos"] + "inScheme"), None, None)
        names = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(name.removeprefix(space) for name in names if name.startswith(space))

    def require_free(self, slug: str, force: bool) -> None:
        """VesocError for a slug that cannot name an agreement, or names something else."""
        if not _SLUG.fullmatch(slug):
            raise VesocError(f"--slug {slug!r}: give lower-case letters and digits, a letter first")
        taken = self.places.data / slug
        named = any(self._known(prefix, slug) for prefix in ("akk", "bron"))
        replaced = force and (taken / "akkoord.ttl").is_file()
        if not replaced and (named or taken.exists() or taken.with_suffix(".ttl").exists()):
            raise VesocError(f"--slug {slug}: taken; choose another, or --force to write the files of {taken} anew")

    def require_new(self, text: str, slug: str) -> None:
        """VesocError where the text is that of another document of the graph."""
        digest = Literal(hashlib.sha256(text.encode()).hexdigest())
        for quad in self._store.quads_for_pattern(None, NamedNode(self._names["vesoc"] + "sha256"), digest, None):
            name = str(quad.subject).strip("<>")
            if name.startswith(self._names["bron"]) and name != self._names["bron"] + slug:
                raise VesocError(f"this text is {name} already")

    def pages(self, draft: Draft, done: Callable[[str], None]) -> list[Page]:
        """The files of the agreement, and those that are there already with what it adds to them."""
        found = []
        for name, triples in draft.files().items():
            done(name.name)
            path = self._path(name)
            found.append(Page(path, canonical(_lines(triples)), path.exists()))
        for name, triples in draft.additions().items():
            done(name.name)
            path = self._path(name)
            if path.is_file() and not self._said(triples[0].subject):
                before = path.read_text(encoding="utf-8")
                found.append(Page(path, canonical(before + _lines(triples)), True))
        return found

    def _path(self, name: PurePosixPath) -> Path:
        return self.places.data / name

    def _known(self, prefix: str, local: str) -> bool:
        return self._said(NamedNode(self._names[prefix] + local))

    def _said(self, node: object) -> bool:
        assert isinstance(node, NamedNode)
        return any(True for _ in self._store.quads_for_pattern(node, None, None, None))


def source_text(path: Path) -> str:
    """The text of a file, as the graph counts its characters; VesocError where its form would upset the counting."""
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as error:
        raise VesocError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise VesocError(f"{path}:{line}: not UTF-8; save the text as UTF-8") from None
    if content.startswith(_BOM):
        raise VesocError(f"{path}: starts with a byte order mark; save the text as UTF-8 without one")
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        raise VesocError(
            f"{path}:{line}: line ends of Windows (CR LF); save the text with LF alone, then never change it"
        )
    if not text.strip():
        raise VesocError(f"{path}: empty")
    return text


def write(pages: Iterable[Page]) -> None:
    """Put the files in place."""
    for page in pages:
        page.path.parent.mkdir(parents=True, exist_ok=True)
        page.path.write_text(page.content, encoding="utf-8")


def _lines(triples: Iterable[Triple]) -> str:
    """Triples as N-Triples, which is Turtle too."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
