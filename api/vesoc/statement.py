"""The statement on accessibility: a page without data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from vesoc.catalogues import translation
from vesoc.negotiation import reader
from vesoc.responses import page


async def accessibility(request: Request) -> Response:
    """How accessible the pages are, and how that is known."""
    _ = translation(reader(request).language).gettext
    return page("accessibility.html", request, title=_("Accessibility statement"))
