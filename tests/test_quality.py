"""The quality score: each metric has an example that loses its points and no others; live, and as DQV."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

import httpx2
import pytest
from command import vesoc
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from rdflib import RDF, SH

from vesoc.canonical import canonical
from vesoc.errors import Problem, VesocError
from vesoc.formats import JSON_LD
from vesoc.formats import TURTLE as TURTLE_FORM
from vesoc.names import PREFIXES, term
from vesoc.quality import compliance, dqv, encoding, metrics, process, reading
from vesoc.quality import vocabularies as lists
from vesoc.quality.assessment import Assessment, DatasetScore, DistributionScore, of_document
from vesoc.quality.catalogue import Catalogue
from vesoc.quality.client import Answer, Client, Document
from vesoc.quality.encoding import Encodings
from vesoc.quality.inside import Inside
from vesoc.quality.metrics import METRICS, NAMESPACE, Rating, Subject
from vesoc.quality.process import measured
from vesoc.quality.report import Report, table
from vesoc.quality.score import assess
from vesoc.quality.survey import Options, survey
from vesoc.scoring import Scores
from vesoc.snapshot import Snapshot
from vesoc.supervisor import Loaded
from vesoc.validation import Shapes

VESOC = Path(sys.executable).with_name("vesoc")
FILE = Path(__file__).parent / "quality" / "full.ttl"
HOST = "http://data.example/"
DATASET, TABLE, TURTLE = f"{HOST}dataset", f"{HOST}table", f"{HOST}turtle"
GONE = f"{HOST}gone"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
CHECKED = "2026-11-22T12:00:00Z"
MOST = 405
OURS = compliance.shapes()
# The official file says sh:shape, which SHACL has not, where it means sh:node: it leaves these dates unchecked.
DATES_MEANT = {
    ("dcat:CatalogRecord", "dcterms:modified"),
    ("dcat:Dataset", "dcterms:issued"),
    ("dcat:Dataset", "dcterms:modified"),
    ("dcterms:PeriodOfTime", "dcat:endDate"),
    ("dcterms:PeriodOfTime", "dcat:startDate"),
}
# And it wants algorithms of checksums at an address with https, which SPDX does not have: ours leave that out.
FIVE = ("shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris")

# What is done to the full catalogue: of that thing, the values of that property are replaced (None: taken away); and
# what is lost beside the metric itself, for nobody can have the one without the other.
BROKEN: dict[str, tuple[str, str, str | None, set[str]]] = {
    "keywordAvailability": (DATASET, "dcat:keyword", None, set()),
    "categoryAvailability": (DATASET, "dcat:theme", None, set()),
    "spatialAvailability": (DATASET, "dcterms:spatial", None, set()),
    "temporalAvailability": (DATASET, "dcterms:temporal", None, set()),
    "accessUrlStatusCode": (TABLE, "dcat:accessURL", GONE, set()),
    "downloadUrlAvailability": (TABLE, "dcat:downloadURL", None, {"downloadUrlStatusCode"}),
    "downloadUrlStatusCode": (TABLE, "dcat:downloadURL", GONE, set()),
    "formatAvailability": (
        TABLE,
        "dcterms:format",
        None,
        {"formatMediaTypeNonProprietary", "formatMediaTypeMachineInterpretable"},
    ),
    "mediaTypeAvailability": (TABLE, "dcat:mediaType", None, set()),
    "formatMediaTypeVocabularyAlignment": (TABLE, "dcat:mediaType", f"{IANA}text/unheard-of", set()),
    "formatMediaTypeNonProprietary": (TABLE, "dcterms:format", f"{EU}file-type/XLSX", set()),
    "formatMediaTypeMachineInterpretable": (TABLE, "dcterms:format", f"{EU}file-type/HTML", set()),
    "dcatApCompliance": (DATASET, "dcterms:title", None, set()),
    "licenceAvailability": (TABLE, "dcterms:license", None, {"knownLicence"}),
    "knownLicence": (TABLE, "dcterms:license", f"{HOST}licence", set()),
    "accessRightsAvailability": (DATASET, "dcterms:accessRights", None, {"accessRightsVocabularyAlignment"}),
    "accessRightsVocabularyAlignment": (DATASET, "dcterms:accessRights", f"{HOST}rights", set()),
    "contactPointAvailability": (DATASET, "dcat:contactPoint", None, set()),
    "publisherAvailability": (DATASET, "dcterms:publisher", None, set()),
    "rightsAvailability": (TABLE, "dcterms:rights", None, set()),
    "byteSizeAvailability": (TABLE, "dcat:byteSize", None, set()),
    "dateIssuedAvailability": (TABLE, "dcterms:issued", None, set()),
    "dateModifiedAvailability": (TABLE, "dcterms:modified", None, set()),
}


def full(host: str = HOST) -> list[Quad]:
    """The catalogue with full marks, as if it stood on that host."""
    return list(reading.quads(FILE.read_text().replace(HOST, host).encode(), "text/turtle", f"{host}catalog.ttl"))


def changed(quads: list[Quad], thing: str, name: str, value: NamedNode | Literal | None) -> list[Quad]:
    """The quads with another value of a property, or with none."""
    subject, predicate = NamedNode(thing), term(name)
    others = [quad for quad in quads if (quad.subject, quad.predicate) != (subject, predicate)]
    assert len(others) < len(quads), f"{thing} has no {name}"
    return [*others, Quad(subject, predicate, value)] if value else others


def scored(quads: list[Quad], live: bool = True) -> Assessment:
    """The score of a catalogue whose addresses all answer but one."""
    catalogue = Catalogue(f"{HOST}catalog.ttl", quads)
    answers = {address: Answer(404 if address == GONE else 200) for address in catalogue.addresses()}
    return assess(catalogue, OURS, answers if live else None, CHECKED)


def lost(dataset: DatasetScore, part: DistributionScore | None) -> set[str]:
    return {one.metric.name for one in dataset.rows(part) if not one.met}


def part(dataset: DatasetScore, name: str) -> DistributionScore:
    return next(one for one in dataset.distributions if one.name == name)


def test_points_add_up() -> None:
    assert len(METRICS) == 23
    assert metrics.most() == MOST
    sums: Counter[str] = Counter()
    for metric in METRICS:
        sums[metric.dimension] += metric.points
    wanted = {"findability": 100, "accessibility": 100, "interoperability": 110, "reusability": 75, "contextuality": 20}
    assert sums == wanted


def test_documentation_has_the_table() -> None:
    text = (FILE.parent.parent.parent / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\d+) \|", text, re.MULTILINE)
    assert rows == [(metric.name, metric.subject, str(metric.points)) for metric in METRICS]


def test_shapes_stand_in_canonical_form() -> None:
    text = (resources.files("vesoc") / "quality" / "dcat-ap.ttl").read_text(encoding="utf-8")
    assert canonical(text) == text


@pytest.mark.parametrize(
    ("points", "rating"),
    [
        (405, "Excellent"),
        (351, "Excellent"),
        (350, "Good"),
        (221, "Good"),
        (220, "Sufficient"),
        (120, "Bad"),
        (0, "Bad"),
    ],
)
def test_rating(points: int, rating: str) -> None:
    assert metrics.rating(points) == Rating(rating)


def test_full_marks() -> None:
    found = scored(full())
    [dataset] = found.datasets
    assert [dataset.points_of(one) for one in dataset.distributions] == [MOST, MOST]
    assert (dataset.points, found.least, found.most) == (MOST, MOST, MOST)
    assert found.rating(dataset.points) is Rating.EXCELLENT
    assert found.besides == ()
    assert all(Report(found, language).faults(dataset) == [] for language in ("nl", "en"))


def test_without_requests_the_live_metrics_are_left_out() -> None:
    found = scored(full(), live=False)
    [dataset] = found.datasets
    assert (found.most, found.least, found.rating(found.least)) == (325, 325, None)
    assert not any(one.metric.live for one in dataset.rows(dataset.best))


def test_every_metric_has_its_broken_example() -> None:
    assert set(BROKEN) == set(metrics.BY_NAME)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_example_loses_these_points_and_no_others(name: str) -> None:
    thing, predicate, value, implied = BROKEN[name]
    [dataset] = scored(changed(full(), thing, predicate, NamedNode(value) if value else None)).datasets
    wanted = {name, *implied}
    points = MOST - sum(metrics.BY_NAME[metric].points for metric in wanted)
    assert lost(dataset, part(dataset, TABLE)) == wanted
    assert dataset.points_of(part(dataset, TABLE)) == points
    whole = metrics.BY_NAME[name].subject is Subject.DATASET
    assert lost(dataset, part(dataset, TURTLE)) == (wanted if whole else set())
    assert dataset.points == (points if whole else MOST)
    told = [fault for language in ("nl", "en") for fault in Report(scored(full()), language).faults(dataset)]
    assert len(told) == 2 * len(wanted)
    assert all(fault.wheres == (() if whole else (1,)) for fault in told)


@pytest.mark.parametrize("name", ["dcterms:issued", "dcterms:modified"])
def test_date_is_wanted_of_the_dataset_as_well(name: str) -> None:
    [dataset] = scored(changed(full(), DATASET, name, None)).datasets
    assert [dataset.points_of(one) for one in dataset.distributions] == [MOST - 5, MOST - 5]


def test_what_is_wrong_is_told() -> None:
    [dataset] = scored(changed(full(), TABLE, "dcat:downloadURL", NamedNode(GONE))).datasets
    [fault] = Report(scored(full()), "en").faults(dataset)
    assert (fault.points, fault.wheres, fault.found) == (30, (1,), (f"{GONE}: 404",))
    [dataset] = scored(changed(full(), TABLE, "dcterms:license", NamedNode(f"{HOST}licence"))).datasets
    assert Report(scored(full()), "nl").faults(dataset)[0].found == (f"{HOST}licence",)
    [dataset] = scored(changed(full(), DATASET, "dcterms:title", None)).datasets
    [fault] = Report(scored(full()), "nl").faults(dataset)
    assert fault.found == (f"{DATASET}: dcterms:title van een dataset: minstens één, een tekst.",)


def test_empty_text_is_nothing() -> None:
    [dataset] = scored(changed(full(), DATASET, "dcat:keyword", Literal("  ", language="nl"))).datasets
    assert lost(dataset, dataset.best) == {"keywordAvailability"}


def test_every_address_of_several_has_to_answer() -> None:
    quads = [*full(), Quad(NamedNode(TABLE), term("dcat:downloadURL"), NamedNode(GONE))]
    [dataset] = scored(quads).datasets
    assert lost(dataset, part(dataset, TABLE)) == {"downloadUrlStatusCode"}


def test_worst_answer_is_the_value() -> None:
    catalogue = Catalogue(HOST, [*full(), Quad(NamedNode(TABLE), term("dcat:downloadURL"), NamedNode(GONE))])
    answers = {address: Answer(500) for address in catalogue.addresses()} | {GONE: Answer(None, "silent")}
    [dataset] = assess(catalogue, OURS, answers, CHECKED).datasets
    [measured] = [one for one in part(dataset, TABLE).measurements if one.metric.name == "downloadUrlStatusCode"]
    assert (measured.value, measured.met) == (0, False)
    assert measured.found == ({"": f"{HOST}files/all.csv: 500"}, {"": f"{GONE}: silent"})


def test_dataset_without_distributions_has_what_is_its_own() -> None:
    found = scored(changed(full(), DATASET, "dcat:distribution", None))
    [dataset] = found.datasets
    own = sum(metric.points for metric in METRICS if metric.subject is not Subject.DISTRIBUTION)
    assert (dataset.points, found.least, dataset.best) == (own, own, None)


def test_fault_of_the_catalogue_is_no_dataset_s() -> None:
    found = scored(changed(full(), f"{HOST}catalog", "dcterms:title", None))
    assert found.least == MOST
    assert [text["en"].split(": ")[0] for text in found.besides] == [f"{HOST}catalog"]


def test_fault_of_an_agent_is_its_dataset_s() -> None:
    found = scored(changed(full(), f"{HOST}agent", "foaf:name", None))
    [dataset] = found.datasets
    assert lost(dataset, dataset.best) == {"dcatApCompliance"}
    assert found.besides == ()


def turtle(text: str) -> list[Quad]:
    """What a text says, with the prefixes that it needs."""
    named = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("dcat", "dcterms"))
    return list(parse(f"{named}{text}", RdfFormat.TURTLE))


def test_another_dataset_s_fault_stays_with_it() -> None:
    found = scored([*full(), *turtle(f"<{HOST}other> a dcat:Dataset . <{DATASET}> dcterms:source <{HOST}other> .")])
    by_name = {dataset.name: lost(dataset, dataset.best) for dataset in found.datasets}
    assert by_name[DATASET] == set()
    assert "dcatApCompliance" in by_name[f"{HOST}other"]


def test_series_and_catalogues_are_no_datasets() -> None:
    quads = turtle(f"<{HOST}series> a dcat:Dataset . <{HOST}catalog> a dcat:Dataset ; dcat:dataset <{HOST}elsewhere> .")
    assert [dataset.name for dataset in scored([*full(), *quads]).datasets] == [DATASET]


def test_dataset_of_the_catalogue_needs_no_type() -> None:
    quads = turtle(f'<{HOST}catalog> dcat:dataset <{HOST}other> . <{HOST}other> dcat:keyword "x" .')
    assert [dataset.name for dataset in scored([*full(), *quads]).datasets] == [DATASET, f"{HOST}other"]


def test_assessment_survives_as_json() -> None:
    found = scored(changed(full(), TABLE, "dcat:downloadURL", NamedNode(GONE)))
    assert of_document(json.loads(json.dumps(found.document()))) == found


@pytest.mark.parametrize("name", sorted(lists.STARTS))
def test_list_is_that_of_the_vocabulary(name: str, vocabularies: Path) -> None:
    files = {"access-rights": "access-right", "licences": "licenses"}
    rows = csv.reader((vocabularies / "mqa" / f"{files.get(name, name)}.csv").read_text("utf-8").splitlines())
    column = 2 if name == "licences" else 0
    start = lists.STARTS[name][0]
    theirs = {row[column].removeprefix(start) for row in rows if row[column] != start}
    # Their list of formats for machines is the whole table of file types; ours is the portal's, of twenty.
    assert lists.codes(name) < theirs if name == "machine-readable" else lists.codes(name) == theirs


def test_machine_readable_formats_are_file_types() -> None:
    assert len(lists.codes("machine-readable")) == 20
    assert lists.codes("machine-readable") < lists.codes("file-types")
    assert not lists.listed("machine-readable", [f"{EU}file-type/SPARQLQ"])


@pytest.mark.parametrize(
    ("name", "iri", "on"),
    [
        ("licences", f"{EU}licence/CC0", True),
        ("licences", f"{EU}licence/", False),
        ("licences", "https://creativecommons.org/publicdomain/zero/1.0/", False),
        ("media-types", f"{IANA}text/turtle", True),
        ("media-types", f"https{IANA.removeprefix('http')}text/turtle", True),
        ("media-types", "text/turtle", False),
        ("file-types", "https://publications.europa.eu/resource/authority/file-type/CSV", False),
    ],
)
def test_listed(name: str, iri: str, on: bool) -> None:
    assert lists.listed(name, [iri]) is on


@pytest.fixture(scope="module")
def official(vocabularies: Path) -> Shapes:
    """The five files of shapes of DCAT-AP 3.0.1."""
    return compliance.shapes([vocabularies / "dcat-ap" / f"{name}.ttl" for name in FIVE])


def pairs(quads: list[Quad], shapes: Shapes, component: str = "") -> set[tuple[str, str | None]]:
    """What shapes find, as focus node and property; only by that constraint component where one is given."""
    found = compliance.violations(Catalogue(HOST, quads), shapes)
    return {
        (one.focus, one.path)
        for findings in found.values()
        for one in findings
        if one.component.endswith(f"{component}ConstraintComponent")
    }


@pytest.mark.parametrize("name", ["", *BROKEN])
def test_official_shapes_give_the_same_verdict(name: str, official: Shapes) -> None:
    quads = full()
    if name:
        thing, predicate, value, _ = BROKEN[name]
        quads = changed(quads, thing, predicate, NamedNode(value) if value else None)
    assert pairs(quads, OURS) == pairs(quads, official)


def constraints() -> list[tuple[str, str]]:
    """Class and property of each of our property shapes."""
    graph = OURS.graph
    return sorted(
        (str(graph.value(shape, SH.targetClass)), str(graph.value(constraint, SH.path)))
        for shape, constraint in graph.subject_objects(SH.property)
    )


def nodes(values: Mapping[str, list[NamedNode | Literal]]) -> list[Quad]:
    """The full catalogue, with a thing of each class that has those values for each property of our shapes."""
    quads = full()
    for name, path in constraints():
        node = NamedNode(f"{HOST}x/{name}")
        quads.append(Quad(node, term("rdf:type"), NamedNode(name)))
        quads += [Quad(node, NamedNode(path), value) for value in values.get(path, values[""])]
    return quads


def test_every_constraint_of_ours_is_one_of_the_official_shapes(official: Shapes) -> None:
    texts: list[NamedNode | Literal] = [Literal("x")]
    things: list[NamedNode | Literal] = [NamedNode(f"{HOST}x/thing")]
    seen = set()
    for values in (texts, things):
        quads = nodes({"": values})
        found = pairs(quads, OURS)
        theirs = pairs(quads, official)
        assert found - theirs == {(f"{HOST}x/{term(name).value}", term(path).value) for name, path in DATES_MEANT}
        assert theirs - found <= {(f"{HOST}x/{term('spdx:Checksum').value}", term("spdx:algorithm").value)}
        seen |= found
    wanted = {(f"{HOST}x/{name}", path) for name, path in constraints()}
    assert wanted - seen == set()


@pytest.mark.parametrize(("component", "values"), [("MinCount", []), ("MaxCount", [Literal("x"), Literal("y")])])
def test_cardinalities_are_those_of_the_official_shapes(
    component: str, values: list[NamedNode | Literal], official: Shapes
) -> None:
    quads = nodes({"": values})
    found = pairs(quads, OURS, component)
    assert len(found) > 10
    assert found == pairs(quads, official, component)


def test_shapes_say_what_they_want_in_both_languages() -> None:
    graph = OURS.graph
    for constraint in graph.objects(None, SH.property):
        assert {text.language for text in graph.objects(constraint, SH.message)} == {"nl", "en"}  # type: ignore[attr-defined]
    assert len(set(graph.subjects(RDF.type, SH.PropertyShape))) == len(constraints())


def test_other_shapes_take_the_place_of_ours(tmp_path: Path) -> None:
    shape = f"""PREFIX sh: <{SH}> PREFIX dcat: <{PREFIXES["dcat"]}>
        [] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:theme ; sh:maxCount 0 ] ."""
    (tmp_path / "own.ttl").write_text(shape)
    found = asyncio.run(survey(Options(str(FILE), shapes=[tmp_path])))
    assert [lost(dataset, dataset.best) for dataset in found.datasets] == [{"dcatApCompliance"}]
    with pytest.raises(VesocError, match="no shapes"):
        compliance.shapes([tmp_path / "nothing.ttl"])


RDF_XML_OF_NOTHING = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
SYNTAXES = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD)


@pytest.mark.parametrize("sent", ["", "text/plain; charset=utf-8", "application/octet-stream", None])
@pytest.mark.parametrize("form", [*SYNTAXES, RdfFormat.N_QUADS, RdfFormat.TRIG], ids=str)
def test_syntax_is_recognised(form: RdfFormat, sent: str | None) -> None:
    body = serialize((quad.triple if form in SYNTAXES else quad for quad in full()), format=form)  # type: ignore[arg-type]
    assert body
    media_type = form.media_type if sent is None else sent
    found = list(reading.quads(body, media_type, f"{HOST}catalog.{form.file_extension}"))
    assert len(set(found)) == len(full())


@pytest.mark.parametrize(
    ("body", "media_type", "told"),
    [
        (b"<!DOCTYPE html>\n<html><body>x</body></html>", "text/html", "a web page"),
        (b"<html>", "", "a web page"),
        (b"%PDF-1.7 ...", "application/pdf", "not RDF"),
        (b"", "", "not RDF"),
        (b"@prefix a: <b> . a:x a:y", "text/turtle", "not Turtle"),
        (b"{ 1 }", "application/ld+json", "not JSON-LD"),
    ],
)
def test_what_is_no_rdf_is_told(body: bytes, media_type: str, told: str) -> None:
    with pytest.raises(VesocError, match=told):
        list(reading.quads(body, media_type, f"{HOST}x"))


@pytest.mark.parametrize(("start", "told"), [(b"<!-- - -> -->\n", "a web page"), (b"<!-- x\n", "not RDF|not Turtle")])
def test_many_comments_are_read_once(start: bytes, told: str) -> None:
    began = time.monotonic()
    with pytest.raises(VesocError, match=told):
        list(reading.quads(start * 10_000 + b"<html>", "text/html", f"{HOST}x"))
    assert list(reading.quads(b"<!-- x -->" * 10_000 + RDF_XML_OF_NOTHING, "application/rdf+xml", f"{HOST}x")) == []
    assert time.monotonic() - began < 2


def sums(found: Assessment) -> dict[str, int]:
    """The points of each distribution, and of the dataset."""
    parts = {one.name: dataset.points_of(one) for dataset in found.datasets for one in dataset.distributions}
    return parts | {dataset.name: dataset.points for dataset in found.datasets}


@pytest.mark.parametrize("document", [None, f"{HOST}quality"])
def test_dqv_adds_up(document: str | None) -> None:
    found = scored(changed(full(), TABLE, "dcat:downloadURL", NamedNode(GONE)))
    store = Store()
    store.extend(Quad(*triple) for triple in dqv.triples(found, document))
    for name, points in sums(found).items():
        told = {
            metric.value.removeprefix(NAMESPACE): int(value.value)
            for metric, value in store.query(
                f"""PREFIX dqv: <{PREFIXES["dqv"]}> SELECT ?metric ?value {{
                <{name}> dqv:hasQualityMeasurement ?m .
                ?m a dqv:QualityMeasurement ; dqv:computedOn <{name}> ; dqv:isMeasurementOf ?metric ; dqv:value ?value .
                ?metric a dqv:Metric ; dqv:expectedDataType ?type . FILTER(DATATYPE(?value) = ?type)
                FILTER(STRENDS(STR(?metric), "coring")) }}"""
            )  # type: ignore[union-attr, misc]
        }
        assert told.pop("scoring") == points
        assert (len(told), sum(told.values())) == (5, points)


def test_dqv_has_each_metric_of_each_thing() -> None:
    found = scored(full())
    triples = dqv.triples(found)
    measured = [t.object for t in triples if t.predicate == term("dqv:isMeasurementOf")]
    per_metric = Counter(node.value.removeprefix(NAMESPACE) for node in measured if isinstance(node, NamedNode))
    wanted = {Subject.DATASET: 1, Subject.DISTRIBUTION: 2, Subject.BOTH: 3}
    assert {metric.name: per_metric[metric.name] for metric in METRICS} == {m.name: wanted[m.subject] for m in METRICS}
    assert per_metric["scoring"] == 3
    statuses = {t.object.value for t in triples if t.predicate == term("dqv:value") if isinstance(t.object, Literal)}
    assert "200" in statuses
    kept = [t for t in triples if t.predicate == term("dcterms:conformsTo")]
    assert [str(t) for t in kept] == [f"<{DATASET}> <{PREFIXES['dcterms']}conformsTo> <{metrics.PROFILE}>"]


def test_dataset_that_breaks_dcat_ap_does_not_say_that_it_keeps_to_it() -> None:
    found = scored(changed(full(), DATASET, "dcterms:title", None))
    assert [t for t in dqv.triples(found) if t.predicate == term("dcterms:conformsTo")] == []


def test_table_has_a_row_a_measurement() -> None:
    found = scored(changed(full(), TABLE, "dcat:downloadURL", NamedNode(GONE)))
    rows = list(csv.DictReader(io.StringIO(table(found, "en"))))
    own = sum(int(row["points"]) for row in rows if row["distribution"] == "" and row["metric"] != "scoring")
    for row in rows:
        if row["metric"] == "scoring":
            assert int(row["points"]) == sums(found)[row["distribution"] or row["dataset"]]
    assert own == sum(metric.points for metric in METRICS if metric.subject is not Subject.DISTRIBUTION)
    [missed] = [row for row in rows if int(row["points"]) == 0]
    assert (missed["metric"], missed["value"], missed["found"]) == ("downloadUrlStatusCode", "404", f"{GONE}: 404")


class Handler(BaseHTTPRequestHandler):
    """A server as there are: redirects, refused HEAD, files that are gone, answers that do not come."""

    asked: Counter[str]
    over: threading.Event

    def do_HEAD(self) -> None:
        self.asked[f"HEAD {self.path}"] += 1
        if self.path.endswith(".csv"):
            self.send_error(405)
        elif self.path.endswith("/files/"):
            self.send_error(501)
        else:
            self._answer(body=False)

    def do_GET(self) -> None:
        self.asked[f"GET {self.path}"] += 1
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        base = f"http://{self.headers['Host']}/"
        if self.path in ("/catalog", "/files/all.ttl"):
            self.send_response(302)
            self.send_header("Location", "/catalog.ttl" if self.path == "/catalog" else "/stored/all.ttl")
            self.end_headers()
        elif self.path == "/slow":
            self.over.wait(60)
        else:
            self._send(self._document(base), body)

    def _document(self, base: str) -> tuple[int, str, bytes]:
        text = FILE.read_text().replace(HOST, base)
        documents = {
            "/catalog.ttl": ("text/turtle", text),
            "/broken.ttl": ("text/turtle", text.replace("files/all.csv", "gone")),
            "/late.ttl": ("text/turtle", text.replace("files/all.csv", "slow")),
            "/page": ("text/html", "<!doctype html><html></html>"),
            "/nothing.ttl": ("text/turtle", "<a> <b> <c> ."),
            "/sly.ttl": ("text/turtle", f'<> <http://www.w3.org/ns/hydra/core#next> "{FILE}" .\n{paged(base)}'),
            "/first.ttl": ("text/turtle", f"<> <http://www.w3.org/ns/hydra/core#next> <catalog.ttl> .\n{paged(base)}"),
        }
        if self.path.startswith(("/files/", "/stored/")):
            return 200, "application/octet-stream", b"data"
        media_type, body = documents.get(self.path, ("text/plain", ""))
        return (200 if body else 404), media_type, body.encode()

    def _send(self, answer: tuple[int, str, bytes], body: bool) -> None:
        status, media_type, content = answer
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def paged(base: str) -> str:
    return f"<{base}another> a <{PREFIXES['dcat']}Dataset> ."


@pytest.fixture
def site() -> Iterator[tuple[str, Counter[str]]]:
    """A server with catalogues, as its address and what it was asked."""
    asked: Counter[str] = Counter()
    handler = type("Counting", (Handler,), {"asked": asked, "over": threading.Event()})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/", asked
    handler.over.set()
    httpd.shutdown()
    httpd.server_close()


def test_live_catalogue_gets_full_marks(site: tuple[str, Counter[str]]) -> None:
    address, asked = site
    found = asyncio.run(survey(Options(f"{address}catalog", seconds=10)))
    assert (found.address, found.least, found.live) == (f"{address}catalog.ttl", MOST, True)
    wanted = ["GET /catalog", "GET /catalog.ttl", "HEAD /files/all.ttl", "HEAD /stored/all.ttl"]
    wanted += ["HEAD /files/all.csv", "GET /files/all.csv", "HEAD /files/", "GET /files/"]
    assert asked == Counter(wanted)  # each address once, though two distributions have one in common


@pytest.mark.parametrize(
    ("source", "told"), [("broken.ttl", "{}gone: 404"), ("late.ttl", "{}slow: no answer within 4 s")]
)
def test_what_does_not_answer_loses_its_points(source: str, told: str, site: tuple[str, Counter[str]]) -> None:
    address, _ = site
    found = asyncio.run(survey(Options(f"{address}{source}", seconds=4)))
    [dataset] = found.datasets
    one = part(dataset, f"{address}table")
    assert lost(dataset, one) == {"downloadUrlStatusCode"}
    [measured] = [row for row in one.measurements if not row.met]
    assert measured.found == ({"": told.format(address)},)


def test_nothing_is_asked_when_that_is_wished(site: tuple[str, Counter[str]]) -> None:
    address, asked = site
    found = asyncio.run(survey(Options(f"{address}catalog.ttl", live=False)))
    assert (found.live, found.least, asked) == (False, 325, Counter(["GET /catalog.ttl"]))


@pytest.mark.parametrize(("pages", "datasets"), [(1, 1), (5, 2)])
def test_paged_catalogue(pages: int, datasets: int, site: tuple[str, Counter[str]]) -> None:
    found = asyncio.run(survey(Options(f"{site[0]}first.ttl", live=False, pages=pages)))
    assert len(found.datasets) == datasets


def test_page_of_a_catalogue_is_never_a_file(site: tuple[str, Counter[str]]) -> None:
    found = asyncio.run(survey(Options(f"{site[0]}sly.ttl", live=False, pages=2)))
    assert [dataset.name for dataset in found.datasets] == [f"{site[0]}another"]


def test_file_without_an_end_is_too_large() -> None:
    with pytest.raises(VesocError, match="larger than 40 MB"):
        asyncio.run(survey(Options("/dev/zero")))


def test_catalogue_has_a_limit(site: tuple[str, Counter[str]]) -> None:
    with pytest.raises(VesocError, match="larger than"):
        asyncio.run(Client().document(f"{site[0]}catalog.ttl", 1000))


@pytest.mark.parametrize(
    "address", ["ftp://data.example/x", "mailto:a@b", "http://127.0.0.1:1/", "http://[", "http://[#a", "x y"]
)
def test_address_that_cannot_be_asked_gives_no_answer(address: str) -> None:
    found = asyncio.run(Client(5).answers([address]))
    assert found[address].status is None
    assert found[address].told


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return vesoc("quality", *arguments)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("no-such-file.ttl", "neither an address"),
        ("{}nothing.ttl", "no dcat:Dataset"),
        ("{}absent", "answers 404"),
        ("{}page", "a web page"),
        ("{}slow", "--timeout"),
        ("http://127.0.0.1:1/", "cannot be fetched"),
        ("http://[", "cannot be fetched"),
    ],
)
def test_what_cannot_be_scored_is_told_in_a_line(source: str, told: str, site: tuple[str, Counter[str]]) -> None:
    with pytest.raises(VesocError, match=re.escape(told)) as error:
        asyncio.run(survey(Options(source.format(site[0]), seconds=4)))
    assert "\n" not in str(error.value)


def test_command_cannot_score_what_is_not_there(site: tuple[str, Counter[str]]) -> None:
    done = command(f"{site[0]}absent")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"vesoc: {site[0]}absent: answers 404; give the address of a catalogue\n"


def test_command_prints_the_table(site: tuple[str, Counter[str]]) -> None:
    done = command(f"{site[0]}broken.ttl", "--lang", "nl", "--least", "375")
    assert done.returncode == 0, done.stderr
    assert "Trefwoorden" in done.stdout
    assert "-30 Het downloadadres antwoordt (distributie 1)" in done.stdout
    assert "De laagste score is 375 van de 405 punten." in done.stdout
    assert "Uitstekend: 1" in done.stdout


def test_command_fails_below_what_is_wanted(site: tuple[str, Counter[str]]) -> None:
    done = command(f"{site[0]}broken.ttl", "--least", "376", "--format", "json")
    assert done.returncode == 1
    assert of_document(json.loads(done.stdout)).least == 375


def test_command_writes_dqv() -> None:
    done = command(str(FILE), "--format", "ttl")
    kinds = {quad.object for quad in parse(done.stdout, RdfFormat.TURTLE) if quad.predicate == term("rdf:type")}
    assert kinds == {term(f"dqv:{name}") for name in ("QualityMetadata", "QualityMeasurement", "Metric", "Dimension")}


class Application:
    """An application that serves the full catalogue, or fails; it tells what it was asked."""

    def __init__(self, failing: bool = False, pinned: bool = True) -> None:
        self.asked: Counter[str] = Counter()
        self.failing = failing
        self.pinned = pinned

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert not self.pinned or scope["state"]["snapshot"].readers == 1  # all of it is of one state of the data
        self.asked[f"{scope['method']} {scope['path']}"] += 1
        body = FILE.read_bytes() if scope["path"] == "/catalog.ttl" else b""
        status = 404 if self.failing or scope["path"] == "/files/all.csv" else 200
        headers = [(b"content-type", b"text/turtle")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class Read(Snapshot):
    """A state of the data without an engine; `readers` hold it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.readers = 0

    def require(self) -> Loaded:
        return Loaded("", self._name, 0)

    def hold(self) -> None:
        self.readers += 1

    def release(self) -> None:
        self.readers -= 1


