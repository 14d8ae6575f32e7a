"""Redaction: a statement that must go is in no file of any release, whatever stops the work half-way."""

from __future__ import annotations

import ctypes
import errno
import gzip
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from command import vesoc
from conftest import ROOT, running
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from vesoc import __version__, graphs, places
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import BASE, PREFIXES, term
from vesoc.releases import edition, exchange, lock, redaction, tombstones
from vesoc.releases.archive import Archive
from vesoc.releases.content import Content
from vesoc.releases.redaction import Order
from vesoc.releases.selection import Selection, selection
from vesoc.web import ROUTES

NAME, SLUG = "Xantippe Zwijgzaam", "xantippe-zwijgzaam"
PERSON = NamedNode(f"{PREFIXES['pers']}{SLUG}")
SIGNATURE = NamedNode(f"{PREFIXES['ond']}iab-9")
GRAPH = NamedNode(f"{PREFIXES['graaf']}actoren")
REASON = {"nl": "op verzoek", "en": "on request"}
MOMENT = datetime(2026, 12, 1, 12, tzinfo=UTC)
VERSIONS = (__version__, "99.0.0")
ELSEWHERE = ("ahad", "inim", "partena", "securex", "verbanden.ttl")
FILES = (("actoren", "actoren/personen.ttl"), ("iab", "iab/akkoord.ttl"))
WRITTEN_SECONDS = 180  # a busy machine writes what is published last
TOLD = (
    Quad(PERSON, term("rdf:type"), term("foaf:Person"), GRAPH),
    Quad(PERSON, term("foaf:name"), Literal(NAME), GRAPH),
    Quad(SIGNATURE, term("rdf:type"), term("vesoc:Signature"), GRAPH),
    Quad(SIGNATURE, term("vesoc:printedAs"), Literal("X."), GRAPH),
    Quad(SIGNATURE, term("vesoc:signedBy"), PERSON, GRAPH),
)
NOTED = Triple(PERSON, term("dcterms:title"), Literal(NAME, language="nl"))
SHAPES = b'<https://example.org/shape> <http://www.w3.org/ns/shacl#message> "Say a name."@en .\n'
WHOLE = Selection(mentions=frozenset({PERSON}))
BLOCK = f'\npers:{SLUG}\n    a foaf:Person ;\n    foaf:name "{NAME}" ;\n.\n'
COMMAND = ["redact", "--reason-nl", "op verzoek", "--reason-en", "on request"]
FOUND, NOTHING, UNABLE = 0, 1, 2
FIXED = {  # addresses of which no answer is made of the data
    *("/health/live", "/health/ready", "/openapi.json", "/opensearch.xml", "/docs", "/accessibility", "/preferences"),
    *(
        "/validate",
        "/validate.{suffix}",
        "/robots.txt",
        "/metrics",
        "/dumps/{version}",
        "/dumps/{version}/{name:path}",
    ),  # dumps: only those of the releases touched
}
MADE = [re.sub(r"\{.*?\}", "a", path) for path, _, _ in ROUTES if path not in FIXED]


