"""What handlers share: the parts of the application, the form that a request asks for, and relayed answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import formatdate
from functools import lru_cache, partial
from typing import Any

from pyoxigraph import RdfFormat
from starlette.requests import Request
from starlette.types import ASGIApp

from vesoc import __version__, codings, formats, profiles
from vesoc.addresses import with_query
from vesoc.cache import Cache, Lead, key, raw
from vesoc.errors import Problem
from vesoc.isolation import pinned
from vesoc.jsonld.layouts import layout
from vesoc.library import Library
from vesoc.negotiation import VARY, VARY_WITH_READER, field, matches, reader
from vesoc.pool import Pool
from vesoc.profiles import Profile
from vesoc.reader import Reader
from vesoc.records import HIT, MISS, UNCHANGED, note
from vesoc.relay import Relay
from vesoc.responses import PAGE_FIELDS
from vesoc.settings import Settings
from vesoc.snapshot import Snapshot
from vesoc.supervisor import Loaded

_DAY = 86_400  # seconds
_ON_ERROR = 300  # how many times as long an answer may be used while no server answers


def pool(request: Request) -> Pool:
    """The snapshots of the data."""
    found: Pool = request.scope["app"].state.pool
    return found


def snapshot(request: Request) -> Snapshot:
    """The state of the data that this request reads from, whatever is loaded meanwhile."""
    return pinned(request.scope, pool(request))


def loaded(request: Request) -> Loaded:
    """What is loaded; Problem 503 while it is being loaded."""
    return snapshot(request).require()


def cache(request: Request) -> Cache:
    """The answers that were given lately."""
    found: Cache = request.scope["app"].state.cache
    return found


def coding(request: Request) -> str | None:
    """The content coding that the client likes best."""
    return codings.choose(field(request, "accept-encoding"))


def library(request: Request) -> Library:
    """The library of queries."""
    return snapshot(request).library


def settings(request: Request) -> Settings:
    """The settings of the server."""
    found: Settings = request.scope["app"].state.settings
    return found


def form(
    request: Request,
    path: str,
    offers: tuple[formats.Format, ...] = formats.RESOURCES,
    known: tuple[formats.Format, ...] = (),
) -> tuple[str, formats.Format]:
    """The path without its suffix, and the form that suffix, `_mediatype` or Accept asks for.

    Problem 406 where that is none of the offers; the suffixes of the `known` forms are suffixes as well.
    """
    stem, _, suffix = path.rpartition(".")
    if stem and (found := formats.by_suffix(suffix, (*offers, *known))):
        if found not in offers:
            raise formats.refusal(offers)
        return stem, found
    asked = request.query_params.get("_mediatype", "").replace(" ", "+")  # a plus sign that was not percent-encoded
    if asked and (found := formats.by_suffix(asked, offers)):
        return path, found
    return path, formats.choose(asked or field(request, "accept"), offers)


def representation(request: Request, path: str) -> tuple[str, formats.Format, Profile]:
    """The path without its suffix, the form and the profile that a request for the document of a thing asks for."""
    wanted = profiles.acceptable(
        request.query_params.get("_profile"), field(request, "accept-profile"), settings(request).base
    )
    refused: Problem | None = None
    for profile in wanted:
        offers = (*profile.offers, formats.LINKSET) if profile is profiles.VESOC else profile.offers
        try:
            return *form(request, path, offers, formats.RESOURCES), profile
        except Problem as problem:
            refused = refused or problem
    assert refused
    raise refused


def relay(
    request: Request,
    operation: str,
    chosen_form: formats.Format,
    headers: Mapping[str, str] | None = None,
    *,
    lasting: bool = True,
    ending: str = "",
    **values: Any,
) -> ASGIApp:
    """A worker's answer with validators, or the same from the cache; 304 where the client has it already.

    An answer that is not `lasting` may be another one the next time. Where the worker leads elsewhere, the address ends
    on `ending`.
    """
    page, packed = reader(request), coding(request)
    seen = _seen(page, chosen_form)
    # One address says the same in all its forms: a cache that follows what it was told last would forget the others.
    alone = seen is None and request.url.path.endswith(f".{chosen_form.suffix}")
    all_headers = {"Vary": VARY if alone else VARY_WITH_READER}
    if chosen_form is formats.HTML:
        all_headers |= {**PAGE_FIELDS, "Content-Language": page.language}
    all_headers |= headers or {}
    if chosen_form is formats.JSON_LD and (
        laid := layout(field(request, "accept"), request.query_params.get("_layout"))
    ):
        values = {**values, "layout": laid}
        if place := all_headers.get("Content-Location"):
            all_headers["Content-Location"] = with_query(place, {"_layout": laid})
    asked = {"reader": page.document(), "coding": packed, **values}
    if not lasting:
        fields = raw({"Cache-Control": "no-store", **all_headers})
        return Relay(snapshot(request), operation, fields, unchanged=False, ending=ending, **asked)
    lead = _lead(request, all_headers, packed, (operation, chosen_form.suffix, seen, values))
    return _kept(request, lead, partial(Relay, snapshot(request), operation, lead.fields, ending=ending, **asked))


def _seen(page: Reader, chosen_form: formats.Format) -> object:
    """What an answer in that form may show of its reader: RDF nothing, a page all."""
    if chosen_form is formats.HTML:
        return page
    return None if isinstance(chosen_form.engine, RdfFormat) else page.language


def _lead(request: Request, headers: dict[str, str], packed: str | None, parts: tuple[Any, ...]) -> Lead:
    """The answer's key, its tag, and the fields that it has whatever its status."""
    found = key(__version__, loaded(request).state, packed, *parts)
    own = validators(request, found)
    if packed:  # the same bytes are packed otherwise when they come in other pieces
        own["ETag"] = f"W/{own['ETag']}"
    # Another address may give the same, and say of itself that what it gives varies by other fields.
    kept_as = key(found, headers["Vary"])
    return Lead(kept_as, own["ETag"], raw({**own, **headers}), snapshot(request).generation)


