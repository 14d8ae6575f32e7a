"""Handlers for those who have a document validated: the form, and the report in the form that is asked for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from vesoc import checked, context, submission
from vesoc.responses import page


async def validate(request: Request) -> ASGIApp:
    """The form; for a document that is posted the report on it, in the form that suffix or Accept asks for."""
    if request.method != "POST":
        return _form(request)
    _, form = context.form(request, request.url.path.removeprefix("/"), checked.FORMS)
    given = await submission.read(request, context.settings(request))
    asked: dict[str, Any] = {**asdict(given), "syntax": given.syntax.suffix, "suffix": form.suffix}
    steps = request.query_params.getlist("step")
    return context.relay(request, "validate", form, lasting=False, steps=steps, **asked)


def _form(request: Request) -> Response:
    values: dict[str, Any] = {"syntaxes": submission.SYNTAXES, "text": "", "syntax": "ttl", "report": None}
    return page("validate.html", request, address=context.settings(request).address, **values)