def made(version: str, *more: Quad) -> Content:
    """A small release: some of our files, and what is told beside."""
    files = [GraphFile(ROOT / "data" / "ttl" / name, slug) for slug, name in FILES]
    quads = tuple(quad for file in files for quad in graphs.quads(file, BASE))
    moment = datetime(2026, 1 + VERSIONS.index(version), 1, tzinfo=UTC)
    return Content(version, moment, BASE, (*quads, *more), SHAPES, (NOTED,) if more else ())


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases that tell it, and in `clean` the same without it."""
    folder = tmp_path_factory.mktemp("model")
    for version in VERSIONS:
        edition.write(made(version, *TOLD), folder / "told" / version)
        content = made(version, *TOLD[2:4])
        bare = Content(version, content.moment, BASE, content.quads, SHAPES, ())
        edition.write(bare, folder / "clean" / version)
    return folder


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    """Releases that tell it, to be changed."""
    return Path(shutil.copytree(model / "told", tmp_path / "releases"))


def unpacked(path: Path) -> bytes:
    if path.is_dir():
        return b""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder but the tombstones, whose salt is another each time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (tombstones.LIST, lock.LOCK)
    }


def holding(folder: Path, text: str) -> list[str]:
    """The files that hold a text, packed or not, hidden or not."""
    return [str(path) for path in sorted(folder.rglob("*")) if text.lower().encode() in unpacked(path).lower()]


def redact(folder: Path, selected: Selection = WHOLE, *, forget: bool = False) -> redaction.Survey:
    """The redaction as the command does it."""
    redaction.tidy(folder)
    found = redaction.survey(Archive([folder]), selected, lambda step: None)
    redaction.carry_out(folder, Order(selected, REASON, MOMENT, BASE, forget), found, lambda step: None)
    return found


def listed(folder: Path) -> dict[str, Any]:
    told = json.loads((folder / tombstones.LIST).read_text(encoding="utf-8"))
    assert len({one["resource"] for one in told}) == len(told)
    return {one["resource"]: one for one in told}


# --- what is left -----------------------------------------------------------------------------------------------------


def test_statement_was_in_many_files(folder: Path) -> None:
    names = {Path(name).name for name in holding(folder / VERSIONS[0], NAME)}
    assert names >= {"vesoc.nq.gz", "vesoc.rdf.gz", "vesoc.jsonld.gz", "persons.csv", "signatures.csv", "metadata.ttl"}


def test_no_file_holds_it_any_more(folder: Path) -> None:
    redact(folder, forget=True)
    assert holding(folder, NAME) == []
    assert holding(folder, SLUG) == []


def test_releases_are_what_they_were_without_it(folder: Path, model: Path) -> None:
    redact(folder)
    assert contents(folder) == contents(model / "clean")
    for release in Archive([folder]).releases:
        assert release.moment == next(
            r.moment for r in Archive([model / "told"]).releases if r.version == release.version
        )


def test_release_without_it_stays_untouched(folder: Path) -> None:
    shutil.rmtree(folder / VERSIONS[1])
    edition.write(made(VERSIONS[1]), folder / VERSIONS[1])
    before = {path: path.stat().st_ino for path in folder.rglob("*")}
    assert list(redact(folder).taken) == [VERSIONS[0]]
    assert all(path.stat().st_ino == number for path, number in before.items() if VERSIONS[0] not in path.parts)
    assert listed(folder)[PERSON.value]["versions"] == [VERSIONS[0]]


def test_only_what_is_meant_goes(folder: Path) -> None:
    redact(folder, Selection(SIGNATURE, term("vesoc:signedBy")))
    for release in Archive([folder]).releases:
        left = {quad.triple for quad in release.quads()}
        assert {quad.triple for quad in TOLD} - left == {TOLD[4].triple}


def test_shapes_are_written_anew_only_where_they_hold_it(folder: Path) -> None:
    redact(folder)
    assert (folder / VERSIONS[0] / "shapes.ttl").read_bytes() == SHAPES
    redact(folder, Selection(NamedNode("https://example.org/shape"), None, "Say a name."))
    assert holding(folder, "Say a name") == []


def test_manifest_and_sums_are_true(folder: Path) -> None:
    redact(folder)
    for version in VERSIONS:
        told = subprocess.run(
            ["sha256sum", "--check", "SHA256SUMS"], cwd=folder / version, capture_output=True, check=False
        )
        assert told.returncode == 0, told.stdout


# --- the tombstone ----------------------------------------------------------------------------------------------------


def test_tombstone_tells_what_replicas_need(folder: Path) -> None:
    redact(folder)
    told = listed(folder)
    person = told.pop(PERSON.value)
    del person["salt"], person["digests"]
    assert person == {
        "resource": PERSON.value,
        "moment": "2026-12-01T12:00:00Z",
        "reason": REASON,
        "versions": list(VERSIONS),
        "statements": 3,
        "gone": True,
    }
    [signature] = told.values()
    assert (signature["resource"], signature["statements"], signature["gone"]) == (SIGNATURE.value, 1, False)


def test_tombstone_says_nothing_of_the_statement(folder: Path) -> None:
    redact(folder, Selection(PERSON, term("foaf:name")))
    text = (folder / tombstones.LIST).read_text(encoding="utf-8")
    assert NAME not in text
    assert "foaf" not in text
    assert listed(folder)[PERSON.value]["gone"] is False


def test_name_of_what_is_gone_can_be_forgotten(folder: Path) -> None:
    redact(folder, forget=True)
    assert set(listed(folder)) == {SIGNATURE.value, tombstones.hashed(PERSON.value)}
    assert (
        tombstones.hashed("Hello World!") == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    )  # RFC 6920, 8.1


def test_name_of_what_stays_is_not_forgotten(folder: Path) -> None:
    redact(folder, Selection(PERSON), forget=True)
    assert set(listed(folder)) == {PERSON.value}, "the signature names the person still"


def test_feed_reads_the_list(folder: Path) -> None:
    redact(folder)
    read = {one.resource: one for one in tombstones.read(folder)}
    assert set(read) == {PERSON.value, SIGNATURE.value}
    assert read[PERSON.value].moment == MOMENT
    assert read[PERSON.value].versions == VERSIONS


def test_second_redaction_adds_to_the_list(folder: Path) -> None:
    redact(folder, Selection(PERSON, term("foaf:name")))
    first = listed(folder)[PERSON.value]
    redact(folder, Selection(SIGNATURE))
    told = listed(folder)
    assert told[PERSON.value] == first
    assert told[SIGNATURE.value]["statements"] == 3
    assert told[SIGNATURE.value]["salt"] == first["salt"]


def test_what_was_taken_out_may_not_come_back(folder: Path) -> None:
    quads = made(VERSIONS[1], *TOLD).quads
    tombstones.require_absent(quads, folder)
    redact(folder, Selection(PERSON, term("foaf:name")))
    tombstones.require_absent(made(VERSIONS[1], *TOLD[2:]).quads, folder)
    elsewhere = Quad(PERSON, term("foaf:name"), Literal(NAME), NamedNode(f"{PREFIXES['graaf']}iab"))
    for again in (TOLD, [elsewhere]):
        with pytest.raises(VesocError, match=rf"says again .* statements on {PERSON.value};"):
            tombstones.require_absent(made(VERSIONS[1], *again).quads, folder)


def test_a_list_that_is_none_is_told(folder: Path) -> None:
    (folder / tombstones.LIST).write_text('[{"resource": 1}]', encoding="utf-8")
    with pytest.raises(VesocError, match="no list of redactions"):
        tombstones.read(folder)


# --- stopped half-way -------------------------------------------------------------------------------------------------

Step = Callable[..., Any]


class Stop(BaseException):
    """What stops the work, and cannot be caught as an error."""


def stopping(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[int]:
    """Have the call number `at` of those that change the disk stop the work instead; counts them."""
    numbers = count()

    def watched(call: Step) -> Step:
        def instead(*arguments: Any, **named: Any) -> Any:
            if next(numbers) == at:
                raise Stop
            return call(*arguments, **named)

        return instead

    monkeypatch.setattr(os, "fsync", lambda handle: None)  # hundreds of files, of which none is looked at after a crash
    for owner, name in (
        (Path, "rename"),
        (Path, "mkdir"),
        (shutil, "rmtree"),
        (exchange, "swap"),
        (Path, "write_text"),
    ):
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    return numbers


@pytest.fixture(scope="module")
def steps(model: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls change the disk in a whole redaction."""
    folder = Path(shutil.copytree(model / "told", tmp_path_factory.mktemp("steps") / "releases"))
    with pytest.MonkeyPatch.context() as patched:
        numbers = stopping(patched, -1)
        redact(folder)
    return next(numbers)


