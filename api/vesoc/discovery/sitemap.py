"""The sitemap (sitemaps.org, 0.9): every page once, with the moment of its last change where the releases tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from pyoxigraph import NamedNode, Store

from vesoc import addresses, moments, places, resource, standing
from vesoc.discovery import changes
from vesoc.library import Library
from vesoc.names import term
from vesoc.overviews.register import OVERVIEWS
from vesoc.releases.publication import Publication

NAME = "sitemap"
MOST = 50_000  # addresses in a sitemap
LARGEST = 50 * 1024 * 1024  # bytes of one
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OF_DATA = ("", "views", "queries", "catalog", "dumps")  # pages that change with the data
_OF_SITE = ("docs", "accessibility")
Entry = tuple[str, datetime | None]


def write(publication: Publication) -> None:
    """Write `sitemap.xml`, and where that is too much for one the parts that it names."""
    for name, body in documents(list(entries(publication)), publication.settings.address).items():
        (publication.folder / name).write_bytes(body)


def entries(publication: Publication) -> Iterator[Entry]:
    """The addresses of all pages, and when each was changed last."""
    settings, store = publication.settings, publication.dataset.store
    last = changes.last(publication.archive)
    latest = publication.archive.latest.moment if publication.archive.latest else None
    queries = [query.name for query in Library(places.find(settings.root).queries)]
    shown = [*_OF_DATA, *OVERVIEWS, *(f"queries/{name}" for name in queries)]
    for path in (*shown, *_lists(store, settings.base)):
        yield settings.address + path, latest
    for release in publication.archive.releases:
        yield f"{settings.address}dumps/{addresses.uri(release.version)}", release.moment
    for path in _OF_SITE:
        yield settings.address + path, None
    yield f"{settings.address}ns", last.get(f"{settings.base}ns")
    for iri in things(store, settings.base):
        yield settings.address + addresses.of(iri, settings.base).lstrip("/"), last.get(iri)


def things(store: Store, base: str) -> list[str]:
    """The IRIs of the things that have a page of their own, in order: not those that were renamed or withdrawn."""
    own = (iri for iri in _subjects(store, None) if iri.startswith(f"{base}id/") and "#" not in iri)
    retired = _subjects(store, term("owl:deprecated"))
    return sorted(iri for iri in own if iri not in retired or _stands(store, iri))


def _subjects(store: Store, predicate: NamedNode | None) -> set[str]:
    quads = store.quads_for_pattern(None, predicate, None, None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def documents(found: list[Entry], address: str, most: int = MOST, largest: int = LARGEST) -> dict[str, bytes]:
    """The files by name: one sitemap, or an index of several that each keep to the limits."""
    lines = [_line(*entry) for entry in found]
    parts = list(_parted(lines, most, largest - len(_document("urlset", []))))
    if len(parts) == 1:
        return {f"{NAME}.xml": _document("urlset", parts[0])}
    named = {f"{NAME}-{number}.xml": _document("urlset", part) for number, part in enumerate(parts, 1)}
    index = [f"<sitemap><loc>{escape(address + name, quote=False)}</loc></sitemap>\n".encode() for name in named]
    return {f"{NAME}.xml": _document("sitemapindex", index), **named}


def _lists(store: Store, base: str) -> list[str]:
    """The paths of the lists of things of each kind, and of the concepts of each scheme."""
    parents = {iri.removeprefix(f"{base}id/").rpartition("/")[0] for iri in things(store, base)}
    return sorted(f"doc/{path}" for path in {*parents, *resource.kinds(store, base)} if path)


def _stands(store: Store, iri: str) -> bool:
    found = standing.of(store, iri)
    return not found.renamed and not found.gone


def _parted(lines: list[bytes], most: int, largest: int) -> Iterator[list[bytes]]:
    """The lines in runs of at most `most`, and of at most `largest` bytes."""
    run: list[bytes] = []
    size = 0
    for line in lines:
        if run and (len(run) == most or size + len(line) > largest):
            yield run
            run, size = [], 0
        run.append(line)
        size += len(line)
    yield run


def _document(root: str, lines: Iterable[bytes]) -> bytes:
    return b"".join((f"{_HEAD}<{root} {_SPACE}>\n".encode(), *lines, f"</{root}>\n".encode()))


def _line(address: str, changed: datetime | None) -> bytes:
    told = f"<lastmod>{moments.told(changed)}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address, quote=False)}</loc>{told}</url>\n".encode()
