"""Bytes as a catalogue: which RDF syntax they are in, by what the sender says, by the name, or by how they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Quad, RdfFormat, parse

from vesoc import formats
from vesoc.errors import VesocError

ACCEPT = (
    "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.9, application/n-triples;q=0.9, "
    "application/n-quads;q=0.8, application/trig;q=0.8, */*;q=0.1"
)
# Types that say nothing certain: RDF of several syntaxes is sent under them.
_VAGUE = ("", "text/plain", "text/html", "application/octet-stream", "application/xml", "text/xml", "application/json")
_TURTLE = re.compile(rb"(#[^\n]*\n\s*)*(@prefix|@base|prefix\s|base\s|<|_:|\[)", re.IGNORECASE)
# Possessive: what comes first is read once, however much of it there is.
_PAGE = re.compile(rb"(?:(?:(?><!--.*?-->)|<\?xml[^>]*+>)\s*+)*+<(!doctype )?html", re.IGNORECASE | re.DOTALL)


def quads(body: bytes, media_type: str, address: str, *, apart: bool = False) -> Iterator[Quad]:
    """What a document at an address says; VesocError where it is not RDF.

    Blank nodes keep their labels, unless it is to be kept `apart` from other documents.
    """
    form = syntax(body, media_type, address)
    try:
        yield from parse(body, form, base_iri=address, rename_blank_nodes=apart, lenient=True)
    except SyntaxError as error:
        place = f" at line {error.lineno}" if error.lineno else ""
        raise VesocError(f"{address}: not {form.name}{place} ({error.msg}); give the address of RDF") from None
    except (ValueError, OSError) as error:
        raise VesocError(f"{address}: cannot be read as {form.name} ({error})") from None


def syntax(body: bytes, media_type: str, address: str) -> RdfFormat:
    """The syntax of a document; VesocError where nothing tells it, or where it is a web page."""
    start, told = body.removeprefix(b"\xef\xbb\xbf").lstrip(), media_type.partition(";")[0].strip().lower()
    if _PAGE.match(start):
        raise VesocError(f"{address}: a web page, not RDF; give the address of the RDF itself")
    known = RdfFormat.from_media_type(told) if told not in _VAGUE else None
    return known or _begun(start, address) or _named(address) or _unknown(told, address)


def _begun(start: bytes, address: str) -> RdfFormat | None:
    """The syntax by the first characters; N-Triples, N-Quads and TriG have names that say so, or are Turtle."""
    if start.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE rdf")):
        return RdfFormat.RDF_XML
    if start.startswith((b"{", b"[{")) or re.match(rb"\[\s*\{", start):
        return RdfFormat.JSON_LD
    return (_named(address) or RdfFormat.TURTLE) if _TURTLE.match(start) else None


def _named(address: str) -> RdfFormat | None:
    suffix = re.sub(r"[?#].*", "", address).rpartition(".")[2]
    found = formats.by_suffix(suffix, formats.GRAPHS)
    return found.engine if found and isinstance(found.engine, RdfFormat) else None


def _unknown(media_type: str, address: str) -> RdfFormat:
    told = media_type or "by its name and its beginning"
    raise VesocError(f"{address}: not RDF ({told}); give RDF, or its media type")
