"""RDF as files: the same bytes for the same statements, in any order and any process."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from vesoc.formats import JSON_LD, N_TRIPLES, Format
from vesoc.names import prefixes


def lines(statements: Iterable[Quad] | Iterable[Triple]) -> bytes:
    """Statements as N-Quads or N-Triples, sorted, each once."""
    text = serialize(statements, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(io.BytesIO(text))))


def written(
    triples: Iterable[Triple], form: Format, base: str, besides: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Triples in a format for triples, sorted, with prefixes of ours and those `besides`.

    JSON-LD is an object, as harvesters want it.
    """
    if form is N_TRIPLES:
        return lines(triples)
    syntax: Any = form.engine
    found = sorted(set(triples), key=str)
    body = serialize(found, format=syntax, prefixes={**used(found, base), **besides}) or b""
    return b'{"@graph":' + body + b"}" if form is JSON_LD else body


def used(triples: Iterable[Triple], base: str) -> dict[str, str]:
    """The prefixes of ours that IRIs in the triples begin with."""
    text = "\n".join(map(str, triples))
    return {prefix: iri for prefix, iri in prefixes(base).items() if f"<{iri}" in text}
