"""What a reader chooses to have remembered: the language and the colours of the pages."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vesoc.reader import THEMES
from vesoc.words import LANGUAGES

_YEAR = 365 * 86400
_CHOICES = (("lang", LANGUAGES), ("theme", THEMES))
_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")  # of this server: no other host can follow


async def preferences(request: Request) -> Response:
    """Remember the choices that the address makes, and go back to the page."""
    back = request.query_params.get("back", "/")
    response = RedirectResponse(back if _OWN_PATH.fullmatch(back) else "/", 303, {"Cache-Control": "no-store"})
    for name, allowed in _CHOICES:
        if request.query_params.get(name) in allowed:
            response.set_cookie(name, request.query_params[name], _YEAR, path="/", httponly=True, samesite="lax")
    return response
