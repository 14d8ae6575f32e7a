"""What a release is made of: the data that is served, the shapes beside it, and what the editors say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad, Triple

from vesoc import graphs
from vesoc.dataset import Dataset, data_quads
from vesoc.errors import VesocError
from vesoc.names import term
from vesoc.places import Places
from vesoc.releases.release import VERSION, WHOLE


@dataclass(frozen=True)
class Content:
    """Version and moment, all statements with their named graphs, the shapes as Turtle, and the metadata."""

    version: str
    moment: datetime
    base: str
    quads: tuple[Quad, ...]
    shapes: bytes
    metadata: tuple[Triple, ...]


@dataclass(frozen=True)
class Heading:
    """What the files say of the data as a whole: version and moment, the shapes as Turtle, and the metadata."""

    version: str
    moment: datetime
    shapes: bytes
    metadata: tuple[Triple, ...]


def heading(found: Places, base: str) -> Heading:
    """What the files say now; VesocError where they do not say one version and one moment that a release can have."""
    files = [file for file in graphs.own_files(found) if file.slug == graphs.METADATA]
    metadata = tuple(quad.triple for file in files for quad in graphs.quads(file, base))
    return stated(metadata, found, base)


def stated(metadata: tuple[Triple, ...], found: Places, base: str) -> Heading:
    """What the metadata graph says, with the shapes of the files; VesocError as `heading`."""
    shapes = b"\n".join(path.read_bytes() for path in sorted(found.shapes.glob("*.ttl")))
    node = NamedNode(f"{base}id/dataset/{WHOLE}")
    version, modified = (_said(metadata, node, name) for name in ("dcat:version", "dcterms:modified"))
    if not VERSION.fullmatch(version):
        raise VesocError(f"dcat:version {version!r} cannot name a release; give letters, digits, dots, plus and minus")
    try:
        moment = datetime.fromisoformat(modified)
    except ValueError:
        raise VesocError(f"dcterms:modified {modified!r} of the dataset is no day or moment") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Heading(version, moment.astimezone(UTC), shapes, metadata)


def of(dataset: Dataset, told: Heading) -> Content:
    """What a release of the loaded data is made of."""
    quads = tuple(data_quads(dataset.store, dataset.base))
    return Content(told.version, told.moment, dataset.base, quads, told.shapes, told.metadata)


def _said(metadata: Iterable[Triple], node: NamedNode, name: str) -> str:
    about = (node, term(name))
    values = [
        str(one.object.value)
        for one in metadata
        if (one.subject, one.predicate) == about and isinstance(one.object, Literal)
    ]
    if len(values) != 1:
        raise VesocError(f"the metadata graph has {len(values)} values of {name} for {node.value}; a release needs one")
    return values[0]
