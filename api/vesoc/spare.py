"""An engine's process before it has orders: it imports what it needs while others find out what it is to load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

Start = Callable[[], "subprocess.Popen[bytes]"]


def started() -> subprocess.Popen[bytes]:
    """A new one, which waits for its orders."""
    command = [sys.executable, "-m", "vesoc.engine"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)


class Spare:
    """One that is started now, for the first who asks; who asks later gets a new one."""

    def __init__(self) -> None:
        self._waiting = [started()]

    def __call__(self) -> subprocess.Popen[bytes]:
        """A process that waits for its orders; whoever asks for it ends it."""
        return self._waiting.pop() if self._waiting else started()

    def end(self) -> None:
        """End the one that waits, if nobody has asked for it."""
        while self._waiting:
            process = self._waiting.pop()
            process.kill()
            process.communicate()
