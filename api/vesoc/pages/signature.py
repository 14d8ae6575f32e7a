"""The page of a signature: who signed what, for whom, in which posts, and how the document prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import person
from vesoc.pages.kind import Kind
from vesoc.pages.values import Value
from vesoc.pages.view import View


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page; `before` and `after` are its neighbours in the printed list, which has `count`."""
    row = person.signature_row(view, node)
    listed = _listed(view, node)
    place = listed.index(node) if node in listed else 0
    return {
        "row": row,
        "posts": person.posts(view, (one for one in view.values(node, "vesoc:inCapacityOf"))),
        "count": len(listed),
        "before": _neighbour(view, listed, place - 1),
        "after": _neighbour(view, listed, place + 1),
    }


def _listed(view: View, node: NamedNode) -> list[NamedNode]:
    """The signatures under the same agreement, as they are printed."""
    agreement = view.one(node, "vesoc:signs")
    found = view.subjects("vesoc:signs", agreement) if agreement is not None else []
    return sorted(found, key=lambda one: person.order(view, one))


def _neighbour(view: View, listed: list[NamedNode], place: int) -> Value | None:
    """The signature there, by the name alone, for all stand under the same agreement."""
    if not 0 <= place < len(listed):
        return None
    printed = view.text(listed[place], "vesoc:printedAs")
    link = view.link(listed[place])
    return replace(link, text=printed.text) if printed else link


SIGNATURE = Kind(
    "things/signature.html",
    sections,
    elsewhere=tuple(
        f"vesoc:{name}"
        for name in ("signs", "signedBy", "onBehalfOf", "order", "printedAs", "functionAsPrinted", "inCapacityOf")
    ),
)
