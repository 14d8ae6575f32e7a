"""A document that somebody hands in to be validated: as the body of a request, or by a form with a text or a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request

from vesoc import formats
from vesoc.errors import Problem
from vesoc.negotiation import FIELDS, body
from vesoc.settings import Settings

SYNTAXES = formats.GRAPHS
_FORM = "application/x-www-form-urlencoded"
_PARTS = "multipart/form-data"
_ACCEPTED = (*(form.types[0] for form in SYNTAXES), _FORM, _PARTS)
_NAME = 100  # characters of a file's name


@dataclass(frozen=True)
class Submission:
    """A document by its text, its syntax, and its name in reports; `typed` where it came as the text of a form."""

    text: str
    syntax: formats.Format
    name: str
    typed: bool = False


async def read(request: Request, settings: Settings) -> Submission:
    """The document of a request; Problem 400, 408, 413 or 415 for what does not fit."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    data = await body(request, settings.body_limit, settings.body_timeout)
    if media_type == _FORM:
        return _typed(dict(parse_qsl(_decoded(data), keep_blank_values=True, max_num_fields=FIELDS)))
    if media_type == _PARTS:
        return _parted(request.headers["content-type"], data)
    syntax = next((form for form in SYNTAXES if media_type in form.types), None)
    if syntax is None:
        raise Problem(415, f"send RDF as {', '.join(_ACCEPTED)}", headers={"Accept-Post": ", ".join(_ACCEPTED)})
    return Submission(_decoded(data), syntax, f"document.{syntax.suffix}")


def _typed(fields: dict[str, str]) -> Submission:
    syntax = formats.by_suffix(fields.get("syntax", "ttl"), SYNTAXES)
    if not fields.get("document", "").strip() or syntax is None:
        raise Problem(400, "the form has no document, or a syntax that is not known")
    return Submission(fields["document"], syntax, f"document.{syntax.suffix}", typed=True)


def _parted(content_type: str, data: bytes) -> Submission:
    """The file of a form, whose suffix tells its syntax where that is known; or else the text."""
    whole = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + data, policy=HTTP)
    parts = {part.get_param("name", header="content-disposition"): part for part in whole.iter_parts()}
    fields = {str(name): _decoded(_content(part)) for name, part in parts.items()}
    if not fields.get("file"):
        return _typed(fields)
    name = re.split(r"[/\\]", parts["file"].get_filename() or "document")[-1][:_NAME]
    known = formats.by_suffix(name.rpartition(".")[2].lower(), SYNTAXES)
    return Submission(fields["file"], known or _typed({**fields, "document": name}).syntax, name)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Problem(400, "the document is not UTF-8") from None
