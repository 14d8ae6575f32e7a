"""What an engine is ordered to load: our own graph or other people's files, read, counted and held against releases."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vesoc import dataset, description, graphs, places
from vesoc.admission import Examination
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.holdings import Holdings
from vesoc.library import Library
from vesoc.places import Places
from vesoc.releases.content import Heading, heading, stated
from vesoc.settings import Settings

if TYPE_CHECKING:
    from vesoc.remote.opening import Elsewhere

Result = TypeVar("Result")
_BEHIND = 5  # niceness of what is done beside another engine that serves meanwhile


class Loading:
    """The orders of an engine as JSON has them, and what they lead to."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self._orders = orders
        self.settings = Settings.from_document(orders["settings"])
        self.beside: bool = orders["beside"]  # another engine, which serves meanwhile: all is done before this one does
        self.niceness = _BEHIND if self.beside else 0
        self.pages: bool = orders["pages"]  # what pages need is made ready before somebody asks for one

    @cached_property
    def places(self) -> Places | None:
        """Where our own graph is; None where other people's data is served."""
        root = self._orders["root"]
        return places.find(Path(root)) if root and (self.elsewhere is None or self.elsewhere.own) else None

    @cached_property
    def elsewhere(self) -> Elsewhere | None:
        """The engine that has the data, where that is elsewhere; VesocError where it cannot be asked."""
        if self.settings.sparql_url is None:
            return None
        from vesoc.remote.opening import Elsewhere  # which imports much

        return Elsewhere(self.settings)

    @cached_property
    def library(self) -> Library:
        """The library of queries, which go with our own data only."""
        return Library(self.places.queries) if self.places else Library()

    @property
    def build(self) -> Path | None:
        """The build on disk that is opened; None where files are loaded."""
        build = self._orders.get("store")
        return Path(build) if build else None

    @property
    def confined(self) -> bool:
        """Whether workers need no sockets: nobody but them answers."""
        return not self.settings.service_hosts and self.elsewhere is None

    @property
    def report(self) -> dict[str, Any]:
        """What is told of an engine elsewhere: the state of what was pushed there, and whether it is our own graph."""
        told = self.elsewhere.manifest if self.elsewhere else None
        return {"pushed": told.state if told else None, "own": self.places is not None}

    def examination(self) -> Examination | None:
        """The validation of our graph, which begins at once; None where none is ordered."""
        if self.places is None or not self._orders["validate"]:
            return None
        return Examination(self.places, self.settings.base, self.niceness)

    @property
    def prompt(self) -> bool:
        """Whether queries may be answered as soon as the data is loaded.

        Else somebody serves meanwhile, or what is served depends on what is still to be examined or asked elsewhere.
        """
        return not (self.beside or self._orders["validate"] or self.settings.sparql_url)

    def load(self) -> tuple[Dataset, Heading | None, Holdings]:
        """The data, what it says of its version, and the documents that it points into.

        VesocError where it cannot be served.
        """
        return self.behind(self._loaded)

    def behind(self, work: Callable[[], Result]) -> Result:
        """What some work gives that lets others go first where another engine serves.

        It runs in a thread that is gone afterwards: who has lowered a priority may not raise it again, and the workers
        that the process forks would have it as well.
        """
        return _in_thread(work, self.niceness) if self.beside else work()

    def lend(self, folder: Path) -> None:
        """Have a folder hold the index of search, where the build has one; else it is still to be made there."""
        if self.build and not folder.is_dir():
            from vesoc.builds import opening

            opening.lend(self.build, folder)

    def state(self, data: Dataset, holdings: Holdings) -> str:
        """The state of all that answers are made from: pages tell lines of files too, and queries of the library."""
        source, state = self._orders["source"], holdings.state(data.state)
        return hashlib.sha256(f"{state} {source}".encode()).hexdigest() if source else state

    def _loaded(self) -> tuple[Dataset, Heading | None, Holdings]:
        data, told = self._data()
        return data, told, Holdings(data.store, self.settings)

    def _data(self) -> tuple[Dataset, Heading | None]:
        chosen, found = self.settings, self.places
        if self.elsewhere:
            return self.elsewhere.data, self._told_elsewhere(self.elsewhere)
        if build := self.build:
            from vesoc.builds import opening

            data = opening.opened(build, chosen)
            return data, _standing(data, found, chosen) if found else None
        if found is None:
            files = graphs.given_files(Path(path) for path in self._orders["data"])
            return dataset.build_given(files, chosen.base), None
        return own(found, chosen, self.library)

    def _told_elsewhere(self, engine: Elsewhere) -> Heading | None:
        """What our own data says of its version: the files say it, where the data was made of them."""
        if engine.manifest is None or self.places is None:
            return None
        from vesoc.remote import telling

        if self._orders["source"] == engine.manifest.source:
            return _standing(engine.data, self.places, self.settings)
        with contextlib.suppress(VesocError):
            written = telling.written(engine.data.store, engine.manifest)
            return stated(written, self.places, self.settings.base)
        return None


def own(found: Places, chosen: Settings, library: Library) -> tuple[Dataset, Heading | None]:
    """Our own graph in memory, and what it says of its version; VesocError where it cannot be served."""
    limits = description.limits(chosen)
    data = dataset.build_own(graphs.own_files(found), chosen.base, chosen.address, library=library, limits=limits)
    return data, _standing(data, found, chosen)


def _standing(data: Dataset, found: Places, chosen: Settings) -> Heading | None:
    """What the data says of its version; VesocError where it cannot stand beside the releases."""
    if chosen.releases is None:
        with contextlib.suppress(VesocError):  # what says no version of itself is served all the same
            return heading(found, chosen.base)
        return None
    from vesoc import publisher  # which imports much

    told = heading(found, chosen.base)
    publisher.released(data, told, chosen.releases)
    return told


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
