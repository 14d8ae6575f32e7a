"""A store on disk: made whole or not at all, kept while somebody reads it, and answering as the same data in memory."""

from __future__ import annotations

import asyncio
import errno
import gzip
import json
import os
import pty
import re
import resource as limits
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, Mock

import httpx2
import pytest
import small
from command import vesoc
from conftest import ROOT, shared
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse
from rich.progress import Progress
from serving import end, free_port, started, wait_until_ready

from vesoc import __version__, dataset, graphs, library, loading, places, publisher, resource, statistics
from vesoc.answers import Answers
from vesoc.builds import making, manifest, opening
from vesoc.builds.making import Order
from vesoc.builds.reading import Tell
from vesoc.builds.shelf import Lease, Shelf
from vesoc.commands.progress import Bar, Log
from vesoc.errors import VesocError
from vesoc.names import BASE
from vesoc.pages import measures
from vesoc.pages.book import Pages
from vesoc.pool import Orders, Pool
from vesoc.reader import Reader
from vesoc.releases import given, lock
from vesoc.reloading import Reloader
from vesoc.settings import Settings
from vesoc.supervisor import Loaded

PUBLIC = "https://vesoc.example/"
LONG = {  # which take seconds from disk
    "what-is-there-for-people-who-are-long-ill",
    "what-is-there-for-people-with-a-migration-background",
    "which-roles-does-each-organisation-play",
}
MANY = 60_000  # triples, which take a moment to read
PAGES = (
    "/",
    "/?lang=en",
    "/doc/akkoord/iab.html",
    "/doc/akkoord/ahad.ttl",
    "/doc/bron/ahad?section=ahad-6",
    "/doc/maatregel",
    "/doc/organisatie/vdab.html",
    "/doc/organisatie/vdab.jsonld",
    "/doc/graaf/ahad.html",
    "/doc/maatregel/bestaat-niet",
    "/ns.html",
    "/ns.ttl",
    "/search?q=opleiding",
    "/search.csv?q=werk",
    "/search/suggest?q=vd",
    "/actors",
    "/compare?a=ahad&b=inim",
    "/queries",
    "/queries/instrument-history",
    "/.well-known/void",
    "/sparql?query=DESCRIBE%20%3Chttps://w3id.org/vesoc-kg/id/akkoord/iab%3E",
    f"/graphs?graph={BASE}id/graaf/metadata",
    "/health/ready",
)


def many(folder: Path, number: int = MANY, text: str = "x") -> Path:
    file = folder / "many.nt"
    lines = (f'<{BASE}id/ding/{one // 4}> <{BASE}id/p/{one % 4}> "{text} {one}" .\n' for one in range(number))
    file.write_text("".join(lines), encoding="utf-8")
    return file


def built(out: Path, *arguments: str | Path, **environment: str) -> Path:
    """The folder of the build that is in place then."""
    done = vesoc("build", "--out", out, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return Shelf(out).current()


def refused(out: Path, *arguments: str | Path, **environment: str) -> str:
    """What a build says that cannot be made; what was in place stays, and nothing is left."""
    before = os.readlink(out / "current") if (out / "current").is_symlink() else None
    done = vesoc("build", "--out", out, *arguments, **environment)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (os.readlink(out / "current") if before else None) == before
    assert list((out / "builds").glob("*.part")) == []
    return done.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def memory(pytestconfig: pytest.Config) -> Iterator[httpx2.Client]:
    """A server with our graph in memory."""
    with shared(pytestconfig, "usual") as client:
        yield client


@pytest.fixture(scope="module")
def told(memory: httpx2.Client) -> dict[str, str]:
    """The settings of that server of which the metadata graph tells."""
    return {"VESOC_PUBLIC_URL": f"{str(memory.base_url).rstrip('/')}/", "VESOC_QUERY_TIMEOUT": "6"}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, told: dict[str, str]) -> Path:
    """The folder of builds with one of our graph."""
    out = tmp_path_factory.mktemp("own")
    built(out, "--no-validate", **told)
    return out


