"""Data sets of others that ours links to: how their IRIs begin, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

# What leads from a thing of ours to the same one, or to more about it, elsewhere.
PREDICATES = (
    *("owl:sameAs", "rdfs:seeAlso", "vesoc:recordedAs"),
    *("skos:broadMatch", "skos:closeMatch", "skos:exactMatch", "skos:narrowMatch", "skos:relatedMatch"),
)


@dataclass(frozen=True)
class Target:
    """A data set of others; `slug` names it among ours."""

    slug: str
    space: str
    dutch: str
    english: str


TARGETS = (
    Target("eurovoc", "http://eurovoc.europa.eu/", "EuroVoc", "EuroVoc"),
    Target(
        "themis",
        "http://themis.vlaanderen.be/id/",
        "Themis: de Vlaamse Regering en haar mandatarissen",
        "Themis: the Flemish Government and its mandataries",
    ),
    Target(
        "organisatieregister",
        "https://data.vlaanderen.be/id/organisatie/",
        "Organisatieregister van de Vlaamse overheid",
        "Register of organisations of the Flemish authorities",
    ),
    Target(
        "kbo",
        "https://org.belgif.be/id/Cbe",
        "Kruispuntbank van Ondernemingen",
        "Crossroads Bank for Enterprises",
    ),
    Target("qudt", "http://qudt.org/vocab/unit/", "QUDT: eenheden", "QUDT: units of measure"),
)
