"""What an engine is ordered to load: our own graph or other people's files, read, counted and held against releases."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from vesoc import dataset, description, graphs, places
from vesoc.admission import Examination
from vesoc.answers import Answers
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.library import Library
from vesoc.places import Places
from vesoc.releases.content import Heading, heading
from vesoc.settings import Settings

Result = TypeVar("Result")
_BEHIND = 5  # niceness of what is done beside another engine that serves meanwhile


class Loading:
    """The orders of an engine as JSON has them, and what they lead to."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self._orders = orders
        self.settings = Settings.from_document(orders["settings"])
        self.beside: bool = orders["beside"]  # another engine, which serves meanwhile: all is done before this one does
        self.niceness = _BEHIND if self.beside else 0

    @cached_property
    def places(self) -> Places | None:
        """Where our own graph is; None where other people's data is served."""
        return None if self._orders["data"] else places.find(Path(self._orders["root"]))

    @cached_property
    def library(self) -> Library:
        """The library of queries, which go with our own data only."""
        return Library(self.places.queries) if self.places else Library()

    def examination(self) -> Examination | None:
        """The validation of our graph, which begins at once; None where none is ordered."""
        if self.places is None or not self._orders["validate"]:
            return None
        return Examination(self.places, self.settings.base, self.niceness)

    def load(self) -> tuple[Dataset, Heading | None, Answers]:
        """The data, what it says of its version, and what answers from it; VesocError where it cannot be served."""
        return self.behind(self._loaded)

    def behind(self, work: Callable[[], Result]) -> Result:
        """What some work gives that lets others go first where another engine serves.

        It runs in a thread that is gone afterwards: who has lowered a priority may not raise it again, and the workers
        that the process forks would have it as well.
        """
        return _in_thread(work, self.niceness) if self.beside else work()

    def state(self, answers: Answers) -> str:
        """The state of all that answers are made from: pages tell lines of files too, and queries of the library."""
        source = self._orders["source"]
        return hashlib.sha256(f"{answers.state} {source}".encode()).hexdigest() if source else answers.state

    def _loaded(self) -> tuple[Dataset, Heading | None, Answers]:
        data, told = self._data()
        return data, told, Answers(data, self.settings, self.places)

    def _data(self) -> tuple[Dataset, Heading | None]:
        chosen, found = self.settings, self.places
        if found is None:
            files = graphs.given_files(Path(path) for path in self._orders["data"])
            return dataset.build_given(files, chosen.base), None
        limits, library = description.limits(chosen), self.library
        data = dataset.build_own(graphs.own_files(found), chosen.base, chosen.address, library=library, limits=limits)
        if chosen.releases is None:
            with contextlib.suppress(VesocError):  # what says no version of itself is served all the same
                return data, heading(found, chosen.base)
            return data, None
        from vesoc import publisher  # which imports much

        told = heading(found, chosen.base)
        publisher.released(data, told, chosen.releases)
        return data, told


def _in_thread(work: Callable[[], Result], niceness: int) -> Result:
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]