def test_own_score_is_computed_once_for_a_state() -> None:
    async def computed() -> tuple[Application, list[Encodings]]:
        application = Application()
        scores, a, b = Scores(application, HOST), Read("a"), Read("b")
        first = await asyncio.gather(scores.get(a), scores.get(a))
        found = [*first, await scores.get(a), await scores.get(b)]
        assert [read.readers for read in (a, b)] == [0, 0]
        return application, found

    application, found = asyncio.run(computed())
    assert application.asked["GET /catalog.ttl"] == 2
    assert application.asked["HEAD /files/all.ttl"] == 2
    assert found[0] is found[1] is found[2] is not found[3]
    assert found[0].assessment.least == MOST - 30
    assert found[0].assessment.datasets[0].points == MOST


def test_own_score_that_failed_is_tried_again_after_a_while() -> None:
    async def computed() -> Encodings:
        application = Application(failing=True)
        scores, a = Scores(application, HOST, rest=1.5), Read("a")
        for _ in range(2):
            with pytest.raises(Problem, match="answers 404") as problem:
                await scores.get(a)
            assert (problem.value.status, problem.value.headers["Retry-After"]) == (503, "2")
            application.failing = False
        assert application.asked == Counter(["GET /catalog.ttl"])
        await asyncio.sleep(1.5)
        return await scores.get(a)

    assert asyncio.run(computed()).assessment.datasets[0].points == MOST