def test_stopped_anywhere_a_release_is_old_or_new_and_again_finishes(steps: int, model: Path, tmp_path: Path) -> None:
    assert steps > 10
    whole = {version: [contents(model / kind / version) for kind in ("told", "clean")] for version in VERSIONS}
    mixed = 0
    for at in range(steps):
        folder = Path(shutil.copytree(model / "told", tmp_path / f"{at}"))
        with pytest.MonkeyPatch.context() as patched:
            stopping(patched, at)
            with pytest.raises(Stop):
                redact(folder)
        found = {version: contents(folder / version) for version in VERSIONS}
        assert all(found[version] in whole[version] for version in VERSIONS), at
        assert [release.version for release in Archive([folder]).releases] == list(VERSIONS), at
        mixed += found[VERSIONS[0]] == whole[VERSIONS[0]][1] and found[VERSIONS[1]] == whole[VERSIONS[1]][0]
        redact(folder)
        assert contents(folder) == contents(model / "clean"), at
        assert listed(folder)[PERSON.value]["versions"] == list(VERSIONS), at
        shutil.rmtree(folder)
    assert mixed, "some stop falls between the two releases"


class Unable:
    """A C library on a file system that knows no exchange."""

    def renameat2(self, *arguments: object) -> int:
        ctypes.set_errno(errno.EINVAL)
        return -1


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno: Unable())