@pytest.fixture(scope="module")
def both(memory: httpx2.Client, own: Path, told: dict[str, str]) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """That server and one with our graph on disk, which tells of itself at the same address."""
    port = free_port()
    server = started(port, "--store", own, **told)
    try:
        wait_until_ready(port)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as disk:
            yield memory, disk
    finally:
        end(server)


# --- putting in place ------------------------------------------------------------------------------------------------


def test_new_build_is_taken_by_a_server_that_runs(tmp_path: Path) -> None:
    root, out, port = _root(tmp_path / "graph"), tmp_path / "out", free_port()
    first = built(out, "--no-validate", "--root", root)
    server = started(port, "--store", str(out))
    try:
        wait_until_ready(port)
        old = _digest(port)
        for path in ("dumps", f"dumps/{__version__}/vesoc.nq.gz", "ldes.ttl", "catalog.ttl", "sitemap.xml"):
            assert _until(lambda path=path: _asked(port, path)).status_code == httpx2.codes.OK, path
        _change(root, "anders")
        second = built(out, "--no-validate", "--root", root, "--keep", "1")
        assert (first.is_dir(), _digest(port)) == (True, old)  # the server holds it, and serves it
        server.send_signal(signal.SIGHUP)
        _until(lambda: _digest(port) != old)
        assert _digest(port) == manifest.read(second).digest
        third = _until(lambda: _gone(first, out, root))
        assert third.is_dir()
    finally:
        end(server)


def test_watching_server_takes_the_new_build_by_itself(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(_folder(tmp_path / "out"))
    asyncio.run(_watched(tmp_path / "link", many(tmp_path, 10)))


async def _watched(out: Path, file: Path) -> None:
    pool = Mock(orders=Orders(None, watch=True, store=out), renew=AsyncMock(return_value=True))
    pool.current.loaded = Loaded("", "", 1)
    reloader = Reloader(pool)
    reloader.begin()
    await asyncio.sleep(0.5)  # until the watch has begun
    (out / "theirs").write_text("")  # which is no new build
    await asyncio.sleep(0.6)
    assert not pool.renew.called
    await asyncio.to_thread(built, out, file)
    until = time.monotonic() + 20
    while not pool.renew.called and time.monotonic() < until:
        await asyncio.sleep(0.05)
    await reloader.stop()
    pool.renew.assert_called_once_with(even_same=False)


def _root(folder: Path) -> Path:
    """A small graph, with a version, and without the query that goes with it, which has no whole header."""
    small.root(folder)
    (folder / "queries" / "what-is-this.rq").unlink()
    shutil.copy(ROOT / "data" / "ttl" / "metadata.ttl", folder / "data" / "ttl")
    return folder


def _asked(port: int, path: str) -> httpx2.Response | None:
    """An answer, but for one that says that there is none yet."""
    answer = httpx2.get(f"http://127.0.0.1:{port}/{path}", follow_redirects=True)
    return None if answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE else answer


def _digest(port: int) -> str:
    told: dict[str, Any] = httpx2.get(f"http://127.0.0.1:{port}/health/ready").json()
    return str(told["digest"])


def _change(root: Path, text: str) -> None:
    file = root / "data" / "ttl" / "proef" / "akkoord.ttl"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f'\n<{BASE}id/akkoord/proef> <http://www.w3.org/2000/01/rdf-schema#comment> "{text}"@nl .\n')


def _gone(build: Path, out: Path, root: Path) -> Path | None:
    """The build in place, once one more build could take another one away."""
    place = built(out, "--no-validate", "--root", root, "--keep", "1", "--force")
    return None if build.exists() else place


def _until(holds: Callable[[], Any], seconds: float = 40) -> Any:
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


def test_same_data_is_told_and_not_built_again(tmp_path: Path) -> None:
    file = many(tmp_path, 100)
    first = built(tmp_path / "out", file)
    done = vesoc("build", "--out", tmp_path / "out", file)
    assert "is there already" in done.stdout
    assert Shelf(tmp_path / "out").current() == first
    assert built(tmp_path / "out", file, "--force") != first
    many(tmp_path, 100, "y")  # of the same size
    done = vesoc("build", "--out", tmp_path / "out", "--data", file)
    assert "build made" in done.stdout


