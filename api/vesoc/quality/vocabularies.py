"""The lists of values that metrics ask for: EU authority tables and the media types of IANA, a code a line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_IANA = "www.iana.org/assignments/media-types"
# What stands before a code of each list. IANA's addresses are in use with and without TLS.
STARTS = MappingProxyType(
    {
        "access-rights": (f"{_AUTHORITY}/access-right/",),
        "file-types": (f"{_AUTHORITY}/file-type/",),
        "licences": (f"{_AUTHORITY}/licence/",),
        "machine-readable": (f"{_AUTHORITY}/file-type/",),
        "media-types": (f"http://{_IANA}/", f"https://{_IANA}/"),
        "non-proprietary": (f"{_AUTHORITY}/file-type/",),
    }
)


@cache
def codes(name: str) -> frozenset[str]:
    """The codes on a list."""
    text = (files("vesoc") / "quality" / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def listed(name: str, iris: Iterable[str]) -> bool:
    """Whether each of the IRIs is on the list."""
    return all(any(_code(iri, start) in codes(name) for start in STARTS[name]) for iri in iris)


def _code(iri: str, start: str) -> str | None:
    return iri.removeprefix(start) if iri.startswith(start) else None