@pytest.mark.usefixtures("unable")
def test_without_exchange_it_is_done_in_two_steps(folder: Path, model: Path) -> None:
    redact(folder)
    assert contents(folder) == contents(model / "clean")


@pytest.mark.usefixtures("unable")
def test_between_the_two_steps_the_new_release_is_kept(
    folder: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        done = rename(self, target)
        if target.name.endswith(".old"):
            raise Stop
        return done

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stopped)
        with pytest.raises(Stop):
            redact(folder)
    assert not (folder / VERSIONS[0]).exists()
    assert redaction.tidy(folder)
    assert contents(folder / VERSIONS[0]) == contents(model / "clean" / VERSIONS[0])
    redact(folder)
    assert contents(folder) == contents(model / "clean")


def test_disk_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="No such file"):
        exchange.swap(tmp_path / "a", tmp_path / "b")


# --- which statements -------------------------------------------------------------------------------------------------


def chosen(
    subject: str | None = None, predicate: str | None = None, value: str | None = None, *mentions: str
) -> set[int]:
    """The places in TOLD of those that are selected."""
    found = selection(PREFIXES, subject, predicate, value, mentions)
    return {place for place, quad in enumerate(TOLD) if found.holds(quad.triple)}


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ((f"pers:{SLUG}",), {0, 1}),
        ((PERSON.value,), {0, 1}),
        ((f"<{PERSON.value}>", "foaf:name"), {1}),
        ((f"pers:{SLUG}", None, NAME), {1}),
        ((f"pers:{SLUG}", None, f'"{NAME}"'), {1}),
        ((f"pers:{SLUG}", None, f'"{NAME}"@nl'), set()),
        ((f"pers:{SLUG}", None, "foaf:Person"), {0}),
        (("ond:iab-9", "vesoc:signedBy", f"<{PERSON.value}>"), {4}),
        ((None, None, None, f"pers:{SLUG}"), {0, 1, 4}),
        ((None, None, None, "ond:iab-9", f"pers:{SLUG}"), {0, 1, 2, 3, 4}),
    ],
)
def test_statements_are_selected(arguments: tuple[str, ...], places: set[int]) -> None:
    assert chosen(*arguments) == places


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say which statements"),
        ((f"pers:{SLUG}", None, None, "ond:iab-9"), "say which statements"),
        ((None, "foaf:name", None, "ond:iab-9"), "say which statements"),
        (("Xantippe",), "Xantippe: no IRI"),
        (("<http://a b>",), "no IRI"),
        ((f"pers:{SLUG}", None, '"open'), "no literal"),
    ],
)
def test_what_cannot_be_selected_is_told(arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(VesocError, match=told):
        chosen(*arguments)


def test_what_still_holds_the_name_is_told(folder: Path) -> None:
    found = redaction.survey(Archive([folder]), Selection(PERSON), lambda step: None)
    assert found.traces() == [str(SIGNATURE)]
    again = redaction.survey(Archive([folder]), WHOLE, lambda step: None)
    assert again.traces() == []


# --- the command ------------------------------------------------------------------------------------------------------


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return vesoc(*COMMAND, "--releases", folder, *arguments, **environment)


def test_command_tells_what_went_and_what_to_purge(folder: Path) -> None:
    done = command(folder, "--mentions", f"pers:{SLUG}", VESOC_PUBLIC_URL="https://data.example/")
    assert done.returncode == FOUND, done.stderr
    assert done.stdout.splitlines()[:2] == [f"{version}: 4 statements gone" for version in VERSIONS]
    purged = {line.strip() for line in done.stdout.splitlines() if line.startswith("  ")}
    assert purged >= {
        f"https://data.example/{path}*" for path in (f"dumps/{__version__}", "dumps/latest", "ldes", "sparql")
    }
    forgotten = re.compile("|".join(re.escape(one).replace(r"\*", ".*") for one in purged))
    assert [path for path in MADE if not forgotten.fullmatch(f"https://data.example{path}")] == []
    assert not forgotten.fullmatch("https://data.example/static/site.css")
    assert holding(folder, NAME) == []
    again = command(folder, "--mentions", f"pers:{SLUG}")
    assert (again.returncode, again.stdout) == (NOTHING, "no release says it\n")


@pytest.mark.parametrize("export", [False, True])
def test_one_command_at_a_time(folder: Path, export: bool) -> None:
    before = contents(folder)
    with lock.held(folder):
        refused = vesoc("export", "--releases", folder) if export else command(folder, "--mentions", f"pers:{SLUG}")
    assert refused.returncode == UNABLE
    assert f"another vesoc export or redact is at work in {folder}" in " ".join(refused.stderr.split())
    assert contents(folder) == before
    with lock.held(folder):
        pass


def test_dry_run_shows_it_and_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    done = command(folder, "--subject", f"pers:{SLUG}", "--dry-run")
    assert done.returncode == FOUND
    assert f"{__version__}: 3 statements would go" in done.stdout
    assert f'"{NAME}" .' in done.stdout
    assert f"take these out as well where it must go:\n  {SIGNATURE}" in done.stdout
    assert contents(folder) == before
    assert not (folder / tombstones.LIST).exists()


def test_command_refuses_what_the_files_still_say(folder: Path) -> None:
    line = (ROOT / "data/ttl/actoren/personen.ttl").read_text(encoding="utf-8").splitlines().index(
        "pers:jan-jambon"
    ) + 1
    before = contents(folder)
    refused = command(folder, "--subject", "pers:jan-jambon", "--predicate", "foaf:name")
    assert refused.returncode == UNABLE
    assert f"the data still says it: data/ttl/actoren/personen.ttl:{line};" in refused.stderr
    assert contents(folder) == before
    done = command(folder, "--subject", "pers:jan-jambon", "--predicate", "foaf:name", "--only-releases")
    assert done.returncode == FOUND, done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [((), "say which statements"), (("--subject", "nobody"), "nobody: no IRI"), (("--date", "soon"), "date")],
)
def test_bad_input_is_told_in_a_line(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    refused = command(folder, *arguments)
    assert refused.returncode == UNABLE
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_was_left_half_way_is_put_in_order(folder: Path) -> None:
    redact(folder)
    shutil.copytree(folder / VERSIONS[0], folder / redaction.WORK / VERSIONS[0])
    done = command(folder, "--mentions", f"pers:{SLUG}")
    assert (done.returncode, done.stdout) == (FOUND, "what was left half-way is done\n")
    assert not (folder / redaction.WORK).exists()


# --- a server ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph's files but for what is of other agreements, with one person more."""
    root = tmp_path_factory.mktemp("root")
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*ELSEWHERE))
    with (root / "data/ttl/actoren/personen.ttl").open("a", encoding="utf-8") as file:
        file.write(BLOCK)
    return root


