"""Revisions of the repository that holds the graph, read without touching its files."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from vesoc.errors import VesocError


class GitError(VesocError):
    """What git refused, or that there is no git."""


def git(root: Path, *arguments: str) -> bytes:
    """What git prints in the repository at `root`; GitError with what it complains of."""
    try:
        return subprocess.run(["git", "-C", root, *arguments], capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise GitError("git is not there; compare releases or folders instead") from None
    except subprocess.CalledProcessError as error:
        raise GitError(f"git {arguments[0]}: {error.stderr.decode(errors='replace').strip()}") from None


def known(root: Path, name: str) -> bool:
    """Whether a name stands for a commit."""
    try:
        return bool(git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))
    except GitError:
        return False


def tags(root: Path, pattern: str) -> list[str]:
    """The tags whose names fit a pattern such as v*; none where there is no repository."""
    try:
        return git(root, "tag", "--list", pattern).decode().split()
    except GitError:
        return []


@contextmanager
def unpacked(root: Path, name: str, *paths: str) -> Iterator[Path]:
    """A folder with the files of a revision below `paths`, for the time being."""
    packed = git(root, "archive", "--format=tar", name, *paths)
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)
