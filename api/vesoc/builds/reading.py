"""Files as they are read into a store: once, hashed on the way, and told how far it is."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Store

from vesoc import graphs
from vesoc.builds.manifest import Source
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile

Tell = Callable[[str, int, int], None]  # what is being done, and how many bytes of how many; 0 where nobody knows
_BLOCK = 1 << 20


class Reading(io.RawIOBase):
    """The bytes of a file; each step goes to `seen`. VesocError where they cannot be read."""

    def __init__(self, path: Path, seen: Callable[[memoryview], Any]) -> None:
        super().__init__()
        self._path = path
        with _told(path):
            self._file = path.open("rb", buffering=0)
        self._seen = seen

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something left."""
        view = memoryview(buffer).cast("B")
        with _told(self._path):
            read = self._file.readinto(view) or 0
        self._seen(view[:read])
        return read

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


class Hashes:
    """The SHA-256 of files one by one and of all together, in their order, and how far their reading is."""

    def __init__(self, files: Sequence[GraphFile], what: str, tell: Tell) -> None:
        self._whole = hashlib.sha256()
        self._total = sum(_size(file) for file in files)
        self._single = len(files) == 1  # then the one is the other
        self._done = 0
        self._tell: Callable[[], None] = lambda: tell(what, self._done, self._total)
        self._sources: list[Source] = []

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that have been read."""
        return tuple(self._sources)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that has been read."""
        return self._sources[0].sha256 if self._single and self._sources else self._whole.hexdigest()

    def read(self, file: GraphFile, use: Callable[[IO[bytes]], Any]) -> None:
        """Have a file read from its beginning to its end."""
        own, before = hashlib.sha256(), self._done

        def seen(block: memoryview) -> None:
            own.update(block)
            if not self._single:
                self._whole.update(block)
            self._done += len(block)
            self._tell()

        raw: Any = Reading(file.path, seen)
        with io.BufferedReader(raw, _BLOCK) as stream:
            use(stream)
            while stream.read(_BLOCK):  # a parser need not read what is behind the last statement
                pass
        self._sources.append(Source(file.path.name, self._done - before, own.hexdigest()))


def load(store: Store, files: Sequence[GraphFile], tell: Tell) -> Hashes:
    """Load files as they stand; VesocError with file, line and column for the first that is not RDF."""
    hashes = Hashes(files, "reading", tell)
    for file in files:
        hashes.read(file, lambda stream, file=file: graphs.load_whole(store, file, stream))  # type: ignore[misc]
    return hashes


def sources(files: Sequence[GraphFile], tell: Tell) -> tuple[Source, ...]:
    """The names, sizes and digests of files."""
    hashes = Hashes(files, "comparing", tell)
    for file in files:
        hashes.read(file, lambda stream: None)
    return hashes.sources


def alike(files: Iterable[GraphFile], known: Iterable[Source]) -> bool:
    """Whether files have the names and sizes of others: only then may they be the same."""
    return [(file.path.name, _size(file)) for file in files] == [(one.name, one.bytes) for one in known]


def _size(file: GraphFile) -> int:
    with _told(file.path):
        return file.path.stat().st_size


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise VesocError(f"{path}: cannot be read ({error.strerror})") from None
