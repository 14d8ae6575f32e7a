"""The quality score of our own catalogue: computed once for the data that is loaded, when somebody first asks."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vesoc import context, formats, links, published
from vesoc.catalogue.catalogue import STEM
from vesoc.errors import Problem, VesocError
from vesoc.isolation import within
from vesoc.negotiation import VARY_WITH_READER, language, matches
from vesoc.quality import reading
from vesoc.quality.assessment import moment
from vesoc.quality.catalogue import Catalogue
from vesoc.quality.client import Client, Document
from vesoc.quality.encoding import FORMS, Encodings
from vesoc.quality.process import measured
from vesoc.quality.report import Report
from vesoc.responses import page
from vesoc.snapshot import Snapshot

PATH = "catalog/quality"
_SECONDS = 20  # that a request waits for the score
_REST = 60.0  # seconds before what failed is tried again
_PLACES = tuple(f"/{PATH}.{form.suffix}" for form in (*FORMS, formats.HTML))


class Scores:
    """The score of the catalogue that an application serves at `address`, kept for one state of the data.

    A failure is kept as well, for `rest` seconds.
    """

    def __init__(self, application: Any, address: str, rest: float = _REST) -> None:
        self._application = application
        self._address = address
        self._rest = rest
        self._ended = 0.0  # when the last computation ended, by the monotonic clock
        self._kept: tuple[str, asyncio.Task[Encodings]] | None = None

    async def get(self, snapshot: Snapshot) -> Encodings:
        """The score; Problem 503 while it is being computed, and where it cannot be."""
        state = snapshot.require().state
        if self._kept is None or self._kept[0] != state or self._stale(self._kept[1]):
            self._kept = (state, asyncio.create_task(self._computed(snapshot)))
        try:
            async with asyncio.timeout(_SECONDS):
                return await asyncio.shield(self._kept[1])
        except TimeoutError:
            raise Problem(503, "the score is being computed", kind="loading", headers={"Retry-After": "10"}) from None
        except VesocError as error:
            later = {"Retry-After": str(max(1, math.ceil(self._ended + self._rest - time.monotonic())))}
            raise Problem(503, f"the score cannot be computed: {error}", headers=later) from None

    def _stale(self, task: asyncio.Task[Encodings]) -> bool:
        """Whether a computation failed, and that long enough ago."""
        if not task.done():
            return False
        return task.cancelled() or bool(task.exception() and time.monotonic() >= self._ended + self._rest)

    async def _computed(self, snapshot: Snapshot) -> Encodings:
        from vesoc.quality.inside import Inside

        snapshot.hold()
        client = Client(transport=Inside(within(self._application, snapshot), self._address))
        try:
            document = await client.document(f"{self._address}{STEM}.ttl")
            answers = await client.answers(await asyncio.to_thread(_addresses, document))
            return Encodings(await measured(document, answers, moment()), self._address + PATH)
        finally:
            snapshot.release()
            self._ended = time.monotonic()


def _addresses(document: Document) -> list[str]:
    quads = reading.quads(document.body, document.media_type, document.address)
    return Catalogue(document.address, quads).addresses()


async def quality(request: Request) -> Response:
    """The score as a page, as RDF (DQV), JSON or CSV; Problem 404 where there is no catalogue."""
    address, form = context.form(request, request.url.path.removeprefix("/"), (*FORMS, formats.HTML))
    if address != PATH:
        raise Problem(404, f"the score is at /{PATH} and, in one form, at {', '.join(_PLACES)}")
    if not (await published.folder(request) / f"{STEM}.ttl").is_file():
        raise Problem(404, "no catalogue describes the data of others")
    scores: Scores = request.app.state.scores
    found = await scores.get(context.snapshot(request))
    if form is formats.HTML:
        values: dict[str, Any] = {
            "report": Report(found.assessment, language(request)),
            "missing": context.settings(request).missing(),
        }
        return page("quality.html", request, headers={"Link": _alternates()}, forms=FORMS, **values)
    encoding = await found.get(form.suffix, language(request))
    own = {"Content-Location": f"/{PATH}.{form.suffix}", "Link": _alternates()}
    fields = {**_fields(request, encoding.digest), **own}
    if matches(request, fields["ETag"], None):
        return Response(status_code=304, headers=fields)
    return Response(encoding.body, headers=fields, media_type=form.media_type)


def _fields(request: Request, digest: str) -> dict[str, str]:
    fresh = context.freshness(context.loaded(request).digest, context.settings(request).max_age)
    return {**fresh, "ETag": f'"{digest[:32]}"', "Vary": VARY_WITH_READER}


def _alternates() -> str:
    offers = (*FORMS, formats.HTML)
    return links.field(links.Link(f"/{PATH}.{form.suffix}", "alternate", form.types[0]) for form in offers)
