"""What a server publishes: the release of its data, made where there is none yet, and the documents about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from vesoc.catalogue import catalogue
from vesoc.dataset import Dataset, data_quads
from vesoc.discovery import sitemap
from vesoc.feed import documents as feed
from vesoc.releases import content, edition, given, tombstones
from vesoc.releases.archive import Archive
from vesoc.releases.content import Heading
from vesoc.releases.publication import DUMPS, Publication
from vesoc.releases.release import Release
from vesoc.settings import Settings

_PARTS: tuple[Callable[[Publication], None], ...] = (feed.write, catalogue.write, sitemap.write)


def publish(data: Dataset, chosen: Settings, told: Heading | None, folder: Path) -> None:
    """Write what is published beside answers, and put it in place when it is whole.

    Of data that says no version of itself, such as that of others, there are only the dumps.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    dumps = part / DUMPS
    dumps.mkdir(parents=True)
    if told is None:
        given.write(data, dumps)
    else:
        if not released(data, told, chosen.releases):
            _make(data, told, dumps)
        archive = Archive([dumps, *([chosen.releases] if chosen.releases else [])])
        for write in _PARTS:
            write(Publication(data, chosen, archive, part))
    part.rename(folder)


def released(data: Dataset, told: Heading, releases: Path | None) -> Release | None:
    """The release of the data in the folder of releases; VesocError where those there cannot stand beside the data.

    Neither can data that says again what was taken out of them.
    """
    if releases is None:
        return None
    tombstones.require_absent(data_quads(data.store, data.base), releases)
    return Archive([releases]).standing(told.version, told.moment, data.digest)


def release(data: Dataset, told: Heading, releases: Path) -> tuple[Release, bool]:
    """The release of the data in a folder, and whether it is new there."""
    known = released(data, told, releases)
    return (known, False) if known else (_make(data, told, releases), True)


def _make(data: Dataset, told: Heading, folder: Path) -> Release:
    return edition.write(content.of(data, told), folder / told.version)
