"""What a report calls a document by: a URI of its own, or one below the root of the checkout (RFC 3986)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

_STREAM = "-"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_SAFE = "/-._~!$&'()*+,;=@"


@dataclass(frozen=True)
class Artifact:
    """A document; `uri` is relative to the root where it is `within` it."""

    uri: str
    within: bool
    stream: bool = False

    @property
    def file(self) -> bool:
        """Whether it is a file of the checkout."""
        return self.within and not self.stream


def artifact(name: str) -> Artifact:
    """The document of that name: an address, a path from `/`, or a path below the root; `-` is the standard input."""
    if address := _address(name):
        return Artifact(address, within=False)
    path = quote(name, safe=_SAFE)
    return Artifact(f"file://{path}", within=False) if name.startswith("/") else Artifact(path, True, name == _STREAM)


def _address(name: str) -> str | None:
    """An address with what a URI may not have written as RFC 3986 has it; None where a name is none."""
    start = _ADDRESS.match(name)
    if start is None:
        return None
    written = start[0] + quote(name[start.end() :], safe=f"{_SAFE}:%?#")
    try:
        return NamedNode(written).value
    except ValueError:
        return None
