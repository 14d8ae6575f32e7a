"""One command at a time in a folder: of the releases, of the builds."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vesoc.errors import VesocError

LOCK = ".lock"


@contextmanager
def held(folder: Path, commands: str = "vesoc export or redact") -> Iterator[None]:
    """Hold the folder; VesocError where another process does, OSError where it is not there or not to be written.

    The file of the lock stays: were it taken away, two processes could each hold one of that name.
    """
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise VesocError(f"another {commands} is at work in {folder}; wait until it is done") from None
        yield