QUERY = "SELECT * { ?s <http://xmlns.com/foaf/0.1/name> ?name }"
PLACES = (
    "/doc/persoon.html",
    "/doc/persoon.ttl",
    f"/doc/persoon/{SLUG}",
    f"/doc/persoon/{SLUG}.html",
    f"/doc/persoon/{SLUG}.jsonld",
    "/graphs/actoren",
    "/catalog",
    "/sitemap.xml",
    "/actors",
    f"/search?q={SLUG.partition('-')[0]}",
    f"/search/suggest?q={SLUG.partition('-')[0]}",
)


def published(client: httpx2.Client) -> list[dict[str, str]]:
    """The releases that a server has, once it has written what it publishes."""
    until = time.monotonic() + WRITTEN_SECONDS
    while (reply := client.get("/dumps", headers={"accept": "application/json"})).status_code != httpx2.codes.OK:
        assert time.monotonic() < until, reply.text
        time.sleep(0.2)
    found: list[dict[str, str]] = reply.json()["releases"]
    return found


def crawled(client: httpx2.Client) -> dict[str, bytes]:
    """What a server sends where the name could be: every file of every release, every page of the feed, the others."""
    found = {"sparql": client.get("/sparql", params={"query": QUERY}).content}
    for release in published(client):
        manifest = client.get(f"{release['files']}/manifest.json").json()
        for file in manifest["files"]:
            body = client.get(f"{release['files']}/{file['name']}", headers={"accept-encoding": "identity"}).content
            found[f"{release['files']}/{file['name']}"] = gzip.decompress(body) if file["packing"] else body
    pages = ["/ldes.ttl"]
    for page in pages:
        found[page] = client.get(page).content
        nodes = (
            quad.object for quad in parse(found[page], format=RdfFormat.TURTLE) if quad.predicate == term("tree:node")
        )
        paths = {urlsplit(node.value).path for node in nodes if isinstance(node, NamedNode)}
        pages += sorted(paths - set(pages))
    return found | {place: client.get(place).content for place in PLACES}


