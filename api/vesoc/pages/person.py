"""The page of a person, which keeps to decision 0003: the name, the public posts, and what was signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import measures
from vesoc.pages.kind import Kind
from vesoc.pages.spans import Chart, Mark, Span, chart
from vesoc.pages.values import Passage, Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Post:
    """The holding of a post: `start` and `end` are days, the last one included; empty where the graph has none."""

    link: Value
    person: Value | None
    organisation: Value | None
    period: Value | None
    start: str
    end: str
    registers: list[Value]


@dataclass(frozen=True)
class SignatureRow:
    """A signature; `function` is as the document prints it, `order` its place in the printed list."""

    link: Value
    agreement: Value | None
    period: Value | None
    day: str
    person: Value | None
    organisation: Value | None
    function: str | None
    printed: str | None
    order: int
    posts: list[Value]
    passages: tuple[Passage, ...]


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    held = posts(view, view.subjects("org:member", node))
    signed = signature_rows(view, view.subjects("vesoc:signedBy", node))
    return {"posts": held, "signatures": signed, "chart": _chart(held, signed), "elsewhere": elsewhere(view, node)}


def posts(view: View, nodes: Iterable[NamedNode]) -> list[Post]:
    """Holdings of posts, the first ones first."""
    return sorted((post(view, node) for node in nodes), key=lambda one: (one.start, one.link.text, one.link.iri))


def post(view: View, node: NamedNode) -> Post:
    """One holding of a post."""
    period = view.one(node, "org:memberDuring")
    return Post(
        view.link(node),
        view.linked(node, "org:member"),
        view.linked(node, "org:organization"),
        view.linked(node, "org:memberDuring"),
        _text(view, period, "dcat:startDate") or "",
        _text(view, period, "dcat:endDate") or "",
        view.links(node, "vesoc:recordedAs"),
    )


def signature_rows(view: View, nodes: Iterable[NamedNode]) -> list[SignatureRow]:
    """Signatures by the day of the agreement, then in the order in which they are printed."""
    return [signature_row(view, node) for node in sorted(nodes, key=lambda node: _place(view, node))]


def _place(view: View, node: NamedNode) -> tuple[str, str, int]:
    agreement = view.one(node, "vesoc:signs")
    return measures.day(view, agreement) if agreement else "", str(agreement), order(view, node)


def signature_row(view: View, node: NamedNode) -> SignatureRow:
    """One signature."""
    agreement = view.one(node, "vesoc:signs")
    return SignatureRow(
        link=view.link(node),
        agreement=view.linked(node, "vesoc:signs"),
        period=view.linked(agreement, "vesoc:agreedDuring") if agreement else None,
        day=measures.day(view, agreement) if agreement else "",
        person=view.linked(node, "vesoc:signedBy"),
        organisation=view.linked(node, "vesoc:onBehalfOf"),
        function=_text(view, node, "vesoc:functionAsPrinted"),
        printed=_text(view, node, "vesoc:printedAs"),
        order=order(view, node),
        posts=view.links(node, "vesoc:inCapacityOf"),
        passages=view.passages_of(node),
    )


def order(view: View, node: NamedNode) -> int:
    """The place of a signature in the printed list; 0 where it is not known."""
    found = _text(view, node, "vesoc:order")
    return int(found) if found else 0


def elsewhere(view: View, node: NamedNode) -> list[str]:
    """The addresses under which others speak of the same."""
    return [value.value for value in view.values(node, "rdfs:seeAlso") if isinstance(value, NamedNode)]


def _text(view: View, node: Any, name: str) -> str | None:
    found = view.one(node, name) if node is not None else None
    return str(found.value) if found is not None else None


def _chart(held: list[Post], signed: list[SignatureRow]) -> Chart | None:
    spans = [Span(one.link.text, one.start, one.end) for one in held if one.start]
    marks = {row.day: row.agreement.text for row in signed if row.day and row.agreement}
    return chart(spans, [Mark(text, day) for day, text in marks.items()])


PERSON = Kind(
    "things/person.html",
    sections,
    elsewhere=("rdfs:seeAlso",),
    quiet=("org:member", "vesoc:signedBy"),
)
