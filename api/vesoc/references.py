"""What a name stands for that is given to be compared: one order for all commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vesoc import revisions
from vesoc.errors import VesocError
from vesoc.releases.release import MANIFEST


@dataclass(frozen=True)
class Revision:
    """A commit of a repository, by its whole digest."""

    commit: str


def find(name: str, root: Path, releases: Path | None) -> Path | Revision:
    """A release in the folder `releases`, else a revision of the repository at `root`, else a file or folder.

    VesocError where a name stands for none. A path that begins with ./ or / is nothing else.
    """
    if releases and (releases / name / MANIFEST).is_file():
        return releases / name
    commit = revisions.commit(root, name)
    if commit:
        return Revision(commit)
    if Path(name).exists():
        return Path(name)
    told = f"no release of {releases}" if releases else "no release, for VESOC_RELEASES is not set"
    raise VesocError(f"{name}: {told}, no revision of {root}, and no file or folder")
