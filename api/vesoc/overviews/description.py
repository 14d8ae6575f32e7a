"""The overviews as OpenAPI describes them."""

from __future__ import annotations

from typing import Any

from vesoc import formats
from vesoc.described import language, operation, parameter
from vesoc.overviews.register import OVERVIEWS


def paths() -> dict[str, Any]:
    """The list of overviews, and each of them as its page and by suffix."""
    listed = operation("The overviews", "Pages across all agreements.", [language()], ["text/html"])
    part = parameter("part", "query", "Which table of the page, where it has several; the first by default")
    suffix = parameter("suffix", "path", "csv, json, html, or rq for the SPARQL", required=True)
    types = [form.types[0] for form in formats.ANSWERS]
    found: dict[str, Any] = {"/views": {"get": listed}}
    for one in OVERVIEWS.values():
        asked = [*(parameter(choice.name, "query", choice.label) for choice in one.choices), part, language()]
        found[one.path] = {"get": operation(one.title, one.sentence, asked, types)}
        found[f"{one.path}.{{suffix}}"] = {"get": operation(one.title, one.sentence, [*asked, suffix], types)}
    return found
