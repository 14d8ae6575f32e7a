"""What a server publishes: the release of its data, made where there is none yet, and the documents about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from vesoc.catalogue import catalogue
from vesoc.dataset import Dataset
from vesoc.discovery import sitemap
from vesoc.feed import documents as feed
from vesoc.places import Places
from vesoc.releases import content, edition, given, tombstones
from vesoc.releases.archive import Archive
from vesoc.releases.publication import DUMPS, Publication
from vesoc.releases.release import Release
from vesoc.settings import Settings

_PARTS: tuple[Callable[[Publication], None], ...] = (feed.write, catalogue.write, sitemap.write)


def publish(data: Dataset, chosen: Settings, found: Places | None, folder: Path) -> None:
    """Write what is published beside answers, and put it in place when it is whole; of others' data the dumps only."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    dumps = part / DUMPS
    dumps.mkdir(parents=True)
    if found is None:
        given.write(data, dumps)
    else:
        if not released(data, found, chosen.releases):
            _make(data, found, dumps)
        archive = Archive([dumps, *([chosen.releases] if chosen.releases else [])])
        for write in _PARTS:
            write(Publication(data, chosen, archive, part))
    part.rename(folder)


def released(data: Dataset, found: Places, releases: Path | None) -> Release | None:
    """The release of the data in the folder of releases; VesocError where those there cannot stand beside the data.

    Neither can data that says again what was taken out of them.
    """
    made = content.of(data, found)
    if releases:
        tombstones.require_absent(made.quads, releases)
    return Archive([releases] if releases else []).standing(made.version, made.moment, data.digest)


def release(data: Dataset, found: Places, releases: Path) -> tuple[Release, bool]:
    """The release of the data in a folder, and whether it is new there."""
    known = released(data, found, releases)
    return (known, False) if known else (_make(data, found, releases), True)


def _make(data: Dataset, found: Places, folder: Path) -> Release:
    made = content.of(data, found)
    return edition.write(made, folder / made.version)
