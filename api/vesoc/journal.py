"""The log: lines on the standard error, gathered for a moment so that a busy server writes many of them at once."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import sys
from itertools import count

import orjson

_SECONDS = 0.05
_VESOC = logging.getLogger("vesoc")
_ACCESS = logging.getLogger("vesoc.access")
_NAME = re.compile(rb"[\w.-]{1,64}")
LOGGERS = {"vesoc": logging.INFO, "uvicorn.error": logging.WARNING}


class Journal(logging.Handler):
    """Writes what is logged while an event loop runs a moment later, else at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        # Why the data cannot be loaded is told in one line at the end.
        self.addFilter(lambda record: not record.getMessage().startswith("Traceback"))

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; what is no JSON becomes some."""
        message = self.format(record) if record.exc_info else record.getMessage()
        self.take(message if message.startswith("{") else json.dumps({"message": message}))

    def take(self, line: str) -> None:
        """Take a line."""
        self._lines.append(line)
        if len(self._lines) == 1:
            try:
                asyncio.get_running_loop().call_later(_SECONDS, self.flush)
            except RuntimeError:
                self.flush()

    def flush(self) -> None:
        """Write the lines."""
        lines, self._lines = self._lines, []
        if lines:
            sys.stderr.write("\n".join([*lines, ""]))
            sys.stderr.flush()


class Names:
    """Identifiers of requests: the one that was sent, or a new one of this process and the number of the request."""

    def __init__(self) -> None:
        self._process = os.urandom(8).hex()
        self._numbers = count(1)

    def of(self, given: bytes) -> str:
        """The identifier of the next request; `given` is what it says itself."""
        return given.decode() if _NAME.fullmatch(given) else f"{self._process}-{next(self._numbers)}"


def request(name: str, method: str, path: str, *, status: int, size: int, seconds: float, whole: bool) -> None:
    """A line in the access log; 0 as status is a request that nobody answered."""
    entry = {
        "id": name,
        "method": method,
        "path": path,
        "status": status,
        "bytes": size,
        "milliseconds": round(seconds * 1000, 1),
        "whole": whole,
    }
    line = orjson.dumps(entry).decode()
    journal = next((handler for handler in _VESOC.handlers if isinstance(handler, Journal)), None)
    if journal:  # a record of logging would cost a third of what an answer from the cache does
        journal.take(line)
    else:
        _ACCESS.info(line)


def begin() -> None:
    """Log from now on; what is left is written when the process ends."""
    # Nobody prints these, and to find them out takes as long as all the rest of a line (Python's logging howto).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    journal = Journal()
    for name, level in LOGGERS.items():
        logger = logging.getLogger(name)
        logger.addHandler(journal)
        logger.setLevel(level)
        logger.propagate = False