def test_same_graph_is_told_and_not_built_again(tmp_path: Path) -> None:
    root = _root(tmp_path / "graph")
    first = built(tmp_path / "out", "--no-validate", "--root", root)
    assert built(tmp_path / "out", "--no-validate", "--root", root) == first
    assert built(tmp_path / "out", "--no-validate", "--root", root, VESOC_PUBLIC_URL=PUBLIC) != first


def test_graph_that_breaks_a_rule_is_not_built(tmp_path: Path) -> None:
    root = _root(tmp_path / "graph")  # some of it leads to what is not there
    assert "so it is not built" in refused(tmp_path / "out", "--root", root)
    assert built(tmp_path / "out", "--root", root, "--no-validate").is_dir()


def test_old_builds_go_and_held_ones_stay(tmp_path: Path) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    first = built(out, file)
    lease = Lease(first)
    second = built(out, file, "--force", "--keep", "1")
    third = vesoc("build", "--out", out, file, "--force", "--keep", "1")
    assert f"{first} stays" in third.stdout
    assert (first.is_dir(), second.is_dir()) == (True, False)
    lease.release()
    fourth = built(out, file, "--force", "--keep", "2")
    assert sorted(path.name for path in (out / "builds").iterdir())[-1] == fourth.name
    assert not first.is_dir()
    assert len(list((out / "builds").iterdir())) == 2


def test_builds_are_kept_where_a_link_leads_to_them(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(_folder(tmp_path / "folder"))
    file = many(tmp_path, 10)
    built(tmp_path / "link", file, "--keep", "1")
    second = built(tmp_path / "link", file, "--keep", "1", "--force")
    assert opening.opened(second, Settings()).size == 10
    assert [path.name for path in (tmp_path / "folder" / "builds").iterdir()] == [second.name]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    for name in ("theirs", "theirs.part", "20261122T233433769806Z.old"):
        (out / "builds" / name).mkdir(parents=True)
    (out / "builds" / "20261122T233433769806Z.part").write_text("")
    (out / "current").write_text("theirs")
    assert "is not of vesoc build" in vesoc("build", "--out", out, file).stderr
    assert (out / "current").read_text() == "theirs"
    (out / "current").unlink()
    (out / "current").symlink_to(tmp_path)
    assert "is not of vesoc build" in vesoc("build", "--out", out, file).stderr
    assert (out / "current").readlink() == tmp_path
    (out / "current").unlink()
    built(out, file, "--keep", "1")
    built(out, file, "--keep", "1", "--force")
    assert len(list((out / "builds").iterdir())) == 5


def test_old_build_that_cannot_be_taken_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    first = built(out, file)
    usual = shutil.rmtree
    monkeypatch.setattr(
        shutil, "rmtree", lambda path, *a, **b: (_full if path.stem == first.name else usual)(path, *a, **b)
    )
    done = vesoc("build", "--out", out, file, "--force", "--keep", "1")
    assert (done.returncode, f"{first} stays: it cannot be taken away" in done.stdout) == (0, True)
    assert Shelf(out).current() != first


def _full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_torn_build_is_made_anew(tmp_path: Path) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    first = built(out, file)
    _shorter("store/*.sst")(first)
    assert built(out, file) != first


def test_build_that_is_gone_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match="taken away"):
        Lease(tmp_path)
    with pytest.raises(VesocError, match="no build is there"):
        Shelf(tmp_path).current()


# --- what may go wrong -----------------------------------------------------------------------------------------------


def test_killed_build_leaves_the_old_one_and_is_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = built(out, many(tmp_path, 10))
    command = [sys.executable, "-m", "vesoc.cli", "build", "--out", str(out), str(many(tmp_path, MANY))]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stderr.readline().startswith("vesoc: reading")
    process.kill()
    assert process.wait() == -signal.SIGKILL
    process.stderr.close()
    assert len(list((out / "builds").glob("*.part"))) == 1
    assert Shelf(out).current() == first
    assert opening.opened(first, Settings()).counts.triples == 10
    built(out, many(tmp_path, 20))
    assert list((out / "builds").glob("*.part")) == []


