"""The values of every page about a thing: its name, trail, descriptions, properties, passages and who points to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc import profiles, resource
from vesoc.addresses import with_query
from vesoc.formats import HTML, RESOURCES
from vesoc.pages.kind import Kind
from vesoc.pages.values import Passage, Row, Statement, Value
from vesoc.pages.view import View
from vesoc.profiles import VESOC
from vesoc.words import KINDS

_TITLES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")
_OTHER_NAMES = ("skos:altLabel", "skos:hiddenLabel")
_DESCRIPTIONS = ("dcterms:description", "skos:definition", "skos:scopeNote", "rdfs:comment")
_SHOWN = (*_TITLES, *_OTHER_NAMES, *_DESCRIPTIONS, "vesoc:hasEvidence", "owl:deprecated", "dcterms:isReplacedBy")
_DEEPEST = 12  # steps of a trail


@dataclass(frozen=True)
class Inner:
    """A thing that has no document of its own, for its IRI is that of another with a fragment."""

    fragment: str
    title: Value
    rows: list[Row]


@dataclass(frozen=True)
class Thing:
    """What every page about a thing shows; `path` is the address of its document, `forms` its other forms by suffix."""

    iri: str
    path: str
    title: Value
    kind: str | None
    trail: list[Value]
    descriptions: list[Statement]
    names: list[Value]
    rows: list[Row]
    inner: list[Inner]
    incoming: list[Row]
    passages: list[Passage]
    deprecated: bool
    replaced_by: list[Value]
    forms: dict[str, str]

    def alternates(self) -> list[tuple[str, str]]:
        """The media types and addresses of its other forms."""
        return [(form.types[0], self.forms[form.suffix]) for form in RESOURCES if form.suffix in self.forms]


def thing(view: View, node: NamedNode, kind: Kind) -> Thing:
    """What every page about a thing shows, of one thing."""
    own, path = view.passages_of(node), address(view, node)
    segment = _kind(view.kind(node.value))
    told = ("rdf:type",) if segment else ()  # the page says it above its title
    rows = view.rows(node, (*_SHOWN, *told, *kind.elsewhere), ("rdf:type", *kind.first))
    return Thing(
        iri=node.value,
        path=path,
        title=view.link(node),
        kind=segment,
        trail=trail(view, node),
        descriptions=[Statement(text, own) for name in _DESCRIPTIONS for text in view.texts(node, name)],
        names=[text for name in _OTHER_NAMES for text in view.texts(node, name)],
        rows=rows,
        inner=_inner(view, f"{node.value}#", rows),
        incoming=_incoming(view, node, path, _quiet(view, kind)),
        passages=view.passages,
        deprecated=any(flag.value == "true" for flag in view.values(node, "owl:deprecated")),
        replaced_by=view.links(node, "dcterms:isReplacedBy"),
        forms={form.suffix: profiles.address(path, VESOC, form) for form in RESOURCES if form is not HTML},
    )


def _inner(view: View, start: str, rows: Iterable[Row]) -> list[Inner]:
    """The things of that beginning that the rows name, and those that their own rows name."""
    found: dict[str, Inner] = {}
    waiting = _named(start, rows)
    while waiting:
        iri = waiting.pop(0)
        if iri not in found:
            node = NamedNode(iri)
            found[iri] = Inner(iri.removeprefix(start), view.link(node), view.rows(node, _TITLES))
            waiting += _named(start, found[iri].rows)
    return list(found.values())


def _named(start: str, rows: Iterable[Row]) -> list[str]:
    values = [statement.value.iri or "" for row in rows for statement in row.statements]
    return [iri for iri in values if iri.startswith(start)]


def address(view: View, node: NamedNode) -> str:
    """The address of the document about a thing, ours or not."""
    path = view.href(node.value)
    return path if path.startswith("/") else with_query("/resource", {"uri": node.value})


def trail(view: View, node: NamedNode) -> list[Value]:
    """What the thing is a part of, or narrower than, or in the scheme of: the outermost first."""
    steps: list[NamedNode] = []
    above = _above(view, node)
    while above is not None and above not in steps and len(steps) < _DEEPEST:
        steps.append(above)
        above = _above(view, above)
    return [view.link(step) for step in reversed(steps)]


def _above(view: View, node: NamedNode) -> Any:
    names = ("dcterms:isPartOf", "skos:broader", "skos:inScheme", "vesoc:signs")
    return next((found for name in names if isinstance(found := view.one(node, name), NamedNode)), None)


_COUNTING = ("void:class", "void:property")  # by which the parts of VoID point to what they count


def _kind(segment: str | None) -> str | None:
    return segment if segment in KINDS else None


def _quiet(view: View, kind: Kind) -> tuple[str, ...]:
    """The properties whose subjects the sections show: these go by agreement, so in data without any they are empty."""
    return kind.quiet if view.subjects("rdf:type", view.term("vesoc:Agreement")) else ()


def _incoming(view: View, node: NamedNode, path: str, quiet: Iterable[str]) -> list[Row]:
    left_out = {view.term(name) for name in (*quiet, *_COUNTING)}
    return [
        Row(
            view.inverse(group.predicate),
            [Statement(view.link(subject)) for subject in group.subjects],
            group.total,
            group.predicate.value,
            with_query(path, {"property": group.predicate.value}),
        )
        for group in resource.incoming(view.store, node.value)
        if group.predicate not in left_out
    ]
