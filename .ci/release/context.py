"""The container context: what `docker build` is sent, as one archive with the same bytes for the same commit."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from vesoc import revisions

_IGNORE = ".dockerignore"
_LEVEL = 9  # of gzip


def archive(root: Path, moment: int) -> bytes:
    """The files of the commit that .dockerignore lets through and the Dockerfile, all of that moment (Unix time)."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as written:
        for name, executable in _files(root):
            content = (root / name).read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), moment, 0o755 if executable else 0o644
            written.addfile(entry, BytesIO(content))
    return gzip.compress(packed.getvalue(), _LEVEL, mtime=0)


def sent(paths: Iterable[str], ignore: str) -> list[str]:
    """The paths that a .dockerignore lets through: the last pattern that fits a path, or a folder above it, decides."""
    patterns = [line.strip() for line in ignore.splitlines() if line.strip() and not line.startswith("#")]
    return [path for path in paths if not _ignored(path, patterns)]


def _files(root: Path) -> Iterator[tuple[str, bool]]:
    """Path and whether it is executable of each file, by path."""
    listed = revisions.git(root, "ls-files", "-z", "--stage").decode().split("\0")
    modes = {line.partition("\t")[2]: line.startswith("100755") for line in listed if line}
    chosen = sent(modes, (root / _IGNORE).read_text(encoding="utf-8"))
    for name in sorted({*chosen, "Dockerfile", _IGNORE}):
        yield name, modes[name]


def _ignored(path: str, patterns: Iterable[str]) -> bool:
    parts = path.split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    ignored = False
    for pattern in patterns:
        if any(_pattern(pattern.removeprefix("!")).fullmatch(one) for one in above):
            ignored = not pattern.startswith("!")
    return ignored


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern of .dockerignore: * within a name, ** over folders, from the root."""
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", text.strip("/"))
    return re.compile("".join(tokens.get(part, re.escape(part)) for part in parts))
