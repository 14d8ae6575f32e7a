"""By what a list of things can be narrowed, each as a pattern in SPARQL: what is counted is what a query would find."""

from __future__ import annotations

from dataclasses import dataclass

from vesoc.names import BASE, PREFIXES, ROLES
from vesoc.resource import named_node

_FOREIGN = tuple((name, iri) for name, iri in PREFIXES.items() if not iri.startswith(BASE))
_ROLES = " ".join(f"vesoc:{role}" for role in ROLES)
_PART = "(dcterms:isPartOf|vesoc:budgetsFor|vesoc:signs|vesoc:isTextOf|vesoc:reportsOn)/dcterms:isPartOf*"


@dataclass(frozen=True)
class Facet:
    """`pattern` binds ?value for ?thing; `space` is what the IRIs of its values start with, less the base.

    A `plain` value is no IRI but a year, or a yes or no.
    """

    name: str
    pattern: str
    space: str = ""
    plain: bool = False

    def iri(self, value: str, base: str) -> str:
        """The IRI of a value as it stands in an address."""
        prefix, colon, local = value.partition(":")
        if not colon:
            return f"{base}{self.space}{value}"
        return f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else value

    def fits(self, value: str) -> bool:
        """Whether a value as it stands in an address can be one of this facet, wherever the base is."""
        return self.plain or named_node(self.iri(value, BASE)) is not None

    def value(self, found: str, base: str) -> str:
        """What ?value was bound to as an address has it: with a prefix or whole where it is none of ours."""
        own = f"{base}{self.space}"
        if self.plain or found.startswith(own):
            return found.removeprefix(own)
        return next((f"{name}:{found.removeprefix(iri)}" for name, iri in _FOREIGN if found.startswith(iri)), found)

    def term(self, value: str, base: str) -> str:
        """The value in SPARQL."""
        return f'"{value}"' if self.plain else f"<{self.iri(value, base)}>"


KIND = Facet("kind", "?thing a ?value .", "ns#")
ACTOR = Facet("actor", f"VALUES ?role {{ {_ROLES} }} ?thing ?role ?value .", "id/organisatie/")
ROLE = Facet("role", f"VALUES ?value {{ {_ROLES} }} ?thing ?value ?actor .", "ns#")
FACETS = (
    KIND,
    Facet("agreement", f"?thing {_PART} ?value . ?value a vesoc:Agreement .", "id/akkoord/"),
    Facet("theme", "?thing dcterms:subject ?value .", "id/concept/thema/"),
    Facet(
        "instrument",
        "?thing (vesoc:concernsInstrument|vesoc:changesInstrument)/skos:broader* ?value .",
        "id/instrument/",
    ),
    Facet("group", "?thing vesoc:hasTargetGroup/skos:broader* ?value .", "id/doelgroep/"),
    ACTOR,
    ROLE,
    Facet("status", "?thing vesoc:hasStatedStatus ?value .", "id/concept/status/"),
    Facet("action", "?thing vesoc:hasActionKind ?value .", "id/concept/actie/"),
    Facet(
        "budget",
        '?thing a vesoc:Measure . BIND(IF(EXISTS { ?line vesoc:funds ?thing }, "yes", "no") AS ?value)',
        plain=True,
    ),
    Facet(
        "year",
        f"?thing {_PART} ?agreement . ?agreement vesoc:agreedDuring/dcat:startDate ?day . "
        "BIND(STR(YEAR(?day)) AS ?value)",
        plain=True,
    ),
    Facet(
        "during",
        "{ SELECT DISTINCT ?year { ?any dcat:startDate|dcat:endDate ?day . BIND(YEAR(?day) AS ?year) } } "
        "?thing vesoc:appliesDuring ?period . "
        "OPTIONAL { ?period dcat:startDate ?start } OPTIONAL { ?period dcat:endDate ?end } "
        "FILTER(COALESCE(YEAR(?start), YEAR(?end)) <= ?year && ?year <= COALESCE(YEAR(?end), YEAR(?start))) "
        "BIND(STR(?year) AS ?value)",
        plain=True,
    ),
)