def test_a_server_sends_no_trace_of_it(root: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    settings = {"VESOC_ROOT": str(root), "VESOC_RELEASES": str(releases)}
    assert vesoc("export", **settings).returncode == 0
    with running("--no-validate", **settings) as client:
        before = crawled(client)
    held = {place for place, body in before.items() if NAME.encode() in body}
    assert len(held) > 10
    assert {"sparql", "/graphs/actoren", "/doc/persoon.html", f"/dumps/{__version__}/vesoc.nq.gz"} <= held
    assert any(place.startswith("/ldes") for place in held)
    persons = root / "data/ttl/actoren/personen.ttl"
    text = persons.read_text(encoding="utf-8")
    persons.write_text(text.removesuffix(BLOCK), encoding="utf-8")
    done = command(releases, "--mentions", f"pers:{SLUG}", "--forget-name", **settings)
    assert done.returncode == FOUND, done.stderr
    with running("--no-validate", **settings) as client:
        after = crawled(client)
        after |= {place: client.get(place).content for place in sorted(held - set(after))}
    asked = {place for place in after if "?q=" in place}
    assert [place for place, body in after.items() if NAME.encode() in body] == []
    slugs = {place for place, body in after.items() if SLUG.encode() in body}
    assert {place for place in slugs - asked if SLUG not in place} == set()
    persons.write_text(text, encoding="utf-8")
    refused = vesoc("export", **settings)
    assert refused.returncode == UNABLE
    assert "says again what was taken out" in refused.stderr
    assert places.find(root).root == root


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_folder_that_is_not_there_is_told(more: list[str], tmp_path: Path) -> None:
    done = command(tmp_path / "nowhere", "--mentions", "pers:nobody", *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such folder" in done.stderr
