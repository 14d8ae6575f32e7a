"""The last release: the latest folder of a release, or else the latest tag."""

from __future__ import annotations

from pathlib import Path

from vesoc import revisions
from vesoc.errors import VesocError
from vesoc.releases.archive import Archive
from vesoc.versions.number import Number, number


def last(root: Path, releases: Path | None, before: str | None = None) -> str | None:
    """The name by which the last release is found: a version, or a tag as v1.0.0; None where nothing was released.

    Where both are there, the later one; of one version its folder, from which what was redacted has been taken. A
    release of version `before` itself is left out. VesocError where the folder of releases is not there.
    """
    if releases and not releases.is_dir():
        raise VesocError(f"{releases}: no such folder of releases; make it, or mend VESOC_RELEASES")
    versions = [one.version for one in Archive([releases]).releases] if releases else []
    tagged = {tag.removeprefix("v"): tag for tag in revisions.tags(root, "v*")}
    named = {version: tagged.get(version, version) for version in tagged} | {version: version for version in versions}
    numbered = {found: name for version, name in named.items() if version != before and (found := _number(version))}
    return numbered[max(numbered)] if numbered else None


def _number(version: str) -> Number | None:
    try:
        return number(version)
    except VesocError:
        return None
