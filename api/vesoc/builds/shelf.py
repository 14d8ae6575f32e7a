"""The folder of builds: each in a folder of its own, and the link `current` to the one that servers open.

A link is switched by a rename, so a server finds the old build or the new one and nothing between. Whoever reads from a
build holds a shared lock on its manifest, and nobody takes away a build that is held.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vesoc.errors import VesocError

CURRENT = "current"
MANIFEST = "manifest.json"
_BUILDS = "builds"
_PART = ".part"  # ends the name of what is not whole, or not any more


@dataclass(frozen=True)
class Shelf:
    """The builds below a folder."""

    folder: Path

    @property
    def builds(self) -> Path:
        """Where the builds are."""
        return self.folder / _BUILDS

    def current(self) -> Path:
        """The folder of the build that is in use; VesocError where there is none."""
        link = self.folder / CURRENT
        try:
            return link.resolve(strict=True)
        except (OSError, RuntimeError):
            raise VesocError(f"{self.folder}: no build is there; make one by vesoc build --out {self.folder}") from None

    def part(self, name: str) -> Path:
        """A new folder for a build that is being made."""
        part = self.builds / f"{name}{_PART}"
        part.mkdir(parents=True)
        return part

    def put(self, part: Path) -> Path:
        """Have servers open a build from now on; its folder must be on the disk already."""
        build = part.with_name(part.name.removesuffix(_PART))
        part.rename(build)
        sync(self.builds)
        link = self.folder / f"{CURRENT}{_PART}"
        link.unlink(missing_ok=True)
        link.symlink_to(build.relative_to(self.folder))
        link.rename(self.folder / CURRENT)
        sync(self.folder)
        return build

    def clear(self) -> None:
        """Take away what builds have left that were stopped."""
        for path in self.builds.glob(f"*{_PART}"):
            shutil.rmtree(path)

    def prune(self, keep: int) -> list[Path]:
        """Take away all but the last builds and the current one; gives those that stay because they are held."""
        current = self.current()
        old = sorted(path for path in self.builds.iterdir() if path != current)
        return [path for path in old[: max(0, len(old) + 1 - keep)] if not _taken_away(path)]


class Lease:
    """A hold on a build: as long as it is not released nobody takes the build away."""

    def __init__(self, build: Path) -> None:
        gone = VesocError(f"{build}: the build has been taken away meanwhile; try again")
        try:
            self._file: IO[bytes] = (build / MANIFEST).open("rb")
        except OSError:
            raise gone from None
        if not _locked(self._file, fcntl.LOCK_SH) or not _same(self._file, build / MANIFEST):
            self._file.close()
            raise gone

    def release(self) -> None:
        """Let go."""
        self._file.close()


def sync(path: Path) -> None:
    """Have the disk keep what a file or folder holds now."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_all(folder: Path) -> None:
    """Have the disk keep a folder with all that is below it."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def _taken_away(build: Path) -> bool:
    """Whether nobody held a build, which then is gone."""
    with _held(build) as held:
        if held:
            shutil.rmtree(build.rename(build.with_name(f"{build.name}{_PART}")))
    return held


@contextmanager
def _held(build: Path) -> Iterator[bool]:
    try:
        with (build / MANIFEST).open("rb") as file:
            yield _locked(file, fcntl.LOCK_EX)
    except FileNotFoundError:  # no server opens what has no manifest
        yield True


def _locked(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _same(file: IO[bytes], path: Path) -> bool:
    """Whether a path still leads to a file that is open."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
