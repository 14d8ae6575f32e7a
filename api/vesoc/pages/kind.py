"""What a kind of thing adds to the page that every thing has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.view import View


def nothing(view: View, node: NamedNode) -> Mapping[str, Any]:
    """Nothing beside what every page of a thing shows."""
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of page: its template and what that needs beside the values of every thing.

    `sections` gives those values by name. The table of properties leaves out those in `elsewhere`, which the sections
    show, and begins with those in `first`; both hold prefixed names. `quiet` are the properties by which others point
    here that the sections show already, so that the list of what points here leaves them out.
    """

    template: str = "things/thing.html"
    sections: Callable[[View, NamedNode], Mapping[str, Any]] = nothing
    elsewhere: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