@pytest.mark.parametrize("step", ["reading", "sorting", "indexing", "keeping", "putting in place"])
def test_full_disk_leaves_the_old_one(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    first = built(out, many(tmp_path, 10))
    if step == "putting in place":
        monkeypatch.setattr(Path, "symlink_to", _full)
    order = Order(out, Settings(), tuple(graphs.given_files([many(tmp_path, 1000)])))
    with no_room(step) as tell, pytest.raises(VesocError, match=r"cannot be written .*; what was in place"):
        making.build(order, tell)
    assert Shelf(out).current() == first
    assert list((out / "builds").iterdir()) == [first]


@pytest.mark.parametrize("step", ["copying", "writing"])
def test_full_disk_leaves_the_old_graph(step: str, tmp_path: Path) -> None:
    order = Order(tmp_path / "out", Settings(), found=places.find(_root(tmp_path / "graph")))
    with no_room(step) as tell, pytest.raises(VesocError, match="File too large"):
        making.build(order, tell)
    assert list((tmp_path / "out" / "builds").iterdir()) == []


@contextmanager
def no_room(step: str) -> Iterator[Tell]:
    """No file may grow any more once a build has come to a step."""
    usual = limits.getrlimit(limits.RLIMIT_FSIZE)

    def tell(begun: str, done: int, total: int) -> None:
        if begun == step:
            limits.setrlimit(limits.RLIMIT_FSIZE, (0, usual[1]))

    try:
        yield tell
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, usual)


def test_file_that_is_no_rdf_leaves_the_old_one(tmp_path: Path) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    built(out, file)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("<x:a> <x:b> .\n")
    assert refused(out, file).startswith(f"vesoc: {file}:11:")
    assert "no such file" in refused(out, tmp_path / "not-there.nt")
    assert "no RDF" in refused(out, _folder(tmp_path / "empty"))
    assert "--out or VESOC_STORE" in vesoc("build", file).stderr


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    out, file = tmp_path / "out", many(tmp_path, 10)
    built(out, file)
    with lock.held(out):
        assert "another vesoc build is at work" in refused(out, file, "--force")


def _without(name: str) -> Callable[[Path], None]:
    def change(build: Path) -> None:
        path = build / "manifest.json"
        path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if k != name}))

    return change


def _with(**values: Any) -> Callable[[Path], None]:
    def change(build: Path) -> None:
        path = build / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return change


def _shorter(pattern: str) -> Callable[[Path], None]:
    def change(build: Path) -> None:
        path = max(build.glob(pattern), key=lambda found: found.stat().st_size)
        os.truncate(path, path.stat().st_size // 2)

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda build: (build / "manifest.json").unlink(), "cannot be read"),
        (_shorter("manifest.json"), "cannot be read"),
        (_without("digest"), "no manifest of a build"),
        (_with(counts={}), None),
        (_with(counts={"graphs": {}}), "no manifest of a build"),
        (_with(parts=[]), "no manifest of a build"),
        (_with(format=2), "format 2"),
        (_with(base="https://other.example/"), "VESOC_BASE"),
        (_shorter("store/*.sst"), "is not as it was made"),
        (lambda build: shutil.rmtree(build / "index"), "is not as it was made"),
    ],
)
def test_torn_or_foreign_build_is_not_opened(tmp_path: Path, change: Callable[[Path], None], told: str | None) -> None:
    out = tmp_path / "out"
    build = built(out, many(tmp_path, 10))
    opening.checked(build, BASE)
    change(build)
    if told is None:
        opening.checked(build, BASE)
        return
    with pytest.raises(VesocError, match=told):
        opening.checked(build, BASE)
    with pytest.raises(VesocError, match=told):
        Pool(Settings(), Orders(None, store=out))


def test_data_and_store_are_not_served_together(tmp_path: Path) -> None:
    done = vesoc("serve", "--store", tmp_path, "--data", many(tmp_path, 1))
    assert (done.returncode, "not both" in done.stderr) == (2, True)


# --- other people's data ---------------------------------------------------------------------------------------------

