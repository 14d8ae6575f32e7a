"""The log as files, a new one each day, that delete themselves when they are old."""

from __future__ import annotations

import logging
import os
import re
import time
from contextlib import suppress
from io import TextIOWrapper
from itertools import chain, count
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path

from vesoc.errors import VesocError
from vesoc.settings import Settings

_DAY = 86400
_MODE = 0o640  # addresses and queries are not for everybody who has an account
_SUFFIXES = r"(\.[1-9]\d*)?(\.\d{4}-\d\d-\d\d(\.[1-9]\d*)?)?"  # of one of several processes, of a day


def opened(settings: Settings) -> DailyFile | None:
    """The file that the settings name; None where they name none, VesocError where it cannot be written.

    Several processes write a file each, with the number of the process.
    """
    if settings.log_file is None:
        return None
    number = f".{os.getpid()}" if settings.processes > 1 else ""
    try:
        return DailyFile(settings.log_file, number, settings.log_days)
    except OSError as error:
        told = f"{settings.log_file} cannot be written ({error.strerror}); set VESOC_LOG_FILE to a file that can"
        raise VesocError(told) from None


class DailyFile(TimedRotatingFileHandler):
    """A file for each day in UTC; what nobody has written to for `days` is deleted, at the start and with each day."""

    def __init__(self, path: Path, number: str, days: int) -> None:
        self._log = path.absolute()
        self._days = days
        super().__init__(f"{self._log}{number}", when="midnight", utc=True, encoding="utf-8")
        self._clear()

    def take(self, text: str) -> None:
        """Write lines."""
        self.handle(logging.makeLogRecord({"msg": text}))

    def doRollover(self) -> None:  # noqa: N802
        """Begin the file of a day."""
        super().doRollover()
        self._clear()

    def rotation_filename(self, default_name: str) -> str:
        """A name that no file has: where another server writes the same log, it may have put a day aside already."""
        names = chain((default_name,), (f"{default_name}.{number}" for number in count(1)))
        return next(name for name in names if not os.path.exists(name))

    def _clear(self) -> None:
        """By age, not by number: a day without a line has no file. Others may clear the same at the same time."""
        ours = re.compile(re.escape(self._log.name) + _SUFFIXES)
        oldest = time.time() - self._days * _DAY
        found = (path for path in self._log.parent.iterdir() if ours.fullmatch(path.name) and path.is_file())
        for path in found:
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest and str(path) != self.baseFilename:
                    path.unlink()

    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _MODE)
        return os.fdopen(number, "a", encoding=self.encoding)
