"""What commands share: where they print, the graph that they load, and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from vesoc import dataset, graphs, places
from vesoc.graphs import GraphFile
from vesoc.settings import Settings

_WIDE = 240  # columns where the output is no terminal, so that nothing is cut
OUT = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)


def load(chosen: Settings, data: list[Path] | None = None) -> dataset.Dataset:
    """Our graph, or other people's files."""
    with progress("reading") as step:
        if data:
            return dataset.build_given(graphs.given_files(data), chosen.base, step)
        files = graphs.own_files(places.find(chosen.root))
        return dataset.build_own(files, chosen.base, chosen.address, step)


@contextmanager
def progress(what: str) -> Iterator[Callable[[GraphFile], None]]:
    """Progress by files on a terminal, on the standard error; quiet elsewhere."""
    with steps(what) as step:
        yield lambda file: step(file.path.name)


@contextmanager
def steps(what: str) -> Iterator[Callable[[str], None]]:
    """Progress on a terminal, on the standard error; quiet elsewhere."""
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as progress:
        task = progress.add_task(what)
        yield lambda step: progress.update(task, description=f"{what} {step}")
