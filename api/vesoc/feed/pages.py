"""The pages of a transaction: nodes of TREE that never change, named after what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.feed.changes import Change
from vesoc.feed.members import member, version_object
from vesoc.feed.transactions import Transaction
from vesoc.names import PREFIXES, term
from vesoc.serialisation import lines

FEED = "ldes"
MOST = 250  # members of a page
TRUE = Literal("true", datatype=NamedNode(f"{PREFIXES['xsd']}boolean"))
_DIGITS = 12


@dataclass(frozen=True)
class Place:
    """Where a feed is: the base of the IRIs that name things, and the address of the server, which ends in a slash."""

    base: str
    address: str

    @property
    def stream(self) -> NamedNode:
        """The event stream, as a thing."""
        return NamedNode(f"{self.base}id/dataset/ldes")

    def document(self, path: str = FEED) -> NamedNode:
        """A document of the feed, by default its root, which is the view."""
        return NamedNode(f"{self.address}{quote(path, safe='/#')}")


@dataclass(frozen=True)
class Page:
    """A document; `path` is that of its address without the server."""

    path: str
    triples: list[Triple]


def pages(transaction: Transaction, place: Place) -> list[Page]:
    """The pages of a transaction. The first, which there always is, leads to all others.

    The name of a page has a digest of what it says: a page that has to say something else is another page.
    """
    made = transaction.changes
    parts = [made[start : start + MOST] for start in range(0, len(made), MOST)] or [()]
    said = [_members(transaction, part, place) for part in parts]
    rest = [_page(transaction, number, triples, (), place) for number, triples in enumerate(said[1:], 2)]
    return [_page(transaction, 1, said[0], [page.path for page in rest], place), *rest]


def _members(transaction: Transaction, part: Sequence[Change], place: Place) -> list[Triple]:
    found = []
    for one in part:
        node = version_object(one.resource, transaction.name, place.base)
        found += [Triple(place.stream, term("tree:member"), node), *member(one, node, transaction.moment)]
    return found


def _page(transaction: Transaction, number: int, said: list[Triple], others: Sequence[str], place: Place) -> Page:
    start = f"{FEED}/{transaction.name}/{number}"
    unnamed = [*_node(transaction, place.document(start), others, place), *said]
    path = f"{start}-{hashlib.sha256(lines(unnamed)).hexdigest()[:_DIGITS]}"
    return Page(path, [*_node(transaction, place.document(path), others, place), *said])


def _node(transaction: Transaction, node: NamedNode, others: Iterable[str], place: Place) -> list[Triple]:
    return [
        Triple(place.stream, term("tree:view"), place.document()),
        Triple(node, term("rdf:type"), term("tree:Node")),
        Triple(node, term("ldes:immutable"), TRUE),
        *(
            Triple(node, term("dcterms:description"), Literal(reason, language=language))
            for language, reason in transaction.reasons
        ),
        *(triple for number, path in enumerate(others, 2) for triple in _link(node, number, place.document(path))),
    ]


def _link(node: NamedNode, number: int, other: NamedNode) -> list[Triple]:
    relation = NamedNode(f"{node.value}#{number}")
    return [
        Triple(node, term("tree:relation"), relation),
        Triple(relation, term("rdf:type"), term("tree:Relation")),
        Triple(relation, term("tree:node"), other),
    ]
