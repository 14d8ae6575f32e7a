"""The releases that there are, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vesoc.errors import VesocError
from vesoc.releases import release
from vesoc.releases.release import MANIFEST, Release


class Archive:
    """The releases of some folders, each in a folder of its own below one of them.

    VesocError where two have one version or one moment: a change of the data needs both to be new.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        found = [path.parent for folder in folders for path in sorted(folder.glob(f"*/{MANIFEST}"))]
        self.releases = tuple(sorted(map(release.read, found), key=lambda one: (one.moment, one.version)))
        for what in ("version", "moment"):
            _require_different([str(getattr(one, what)) for one in self.releases], what)

    @property
    def latest(self) -> Release | None:
        """The last one; None where there is none."""
        return self.releases[-1] if self.releases else None

    def get(self, version: str) -> Release | None:
        """The release of that version."""
        return next((one for one in self.releases if one.version == version), None)


def _require_different(values: list[str], what: str) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise VesocError(f"two releases have the {what} {twice[0]}; take one of them out of VESOC_RELEASES")
