"""What a worker answers to those who want an overview: its page, or the answer to one of its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from vesoc import replies, sparql
from vesoc.dataset import Dataset
from vesoc.errors import Problem
from vesoc.formats import ANSWERS, HTML, SPARQL_QUERY, by_suffix
from vesoc.labels import Labels
from vesoc.library import Library, bare
from vesoc.overviews.choosing import chosen, options
from vesoc.overviews.overview import Answer, Chosen, Overview, Part
from vesoc.overviews.register import OVERVIEWS
from vesoc.pages.view import View
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.settings import Settings
from vesoc.templating import render
from vesoc.words import KINDS, LANGUAGES
from vesoc.worker import Operation


@dataclass(frozen=True)
class Offer:
    """How a part of a page can be had otherwise: its addresses by suffix, and its SPARQL."""

    title: str
    addresses: Mapping[str, str]
    text: str

    @property
    def query(self) -> str:
        """The SPARQL as a parameter of an address."""
        return urlencode({"query": self.text}, safe="/:?(),;!$*'@=")


class Overviews:
    """Overviews from one store, whose questions stand in the library."""

    def __init__(self, data: Dataset, library: Library, settings: Settings) -> None:
        self._store = data.store
        self._base = data.base
        self._labels = {language: Labels(data.store, data.base, language) for language in LANGUAGES}
        self._queries = {query.name: query for query in library}
        self._settings = settings

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {"overview": self.overview}

    def overview(self, request: dict[str, Any], reply: Reply) -> None:
        """An overview by name, as a page; or one of its parts as JSON or CSV or the SPARQL of it."""
        found = OVERVIEWS[request["name"]]
        reader = Reader.from_document(request["reader"])
        view = View(self._store, self._base, self._labels[reader.language], reader)
        choices = chosen(found, [(name, value) for name, value in request["asked"]], view)
        form = by_suffix(request["suffix"], ANSWERS)
        if form is None or any(part.query not in self._queries for part in found.parts):
            raise Problem(404, f"there is no such overview: {found.name}")
        if replies.unchanged(request, reply):
            return
        if form is HTML:
            replies.send(request, reply, HTML, self._page(found, choices, view))
        else:
            text = self._text(_part(found, choices, request["part"]), found, choices, view)
            if form is SPARQL_QUERY:
                replies.send(request, reply, form, text.encode())
            else:
                sparql.answer(self._store, sparql.Query(text, form.types[0]), self._settings, reply, own=True)

    def _page(self, found: Overview, choices: Chosen, view: View) -> bytes:
        answers = {part.name: self._answer(part, found, choices, view) for part in _asked(found, choices)}
        values = found.show(view, answers, choices)
        return render(
            found.template,
            view.reader,
            title=found.title,
            overview=found,
            chosen=choices,
            forms=[(choice, options(choice, view)) for choice in found.choices],
            offers=[_offer(found, answer, choices, view.reader.language) for answer in answers.values()],
            kind_names=KINDS,
            **values,
        ).encode()

    def _answer(self, part: Part, found: Overview, choices: Chosen, view: View) -> Answer:
        text = self._text(part, found, choices, view)
        with sparql.run(self._store, sparql.Query(text), self._settings, own=True) as results:
            names = [variable.value for variable in results.variables]
            return Answer(part, text, [{name: row[name] for name in names} for row in results])

    def _text(self, part: Part, found: Overview, choices: Chosen, view: View) -> str:
        """The SPARQL of a part with what was chosen, in the reader's language."""
        query = self._queries[part.query]
        own = {parameter.name for parameter in query.parameters}
        values = {choice.variable: choices.iris.get(choice.name, "") for choice in found.choices}
        values |= {"language": view.reader.language}
        return bare(query.filled({name: value for name, value in values.items() if name in own}))


def _asked(found: Overview, choices: Chosen) -> list[Part]:
    """The parts that go with what was chosen."""
    made = [part for part in found.parts if all(map(choices.get, part.needs))]
    return [part for part in made if not any(map(choices.get, part.unless))]


def _part(found: Overview, choices: Chosen, name: str | None) -> Part:
    """The part of that name, or the first; Problem 404 where there is none that goes with what was chosen."""
    asked = {part.name: part for part in _asked(found, choices)}
    if name is not None and name not in asked:
        raise Problem(404, f"there is no part {name!r} of this; there are {', '.join(asked)}")
    return asked[name] if name else next(iter(asked.values()))


def _offer(found: Overview, answer: Answer, choices: Chosen, language: str) -> Offer:
    fields = urlencode([*choices.values.items(), ("part", answer.part.name), ("lang", language)], safe="/")
    addresses = {suffix: f"{found.path}.{suffix}?{fields}" for suffix in ("csv", "json", "rq")}
    return Offer(answer.part.title, addresses, answer.text)
