"""All pages about data, from one store: made before the workers fork, so that they share the templates."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Store, Triple

from vesoc import resource
from vesoc.description import Counts
from vesoc.formats import RESOURCES
from vesoc.labels import Labels
from vesoc.pages import register
from vesoc.pages.home import home
from vesoc.pages.thing import thing
from vesoc.pages.view import View
from vesoc.reader import Reader
from vesoc.templating import render, templates
from vesoc.words import KINDS, LANGUAGES


class Pages:
    """Pages from one store."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base
        self._labels = {language: Labels(store, base, language) for language in LANGUAGES}
        found = resource.kinds(store, base)
        self._kinds = [kind for kind in KINDS if kind in found]
        for name in templates().list_templates():
            templates().get_template(name)

    def resource(self, iri: str, reader: Reader) -> bytes:
        """One thing: what is said of it, where that stands, and who points to it."""
        view, node = self.view(reader), NamedNode(iri)
        kind = register.kind_of(view, node)
        sections = kind.sections(view, node)
        whole = thing(view, node, kind)
        return self._render(kind.template, reader, title=whole.title.text, thing=whole, **sections)

    def listing(self, prefix: str, things: list[NamedNode], reader: Reader) -> bytes:
        """All things of one kind, by label."""
        values = self.view(reader).by_label(things)
        kind = prefix.rstrip("/").rsplit("/", 1)[-1]
        return self._render("listing.html", reader, title=kind, kind=kind, values=values)

    def ontology(self, triples: list[Triple], reader: Reader) -> bytes:
        """The terms of the ontology with label and definition."""
        view = self.view(reader)
        namespace = f"{self._base}ns#"
        subjects = {triple.subject for triple in triples}
        terms = sorted((s for s in subjects if isinstance(s, NamedNode) and s.value.startswith(namespace)), key=str)
        rows = [
            (term.value.removeprefix(namespace), view.link(term), view.text(term, "skos:definition")) for term in terms
        ]
        return self._render("ontology.html", reader, title="VESOC", terms=rows, forms=[f.suffix for f in RESOURCES])

    def home(self, counts: Counts, reader: Reader) -> bytes:
        """What this is, the agreements, the overviews, the kinds of things, and the endpoint."""
        view = self.view(reader)
        return self._render("home.html", reader, title="VESOC", counts=counts, kinds=self._kinds, **home(view))

    def view(self, reader: Reader) -> View:
        """What the store holds, for a reader."""
        return View(self._store, self._base, self._labels[reader.language], reader)

    def _render(self, template: str, reader: Reader, **values: Any) -> bytes:
        return render(template, reader, kind_names=KINDS, **values).encode()
