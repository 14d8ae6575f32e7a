"""Requests as HTTP has them: dataset arguments, bodies, languages, validators; RFC 9110 and the SPARQL 1.1 Protocol."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request

from vesoc import codings, formats
from vesoc.errors import Problem
from vesoc.reader import THEMES, Reader
from vesoc.settings import Settings
from vesoc.sparql import Query
from vesoc.words import LANGUAGES

FIELDS = 1000
VARY = "Accept, Accept-Encoding, Accept-Language, Accept-Profile"  # what may decide on the answer
VARY_WITH_READER = f"{VARY}, Cookie"  # and on one that is in the language of its reader
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
# Fields of a request for one state only.
WANTING = frozenset((b"if-match", b"if-unmodified-since"))


async def sparql_query(request: Request, settings: Settings) -> Query | None:
    """The query of a request; None where a GET has none. Problem 400, 403, 408, 413 or 415 for what does not fit."""
    if request.method != "POST":
        return url_query(request)
    return _query(_in_url(request) + await _posted(request, settings), field(request, "accept"))


def url_query(request: Request) -> Query | None:
    """The query of a request without a body; None where there is none. Problem 400 or 403 for what does not fit."""
    fields = _in_url(request)
    return _query(fields, field(request, "accept")) if fields else None


def graph_argument(query: str) -> str | None:
    """The graph that a Graph Store request names, None for the default graph; Problem 400 unless it names one."""
    fields = [(name, value) for name, value in pairs(query) if name in ("default", "graph")]
    if len(fields) != 1:
        raise Problem(400, "name one graph: ?default, or ?graph= and its IRI")
    name, value = fields[0]
    return value if name == "graph" else None


async def body(request: Request, limit: int, seconds: float) -> bytes:
    """The body of the request, unpacked.

    Problem 413 where it is larger than `limit` bytes, 408 where it takes longer than `seconds`, 415 where it is packed
    in a way that we do not know, 400 where it is packed badly.
    """
    try:
        async with asyncio.timeout(seconds):
            return await codings.decoded(request.stream(), request.headers.get("content-encoding", ""), limit)
    except TimeoutError:
        raise Problem(408, f"the body took longer than {seconds:g} seconds", headers={"Connection": "close"}) from None


def field(request: Request, name: str) -> str | None:
    """The value of a field that is a list, all its lines together (RFC 9110, section 5.3)."""
    wanted = name.encode("latin-1")
    found = [value for key, value in request.scope["headers"] if key == wanted]
    return (b", ".join(found).decode("latin-1") or None) if found else None


def reader(request: Request) -> Reader:
    """Who reads the page that the request asks for: their language, their colours, and where they are."""
    fields = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    here = quote(request.url.path) + (f"?{urlencode(fields)}" if fields else "")
    theme = request.cookies.get("theme", "")
    return Reader(language(request), theme if theme in THEMES else THEMES[0], here)


def language(request: Request) -> str:
    """The language that the reader asks for: by `lang`, the choice that is remembered, or Accept-Language; else nl."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return asked
    ranked = sorted(_ranked(field(request, "accept-language") or ""), key=lambda rank: -rank[0])
    return next((tag for quality, tag in ranked if quality > 0 and tag in LANGUAGES), LANGUAGES[0])


def matches(request: Request, etag: str, modified: str | None) -> bool:
    """Whether the client's copy is still good (If-None-Match, else If-Modified-Since)."""
    tags = field(request, "if-none-match")
    if tags is not None:
        return same_tag(tags, etag)
    since = _day(request.headers.get("if-modified-since"))
    changed = _day(modified)
    return since is not None and changed is not None and changed <= since


def is_wanted(request: Request, etag: str | None, modified: str | None) -> bool:
    """Whether a state is the one that is wanted (If-Match by the strong comparison, else If-Unmodified-Since)."""
    tags = field(request, "if-match")
    if tags is not None:
        strong = etag is not None and not etag.startswith("W/")
        return tags.strip() == "*" or (strong and etag in [tag.strip() for tag in tags.split(",")])
    since, changed = _day(request.headers.get("if-unmodified-since")), _day(modified)
    return since is None or changed is None or changed <= since


def same_tag(tags: str, etag: str) -> bool:
    """Whether the tags of an If-None-Match field name this one, by the weak comparison of RFC 9110, section 8.8.3.2."""
    own = etag.removeprefix("W/")
    return tags.strip() == "*" or own in [tag.strip().removeprefix("W/") for tag in tags.split(",")]


def _day(field: str | None) -> datetime | None:
    try:
        day = parsedate_to_datetime(field) if field else None
    except ValueError:
        return None
    return day.replace(tzinfo=UTC) if day and day.tzinfo is None else day


def _ranked(field: str) -> list[tuple[float, str]]:
    return [(weight, tag.split("-")[0]) for tag, weight in formats.weighted(field.lower())]


def _in_url(request: Request) -> list[tuple[str, str]]:
    return pairs(request.scope["query_string"].decode("latin-1"))


async def _posted(request: Request, settings: Settings) -> list[tuple[str, str]]:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == _UPDATE:
        raise Problem(403, "this endpoint is read-only: it takes no updates")
    if media_type not in (_FORM, _QUERY):
        raise Problem(415, f"send the query as {_FORM} or {_QUERY}", headers={"Accept-Post": f"{_FORM}, {_QUERY}"})
    text = _decoded(await body(request, settings.body_limit, settings.body_timeout))
    return [("query", text)] if media_type == _QUERY else pairs(text)


def pairs(text: str) -> list[tuple[str, str]]:
    """The fields of a query or a form; Problem 400 for what is none, or too many."""
    parts = text.split("&")
    try:
        if len(parts) > FIELDS:
            raise ValueError
        named = [part.partition("=") for part in parts if part]
        return [(_unquoted(name), _unquoted(value)) for name, _, value in named]
    except ValueError:
        raise Problem(400, f"the parameters are not percent-encoded UTF-8, or more than {FIELDS}") from None


def _unquoted(text: str) -> str:
    """A name or value of a form, without its escapes; ValueError where they are no UTF-8."""
    plain = text.replace("+", " ")
    if "%" not in plain:
        return plain
    try:
        # Python's own escapes are read in C, a form's are not; a query has some forty.
        data = plain.encode("ascii").replace(b"\\", b"\\\\").replace(b"%", b"\\x")
        found = data.decode("unicode_escape").encode("latin-1")
    except UnicodeError:  # characters beyond ASCII, or a percent sign that begins no escape
        return unquote(plain, errors="strict")
    return found.decode()


def _query(fields: list[tuple[str, str]], accept: str | None) -> Query:
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise Problem(403, "this endpoint is read-only: it takes no updates")
    texts = given.get("query", [])
    if len(texts) != 1:
        raise Problem(400, f"a request has exactly one parameter 'query'; this one has {len(texts)}")
    return Query(texts[0], accept, given.get("default-graph-uri", ()), given.get("named-graph-uri", ()))


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Problem(400, "the body is not UTF-8") from None
