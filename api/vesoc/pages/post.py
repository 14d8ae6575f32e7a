"""The page of a post that somebody held: who, where, from when to when, and what was signed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import person
from vesoc.pages.kind import Kind
from vesoc.pages.view import View


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """The parts of the page."""
    return {
        "post": person.post(view, node),
        "sources": view.links(node, "dcterms:source"),
        "signatures": person.signature_rows(view, view.subjects("vesoc:inCapacityOf", node)),
    }


POST = Kind(
    "things/post.html",
    sections,
    elsewhere=("org:member", "org:organization", "org:memberDuring", "vesoc:recordedAs", "dcterms:source"),
    quiet=("vesoc:inCapacityOf",),
)