def _kept(request: Request, lead: Lead, ask: Callable[..., ASGIApp]) -> ASGIApp:
    kept = cache(request)
    found = kept.get(lead.key)
    modified = next((value.decode() for name, value in lead.fields if name == b"last-modified"), None)
    unchanged = matches(request, lead.tag, modified)
    # Who names the tag has had the answer; who sends a day or a star may ask for what is not there.
    known = unchanged and (found or field(request, "if-none-match") not in (None, "*"))
    note(request.scope, cache=UNCHANGED if known else HIT if found else MISS)
    if known:
        return lead.unchanged
    if found:
        return found
    return ask(keep=kept.keeper(lead), most=kept.most, unchanged=unchanged)


def validators(request: Request, variant: str) -> dict[str, str]:
    """ETag of one representation of the loaded data, and the moment since which it is what is answered."""
    found = loaded(request)
    return {
        "ETag": f'"{found.state[:16]}-{__version__}-{variant}"',
        **freshness(found.digest, settings(request).max_age),
        **last_modified(request),
    }


def last_modified(request: Request, least: datetime | None = None) -> dict[str, str]:
    """The moment since which this server answers from the data, or `least` where that is later.

    It is not the moment that the data tells of itself, which need not change with each correction.
    """
    since = snapshot(request).since
    return {"Last-Modified": formatdate(max(since, least or since).timestamp(), usegmt=True)}


def cache_control(age: int) -> str:
    """The value of Cache-Control that says how long an answer may be used unasked, in seconds.

    Where no server answers, a cache may do so from what is old (RFC 5861): for a day, or less where little may be kept.
    """
    on_error = min(_DAY, _ON_ERROR * age)
    return f"public, max-age={age}, stale-while-revalidate={age}, stale-if-error={on_error}"


def freshness(digest: str, age: int) -> dict[str, str]:
    """How long an answer may be used unasked, in seconds, and the digest of the data that it comes from."""
    return {"Cache-Control": cache_control(age), "Dataset-Digest": f"sha-256={digest}"}


@lru_cache(maxsize=2)
def fresh_fields(digest: str, age: int) -> tuple[tuple[bytes, bytes], ...]:
    """The same as ASGI has header fields."""
    return tuple(raw(freshness(digest, age)))
