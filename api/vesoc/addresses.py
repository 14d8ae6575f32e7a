"""Addresses on this server: of documents about things, and IRIs as URIs and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, unquote_to_bytes, urlencode

_SAFE = "/:?#[]@!$&'()*+,;=-._~%"
_IN_PATH = "/:@!$&'()*+,;=-._~%"
_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def uri(iri: str) -> str:
    """An IRI as a URI: what is not ASCII, or is allowed in neither, is percent-encoded."""
    return quote(iri, safe=_SAFE)


def in_path(raw: bytes) -> str:
    """What a client sent as a path, percent signs as they came, and nothing that a header field cannot have."""
    return quote(raw, safe=_IN_PATH)


def in_query(raw: bytes) -> str:
    """The same of a query."""
    return quote(raw, safe=_SAFE)


def of(iri: str, base: str) -> str:
    """The address of the document about a thing; of what is not ours, its own IRI."""
    own = iri.removeprefix(base)
    if own == iri:
        return uri(iri)
    path, mark, fragment = own.partition("#")
    start, path = ("/doc/", path[len("id/") :]) if path.startswith("id/") else ("/", path.lstrip("/"))
    # Two slashes would begin the name of another server, a question mark a query.
    return f"{start}{quote(path, safe=_IN_PATH)}{mark}{uri(fragment)}"


def spellings(path: str) -> list[str]:
    """How an IRI may be spelt whose path is asked for: as it came, with letters that are not ASCII, without escapes."""
    return list(dict.fromkeys((path, _LETTERS.sub(_decoded, path), unquote(path))))


def with_query(address: str, fields: Mapping[str, object]) -> str:
    """The address with those of the fields that have a value."""
    told = urlencode({name: value for name, value in fields.items() if value})
    return f"{address}{'&' if '?' in address else '?'}{told}" if told else address


def _decoded(found: re.Match[str]) -> str:
    try:
        return unquote_to_bytes(found[0]).decode()
    except UnicodeDecodeError:
        return found[0]
