"""What all parts of the catalogue build on: names under the base, addresses under the public one, days of releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from vesoc import moments
from vesoc.addresses import uri
from vesoc.catalogue.editorial import Editorial
from vesoc.errors import VesocError
from vesoc.names import term
from vesoc.releases.archive import Archive
from vesoc.releases.release import Release
from vesoc.settings import Settings


@dataclass(frozen=True)
class Scope:
    """The settings, the releases, the folder of the documents made so far, and what people wrote."""

    settings: Settings
    archive: Archive
    folder: Path
    editorial: Editorial

    @property
    def latest(self) -> Release:
        """The release that the catalogue offers; VesocError where there is none."""
        if self.archive.latest is None:
            raise VesocError("there is no release for the catalogue to offer; make one by vesoc export")
        return self.archive.latest

    @property
    def first(self) -> datetime:
        """When the first release was; VesocError where there is none."""
        return min(self.latest.moment, *(release.moment for release in self.archive.releases))

    @property
    def catalogue(self) -> NamedNode:
        """The catalogue."""
        return self.node("catalogus")

    @property
    def datasets(self) -> list[NamedNode]:
        """The datasets in the catalogue, by name."""
        return self.editorial.nodes(self.catalogue, "dcat:dataset")

    @property
    def series(self) -> list[NamedNode]:
        """The series that datasets of the catalogue are in."""
        found = {one for dataset in self.datasets for one in self.editorial.nodes(dataset, "dcat:inSeries")}
        return sorted(found, key=str)

    @property
    def services(self) -> list[NamedNode]:
        """The services in the catalogue, by name."""
        return self.editorial.nodes(self.catalogue, "dcat:service")

    def node(self, name: str) -> NamedNode:
        """The node of that name among the datasets."""
        return NamedNode(f"{self.settings.base}id/dataset/{name}")

    def name(self, node: NamedNode) -> str:
        """The name of a node among the datasets."""
        return node.value.removeprefix(self.node("").value)

    def at(self, path: str) -> NamedNode:
        """The address of something on this server, absolute."""
        return NamedNode(uri(self.settings.address + path))

    def began(self, name: str) -> datetime:
        """When the first release with that file was."""
        return min(release.moment for release in self.archive.releases if release.file(name))

    def changed(self, name: str) -> datetime:
        """When the release was since which the file of that name has been the same."""
        moment, digest = self.latest.moment, _digest(self.latest, name)
        for release in reversed(self.archive.releases):
            if _digest(release, name) != digest:
                break
            moment = release.moment
        return moment


def said(subject: NamedNode, name: str, *values: NamedNode | Literal) -> Iterator[Triple]:
    """What a node has for a property."""
    return (Triple(subject, term(name), value) for value in values)


def texts(subject: NamedNode, name: str, by_language: Mapping[str, str]) -> Iterator[Triple]:
    """The texts of a property, one a language."""
    return said(subject, name, *(Literal(text, language=language) for language, text in by_language.items()))


def typed(subject: NamedNode, names: Iterable[str]) -> Iterator[Triple]:
    """The classes of a node."""
    return said(subject, "rdf:type", *map(term, names))


def moment(value: datetime) -> Literal:
    """A moment as xsd:dateTime with seconds and zone."""
    return Literal(moments.told(value.replace(microsecond=0)), datatype=term("xsd:dateTime"))


def number(value: int) -> Literal:
    """A size as xsd:nonNegativeInteger."""
    return Literal(str(value), datatype=term("xsd:nonNegativeInteger"))


def _digest(release: Release, name: str) -> str | None:
    file = release.file(name)
    return file.sha256 if file else None
