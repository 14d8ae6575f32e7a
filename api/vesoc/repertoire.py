"""What a worker can be asked: queries at once, and all else when it is imported, which takes longer than small data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vesoc import sparql
from vesoc.dataset import Dataset
from vesoc.holdings import Holdings
from vesoc.library import Library
from vesoc.places import Places
from vesoc.reply import Reply
from vesoc.settings import Settings

if TYPE_CHECKING:  # which take long to import
    from vesoc.answers import Answers
    from vesoc.search.operations import Search
    from vesoc.worker import Operation


class Repertoire:
    """The operations on one dataset; `found` is where our own graph is, `folder` where what is made from it will be."""

    def __init__(
        self,
        data: Dataset,
        settings: Settings,
        holdings: Holdings,
        library: Library,
        *,
        found: Places | None,
        folder: Path,
    ) -> None:
        self._data = data
        self._settings = settings
        self._holdings = holdings
        self._library = library
        self._found = found
        self._folder = folder

    def operation(self, name: str) -> Operation:
        """The operation of that name; the first that is no query waits for the import of all."""
        return self._query if name == "query" else self._others[name]

    def prepare(self) -> None:
        """Import what is not imported yet, so that workers that are forked later share it."""
        self.operation("home")

    def chores(self) -> list[Callable[[], None]]:
        """What the first request of some kind would have to make, each thing by itself."""
        return [*self._answers.chores(), self.search.warm]

    @cached_property
    def search(self) -> Search:
        """The operations that read the index."""
        from vesoc.search.operations import Search

        return Search(self._data, self._settings, self._folder)

    @cached_property
    def _answers(self) -> Answers:
        from vesoc.answers import Answers

        return Answers(self._data, self._settings, self._found, self._holdings)

    @cached_property
    def _others(self) -> Mapping[str, Operation]:
        from vesoc.overviews.book import Overviews

        overviews = Overviews(self._data, self._library, self._settings)
        return {**self._answers.operations(), **self.search.operations(), **overviews.operations()}

    def _query(self, request: dict[str, Any], reply: Reply) -> None:
        query = sparql.Query(request["query"], request["accept"], request["default"], request["named"])
        sparql.answer(self._data.store, query, self._settings, reply)
