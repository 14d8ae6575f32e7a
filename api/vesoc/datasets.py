"""What search engines for data ask of a dataset, beside what every thing has in schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pyoxigraph import Store

from vesoc import addresses, void
from vesoc.catalogue import editorial
from vesoc.catalogue.distributions import TABLES
from vesoc.feed.documents import FORMS
from vesoc.formats import CSV, Format
from vesoc.graphs import graph_iri
from vesoc.nodes import Nodes
from vesoc.releases import tables
from vesoc.releases.release import GZIP
from vesoc.releases.things import CLASSES
from vesoc.settings import Settings

_EU = "http://publications.europa.eu/resource/authority/"
_PUBLIC = f"{_EU}access-right/PUBLIC"
_LANGUAGES = {f"{_EU}language/NLD": "nl", f"{_EU}language/ENG": "en"}
_STREAM = "https://w3id.org/ldes#EventStream"
_DAY = 10  # characters of a day in a date and time
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Datasets:
    """The datasets of one store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._nodes = Nodes(store, settings.base)
        self._settings = settings
        self._base = settings.base
        self._address = settings.address
        self._whole = void.whole(settings.base).value

    def entry(self, iri: str) -> dict[str, Any]:
        """The properties of a dataset, by name; those of nothing that is known are empty."""
        return {
            "url": self._address.rstrip("/") + addresses.of(iri, self._base),
            "identifier": iri,
            "license": [self._nodes.reference(one) for one in self._shared(iri, "dcterms:license")],
            "creator": [self._nodes.reference(one, "Organization") for one in self._editors(iri)],
            "publisher": self._publisher(iri),
            "keywords": self._nodes.literals(iri, "dcat:keyword"),
            "inLanguage": [_LANGUAGES[one] for one in self._nodes.iris(iri, "dcterms:language") if one in _LANGUAGES],
            "spatialCoverage": [self._place(iri, one) for one in self._nodes.iris(iri, "dcterms:spatial")],
            "temporalCoverage": [*filter(None, map(self._period, self._nodes.iris(iri, "dcterms:temporal")))],
            "version": self._shared_texts(iri, "dcat:version"),
            "datePublished": self._shared_texts(iri, "dcterms:issued"),
            "dateModified": self._nodes.literals(iri, "dcterms:modified"),
            "isAccessibleForFree": _PUBLIC in self._nodes.iris(iri, "dcterms:accessRights"),
            "includedInDataCatalog": [*map(self._catalogue, self._nodes.subjects("dcat:dataset", iri))],
            "hasPart": [self._nodes.reference(one, "Dataset") for one in self._parts(iri)],
            "isPartOf": [self._nodes.reference(one, "Dataset") for one in self._wholes(iri)],
            "citation": [self._nodes.reference(one, "CreativeWork") for one in self._texts(iri)],
            "distribution": [*self._distributions(iri)],
        }

    def _shared(self, iri: str, name: str) -> list[str]:
        """The values of the dataset, else those of the whole that it comes with."""
        return self._nodes.iris(iri, name) or self._nodes.iris(self._whole, name)

    def _shared_texts(self, iri: str, name: str) -> list[Any]:
        return self._nodes.literals(iri, name) or self._nodes.literals(self._whole, name)

    def _editors(self, iri: str) -> list[str]:
        return self._shared(iri, "dcterms:creator") or self._shared(iri, "dcterms:publisher")

    def _publisher(self, iri: str) -> list[dict[str, Any]]:
        chosen = self._settings
        if chosen.publisher and chosen.publisher_name:
            return [{"@id": chosen.publisher, "@type": "Organization", "name": chosen.publisher_name}]
        return [self._nodes.reference(one, "Organization") for one in self._shared(iri, "dcterms:publisher")]

    @cached_property
    def _others(self) -> Nodes:
        """What is known of the places of others."""
        store = Store()
        store.extend(editorial.others(self._base))
        return Nodes(store, self._base)

    def _place(self, iri: str, place: str) -> dict[str, Any]:
        """A place with its bounding box: south, west, north and east in degrees."""
        found = self._others.reference(place, "Place")
        for box in self._others.literals(place, "dcat:bbox"):
            corners = [float(number) for number in _NUMBER.findall(box["@value"])]
            found["geo"] = {"@id": f"{iri}#gebied", "@type": "GeoShape", "box": _box(corners)}
        return found

    def _period(self, iri: str) -> str:
        """A period as ISO 8601 has it, or nothing where the graph does not tell its days."""
        days = [self._nodes.values(iri, name) for name in ("dcat:startDate", "dcat:endDate")]
        return "/".join(found[0].value[:_DAY] for found in days) if all(days) else ""

    def _catalogue(self, iri: str) -> dict[str, Any]:
        return {**self._nodes.reference(iri, "DataCatalog"), "url": f"{self._address}catalog"}

    def _parts(self, iri: str) -> list[str]:
        """The datasets that hold a part of the whole: each one named graph."""
        catalogues = self._nodes.subjects("dcat:dataset", iri) if iri == self._whole else []
        listed = (one for catalogue in catalogues for one in self._nodes.iris(catalogue, "dcat:dataset"))
        return [one for one in listed if self._graph(one)]

    def _wholes(self, iri: str) -> list[str]:
        return [self._whole] if self._graph(iri) else []

    def _graph(self, iri: str) -> str | None:
        """The named graph that a dataset is made of, which has its name."""
        graph = graph_iri(iri.rpartition("/")[2], self._base)
        return graph if graph in self._graphs() else None

    def _graphs(self) -> list[str]:
        return self._nodes.iris(self._whole, "void:subset")

    def _texts(self, iri: str) -> list[str]:
        """The texts of the agreements that the dataset was drawn from."""
        own = self._graph(iri)
        graphs = [own] if own else self._graphs()
        sources = {source for graph in graphs for source in self._nodes.iris(graph, "prov:wasDerivedFrom")}
        return sorted(source for source in sources if self._nodes.iris(source, "vesoc:isTextOf"))

    def _distributions(self, iri: str) -> Iterator[dict[str, Any]]:
        """Where its files are: those of the release, and of the change feed its first page."""
        name, [version] = iri.rpartition("/")[2], self._shared_texts(iri, "dcat:version") or [None]
        folder = f"{self._address}dumps/{version}/"
        if _STREAM in self._nodes.iris(iri, "dcterms:type"):
            yield from (_download(f"{self._address}ldes.{form.suffix}", form) for form in FORMS)
        elif version and name == TABLES:
            yield from (_download(f"{folder}tables/{table}", CSV) for table in self._tables())
        elif version and iri == self._whole:
            yield from (_download(f"{folder}{name}.{form.suffix}.gz", form, GZIP) for form in void.DUMPED)
        elif version and self._agrees(name):
            yield from (_download(f"{folder}{name}.{form.suffix}.gz", form, GZIP) for form in void.PARTS_DUMPED)

    def _tables(self) -> list[str]:
        """The tables that a release lists: one of a class only where there is a thing of that class."""
        named = (slug for name, slug in CLASSES.items() if self._nodes.subjects("rdf:type", self._nodes.iri(name)))
        there = {tables.LINKS, *(f"{slug}.csv" for slug in named)}
        return [table for table in tables.MAIN if table in there]

    def _agrees(self, name: str) -> bool:
        """Whether a release has files of the graph of that name: it has of agreements alone."""
        agreements = self._nodes.subjects("rdf:type", self._nodes.iri("vesoc:Agreement"))
        return name in {iri.rpartition("/")[2] for iri in agreements}


def _download(address: str, form: Format, packing: str | None = None) -> dict[str, Any]:
    media_types = [form.types[0], *([packing] if packing else [])]
    return {"@id": address, "@type": "DataDownload", "contentUrl": address, "encodingFormat": media_types}


def _box(numbers: list[float]) -> str:
    """South, west, north and east of points given as longitudes and latitudes in turn."""
    east, north = numbers[0::2], numbers[1::2]
    return f"{min(north):g} {min(east):g} {max(north):g} {max(east):g}"
