"""The container context: what `docker build` is sent, as one archive with the same bytes for the same commit."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from vesoc import revisions

_IGNORE = ".dockerignore"
_LEVEL = 9  # of gzip


def archive(root: Path, commit: str, moment: int) -> bytes:
    """The files of a commit that .dockerignore lets through and the Dockerfile, all of that moment (Unix time)."""
    files = {name: (content, executable) for name, content, executable in revisions.files(root, commit)}
    chosen = sent(files, files[_IGNORE][0].decode())
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as written:
        for name in sorted({*chosen, "Dockerfile", _IGNORE}):
            content, executable = files[name]
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), moment, 0o755 if executable else 0o644
            written.addfile(entry, BytesIO(content))
    return gzip.compress(packed.getvalue(), _LEVEL, mtime=0)


def sent(paths: Iterable[str], ignore: str) -> list[str]:
    """The paths that a .dockerignore lets through: the last pattern that fits a path, or a folder above it, decides."""
    patterns = [line.strip() for line in ignore.splitlines() if line.strip() and not line.startswith("#")]
    return [path for path in paths if not _ignored(path, patterns)]


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
