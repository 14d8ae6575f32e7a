"""OpenTelemetry: spans of requests and of what workers did for them, where its variables name a collector.

FastAPI makes the span of a request, takes `traceparent` over, and sends spans and metrics as the variables say (OTLP
over HTTP). Here are the spans of the wait and of the answer, and what no span may tell: the text of a query.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, MutableMapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from vesoc import __version__
from vesoc.records import Record
from vesoc.retention import Retention
from vesoc.usage import Usage

if TYPE_CHECKING:  # which takes long to import
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

_COLLECTORS = tuple(f"OTEL_EXPORTER_OTLP_{signal}ENDPOINT" for signal in ("", "TRACES_", "METRICS_"))
_PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")
_MISSING = "OpenTelemetry is to send to a collector, but its packages are not here: install vesoc[telemetry]"
_OFF = ("tracing", "metrics", "logs")
_FAILED = ("failure", "memory", "timeout", "unavailable")
_LOG = logging.getLogger("vesoc.telemetry")
_PATIENCE = "2"  # seconds
_NANOSECONDS = 1_000_000_000


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether the variables name a collector, and the packages are there; the log says so where they are not."""
    disabled = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if disabled or not any(environment.get(name) for name in _COLLECTORS):
        return False
    if all(map(_installed, _PACKAGES)):
        return True
    _LOG.warning(_MISSING)
    return False


def off() -> dict[str, Any]:
    """What FastAPI is told: to ask with each request whether there is a collector takes time."""
    return dict.fromkeys(_OFF, False)


class Spans:
    """Providers of this server alone, and the spans of what workers did; of queries they tell what the log tells."""

    def __init__(self, environment: MutableMapping[str, str], retention: Retention) -> None:
        from opentelemetry.sdk.metrics import MeterProvider

        # The exporters read it. By default a server would wait for ten seconds, twice, for a collector that is gone.
        environment.setdefault("OTEL_EXPORTER_OTLP_TIMEOUT", _PATIENCE)
        self._retention = retention
        resource = _resource(environment)
        self._provider = _provider(resource)
        self._meters = MeterProvider(resource=resource, shutdown_on_exit=False)
        self._tracer = self._provider.get_tracer("vesoc", __version__)

    def config(self) -> dict[str, Any]:
        """What FastAPI is told; it sends no log, for the trace of an error stays in the process."""
        providers = {"tracer_provider": self._provider, "meter_provider": self._meters}
        return {**providers, "logs": False, "operation_spans": False, "auto_configure": True}

    def close(self, record: Record) -> None:
        """Tell what was done for a request, within whose span this is called."""
        usage = record.usage
        if usage.begun is not None and usage.took is not None:
            waited = usage.waited or 0.0
            self._span("wait", usage.begun - waited, waited, {})
            self._span(usage.operation, usage.begun, usage.took, self._told(record), record.outcome in _FAILED)
        elif record.query and record.cache:
            self._span("cache", record.moment, 0.0, self._told(record))

    def _span(self, name: str, begun: float, seconds: float, told: dict[str, Any], failed: bool = False) -> None:
        from opentelemetry.trace import StatusCode

        start = int(begun * _NANOSECONDS)
        span = self._tracer.start_span(name, start_time=start, attributes=told)
        if failed:
            span.set_status(StatusCode.ERROR)
        span.end(start + int(seconds * _NANOSECONDS))

    def _told(self, record: Record) -> dict[str, Any]:
        found: dict[str, Any] = {"vesoc.request.id": record.id, "vesoc.cache": record.cache, **_used(record.usage)}
        if record.query:
            kept = self._retention.query(record.query)
            asked = {"kind": kept["kind"], "hash": kept.get("query"), "outcome": record.outcome}
            asked |= self._retention.text(record.text)
            found |= {f"vesoc.query.{name}": value for name, value in asked.items()}
        return {name: value for name, value in found.items() if value is not None}


def _used(usage: Usage) -> dict[str, Any]:
    if usage.begun is None:
        return {}
    return {
        "vesoc.worker.process": usage.worker,
        "vesoc.worker.processor_seconds": usage.processor,
        "vesoc.worker.memory_bytes": usage.memory,
        "vesoc.worker.slow": usage.slow,
    }


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def _resource(environment: Mapping[str, str]) -> Resource:
    from opentelemetry.sdk.resources import Resource

    named = "OTEL_SERVICE_NAME" in environment or "service.name" in environment.get("OTEL_RESOURCE_ATTRIBUTES", "")
    return Resource.create({"service.version": __version__, **({} if named else {"service.name": "vesoc"})})


def _provider(resource: Resource) -> TracerProvider:
    """A provider whose spans do not tell what stands behind the question mark of an address."""
    from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider

    class Redaction(SpanProcessor):
        def on_start(self, span: Span, parent_context: Any = None) -> None:
            if "url.query" in (span.attributes or {}):
                span.set_attribute("url.query", "REDACTED")

    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(Redaction())
    return provider
