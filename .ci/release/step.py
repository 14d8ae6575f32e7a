"""Steps of a release: what they know, and how they stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from release.changelog import Entry, entries
from vesoc import revisions
from vesoc.versions.number import Number, number


class Broken(Exception):
    """A rule of releases that does not hold, and how to mend it; exit code 1."""


class Unable(Exception):
    """Why a step cannot run; exit code 2."""


@dataclass(frozen=True)
class Order:
    """A release that is asked for: the folder of the repository, the version, and where to put what is made.

    `releases` is the folder of the releases of the data; the last of them is what the new one is compared with. `first`
    says that there is none. What is checked, made and tagged is one commit, the one that was there at first sight.
    """

    root: Path
    text: str
    out: Path
    releases: Path | None
    today: date
    first: bool = False

    @cached_property
    def commit(self) -> str:
        """The digest of the commit; VesocError where there is none."""
        return revisions.git(self.root, "rev-parse", "HEAD").decode().strip()

    @cached_property
    def version(self) -> Number:
        """The version; VesocError where it is none."""
        return number(self.text)

    @property
    def tag(self) -> str:
        """The name of the tag."""
        return f"v{self.version}"

    @property
    def folder(self) -> Path:
        """Where the artefacts go."""
        return self.out / str(self.version)

    @property
    def data(self) -> Path:
        """The folder into which the data is released."""
        return self.releases or self.out / "data"

    @cached_property
    def entry(self) -> Entry:
        """The entry of the changelog; Broken where it has none of that version."""
        path = self.root / "docs" / "changelog.md"
        found = [entry for entry in entries(path.read_text(encoding="utf-8")) if entry.version == str(self.version)]
        if len(found) != 1:
            told = "has no entry" if not found else "has several entries"
            raise Broken(f"docs/changelog.md {told} of {self.version}: write one under ## {self.version} (YYYY-MM-DD)")
        return found[0]


@dataclass(frozen=True)
class Step:
    """A step: its name, and the function that carries it out and tells what it found in lines."""

    name: str
    run: Callable[[Order], str]
