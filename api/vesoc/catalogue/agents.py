"""Who publishes and who answers: from the settings, and from what the editors wrote where these do not say it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from vesoc.catalogue.frame import Frame, said, texts, typed
from vesoc.words import LANGUAGES

_TYPES = "http://purl.org/adms/publishertype/"


def publisher(frame: Frame) -> NamedNode:
    """The one agent that publishes all: the organisation that the settings name, else the editors."""
    chosen = frame.settings
    if chosen.publisher and chosen.publisher_name:
        return NamedNode(chosen.publisher)
    return NamedNode(f"{chosen.base}id/organisatie/redactie")


def names(frame: Frame) -> dict[str, str]:
    """The publisher's name by language; one that is a setting is the same in each."""
    chosen = frame.settings
    if chosen.publisher and chosen.publisher_name:
        return dict.fromkeys(LANGUAGES, chosen.publisher_name)
    return frame.editorial.texts(publisher(frame), "foaf:name")


def triples(frame: Frame) -> Iterator[Triple]:
    """The publisher and the contact."""
    node, chosen = publisher(frame), frame.settings
    if chosen.publisher and chosen.publisher_name:
        yield from typed(node, ("foaf:Agent", "dcterms:Agent"))
        yield from texts(node, "foaf:name", names(frame))
        yield from said(node, "dcterms:type", NamedNode(_TYPES + chosen.publisher_type))
    contact = frame.node("contact")
    yield from said(contact, "vcard:hasURL", frame.at(""))
    if chosen.contact:
        yield from said(contact, "vcard:hasEmail", NamedNode(f"mailto:{chosen.contact}"))


def responsible(frame: Frame, resource: NamedNode) -> Iterator[Triple]:
    """Who publishes a resource and who answers for it."""
    yield from said(resource, "dcterms:publisher", publisher(frame))
    yield from said(resource, "dcat:contactPoint", frame.node("contact"))
