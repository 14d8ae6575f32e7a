"""What an engine's own graph about the graphs says of the data, apart from what was counted when it was built."""

from __future__ import annotations

from pyoxigraph import NamedNode, Store, Triple

from vesoc import description
from vesoc.builds.manifest import Manifest
from vesoc.graphs import METADATA, graph_iri
from vesoc.names import term


def written(store: Store, manifest: Manifest) -> tuple[Triple, ...]:
    """The triples of the metadata graph that the editors wrote."""
    base, counts = manifest.base, manifest.counts
    assert counts
    counted = set(description.describe(counts, base, manifest.address, manifest.version))
    graph = NamedNode(graph_iri(METADATA, base))
    service, limit = NamedNode(f"{base}id/dataset/sparql"), term("schema:additionalProperty")
    quads = list(store.quads_for_pattern(None, None, None, graph))
    made = {quad.subject for quad in quads if quad.predicate == term("sh:select")}
    limits = {quad.object for quad in quads if (quad.subject, quad.predicate) == (service, limit)}
    return tuple(
        quad.triple
        for quad in quads
        if quad.triple not in counted and quad.subject not in made and not {quad.subject, quad.object} & limits
    )
