"""The pieces of an OpenAPI description: operations and parameters."""

from __future__ import annotations

from typing import Any

_PROBLEM = {
    "type": "object",
    "required": ["type", "kind", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "kind": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "limit": {"type": "string"},
    },
}


def operation(
    summary: str,
    description: str,
    parameters: list[dict[str, Any]],
    types: list[str],
    responses: dict[str, str] | None = None,
) -> dict[str, Any]:
    """One operation; `types` are the media types of its answer, `responses` those other than 200 by status."""
    good = {"200": {"description": "The answer", "content": {t: {"schema": _schema(t)} for t in types}}}
    other = {status: {"description": text} for status, text in (responses or {}).items()}
    forms = {"application/problem+json": {"schema": _PROBLEM}, "text/html": {"schema": {"type": "string"}}}
    problem = {"description": "A problem (RFC 9457), for browsers as a page", "content": forms}
    return {
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": {**(good if types else {}), **other, "default": problem},
    }


def _schema(media_type: str) -> dict[str, Any]:
    return {"type": ["object", "array"]} if media_type.endswith(("/json", "+json")) else {"type": "string"}


def parameter(name: str, place: str, description: str, required: bool = False) -> dict[str, Any]:
    """A parameter; `place` is path or query."""
    schema = {"type": "string"}
    return {"name": name, "in": place, "description": description, "required": required, "schema": schema}


def language() -> dict[str, Any]:
    """The parameter for the language of labels and pages."""
    return parameter("lang", "query", "nl or en; Accept-Language by default")
