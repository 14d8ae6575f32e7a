"""SIGHUP: a wish for new data, or the end of the terminal that the server was started on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Hangups:
    """Remembers the signal until somebody takes the wishes; an `attended` server ends with its terminal."""

    def __init__(self, *, attended: bool) -> None:
        self._attended = attended
        self._pending = False

    def remember(self, *_: Any) -> None:
        """The handler of the signal before there is an event loop."""
        self._pending = True

    @property
    def orphaned(self) -> bool:
        """Whether the terminal is gone that the server is to end with."""
        return self._attended and not has_terminal()

    @contextmanager
    def taken(self, wish: Callable[[], None]) -> Iterator[None]:
        """Have the event loop call `wish` for each signal, and at once for those before."""
        loop = asyncio.get_running_loop()
        try:
            loop.add_signal_handler(signal.SIGHUP, self._hung_up, wish)
        except (RuntimeError, ValueError):  # not the main thread, which alone is told of signals
            yield
            return
        if self._pending:
            self._hung_up(wish)
        try:
            yield
        finally:
            loop.remove_signal_handler(signal.SIGHUP)
            signal.signal(signal.SIGHUP, self.remember)

    def _hung_up(self, wish: Callable[[], None]) -> None:
        if self.orphaned:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            wish()


@contextmanager
def caught() -> Iterator[Hangups]:
    """Catch the signal from now on; where it was ignored before (nohup), the server outlives its terminal."""
    before = signal.getsignal(signal.SIGHUP)
    found = Hangups(attended=has_terminal() and before != signal.SIG_IGN)
    try:
        signal.signal(signal.SIGHUP, found.remember)
    except ValueError:  # not the main thread
        yield found
        return
    try:
        yield found
    finally:
        signal.signal(signal.SIGHUP, before or signal.SIG_DFL)


def has_terminal() -> bool:
    """Whether the process has a terminal that controls it."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK))
    except OSError:
        return False
    return True
