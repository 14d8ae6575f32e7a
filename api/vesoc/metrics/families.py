"""The kinds of metrics that Prometheus knows, made from plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from vesoc.metrics.tally import Histogram

Values = tuple[str, ...]


def counter(name: str, meaning: str, number: float) -> Metric:
    """A number that only grows; the name of its sample ends in `_total`."""
    return CounterMetricFamily(name, meaning, value=number)


def counters(name: str, meaning: str, labels: Values, found: Mapping[Any, float]) -> Metric:
    """Numbers that only grow, by the values of their labels."""
    return _filled(CounterMetricFamily(name, meaning, labels=labels), found)


def gauge(name: str, meaning: str, number: float) -> Metric:
    """A number that goes up and down."""
    return GaugeMetricFamily(name, meaning, value=number)


def gauges(name: str, meaning: str, labels: Values, found: Mapping[Any, float]) -> Metric:
    """Numbers that go up and down, by the values of their labels."""
    return _filled(GaugeMetricFamily(name, meaning, labels=labels), found)


def histogram(name: str, meaning: str, labels: Values, found: Mapping[Any, Histogram]) -> Metric:
    """Durations in seconds by upper bound, their number and their sum."""
    family = HistogramMetricFamily(name, meaning, labels=labels)
    for key, durations in sorted(found.items()):
        family.add_metric(_values(key), durations.buckets(), durations.sum)
    return family


def info(name: str, meaning: str, **values: str) -> Metric:
    """Texts, as labels of a sample that is always 1; its name ends in `_info`."""
    return InfoMetricFamily(name, meaning, value=values)


def _filled(family: Any, found: Mapping[Any, float]) -> Metric:
    for key, number in sorted(found.items()):
        family.add_metric(_values(key), number)
    filled: Metric = family
    return filled


def _values(key: Any) -> Values:
    return tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)