OTHERS = {
    "first.trig": f"""@prefix s: <{BASE}id/> . @prefix o: <http://o.example/> .
        s:ding\\/a a o:C ; o:p "1", "2" . o:g {{ s:ding\\/a a o:C ; o:p "3" . s:zaak\\/b a o:D ; o:p [ o:q 1 ] }}""",
    "second.ttl": f"<{BASE}id/ding/a> <http://o.example/p> '1', '4' ; <http://www.w3.org/2004/02/skos/core#exactMatch> "
    "<http://www.wikidata.org/entity/Q1> .",
}


@pytest.fixture
def others(tmp_path: Path) -> Path:
    folder = _folder(tmp_path / "others")
    for name, text in OTHERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_others_data_is_as_in_memory(others: Path, tmp_path: Path) -> None:
    data = opening.opened(built(tmp_path / "out", others), Settings())
    memory = dataset.build_given(graphs.given_files(graphs.below(others)), BASE)
    assert (data.digest, data.state) == (memory.digest, memory.state)
    assert data.size == len(memory.store)
    assert data.counts == memory.counts
    assert data.kinds == resource.kinds(memory.store, BASE) == {"ding", "zaak"}
    assert _lines(data.store) == _lines(memory.store)
    told = manifest.read(Shelf(tmp_path / "out").current())
    assert told.graphs == {"": 5, "http://o.example/g": 5}
    assert (told.own, told.version, told.source) == (False, None, None)


def _lines(store: Store) -> list[str]:
    return sorted(re.sub(r"_:\w+", "_:b", str(quad)) for quad in store)


def test_large_store_is_counted_as_a_small_one(tmp_path: Path) -> None:
    found = places.find(_root(tmp_path / "graph"))
    whole, alone = loading.own(found, Settings(), library.Library())[0].store, Store()
    alone.bulk_extend(quad for quad in whole if isinstance(quad.graph_name, DefaultGraph))
    for store in (whole, alone):
        assert statistics.count(store, BASE, large=True) == statistics.count(store, BASE)


def test_measures_of_a_large_store_stand_in_the_same_order(graph: dataset.Dataset) -> None:
    small_view, large_view = (Pages(graph.store, Settings(), large=large).view(Reader("nl")) for large in (False, True))
    found = [measures.order(small_view, agreement) for agreement in measures.agreements(small_view)]
    assert found == [measures.order(large_view, agreement) for agreement in measures.agreements(large_view)]
    assert sum(map(len, found)) == len(small_view.ranks()) == len(large_view.ranks()) > 600


def test_nothing_is_made_in_advance_of_a_large_store(graph: dataset.Dataset) -> None:
    large = dataset.Dataset(graph.store, BASE, "", "", graph.counts, size=2_000_000)
    small_one = dataset.Dataset(graph.store, BASE, "", "", graph.counts)
    assert large.large
    assert not small_one.large
    assert len(Answers(large, Settings()).chores()) < len(Answers(small_one, Settings()).chores())


def test_dumps_of_a_large_store_say_the_same(others: Path, tmp_path: Path) -> None:
    memory = dataset.build_given(graphs.given_files(graphs.below(others)), BASE)
    told = []
    for size in (None, 2_000_000):
        release = given.write(dataset.Dataset(memory.store, BASE, "", "", size=size), tmp_path / str(size))
        for name, syntax in (("vesoc.nt.gz", RdfFormat.N_TRIPLES), ("vesoc.ttl.gz", RdfFormat.TURTLE)):
            with gzip.open(release.folder / name) as file:
                told.append({re.sub(r"_:\w+", "_:b", str(quad)) for quad in parse(file.read(), format=syntax)})
    assert told == told[:1] * 4
    assert len(told[0]) == 9


def test_store_in_a_setting_is_served(tmp_path: Path) -> None:
    assert Settings(store=tmp_path).document()["store"] == str(tmp_path)
    assert Orders(None, store=tmp_path).watched == [tmp_path]
    assert Orders(None, store=tmp_path).counts(tmp_path / "current")
    assert not Orders(None, store=tmp_path).counts(tmp_path / "builds")


