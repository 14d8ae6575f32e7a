"""Releases: whole or not there, the same bytes for the same data, and never two of one version or moment."""

from __future__ import annotations

import asyncio
import base64
import csv
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest
from command import vesoc
from conftest import ROOT, running
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from starlette.requests import Request
from starlette.responses import FileResponse

from vesoc import __version__, dataset, dumping, files, graphs, places, published
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES, term
from vesoc.releases import content, edition, release
from vesoc.releases.archive import Archive
from vesoc.releases.content import Content
from vesoc.releases.release import MANIFEST, Release

AGREEMENTS = ("ahad", "iab", "inim")


@pytest.fixture(scope="module")
def made() -> Content:
    """What a release of our graph is made of."""
    found = places.find(ROOT)
    data = dataset.build_own(graphs.own_files(found), BASE, "https://here.example/")
    return content.of(data, content.heading(found, BASE))


@pytest.fixture(scope="module")
def kept(made: Content, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of our graph."""
    return edition.write(made, tmp_path_factory.mktemp("releases") / made.version)


@pytest.fixture(scope="module")
def small(made: Content) -> Content:
    """The content of a release with one agreement only, which is made quickly."""
    graph = NamedNode(f"{BASE}id/graaf/iab")
    return replace(made, version="1.0.0", quads=tuple(quad for quad in made.quads if quad.graph_name == graph))


def later(made: Content, version: str, days: int = 1) -> Content:
    """The content of a later release, which says one thing more."""
    node = NamedNode(f"{BASE}id/akkoord/iab")
    more = Quad(node, term("rdfs:comment"), Literal(version), NamedNode(f"{BASE}id/graaf/iab"))
    moment = made.moment + timedelta(days=days)
    return Content(version, moment, made.base, (*made.quads, more), made.shapes, made.metadata)


def export(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return vesoc("export", *arguments)


# --- what is in one ---------------------------------------------------------------------------------------------------


def test_every_file_is_in_the_manifest_with_its_size_and_digest(kept: Release) -> None:
    lying = {str(path.relative_to(kept.folder)) for path in kept.folder.rglob("*") if path.is_file()}
    assert lying - {file.name for file in kept.files} == {MANIFEST, edition.SUMS}
    for file in kept.files:
        body = (kept.folder / file.name).read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file.bytes, file.sha256), file.name


def test_sums_are_those_that_sha256sum_reads(kept: Release) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", edition.SUMS], cwd=kept.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(kept.files)


def test_every_count_is_that_of_the_file(kept: Release) -> None:
    syntaxes = {"nq": RdfFormat.N_QUADS, "nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}
    syntaxes |= {"jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
    counted = 0
    for file in kept.files:
        suffix = file.name.removesuffix(".gz").rpartition(".")[2]
        body = (kept.folder / file.name).read_bytes()
        plain = gzip.decompress(body) if file.packing else body
        if suffix in syntaxes:
            statements = set(parse(plain, format=syntaxes[suffix], base_iri="https://base.example/"))
            counted += 1
            assert len(statements) == file.triples, file.name
        elif suffix == "csv":
            records = csv.reader(io.StringIO(plain.decode("utf-8-sig"), newline=""))
            assert sum(1 for _ in records) == (file.rows or 0) + 1, file.name
    assert counted == 5 + 4 * len(AGREEMENTS) + 4


@pytest.mark.parametrize("slug", AGREEMENTS)
def test_an_agreement_has_files_of_its_own_graph(kept: Release, slug: str) -> None:
    graph = NamedNode(f"{BASE}id/graaf/{slug}")
    wanted = {quad.triple for quad in kept.quads() if quad.graph_name == graph}
    with gzip.open(kept.folder / f"{slug}.nt.gz") as lines:
        assert {quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)} == wanted  # type: ignore[call-overload]
    assert len(wanted) > 1000


def test_tables_are_there_for_people_without_rdf(kept: Release) -> None:
    names = [file.name for file in kept.files if file.part == "tables"]
    assert "tables/measures.csv" in names
    assert kept.file("tables/measures.csv").rows == 665  # type: ignore[union-attr]


def test_void_names_the_dumps_beside_it(kept: Release) -> None:
    place = "https://elsewhere.example/dumps/9/"
    quads = parse((kept.folder / "void.ttl").read_bytes(), format=RdfFormat.TURTLE, base_iri=place)
    dumps = {quad.object.value for quad in quads if quad.predicate == term("void:dataDump")}  # type: ignore[union-attr]
    assert dumps == {f"{place}vesoc.{suffix}.gz" for suffix in ("nq", "ttl", "nt", "jsonld", "rdf")}


def test_nothing_in_a_release_tells_of_the_server(kept: Release) -> None:
    for file in kept.files:
        body = (kept.folder / file.name).read_bytes()
        plain = gzip.decompress(body) if file.packing else body
        assert b"here.example" not in plain, file.name
        assert b"release.invalid" not in plain, file.name


def test_licence_and_rights_of_each_graph_go_with_the_data(kept: Release) -> None:
    metadata = list(parse((kept.folder / "metadata.ttl").read_bytes(), format=RdfFormat.TURTLE))
    for graph in {quad.graph_name for quad in kept.quads()}:
        assert any(quad.subject == graph and quad.predicate == term("dcterms:license") for quad in metadata), graph


# --- the same bytes ---------------------------------------------------------------------------------------------------


def test_same_data_is_the_same_bytes_in_another_process(kept: Release, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vesoc.cli", "export", "--releases", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "made" in done.stdout
    assert release.read(tmp_path / kept.version).document() == kept.document()
    for path in kept.folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / kept.version / path.relative_to(kept.folder)).read_bytes(), path


def test_release_is_remade_from_its_own_quads(small: Content, two: Archive, tmp_path: Path) -> None:
    first = two.releases[0]
    assert edition.write(replace(small, quads=tuple(first.quads())), tmp_path / "1.0.0").document() == first.document()


def test_manifest_reads_back(kept: Release) -> None:
    assert release.read(kept.folder) == kept


# --- whole or not at all ----------------------------------------------------------------------------------------------


def test_what_fails_half_way_leaves_nothing_that_looks_whole(
    small: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edition.tables, "write", full)
    with pytest.raises(OSError, match="No space"):
        edition.write(small, tmp_path / "1.0.0")
    assert Archive([tmp_path]).releases == ()
    monkeypatch.undo()
    edition.write(small, tmp_path / "1.0.0")
    assert [one.version for one in Archive([tmp_path]).releases] == ["1.0.0"]


def test_manifest_that_is_broken_is_told(kept: Release, tmp_path: Path) -> None:
    folder = tmp_path / "1.0.0"
    folder.mkdir()
    (folder / MANIFEST).write_text('{"version": "1.0.0"}')
    with pytest.raises(VesocError, match="no manifest of a release"):
        Archive([tmp_path])


# --- one version, one moment ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(small: Content, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Two releases, the second a day later."""
    folder = tmp_path_factory.mktemp("two")
    for one in (later(small, "1.1.0"), small):
        edition.write(one, folder / one.version)
    return Archive([folder])


def test_releases_are_in_the_order_of_time(two: Archive) -> None:
    assert [one.version for one in two.releases] == ["1.0.0", "1.1.0"]
    assert two.latest is two.get("1.1.0")


def test_release_that_is_there_stays(two: Archive) -> None:
    first = two.releases[0]
    assert two.standing(first.version, first.moment, first.digest) is first


def test_other_data_needs_another_version(two: Archive) -> None:
    with pytest.raises(VesocError, match=r"release 1\.1\.0 of other data; changed data needs a new dcat:version"):
        two.standing("1.1.0", two.releases[1].moment, "0" * 64)


@pytest.mark.parametrize("days", [0, -1])
def test_new_release_is_later_than_the_last(two: Archive, days: int) -> None:
    moment = two.releases[1].moment + timedelta(days=days)
    with pytest.raises(VesocError, match="changed data needs a new dcat:version and a later dcterms:modified"):
        two.standing("1.2.0", moment, "0" * 64)
    assert two.standing("1.2.0", two.releases[1].moment + timedelta(seconds=1), "0" * 64) is None


def test_two_releases_of_one_moment_are_refused(small: Content, tmp_path: Path) -> None:
    for version in ("1.1.0", "1.2.0"):
        edition.write(later(small, version), tmp_path / version)
    with pytest.raises(VesocError, match="two releases have the moment"):
        Archive([tmp_path])


def test_release_without_a_version_is_refused(made: Content, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for name in ("ontology", "data/ttl", "shapes", "queries"):
        shutil.copytree(ROOT / name, root / name)
    for path in root.joinpath("data/ttl").rglob("metadata*"):
        for file in [path] if path.is_file() else path.rglob("*.ttl"):
            file.write_text(file.read_text().replace("dcat:version", "dcat:wersion"))
    done = export("--releases", tmp_path / "kept", "--root", root)
    assert done.returncode == 2
    assert "has 0 values of dcat:version" in done.stderr


# --- the command ------------------------------------------------------------------------------------------------------


def test_export_again_keeps_the_first(kept: Release) -> None:
    before = {path: path.stat().st_ino for path in kept.folder.rglob("*")}
    done = export("--releases", kept.folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is there already" in done.stdout
    assert {path: path.stat().st_ino for path in kept.folder.rglob("*")} == before


def test_export_without_a_folder_says_what_is_missing() -> None:
    done = export()
    assert (done.returncode, done.stdout) == (2, "")
    assert "VESOC_RELEASES" in done.stderr


# --- how they are served ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(
    made: Content, kept: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx2.Client, Path]]:
    """A server with a folder of two releases, the later one of its own data, and the folder."""
    folder = tmp_path_factory.mktemp("kept")
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    first = Content("0.9.0", moment, made.base, made.quads[: len(made.quads) // 2], made.shapes, made.metadata)
    edition.write(first, folder / first.version)
    shutil.copytree(kept.folder, folder / kept.version)
    with running("--no-validate", VESOC_RELEASES=str(folder)) as client:
        yield client, folder


def test_all_releases_are_listed_the_last_one_first(archive: tuple[httpx2.Client, Path]) -> None:
    client, _ = archive
    told = client.get("/dumps", headers={"accept": "application/json"}).json()["releases"]
    assert [one["version"] for one in told] == [__version__, "0.9.0"]
    assert all(one["version"] in client.get("/dumps", headers={"accept": "text/html"}).text for one in told)


@pytest.mark.parametrize("version", ["0.9.0", __version__])
def test_every_file_is_sent_as_it_lies(archive: tuple[httpx2.Client, Path], version: str) -> None:
    client, folder = archive
    told = client.get(f"/dumps/{version}", headers={"accept": "application/json"}).json()
    assert len(told["files"]) > 20
    for file in told["files"]:
        address = f"/dumps/{version}/{file['name']}"
        whole, head = client.get(address, headers={"accept-encoding": "identity"}), client.head(address)
        assert whole.content == (folder / version / file["name"]).read_bytes()
        assert int(whole.headers["content-length"]) == file["bytes"]
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["cache-control"] == whole.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert whole.headers["dataset-digest"] == f"sha-256={told['digest']}"


def test_latest_leads_to_the_last_one(archive: tuple[httpx2.Client, Path]) -> None:
    client, _ = archive
    for path in ("", "/vesoc.nq.gz", "/tables/measures.csv"):
        for method in ("GET", "HEAD"):
            answer = client.request(method, f"/dumps/latest{path}")
            assert (answer.status_code, answer.headers["location"]) == (302, f"/dumps/{__version__}{path}")
            assert "immutable" not in answer.headers["cache-control"]


def test_file_that_the_client_has_is_not_sent_again(archive: tuple[httpx2.Client, Path]) -> None:
    client, _ = archive
    tag = client.get(f"/dumps/{__version__}/vesoc.nt.gz").headers["etag"]
    assert client.get(f"/dumps/{__version__}/vesoc.nt.gz", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/dumps/0.9.0/vesoc.nt.gz", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path", ["99.0.0", "99.0.0/vesoc.nq.gz", f"{__version__}/nothing", f"..%2F{__version__}/manifest.json"]
)
def test_what_is_not_there_is_said_so(archive: tuple[httpx2.Client, Path], path: str) -> None:
    client, _ = archive
    assert client.get(f"/dumps/{path}").status_code == 404


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json", "tables/measures.csv", "ontology.ttl"])
def test_file_that_may_be_packed_says_so(archive: tuple[httpx2.Client, Path], name: str) -> None:
    client, folder = archive
    address = f"/dumps/{__version__}/{name}"
    plain, small = (client.get(address, headers={"accept-encoding": coding}) for coding in ("identity", "br"))
    assert plain.content == small.content == (folder / __version__ / name).read_bytes()
    assert (plain.headers.get("content-encoding"), small.headers["content-encoding"]) == (None, "br")
    again = client.get(address, headers={"accept-encoding": "br", "if-none-match": small.headers["etag"]})
    assert (again.status_code, again.headers["etag"]) == (304, small.headers["etag"])
    for answer in (plain, small, again):
        assert "Accept-Encoding" in answer.headers["vary"]


def test_digest_is_that_of_the_bytes_that_are_sent(archive: tuple[httpx2.Client, Path]) -> None:
    client, folder = archive
    address = f"/dumps/{__version__}/tables/measures.csv"
    plain, small = (client.get(address, headers={"accept-encoding": coding}) for coding in ("identity", "br"))
    digest = hashlib.sha256((folder / __version__ / "tables/measures.csv").read_bytes()).digest()
    assert plain.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
    assert "repr-digest" not in small.headers
    assert "Repr-Digest" in plain.headers["access-control-expose-headers"]
    packed = client.get(f"/dumps/{__version__}/vesoc.nt.gz", headers={"accept-encoding": "br"})
    assert "repr-digest" in packed.headers
    assert "Accept-Encoding" not in packed.headers.get("vary", "")


@pytest.mark.parametrize("path", ["/dumps", f"/dumps/{__version__}"])
def test_form_is_chosen_in_the_address(archive: tuple[httpx2.Client, Path], path: str) -> None:
    client, _ = archive
    browser = {"accept": "text/html"}
    for asked in ("json", "application/json"):
        told = client.get(path, params={"_mediatype": asked}, headers=browser)
        assert told.headers["content-type"] == "application/json"
    page = client.get(path, params={"_mediatype": "html"}, headers={"accept": "application/json"})
    assert page.headers["content-type"].startswith("text/html")


def test_what_is_no_release_is_left_out(archive: tuple[httpx2.Client, Path]) -> None:
    client, folder = archive
    shutil.copytree(folder / "0.9.0", folder / ".0.8.0.part")
    (folder / "0.7.0").mkdir()
    (folder / "0.7.0" / MANIFEST).write_text("{")
    (folder / "0.6.0").mkdir()
    (folder / "0.6.0" / MANIFEST).symlink_to(folder / "nowhere")
    try:
        told = client.get("/dumps", headers={"accept": "application/json"}).json()["releases"]
        assert [one["version"] for one in told] == [__version__, "0.9.0"]
        assert client.get("/dumps/0.7.0").status_code == 404
        assert client.get("/dumps/latest").headers["location"] == f"/dumps/{__version__}"
    finally:
        for name in (".0.8.0.part", "0.7.0", "0.6.0"):
            shutil.rmtree(folder / name)


def test_release_that_is_kept_does_not_wait(kept: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(kept.folder, tmp_path / kept.version)
    monkeypatch.setattr(published, "folder", pytest.fail)
    settings = SimpleNamespace(releases=tmp_path, max_age=300)
    current = SimpleNamespace(require=lambda: SimpleNamespace(digest=kept.digest), hold=lambda: None)
    pool = SimpleNamespace(current=current)
    app = SimpleNamespace(state=SimpleNamespace(settings=settings, pool=pool))
    path = {"version": kept.version, "name": "vesoc.nq.gz"}
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "path_params": path}
    answer = asyncio.run(dumping.dump(Request({**scope, "app": app})))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, files.FOREVER)


def test_large_file_is_sent_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(bytes(files.LARGEST + 1))
    answer = FileResponse(path, headers={"etag": '"1"'})
    assert asyncio.run(files.packed(answer, "gzip")) is answer
    path.write_bytes(bytes(files.LARGEST))
    assert asyncio.run(files.packed(answer, "gzip")).headers["content-encoding"] == "gzip"


def test_release_made_at_the_start_is_not_kept_for_ever(server: httpx2.Client) -> None:
    assert "immutable" not in server.get(f"/dumps/{__version__}/vesoc.nq.gz").headers["cache-control"]


def test_server_does_not_start_on_data_that_differs_from_its_release(small: Content, tmp_path: Path) -> None:
    edition.write(replace(small, version=__version__), tmp_path / __version__)
    command = [sys.executable, "-m", "vesoc.cli", "serve", "--port", "0", "--no-validate"]
    environment = {"VESOC_RELEASES": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"release {__version__} of other data" in done.stderr


def test_data_of_others_is_dumped_too(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text("<urn:g> { <urn:a> <urn:b> 1 } <urn:c> <urn:d> 2 .")
    with running("--data", str(file)) as client:
        whole = client.get("/dumps/latest/vesoc.nq.gz", follow_redirects=True)
        lines = gzip.decompress(whole.content).decode().splitlines()
        assert sorted(lines) == sorted(str(quad) + " ." for quad in parse(file.read_bytes(), format=RdfFormat.TRIG))
        assert client.get("/dumps/given", headers={"accept": "application/json"}).json()["files"][0]["triples"] is None


def test_manifest_is_json_for_machines(server: httpx2.Client) -> None:
    told = server.get(f"/dumps/{__version__}/manifest.json")
    assert told.headers["content-type"] == "application/json"
    assert told.json() == server.get(f"/dumps/{__version__}", headers={"accept": "application/json"}).json()
    assert json.dumps(told.json())


def test_graph_is_what_the_release_says(graph: Dataset, kept: Release) -> None:
    assert (kept.digest, kept.triples) == (graph.digest, graph.counts.triples)


# --- what a release may be called -------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["latest", "given", "../1.0.0", "1.0/0", ".1", "", "1 0"])
def test_version_that_cannot_name_a_release_is_refused(version: str, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for folder in ("ontology", "shapes", "data/ttl"):
        (root / folder).mkdir(parents=True)
    node = f"<{BASE}id/dataset/vesoc>"
    said = f'{node} <{PREFIXES["dcat"]}version> "{version}" ; <{PREFIXES["dcterms"]}modified> "2026-11-22" .'
    (root / "data/ttl/metadata.ttl").write_text(said)
    with pytest.raises(VesocError, match="cannot name a release"):
        content.heading(places.Places(root), BASE)


def test_manifest_does_not_lead_elsewhere(kept: Release, tmp_path: Path) -> None:
    told = kept.document()
    told["files"][0]["name"] = "../secret"
    (tmp_path / "1.0.0").mkdir()
    (tmp_path / "1.0.0" / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(VesocError, match="leads elsewhere"):
        release.read(tmp_path / "1.0.0")


def test_release_that_is_being_made_is_none_yet(kept: Release, tmp_path: Path) -> None:
    shutil.copytree(kept.folder, tmp_path / ".1.0.0.part")
    assert Archive([tmp_path]).releases == ()


# --- what cannot be made ----------------------------------------------------------------------------------------------


def test_documents_that_cannot_be_made_are_told_as_such(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for name in ("ontology", "data/ttl", "shapes", "queries"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("ahad", "inim", "verbanden.ttl"))
    concept = root / "data/ttl/begrippen"
    file = next(iter(sorted(concept.rglob("*.ttl"))))
    # Tables part values by a bar, so that they cannot hold one.
    file.write_text(f"{file.read_text()}\n<{BASE}id/doelgroep/bar> a <{PREFIXES['vesoc']}TargetGroup> ;\n"
                    f"  <{PREFIXES['skos']}altLabel> 'a', 'b|c' .\n")  # fmt: skip
    with running("--no-validate", "--root", str(root)) as client:
        for _ in range(2):
            answer = client.get("/dumps")
            assert answer.status_code == 503
            assert "could not be made" in answer.json()["detail"]
            assert 0 < int(answer.headers["retry-after"]) <= 61
        assert client.get("/doc/akkoord/iab").status_code == 200
