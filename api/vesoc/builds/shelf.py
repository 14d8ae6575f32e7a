"""The folder of builds: each in a folder of its own, and the link `current` to the one that servers open.

A link is switched by a rename, so a server finds the old build or the new one and nothing between. Whoever reads from a
build holds a shared lock on its manifest, and nobody takes away a build that is held. What else is in the folder is not
ours, and stays.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from vesoc.disk import sync
from vesoc.errors import VesocError

CURRENT = "current"
MANIFEST = "manifest.json"
_BUILDS = "builds"
_PART = ".part"  # ends the name of what is not whole, or not any more
_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"\d{8}T\d{12}Z")  # such a stamp: what is called otherwise we did not make


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

    def require_free(self) -> None:
        """VesocError where the name of the link is that of something which is not ours."""
        link = self.folder / CURRENT
        ours = link.is_symlink() and (self.folder / os.readlink(link)).parent.resolve() == self.builds.resolve()
        if not ours and os.path.lexists(link):
            raise VesocError(f"{link}: is not of vesoc build; take it away, or build into another folder")

    def part(self, made: datetime) -> Path:
        """A new folder for the build that is made since then (UTC)."""
        part = self.builds / f"{made.strftime(_STAMP)}{_PART}"
        part.mkdir(parents=True)
        return part

    def put(self, part: Path) -> Path:
        """Have servers open a build from now on; its folder must be on the disk already."""
        build = part.with_name(part.name.removesuffix(_PART))
        link = self.folder / f"{CURRENT}{_PART}"
        if link.is_symlink():
            link.unlink()
        link.symlink_to(build.relative_to(self.folder))
        part.rename(build)
        sync(self.builds)
        link.rename(self.folder / CURRENT)
        sync(self.folder)
        return build

    def clear(self) -> None:
        """Take away what builds have left that were stopped."""
        for path in self._ours(_PART):
            shutil.rmtree(path)

    def prune(self, keep: int) -> dict[Path, str]:
        """Take away all but the last builds and the current one; tells of those that stay all the same why."""
        current = self.current().name
        old = [path for path in self._ours() if path.name != current]
        told = {path: _why_it_stays(path) for path in old[: max(0, len(old) + 1 - keep)]}
        return {path: why for path, why in told.items() if why}

    def _ours(self, ending: str = "") -> list[Path]:
        """The folders of builds, the oldest first; with the ending those of builds that are not whole."""
        found = (path for path in self.builds.iterdir() if path.name.endswith(ending))
        named = (path for path in found if _NAME.fullmatch(path.name.removesuffix(ending)))
        return sorted(path for path in named if path.is_dir() and not path.is_symlink())


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


def _why_it_stays(build: Path) -> str | None:
    """None where nobody held the build, which then is gone."""
    try:
        with _manifest(build) as file:
            if file and not _locked(file, fcntl.LOCK_EX):
                return "a server reads from it"
            shutil.rmtree(build.rename(build.with_name(f"{build.name}{_PART}")))
            return None
    except OSError as error:
        return f"it cannot be taken away ({error.strerror})"


def _manifest(build: Path) -> AbstractContextManager[IO[bytes] | None]:
    try:
        return (build / MANIFEST).open("rb")
    except FileNotFoundError:  # no server opens what has no manifest
        return nullcontext()


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
