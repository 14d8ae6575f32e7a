"""What of an engine is the dataset: its graphs, and whether its own default graph is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vesoc.remote import queries
from vesoc.remote.client import Fields


@dataclass(frozen=True)
class Extent:
    """`graphs` are the named graphs with their numbers of triples, `default` is that of the default graph.

    `union`: the default graph says what the named graphs say. `plain`: the engine's own default graph is that.
    `bare`: the engine has no other named graphs.
    """

    graphs: Mapping[str, int]
    default: int
    union: bool
    plain: bool
    bare: bool

    @property
    def quads(self) -> int:
        """All statements."""
        return self.default + sum(self.graphs.values())

    def fields(self, text: str) -> Fields:
        """The dataset of a query as the protocol sends it; none where the engine's own will do, or the query has one.

        Where the engine's own will do it is quicker: each graph that is named is looked through.
        """
        if (self.plain and (self.bare or not queries.names_graphs(text))) or queries.has_dataset(text):
            return []
        default = [("default-graph-uri", iri) for iri in self.graphs] if self.union else []
        return [*default, *(("named-graph-uri", iri) for iri in self.graphs)]
