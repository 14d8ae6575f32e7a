"""Who publishes and who answers: from the settings, and from what the editors wrote where these do not say it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from vesoc.catalogue.scope import Scope, said, texts, typed
from vesoc.words import LANGUAGES

_TYPES = "http://purl.org/adms/publishertype/"


def publisher(scope: Scope) -> NamedNode:
    """The one agent that publishes all: the organisation that the settings name, else the editors."""
    chosen = scope.settings
    if chosen.publisher and chosen.publisher_name:
        return NamedNode(chosen.publisher)
    return NamedNode(f"{chosen.base}id/organisatie/redactie")


def names(scope: Scope) -> dict[str, str]:
    """The publisher's name by language; one that is a setting is the same in each."""
    chosen = scope.settings
    if chosen.publisher and chosen.publisher_name:
        return dict.fromkeys(LANGUAGES, chosen.publisher_name)
    return scope.editorial.texts(publisher(scope), "foaf:name")


def triples(scope: Scope) -> Iterator[Triple]:
    """The publisher and the contact."""
    node, chosen = publisher(scope), scope.settings
    if chosen.publisher and chosen.publisher_name:
        yield from typed(node, ("foaf:Agent", "dcterms:Agent"))
        yield from texts(node, "foaf:name", names(scope))
        yield from said(node, "dcterms:type", NamedNode(_TYPES + chosen.publisher_type))
    contact = scope.node("contact")
    yield from said(contact, "vcard:hasURL", scope.at(""))
    if chosen.contact:
        yield from said(contact, "vcard:hasEmail", NamedNode(f"mailto:{chosen.contact}"))


def responsible(scope: Scope, resource: NamedNode) -> Iterator[Triple]:
    """Who publishes a resource and who answers for it."""
    yield from said(resource, "dcterms:publisher", publisher(scope))
    yield from said(resource, "dcat:contactPoint", scope.node("contact"))
