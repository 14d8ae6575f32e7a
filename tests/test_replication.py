"""Two clients that others wrote replicate the change feed: exactly the dump, nothing twice, and then only news."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import harvest
import httpx2
import pytest
from command import vesoc
from conftest import ROOT
from harvest import Proxy
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from vesoc.names import BASE, term

Said = frozenset[tuple[NamedNode, Any]]
State = dict[str, Said]

VERSION_OF, MOMENT, ACTIVITY = term("dcterms:isVersionOf"), term("as:published"), term("prov:wasGeneratedBy")
CREATE, UPDATE, DELETE = (term(f"as:{name}") for name in ("Create", "Update", "Delete"))
CLIENTS = ("ldes-client", "treecg")
PARTS = ("ontology", "data", "shapes", "queries")
ELSEWHERE = ("ahad", "inim", "partena", "securex", "verbanden.ttl")  # most of the data, which is of the same kinds
CHANGED = Path("data/ttl/actoren/organisaties.ttl")
METADATA = Path("data/ttl/metadata.ttl")
ADDED = f"{BASE}id/organisatie/nieuwkomer"
POLL_SECONDS = 3  # after which treecg asks for the root again, with something to spare


@dataclass(frozen=True)
class Member:
    """A member as a client gave it: its IRI, or that of what it is a version of where the client says only that."""

    node: str
    resource: str
    moment: datetime
    activity: NamedNode
    said: Said


@dataclass(frozen=True)
class Run:
    """What one run of a client gave, in its order, and the addresses that it asked for."""

    members: list[Member]
    asked: list[str]

    @property
    def pages(self) -> list[str]:
        """The pages that it asked for, which never change."""
        return [path for path in self.asked if path.startswith("/ldes/") and path != "/ldes/shape"]

    def state(self) -> State:
        """What the members say of each resource, the later ones in the place of the earlier."""
        ordered = sorted(self.members, key=lambda one: one.moment)
        last = {one.resource: one for one in ordered}
        return {resource: one.said for resource, one in last.items() if one.activity != DELETE}


@dataclass(frozen=True)
class Story:
    """What the clients did: at first, again without news, and after a second release; and the dumps of both."""

    old: State
    new: State
    first: dict[str, Run]
    again: dict[str, Run]
    news: dict[str, Run]
    ascending: Run
    latest: Run

    @property
    def changes(self) -> dict[str, NamedNode]:
        """What the second release does to which resource, as the dumps have it."""
        touched = [one for one in self.old.keys() | self.new.keys() if self.old.get(one) != self.new.get(one)]
        return {one: DELETE if one not in self.new else UPDATE if one in self.old else CREATE for one in touched}


def members(blocks: Iterable[Iterable[Quad]]) -> list[Member]:
    return [member(list(block)) for block in blocks]


def member(quads: list[Quad]) -> Member:
    """A member, which has one subject; what it is a version of is that subject where the client has put it there."""
    (node,) = {quad.subject for quad in quads}
    said = frozenset((quad.predicate, quad.object) for quad in quads)
    kept = {VERSION_OF: [node], **{name: [value for one, value in said if one == name] for name in (MOMENT, ACTIVITY)}}
    kept[VERSION_OF] = [value for name, value in said if name == VERSION_OF] or [node]
    (resource,), (moment,), activities = kept[VERSION_OF], kept[MOMENT], kept[ACTIVITY]
    (activity,) = [one for one in activities if one in (CREATE, UPDATE, DELETE)]
    own = {(VERSION_OF, resource), (MOMENT, moment), (ACTIVITY, activity)}
    when = datetime.fromisoformat(moment.value)
    return Member(node.value, resource.value, when, activity, frozenset(said - own))


def by_block(output: bytes) -> list[Member]:
    """The members of ldes-client, which leaves a line free after each."""
    return members(parse(block, format=RdfFormat.TURTLE) for block in output.split(b"\n\n") if block.strip())


def by_graph(output: bytes) -> list[Member]:
    found = defaultdict(list)
    for quad in parse(output, format=RdfFormat.N_QUADS):
        found[quad.graph_name].append(quad)
    return members(found.values())


def dump(client: httpx2.Client) -> State:
    """What the dump of all data says of each resource."""
    found = defaultdict(set)
    packed = client.get("/dumps/latest/vesoc.nt.gz", follow_redirects=True).content
    for quad in parse(gzip.decompress(packed), format=RdfFormat.N_TRIPLES):
        found[quad.subject.value].add((quad.predicate, quad.object))
    return {resource: frozenset(said) for resource, said in found.items()}


def copied(folder: Path) -> Path:
    """Our graph with one agreement."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(*ELSEWHERE))
    return folder


def renewed(folder: Path) -> Path:
    """The data as a later release has it: an organisation more, one less, and one that says something more."""
    copied(folder)
    quads = [*parse((folder / CHANGED).read_bytes(), format=RdfFormat.TURTLE)]
    removed, *_, altered = sorted({quad.subject.value for quad in quads})
    kept = [quad.triple for quad in quads if quad.subject.value != removed]
    more = [Triple(NamedNode(node), term("rdfs:comment"), Literal("later")) for node in (ADDED, altered)]
    serialize([*kept, *more], folder / CHANGED, format=RdfFormat.TURTLE)
    text = re.sub(r'dcat:version "[^"]*"', 'dcat:version "9.9.9"', (folder / METADATA).read_text(encoding="utf-8"))
    (folder / METADATA).write_text(re.sub(r'dcterms:modified "\d{4}', 'dcterms:modified "9999', text), encoding="utf-8")
    return folder


