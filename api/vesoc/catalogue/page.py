"""What the page of the catalogue shows, read from the catalogue itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from vesoc.catalogue.catalogue import STEM
from vesoc.formats import N_TRIPLES
from vesoc.nodes import Nodes
from vesoc.releases.release import WHOLE


@dataclass(frozen=True)
class File:
    """A distribution: its title, where it is fetched, its format, size in bytes and the moment of its last change."""

    title: str
    address: str
    form: str
    size: int | None
    modified: str


@dataclass(frozen=True)
class Entry:
    """A dataset, a series or a service: what it is called and says, its page, and what of it can be fetched."""

    iri: str
    title: str
    description: str
    page: str | None
    endpoint: str | None
    files: tuple[File, ...]


@dataclass(frozen=True)
class Shown:
    """The catalogue in one language; `publisher` is a name, `licence` and `rights` are texts, `contact` is for mail."""

    title: str
    description: str
    publisher: str
    contact: str | None
    licence: str
    rights: str
    datasets: tuple[Entry, ...]
    series: tuple[Entry, ...]
    services: tuple[Entry, ...]


def shown(folder: Path, base: str, language: str) -> Shown:
    """The catalogue in that folder as a page shows it."""
    path = folder / f"{STEM}.{N_TRIPLES.suffix}"
    return _shown(path, path.stat().st_mtime_ns, base, language)


@lru_cache(maxsize=8)
def _shown(path: Path, changed: int, base: str, language: str) -> Shown:
    """The catalogue as its file was at a moment."""
    store = Store()
    store.load(path=str(path), format=RdfFormat.N_TRIPLES)
    return _Document(Nodes(store, base), language).shown()


def _place(dataset: str) -> tuple[bool, str]:
    """The whole stands before its parts."""
    return not dataset.endswith(f"/{WHOLE}"), dataset


class _Document:
    """The nodes of a document, and their texts in one language."""

    def __init__(self, nodes: Nodes, language: str) -> None:
        self._nodes = nodes
        self._language = language

    def shown(self) -> Shown:
        catalogue, file = self._of("dcat:Catalog")[0], self._of("dcat:Distribution")[0]
        rights, contact = self._one(catalogue, "dcterms:rights"), self._one(catalogue, "dcat:contactPoint")
        mail = self._one(contact, "vcard:hasEmail")
        return Shown(
            title=self._text(catalogue, "dcterms:title"),
            description=self._text(catalogue, "dcterms:description"),
            publisher=self._text(self._one(catalogue, "dcterms:publisher"), "foaf:name"),
            contact=mail.removeprefix("mailto:") or None,
            licence=self._text(self._one(file, "dcterms:license"), "skos:prefLabel"),
            rights=self._text(rights, "dcterms:description"),
            datasets=tuple(map(self._entry, sorted(self._nodes.iris(catalogue, "dcat:dataset"), key=_place))),
            series=tuple(map(self._entry, self._of("dcat:DatasetSeries"))),
            services=tuple(map(self._entry, self._of("dcat:DataService"))),
        )

    def _entry(self, iri: str) -> Entry:
        return Entry(
            iri=iri,
            title=self._text(iri, "dcterms:title"),
            description=self._text(iri, "dcterms:description"),
            page=self._one(iri, "dcat:landingPage") or None,
            endpoint=self._one(iri, "dcat:endpointURL") or None,
            files=tuple(map(self._file, self._nodes.iris(iri, "dcat:distribution"))),
        )

    def _file(self, iri: str) -> File:
        sizes, moments = (self._nodes.values(iri, name) for name in ("dcat:byteSize", "dcterms:modified"))
        return File(
            title=self._text(iri, "dcterms:title"),
            address=self._one(iri, "dcat:downloadURL"),
            form=self._text(self._one(iri, "dcterms:format"), "skos:prefLabel"),
            size=int(sizes[0].value) if sizes else None,
            modified=moments[0].value[:10],
        )

    def _of(self, kind: str) -> list[str]:
        return self._nodes.subjects("rdf:type", self._nodes.iri(kind))

    def _one(self, iri: str, name: str) -> str:
        """The first node that a node has for a property; empty where it has none, or where there is no node."""
        return next(iter(self._nodes.iris(iri, name)), "") if iri else ""

    def _text(self, iri: str, name: str) -> str:
        """The text in the language; empty where there is none, or no node."""
        if not iri:
            return ""
        told = (value for value in self._nodes.values(iri, name) if getattr(value, "language", "") == self._language)
        return next((str(value.value) for value in told), "")
