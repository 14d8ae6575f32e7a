"""What every page of a thing has at its end: its entry for search engines, how to cite it, and for developers."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pyoxigraph import NamedNode, Store

from vesoc import graphs, places
from vesoc.pages.citation import Citation, citation
from vesoc.pages.developer import developer
from vesoc.pages.view import View
from vesoc.schemaorg import Entries
from vesoc.settings import Settings
from vesoc.whereabouts import Whereabouts


class Panels:
    """The panels of the pages from one store, whose data has that digest."""

    def __init__(self, store: Store, settings: Settings, digest: str) -> None:
        self._entries = Entries(store, settings)
        self._settings = settings
        self._digest = digest
        self._whereabouts = _whereabouts(store, settings)

    @property
    def own(self) -> bool:
        """Whether the data is our own, whose files are known."""
        return self._whereabouts is not None

    def warm(self) -> None:
        """Read now what the files say where."""
        if self._whereabouts is not None:
            self._whereabouts.of("")

    def of(self, view: View, node: NamedNode) -> dict[str, Any]:
        """The values of the panels of a thing by name."""
        return {
            "entry": self.entry(node.value),
            "cite": self.citation(view, node),
            "developer": developer(view, node, self._settings, self._whereabouts),
            "files": self._files(view, node),
        }

    def _files(self, view: View, node: NamedNode) -> list[str]:
        """The files that a named graph is made of; of other things none."""
        graph = self._whereabouts is not None and view.kind(node.value) == "graaf"
        return self._whereabouts.files(node.value.rsplit("/", 1)[-1]) if graph and self._whereabouts else []

    def entry(self, iri: str) -> Markup:
        """The entry of a thing in schema.org, which is escaped as a script element needs it."""
        return Markup(self._entries.script(iri))

    def citation(self, view: View, node: NamedNode) -> Citation | None:
        """How to cite a thing."""
        return citation(view, node, self._digest)


def _whereabouts(store: Store, settings: Settings) -> Whereabouts | None:
    """Where the files of our own graph say what they say; of other people's data nothing is known."""
    if not store.contains_named_graph(NamedNode(graphs.graph_iri(graphs.METADATA, settings.base))):
        return None
    found = places.find(settings.root)
    return Whereabouts(found.root, graphs.own_files(found))
