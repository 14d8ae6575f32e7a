"""The catalogue: profiles and their warnings, the defects that it must not have, the same bytes for the same data."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from catalogued import (
    ADDRESS,
    ADDRESSES,
    ADMS,
    DATASETS,
    DATES,
    DCAT,
    DEFECTS,
    DESCRIBED,
    FORMATS,
    MDCAT,
    PARTS,
    READY,
    RESOURCES,
    VCARD,
    of,
    read,
    release,
    write,
)
from conftest import ROOT
from pyoxigraph import NamedNode, Quad
from rdflib import DCTERMS, FOAF, RDF, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node
from test_cli import vesoc

from vesoc import places
from vesoc.catalogue import conformity, editorial, page
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.names import BASE
from vesoc.quality import compliance, score
from vesoc.quality.catalogue import Catalogue
from vesoc.releases import tables
from vesoc.releases.archive import Archive
from vesoc.settings import PUBLISHER_TYPES, Settings
from vesoc.validation import Shapes

EU = "http://publications.europa.eu/resource/authority/"
BELGIF = "http://vocab.belgif.be/auth/datatheme/"
THEMES = ("ECON", "SOCI")
DATASET_NAMES = (*PARTS, "ldes", "tabellen")
SERVICE_NAMES = ("ldes-dienst", "linked-data", "sparql")
THEMED = (*DATASET_NAMES, *SERVICE_NAMES)
DCAT_AP = ("shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris")
DCAT_AP_VL = ("dcatapvl", "dcatapvl-usagenotes", "metadata_dcat")
# rdflib's own parser still uses what it deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning", "ignore:Dataset.default_context:DeprecationWarning"
)
Found = set[tuple[str, str, str]]  # ends of the IRIs of focus, path and value


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: the second changes one agreement and one table, the third nothing but its name."""
    folder = tmp_path_factory.mktemp("releases")
    release(folder, "1.0.0", "2026-11-22T00:00:00+00:00")
    release(folder, "1.1.0", "2026-12-01T08:30:00+00:00", ahad="changed", vesoc="changed", measures="changed")
    release(folder, "1.1.1", "2027-01-15T00:00:00+00:00", ahad="changed", vesoc="changed", measures="changed")
    return folder


