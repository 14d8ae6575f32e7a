"""What a worker answers to those who cite: the entry of one thing for a reference manager."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, Store

from vesoc import replies, resource
from vesoc.errors import Problem
from vesoc.formats import CITATIONS, by_suffix
from vesoc.pages.book import Pages
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.worker import Operation


class Cited:
    """Entries from one store."""

    def __init__(self, store: Store, pages: Pages) -> None:
        self._store = store
        self._pages = pages

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {"citation": self.citation}

    def citation(self, request: dict[str, Any], reply: Reply) -> None:
        """The entry of a thing; 404 where the graph says nothing of it or not what data set it is of."""
        iris, form = request["iris"], by_suffix(request["suffix"], CITATIONS)
        iri = next((iri for iri in iris if resource.known(self._store, iri)), None)
        if form is None or iri is None:
            raise Problem(404, f"the graph says nothing of {iris[-1]}")
        found = self._pages.citation(NamedNode(iri), Reader.from_document(request["reader"]))
        if found is None:
            raise Problem(404, f"the graph does not say of which version of which data set {iri} is")
        replies.send(request, reply, form, found.written(form, date.fromisoformat(request["day"])).encode())
