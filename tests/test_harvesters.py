"""CKAN's own harvester reads the catalogue: every field of what it makes is what the catalogue says, and all is read.

What it cannot read of a dataset, a distribution or a service is named here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

import harvest
import httpx2
import pytest
from conftest import ROOT
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from vesoc.formats import TRIPLES
from vesoc.names import BASE, term

FORMS = tuple(form.suffix for form in TRIPLES)
LANGUAGES = ("nl", "en")
Fields = dict[str, Any]

DATASET = {
    "title": "dcterms:title",
    "notes": "dcterms:description",
    "url": "dcat:landingPage",
    "version": "dcat:version",
    "issued": "dcterms:issued",
    "modified": "dcterms:modified",
    "identifier": "dcterms:identifier",
    "frequency": "dcterms:accrualPeriodicity",
    "dcat_type": "dcterms:type",
    "access_rights": "dcterms:accessRights",
    "contact_uri": "dcat:contactPoint",
    "contact_name": "dcat:contactPoint vcard:fn",
    "contact_email": "dcat:contactPoint vcard:hasEmail",
    "contact_url": "dcat:contactPoint vcard:hasURL",
    "publisher_uri": "dcterms:publisher",
    "publisher_name": "dcterms:publisher foaf:name",
    "publisher_type": "dcterms:publisher dcterms:type",
    "spatial_uri": "dcterms:spatial",
    "temporal_start": "dcterms:temporal dcat:startDate",
    "temporal_end": "dcterms:temporal dcat:endDate",
}
DATASET_LISTS = {"language": "dcterms:language", "theme": "dcat:theme", "conforms_to": "dcterms:conformsTo"}
DATASET_ELSEWHERE = {"dcat:keyword", "dcat:distribution"}
DATASET_UNREAD = {"rdf:type", "dcat:inSeries", "mdcat:statuut"}
RESOURCE = {
    "access_url": "dcat:accessURL",
    "download_url": "dcat:downloadURL",
    "issued": "dcterms:issued",
    "modified": "dcterms:modified",
    "license": "dcterms:license",
    "name": "dcterms:title",
    "description": "dcterms:description",
    "mimetype": "dcat:mediaType",
    "format": "dcterms:format",
    "size": "dcat:byteSize",
    "availability": "dcatap:availability",
    "compress_format": "dcat:compressFormat",
}
RESOURCE_LISTS = {"language": "dcterms:language", "conforms_to": "dcterms:conformsTo"}
RESOURCE_ELSEWHERE = {"dcterms:rights", "dcat:accessService"}
RESOURCE_UNREAD = {"rdf:type", "dcterms:identifier"}
SERVICE = {
    "title": "dcterms:title",
    "description": "dcterms:description",
    "identifier": "dcterms:identifier",
    "license": "dcterms:license",
    "access_rights": "dcterms:accessRights",
    "endpoint_description": "dcat:endpointDescription",
}
SERVICE_LISTS = {
    "endpoint_url": "dcat:endpointURL",
    "serves_dataset": "dcat:servesDataset",
    "conforms_to": "dcterms:conformsTo",
    "landing_page": "dcat:landingPage",
    "keyword": "dcat:keyword",
    "theme": "dcat:theme",
}
SERVICE_ELSEWHERE = {"dcat:contactPoint", "dcterms:publisher"}
SERVICE_UNREAD = {"rdf:type", "mdcat:statuut"}
CONTACT = {"name": "vcard:fn", "email": "vcard:hasEmail", "url": "vcard:hasURL"}
PUBLISHER = {"name": "foaf:name", "type": "dcterms:type"}


class Catalogue:
    """What the catalogue says, by subject and property, as a portal in one language may tell it."""

    def __init__(self, triples: Iterable[Triple], language: str) -> None:
        self._triples, self._language = list(triples), language

    def objects(self, node: str, path: str) -> list[Literal | NamedNode]:
        """The ends of a path of properties, parted by spaces."""
        name, _, rest = path.partition(" ")
        found = [one.object for one in self._triples if one.subject.value == node and one.predicate == term(name)]
        return list(chain.from_iterable(self.objects(one.value, rest) for one in found)) if rest else found

    def values(self, node: str, path: str) -> list[str]:
        return sorted(map(plain, self.objects(node, path)))

    def value(self, node: str, path: str) -> str | None:
        """The one value, in the language of the portal where it has several."""
        found = self.objects(node, path)
        spoken = [one for one in found if isinstance(one, Literal) and one.language == self._language]
        assert len(found) == 1 or len(spoken) == 1, (node, path, found)
        return plain((spoken or found)[0]) if found else None

    def told(self, node: str, names: dict[str, str]) -> Fields:
        """The fields of these names that there is something for."""
        return {key: self.value(node, path) for key, path in names.items() if self.objects(node, path)}

    def listed(self, node: str, names: dict[str, str]) -> Fields:
        return {key: found for key, path in names.items() if (found := self.values(node, path))}

    def properties(self, kind: str) -> set[NamedNode]:
        """The properties that are said of anything of that class."""
        nodes = set(self.of(kind))
        return {one.predicate for one in self._triples if one.subject.value in nodes}

    def of(self, kind: str) -> Iterator[str]:
        return (
            one.subject.value for one in self._triples if one.predicate == term("rdf:type") and one.object == term(kind)
        )


def plain(value: Literal | NamedNode | BlankNode) -> str:
    """A value as CKAN writes it: moments with the zone as numbers, addresses of mail without their scheme."""
    assert not isinstance(value, BlankNode)
    if isinstance(value, Literal) and value.datatype == term("xsd:dateTime"):
        return datetime.fromisoformat(value.value).isoformat()
    return value.value.removeprefix("mailto:")


def dataset(said: Catalogue, node: str) -> Fields:
    """What CKAN is to make of a dataset, but for its place and its distributions."""
    return {
        **said.told(node, DATASET),
        **said.listed(node, DATASET_LISTS),
        "uri": node,
        "tags": said.values(node, "dcat:keyword"),
        "license_id": "",  # CKAN's own list has no licence of the European list; each resource has its own
    }


def resource(said: Catalogue, node: str) -> Fields:
    """What CKAN is to make of a distribution, but for its rights."""
    services = [service(said, one) for one in said.values(node, "dcat:accessService")]
    found = {**said.told(node, RESOURCE), **said.listed(node, RESOURCE_LISTS), "uri": node, "distribution_ref": node}
    found["url"] = found.get("download_url", found["access_url"])
    return {**found, **({"access_services": services} if services else {})}


def service(said: Catalogue, node: str) -> Fields:
    """What CKAN is to make of a service that gives access to a distribution."""
    found = {**said.told(node, SERVICE), **said.listed(node, SERVICE_LISTS), "uri": node, "access_service_ref": node}
    found["contact"] = [agent(said, one, CONTACT) for one in said.values(node, "dcat:contactPoint")]
    found["publisher"] = [agent(said, one, PUBLISHER) for one in said.values(node, "dcterms:publisher")]
    return found


def agent(said: Catalogue, node: str, names: dict[str, str]) -> Fields:
    return {"uri": node, **said.told(node, names)}


def flat(read: Fields) -> Fields:
    """A dataset of CKAN with its extras as fields like the others, none twice."""
    found = {key: value for key, value in read.items() if key not in ("extras", "resources")}
    extras = {extra["key"]: extra["value"] for extra in read["extras"]}
    assert len(extras) == len(read["extras"])
    assert not extras.keys() & found.keys()
    tags = sorted(tag["name"] for tag in read["tags"])
    return {**found, **{key: unpacked(key, value) for key, value in extras.items()}, "tags": tags}


def unpacked(key: str, value: Any) -> Any:
    """A value of CKAN; what it keeps as a list in JSON is a sorted list, and what it says of nothing is left out."""
    if key == "access_services":
        return sorted(map(_service, json.loads(value)), key=lambda one: one["uri"])
    if key == "size":
        return str(value)
    return sorted(json.loads(value)) if isinstance(value, str) and value.startswith("[") else value


def _service(read: Fields) -> Fields:
    agents = {key: [_agent(one) for one in read[key]] for key in ("contact", "publisher")}
    return {key: _sorted(value) if key not in agents else value for key, value in (read | agents).items()}


def _agent(read: Fields) -> Fields:
    return {key: value for key, value in read.items() if value and key != "name_translated"}


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.fixture(scope="module")
def read(ready: httpx2.Client) -> dict[str, dict[str, Any]]:
    """What CKAN reads, by the language of the portal and the form of the catalogue; `""` is that without a suffix."""
    addresses = {f"{ready.base_url}catalog{suffix}": suffix for suffix in ("", *(f".{form}" for form in FORMS))}
    found = harvest.ckan(harvest.environment(), *addresses)
    return {lang: {addresses[key].lstrip("."): value for key, value in by.items()} for lang, by in found.items()}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def said(ready: httpx2.Client, language: str) -> Catalogue:
    """The catalogue, from its N-Triples."""
    triples = parse(ready.get("/catalog.nt").content, format=RdfFormat.N_TRIPLES)
    return Catalogue((one.triple for one in triples), language)


@pytest.fixture(scope="module")
def datasets(read: dict[str, dict[str, Any]], language: str) -> dict[str, Fields]:
    """The datasets that CKAN read from Turtle, by the names that it will know them by."""
    found: dict[str, Fields] = read[language]["ttl"]["datasets"]
    return found


@pytest.mark.parametrize("lock", ["ckan.lock", "package-lock.json"])
def test_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / "tests" / "harvesters" / lock).read_text(encoding="utf-8")
    assert "sha256" in text or "sha512" in text
    assert "resolved" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("form", TRIPLES, ids=lambda form: form.suffix)
def test_each_form_is_known_by_its_type(read: dict[str, dict[str, Any]], form: Any) -> None:
    assert read["nl"][form.suffix]["type"] == form.media_type.split(";")[0]


def test_catalogue_is_one_document(read: dict[str, dict[str, Any]]) -> None:
    assert {found["next"] for by in read.values() for found in by.values()} == {None}


def test_datasets_are_known_by_their_iris(said: Catalogue, datasets: dict[str, Fields]) -> None:
    assert set(datasets) == set(said.of("dcat:Dataset"))
    assert {f"{BASE}id/dataset/{name}" for name in ("vesoc", "iab", "ahad", "inim")} <= set(datasets)


def test_every_field_of_a_dataset_is_read(said: Catalogue, datasets: dict[str, Fields]) -> None:
    places = ("spatial_text", "spatial_bbox", "spatial_centroid")
    for node, found in datasets.items():
        assert {key: value for key, value in flat(found).items() if key not in places} == dataset(said, node)


def test_place_is_read_with_its_box_and_its_centre(said: Catalogue, datasets: dict[str, Fields]) -> None:
    for node, found in datasets.items():
        place = flat(found)
        box, centre = json.loads(place["spatial_bbox"]), json.loads(place["spatial_centroid"])
        assert (box["type"], centre["type"]) == ("Polygon", "Point")
        assert place["spatial_text"] in said.values(node, "dcterms:spatial rdfs:label")
        assert numbers(str(box["coordinates"])) == numbers(str(said.value(node, "dcterms:spatial dcat:bbox")))
        assert numbers(str(centre["coordinates"])) == numbers(str(said.value(node, "dcterms:spatial dcat:centroid")))


def test_every_distribution_is_a_resource(said: Catalogue, datasets: dict[str, Fields]) -> None:
    for node, found in datasets.items():
        assert sorted(one["uri"] for one in found["resources"]) == said.values(node, "dcat:distribution")


def test_every_field_of_a_resource_is_read(said: Catalogue, datasets: dict[str, Fields]) -> None:
    for one in chain.from_iterable(found["resources"] for found in datasets.values()):
        found = {key: unpacked(key, value) for key, value in one.items() if key != "rights"}
        assert found == resource(said, one["uri"])


def test_rights_of_a_resource_are_named(said: Catalogue, datasets: dict[str, Fields]) -> None:
    for one in chain.from_iterable(found["resources"] for found in datasets.values()):
        labels = said.values(one["uri"], "dcterms:rights rdfs:label")
        assert one["rights"] in (labels or said.values(one["uri"], "dcterms:rights"))


@pytest.mark.parametrize("form", ["", *FORMS], ids=lambda form: form or "none")
def test_every_form_reads_the_same(read: dict[str, dict[str, Any]], language: str, form: str) -> None:
    assert in_order(read[language][form]["datasets"]) == in_order(read[language]["ttl"]["datasets"])


def in_order(datasets: dict[str, Fields]) -> dict[str, Any]:
    """What was read, without the order that it was read in and without what has a label in each language."""
    return {node: [flat(found) | {"spatial_text": ""}, _resources(found)] for node, found in datasets.items()}


def _resources(found: Fields) -> list[Fields]:
    read = [{key: unpacked(key, value) for key, value in one.items() if key != "rights"} for one in found["resources"]]
    return sorted(read, key=lambda one: str(one["uri"]))


@pytest.mark.parametrize(
    ("kind", "tables", "elsewhere", "unread"),
    [
        ("dcat:Dataset", (DATASET, DATASET_LISTS), DATASET_ELSEWHERE, DATASET_UNREAD),
        ("dcat:Distribution", (RESOURCE, RESOURCE_LISTS), RESOURCE_ELSEWHERE, RESOURCE_UNREAD),
        ("dcat:DataService", (SERVICE, SERVICE_LISTS), SERVICE_ELSEWHERE, SERVICE_UNREAD),
    ],
    ids=("dataset", "distribution", "service"),
)
def test_nothing_else_is_left_unread(
    said: Catalogue, kind: str, tables: tuple[dict[str, str], ...], elsewhere: set[str], unread: set[str]
) -> None:
    known = {path.split(" ")[0] for table in tables for path in table.values()} | elsewhere
    assert not known & unread
    assert said.properties(kind) - set(map(term, known)) == set(map(term, unread))