def test_index_is_lent_without_its_locks(tmp_path: Path) -> None:
    build = built(tmp_path / "out", many(tmp_path, 10))
    [index] = (build / opening.INDEX).iterdir()
    _folder(tmp_path / f"{index.name}.part")  # of an engine that ended
    (tmp_path / f"{index.name}.part" / "meta.json").write_text("{}")
    opening.lend(build, tmp_path / index.name)
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in index.iterdir() if path.suffix == ".json")
    lent = sorted(path.name for path in (tmp_path / index.name).iterdir())
    assert lent == sorted(path.name for path in index.iterdir() if path.suffix != ".lock")
    assert [name for name in manifest.read(build).parts if name.endswith((".lock", "LOG"))] == []


def test_index_of_another_version_is_not_lent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = built(tmp_path / "out", many(tmp_path, 10))
    _with(software={**manifest.software(), "tantivy": "0"})(build)
    opening.lend(build, tmp_path / "lent")
    assert not (tmp_path / "lent").exists()
    assert "made anew" in json.loads(capsys.readouterr().err)["warning"]


def test_void_of_a_store_of_others_names_the_dumps_that_there_are(others: Path, tmp_path: Path) -> None:
    data = opening.opened(built(tmp_path / "out", others), Settings())
    dumps = {file.name for file in given.write(data, tmp_path / "dumps").files}
    reply = Mock()
    Answers(data, Settings()).void({"suffix": "nt", "unchanged": False}, reply)
    assert set(re.findall(r"dumps/given/([\w.]+)", reply.write.call_args.args[0].decode())) == dumps


# --- progress --------------------------------------------------------------------------------------------------------


def test_log_has_some_lines(tmp_path: Path) -> None:
    done = vesoc("build", "--out", tmp_path / "out", many(tmp_path, 1000))
    steps = ["reading 8", "sorting", "counting", "indexing", "keeping"]
    told = done.stderr.splitlines()
    assert len(told) == len(steps)
    assert all(line.startswith(f"vesoc: {step}") for line, step in zip(told, steps, strict=True))


