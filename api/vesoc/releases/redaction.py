"""Taking statements out of every release, so that no file says them any more."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from vesoc import graphs
from vesoc.formats import TURTLE
from vesoc.names import term
from vesoc.places import Places
from vesoc.releases import edition, exchange, tombstones
from vesoc.releases.archive import Archive
from vesoc.releases.content import Content
from vesoc.releases.release import Release
from vesoc.releases.selection import Selection
from vesoc.releases.tombstones import Tombstone
from vesoc.serialisation import lines, written
from vesoc.whereabouts import Whereabouts

WORK = ".redacting"  # below the releases; what is made in it is no release yet, or one no more
_SHAPES, _METADATA = "shapes.ttl", "metadata.ttl"
_NAMING = (term("foaf:name"), term("vesoc:printedAs"))
Step = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What is to be taken out, why (by language), and when; `forget` says that names go as well as statements."""

    selection: Selection
    reason: dict[str, str]
    moment: datetime
    base: str
    forget: bool = False


@dataclass(frozen=True)
class Survey:
    """What an order meets: the triples to take out of each release, and those that are kept in any."""

    taken: dict[str, set[Triple]]
    kept: set[Triple]

    @cached_property
    def subjects(self) -> set[str]:
        """The IRIs of which something is said still."""
        return {one.subject.value for one in self.kept if isinstance(one.subject, NamedNode)}

    @cached_property
    def left(self) -> set[str]:
        """All IRIs that are left."""
        return self.subjects | {one.object.value for one in self.kept if isinstance(one.object, NamedNode)}

    def resources(self) -> dict[str, set[Triple]]:
        """The triples that are taken by their subject."""
        found: dict[str, set[Triple]] = defaultdict(set)
        for triples in self.taken.values():
            for triple in triples:
                if isinstance(triple.subject, NamedNode):
                    found[triple.subject.value].add(triple)
        return dict(sorted(found.items()))

    def traces(self) -> list[str]:
        """The subjects of statements that are kept and still hold a name that was taken: a person's, or an IRI's end.

        Of statements on things without an IRI the object is told.
        """
        names = self._names()
        held = (triple for triple in self.kept if any(name in str(triple).lower() for name in names))
        return sorted(
            {str(triple.subject) if isinstance(triple.subject, NamedNode) else str(triple.object) for triple in held}
        )

    def _names(self) -> set[str]:
        taken = set().union(*self.taken.values())
        told = {one.object.value for one in taken if one.predicate in _NAMING and isinstance(one.object, Literal)}
        ends = {iri.rpartition("/")[2] for iri in self.resources() if iri not in self.subjects}
        return {name.lower() for name in told | ends if name}


def survey(archive: Archive, selection: Selection, step: Step) -> Survey:
    """Read all releases for the statements that are meant; nothing is changed."""
    taken: dict[str, set[Triple]] = {}
    kept: set[Triple] = set()
    for release in archive.releases:
        step(f"reading {release.version}")
        triples = set(_statements(release))
        if meant := set(filter(selection.holds, triples)):
            taken[release.version] = meant
        kept |= triples - meant
    return Survey(taken, kept)


def said(found: Places, selection: Selection, base: str) -> list[str]:
    """Where the files of the graph say what is meant: the file and line of each block that does."""
    files = graphs.own_files(found)
    whereabouts, told = Whereabouts(found.root, files), set()
    for file in files:
        for quad in graphs.quads(file, base):
            if selection.holds(quad.triple):
                spots = whereabouts.of(quad.subject.value) if isinstance(quad.subject, NamedNode) else []
                named = file.path.relative_to(found.root).as_posix()
                told |= {str(spot) for spot in spots if spot.file == named} or {named}
    return sorted(told)


def carry_out(folder: Path, order: Order, found: Survey, step: Step) -> None:
    """Write the tombstones and then the releases anew, each put in place whole.

    Stopped half-way, some releases are done and the others as they were; the same order again does the rest.
    """
    tombstones.write(folder, _tombstones(folder, order, found))
    for release in Archive([folder]).releases:
        if release.version in found.taken:
            step(f"writing {release.version}")
            _rewrite(release, order)
    tidy(folder)


def tidy(folder: Path) -> bool:
    """Put in order what was left half-way: a whole release that has no place yet gets it, all else goes.

    Gives whether anything was there.
    """
    work = folder / WORK
    if not work.is_dir():
        return False
    for path in sorted(work.iterdir()):
        if not path.name.startswith(".") and not (folder / path.name).exists():
            path.rename(folder / path.name)
    shutil.rmtree(work)
    return True


def _tombstones(folder: Path, order: Order, found: Survey) -> list[Tombstone]:
    told = list(tombstones.read(folder))
    salt = tombstones.salt(told)
    for resource, taken in found.resources().items():
        digests = tombstones.digests(taken, salt)
        new = Tombstone(
            resource=tombstones.hashed(resource) if order.forget and resource not in found.left else resource,
            moment=order.moment,
            reason=order.reason,
            versions=tuple(version for version, triples in found.taken.items() if triples & taken),
            statements=len(digests),
            gone=resource not in found.subjects,
            salt=salt,
            digests=digests,
        )
        told = tombstones.merged(told, new)
    return told


def _rewrite(release: Release, order: Order) -> None:
    """Make the release anew beside the releases and have it take the place of the old one."""
    work = release.folder.parent / WORK
    work.mkdir(exist_ok=True)
    new = work / release.folder.name
    shutil.rmtree(new, ignore_errors=True)
    edition.write(_content(release, order), new)
    exchange.swap(new, release.folder)
    shutil.rmtree(new)


def _content(release: Release, order: Order) -> Content:
    """What a release is made of, without the statements that are meant."""
    holds = order.selection.holds
    quads = tuple(quad for quad in release.quads() if not holds(quad.triple))
    metadata = tuple(triple for triple in _triples(release.folder / _METADATA) if not holds(triple))
    return Content(release.version, release.moment, order.base, quads, _shapes(release, order), metadata)


def _shapes(release: Release, order: Order) -> bytes:
    """The shapes as they lie, but written anew where a statement goes out of them."""
    triples = set(_triples(release.folder / _SHAPES))
    kept = {triple for triple in triples if not order.selection.holds(triple)}
    if kept == triples:
        return (release.folder / _SHAPES).read_bytes()
    return written(kept, TURTLE, order.base)


def _statements(release: Release) -> Iterator[Triple]:
    yield from (quad.triple for quad in release.quads())
    for name in (_METADATA, _SHAPES):
        yield from _triples(release.folder / name)


def _triples(path: Path) -> Iterable[Triple]:
    return [quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)]


def listing(found: Survey) -> str:
    """The statements as N-Triples, each once."""
    return lines(set().union(*found.taken.values())).decode()
