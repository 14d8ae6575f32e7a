"""The progress of what takes long: a bar with the time that is left on a terminal, some lines in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from vesoc.commands.common import ERR

Tell = Callable[[str, int, int], None]  # what is being done, and how much of how much; 0 where nobody knows
_PAUSE = 15  # seconds between two lines of a log on the same step
_GLANCE = 0.1  # seconds between two looks of a terminal


@contextmanager
def told() -> Iterator[Tell]:
    """What a work tells its steps to, which are printed on the standard error."""
    if not ERR.is_terminal:
        yield Log().tell
        return
    columns = BarColumn(), Bytes(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn()
    with Progress(TextColumn("{task.description:<10}"), *columns, console=ERR) as progress:
        yield Bar(progress).tell


class Bytes(DownloadColumn):
    """How many bytes of how many; nothing where nobody knows."""

    def render(self, task: Task) -> Text:
        """The column of a step."""
        return super().render(task) if task.total else Text()


class Bar:
    """A bar for each step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._step = ""
        self._task = TaskID(0)
        self._shown = 0.0

    def tell(self, step: str, done: int, total: int) -> None:
        """Show how far a step is."""
        if step != self._step:
            self._end()
            self._step, self._task = step, self._progress.add_task(step, total=total or None)
        elif done < total and time.monotonic() < self._shown + _GLANCE:
            return
        self._shown = time.monotonic()
        self._progress.update(self._task, completed=done)

    def _end(self) -> None:
        """Leave of the step before only how long it took."""
        if self._step:
            self._progress.stop_task(self._task)
            self._progress.update(self._task, total=self._progress.tasks[self._task].completed)


class Log:
    """A line when a step begins, and another one now and then."""

    def __init__(self) -> None:
        self._step = ""
        self._told = 0.0

    def tell(self, step: str, done: int, total: int) -> None:
        """Print a line where there is news."""
        new = step != self._step
        if not new and time.monotonic() < self._told + _PAUSE:
            return
        size = f" {decimal(total)}" if total else ""
        part = size if new else f" {done * 100 // max(total, 1)} % of{size}"
        ERR.print(f"vesoc: {step}{part}", markup=False)
        self._step, self._told = step, time.monotonic()
