"""What a build says of itself: the data in it, what it was made from and by, and every file that belongs to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vesoc import __version__
from vesoc.builds import sizes
from vesoc.builds.shelf import MANIFEST
from vesoc.errors import VesocError
from vesoc.statistics import Counts

FORMAT = 1  # of the manifest; a build of another one is not opened


@dataclass(frozen=True)
class Source:
    """A file that the data was read from: its name, its size in bytes, and its SHA-256 in hexadecimal digits."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One build.

    `made` is the moment (ISO 8601, UTC), `software` the versions that made it by name. `base` is that of the IRIs of
    things, `address` that of the server which the metadata graph tells of. `own` says whether it is our own graph,
    `version` which the editors call it. `digest` and `state` are those of the dataset, `source` that of the files of
    our own graph. `quads` is all that the store holds, `triples` each triple once (for others' data the quads).
    `graphs` are triples by the IRI of the named graph, "" for the default graph. `counts` are None where nobody has
    counted. `kinds` are the first segments of the paths of things. `parts` are the bytes of each file of the build by
    its path, by which a torn one is known.
    """

    made: str
    software: Mapping[str, str]
    base: str
    address: str
    own: bool
    version: str | None
    digest: str
    state: str
    triples: int
    quads: int
    graphs: Mapping[str, int]
    counts: Counts | None
    files: tuple[Source, ...]
    source: str | None = None
    kinds: tuple[str, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The manifest as JSON has it."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        counts = sizes.document(self.counts) if self.counts else None
        return {"format": FORMAT, **told, "counts": counts, "files": [asdict(file) for file in self.files]}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Manifest:
        """The manifest that `document()` gave; VesocError for anything else."""
        try:
            return cls._read(document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise VesocError(f"no manifest of a build ({error!r})") from None

    @classmethod
    def _read(cls, document: Mapping[str, Any]) -> Manifest:
        if document["format"] != FORMAT:
            raise VesocError(f"a manifest of format {document['format']!r}; this software knows format {FORMAT}")
        values = {each.name: document[each.name] for each in fields(cls)}
        counts = sizes.from_document(values["counts"]) if values["counts"] else None
        files = tuple(Source(**file) for file in values["files"])
        kept = {name: dict(values[name].items()) for name in ("software", "graphs", "parts")}
        return cls(**{**values, **kept, "counts": counts, "files": files, "kinds": tuple(values["kinds"])})

    def with_parts(self, parts: Mapping[str, int]) -> Manifest:
        """This manifest, and the files of the build."""
        return replace(self, parts=parts)


def software() -> dict[str, str]:
    """The versions of what makes a build, and of what opens it."""
    return {"vesoc": __version__, **{name: version(name) for name in ("pyoxigraph", "tantivy")}}


def read(folder: Path) -> Manifest:
    """The manifest of the build in a folder; VesocError where there is none, or one that nobody can read."""
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return Manifest.from_document(document)
    except (OSError, ValueError) as error:
        raise VesocError(f"{path}: cannot be read ({error}); make it anew by vesoc build") from None
    except VesocError as error:
        raise VesocError(f"{path}: {error}; make it anew by vesoc build") from None
