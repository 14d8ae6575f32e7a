"""The score of each dataset and each of its distributions: every metric measured, and the points that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from pyoxigraph import NamedNode

from vesoc.quality import compliance
from vesoc.quality.assessment import Assessment, DatasetScore, DistributionScore, Measurement, Texts
from vesoc.quality.catalogue import Catalogue, Node
from vesoc.quality.client import Answer
from vesoc.quality.metrics import METRICS, Metric, Subject, Test
from vesoc.quality.vocabularies import listed
from vesoc.shapes import Shapes
from vesoc.validation import Finding

_MOST_TOLD = 10  # findings that one measurement tells


@dataclass(frozen=True)
class _Known:
    """What is measured with: the catalogue, how addresses answered (None: not asked), and the violations by node."""

    catalogue: Catalogue
    answers: Mapping[str, Answer] | None
    violations: Mapping[str, list[Finding]]

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in METRICS if self.answers is not None or not metric.live)

    def of(self, subjects: Iterable[Subject]) -> list[Metric]:
        wanted = set(subjects)
        return [metric for metric in self.metrics if metric.subject in wanted]


def assess(catalogue: Catalogue, shapes: Shapes, answers: Mapping[str, Answer] | None, checked: str) -> Assessment:
    """The score of all datasets; without `answers` the live metrics are left out. `checked` is a moment (ISO 8601)."""
    known = _Known(catalogue, answers, compliance.violations(catalogue, shapes))
    datasets = tuple(_dataset(known, node) for node in catalogue.datasets)
    return Assessment(catalogue.address, checked, answers is not None, datasets, tuple(_besides(known)))


def _dataset(known: _Known, node: Node) -> DatasetScore:
    measured = tuple(_measured(known, metric, node) for metric in known.of((Subject.DATASET, Subject.BOTH)))
    shared = {one.metric.name: one for one in measured if one.metric.subject is Subject.BOTH}
    parts = tuple(_distribution(known, part, shared) for part in known.catalogue.distributions(node))
    return DatasetScore(_name(node), known.catalogue.title(node), measured, parts)


def _distribution(known: _Known, node: Node, shared: Mapping[str, Measurement]) -> DistributionScore:
    """The score of a distribution; what both are to have counts only where the dataset has it too."""
    measured = [_measured(known, metric, node) for metric in known.of((Subject.DISTRIBUTION, Subject.BOTH))]
    joint = tuple(one.only_with(shared.get(one.metric.name)) for one in measured)
    return DistributionScore(_name(node), known.catalogue.title(node), joint)


def _measured(known: _Known, metric: Metric, node: Node) -> Measurement:
    value, found = _TESTS[metric.test](known, metric, node)
    return Measurement(metric, value, tuple(found))


def _given(known: _Known, metric: Metric, node: Node) -> tuple[bool, list[Texts]]:
    [name] = metric.properties
    return bool(known.catalogue.values(node, name)), []


def _listed(known: _Known, metric: Metric, node: Node) -> tuple[bool, list[Texts]]:
    """Whether something is given, and all that is given is on the list of its property."""
    given = [
        (value, list_name)
        for name, list_name in zip(metric.properties, metric.lists, strict=True)
        for value in known.catalogue.values(node, name)
    ]
    off = [v.value for v, list_name in given if not (isinstance(v, NamedNode) and listed(list_name, [v.value]))]
    return bool(given) and not off, [{"": value} for value in off]


def _answers(known: _Known, metric: Metric, node: Node) -> tuple[int, list[Texts]]:
    """The status of the address that answered worst; 0 where one gave no answer or none is given."""
    [name] = metric.properties
    assert known.answers is not None
    asked = {value.value: known.answers[value.value] for value in known.catalogue.values(node, name)}
    bad = {address: answer for address, answer in asked.items() if not answer.good}
    worst = [answer.status or 0 for answer in (bad or asked).values()]
    return min(worst, default=0), [{"": f"{address}: {answer.told}"} for address, answer in bad.items()]


def _conforms(known: _Known, metric: Metric, node: Node) -> tuple[bool, list[Texts]]:
    found = compliance.of(known.catalogue.parts(node), known.violations)
    return not found, [compliance.told(finding) for finding in found[:_MOST_TOLD]]


def _besides(known: _Known) -> Iterator[Texts]:
    """The violations that belong to no dataset: those of the catalogue itself, of records, series, services."""
    catalogue = known.catalogue
    owned = {part.value for dataset in catalogue.datasets for part in catalogue.parts(dataset)}
    others: Sequence[Finding] = [
        one for focus, found in known.violations.items() if focus not in owned for one in found
    ]
    yield from (compliance.told(finding) for finding in others)


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


_Measure = Callable[[_Known, Metric, Node], tuple[bool | int, list[Texts]]]
_TESTS: Mapping[Test, _Measure] = MappingProxyType(
    {Test.GIVEN: _given, Test.LISTED: _listed, Test.ANSWERS: _answers, Test.CONFORMS: _conforms}
)
