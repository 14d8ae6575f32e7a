"""Patterns looked up in an engine elsewhere: what is known of a thing is asked for once, and kept for a while.

Whoever finds many things by a pattern goes on to ask for each of them: the first of these questions fetches the next
ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from cachetools import LRUCache
from pyoxigraph import BlankNode, Quad

from vesoc.remote.reading import Reading

_KEPT = 200_000  # statements that are kept for the next page
_TOGETHER = 100  # things that are fetched at a time
_Key = tuple[Any, Any, Any]


class Lookups:
    """The part of a store that answers patterns. With a subject, all that is said of it is fetched."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: LRUCache[_Key, tuple[Quad, ...]] = LRUCache(_KEPT, lambda quads: len(quads) + 1)
        self._next: dict[Any, None] = {}  # things that were found last, and of which nothing has been fetched yet

    def matching(self, subject: Any, predicate: Any, value: Any, graph: Any) -> Iterator[Quad]:
        """The statements that fit; None fits everything."""
        if subject is None and predicate is None and value is None:
            return self._reading.whole() if graph is None else self._reading.graph(graph)
        if subject is None:
            found = self._found(predicate, value)
        else:
            said = self._said(subject)
            found = tuple(q for q in said if predicate in (None, q.predicate) and value in (None, q.object))
        return iter(found if graph is None else tuple(quad for quad in found if quad.graph_name == graph))

    def _found(self, predicate: Any, value: Any) -> tuple[Quad, ...]:
        """What fits a pattern without a subject."""
        key = (None, predicate, value)
        known = self._known.get(key)
        if known is None:
            known = self._keep(key, self._reading.matching(*key))
        self._next = {
            quad.subject: None for quad in known if (quad.subject, None, None) not in self._known and _has_name(quad)
        }
        return known

    def _said(self, subject: Any) -> tuple[Quad, ...]:
        """What is said of a thing."""
        key = (subject, None, None)
        known = self._known.get(key)
        if known is not None:
            return known
        if subject not in self._next:
            return self._keep(key, self._reading.matching(*key))
        together = {subject: None, **dict.fromkeys(islice(self._next, _TOGETHER))}
        said = {each: self._keep((each, None, None), quads) for each, quads in self._reading.about(together).items()}
        for each in together:
            self._next.pop(each, None)
        return said[subject]

    def _keep(self, key: _Key, quads: Iterable[Quad]) -> tuple[Quad, ...]:
        found = tuple(quads)
        if len(found) < _KEPT:
            self._known[key] = found
        return found


def _has_name(quad: Quad) -> bool:
    return not isinstance(quad.subject, BlankNode)
