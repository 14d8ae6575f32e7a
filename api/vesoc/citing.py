"""The handler for those who cite a thing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.types import ASGIApp

from vesoc import addresses, context
from vesoc.formats import CITATIONS
from vesoc.negotiation import language


async def citation(request: Request) -> ASGIApp:
    """The entry of a thing for a reference manager, which holds the day on which it is fetched."""
    path = addresses.in_path(request.scope["raw_path"]).removeprefix("/cite/")
    path, form = context.form(request, path, CITATIONS)
    base = context.settings(request).base
    iris = [f"{base}ns"] if path == "ns" else [f"{base}id/{spelling}" for spelling in addresses.spellings(path)]
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight.date().isoformat()
    name = f"{re.sub('[^A-Za-z0-9]+', '-', path).strip('-')}.{form.suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": language(request),
        **context.last_modified(request, midnight),
    }
    return context.relay(request, "citation", form, headers, iris=iris, suffix=form.suffix, day=day)
