"""What a worker answers to those who ask by query: the workbench, a question of the library, the terms of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from markupsafe import Markup
from pyoxigraph import Store

from vesoc import replies, snippets, sparql
from vesoc.catalogues import translation
from vesoc.charts.bars import Names
from vesoc.charts.rows import Columns, for_rows
from vesoc.formats import HTML, JSON
from vesoc.library import CHOICES
from vesoc.pages.book import Pages
from vesoc.pages.results import PAGE_WEIGHT, WORKBENCH_WEIGHT, Table, table, without_echoes
from vesoc.pages.terms import terms
from vesoc.pages.view import View
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.settings import Settings
from vesoc.templating import euro, number, render
from vesoc.worker import Operation

_ = str  # marks texts for the catalogue
_MOST_CHOICES = 300


class Asked:
    """Pages with the answers to queries, from one store."""

    def __init__(self, store: Store, pages: Pages, settings: Settings) -> None:
        self._store = store
        self._pages = pages
        self._settings = settings

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {"workbench": self.workbench, "question": self.question, "terms": self.terms}

    def workbench(self, request: dict[str, Any], reply: Reply) -> None:
        """The workbench with the answer to a query; `values` are the other values of the page."""
        if not replies.unchanged(request, reply):
            view = self._view(request)
            asked = request["query"]
            values = {**request["values"], **(self._answer(view, asked, WORKBENCH_WEIGHT) if asked else {})}
            replies.send(request, reply, HTML, render("workbench.html", view.reader, **values).encode())

    def question(self, request: dict[str, Any], reply: Reply) -> None:
        """The page of a query of the library; `choices` names where the values of its parameters come from."""
        if not replies.unchanged(request, reply):
            view = self._view(request)
            choices = {name: _choices(view, source) for name, source in request["choices"].items()}
            answer = self._answer(view, request["query"], PAGE_WEIGHT)
            whole = without_echoes(answer["table"])
            drawing = _drawing(view, request["values"], whole)
            values = {**request["values"], "choices": choices, **answer, "table": whole, "drawing": drawing}
            replies.send(request, reply, HTML, render("query.html", view.reader, **values).encode())

    def terms(self, request: dict[str, Any], reply: Reply) -> None:
        """What an editor may offer, as JSON."""
        if not replies.unchanged(request, reply):
            replies.send(request, reply, JSON, orjson.dumps(terms(self._view(request))))

    def _view(self, request: dict[str, Any]) -> View:
        return self._pages.view(Reader.from_document(request["reader"]))

    def _answer(self, view: View, text: str, weight: int) -> dict[str, Any]:
        """The table of the answer, and how others would ask."""
        return {"table": self._table(view, text, weight), **copies(text, self._settings)}

    def _table(self, view: View, text: str, weight: int) -> Table:
        with sparql.run(self._store, sparql.Query(text), self._settings) as results:
            return table(view, results, text, weight)


def copies(text: str, settings: Settings) -> dict[str, Any]:
    """The query as a shell and as Python would send it."""
    endpoint, kind = f"{settings.address}sparql", sparql.Query(text).kind or "SELECT"
    return {"curl": snippets.curl(endpoint, text, kind), "python": snippets.python(endpoint, text, kind)}


def _drawing(view: View, values: dict[str, Any], whole: Table) -> Markup | None:
    """The chart that the header of the query asks for."""
    if not values.get("chart") or whole.form != "table":
        return None
    say = translation(view.reader.language).gettext
    title = str(values.get("title", ""))
    money = [column.name for column in whole.columns if column.money]
    write = partial(_euro if money else number, language=view.reader.language)
    names = Names("answer", title, say(_("The table below has the same values.")), write)
    columns = Columns([column.name for column in whole.columns], money)
    return for_rows(str(values["chart"]), names, columns, whole.rows)


def _euro(amount: float, language: str) -> str:
    return euro(str(amount), language)


def _choices(view: View, source: str) -> list[tuple[str, str]]:
    """The things that a parameter may name, by label: those of a scheme or class; none where they are too many."""
    things = [row["thing"] for row in view.select(CHOICES.format(source=source))]
    return [(str(thing.iri), thing.text) for thing in view.by_label(things)] if len(things) <= _MOST_CHOICES else []
