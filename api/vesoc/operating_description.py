"""The part of the OpenAPI description for those who run the server, and for its readers."""

from __future__ import annotations

from typing import Any

from vesoc.described import language, operation, parameter

_METRICS = "For Prometheus; only for those whom whoever runs the server has named (403), or for nobody (404)."
_METRIC_TYPES = ["text/plain", "application/openmetrics-text"]
_READINESS = (
    "Digest and number of triples. `reload` tells of the last attempt to load new data: `state` is none, loading, done "
    "or refused, `at` the moment, `reason` why the old data stays; `watch` that changes of the files are not seen."
)


def paths() -> dict[str, Any]:
    """Paths and their operations."""
    return {
        "/health/live": {"get": operation("Liveness", "The process answers.", [], ["application/json"])},
        "/health/ready": {"get": operation("Readiness", _READINESS, [], ["application/json"])},
        "/metrics": {"get": operation("Metrics", _METRICS, [], _METRIC_TYPES)},
        "/openapi.json": {"get": operation("This description", "OpenAPI 3.1.", [], ["application/json"])},
        "/docs": {"get": operation("This description as a page", "For people.", [], ["text/html"])},
        "/accessibility": {"get": operation("Accessibility statement", "For people.", [language()], ["text/html"])},
        "/preferences": {"get": _preferences()},
    }


def _preferences() -> dict[str, Any]:
    parameters = [
        parameter("theme", "query", "Colours: auto, light or dark"),
        parameter("back", "query", "Path of this server to go back to"),
        language(),
    ]
    meaning = "Remembers language and colours in cookies, and leads back."
    return operation("Preferences of a reader", meaning, parameters, [], {"303": "Back to the page"})
