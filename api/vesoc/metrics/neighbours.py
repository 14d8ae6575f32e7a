"""The web processes that serve at one address: each tells its metrics to the one that is asked for them."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import stat
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from vesoc.errors import VesocError

_PATIENCE = 1.0  # seconds that another process has to tell
_MOST = 8 << 20  # bytes of what it tells


class Neighbours:
    """The places of `number` processes with the same parent; this one takes the first that is free, from 1.

    Each listens at a socket in a folder that only their user may enter. A place is held by a lock, which the kernel
    gives back when its process ends, however it ends.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._folder = Path(tempfile.gettempdir()) / f"vesoc-{os.getuid()}-{os.getppid()}"
        self._lock = -1
        self._server: asyncio.Server | None = None
        self.place = 1

    async def start(self, tell: Callable[[], Awaitable[str]]) -> None:
        """Take a place, and tell there from now on; VesocError where none is free, or the folder not ours."""
        _require_own(self._folder)
        self.place = next((place for place in range(1, self._number + 2) if self._taken(place)), 0)
        if not self.place:
            raise VesocError(f"all places in {self._folder} are taken")
        path = self._folder / str(self.place)
        path.unlink(missing_ok=True)

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                writer.write((await tell()).encode())
                await writer.drain()
            writer.close()

        self._server = await asyncio.start_unix_server(answer, path)

    async def stop(self) -> None:
        """Leave the place, and the folder with the last one."""
        if self._server:
            self._server.close()
            for name in (str(self.place), f"{self.place}.lock"):
                (self._folder / name).unlink(missing_ok=True)
            os.close(self._lock)
            with contextlib.suppress(OSError):
                self._folder.rmdir()

    async def told(self) -> dict[int, str | None]:
        """What the others tell, by their places; None of one that is silent."""
        others = [place for place in range(1, self._number + 1) if place != self.place]
        texts = await asyncio.gather(*(self._asked(place) for place in others))
        return dict(zip(others, texts, strict=True))

    async def _asked(self, place: int) -> str | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                reader, writer = await asyncio.open_unix_connection(self._folder / str(place))
                try:
                    return (await _all(reader)).decode() or None
                finally:
                    writer.close()
        except (OSError, ValueError):
            return None

    def _taken(self, place: int) -> bool:
        """Whether the place was free, and is ours now."""
        lock = os.open(self._folder / f"{place}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        return True


async def _all(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while part := await reader.read(1 << 16):
        found += part
        if len(found) > _MOST:
            raise ValueError("that is too much")
    return found


def _require_own(folder: Path) -> None:
    """Make the folder, or see that it is nobody else's."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise VesocError(f"{folder} belongs to somebody else; remove it")
