"""What one server publishes beside its answers: documents made from the data and the releases, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vesoc.dataset import Dataset
from vesoc.releases.archive import Archive
from vesoc.settings import Settings

DUMPS = "dumps"  # the folder of a release that is made at the start, below that of the documents


@dataclass(frozen=True)
class Publication:
    """The data that is served, the settings in force, the releases that there are, and the folder for the documents."""

    dataset: Dataset
    settings: Settings
    archive: Archive
    folder: Path


def failure(documents: Path) -> Path:
    """The file whose time says when the documents could not be made the last time."""
    return documents.with_name(f"{documents.name}.failed")
