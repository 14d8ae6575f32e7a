"""The files of the graph as they are at one moment: copied apart, so that what was checked is what is served."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from vesoc.errors import VesocError
from vesoc.places import Places, foreign


def copy(found: Places, root: Path) -> Places:
    """The folders of the graph, copied below another root; VesocError where they cannot be read."""
    try:
        for folder in folders(found):
            shutil.copytree(folder, root / folder.relative_to(found.root), ignore=_foreign)
    except OSError as error:
        raise VesocError(f"the files of the graph cannot be copied ({_reason(error)})") from None
    return Places(root)


def folders(found: Places) -> list[Path]:
    """The folders of the graph that are there."""
    return [path for path in (found.ontology, found.data, found.shapes, found.queries) if path.is_dir()]


def digest(found: Places) -> str:
    """SHA-256 of the names and bytes of all files of the graph, comments and queries too, in hexadecimal digits."""
    told = hashlib.sha256()
    for path in _files(found):
        name, content = path.relative_to(found.root).as_posix().encode(), path.read_bytes()
        told.update(b"%d %d %b %b" % (len(name), len(content), name, content))
    return told.hexdigest()


def _files(found: Places) -> Iterator[Path]:
    for folder in folders(found):
        found_files = (path for path in folder.rglob("*") if not _foreign("", path.relative_to(folder).parts))
        yield from sorted(path for path in found_files if path.is_file())


def _foreign(_: str, names: Iterable[str]) -> set[str]:
    """Those of the names in a folder that are no part of the graph."""
    return {name for name in names if foreign(name)}


def _reason(error: OSError) -> str:
    """What the system says; a copy of many files gives a list of what failed."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list) and error.args[0]:
        return str(error.args[0][0][-1])
    return str(error)
