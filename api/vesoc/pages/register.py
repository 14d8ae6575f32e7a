"""Which kind of page a thing has, by its class."""

from __future__ import annotations

from types import MappingProxyType

from pyoxigraph import NamedNode

from vesoc.pages.kind import Kind
from vesoc.pages.view import View

# The first class of a thing that stands here decides: what is more special stands higher.
_KINDS: MappingProxyType[str, Kind] = MappingProxyType({})
_PLAIN = Kind()


def kind_of(view: View, node: NamedNode) -> Kind:
    """The kind of page that a thing has."""
    return next((kind for name, kind in _KINDS.items() if view.is_a(node, name)), _PLAIN)
