"""All pages about data, from one store: made before the workers fork, so that they share the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from vesoc import resource
from vesoc.catalogues import translation
from vesoc.formats import RESOURCES
from vesoc.holdings import Holdings
from vesoc.labels import Labels
from vesoc.pages import measures, register
from vesoc.pages.citation import Citation
from vesoc.pages.constraints import Constraints
from vesoc.pages.home import home
from vesoc.pages.incoming import incoming
from vesoc.pages.kind import Kind
from vesoc.pages.ontology import ontology
from vesoc.pages.panels import Panels
from vesoc.pages.thing import thing
from vesoc.pages.view import Ranks, View
from vesoc.reader import Reader
from vesoc.settings import Settings
from vesoc.statistics import Counts
from vesoc.templating import render, templates
from vesoc.words import KINDS, LANGUAGES


class Pages:
    """Pages from one store; `known` are the kinds of its things, where they need not be looked for.

    Of a `large` store nothing is made in advance that takes the longer the more it holds.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        digest: str = "",
        shapes: Path | None = None,
        known: frozenset[str] | None = None,
        *,
        holdings: Holdings | None = None,
        large: bool = False,
    ) -> None:
        self._store = store
        self._base = settings.base
        self._settings = settings
        self._labels = {language: Labels(store, settings.base, language) for language in LANGUAGES}
        self._panels = Panels(store, settings, digest)
        self._holdings = holdings or Holdings(store, settings)
        self._constraints = Constraints(shapes)
        self._large = large
        self._ranks: Callable[[], Ranks] = cache(self._sought if large else self._ranked)
        found = resource.kinds(store, settings.base) if known is None else known
        self._kinds = [kind for kind in KINDS if kind in found]
        for language in LANGUAGES:
            translation(language)
        for name in templates().list_templates():
            templates().get_template(name)

    def chores(self) -> list[Callable[[], Any]]:
        """What the first page of some kind would have to make, each thing by itself."""
        if self._large:
            return [self._constraints.warm]
        return [self._ranks, self._panels.warm, self._holdings.warm, self._constraints.warm]

    def resource(self, iri: str, reader: Reader) -> bytes:
        """One thing: what is said of it, where that stands, and who points to it."""
        view, node = self.view(reader), NamedNode(iri)
        try:
            return self._thing(view, node, register.kind_of(view, node))
        except Exception:
            if self._panels.own:
                raise
            # A page made for a kind counts on the shapes, which other people's data need not follow.
            return self._thing(self.view(reader), node, register.PLAIN)

    def _thing(self, view: View, node: NamedNode, kind: Kind) -> bytes:
        sections = kind.sections(view, node)
        whole = thing(view, node, kind)
        panels = self._panels.of(view, node)
        return self._render(kind.template, view.reader, title=whole.title.text, thing=whole, **sections, **panels)

    def incoming(self, iri: str, query: Mapping[str, str], page: int, reader: Reader) -> bytes:
        """One page of those that point to a thing by the `property` of the query."""
        view, node = self.view(reader), NamedNode(iri)
        return self._render("incoming.html", reader, title=view.link(node).text, **incoming(view, node, query, page))

    def alternates(self, iri: str, offers: Any, reader: Reader) -> bytes:
        """What there is to be had of a thing: profiles with the media types and addresses of their formats."""
        title = self.view(reader).link(NamedNode(iri)).text
        return self._render("alternates.html", reader, title=title, iri=iri, offers=offers)

    def listing(
        self, prefix: str, things: list[NamedNode], reader: Reader, page: int, query: Mapping[str, str]
    ) -> bytes:
        """The things of one kind, by label, one page of them; `query` is what the addresses of the others have too."""
        values = self.view(reader).by_label(things)
        kind = prefix.rstrip("/").rsplit("/", 1)[-1]
        last = resource.pages(len(values), resource.LISTED)
        start = (page - 1) * resource.LISTED
        shown = values[start : start + resource.LISTED]
        numbers = {"total": len(values), "page": page, "last": last, "query": query}
        scheme = self.view(reader).link(NamedNode(f"{self._base}id/conceptscheme/{kind}"))
        of_scheme = prefix == f"{self._base}id/concept/{kind}/"
        title = scheme.text if of_scheme else kind
        named = {"kind": kind, "scheme": scheme if of_scheme else None}
        return self._render("listing.html", reader, title=title, values=shown, **named, **numbers)

    def ontology(self, reader: Reader) -> bytes:
        """The classes and properties of the ontology."""
        view, node = self.view(reader), NamedNode(f"{self._base}ns")
        values = {"title": view.link(node).text, "iri": node.value, "forms": [form.suffix for form in RESOURCES]}
        panels = {"cite": self._panels.citation(view, node), "entry_data": self._panels.entry(node.value)}
        return self._render("ontology.html", reader, **panels, **values, **ontology(view, self._constraints))

    def home(self, counts: Counts, reader: Reader) -> bytes:
        """What this is, the agreements, the overviews, the kinds of things, and the endpoint."""
        view = self.view(reader)
        whole = f"{self._base}id/dataset/vesoc"
        values = {
            "counts": counts,
            "kinds": self._kinds,
            "address": self._settings.address,
            "entry": self._panels.entry(whole) if resource.known(self._store, whole) else None,
        }
        return self._render("home.html", reader, title="VESOC", **values, **home(view, large=self._large))

    def citation(self, node: NamedNode, reader: Reader) -> Citation | None:
        """How to cite a thing, in the language of the reader."""
        return self._panels.citation(self.view(reader), node)

    def view(self, reader: Reader) -> View:
        """What the store holds, for a reader."""
        labels = self._labels[reader.language]
        return View(self._store, self._base, labels, reader, holdings=self._holdings, ranks=self._ranks)

    def _ranked(self) -> Ranks:
        return measures.ranked(self.view(Reader(LANGUAGES[0])))

    def _sought(self) -> Ranks:
        return measures.Sought(lambda: self.view(Reader(LANGUAGES[0])))

    def _render(self, template: str, reader: Reader, **values: Any) -> bytes:
        return render(template, reader, kind_names=KINDS, **values).encode()
