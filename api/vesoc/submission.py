"""A document that somebody hands in to be validated: as the body of a request, or by a form with a text or a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import Request

from vesoc import formats
from vesoc.errors import Problem
from vesoc.negotiation import body, pairs
from vesoc.settings import Settings

SYNTAXES = formats.GRAPHS
_FORM = "application/x-www-form-urlencoded"
_NO_DOCUMENT = (
    "the form has no document, or a syntax that is not known; a program sends RDF as the body with its Content-Type "
    "(curl --data-binary @FILE -H 'Content-Type: text/turtle'), or a file of a form (curl -F file=@FILE)"
)
_PARTS = "multipart/form-data"
_ACCEPTED = (*(form.types[0] for form in SYNTAXES), _FORM, _PARTS)
_NAME = 100  # characters of a file's name
_MOST_PARTS = 10
_HEAD = 2048  # bytes of the head of a part
_BOUNDARY = re.compile(r'boundary="?([^\s";,]{1,70})', re.IGNORECASE)
_DISPOSITION = re.compile(r"^content-disposition:.*", re.IGNORECASE | re.MULTILINE)
_NAMES = re.compile(r';[ \t]*(name|filename)=(?:"([^"]*)|([^\s;"]+))', re.IGNORECASE)  # browsers write a quote as %22
_ENTITY = "<!ENTITY"


@dataclass(frozen=True)
class Submission:
    """A document by its text, its syntax, and its name in reports; `typed` where it came as the text of a form."""

    text: str
    syntax: formats.Format
    name: str
    typed: bool = False


async def read(request: Request, settings: Settings) -> Submission:
    """The document of a request; Problem 400, 408, 413 or 415 for what does not fit."""
    data = await body(request, settings.body_limit, settings.body_timeout)
    return given(data, request.headers.get("content-type", ""))


def given(data: bytes, content_type: str) -> Submission:
    """The document of a body of that type; Problem 400 or 415 for what does not fit."""
    found = _given(data, content_type.partition(";")[0].strip().lower(), content_type)
    if found.syntax is formats.RDF_XML and _ENTITY in found.text:  # a few of them stand for any length of text
        raise Problem(400, "the document declares entities: write out what they stand for")
    return found


def _given(data: bytes, media_type: str, content_type: str) -> Submission:
    if media_type == _FORM:
        return _typed(dict(pairs(_decoded(data))))
    if media_type == _PARTS:
        return _parted(content_type, data)
    syntax = next((form for form in SYNTAXES if media_type in form.types), None)
    if syntax is None:
        raise Problem(415, f"send RDF as {', '.join(_ACCEPTED)}", headers={"Accept-Post": ", ".join(_ACCEPTED)})
    return Submission(_decoded(data), syntax, f"document.{syntax.suffix}")


def _typed(fields: dict[str, str]) -> Submission:
    syntax = formats.by_suffix(fields.get("syntax", "ttl"), SYNTAXES)
    if not fields.get("document", "").strip() or syntax is None:
        raise Problem(400, _NO_DOCUMENT)
    return Submission(fields["document"], syntax, f"document.{syntax.suffix}", typed=True)


def _parted(content_type: str, data: bytes) -> Submission:
    """The file of a form, whose suffix tells its syntax where that is known; or else the text."""
    parts = {part.name: part for part in _parts(content_type, data)}
    fields = {name: _decoded(part.content) for name, part in parts.items()}
    if not fields.get("file"):
        return _typed(fields)
    name = re.split(r"[/\\]", parts["file"].file)[-1][:_NAME] or "document"
    known = formats.by_suffix(name.rpartition(".")[2].lower(), SYNTAXES)
    return Submission(fields["file"], known or _typed({**fields, "document": name}).syntax, name)


class _Part(NamedTuple):
    """A part of a form: the name of its field, that of its file or nothing, and what it holds."""

    name: str
    file: str
    content: bytes


def _parts(content_type: str, data: bytes) -> Iterator[_Part]:
    """The parts of a form (RFC 7578); Problem 400 where there are too many, or one with too long a head.

    They are few and plain, and all other requests wait meanwhile: no reader of mail is to see what it makes of them.
    """
    boundary = _BOUNDARY.search(content_type)
    mark = f"\r\n--{boundary[1]}".encode("latin-1") if boundary else b"\r\n--"
    for number, piece in enumerate((b"\r\n" + data).split(mark, _MOST_PARTS + 1)[1:]):
        if piece.startswith(b"--"):
            return
        head, _, content = piece.partition(b"\r\n\r\n")
        if number == _MOST_PARTS or len(head) > _HEAD:
            raise Problem(400, f"the form has more than {_MOST_PARTS} parts, or one with too long a head")
        told = _DISPOSITION.search(head.decode("utf-8", "replace"))
        found = {kind.lower(): quoted or bare for kind, quoted, bare in _NAMES.findall(told[0] if told else "")}
        yield _Part(found.get("name", ""), "".join(filter(str.isprintable, found.get("filename", ""))), content)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Problem(400, "the document is not UTF-8") from None