@pytest.fixture(scope="module")
def folder(graph: Dataset, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(graph, releases, tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Graph:
    return read(folder)


def names(graph: Graph, kind: Node) -> set[str]:
    return {str(node).removeprefix(DATASETS) for node in graph.subjects(RDF.type, kind)}


def end(node: Node | None) -> str:
    return str(node).removeprefix(DATASETS).removeprefix(f"{DCAT}").removeprefix(f"{DCTERMS}")


# --- the profiles -----------------------------------------------------------------------------------------------------


def results(data: Graph, shapes: Path) -> dict[str, Found]:
    """What the shapes of a file find, by severity: only results themselves, for pySHACL nests details under them."""
    shapes_graph = Graph().parse(shapes, format="json-ld" if shapes.suffix == ".jsonld" else "turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph, inference="none")
    kinds: dict[str, Found] = {"Violation": set(), "Warning": set(), "Info": set()}
    for node in report.objects(None, SH.result):
        severity = str(report.value(node, SH.resultSeverity)).rpartition("#")[2]
        told = (SH.focusNode, SH.resultPath, SH.value)
        kinds[severity].add(tuple(end(report.value(node, name)) for name in told))
    return kinds


def themes(scheme: str) -> Found:
    return {(name, "theme", f"{scheme}{code}") for name in THEMED for code in THEMES}


def stays() -> dict[str, Found]:
    """The warnings that stay, and why: each list knows only its own values, and there is no way to satisfy both.

    The publisher is none of the corporate bodies of the EU. The Belgian themes are not among those of the EU, nor
    those of the EU among the Belgian. An event stream is no kind of dataset in the list of the EU. The Flemish list
    of protocols has no SPARQL.
    """
    publisher = str(READY.publisher)
    published = ("catalogus", "akkoorden", *THEMED)
    sparql = ("sparql", "conformsTo", "https://www.w3.org/TR/sparql11-protocol/")
    return {
        "mdr-vocabularies.shape": {
            *((name, "publisher", publisher) for name in published),
            *themes(BELGIF),
            ("ldes", "type", "https://w3id.org/ldes#EventStream"),
        },
        "dcatapvl": {*themes(f"{EU}data-theme/"), sparql},
        "metadata_dcat": {*themes(f"{EU}data-theme/"), sparql},
    }


@pytest.mark.parametrize(
    "name", [*(f"dcat-ap/{n}.ttl" for n in DCAT_AP), *(f"dcat-ap-vl/{n}.jsonld" for n in DCAT_AP_VL)]
)
def test_shapes_of_the_profiles(found: Graph, vocabularies: Path, name: str) -> None:
    kinds = results(found, vocabularies / name)
    assert kinds["Violation"] == kinds["Info"] == set()
    assert kinds["Warning"] == stays().get(Path(name).stem, set())


@pytest.mark.parametrize("name", ["dcat-ap/shapes.ttl", "dcat-ap/range.ttl", "dcat-ap-vl/dcatapvl.jsonld"])
def test_shapes_of_the_profiles_do_find_faults(found: Graph, vocabularies: Path, name: str) -> None:
    spoilt = spoil(found, (DATASETS["iab#ttl"], DCAT.accessURL, None), (DATASETS.iab, DCTERMS.publisher, Literal("us")))
    assert results(spoilt, vocabularies / name)["Violation"]


def spoil(data: Graph, *changes: tuple[Node, Node, Node | None]) -> Graph:
    """A copy without what a property said, with the new value where one is given."""
    copy = Graph()
    copy += data
    for subject, predicate, value in changes:
        copy.remove((subject, predicate, None))
        if value is not None:
            copy.add((subject, predicate, value))
    return copy


@pytest.fixture(scope="module")
def own() -> Shapes:
    return conformity.shapes()


def test_own_shapes_find_nothing(folder: Path, own: Shapes) -> None:
    report = conformity.conformity(folder, own)
    assert (report.conforms, report.findings) == (True, ())


VL = f"{BASE}shapes/dcat-ap-vl#"
BROKEN: dict[str, tuple[Node, Node, Node | None]] = {
    "Agent-foaf-name": (URIRef(str(READY.publisher)), FOAF.name, Literal("Us")),
    "Catalog-dcat-contactPoint": (DATASETS.catalogus, DCAT.contactPoint, None),
    "Catalog-dcterms-license": (DATASETS.catalogus, DCTERMS.license, URIRef(f"{EU}licence/CC0")),
    "CatalogRecord-dcterms-modified": (DATASETS["iab#record"], DCTERMS.modified, Literal("2026", datatype=XSD.gYear)),
    "CatalogRecord-foaf-primaryTopic": (DATASETS["iab#record"], FOAF.primaryTopic, None),
    "DataService-dcat-endpointDescription": (DATASETS.sparql, DCAT.endpointDescription, None),
    "DataService-mdcat-statuut": (DATASETS.sparql, MDCAT.statuut, None),
    "Dataset-dcterms-accessRights": (DATASETS.iab, DCTERMS.accessRights, URIRef(f"{EU}access-right/RESTRICTED")),
    "Dataset-dcterms-issued": (DATASETS.iab, DCTERMS.issued, Literal("2026-11", datatype=XSD.gYearMonth)),
    "Dataset-dcterms-title": (DATASETS.iab, DCTERMS.title, Literal("IAB")),
    "Dataset-number-of-distributions": (DATASETS.iab, DCAT.distribution, None),
    "Dataset-mdcat-statuut": (DATASETS.iab, MDCAT.statuut, None),
    "DatasetSeries-adms-identifier": (DATASETS.akkoorden, ADMS.identifier, None),
    "DatasetSeries-dcat-contactPoint": (DATASETS.akkoorden, DCAT.contactPoint, None),
    "Distribution-dcat-accessURL": (DATASETS["iab#ttl"], DCAT.accessURL, Literal("https://example.org/")),
    "Distribution-dcterms-identifier": (DATASETS["iab#ttl"], DCTERMS.identifier, None),
    "Kind-vcard-hasEmail": (DATASETS.contact, VCARD.hasEmail, URIRef("https://example.org/vesoc")),
    "Standard-skos-prefLabel": (URIRef("https://w3id.org/vesoc-kg/ns"), SKOS.prefLabel, Literal("x", lang="nl")),
}


@pytest.mark.parametrize("shape", BROKEN)
def test_own_shapes_of_the_newer_profile_find_faults(found: Graph, own: Shapes, tmp_path: Path, shape: str) -> None:
    spoil(found, BROKEN[shape]).serialize(tmp_path / "catalog.nt", format="nt", encoding="utf-8")
    report = conformity.conformity(tmp_path, own)
    assert f"{VL}{shape}" in {finding.shape for finding in report.findings}
    assert not report.conforms


# --- what it says -----------------------------------------------------------------------------------------------------


def test_resources_are_all_there_and_have_a_record(found: Graph) -> None:
    assert names(found, DCAT.Catalog) == {"catalogus"}
    assert names(found, DCAT.Dataset) == set(DATASET_NAMES)
    assert names(found, DCAT.DatasetSeries) == {"akkoorden"}
    assert names(found, DCAT.DataService) == set(SERVICE_NAMES)
    recorded = {end(topic) for topic in found.objects(None, FOAF.primaryTopic)}
    assert recorded == {*DATASET_NAMES, "akkoorden", *SERVICE_NAMES}
    assert set(found.objects(DATASETS.catalogus, DCAT.record)) == set(of(found, DCAT.CatalogRecord))
    assert {end(node) for node in found.subjects(DCAT.inSeries)} == {"iab", "ahad", "inim"}
    assert set(found.objects(DATASETS.ldes, DCTERMS.type)) == {URIRef("https://w3id.org/ldes#EventStream")}


def test_distributions_are_the_files_of_the_latest_release(found: Graph, releases: Path) -> None:
    latest = Archive([releases]).latest
    assert latest is not None
    offered = [file for file in latest.files if file.part in PARTS or file.name.removeprefix("tables/") in tables.MAIN]
    told = {
        str(found.value(node, DCAT.downloadURL)): found.value(node, DCAT.byteSize).toPython()
        for node in of(found, DCAT.Distribution)
        if "/ldes" not in str(found.value(node, DCAT.downloadURL))
    }
    assert told == {f"{ADDRESS}dumps/1.1.1/{file.name}": file.bytes for file in offered}
    assert len(told) == 5 + 3 * 4 + 10


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nq", "trig"])
def test_feed_is_a_dataset_of_its_own(found: Graph, suffix: str) -> None:
    node = DATASETS[f"ldes#{suffix}"]
    assert str(found.value(node, DCAT.accessURL)) == f"{ADDRESS}ldes"
    assert str(found.value(node, DCAT.downloadURL)) == f"{ADDRESS}ldes.{suffix}"
    assert found.value(node, DCAT.byteSize) == Literal("321", datatype=XSD.nonNegativeInteger)
    assert found.value(node, DCAT.accessService) == DATASETS["ldes-dienst"]


@pytest.mark.parametrize(
    ("node", "issued", "modified"),
    [
        ("iab", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
        ("ahad", "2026-11-22T00:00:00Z", "2026-12-01T08:30:00Z"),
        ("vesoc", "2026-11-22T00:00:00Z", "2026-12-01T08:30:00Z"),
        ("tabellen", "2026-11-22T00:00:00Z", "2026-12-01T08:30:00Z"),
        ("tabellen#goals", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
        ("ldes", "2026-11-22T00:00:00Z", "2027-01-15T00:00:00Z"),
        ("iab#record", "2026-11-22T00:00:00Z", "2027-01-15T00:00:00Z"),
        ("catalogus", "2026-11-22T00:00:00Z", "2027-01-15T00:00:00Z"),
    ],
)
def test_moments_are_those_of_the_releases_that_changed_it(found: Graph, node: str, issued: str, modified: str) -> None:
    assert [str(found.value(DATASETS[node], name)) for name in DATES] == [issued, modified]


def test_publisher_and_contact_are_those_of_the_settings(found: Graph) -> None:
    agent = URIRef(str(READY.publisher))
    assert set(found.objects(None, DCTERMS.publisher)) == {agent}
    assert set(found.objects(agent, RDF.type)) == {FOAF.Agent, DCTERMS.Agent}
    assert set(found.objects(agent, FOAF.name)) == {Literal(READY.publisher_name, lang=tag) for tag in ("nl", "en")}
    assert found.value(agent, DCTERMS.type) == URIRef("http://purl.org/adms/publishertype/RegionalAuthority")
    assert set(found.objects(None, DCAT.contactPoint)) == {DATASETS.contact}
    assert found.value(DATASETS.contact, VCARD.hasEmail) == URIRef("mailto:vesoc@example.org")
    assert found.value(DATASETS.contact, VCARD.hasURL) == URIRef(ADDRESS)
    assert len(set(found.objects(DATASETS.contact, VCARD.fn))) == 2


def test_licences_are_those_that_harvesters_know(found: Graph) -> None:
    flemish = "https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0"
    assert set(found.objects(DATASETS.catalogus, DCTERMS.license)) == {URIRef(flemish)}
    given = {o for node in of(found, DCAT.Distribution) for o in found.objects(node, DCTERMS.license)}
    assert given == {URIRef(f"{EU}licence/CC0")}


@pytest.mark.parametrize("tag", ["nl", "en"])
def test_description_and_rights_say_that_it_is_unofficial_and_who_stewards_it(found: Graph, tag: str) -> None:
    word = "onofficiële" if tag == "nl" else "unofficial"
    texts = {
        node: str(text)
        for node in (*of(found, *RESOURCES), DATASETS.rechten)
        for text in found.objects(node, DCTERMS.description)
        if text.language == tag
    }
    assert len(texts) == 1 + len(DATASET_NAMES) + 1 + len(SERVICE_NAMES) + 1
    assert all(str(READY.publisher_name) in text for text in texts.values())
    wanted = [DATASETS.catalogus, *(DATASETS[name] for name in DATASET_NAMES), DATASETS.akkoorden]
    assert [node for node in wanted if word not in texts[node].lower()] == []
    assert ("onofficieel" if tag == "nl" else "unofficial") in texts[DATASETS.rechten]
    used = {
        o for node in (*of(found, DCAT.Distribution), DATASETS.catalogus) for o in found.objects(node, DCTERMS.rights)
    }
    assert used == {DATASETS.rechten}


def test_marks_of_flemish_open_data(found: Graph) -> None:
    for node in of(found, DCAT.Dataset):
        assert Literal("Vlaamse open data", lang="nl") in set(found.objects(node, DCAT.keyword))
        assert [end(value).rpartition("/")[2] for value in found.objects(node, MDCAT.statuut)] == ["VLOPENDATA"]
        assert {str(value) for value in found.objects(node, DCAT.theme)} == {
            f"{scheme}{code}" for scheme in (f"{EU}data-theme/", BELGIF) for code in THEMES
        }


def test_place_has_a_box_and_a_centre_within(found: Graph) -> None:
    place = URIRef("https://sws.geonames.org/3337388/")
    assert {place} == set(found.objects(None, DCTERMS.spatial))
    numbers = {
        name: list(map(float, re.findall(r"[\d.]+", str(found.value(place, name)))))
        for name in (DCAT.bbox, DCAT.centroid)
    }
    east, north = numbers[DCAT.bbox][0::2], numbers[DCAT.bbox][1::2]
    assert (east[0], north[0]) == (east[-1], north[-1])
    assert min(east) < numbers[DCAT.centroid][0] < max(east)
    assert min(north) < numbers[DCAT.centroid][1] < max(north)


def test_names_are_under_the_base_and_addresses_under_the_public_one(found: Graph) -> None:
    assert all(str(node).startswith(BASE) for node in of(found, *DESCRIBED))
    told = {str(o) for name in ADDRESSES for o in found.objects(None, name)}
    assert told
    assert [address for address in told if not address.startswith(ADDRESS)] == []


# --- what it must not have --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFECTS)
def test_defect_that_harvesters_repair_elsewhere_is_absent(found: Graph, name: str) -> None:
    assert DEFECTS[name][0](found) == []


@pytest.mark.parametrize("name", [name for name, (_, triple) in DEFECTS.items() if triple])
def test_defect_would_be_seen(found: Graph, name: str) -> None:
    seen, triple = DEFECTS[name]
    spoilt = Graph()
    spoilt += found
    assert triple is not None
    spoilt.add(triple)
    assert seen(spoilt) != []


def test_every_concept_is_described_here(found: Graph) -> None:
    """Class, name in both languages and scheme of each; a title of each scheme."""
    concepts = of(found, SKOS.Concept)
    assert len(concepts) > 30
    bare = [
        (node, name)
        for node in concepts
        for name in (SKOS.prefLabel, SKOS.inScheme)
        if (node, name, None) not in found
        and (node, name) != (URIRef("https://w3id.org/ldes#EventStream"), SKOS.inScheme)
    ]
    assert bare == []  # an event stream is a class, in no scheme
    for scheme in found.objects(None, SKOS.inScheme):
        assert (scheme, RDF.type, SKOS.ConceptScheme) in found
        assert {title.language for title in found.objects(scheme, DCTERMS.title)} == {"nl", "en"}


def test_texts_are_in_both_languages(found: Graph) -> None:
    described = [*of(found, *RESOURCES, DCAT.Distribution, DCTERMS.Standard), DATASETS.rechten]
    for node in described:
        for name in (DCTERMS.title, DCTERMS.description):
            tags = [text.language for text in found.objects(node, name)]
            assert sorted(tags) in (["en", "nl"], []), (node, name)


def test_nothing_stands_there_that_nothing_leads_to(found: Graph) -> None:
    led = {DATASETS.catalogus, *found.objects()}
    assert [node for node in set(found.subjects()) if node not in led] == []


# --- the documents ----------------------------------------------------------------------------------------------------


def test_documents_say_the_same(folder: Path, found: Graph) -> None:
    assert len(found) > 1000
    plain = Graph().parse(folder / "catalog.ttl", format="turtle")
    for suffix, name in FORMATS.items():
        assert set(read(folder, suffix)) == set(found), suffix
        assert set(Graph().parse(folder / f"catalog.{suffix}", format=name)) == set(plain), suffix


def test_beginnings_tell_the_syntax(folder: Path) -> None:
    begins = {suffix: (folder / f"catalog.{suffix}").read_bytes()[:8] for suffix in FORMATS}
    assert begins["ttl"] == b"@prefix "
    assert begins["rdf"] == b"<?xml ve"
    assert begins["jsonld"].startswith(b"{")
    assert list(json.loads((folder / "catalog.jsonld").read_bytes())) == ["@context", "@graph"]
    lines = (folder / "catalog.nt").read_bytes()
    assert b"<http://" in lines
    assert b"@prefix" not in lines


def test_documents_are_small(folder: Path) -> None:
    assert max(path.stat().st_size for path in folder.glob("catalog.*")) < 1_000_000


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_are_the_same_in_another_process(folder: Path, releases: Path, tmp_path: Path, seed: str) -> None:
    code = (
        "import sys; from pathlib import Path; from catalogued import write; "
        "from vesoc import dataset, graphs, places; from vesoc.names import BASE; "
        f"files = graphs.own_files(places.find(Path({str(ROOT)!r}))); "
        "data = dataset.build_own(files, BASE, 'http://127.0.0.1:8000/'); "
        f"write(data, Path({str(releases)!r}), Path({str(tmp_path)!r}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    for suffix in FORMATS:
        assert (tmp_path / f"catalog.{suffix}").read_bytes() == (folder / f"catalog.{suffix}").read_bytes(), suffix


# --- the score --------------------------------------------------------------------------------------------------------


def test_each_distribution_has_all_points_that_need_no_server(folder: Path) -> None:
    quads = [Quad(t.subject, t.predicate, t.object) for t in pyoxigraph.parse(path=folder / "catalog.nt")]
    whole = score.assess(Catalogue(f"{ADDRESS}catalog.nt", quads), compliance.shapes(), None, "2026-11-22T00:00:00Z")
    assert (whole.least, whole.most) == (325, 325)  # 405 but for the 80 of addresses that answer
    assert len(whole.datasets) == len(DATASET_NAMES)
    assert whole.besides == ()


def test_page_of_a_catalogue_without_publisher_contact_and_rights_leaves_them_empty(tmp_path: Path) -> None:
    (tmp_path / "catalog.nt").write_text(
        f"<urn:c> <{RDF.type}> <{DCAT.Catalog}> .\n<urn:d> <{RDF.type}> <{DCAT.Distribution}> .\n", encoding="utf-8"
    )
    found = page.shown(tmp_path, "https://example.org/", "en")
    assert (found.publisher, found.contact, found.licence, found.rights) == ("", None, "", "")


# --- before it may be harvested ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unset(graph: Dataset, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("unset")
    return read(write(graph, releases, folder, Settings(root=ROOT)))


def test_catalogue_of_an_unset_server_says_that_it_is_not_for_harvest(unset: Graph, found: Graph) -> None:
    for graph, wanted in ((unset, True), (found, False)):
        texts = " ".join(map(str, graph.objects(DATASETS.catalogus, DCTERMS.description)))
        assert ("Not for harvest" in texts, "Niet om te oogsten" in texts) == (wanted, wanted)
    assert set(unset.objects(None, DCTERMS.publisher)) == {URIRef(f"{BASE}id/organisatie/redactie")}
    assert (DATASETS.contact, VCARD.hasEmail, None) not in unset
    only = {"e-mail address without mailto", "address without scheme"}
    assert {name for name, (seen, _) in DEFECTS.items() if seen(unset)} <= only


def test_command_names_what_is_still_to_be_set() -> None:
    done = vesoc("validate", "--catalog", VESOC_CONTACT="vesoc@example.org")
    assert done.returncode == 1
    assert re.findall(r"violation (\w+):", done.stdout) == [
        "VESOC_PUBLIC_URL",
        "VESOC_PUBLISHER",
        "VESOC_PUBLISHER_NAME",
    ]
    told = json.loads(vesoc("validate", "--catalog", "--format", "json").stdout)
    assert (told["conforms"], len(told["findings"])) == (False, 4)


def test_command_checks_the_catalogue_with_more_shapes(tmp_path: Path) -> None:
    shape = tmp_path / "more.ttl"
    shape.write_text(
        f"PREFIX sh: <{SH}> PREFIX dcat: <{DCAT}>\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:property <urn:p> .\n"
        "<urn:p> sh:path dcat:record ; sh:maxCount 3 .",
        encoding="utf-8",
    )
    values = {
        "VESOC_PUBLIC_URL": ADDRESS,
        "VESOC_PUBLISHER": str(READY.publisher),
        "VESOC_PUBLISHER_NAME": "Us",
        "VESOC_CONTACT": "us@example.org",
        "VESOC_RELEASES": str(tmp_path / "kept"),
    }
    assert vesoc("export", **values).returncode == 0
    plain = vesoc("validate", "--catalog", "--fail-on", "Info", **values)
    assert (plain.returncode, plain.stdout.splitlines()[-1]) == (0, "conforms: 0 violations, 0 warnings, 0 remarks")
    more = vesoc("validate", "--catalog", "--shapes", shape, **values)
    assert (more.returncode, "at most 3 of these values" in more.stdout) == (1, True)
    shutil.rmtree(tmp_path / "kept")


# --- what cannot be ---------------------------------------------------------------------------------------------------


def test_catalogue_without_a_release_says_what_to_do(graph: Dataset, tmp_path: Path) -> None:
    with pytest.raises(VesocError, match="no release"):
        write(graph, tmp_path / "none", tmp_path)


def test_publisher_types_are_described() -> None:
    written = editorial.read(places.find(ROOT), BASE)
    kinds = [NamedNode(f"http://purl.org/adms/publishertype/{code}") for code in PUBLISHER_TYPES]
    assert [kind for kind in kinds if sorted(written.texts(kind, "skos:prefLabel")) != ["en", "nl"]] == []


def test_publisher_type_is_one_of_the_list() -> None:
    with pytest.raises(VesocError, match="VESOC_PUBLISHER_TYPE='Club'"):
        Settings(publisher_type="Club")


def test_checks_are_many() -> None:
    assert len(DEFECTS) > 30