def measuring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Have a script measure instead; the file that has its number once it runs."""
    program, number = tmp_path / "python", tmp_path / "number"
    program.write_text(f"#!/bin/sh\necho $$ >{number}.part && mv {number}.part {number}\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    return number


def gone(number: Path) -> bool:
    return not Path("/proc", number.read_text().strip()).exists()


FULL = Document(f"{HOST}catalog.ttl", "text/turtle", FILE.read_bytes())


def test_process_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = measuring(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(VesocError, match=r"more than 0\.5 s"):
        asyncio.run(measured(FULL, {}, CHECKED, 0.5))
    assert gone(number)


def test_process_ends_with_its_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = measuring(tmp_path, monkeypatch, "exec sleep 60")

    async def cancelled() -> None:
        task = asyncio.create_task(measured(FULL, {}, CHECKED))
        while not number.exists():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert gone(number)


def test_process_that_fails_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measuring(tmp_path, monkeypatch, "cat >/dev/null; echo Traceback >&2; echo 'MemoryError: all' >&2; exit 3")
    with pytest.raises(Problem, match=r"ended with 3 \(MemoryError: all\)$") as problem:
        asyncio.run(Scores(Application(), HOST).get(Read("a")))
    assert problem.value.status == 503
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(Problem, match="no process can be started"):
        asyncio.run(Scores(Application(), HOST).get(Read("a")))


def test_process_that_measures_lets_others_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("{"))
    set_to: list[int] = []
    monkeypatch.setattr(os, "nice", set_to.append)
    with pytest.raises(json.JSONDecodeError):
        process.main()
    assert set_to == [5]


def test_encoding_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str, bool]] = []

    def counted(assessment: Assessment, suffix: str, language: str, document: str | None = None) -> bytes:
        made.append((suffix, language, threading.current_thread() is threading.main_thread()))
        return encoding.dqv.written(assessment, TURTLE_FORM, document)

    async def got() -> None:
        found = Encodings(scored(full()), f"{HOST}quality")
        wanted = [("ttl", "nl"), ("ttl", "en"), ("csv", "nl"), ("csv", "en"), ("csv", "en")]
        await asyncio.gather(*(found.get(*each) for each in wanted))

    monkeypatch.setattr(encoding, "encoded", counted)
    asyncio.run(got())
    assert sorted(made) == [("csv", "en", False), ("csv", "nl", False), ("ttl", "", False)]


def test_score_as_json_ld_is_an_object() -> None:
    found = json.loads(dqv.written(scored(full()), JSON_LD, f"{HOST}quality"))
    assert list(found) == ["@graph"]
    assert len(found["@graph"]) > 50


def test_score_as_turtle_has_short_names() -> None:
    text = dqv.written(scored(full()), TURTLE_FORM, f"{HOST}quality").decode()
    assert "pv:scoring" in text
    assert "dqv:isMeasurementOf" in text


@pytest.mark.parametrize(
    ("address", "asked", "status"),
    [
        ("http://data.example/", "http://data.example/files/all.ttl", 200),
        ("https://data.example/below/", "https://data.example/below/files/all.ttl?x=1", 200),
        ("https://data.example/below/", "https://data.example/files/all.ttl", None),
        ("http://data.example/", "http://elsewhere.example/files/all.ttl", None),
    ],
)
def test_server_asks_itself_and_nobody_else(address: str, asked: str, status: int | None) -> None:
    application = Application(pinned=False)
    found = asyncio.run(Client(5, Inside(application, address)).answers([asked]))
    assert found[asked].status == status
    assert application.asked == Counter(["HEAD /files/all.ttl"] if status else [])


def test_address_is_asked_once_whatever_its_fragment() -> None:
    application, address = Application(pinned=False), f"{HOST}files/all.ttl"
    found = asyncio.run(Client(5, Inside(application, HOST)).answers([address, address, f"{address}#part"]))
    assert set(found) == {address, f"{address}#part"}
    assert application.asked == Counter(["HEAD /files/all.ttl"])


def computed(server: httpx2.Client, path: str, **headers: str) -> httpx2.Response:
    """The answer, once the documents and the score have been made."""
    for _ in range(6):
        answer = server.get(path, headers=headers)
        if answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
            return answer
    raise AssertionError(answer.text)


def test_own_catalogue_has_full_marks(server: httpx2.Client) -> None:
    found = of_document(computed(server, "/catalog/quality.json").json())
    assert found.live
    assert len(found.datasets) > 3
    assert all(dataset.distributions for dataset in found.datasets)
    assert set(sums(found).values()) == {MOST}
    assert found.besides == ()


def test_command_gives_the_running_server_full_marks(server: httpx2.Client) -> None:
    computed(server, "/catalog/quality.json")
    done = command(f"{str(server.base_url).rstrip('/')}/catalog.ttl", "--least", str(MOST))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"The lowest score is {MOST} of {MOST} points." in done.stdout


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("ttl", "text/turtle; charset=utf-8"),
        ("json", "application/json"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("nt", "application/n-triples"),
        ("csv", "text/csv; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_own_score_in_each_form(suffix: str, media_type: str, server: httpx2.Client) -> None:
    answer = computed(server, f"/catalog/quality.{suffix}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    asked = computed(server, "/catalog/quality", Accept=media_type.partition(";")[0])
    assert asked.headers["content-type"] == media_type
    head = server.head(f"/catalog/quality.{suffix}")
    assert (head.status_code, head.content) == (200, b"")
    assert "quality.ttl" in answer.headers["link"]
    if suffix != "html":
        assert answer.content == asked.content
        again = server.get(f"/catalog/quality.{suffix}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("suffix", ["foo", "xml", "nq"])
def test_own_score_has_no_other_form(suffix: str, server: httpx2.Client) -> None:
    answer = server.get(f"/catalog/quality.{suffix}")
    assert answer.status_code == 404
    assert "/catalog/quality.ttl" in answer.json()["detail"]


def test_own_score_as_rdf_is_the_same_graph(server: httpx2.Client) -> None:
    graphs = [
        set(parse(computed(server, f"/catalog/quality.{form.file_extension}").content, form)) for form in SYNTAXES
    ]
    assert len(graphs[0]) > 1000
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize(
    ("language", "heading"), [("nl", "Kwaliteit van de catalogus"), ("en", "Quality of the catalogue")]
)
def test_own_score_as_a_page(language: str, heading: str, server: httpx2.Client) -> None:
    answer = computed(server, "/catalog/quality", Accept="text/html", **{"Accept-Language": language})
    assert f"<h1>{heading}</h1>" in answer.text
    assert answer.text.count("<h2") > 3
    assert "VESOC_PUBLISHER, VESOC_PUBLISHER_NAME" in answer.text  # points do not make it ready for harvest


def test_server_without_a_catalogue_has_no_score(tmp_path: Path) -> None:
    from conftest import running

    data = tmp_path / "data.ttl"
    data.write_text("<http://a.example/a> <http://a.example/b> 1 .")
    with running("--data", str(data)) as client:
        assert computed(client, "/catalog/quality").status_code == 404


def test_web_process_stays_light() -> None:
    """pySHACL and rdflib are for the process that measures."""
    code = "import sys, vesoc.web; print([name for name in ('pyshacl', 'rdflib', 'httpx2') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
