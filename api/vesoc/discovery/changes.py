"""When each resource was changed last, by what the releases hold of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from pyoxigraph import NamedNode

from vesoc.releases.archive import Archive
from vesoc.releases.release import Release

Content = dict[str, set[str]]


def last(archive: Archive) -> dict[str, datetime]:
    """The moment of the last release in which what is said of a resource changed, by its IRI without a fragment.

    A named graph is changed with any statement in it.
    """
    moments: dict[str, datetime] = {}
    before: Content = {}
    for release in archive.releases:
        content = _content(release)
        changed = [iri for iri, said in content.items() if said != before.get(iri)]
        moments |= dict.fromkeys(changed, release.moment)
        before = content
    return moments


def _content(release: Release) -> Content:
    """What a release says of each resource, and what stands in each graph."""
    found: Content = defaultdict(set)
    for quad in release.quads():
        said = str(quad.triple)
        for node in (quad.subject, quad.graph_name):
            if isinstance(node, NamedNode):
                found[node.value.partition("#")[0]].add(said)
    return found
