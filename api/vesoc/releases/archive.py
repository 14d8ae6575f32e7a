"""The releases that there are, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from vesoc.errors import VesocError
from vesoc.releases import release
from vesoc.releases.release import MANIFEST, Release

_MEND = "changed data needs a new dcat:version and a later dcterms:modified in data/ttl/metadata"


class Archive:
    """The releases of some folders, each in a folder of its own below one of them.

    VesocError where two have one version or one moment: a change of the data needs both to be new.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        found = [release.read(path.parent) for folder in folders for path in manifests(folder)]
        self.releases = tuple(sorted(found, key=lambda one: (one.moment, one.version)))
        for what in ("version", "moment"):
            _require_different([str(getattr(one, what)) for one in self.releases], what)

    @property
    def latest(self) -> Release | None:
        """The last one; None where there is none."""
        return self.releases[-1] if self.releases else None

    def standing(self, version: str, moment: datetime, digest: str) -> Release | None:
        """The release of data of that version, where it is here; None where it may still be made.

        VesocError where that version is of other data, or where a later one is here.
        """
        known = self.get(version)
        if known and known.digest != digest:
            raise VesocError(f"{known.folder} is release {version} of other data; {_MEND}")
        if known is None and self.latest and self.latest.moment >= moment:
            last = f"release {self.latest.version} is of {_told(self.latest.moment)}"
            raise VesocError(f"{last}, this data of {_told(moment)}; {_MEND}")
        return known

    def get(self, version: str) -> Release | None:
        """The release of that version."""
        return next((one for one in self.releases if one.version == version), None)


def manifests(folder: Path) -> list[Path]:
    """The manifests of the releases in a folder, by name; what begins with a dot is still being made."""
    return [path for path in sorted(folder.glob(f"*/{MANIFEST}")) if not path.parent.name.startswith(".")]


def _require_different(values: list[str], what: str) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise VesocError(f"two releases have the {what} {twice[0]}; take one of them out of VESOC_RELEASES")


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
