"""Several web processes at one address: started, watched and started again, told of signals; each has its own engine.

Each is started as `python -m vesoc.processes` with its orders on the standard input, and listens for itself
(SO_REUSEPORT), so that the kernel deals connections out; of one socket for all, the first to wake takes what is there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace

from vesoc import confinement, hangups, journal, server
from vesoc.errors import VesocError
from vesoc.hangups import Hangups
from vesoc.pool import Orders
from vesoc.settings import Settings

_CANNOT = 2  # the exit code of what cannot run
_INTERRUPTED = 128 + signal.SIGINT  # that of what was interrupted, as shells give it
_LEAST, _MOST = 0.5, 30.0  # seconds until a process that ended is started again: twice as long each time
_LIVED = 30.0  # seconds after which it counts as one that had been running well
_BEYOND = 10  # seconds that the end may take beside what requests may
_STOPPING = (signal.SIGINT, signal.SIGTERM)
_SIGNALS = (*_STOPPING, signal.SIGHUP, signal.SIGCHLD)
_LOG = logging.getLogger("vesoc.processes")


def run(settings: Settings, orders: Orders, hung_up: Hangups) -> None:
    """Serve by several processes until interrupted; VesocError where the address cannot be taken or none can start."""
    kept, settings = server.listen(settings)
    journal.begin()
    # Held back from here on, a signal is neither lost nor does it come at a moment that does not suit. A process that
    # is started has them held back as well, until it can take them.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        number = _Crew(settings, orders).watch(hung_up)
    finally:
        kept.close()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    signal.raise_signal(number)


@dataclass
class _Member:
    """One of the processes, or the place of one that has ended."""

    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0  # by the monotonic clock: when it was started
    due: float = 0.0  # when it is to be started
    wait: float = field(default=_LEAST)
    code: int | None = None  # with which the last one ended

    def ended(self) -> bool:
        """Whether the process has ended since the last look."""
        if self.process is None or self.process.poll() is None:
            return False
        if time.monotonic() - self.since > _LIVED:
            self.wait = _LEAST / 2
        self.code, self.process = self.process.returncode, None
        self.put_off()
        return True

    def put_off(self) -> None:
        """Have the next one started after twice as long as the last time."""
        self.wait = min(self.wait * 2, _MOST)
        self.due = time.monotonic() + self.wait


class _Crew:
    def __init__(self, settings: Settings, orders: Orders) -> None:
        self._settings = settings
        self._orders = orders
        self._members = [_Member() for _ in range(settings.processes)]

    def watch(self, hung_up: Hangups) -> int:
        """Keep them running until a signal says to stop, and end them; that signal."""
        try:
            while True:
                self._bury()
                self._start()
                number = self._signal(self._next() - time.monotonic())
                if number == signal.SIGHUP and not hung_up.orphaned:
                    self._tell(number)
                elif number in (*_STOPPING, signal.SIGHUP):
                    return self._stop(signal.SIGTERM if number == signal.SIGHUP else number)
        finally:
            self._tell(signal.SIGKILL)

    def _start(self) -> None:
        """Start what is due."""
        for member in self._members:
            if member.process is None and member.due <= time.monotonic():
                again = member.code is not None
                try:
                    member.process, member.since = self._started(again), time.monotonic()
                except OSError as error:  # the computer has no memory or no process left, which others may give back
                    member.put_off()
                    _LOG.error(json.dumps({"error": f"a web process cannot be started: {error}"}))

    def _started(self, again: bool) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "vesoc.processes"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        assert process.stdin
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:  # it may have ended already
            pickle.dump((self._settings, replace(self._orders, again=again), os.getpid()), pipe)
        return process

    def _bury(self) -> None:
        """Look who has ended; VesocError where none is left that could start."""
        for member in self._members:
            if member.ended():
                told = {"code": member.code, "seconds": round(member.wait, 1)}
                _LOG.error(json.dumps({"error": "a web process ended; another is started", **told}))
        if all(member.process is None and member.code == _CANNOT for member in self._members):
            raise VesocError("none of the processes can start; each has told why")

    def _next(self) -> float:
        """When the next one is to be started."""
        return min((member.due for member in self._members if member.process is None), default=time.monotonic() + 60)

    def _signal(self, seconds: float) -> int | None:
        told = signal.sigtimedwait(_SIGNALS, max(seconds, 0))
        return told.si_signo if told else None

    def _tell(self, number: int) -> None:
        for member in self._members:
            if member.process and member.process.poll() is None:
                member.process.send_signal(number)

    def _stop(self, number: int) -> int:
        """Have them end; who is told twice goes at once."""
        self._tell(number)
        until = time.monotonic() + self._settings.stop_delay + self._settings.stop_timeout + _BEYOND
        while any(member.process and member.process.poll() is None for member in self._members):
            if time.monotonic() > until:
                break
            again = self._signal(until - time.monotonic())
            if again in _STOPPING:
                self._tell(signal.SIGINT)
        return number


def main() -> None:
    """Be one of the processes."""
    settings, orders, parent = pickle.load(sys.stdin.buffer)
    with hangups.caught() as caught:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        confinement.die_with_parent(signal.SIGTERM)
        if os.getppid() != parent:
            return
        try:
            server.serve(settings, orders, caught, server.shared(settings))
        except VesocError as error:
            print(f"vesoc: {error}", file=sys.stderr, flush=True)
            sys.exit(_CANNOT)
        except KeyboardInterrupt:  # told to go, and has gone
            sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
