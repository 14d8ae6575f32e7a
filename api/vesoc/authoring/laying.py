"""A new agreement put beside the others: what is known of it already, and its files in canonical form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path, PurePosixPath
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from vesoc import dataset, graphs
from vesoc.authoring.draft import Draft
from vesoc.authoring.pages import Page, held
from vesoc.canonical import canonical
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import prefixes, short, term
from vesoc.places import Places

_SLUG = re.compile(r"[a-z][a-z0-9]*")
_BOM = b"\xef\xbb\xbf"


Parts = tuple[Any, Any, Any]


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
        """The files of the agreement, those that are there already with what it adds to them, and those that go.

        VesocError where a file that is written anew or goes says what the draft does not write.
        """
        files = draft.files()
        found = []
        for name, triples in files.items():
            done(name.name)
            path = self._path(name)
            found.append(Page(path, canonical(_lines(triples)), held(path)))
        for path in sorted(path for path in self._path(draft.folder).glob("*.ttl") if path not in _paths(found)):
            found.append(Page(path, None, held(path)))
        self._require_no_loss(found, {triple for triples in files.values() for triple in triples})
        return found + list(self._added(draft, done))

    def _added(self, draft: Draft, done: Callable[[str], None]) -> Iterator[Page]:
        for name, triples in draft.additions().items():
            done(name.name)
            path = self._path(name)
            before = held(path)
            if before is not None and not self._said(triples[0].subject):
                yield Page(path, canonical(before.decode() + _lines(triples)), before)

    def _require_no_loss(self, pages: Iterable[Page], drafted: Set[Triple]) -> None:
        """VesocError where what an author wrote would go."""
        own = Drafted(drafted)
        lost = {page.path: own.others(_triples(page, self._base)) for page in pages if page.before is not None}
        told = [
            f"{path}: {', '.join(short(one, self._base) for one in names)}" for path, names in lost.items() if names
        ]
        if told:
            raise VesocError(
                f"--force would take out what was written about {'; '.join(told)}; move that elsewhere first"
            )

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


class Drafted:
    """The statements of a draft, against which those of an author are known.

    An author's is one of a sort that the draft has none of (by namespace of its subject, property, language, class), or
    one that hangs a passage on a thing. Any other may come from the draft of an earlier outline.
    """

    def __init__(self, triples: Set[Triple]) -> None:
        self._triples = triples
        self._sorts = {_sort(triple) for triple in triples}
        self._subjects = {triple.subject for triple in triples}

    def others(self, triples: Iterable[Triple]) -> list[str]:
        """The things that an author wrote about, by name."""
        return sorted({str(one.subject).strip("<>") for one in triples if self._is_other(one)})

    def _is_other(self, triple: Triple) -> bool:
        if triple in self._triples:
            return False
        hung = triple.predicate == term("vesoc:hasEvidence") and {triple.subject, triple.object} <= self._subjects
        return hung or _sort(triple) not in self._sorts


def _sort(triple: Triple) -> Parts:
    subject, value = str(triple.subject), triple.object
    told = value.language if isinstance(value, Literal) else value if triple.predicate == term("rdf:type") else None
    return subject.rpartition("/")[0] + subject.rpartition("#")[1], triple.predicate, told


def _triples(page: Page, base: str) -> Iterator[Triple]:
    return (quad.triple for quad in graphs.quads(GraphFile(page.path), base))


def _paths(pages: Iterable[Page]) -> set[Path]:
    return {page.path for page in pages}


def _lines(triples: Iterable[Triple]) -> str:
    """Triples as N-Triples, which is Turtle too."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
