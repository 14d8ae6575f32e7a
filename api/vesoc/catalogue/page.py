"""What the page of the catalogue shows, read from the catalogue's own JSON-LD."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from vesoc.catalogue.catalogue import STEM
from vesoc.formats import JSON_LD
from vesoc.releases.release import WHOLE

_SERIES, _SERVICE = "dcat:DatasetSeries", "dcat:DataService"


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


def shown(folder: Path, language: str) -> Shown:
    """The catalogue in that folder as a page shows it."""
    path = folder / f"{STEM}.{JSON_LD.suffix}"
    return _shown(path, path.stat().st_mtime_ns, language)


@lru_cache(maxsize=8)
def _shown(path: Path, changed: int, language: str) -> Shown:
    """The catalogue as its file was at a moment."""
    return _Document(json.loads(path.read_bytes())["@graph"], language).shown()


def _place(dataset: str) -> tuple[bool, str]:
    """The whole stands before its parts."""
    return not dataset.endswith(f"/{WHOLE}"), dataset


class _Document:
    """The nodes of a document by IRI, and their texts in one language."""

    def __init__(self, nodes: list[dict[str, Any]], language: str) -> None:
        self._nodes = {node["@id"]: node for node in nodes}
        self._language = language

    def shown(self) -> Shown:
        catalogue = self._of("dcat:Catalog")[0]
        rights = self._ids(catalogue, "dcterms:rights")[0]
        file = self._of("dcat:Distribution")[0]
        mails = self._ids(self._ids(catalogue, "dcat:contactPoint")[0], "vcard:hasEmail")
        return Shown(
            title=self._text(catalogue, "dcterms:title"),
            description=self._text(catalogue, "dcterms:description"),
            publisher=self._text(self._ids(catalogue, "dcterms:publisher")[0], "foaf:name"),
            contact=mails[0].removeprefix("mailto:") if mails else None,
            licence=self._text(self._ids(file, "dcterms:license")[0], "skos:prefLabel"),
            rights=self._text(rights, "dcterms:description"),
            datasets=tuple(map(self._entry, sorted(self._ids(catalogue, "dcat:dataset"), key=_place))),
            series=tuple(map(self._entry, self._of(_SERIES))),
            services=tuple(map(self._entry, self._of(_SERVICE))),
        )

    def _entry(self, iri: str) -> Entry:
        pages, endpoints = self._ids(iri, "dcat:landingPage"), self._ids(iri, "dcat:endpointURL")
        return Entry(
            iri=iri,
            title=self._text(iri, "dcterms:title"),
            description=self._text(iri, "dcterms:description"),
            page=pages[0] if pages else None,
            endpoint=endpoints[0] if endpoints else None,
            files=tuple(map(self._file, self._ids(iri, "dcat:distribution"))),
        )

    def _file(self, iri: str) -> File:
        size = self._values(iri, "dcat:byteSize")
        return File(
            title=self._text(iri, "dcterms:title"),
            address=self._ids(iri, "dcat:downloadURL")[0],
            form=self._text(self._ids(iri, "dcterms:format")[0], "skos:prefLabel"),
            size=int(size[0]["@value"]) if size else None,
            modified=self._values(iri, "dcterms:modified")[0]["@value"][:10],
        )

    def _of(self, kind: str) -> list[str]:
        return [iri for iri, node in self._nodes.items() if kind in node.get("@type", ())]

    def _ids(self, iri: str, name: str) -> list[str]:
        return [value["@id"] for value in self._values(iri, name)]

    def _text(self, iri: str, name: str) -> str:
        found = (value["@value"] for value in self._values(iri, name) if value.get("@language") == self._language)
        return next(found, "")

    def _values(self, iri: str, name: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self._nodes[iri].get(name, [])
        return found
