"""Pages for people: one thing, a list of things, the ontology, the first page; in nl and en."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from vesoc import resource
from vesoc.description import Counts
from vesoc.formats import RESOURCES
from vesoc.labels import Labels
from vesoc.templating import templates
from vesoc.words import KINDS, LANGUAGES, words

_FIRST = ("rdf:type", "dcterms:description", "skos:definition", "skos:scopeNote")
_TITLES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")


@dataclass(frozen=True)
class Value:
    """One value on a page: a link where it has an address, else a text with its language."""

    text: str
    href: str | None = None
    language: str | None = None
    iri: str | None = None


@dataclass
class Row:
    """A property and its values; `total` is larger than their number where some are left out."""

    name: Value
    values: list[Value] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Passage:
    """Where a statement stands in its source."""

    link: Value
    source: str
    section: str
    item: str | None
    start: str | None
    end: str | None


class Pages:
    """Pages from one store; made before the workers fork, so that they share the templates."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base
        self._templates = templates()
        found = resource.kinds(store, base)
        self._kinds = [kind for kind in KINDS if kind in found]
        for name in self._templates.list_templates():
            self._templates.get_template(name)

    def resource(self, iri: str, language: str) -> bytes:
        """One thing: what is said of it, where that stands, and who points to it."""
        view = _View(self._store, self._base, language)
        node = NamedNode(iri)
        return self._render(
            "resource.html",
            language,
            iri=iri,
            title=view.labels.of(node),
            rows=view.rows(node),
            passages=view.passages(node),
            incoming=view.incoming(node),
            forms=[form.suffix for form in RESOURCES],
            path=view.href(iri),
        )

    def listing(self, prefix: str, things: list[NamedNode], language: str) -> bytes:
        """All things of one kind, by label."""
        view = _View(self._store, self._base, language)
        values = sorted((view.link(thing) for thing in things), key=lambda value: value.text.casefold())
        kind = prefix.rstrip("/").rsplit("/", 1)[-1]
        title = KINDS[kind][LANGUAGES.index(language)] if kind in KINDS else kind
        return self._render("listing.html", language, title=title, values=values)

    def ontology(self, triples: list[Triple], language: str) -> bytes:
        """The terms of the ontology with label and definition."""
        view = _View(self._store, self._base, language)
        namespace = f"{self._base}ns#"
        subjects = {triple.subject for triple in triples}
        terms = sorted((s for s in subjects if isinstance(s, NamedNode) and s.value.startswith(namespace)), key=str)
        rows = [(term.value.removeprefix(namespace), view.labels.of(term), view.definition(term)) for term in terms]
        return self._render("ontology.html", language, title="VESOC", terms=rows, forms=[f.suffix for f in RESOURCES])

    def home(self, counts: Counts, language: str) -> bytes:
        """What this is, the agreements, the kinds of things, and the endpoint."""
        view = _View(self._store, self._base, language)
        agreements = [view.link(thing) for thing in resource.listed(self._store, f"{self._base}id/akkoord/")]
        return self._render(
            "home.html",
            language,
            title="VESOC",
            agreements=agreements,
            kinds={kind: KINDS[kind][LANGUAGES.index(language)] for kind in self._kinds},
            counts=counts,
        )

    def _render(self, template: str, language: str, **values: Any) -> bytes:
        page = self._templates.get_template(template)
        return page.render(language=language, words=words(language), **values).encode()


class _View:
    """Nodes of the store as values on a page, in one language."""

    def __init__(self, store: Store, base: str, language: str) -> None:
        self.labels = Labels(store, base, language)
        self._store = store
        self._base = base

    def href(self, iri: str) -> str:
        """The address of a thing: on this server for our own, else its IRI."""
        own = iri.removeprefix(self._base)
        if own == iri:
            return iri
        return f"/{own}" if own.startswith("ns") else f"/doc/{own.removeprefix('id/')}"

    def link(self, node: NamedNode) -> Value:
        """A thing by its label, with its address where it has one that can be followed."""
        followable = node.value.startswith(("http://", "https://"))
        return Value(self.labels.of(node), self.href(node.value) if followable else None, iri=node.value)

    def definition(self, node: NamedNode) -> str:
        """The definition in the reader's language."""
        found = self.labels.best(self.labels.values(node, "skos:definition"))
        return found[0].value if found else ""

    def rows(self, node: NamedNode) -> list[Row]:
        """The properties of a thing; labels and evidence stand elsewhere on the page."""
        left_out = {self.labels.term(name) for name in (*_TITLES, "vesoc:hasEvidence")}
        grouped: dict[NamedNode, list[Any]] = defaultdict(list)
        for triple in resource.outgoing(self._store, node.value):
            if triple.subject == node and triple.predicate not in left_out:
                grouped[triple.predicate].append(triple.object)
        return [self._row(predicate, grouped[predicate]) for predicate in self._ordered(grouped)]

    def passages(self, node: NamedNode) -> list[Passage]:
        """The passages that bear the thing out, in the order of the text."""
        found = [self._passage(evidence) for evidence in self.labels.values(node, "vesoc:hasEvidence")]
        return sorted(found, key=lambda passage: (passage.source, int(passage.start or 0)))

    def incoming(self, node: NamedNode) -> list[Row]:
        """Who points to the thing, by property."""
        return [
            Row(self.link(group.predicate), [self.link(s) for s in group.subjects], group.total)
            for group in resource.incoming(self._store, node.value)
        ]

    def _ordered(self, predicates: Iterable[NamedNode]) -> list[NamedNode]:
        first = {self.labels.term(name): place for place, name in enumerate(_FIRST)}
        return sorted(predicates, key=lambda p: (first.get(p, len(first)), self.labels.of(p).casefold()))

    def _row(self, predicate: NamedNode, objects: list[Any]) -> Row:
        things = sorted((self.link(o) for o in objects if isinstance(o, NamedNode)), key=lambda v: v.text.casefold())
        texts = [Value(text.value, language=text.language) for text in self.labels.best(objects)]
        others = [Value(str(o)) for o in objects if not isinstance(o, NamedNode | Literal)]
        return Row(self.link(predicate), things + texts + others)

    def _passage(self, evidence: NamedNode) -> Passage:
        def one(node: NamedNode, name: str) -> Any:
            return next(iter(self.labels.values(node, name)), None)

        def text(node: NamedNode, name: str) -> str | None:
            found = one(node, name)
            return found.value if found is not None else None

        selector = one(evidence, "oa:hasSelector") or evidence
        source = one(evidence, "oa:hasSource")
        return Passage(
            self.link(evidence),
            self.labels.of(source) if source else "",
            text(evidence, "vesoc:sectionPath") or "",
            text(evidence, "vesoc:bulletNumber"),
            text(selector, "oa:start"),
            text(selector, "oa:end"),
        )
