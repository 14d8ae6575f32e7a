"""The quality score of our own catalogue: computed once for the data that is loaded, when somebody first asks."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vesoc import context, formats, links, published
from vesoc.catalogue.catalogue import STEM
from vesoc.errors import Problem, VesocError
from vesoc.negotiation import VARY_WITH_READER, language, matches
from vesoc.quality import reading
from vesoc.quality.assessment import Assessment, moment
from vesoc.quality.catalogue import Catalogue
from vesoc.quality.encoding import FORMS, encoded
from vesoc.quality.process import measured
from vesoc.quality.report import Report
from vesoc.quality.visitor import Visitor
from vesoc.responses import page

PATH = "catalog/quality"
_SECONDS = 20  # that a request waits for the score


class Scores:
    """The score of the catalogue that an application serves at `address`, kept for one state of the data."""

    def __init__(self, application: Any, address: str) -> None:
        self._application = application
        self._address = address
        self._kept: tuple[str, asyncio.Task[Assessment]] | None = None

    async def get(self, state: str) -> Assessment:
        """The score; Problem 503 while it is being computed, and where it cannot be."""
        if self._kept is None or self._kept[0] != state or _failed(self._kept[1]):
            self._kept = (state, asyncio.create_task(self._computed()))
        try:
            async with asyncio.timeout(_SECONDS):
                return await asyncio.shield(self._kept[1])
        except TimeoutError:
            raise Problem(503, "the score is being computed", kind="loading", headers={"Retry-After": "10"}) from None
        except Problem:
            raise
        except VesocError as error:
            raise Problem(503, f"the score cannot be computed: {error}", headers={"Retry-After": "60"}) from None

    async def _computed(self) -> Assessment:
        from vesoc.quality.inside import Inside

        visitor = Visitor(transport=Inside(self._application, self._address))
        document = await visitor.document(f"{self._address}{STEM}.ttl")
        catalogue = Catalogue(document.address, reading.quads(document.body, document.media_type, document.address))
        answers = await visitor.answers(catalogue.addresses())
        return await measured(document, answers, moment())


def _failed(task: asyncio.Task[Assessment]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


async def quality(request: Request) -> Response:
    """The score as a page, as RDF (DQV), JSON or CSV; Problem 404 where there is no catalogue."""
    address, form = context.form(request, request.url.path.removeprefix("/"), (*FORMS, formats.HTML))
    if not (await published.folder(request) / f"{STEM}.ttl").is_file():
        raise Problem(404, "no catalogue describes the data of others")
    scores: Scores = request.app.state.scores
    found = await scores.get(context.loaded(request).state)
    if form is formats.HTML:
        report = Report(found, language(request))
        return page("quality.html", request, headers={"Link": _alternates()}, report=report, forms=FORMS)
    body = encoded(found, form.suffix, language(request), context.settings(request).address + PATH)
    fields = {**_fields(request, body), "Content-Location": f"/{address}.{form.suffix}", "Link": _alternates()}
    if matches(request, fields["ETag"], None):
        return Response(status_code=304, headers=fields)
    return Response(body, headers=fields, media_type=form.media_type)


def _fields(request: Request, body: bytes) -> dict[str, str]:
    fresh = context.freshness(context.loaded(request).digest, context.settings(request).max_age)
    return {**fresh, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Vary": VARY_WITH_READER}


def _alternates() -> str:
    offers = (*FORMS, formats.HTML)
    return links.field(links.Link(f"/{PATH}.{form.suffix}", "alternate", form.types[0]) for form in offers)
