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
from vesoc.releases.release import WHOLE


@dataclass(frozen=True)
class Content:
    """Version and moment, all statements with their named graphs, the shapes as Turtle, and the metadata."""

    version: str
    moment: datetime
    base: str
    quads: tuple[Quad, ...]
    shapes: bytes
    metadata: tuple[Triple, ...]


def of(dataset: Dataset, found: Places) -> Content:
    """What a release of the graph is made of; VesocError where the data does not say its version and day."""
    files = [file for file in graphs.own_files(found) if file.slug == graphs.METADATA]
    metadata = tuple(quad.triple for file in files for quad in graphs.quads(file, dataset.base))
    shapes = b"\n".join(path.read_bytes() for path in sorted(found.shapes.glob("*.ttl")))
    node = NamedNode(f"{dataset.base}id/dataset/{WHOLE}")
    version = _said(metadata, node, "dcat:version")
    moment = datetime.fromisoformat(_said(metadata, node, "dcterms:modified"))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    quads = tuple(data_quads(dataset.store, dataset.base))
    return Content(version, moment.astimezone(UTC), dataset.base, quads, shapes, metadata)


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
