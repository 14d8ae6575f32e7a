"""The snapshots of the data: the one that requests read from, the next while it is loaded, and those before it."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from vesoc import places, source
from vesoc.errors import VesocError
from vesoc.lanes import Slow
from vesoc.settings import Settings
from vesoc.snapshot import Snapshot
from vesoc.supervisor import Refused

Result = TypeVar("Result")
_MOST_LEAVING = 3  # engines that are kept for those who still read from them; the next load waits for one to end
_FOLDERS = re.compile(r"""(?<![^\s'"(\[<=,])/(?:[^\s/'"]+/)*(?=[^\s/])""")  # of an absolute path, but not of an IRI


@dataclass(frozen=True)
class Orders:
    """What is served: the folder of our own graph, or other people's files.

    With `validate`, a new state of our graph is held against its shapes before it is served; with `watch`, a change of
    the files is reason enough to load them anew.
    """

    root: Path | None
    data: tuple[Path, ...] = ()
    validate: bool = False
    watch: bool = False

    @property
    def watched(self) -> list[Path]:
        """The folders in which a change may count."""
        return source.folders(places.find(self.root)) if self.root else sorted({path.parent for path in self.data})


class Pool:
    """Starts the first engine at once; requests read from `current`."""

    def __init__(self, settings: Settings, orders: Orders) -> None:
        self._settings = settings
        self.orders = orders
        self._folder = tempfile.TemporaryDirectory(prefix="vesoc-")
        self._slow = Slow(settings.query_places, settings.query_queue, settings.query_memory_total)
        self._generations = count(1)
        self._leaving: set[asyncio.Task[None]] = set()
        self._changed: Callable[[int], None] = lambda generation: None
        self._outdated: Callable[[], None] = lambda: None
        generation = next(self._generations)
        try:
            self.current = self._launched(generation, self._ordered(generation))
        except BaseException:
            self._folder.cleanup()
            raise

    @property
    def own(self) -> bool:
        """Whether our own graph is served, and not other people's data."""
        return self.orders.root is not None

    async def start(self, changed: Callable[[int], None], outdated: Callable[[], None]) -> None:
        """Wait for the data; VesocError where it cannot be loaded.

        `changed` is told the generation of each snapshot that is used from then on; `outdated` is called where the data
        of the current one is no longer there.
        """
        self._changed, self._outdated = changed, outdated
        await self.current.start(partial(self._lost, self.current.generation))
        changed(self.current.generation)

    async def renew(self, *, even_same: bool = True) -> bool:
        """Load the data anew, and use it from then on; Refused where it cannot be served, and the old one stays.

        Whether it did so: files that have not changed since are left unless `even_same`. The reason of a refusal names
        files without the folders that the server has them in.
        """
        while len(self._leaving) >= _MOST_LEAVING:
            await asyncio.wait(self._leaving, return_when=asyncio.FIRST_COMPLETED)
        generation = next(self._generations)
        try:
            return await self._renewed(generation, even_same)
        except VesocError as error:
            raise Refused(self._public(str(error), generation), getattr(error, "violations", ())) from None

    async def _renewed(self, generation: int, even_same: bool) -> bool:
        used = False
        try:
            ordered = await _finished(partial(self._ordered, generation, beside=True))
            if even_same or ordered["source"] is None or ordered["source"] != self.current.source:
                self._use(await self._prepared(generation, ordered))
                used = True
            return used
        finally:
            if not used:
                await asyncio.to_thread(shutil.rmtree, self._root(generation), ignore_errors=True)

    async def _prepared(self, generation: int, ordered: dict[str, Any]) -> Snapshot:
        """A snapshot that can answer."""
        snapshot = self._launched(generation, ordered)
        try:
            await snapshot.start(partial(self._lost, generation))
            await snapshot.prepare()
        except BaseException:
            await snapshot.stop()
            raise
        return snapshot

    def _lost(self, generation: int) -> None:
        """What an engine had to serve is no longer there; for one that leaves, there is no need of it."""
        if generation == self.current.generation:
            self._outdated()

    async def stop(self) -> None:
        """End all engines and their workers."""
        for task in self._leaving:
            task.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self.current.stop()
        self._folder.cleanup()

    def _public(self, text: str, generation: int) -> str:
        own = _graph(self._root(generation)), self.orders.root, *(path.parent for path in self.orders.data)
        for folder in own:
            if folder and folder.is_absolute():
                text = text.replace(f"{folder}/", "")
        return _FOLDERS.sub("", text)

    def _use(self, snapshot: Snapshot) -> None:
        """From now on; the one before it stays for those who read from it."""
        snapshot.follow(self.current)
        old, self.current = self.current, snapshot
        self._changed(snapshot.generation)
        task = asyncio.create_task(_retired(old))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    def _launched(self, generation: int, ordered: dict[str, Any]) -> Snapshot:
        return Snapshot(self._settings, ordered, self._slow, self._root(generation), generation)

    def _root(self, generation: int) -> Path:
        return Path(self._folder.name) / str(generation)

    def _ordered(self, generation: int, *, beside: bool = False) -> dict[str, Any]:
        """What the engine of a generation is told, its copy of our files made; `beside` another one, it goes behind it.

        The first is validated by who starts the server, or not at all.
        """
        folder, chosen = self._root(generation), self._settings
        folder.mkdir()
        told: dict[str, Any] = {"root": None, "source": None, "data": [str(path) for path in self.orders.data]}
        if self.orders.root:
            found = source.copy(places.find(self.orders.root), _graph(folder))
            told |= {"root": str(found.root), "source": source.digest(found)}
            chosen = chosen.with_values(root=found.root)
        validate = self.orders.validate and beside
        return {**told, "settings": chosen.document(), "validate": validate, "beside": beside}


def _graph(folder: Path) -> Path:
    """Where the copy of our files is."""
    return folder / "graph"


async def _finished(work: Callable[[], Result]) -> Result:
    """What some work gives, in a thread. Nothing stops a thread: who is cancelled waits until it has ended."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise


async def _retired(snapshot: Snapshot) -> None:
    """End a snapshot once nobody reads from it."""
    try:
        await snapshot.vacated()
    finally:
        await snapshot.stop()
