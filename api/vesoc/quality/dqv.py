"""An assessment in the Data Quality Vocabulary: measurements of each metric, dimension and total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vesoc.catalogues import translation
from vesoc.formats import Format
from vesoc.names import BASE, term
from vesoc.quality.assessment import Assessment, DatasetScore, DistributionScore, Measurement
from vesoc.quality.metrics import DIMENSIONS, METRICS, NAMESPACE, PROFILE, SCORING, Dimension, Metric
from vesoc.serialisation import written as serialised
from vesoc.words import LANGUAGES

Node = NamedNode | BlankNode
Value = bool | int


def written(assessment: Assessment, form: Format, document: str | None = None) -> bytes:
    """The triples in a syntax; they are about the `document` at that address, or one without a name."""
    return serialised(triples(assessment, document), form, BASE, {"pv": NAMESPACE})


def triples(assessment: Assessment, document: str | None = None) -> list[Triple]:
    """The measurements, each of one thing; with a `document` they have names in it, else none."""
    whole: Node = NamedNode(document) if document else BlankNode("vesoc-quality")
    numbers = count(1)

    def name() -> Node:
        number = next(numbers)
        return NamedNode(f"{document}#m{number}") if document else BlankNode(f"vesoc-m{number}")

    found = [
        *_metadata(assessment, whole),
        *_metrics(metric for metric in METRICS if assessment.live or not metric.live),
    ]
    for dataset in assessment.datasets:
        found += _dataset(dataset, name)
    return found


def _metadata(assessment: Assessment, whole: Node) -> Iterator[Triple]:
    yield Triple(whole, term("rdf:type"), term("dqv:QualityMetadata"))
    yield Triple(whole, term("dcterms:subject"), NamedNode(assessment.address))
    moment = Literal(assessment.checked, datatype=term("xsd:dateTime"))
    yield Triple(whole, term("prov:generatedAtTime"), moment)
    for dataset in assessment.datasets:
        yield Triple(_thing(dataset.name), term("dqv:hasQualityMetadata"), whole)


def _metrics(metrics: Iterable[Metric]) -> Iterator[Triple]:
    """What each metric and dimension is, and the type of its values."""
    for dimension, label in DIMENSIONS.items():
        yield Triple(_term(dimension), term("rdf:type"), term("dqv:Dimension"))
        yield from _labels(_term(dimension), label)
        yield from _metric(_term(f"{dimension}Scoring"), "integer", dimension)
    yield from _metric(_term(SCORING), "integer", None)
    for metric in metrics:
        node = _term(metric.name)
        yield from _metric(node, "integer" if metric.live else "boolean", metric.dimension)
        yield from _labels(node, metric.label)


def _metric(node: Node, kind: str, dimension: Dimension | None) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("dqv:Metric"))
    yield Triple(node, term("dqv:expectedDataType"), term(f"xsd:{kind}"))
    if dimension:
        yield Triple(node, term("dqv:inDimension"), _term(dimension))


def _labels(node: Node, text: str) -> Iterator[Triple]:
    for language in LANGUAGES:
        yield Triple(node, term("skos:prefLabel"), Literal(translation(language).gettext(text), language=language))


def _dataset(dataset: DatasetScore, name: Callable[[], Node]) -> Iterator[Triple]:
    node = _thing(dataset.name)
    for one in dataset.measurements:
        yield from _measurement(name(), node, _term(one.metric.name), one.value)
        if one.metric.name == "dcatApCompliance" and one.met:
            yield Triple(node, term("dcterms:conformsTo"), NamedNode(PROFILE))
    yield from _sums(dataset.rows(dataset.best), node, name)
    for part in dataset.distributions:
        yield from _distribution(dataset, part, name)


def _distribution(dataset: DatasetScore, part: DistributionScore, name: Callable[[], Node]) -> Iterator[Triple]:
    node = _thing(part.name)
    for one in part.measurements:
        yield from _measurement(name(), node, _term(one.metric.name), one.value)
    yield from _sums(dataset.rows(part), node, name)


def _sums(rows: list[Measurement], node: Node, name: Callable[[], Node]) -> Iterator[Triple]:
    """The points in each dimension, and in all."""
    for dimension in DIMENSIONS:
        points = sum(one.points for one in rows if one.metric.dimension is dimension)
        yield from _measurement(name(), node, _term(f"{dimension}Scoring"), points)
    yield from _measurement(name(), node, _term(SCORING), sum(one.points for one in rows))


def _measurement(measurement: Node, node: Node, metric: NamedNode, value: Value) -> Iterator[Triple]:
    yield Triple(measurement, term("rdf:type"), term("dqv:QualityMeasurement"))
    yield Triple(measurement, term("dqv:isMeasurementOf"), metric)
    yield Triple(measurement, term("dqv:computedOn"), node)
    yield Triple(measurement, term("dqv:value"), Literal(value))
    yield Triple(node, term("dqv:hasQualityMeasurement"), measurement)


def _thing(name: str) -> Node:
    return BlankNode(name.removeprefix("_:")) if name.startswith("_:") else NamedNode(name)


def _term(name: str) -> NamedNode:
    return NamedNode(NAMESPACE + name)