@pytest.mark.parametrize("options", [(), ("--no-validate",)])
def test_log_tells_of_a_check_where_there_is_one(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = vesoc("build", "--out", tmp_path / "out", *options)
    assert done.returncode == 0, done.stderr
    assert ("vesoc: validating" in done.stderr.splitlines()) is (options == ())


def test_log_tells_now_and_then_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("vesoc.commands.progress.time.monotonic", lambda: now[0])
    log = Log()
    for second in range(31):
        now[0] = float(second)
        log.tell("reading", second * 10, 1000)
    assert capsys.readouterr().err.splitlines() == [
        "vesoc: reading 1.0 kB",
        "vesoc: reading 15 % of 1.0 kB",
        "vesoc: reading 30 % of 1.0 kB",
    ]


def test_bar_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("vesoc.commands.progress.time.monotonic", lambda: now[0])
    progress, shown = Progress(disable=True), []
    bar = Bar(progress)
    for tenth in range(5):
        now[0] = tenth / 20
        bar.tell("reading", tenth * 10, 40)
        shown.append(progress.tasks[0].completed)
    bar.tell("sorting", 0, 0)
    assert shown == [0, 0, 20, 20, 40]  # ten times a second, and at the end
    assert [(task.description, task.total) for task in progress.tasks] == [("reading", 40), ("sorting", None)]


def test_terminal_shows_a_bar_with_bytes_and_the_time_left(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "vesoc.cli", "build", "--out", str(tmp_path / "out"), str(many(tmp_path, MANY))]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    text = _read(leader)
    assert process.wait() == 0
    assert set(re.findall(r"([\d.]+)/5.3 MB", text)) >= {"0.0", "5.3"}
    assert re.search(r"\d:\d\d:\d\d\x1b\S* left \S*\d:\d\d:\d\d", text)
    assert "build made: 60,000 triples" in text
    assert "0/0 bytes" not in text  # of steps that have no size


def _read(leader: int) -> str:
    """All that a terminal shows until nobody writes to it any more."""
    text = b""
    while True:
        try:
            text += os.read(leader, 1 << 16)
        except OSError:
            os.close(leader)
            return text.decode()


# --- what a server answers from a store on disk: last, for a server with nothing to do makes all its documents ------


def asked(client: httpx2.Client, path: str) -> httpx2.Response:
    headers = {"accept": "application/n-triples, */*;q=0.5"} if path.startswith(("/sparql", "/graphs")) else {}
    until = time.monotonic() + 60
    while (answer := client.get(path, headers=headers)).status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    return answer


@pytest.mark.parametrize("path", PAGES)
def test_page_is_that_of_the_server_in_memory(both: tuple[httpx2.Client, httpx2.Client], path: str) -> None:
    memory, disk = (asked(client, path) for client in both)
    assert disk.status_code == memory.status_code
    assert disk.headers.get("etag") == memory.headers.get("etag")
    assert disk.headers.get("dataset-digest") == memory.headers.get("dataset-digest")
    own = re.compile(r"\b[0-9a-f]{16}-\d+\b")  # the number of a request
    assert own.sub("", _sorted(disk)) == own.sub("", _sorted(memory))


def _sorted(answer: httpx2.Response) -> str:
    """The text; that of RDF by line, whose order says nothing."""
    if "html" in answer.headers["content-type"] or answer.headers["content-type"] == "application/gzip":
        return repr(answer.content)
    return "\n".join(sorted(line.rstrip(" ;.,") for line in answer.text.splitlines()))


def test_query_of_the_library_answers_as_in_memory(both: tuple[httpx2.Client, httpx2.Client]) -> None:
    found = library.Library(places.find(ROOT).queries)
    assert {query.name for query in found} > LONG
    answered = 0
    for query in found:
        if query.name in LONG:
            continue
        headers = {"accept": "text/csv"}
        memory, disk = (client.get("/sparql", params={"query": query.text}, headers=headers) for client in both)
        assert (disk.status_code, sorted(disk.text.splitlines())) == (200, sorted(memory.text.splitlines())), query.name
        answered += len(disk.text.splitlines()) > 1
    assert answered > 70


def test_server_of_another_address_says_that_the_build_tells_of_another(
    own: Path, told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    address = told["VESOC_PUBLIC_URL"]
    data = opening.checked(Shelf(own).current(), BASE)
    assert (data.address, data.own, data.version) == (address, True, __version__)
    opening.opened(Shelf(own).current(), Settings(public_url=address))
    assert capsys.readouterr().err == ""
    opening.opened(Shelf(own).current(), Settings(public_url=PUBLIC))
    [line] = capsys.readouterr().err.splitlines()
    assert address in json.loads(line)["warning"]


def test_what_is_published_is_that_of_the_data_in_memory(tmp_path: Path) -> None:
    found, chosen = places.find(_root(tmp_path / "graph")), Settings()
    memory, heading = loading.own(found, chosen, library.Library(found.queries))
    disk = opening.opened(built(tmp_path / "out", "--no-validate", "--root", found.root), chosen)
    assert heading
    for name, data in (("memory", memory), ("disk", disk)):
        publisher.publish(data, chosen, heading, tmp_path / name)
    first, second = (_files(tmp_path / name) for name in ("memory", "disk"))
    assert first == second
    assert {"sitemap.xml", "catalog.ttl", f"dumps/{__version__}/vesoc.nq.gz"} < first.keys()


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_build_says_what_is_in_it(own: Path, graph: dataset.Dataset) -> None:
    told = manifest.read(Shelf(own).current())
    assert told.digest == graph.digest
    assert told.counts == graph.counts
    assert (told.triples, told.quads) == (graph.counts.triples, sum(told.graphs.values()))
    assert told.counts
    assert {iri: told.graphs[iri] for iri in told.counts.graphs} == told.counts.graphs
    assert set(told.graphs) - set(told.counts.graphs) == {"", graphs.graph_iri(graphs.METADATA, BASE)}
    assert set(told.kinds) == resource.kinds(graph.store, BASE) | {"vraag"}
    assert [file.name for file in told.files] == [file.path.name for file in graphs.own_files(places.find(ROOT))]
    assert manifest.Manifest.from_document(json.loads(json.dumps(told.document()))) == told
