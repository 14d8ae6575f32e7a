"""Who points to a thing by one property, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from vesoc import resource
from vesoc.pages.view import View


def incoming(view: View, node: NamedNode, query: Mapping[str, str], page: int) -> dict[str, Any]:
    """What that page shows; `query` is that of its address, with the `property`."""
    group = resource.incoming(view.store, node.value, query["property"], page, resource.LISTED)[0]
    return {
        "subject": view.link(node),
        "property": view.inverse(group.predicate),
        "links": [view.link(subject) for subject in group.subjects],
        "total": group.total,
        "page": page,
        "last": resource.pages(group.total, resource.LISTED),
        "query": query,
    }
