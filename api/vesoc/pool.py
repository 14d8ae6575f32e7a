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
from vesoc.builds.shelf import CURRENT, Shelf
from vesoc.errors import VesocError
from vesoc.lanes import Slow
from vesoc.settings import Settings
from vesoc.snapshot import Guard, Snapshot
from vesoc.spare import Start, started
from vesoc.supervisor import Loaded, Refused

Result = TypeVar("Result")
_MOST_LEAVING = 3  # engines that are kept for those who still read from them; the next load waits for one to end
_FOLDERS = re.compile(r"""(?<![^\s'"(\[<=,])/(?:[^\s/'"]+/)*(?=[^\s/])""")  # of an absolute path, but not of an IRI


@dataclass(frozen=True)
class Orders:
    """What is served: the folder of our own graph, or other people's files, or the current build of a folder.

    With `validate`, a new state of our graph is held against its shapes before it is served; with `watch`, a change of
    the files is reason enough to load them anew. A process that is started `again` finds files that may have changed
    since they were held against the shapes.
    """

    root: Path | None
    data: tuple[Path, ...] = ()
    validate: bool = False
    watch: bool = False
    store: Path | None = None
    again: bool = False

    @property
    def watched(self) -> list[Path]:
        """The folders in which a change may count."""
        if self.store:
            return [self.store]
        return source.folders(places.find(self.root)) if self.root else sorted({path.parent for path in self.data})

    def counts(self, path: Path) -> bool:
        """Whether a change of a path below those folders counts."""
        return path == self.store / CURRENT if self.store else self.root is not None or path in self.data


class Pool:
    """Has the first engine begin at once; requests read from `current`. `engine` gives what waits for orders."""

    def __init__(self, settings: Settings, orders: Orders, engine: Start = started) -> None:
        self._settings = settings
        self._engine = engine
        self.orders = orders
        self._folder = tempfile.TemporaryDirectory(prefix="vesoc-")
        places, memory = settings.query_places, settings.query_memory_total
        self._slow = Slow(places, settings.query_queue, memory, settings.query_keep)
        self._generations = count(1)
        self._leaving: dict[asyncio.Task[None], Snapshot] = {}
        self._restarts = 0  # of engines that have left
        self._paged = False  # whether somebody has asked for more than queries
        self._changed: Callable[[int], None] = lambda generation: None
        self._outdated: Callable[[], None] = lambda: None
        self.guard: Guard = lambda loaded: None  # whom all pass that ask for data
        generation = next(self._generations)
        try:
            self.current = self._launched(generation, self._ordered(generation))
        except BaseException:
            self._folder.cleanup()
            raise

    @property
    def snapshots(self) -> list[Snapshot]:
        """The one that is served, and those before it that somebody still reads from."""
        return [self.current, *self._leaving.values()]

    @property
    def slow(self) -> Slow:
        """The slow requests of all snapshots."""
        return self._slow

    @property
    def restarts(self) -> int:
        """How often an engine ended by itself and was started anew."""
        return self._restarts + sum(snapshot.restarts for snapshot in self.snapshots)

    @property
    def own(self) -> bool:
        """Whether our own graph is served, and not other people's data."""
        return self.current.own

    async def start(self, changed: Callable[[int], None], outdated: Callable[[], None]) -> None:
        """Wait for the data; VesocError where it cannot be loaded.

        `changed` is told the generation of each snapshot that is used from then on; `outdated` is called where the data
        of the current one is no longer there.
        """
        self._changed, self._outdated = changed, outdated
        await self.current.start(partial(self._lost, self.current.generation))
        changed(self.current.generation)

    def ready_pages(self) -> None:
        """Have each engine make ready what pages need, from now on; that of our own graph does so unasked."""
        self._paged = True
        self.current.ready_pages()

    async def launch(self) -> None:
        """Begin anew where the first engine could not load the data."""
        generation = next(self._generations)
        ordered = await _finished(partial(self._ordered, generation))
        failed, self.current = self.current, self._launched(generation, ordered)
        await failed.stop()

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
            raise Refused(self.public(str(error), generation), getattr(error, "violations", ())) from None

    async def _renewed(self, generation: int, even_same: bool) -> bool:
        used = False
        try:
            ordered = await _finished(partial(self._ordered, generation, beside=True))
            if even_same or self.current.differs(ordered):
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

    def public(self, text: str, generation: int | None = None) -> str:
        """A reason as everybody may read it: without the folders of files."""
        generation = self.current.generation if generation is None else generation
        given = self.orders.root, self.orders.store, *(path.parent for path in self.orders.data)
        own = _graph(self._root(generation)), *given
        for folder in own:
            if folder and folder.is_absolute():
                text = text.replace(f"{folder}/", "")
        return _FOLDERS.sub("", text)

    def _use(self, snapshot: Snapshot) -> None:
        """From now on; the one before it stays for those who read from it."""
        snapshot.follow(self.current)
        old, self.current = self.current, snapshot
        if self._paged:
            snapshot.ready_pages()
        self._changed(snapshot.generation)
        task = asyncio.create_task(_retired(old))
        self._leaving[task] = old
        task.add_done_callback(self._left)

    def _left(self, task: asyncio.Task[None]) -> None:
        self._restarts += self._leaving.pop(task).restarts

    def _launched(self, generation: int, ordered: dict[str, Any]) -> Snapshot:
        return Snapshot(
            self._settings,
            {**ordered, "pages": self._paged or ordered["root"] is not None},
            self._slow,
            self._root(generation),
            generation,
            guard=self._guarded,
            engine=self._engine,
        )

    def _guarded(self, loaded: Loaded | None) -> None:
        self.guard(loaded)

    def _root(self, generation: int) -> Path:
        return Path(self._folder.name) / str(generation)

    def _ordered(self, generation: int, *, beside: bool = False) -> dict[str, Any]:
        """What the engine of a generation is told, its copy of our files made; `beside` another one, it goes behind it.

        The first is validated by who starts the server, or not at all.
        """
        folder, chosen = self._root(generation), self._settings
        folder.mkdir()
        told: dict[str, Any] = {"root": None, "source": None, "data": [str(path) for path in self.orders.data]}
        if self.orders.store:
            told |= _built(self.orders.store, chosen)
            chosen = chosen.with_values(root=told["root"] and Path(told["root"]))
        elif self.orders.root:
            found = source.copy(places.find(self.orders.root), _graph(folder))
            told |= {"root": str(found.root), "source": source.digest(found)}
            chosen = chosen.with_values(root=found.root)
        validate = self.orders.validate and (beside or self.orders.again)
        # Where an engine elsewhere has new data the old is told of no longer: nobody is served meanwhile.
        behind = beside and chosen.sparql_url is None
        return {**told, "settings": chosen.document(), "validate": validate, "beside": behind}


def _built(store: Path, chosen: Settings) -> dict[str, Any]:
    """What an engine is told of the current build; VesocError where it may not be opened."""
    from vesoc.builds import opening  # which imports more than other starts need

    build = Shelf(store).current()
    manifest = opening.checked(build, chosen.base)
    root = str(build / opening.GRAPH) if manifest.own else None
    return {"store": str(build), "root": root, "source": manifest.source}


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
