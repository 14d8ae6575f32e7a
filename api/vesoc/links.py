"""Links from a document to what belongs to it: the Link field (RFC 8288), FAIR Signposting, link sets (RFC 9264)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from vesoc import profiles
from vesoc.addresses import uri, with_query
from vesoc.formats import JSON_LD, LINKSET, TURTLE, Format
from vesoc.profiles import LABELLED, PROFILES, SCHEMA, VESOC, Profile

MOST = 4096  # bytes of a Link field
_SINGLE = ("type", "anchor")  # what a link set has as texts; what is no standard attribute it has as lists


@dataclass(frozen=True)
class Link:
    """A link from the document, or from its `anchor`, to a target; IRIs are written as URIs."""

    target: str
    relation: str
    type: str | None = None
    profile: str | None = None
    token: str | None = None
    anchor: str | None = None

    def __str__(self) -> str:
        attributes = {"rel": self.relation, **self.attributes()}
        return f"<{uri(self.target)}>" + "".join(f'; {name}="{value}"' for name, value in attributes.items())

    def attributes(self) -> dict[str, str]:
        """Its attributes by name, but for the relation."""
        found = {"type": self.type, "profile": self.profile, "token": self.token, "anchor": self.anchor}
        return {name: uri(value) for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Facts:
    """What the graph says that links tell: the IRI of the thing, its classes here and in schema.org, and the others."""

    iri: str
    classes: tuple[str, ...] = ()
    licence: str | None = None
    collection: str | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()


def of_document(address: str, whole: str, facts: Facts, profile: Profile, base: str) -> list[Link]:
    """The links of a document at `address`, whose address with its server is `whole`; the most telling first."""
    first = VESOC.offers[0]
    return [
        Link(whole, "canonical", first.types[0], VESOC.iri(base)),
        Link(facts.iri, "cite-as"),
        Link(facts.iri, "describes"),
        Link(profile.iri(base), "profile"),
        *(Link(profiles.address(address, VESOC, form), "describedby", form.types[0]) for form in (TURTLE, JSON_LD)),
        *(Link(iri, "type") for iri in facts.classes),
        *([Link(facts.licence, "license")] if facts.licence else []),
        *([Link(facts.collection, "collection")] if facts.collection else []),
        *(Link(successor, "successor-version") for successor in facts.successors),
        *(Link(predecessor, "predecessor-version") for predecessor in facts.predecessors),
        Link(profiles.address(address, VESOC, LINKSET), "linkset", LINKSET.types[0]),
        *of_forms(address, VESOC, VESOC.offers, base),
        *of_forms(address, LABELLED, (TURTLE, JSON_LD), base),
        *of_forms(address, SCHEMA, (JSON_LD, TURTLE), base),
        *of_tokens(base),
    ]


def of_forms(address: str, profile: Profile, forms: Iterable[Format], base: str) -> list[Link]:
    """A link to the document in each of the forms."""
    iri = profile.iri(base)
    return [Link(profiles.address(address, profile, form), "alternate", form.types[0], iri) for form in forms]


def of_tokens(base: str) -> list[Link]:
    """Which token stands for which profile, as Content Negotiation by Profile has it."""
    return [Link(profiles.CLASS, "type", token=one.token, anchor=one.iri(base)) for one in PROFILES]


def of_pages(pages: dict[str, str]) -> list[Link]:
    """Links to the other pages of a list, by their relation."""
    return [Link(target, relation) for relation, target in pages.items()]


def pages(address: str, page: int, last: int) -> dict[str, str]:
    """The addresses of the other pages of what is at `address`, by their relation; none where all stands on one."""
    numbers = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    shown = {relation: number for relation, number in numbers.items() if 1 <= number <= last}
    return {relation: with_query(address, {"page": n}) for relation, n in shown.items()} if last > 1 else {}


def field(links: Iterable[Link]) -> str:
    """The links as one field of a header, as many as `MOST` bytes hold."""
    kept: list[str] = []
    size = 0
    for link in map(str, links):
        size += len(link) + 2
        if size > MOST:
            break
        kept.append(link)
    return ", ".join(kept)


def linkset(links: Iterable[Link], whole: str) -> bytes:
    """The links as application/linkset+json, with the server's address in each."""
    contexts: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        attributes = link.attributes()
        anchor = attributes.pop("anchor", uri(whole))
        told = {name: value if name in _SINGLE else [value] for name, value in attributes.items()}
        contexts[anchor][link.relation].append({"href": urljoin(uri(whole), uri(link.target)), **told})
    document = {"linkset": [{"anchor": anchor, **relations} for anchor, relations in contexts.items()]}
    return json.dumps(document, ensure_ascii=False, indent=2).encode()
