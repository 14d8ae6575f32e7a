"""A difference for people, with the names of things, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from vesoc.authoring.difference import Change, Difference, Fate, Resource
from vesoc.labels import Labels
from vesoc.names import short

_SIGNS = {Fate.ADDED: "+", Fate.REMOVED: "-", Fate.CHANGED: "~"}
_WORDS = {
    "en": {
        Fate.ADDED: "added",
        Fate.REMOVED: "removed",
        Fate.CHANGED: "changed",
        "resources": "resources",
        "statements": "statements",
        "same": "the two say the same",
        "graph": "moved to another graph",
        "other": "without a kind",
    },
    "nl": {
        Fate.ADDED: "erbij",
        Fate.REMOVED: "weg",
        Fate.CHANGED: "gewijzigd",
        "resources": "dingen",
        "statements": "uitspraken",
        "same": "beide zeggen hetzelfde",
        "graph": "naar een andere graaf verplaatst",
        "other": "zonder soort",
    },
}


class Teller:
    """Tells a difference in a language, nl or en; `full` also tells each statement of what came or went whole."""

    def __init__(self, found: Difference, base: str, language: str, full: bool) -> None:
        self._found = found
        self._full = full
        self._words: dict[str, str] = dict(_WORDS[language])
        self._base = base
        self._labels = [Labels(_store(state.quads), base, language) for state in (found.new, found.old)]

    def text(self) -> Iterator[str]:
        """The lines for people: each resource with what came and went, then the totals."""
        for resource in self._found.resources:
            yield self._heading(resource)
            if self._full or resource.fate is Fate.CHANGED:
                yield from (f"    {line}" for change in resource.changes() for line in self._change(change))
        yield from self._totals()

    def document(self) -> str:
        """JSON: the names of both states, the totals, and each resource with its statements."""
        found = self._found
        totals = {str(fate): found.count(fate) for fate in Fate}
        told = {
            "old": found.old.name,
            "new": found.new.name,
            "resources": totals,
            "statements": {"added": len(found.added), "removed": len(found.removed)},
            "changes": [self._resource(resource) for resource in found.resources],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def _resource(self, resource: Resource) -> dict[str, Any]:
        return {
            "resource": resource.subject.strip("<>"),
            "label": self._name(resource.subject),
            "kind": resource.kind.value if resource.kind else None,
            "fate": str(resource.fate),
            "removed": [_statement(quad) for quad in resource.removed],
            "added": [_statement(quad) for quad in resource.added],
        }

    def _heading(self, resource: Resource) -> str:
        kind = self._label(resource.kind) if resource.kind else self._words["other"]
        number = f"{len(resource.added) + len(resource.removed)} {self._words['statements']}"
        sign, short = _SIGNS[resource.fate], self._short(resource.subject)
        return f"{sign} {self._name(resource.subject)} ({kind}) {short}, {number}"

    def _change(self, change: Change) -> Iterator[str]:
        name = self._label(change.property) + (f" ({change.language})" if change.language else "")
        moved = {quad.triple for quad in change.removed} & {quad.triple for quad in change.added}
        went = [quad for quad in change.removed if quad.triple not in moved]
        came = [quad for quad in change.added if quad.triple not in moved]
        if len(went) == len(came) == 1:
            yield f"{name}: {self._value(went[0])} -> {self._value(came[0])}"
        else:
            yield from (f"- {name}: {self._value(quad)}" for quad in went)
            yield from (f"+ {name}: {self._value(quad)}" for quad in came)
        yield from (f"= {name}: {self._words['graph']}" for _ in moved)

    def _totals(self) -> Iterator[str]:
        found = self._found
        if not (found.added or found.removed):
            yield self._words["same"]
            return
        for kind, counts in found.kinds().items():
            label = self._label(kind) if kind else self._words["other"]
            yield f"{label}: " + ", ".join(f"{counts[fate]} {self._words[fate]}" for fate in Fate if counts.get(fate))
        counted = ", ".join(f"{found.count(fate)} {self._words[fate]}" for fate in Fate)
        statements = f"{self._words['statements']}: +{len(found.added)} -{len(found.removed)}"
        yield f"{self._words['resources']}: {counted}; {statements}"

    def _value(self, quad: Quad) -> str:
        node = quad.object
        if isinstance(node, NamedNode):
            return f"{self._label(node)} {self._short(str(node))}"
        return f"“{node.value}”" if isinstance(node, Literal) else str(node)

    def _name(self, subject: str) -> str:
        return self._label(NamedNode(subject.strip("<>"))) if subject.startswith("<") else subject

    def _label(self, node: NamedNode) -> str:
        """What a node is called in the new state, or in the old one where only that names it."""
        names = [labels.of(node) for labels in self._labels]
        end = node.value.replace("#", "/").rpartition("/")[2]
        return next((name for name in names if name != end), names[0])

    def _short(self, subject: str) -> str:
        iri = subject.strip("<>")
        found = short(iri, self._base)
        return subject if found == iri else found


def _statement(quad: Quad) -> dict[str, str | None]:
    graph = quad.graph_name
    named = graph.value if isinstance(graph, NamedNode | BlankNode) else None
    return {"property": quad.predicate.value, "value": str(quad.object), "graph": named}


def _store(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(Quad(*_parts(quad.triple)) for quad in quads)
    return store


def _parts(triple: Triple) -> tuple[Any, Any, Any]:
    return triple.subject, triple.predicate, triple.object
