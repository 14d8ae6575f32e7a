"""The process that loads the data once and forks the workers that answer from it.

Started by the web process as `python -m vesoc.engine`, with its orders as one line of JSON on the standard input; it
answers with one line of JSON on the standard output when it is ready. After that each line of the standard input names
a worker that has turned slow, so that a fresh one takes its place, or says PUBLISH, so that the documents are made, or
PAGES, so that what pages need is made ready; when it closes, the engine ends with its workers.
It stays single-threaded, since a fork keeps only the thread that forks.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from vesoc import confinement, memory
from vesoc.crew import Crew, tried
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.loading import Loading
from vesoc.releases.content import Heading
from vesoc.repertoire import Repertoire
from vesoc.search import shelf
from vesoc.settings import Settings
from vesoc.worker import Worker


def main() -> None:
    """Load, report, supervise; errors that the user can mend go to the web process as JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not (line := _line(sys.stdin.fileno())):  # there is nothing to serve after all
        return None
    orders = json.loads(line)
    loading = Loading(orders)
    chosen, folder = loading.settings, Path(orders["folder"])
    try:
        examination = loading.examination()
        data, told, holdings = loading.load()
        library = loading.library
    except VesocError as error:
        return _report({"error": str(error)})
    memory.trim()  # of what was taken for reading, before there are workers that would have a share in it
    state = loading.state(data, holdings)
    loading.lend(shelf.folder(folder, data.digest))
    repertoire = Repertoire(data, chosen, holdings, library, found=loading.places, folder=folder)
    worker = Worker(orders["socket"], repertoire.operation, chosen.query_memory, confined=loading.confined)
    crew = Crew(worker, orders["ready"])
    ready = {"digest": data.digest, "state": state, "triples": _size(data), **loading.report}
    if loading.prompt:
        crew.begin()
        _report(ready)
    indexed = partial(_write_index, data, folder, loading.niceness)
    if not loading.pages:
        crew.when_ordered(lambda: _ready_at_leisure(repertoire, indexed, crew))
    elif loading.beside:
        _ready_at_once(repertoire, indexed, loading)
    else:
        _ready_at_leisure(repertoire, indexed, crew)
    if examination and (refusal := examination.refusal()):
        return _report(refusal)
    gc.collect()
    gc.freeze()  # pages of what was loaded stay shared: a collection in a worker does not touch them
    documents = folder / state
    making = partial(_aside, lambda: _publish(data, chosen, told, documents), niceness=5)
    crew.later(making, documents, unasked=not data.large)
    if not loading.prompt:
        _report(ready)
    return crew.run()


def _ready_at_leisure(repertoire: Repertoire, indexed: Callable[[], int], crew: Crew) -> None:
    """Import what pages need; the rest of what the first of them would wait for is made when nobody wants anything."""
    repertoire.prepare()
    crew.after(indexed(), repertoire.search.prepare)
    crew.add(*repertoire.chores())


def _ready_at_once(repertoire: Repertoire, indexed: Callable[[], int], loading: Loading) -> None:
    """Make all that pages need before there are workers, while another engine serves."""
    repertoire.prepare()
    indexing = indexed()
    loading.behind(lambda: _all_tried(repertoire.chores()))
    os.waitpid(indexing, 0)
    repertoire.search.prepare()


def _all_tried(works: Iterable[Callable[[], None]]) -> None:
    for work in works:
        tried(work)


def _line(stream: int) -> bytes:
    """The next line, and nothing of what comes after it."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(stream, 1)):
        line += byte
    return line


def _publish(data: Dataset, chosen: Settings, told: Heading | None, documents: Path) -> None:
    """Make what is published beside answers, but for what another engine has made of the same state."""
    from vesoc import publisher

    if not documents.is_dir():
        publisher.publish(data, chosen, told, documents)


def _size(data: Dataset) -> int:
    """The number of triples as VoID has it, or for others' data, which nobody has counted yet, that of quads."""
    if data.size is not None:
        return data.size
    return data.counted.triples if data.counted else len(data.store)


def _write_index(data: Dataset, folder: Path, niceness: int) -> int:
    """Have the index of search made; gives the process that does so."""
    from vesoc.search import index

    return _aside(lambda: index.build(data.store, data.base, shelf.folder(folder, data.digest)), niceness)


def _aside(work: Callable[[], None], niceness: int) -> int:
    """Have a process of its own do some work, so that nobody waits for it; it tells of an error on its own."""
    process = os.fork()
    if process == 0:
        try:
            confinement.die_with_parent()
            os.nice(niceness)
            work()
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(0)
    return process


def _report(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
