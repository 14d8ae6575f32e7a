"""An engine's process before it has orders: it imports what it needs while others find out what it is to load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Start = Callable[[], "subprocess.Popen[bytes]"]


def started() -> subprocess.Popen[bytes]:
    """A new one, which waits for its orders."""
    command = [sys.executable, "-m", "vesoc.engine"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)


@contextmanager
def waiting() -> Iterator[Start]:
    """Start one now, for the first who asks; who asks later gets a new one. It ends where nobody has asked."""
    spare = [started()]
    try:
        yield lambda: spare.pop() if spare else started()
    finally:
        for process in spare:
            process.kill()
            process.communicate()
