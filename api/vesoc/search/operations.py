"""What a worker answers to those who search: lists as pages and data, and suggestions."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import orjson
from pyoxigraph import Literal, NamedNode, Triple

from vesoc import links, resource
from vesoc.catalogues import translation
from vesoc.dataset import Dataset
from vesoc.errors import Problem
from vesoc.formats import CSV, HTML, RESOURCES, Format, by_suffix
from vesoc.labels import Labels
from vesoc.names import PREFIXES
from vesoc.pages.view import View
from vesoc.rdf import Writer
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.search.highlight import Marker
from vesoc.search.language import stem
from vesoc.search.listing import Desk, Listing
from vesoc.search.page import page
from vesoc.search.question import SUGGESTIONS, Question, read
from vesoc.search.results import Lines
from vesoc.search.shelf import Shelf, folder
from vesoc.settings import Settings
from vesoc.templating import number, render
from vesoc.words import KINDS, LANGUAGES
from vesoc.worker import Operation

MOST_ROWS = 10_000  # of a list as data
_MOST_SUGGESTIONS = 8
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_COLUMNS = ("iri", "kind", "title", "agreement", "part")


class Search:
    """Answers from the index in a folder, which is opened when somebody asks."""

    def __init__(self, dataset: Dataset, settings: Settings, dumps: Path) -> None:
        self._store = dataset.store
        self._base = dataset.base
        self._settings = settings
        self._writer = Writer(dataset.store, dataset.base, settings.address)
        self._folder = folder(dumps, dataset.digest)
        self._labels = {language: Labels(dataset.store, dataset.base, language) for language in LANGUAGES}

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {"search": self.search, "suggest": self.suggest}

    @staticmethod
    def warm() -> None:
        """Load what every worker needs before they fork."""
        import tantivy  # noqa: F401

        for language in LANGUAGES:
            stem("", language)
            number(0, language)
            translation(language)

    def prepare(self) -> None:
        """Take in what workers can share of the index: those that are forked after that find it open."""
        with contextlib.suppress(Problem, OSError, ValueError):
            self._shelf.open()

    def search(self, request: dict[str, Any], reply: Reply) -> None:
        """A list: a page of it, or all of it as data."""
        form = by_suffix(request["suffix"], (HTML, CSV, *RESOURCES)) or HTML
        if request["unchanged"]:
            reply.start({"status": 304})
            return
        question, view = replace(read(request["pairs"]), cut=request["cut"]), self._view(request)
        listing = self._desk.listing(question, view.reader.language)
        layout = request.get("layout")
        body = self._page(listing, view) if form is HTML else self._data(listing, view, form, layout)
        told = {"links": links.field(_links(listing, question, form)), "total": listing.total}
        reply.start({"status": 200, "type": form.media_type, "suffix": form.suffix, **told})
        reply.write(body)

    def suggest(self, request: dict[str, Any], reply: Reply) -> None:
        """What a text that is being typed may become: names, kinds and addresses, as OpenSearch has them."""
        if request["unchanged"]:
            reply.start({"status": 304})
            return
        view = self._view(request)
        lines = Lines(view, Marker(()))
        found = self._desk.begun(request["text"], view.reader.language)
        shown = {line.link.text: line for line in (lines.line(*each) for each in found)}
        chosen = list(shown.values())[:_MOST_SUGGESTIONS]
        names, kinds = [line.link.text for line in chosen], [line.sort for line in chosen]
        addresses = [urljoin(self._settings.address, line.link.href or line.link.iri) for line in chosen]
        reply.start({"status": 200, "type": SUGGESTIONS.media_type, "suffix": SUGGESTIONS.suffix})
        reply.write(orjson.dumps([request["text"], names, kinds, addresses]))

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self._folder, self._shelf)

    @cached_property
    def _shelf(self) -> Shelf:
        if not self._folder.is_dir():
            raise Problem(503, "the search index is being made", kind="loading", headers={"Retry-After": "2"})
        return Shelf(self._folder)

    def _view(self, request: dict[str, Any]) -> View:
        reader = Reader.from_document(request["reader"])
        return View(self._store, self._base, self._labels[reader.language], reader)

    def _page(self, listing: Listing, view: View) -> bytes:
        return render("search.html", view.reader, kind_names=KINDS, **page(listing, view)).encode()

    def _data(self, listing: Listing, view: View, form: Format, layout: str | None) -> bytes:
        things = [NamedNode(iri) for iri, _ in listing.things(MOST_ROWS)]
        if form is CSV:
            return self._table(listing, view)
        collection = NamedNode(urljoin(self._settings.address, listing.question.address()))
        triples = [
            Triple(collection, NamedNode(f"{PREFIXES['rdf']}type"), NamedNode(f"{_HYDRA}Collection")),
            Triple(collection, NamedNode(f"{_HYDRA}totalItems"), Literal(listing.total)),
            *(Triple(collection, NamedNode(f"{_HYDRA}member"), thing) for thing in things),
            *resource.outlines(self._store, things),
        ]
        return self._writer.write(triples, form, layout)

    def _table(self, listing: Listing, view: View) -> bytes:
        """The list as RFC 4180 has tables."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        lines = Lines(view, Marker(()))
        for iri, kind in listing.things(MOST_ROWS):
            node = NamedNode(iri)
            around = [value.text for value in lines.around(node)]
            whole, part = [*around[:1], ""][0], " > ".join(around[1:])
            writer.writerow([iri, lines.sort(kind), view.labels.of(node), whole, part])
        return text.getvalue().encode()


def _links(listing: Listing, question: Question, form: Format) -> list[links.Link]:
    """The other pages of the list, and its other forms."""
    forms = [*(other for other in (HTML, CSV, *RESOURCES[:1], *RESOURCES[2:3]) if other is not form)]
    alternates = [links.Link(question.address(other.suffix), "alternate", other.types[0]) for other in forms]
    return [*(links.of_pages(listing.pages()) if form is HTML else []), *alternates]
