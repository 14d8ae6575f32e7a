"""An assessment for people and for spreadsheets: what each metric gives, what is missing, and how to mend it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vesoc.catalogues import translation
from vesoc.quality.assessment import Assessment, DatasetScore, DistributionScore, Measurement, Texts
from vesoc.quality.metrics import DIMENSIONS, METRICS, RATINGS, SCORING, Metric

_COLUMNS = ("dataset", "distribution", "dimension", "metric", "points", "most", "value", "found")


@dataclass(frozen=True)
class Fault:
    """A metric that is not met, how to mend that, and what is amiss.

    `wheres` are the numbers of the distributions that lack it, from 1; none where the dataset itself does.
    """

    label: str
    points: int
    mend: str
    wheres: tuple[int, ...]
    found: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A metric in a table: the points that it gives to each thing; None where it is not computed on that thing."""

    metric: Metric
    label: str
    points: tuple[int | None, ...]


class Report:
    """What an assessment says in one language."""

    def __init__(self, assessment: Assessment, language: str) -> None:
        self.assessment = assessment
        self._language = language
        self._text: Callable[[str], str] = translation(language).gettext

    def title(self, thing: DatasetScore | DistributionScore) -> str:
        """The title of a thing, or its name where it has none."""
        return self.said(thing.title) or thing.name

    def said(self, texts: Texts) -> str:
        """A text in the language, else in another."""
        return texts.get(self._language) or next(iter(texts.values()), "")

    def rating(self, points: int) -> str:
        """What the points come to, in a word; empty where only a part was measured."""
        found = self.assessment.rating(points)
        return self._text(RATINGS[found]) if found else ""

    def dimensions(self, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
        """The rows by dimension."""
        for dimension, label in DIMENSIONS.items():
            found = [row for row in rows if row.metric.dimension is dimension]
            if found:
                yield self._text(label), found

    def rows(self, dataset: DatasetScore, parts: Sequence[DistributionScore]) -> list[Row]:
        """A row a metric: the points of the dataset, then those of each of the `parts`."""
        things = [dataset.measurements, *(part.measurements for part in parts)]
        points = [{one.metric.name: one.points for one in thing} for thing in things]
        wanted = [metric for metric in METRICS if any(metric.name in thing for thing in points)]
        return [
            Row(metric, self._text(metric.label), tuple(thing.get(metric.name) for thing in points))
            for metric in wanted
        ]

    def faults(self, dataset: DatasetScore) -> list[Fault]:
        """What is missing, the most points first."""
        groups = [(one.metric, self._lacking(dataset, one.metric)) for one in _each_metric(dataset)]
        found = [self._fault(metric, lacking) for metric, lacking in groups if lacking]
        return sorted(found, key=lambda fault: -fault.points)

    def _lacking(self, dataset: DatasetScore, metric: Metric) -> list[tuple[int, Measurement]]:
        """The measurements of a metric that are not met, with the number of the distribution, 0 for the dataset."""
        things = enumerate([dataset.measurements, *(part.measurements for part in dataset.distributions)])
        return [(n, one) for n, measured in things for one in measured if one.metric is metric and not one.met]

    def _fault(self, metric: Metric, lacking: list[tuple[int, Measurement]]) -> Fault:
        found = dict.fromkeys(self.said(text) for _, one in lacking for text in one.found)
        wheres = tuple(number for number, _ in lacking if number)
        return Fault(self._text(metric.label), metric.points, self._text(metric.mend), wheres, tuple(found))


def _each_metric(dataset: DatasetScore) -> list[Measurement]:
    """One measurement of each metric that the dataset or a distribution has."""
    all_measured = [*dataset.measurements, *(one for part in dataset.distributions for one in part.measurements)]
    return list({one.metric.name: one for one in all_measured}.values())


def table(assessment: Assessment, language: str) -> str:
    """The measurements as CSV (RFC 4180): a row each, and one with the sum of the points of each thing."""
    report, out = Report(assessment, language), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for dataset in assessment.datasets:
        for part in (None, *dataset.distributions):
            writer.writerows(_lines(report, dataset, part))
    return out.getvalue()


def _lines(report: Report, dataset: DatasetScore, part: DistributionScore | None) -> Iterator[list[object]]:
    """The measurements of a distribution itself, or of the dataset where it is None, and the sum."""
    name = part.name if part else ""
    for one in (part or dataset).measurements:
        found = " | ".join(report.said(text) for text in one.found)
        metric = one.metric
        value = str(one.value).lower()
        yield [dataset.name, name, metric.dimension, metric.name, one.points, metric.points, value, found]
    points = dataset.points_of(part) if part else dataset.points
    yield [dataset.name, name, "", SCORING, points, report.assessment.most, points, ""]
