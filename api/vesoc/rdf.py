"""Triples of one store as bytes, in each RDF format."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, serialize

from vesoc.formats import JSON_LD, N_QUADS, TRIG, Format
from vesoc.jsonld.document import document, whole
from vesoc.jsonld.layouts import EXPANDED, LINKED
from vesoc.jsonld.vocabulary import Vocabulary
from vesoc.serialisation import used, written

_DEFAULT = DefaultGraph()


class Writer:
    """Writes triples of a store; `address` is that of the server, with a slash at the end."""

    def __init__(self, store: Store, base: str, address: str) -> None:
        self._store = store
        self._base = base
        self._context = f"{address}ns/context.jsonld"

    def write(self, triples: list[Triple], form: Format, layout: str | None = None) -> bytes:
        """The triples in `form`; where the format has graphs, in the default graph and in the named graph of each.

        `layout` is that of `jsonld.layouts`, for JSON-LD only, which has the definitions of its terms in it by default.
        """
        if form is JSON_LD and layout != EXPANDED:
            return self._json(triples, layout)
        return self._engine(triples, form)

    def context(self) -> bytes:
        """The context of our JSON-LD."""
        return whole(self._vocabulary)

    def warm(self) -> None:
        """Make the terms of the context."""
        self.context()

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._store, self._base)

    def _json(self, triples: list[Triple], layout: str | None) -> bytes:
        """An object always: without our terms where the triples cannot be said in them."""
        found = document(self._vocabulary, triples, self._context if layout == LINKED else None)
        return written(triples, JSON_LD, self._base) if found is None else found

    def _engine(self, triples: list[Triple], form: Format) -> bytes:
        statements = self._in_graphs(triples) if form in (N_QUADS, TRIG) else triples
        assert isinstance(form.engine, RdfFormat)
        return serialize(statements, format=form.engine, prefixes=used(triples, self._base)) or b""

    def _in_graphs(self, triples: Iterable[Triple]) -> list[Quad]:
        quads = []
        for triple in triples:
            found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            # As in the whole dataset, the default graph has them too: some clients ask for quads and look nowhere else.
            quads += [Quad(triple.subject, triple.predicate, triple.object)]
            quads += [quad for quad in found if quad.graph_name != _DEFAULT]
        return sorted(quads, key=str)
