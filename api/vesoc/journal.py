"""The log: JSON lines, gathered for a moment so that a busy server writes many of them at once.

They go to the standard error, or to a file that is a new one each day and does not grow old.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import orjson

_SECONDS = 0.05
_VESOC = logging.getLogger("vesoc")
_ACCESS = logging.getLogger("vesoc.access")
_NAME = re.compile(rb"[\w.-]{1,64}")
LOGGERS = {
    "vesoc": logging.INFO,
    "uvicorn.error": logging.WARNING,
    "fastapi": logging.WARNING,
    "opentelemetry": logging.WARNING,
}
Sink = Callable[[str], None]
Make = Callable[[], dict[str, Any] | str]


def _to_standard_error(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Journal(logging.Handler):
    """Writes what is logged while an event loop runs a moment later, else at once; `sink` takes lines."""

    def __init__(self, sink: Sink = _to_standard_error) -> None:
        super().__init__()
        self._sink = sink
        self._lines: deque[tuple[float, str | Make]] = deque()  # threads log as well
        self._due = False
        self._clock = Clock()
        # Why the data cannot be loaded is told in one line at the end.
        self.addFilter(lambda record: not record.getMessage().startswith("Traceback"))

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; what is no JSON becomes some."""
        message = self.format(record) if record.exc_info else record.getMessage()
        self.take(message if message.startswith("{") else json.dumps({"message": message}))

    def take(self, line: str | Make) -> None:
        """Take a line: a JSON object, which is given its moment, or what makes one later, as text or not yet."""
        self._lines.append((time.time(), line))
        if self._due:
            return
        try:
            asyncio.get_running_loop().call_later(_SECONDS, self.flush)
            self._due = True
        except RuntimeError:
            self.flush()

    def flush(self) -> None:
        """Write the lines."""
        self._due = False
        lines = list(self._taken())
        if lines:
            self._sink("\n".join(lines))

    def _taken(self) -> Iterator[str]:
        """The lines that wait; another thread may take some of them."""
        held = self._lines
        with suppress(IndexError):
            while True:
                yield self._written(*held.popleft())

    def _written(self, moment: float, line: str | Make) -> str:
        try:
            made = line if isinstance(line, str) else _text(line())
        except Exception as error:  # others wait behind it
            made = json.dumps({"error": f"this line of the log could not be made: {error!r}"})
        return f'{{"time":"{self._clock.told(moment)}",{made[1:]}'


class Clock:
    """The moment as ISO 8601 has it, in UTC, to the millisecond; on a busy server many lines have the same."""

    def __init__(self) -> None:
        self._millisecond = -1
        self._text = ""

    def told(self, moment: float) -> str:
        """A moment of `time.time`."""
        millisecond = int(moment * 1000)
        if millisecond != self._millisecond:
            second, rest = divmod(millisecond, 1000)
            began = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._millisecond, self._text = millisecond, f"{began}.{rest:03d}Z"
        return self._text


class Names:
    """Identifiers of requests: the one that was sent, or a new one of this process and the number of the request."""

    def __init__(self) -> None:
        self._process = os.urandom(8).hex()
        self._numbers = count(1)

    def of(self, given: bytes) -> str:
        """The identifier of the next request; `given` is what it says itself."""
        if given and _NAME.fullmatch(given):
            return given.decode()
        return f"{self._process}-{next(self._numbers)}"


def write(make: Make) -> None:
    """A line in the access log, made when nobody waits for it: that costs more than what is told of a short request."""
    for handler in _VESOC.handlers:
        if isinstance(handler, Journal):  # a record of logging would cost a third of what an answer from the cache does
            return handler.take(make)
    return _ACCESS.info(_text(make()))


def warn(text: str) -> None:
    """Write a warning to the standard error, from a process that has no log of its own."""
    Journal().take(json.dumps({"warning": text}))


def flush() -> None:
    """Write what is left, where the process is to end by a signal."""
    for handler in _VESOC.handlers:
        handler.flush()


def _text(made: dict[str, Any] | str) -> str:
    return made if isinstance(made, str) else orjson.dumps(made).decode()


def begin(sink: Sink | None = None) -> None:
    """Log from now on, to the standard error unless there is a sink; what is left is written when the process ends."""
    # Nobody prints these, and to find them out takes as long as all the rest of a line (Python's logging howto).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    journal = Journal(sink or _to_standard_error)
    for name, level in LOGGERS.items():
        logger = logging.getLogger(name)
        logger.addHandler(journal)
        logger.setLevel(level)
        logger.propagate = False
