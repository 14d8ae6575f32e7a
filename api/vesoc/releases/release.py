"""A release as it lies in its folder: files, and the manifest beside them that tells their sizes and digests."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import Quad, RdfFormat, parse

from vesoc import moments
from vesoc.errors import VesocError

MANIFEST = "manifest.json"
QUADS = "vesoc.nq.gz"
WHOLE = "vesoc"
GZIP = "application/gzip"
VERSION = re.compile(r"(?!(?:latest|given)$)[0-9A-Za-z][0-9A-Za-z.+-]{0,63}")  # names a folder, and stands in addresses
_NAME = re.compile(r"(?:[0-9A-Za-z_-][0-9A-Za-z._-]*/)*[0-9A-Za-z_-][0-9A-Za-z._-]*")


@dataclass(frozen=True)
class File:
    """A file of a release: `name` is its path below the folder, `part` what of the data it holds.

    `part` is `vesoc` for all of it, the slug of a named graph, or `tables`, `ontology`, `shapes`, `void`. `media_type`
    is that of the content, `packing` that of the packing around it (application/gzip) or None. `bytes` and `sha256` are
    those of the file as it lies; `triples` counts its statements, `rows` its records, None where it has none.
    """

    name: str
    part: str
    media_type: str
    packing: str | None
    bytes: int
    sha256: str
    triples: int | None = None
    rows: int | None = None


@dataclass(frozen=True)
class Release:
    """One release; `moment` is when its data was changed last, as it says, `digest` the SHA-256 of its sorted quads."""

    folder: Path
    version: str
    moment: datetime
    digest: str
    triples: int
    files: tuple[File, ...]

    def quads(self) -> Iterator[Quad]:
        """All statements with their named graphs, in the order of their lines."""
        with gzip.open(self.folder / QUADS, "rb") as lines:
            yield from parse(cast(IO[bytes], lines), format=RdfFormat.N_QUADS)

    def file(self, name: str) -> File | None:
        """The file of that name."""
        return next((file for file in self.files if file.name == name), None)

    def document(self) -> dict[str, Any]:
        """The manifest, as JSON has it."""
        return {
            "version": self.version,
            "modified": moments.told(self.moment),
            "digest": self.digest,
            "triples": self.triples,
            "files": [asdict(file) for file in self.files],
        }


def read(folder: Path) -> Release:
    """The release in a folder; VesocError where its manifest is not there or says something else."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(File(**file) for file in told["files"])
        moment = datetime.fromisoformat(told["modified"])
        if not all(_NAME.fullmatch(file.name) for file in files):
            raise ValueError("a name of a file that leads elsewhere")
        return Release(folder, told["version"], moment, told["digest"], told["triples"], files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VesocError(
            f"{folder / MANIFEST}: no manifest of a release ({error}); make it anew by vesoc export"
        ) from None
