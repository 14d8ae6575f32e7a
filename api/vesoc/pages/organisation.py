"""The page of an organisation: what it has to do with which measures, its instruments, posts and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from vesoc.names import ROLES
from vesoc.pages import measures
from vesoc.pages.kind import Kind
from vesoc.pages.person import elsewhere, posts, signature_rows
from vesoc.pages.values import Statement, Value
from vesoc.pages.view import View

SHOWN = 6  # measures of one agreement in one role


@dataclass(frozen=True)
class Share:
    """The measures of one agreement in which an organisation has one role: the first of them, and how many."""

    agreement: Value
    rows: list[measures.Summary]
    total: int
    all: str


@dataclass(frozen=True)
class Role:
    """A role, by the name of its property, in the measures of each agreement; `all` is the list of the measures."""

    name: str
    shares: list[Share]
    total: int
    all: str


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    return {
        "roles": [role for name in ROLES if (role := _role(view, node, name)).total],
        "agreements": [view.link(agreement) for agreement in measures.agreements(view)],
        "instruments": _instruments(view, node),
        "posts": posts(view, view.subjects("org:organization", node)),
        "elsewhere": elsewhere(view, node),
        "signatures": signature_rows(view, view.subjects("vesoc:onBehalfOf", node)),
        "parties": [Statement(view.link(one), view.passages_of(one)) for one in view.subjects("vesoc:hasParty", node)],
    }


def _role(view: View, node: NamedNode, name: str) -> Role:
    known: dict[Any, NamedNode | None] = {}
    by_agreement: dict[NamedNode, list[NamedNode]] = {agreement: [] for agreement in measures.agreements(view)}
    for measure in view.subjects(f"vesoc:{name}", node):
        agreement = measures.agreement_of(view, measure, known)
        if view.is_a(measure, "vesoc:Measure") and agreement:
            by_agreement[agreement].append(measure)
    for found in by_agreement.values():
        found.sort(key=lambda measure: measures.place(view, measure, known) or ())
    shares = [_share(view, node, name, agreement, found) for agreement, found in by_agreement.items()]
    return Role(name, shares, sum(share.total for share in shares), _listed(node, name))


def _share(view: View, node: NamedNode, name: str, agreement: NamedNode, found: list[NamedNode]) -> Share:
    shown = [replace(measures.summary(view, one), passages=_passages(view, one, name, node)) for one in found[:SHOWN]]
    return Share(view.link(agreement), shown, len(found), _listed(node, name, measures.code(agreement)))


def _passages(view: View, measure: NamedNode, name: str, node: NamedNode) -> Any:
    claimed = view.claimed(measure).get((view.term(f"vesoc:{name}"), node))
    return claimed or view.passages_of(measure)


def _listed(node: NamedNode, name: str, agreement: str | None = None) -> str:
    """The address of the list of the measures in which an organisation has a role, in one agreement or in all."""
    fields = {"kind": "Measure", "actor": measures.code(node), "role": name}
    return f"/search?{urlencode({**fields, 'agreement': agreement} if agreement else fields)}"


def _instruments(view: View, node: NamedNode) -> list[Statement]:
    found = [one for one in view.subjects("vesoc:isResponsibilityOf", node) if view.is_a(one, "vesoc:Instrument")]
    rows = [Statement(view.link(one), _passages(view, one, "isResponsibilityOf", node)) for one in found]
    return sorted(rows, key=lambda row: row.value.text.casefold())


ORGANISATION = Kind(
    "things/organisation.html",
    sections,
    elsewhere=("rdfs:seeAlso",),
    first=("dcterms:type", "org:identifier"),
    quiet=(
        *(f"vesoc:{name}" for name in ROLES),
        "vesoc:onBehalfOf",
        "vesoc:hasParty",
        "org:organization",
    ),
)