@contextmanager
def serving(proxy: Proxy, releases: Path, **environment: str) -> Iterator[httpx2.Client]:
    """A server behind the proxy whose documents are asked for anew each time."""
    own = {"VESOC_PUBLIC_URL": proxy.address, "VESOC_MAX_AGE": "0", "VESOC_RELEASES": str(releases)}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    proxy.server = f"http://127.0.0.1:{port}"
    with harvest.publishing("--port", str(port), **own, **environment) as client:
        yield client


class Runner:
    """The clients, each with a memory of its own, and the proxy that tells what they ask for."""

    def __init__(self, folder: Path, proxy: Proxy, memory: Path) -> None:
        self._folder, self._proxy, self._memory = folder, proxy, memory

    def ldes_client(self, *options: str) -> Run:
        output, asked = self._asking(lambda: harvest.ldes_client(self._folder, self._address, *options))
        return Run(by_block(output), asked)

    def remembering(self) -> dict[str, Run]:
        """A run of each client that goes on where its run before has stopped."""
        return {"ldes-client": self.ldes_client("--save", str(self._memory / "level")), "treecg": self._treecg()}

    def _treecg(self) -> Run:
        output, asked = self._asking(lambda: harvest.treecg(self._folder, self._address, self._memory / "treecg.json"))
        return Run(by_graph(output), asked)

    @property
    def _address(self) -> str:
        return f"{self._proxy.address}/ldes"

    def _asking(self, run: Any) -> tuple[bytes, list[str]]:
        self._proxy.asked.clear()
        output = run()
        return output, list(self._proxy.asked)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder, work = harvest.environment(), tmp_path_factory.mktemp("replication")
    releases, root = work / "releases", copied(work / "first")
    assert vesoc("export", "--root", root, "--releases", releases).returncode == 0  # before there is a later one
    with harvest.proxied() as proxy:
        runner = Runner(folder, proxy, work)
        with serving(proxy, releases, VESOC_ROOT=str(root)) as client:
            old = dump(client)
            first = runner.remembering()
            time.sleep(POLL_SECONDS)
            again = runner.remembering()
        with serving(proxy, releases, VESOC_ROOT=str(renewed(work / "later"))) as client:
            new = dump(client)
            news = runner.remembering()
            ascending = runner.ldes_client("-o", "ascending")
            latest = runner.ldes_client("--materialize", "--last-version-only")
    return Story(old, new, first, again, news, ascending, latest)


client = pytest.mark.parametrize("client", CLIENTS)


@client
def test_members_are_those_of_the_dump(story: Story, client: str) -> None:
    run = story.first[client]
    assert sorted(one.resource for one in run.members) == sorted(story.old)
    assert len({one.node for one in run.members}) == len(run.members)
    assert {one.activity for one in run.members} == {CREATE}


def test_ldes_client_replicates_every_triple(story: Story) -> None:
    assert story.first["ldes-client"].state() == story.old


def test_treecg_leaves_out_only_what_it_always_does(story: Story) -> None:
    """It drops a statement where another one of the same member has the same value."""
    for resource, said in story.first["treecg"].state().items():
        missing = story.old[resource] - said
        assert said <= story.old[resource]
        assert {value for _, value in missing} <= {value for _, value in said} | {NamedNode(resource)}


@client
def test_every_page_is_asked_for_once(story: Story, client: str) -> None:
    run = story.first[client]
    assert len(run.pages) == len(set(run.pages)) > 1


@client
def test_second_run_finds_nothing_and_asks_for_no_page(story: Story, client: str) -> None:
    run = story.again[client]
    assert run.members == []
    assert run.pages == []
    assert "/ldes" in run.asked


def test_second_release_creates_updates_and_deletes(story: Story) -> None:
    assert set(story.changes.values()) == {CREATE, UPDATE, DELETE}
    assert story.changes[ADDED] == CREATE


@client
def test_second_release_adds_its_changes_and_no_other(story: Story, client: str) -> None:
    run = story.news[client]
    assert {one.resource: one.activity for one in run.members} == story.changes
    assert len(run.members) == len(story.changes)


@client
def test_second_release_leads_to_its_own_pages_only(story: Story, client: str) -> None:
    pages = story.news[client].pages
    assert pages
    assert len(pages) == len(set(pages))
    assert not set(pages) & set(story.first[client].pages)


def test_replica_that_is_kept_up_to_date_is_the_new_dump(story: Story) -> None:
    followed = Run([*story.first["ldes-client"].members, *story.news["ldes-client"].members], [])
    assert followed.state() == story.new


def test_members_come_in_order_where_that_is_asked(story: Story) -> None:
    moments = [one.moment for one in story.ascending.members]
    assert moments == sorted(moments)
    assert len(set(moments)) == 2
    both = [*story.first["ldes-client"].members, *story.news["ldes-client"].members]
    assert {one.node for one in story.ascending.members} == {one.node for one in both}


def test_latest_versions_are_the_new_dump(story: Story) -> None:
    resources = [one.resource for one in story.latest.members]
    assert len(resources) == len(set(resources))
    assert set(resources) == story.old.keys() | story.new.keys()
    assert story.latest.state() == story.new
