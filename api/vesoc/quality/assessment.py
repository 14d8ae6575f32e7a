"""What an assessment comes to: measurements, their points, and the same as a JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from vesoc.quality.metrics import BY_NAME, METRICS, Metric, Rating, Subject, Test, most, rating

Texts = Mapping[str, str]  # by language; "" for what has none


@dataclass(frozen=True)
class Measurement:
    """A metric measured on one thing; `value` is a status for a live metric, else true or false.

    `found` tells what is amiss.
    """

    metric: Metric
    value: bool | int
    found: tuple[Texts, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the metric gives its points."""
        return self.value // 100 == 2 if self.metric.test is Test.ANSWERS else bool(self.value)

    @property
    def points(self) -> int:
        """The points that it gives: all or none."""
        return self.metric.points if self.met else 0

    def only_with(self, other: Measurement | None) -> Measurement:
        """The same, not met where the other is not."""
        return self if other is None or other.met else replace(self, value=False)


@dataclass(frozen=True)
class DistributionScore:
    """The measurements of a distribution itself."""

    name: str
    title: Texts
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True)
class DatasetScore:
    """The measurements of a dataset, and those of its distributions."""

    name: str
    title: Texts
    measurements: tuple[Measurement, ...]
    distributions: tuple[DistributionScore, ...]

    def rows(self, distribution: DistributionScore | None) -> list[Measurement]:
        """The measurements that make up the score of a distribution, in the order of the table of metrics.

        What the dataset alone can have counts for each of its distributions.
        """
        if distribution is None:
            return list(self.measurements)
        own = [one for one in self.measurements if one.metric.subject is Subject.DATASET]
        return sorted([*own, *distribution.measurements], key=lambda one: METRICS.index(one.metric))

    def points_of(self, distribution: DistributionScore | None) -> int:
        """The points of a distribution; of None, those of the dataset without any."""
        return sum(one.points for one in self.rows(distribution))

    @cached_property
    def best(self) -> DistributionScore | None:
        """The distribution that the portal counts: the first of those with the most points."""
        return max(self.distributions, key=self.points_of, default=None)

    @property
    def points(self) -> int:
        """The points of the dataset, by its best distribution."""
        return self.points_of(self.best)

    @property
    def least(self) -> int:
        """The points of its worst distribution."""
        return min(map(self.points_of, self.distributions), default=self.points)


@dataclass(frozen=True)
class Assessment:
    """The score of a catalogue: where it was read and when (ISO 8601), whether addresses were asked, and the datasets.

    `besides` are the violations of DCAT-AP that belong to no dataset.
    """

    address: str
    checked: str
    live: bool
    datasets: tuple[DatasetScore, ...]
    besides: tuple[Texts, ...] = ()

    @property
    def most(self) -> int:
        """The points that can be had."""
        return most(metric for metric in METRICS if self.live or not metric.live)

    @property
    def least(self) -> int:
        """The points of the worst distribution of all."""
        return min((dataset.least for dataset in self.datasets), default=0)

    def rating(self, points: int) -> Rating | None:
        """The rating of that many points; None without the live metrics, for it is of all of them."""
        return rating(points) if self.live else None

    def document(self) -> dict[str, Any]:
        """The assessment as JSON has it; `of_document` reads it back."""
        return {
            "catalogue": self.address,
            "checked": self.checked,
            "live": self.live,
            "most": self.most,
            "least": self.least,
            "datasets": [self._dataset(dataset) for dataset in self.datasets],
            "besides": [dict(text) for text in self.besides],
        }

    def _dataset(self, dataset: DatasetScore) -> dict[str, Any]:
        parts = [
            {"distribution": part.name, **self._score(dataset.points_of(part)), **_thing(part.title, part.measurements)}
            for part in dataset.distributions
        ]
        own = _thing(dataset.title, dataset.measurements)
        return {"dataset": dataset.name, **self._score(dataset.points), **own, "distributions": parts}

    def _score(self, points: int) -> dict[str, Any]:
        return {"points": points, "rating": self.rating(points)}


def moment() -> str:
    """Now, as an xsd:dateTime with its zone."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def of_document(document: Mapping[str, Any]) -> Assessment:
    """The assessment that `document()` gave."""
    datasets = tuple(
        DatasetScore(
            one["dataset"],
            one["title"],
            _measurements(one["measurements"]),
            tuple(
                DistributionScore(part["distribution"], part["title"], _measurements(part["measurements"]))
                for part in one["distributions"]
            ),
        )
        for one in document["datasets"]
    )
    besides = tuple(document["besides"])
    return Assessment(document["catalogue"], document["checked"], document["live"], datasets, besides)


def _thing(title: Texts, measurements: Iterable[Measurement]) -> dict[str, Any]:
    measured = [
        {
            "metric": one.metric.name,
            "dimension": one.metric.dimension,
            "points": one.points,
            "most": one.metric.points,
            "value": one.value,
            "found": [dict(text) for text in one.found],
        }
        for one in measurements
    ]
    return {"title": dict(title), "measurements": measured}


def _measurements(document: Iterable[Mapping[str, Any]]) -> tuple[Measurement, ...]:
    return tuple(Measurement(BY_NAME[one["metric"]], one["value"], tuple(one["found"])) for one in document)
