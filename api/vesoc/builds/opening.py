"""A build as a server opens it: only where it is whole and of the same IRIs, and only to read."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import Store

from vesoc import journal
from vesoc.builds import manifest
from vesoc.builds.manifest import Manifest
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.settings import Settings

STORE = "store"
INDEX = "index"
LOCKS = "*.lock"  # files that the index makes anew wherever it is opened
GRAPH = "graph"  # the copy of the files of our own graph, which pages and the library of queries read


def checked(build: Path, base: str) -> Manifest:
    """The manifest of a build that may be opened; VesocError for one that is torn, or whose things have other IRIs."""
    told = manifest.read(build)
    if told.base != base:
        raise VesocError(f"{build}: its IRIs begin with {told.base}, those of this server with {base} (VESOC_BASE)")
    for name, size in told.parts.items():
        if _size(build / name) != size:
            raise VesocError(f"{build}: {name} is not as it was made; make the build anew by vesoc build --force")
    return told


def opened(build: Path, chosen: Settings) -> Dataset:
    """The data of a build; VesocError where it may not be opened, or cannot."""
    told = checked(build, chosen.base)
    held = store(build)
    if told.own and told.address != chosen.address:
        journal.warn(f"the build tells of a server at {told.address}; this one is at {chosen.address}")
    return Dataset(
        held, told.base, told.digest, told.state, told.counts, size=told.triples, kinds=frozenset(told.kinds)
    )


def store(build: Path) -> Store:
    """The store of a build, only to read; VesocError where it cannot be opened."""
    try:
        return Store.read_only(str(build / STORE))
    except OSError as error:
        raise VesocError(f"{build / STORE}: cannot be opened ({error}); make it anew by vesoc build --force") from None


def lend(build: Path, folder: Path) -> None:
    """Have a folder hold the index of a build by links: who searches locks files, which a build does not let them.

    What other versions have made may mean something else: then there is no folder, and one is to be made.
    """
    if manifest.read(build).software != manifest.software():
        journal.warn("other versions made the build, so the index of search is made anew; vesoc build spares that")
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for file in (build / INDEX / folder.name).iterdir():
        if not file.match(LOCKS):
            (part / file.name).symlink_to(file)
    part.rename(folder)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
