"""The members of the feed: version objects, which say what was said of a resource after one change."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from vesoc import moments
from vesoc.feed.changes import Change
from vesoc.names import PREFIXES, term

# None is a property of the data, where dcterms:created and dcterms:type have other work: a replica can take them off.
TIMESTAMP = term("as:published")
ACTIVITY = term("prov:wasGeneratedBy")
VERSION_OF = term("dcterms:isVersionOf")
_DATE_TIME = NamedNode(f"{PREFIXES['xsd']}dateTime")


def version_object(resource: str, name: str, base: str) -> NamedNode:
    """The IRI of the version of a resource that a transaction made; it goes where that of the resource goes.

    The query stands before the fragment. Names of others get no IRIs from us in their place: their versions are named
    below the feed.
    """
    if not resource.startswith(base):
        return NamedNode(f"{base}id/dataset/ldes?of={quote(resource, safe='')}&v={quote(name)}")
    path, mark, fragment = resource.partition("#")
    return NamedNode(f"{path}{'&' if '?' in path else '?'}v={quote(name)}{mark}{fragment}")


def member(change: Change, node: NamedNode, moment: datetime) -> list[Triple]:
    """What a version object says: the whole description of the resource, and what was done to it when."""
    said = [Triple(node, predicate, value) for predicate, value in change.said]
    return [
        Triple(node, VERSION_OF, NamedNode(change.resource)),
        Triple(node, TIMESTAMP, timestamp(moment)),
        Triple(node, ACTIVITY, term(f"as:{change.activity}")),
        *said,
    ]


def timestamp(moment: datetime) -> Literal:
    """A moment in UTC as xsd:dateTime, with its zone."""
    return Literal(moments.told(moment), datatype=_DATE_TIME)
