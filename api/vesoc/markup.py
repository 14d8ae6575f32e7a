"""XML as the engine writes it, made safe.

The engine writes characters that XML 1.0 does not have as they are, which makes a document that no parser reads. They
become U+FFFD here; a carriage return, which a parser would take for a line feed, becomes a reference. A property whose
IRI has no part that can be an element's name has no form in RDF/XML at all, and is refused.
"""

from __future__ import annotations

import re
from typing import Any

from vesoc.errors import Problem
from vesoc.formats import RDF_XML, XML_RESULTS, Format
from vesoc.reply import Reply

_SUSPECT = re.compile(rb"[\x00-\x08\x0b-\x1f]|\xef\xbf|oxprefix: ")
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAMELESS = b"<oxprefix: xmlns:oxprefix="
_REPLACEMENT = "\ufffd".encode()
_LONGEST = len(_NAMELESS) - 1


def safe(reply: Reply, form: Format) -> Any:
    """A sink for the engine: the reply itself, or one that mends what passes where the format is XML."""
    return _Mended(reply) if form in (XML_RESULTS, RDF_XML) else reply


def mended(data: bytes, form: Format) -> bytes:
    """A whole document, mended where the format is XML."""
    return _mended(data) if form in (XML_RESULTS, RDF_XML) else data


class _Mended:
    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._rest = b""

    def write(self, data: bytes) -> int:
        whole = self._rest + data
        # What may be the first part of something is looked at again with the rest of it.
        cut = len(whole) - next((n for n in range(_LONGEST, 0, -1) if _may_begin(whole[-n:])), 0)
        whole, self._rest = whole[:cut], whole[cut:]
        self._reply.write(_mended(whole))
        return len(data)

    def flush(self) -> None:
        rest, self._rest = self._rest, b""
        self._reply.write(_mended(rest))
        self._reply.flush()


def _may_begin(end: bytes) -> bool:
    return _NAMELESS.startswith(end) or end in (b"\xef", b"\xef\xbf")


def _mended(data: bytes) -> bytes:
    if not _SUSPECT.search(data):
        return data
    if _NAMELESS in data:
        raise Problem(406, "a property of this graph has no name in XML; ask for another format", kind="not-xml")
    return _NOT_XML.sub(_REPLACEMENT, data).replace(b"\r", b"&#13;")
