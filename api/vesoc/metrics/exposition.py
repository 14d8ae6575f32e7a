"""The metrics as text, of this process, or of all that serve at the same address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from vesoc.metrics.collector import Collector, Sources

_LABEL = "process"


def own(sources: Sources, memory: Mapping[str, int]) -> CollectorRegistry:
    """What this process tells, in a registry of its own."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector(sources, memory))
    for kind in (ProcessCollector, PlatformCollector):
        kind(registry=registry)
    return registry


def text(registry: CollectorRegistry) -> str:
    """The metrics in the text format of Prometheus, version 0.0.4."""
    return generate_latest(registry).decode()


def together(texts: Mapping[int, str | None]) -> CollectorRegistry:
    """What processes told, by their numbers, which become a label of each sample; None of one that is silent."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Merged(texts))
    return registry


def written(registry: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """The metrics in the format that the Accept field likes best, and its media type."""
    try:
        encode, media_type = choose_encoder(accept)
    except (TypeError, ValueError):  # of a version that is no number
        encode, media_type = choose_encoder("")
    return encode(registry), media_type


class _Merged:
    def __init__(self, texts: Mapping[int, str | None]) -> None:
        self._texts = texts

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("vesoc_process_up", "Whether a web process tells its metrics.", labels=(_LABEL,))
        families: dict[str, Metric] = {}
        for number, told in self._texts.items():
            up.add_metric((str(number),), told is not None)
            for family in text_string_to_metric_families(told or ""):
                merged = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                merged.samples.extend(_numbered(family, number))
        return [up, *families.values()]


def _numbered(family: Metric, number: int) -> Iterator[Sample]:
    for sample in family.samples:
        yield sample._replace(labels={_LABEL: str(number), **sample.labels})
