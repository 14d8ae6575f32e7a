"""Revisions of the repository that holds the graph, read without touching its files."""

from __future__ import annotations

import io
import stat
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


def commit(root: Path, name: str) -> str | None:
    """The digest of the commit that a name stands for; None where it stands for none."""
    try:
        found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except GitError:
        return None
    return found.decode().strip()


def tags(root: Path, pattern: str) -> list[str]:
    """The tags whose names fit a pattern such as v*; none where there is no repository."""
    try:
        return git(root, "tag", "--list", pattern).decode().split()
    except GitError:
        return []


def files(root: Path, commit: str, *paths: str) -> Iterator[tuple[str, bytes, bool]]:
    """Path, content and whether it is executable of each file of a commit, below `paths` where some are given."""
    packed = git(root, "archive", "--format=tar", commit, *paths)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for entry in archive:
            content = archive.extractfile(entry) if entry.isfile() else None
            if content:
                yield entry.name, content.read(), bool(entry.mode & stat.S_IXUSR)


@contextmanager
def unpacked(root: Path, commit: str, *paths: str) -> Iterator[Path]:
    """A folder with the files of a commit below `paths`, for the time being."""
    with TemporaryDirectory() as folder:
        for name, content, _ in files(root, commit, *paths):
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Path(folder)
