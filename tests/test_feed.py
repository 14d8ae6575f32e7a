"""The change feed: what it says of two releases, how it is built, and that a replica of it is the dump."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pyshacl
import pytest
from conftest import running
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import RDF, SH, Graph

from vesoc.dataset import Dataset, data_quads
from vesoc.errors import VesocError
from vesoc.feed import documents
from vesoc.feed.members import version_object
from vesoc.names import BASE, PREFIXES, term
from vesoc.releases import tombstones
from vesoc.releases.archive import Archive
from vesoc.releases.publication import Publication
from vesoc.releases.release import MANIFEST, QUADS, Release
from vesoc.releases.tombstones import Tombstone
from vesoc.serialisation import lines
from vesoc.settings import Settings

ADDRESS = "https://data.example/kg/"
ROOT = f"{ADDRESS}ldes"
STREAM = NamedNode(f"{BASE}id/dataset/ldes")
SYNTAX = {
    "ttl": RdfFormat.TURTLE,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
}
PUBLISHED, GENERATED, VERSION_OF = (
    term(name) for name in ("as:published", "prov:wasGeneratedBy", "dcterms:isVersionOf")
)
BOOKKEEPING = {PUBLISHED, GENERATED, VERSION_OF}
CREATE, UPDATE, DELETE = (term(f"as:{name}") for name in ("Create", "Update", "Delete"))
FIRST, SECOND, THIRD = (datetime(2026, month, 1, 9, tzinfo=UTC) for month in (1, 2, 3))
AGREEMENT, CLASS = f"{BASE}id/akkoord/iab", f"{BASE}ns#Measure"
PERSON, GONE = f"{BASE}id/persoon/iemand", f"{BASE}id/persoon/niemand"
WRITTEN_SECONDS = 180  # a busy machine writes what is published last
SECRET = "wat hier niet meer mag staan"
REASON = {"nl": "Op vraag van de betrokkene", "en": "At the request of the person"}

Said = set[Triple]
Fetch = Callable[[str], Said]


class Row(NamedTuple):
    """A member: when it came about, its resource, what was done to that, and all that it says of it."""

    moment: datetime
    resource: str
    activity: Any
    told: Said


def statement(subject: str, name: str, value: Any, graph: str = "actoren") -> Quad:
    node = value if isinstance(value, NamedNode) else Literal(value, language="nl")
    return Quad(NamedNode(subject), term(name), node, NamedNode(f"{BASE}id/graaf/{graph}"))


def release(folder: Path, version: str, moment: datetime, quads: Iterable[Quad]) -> Release:
    """A release of which there is what the feed reads: its statements and its manifest."""
    made = Release(folder / version, version, moment, version, 0, ())
    made.folder.mkdir(parents=True, exist_ok=True)
    (made.folder / QUADS).write_bytes(gzip.compress(lines(quads)))
    (made.folder / MANIFEST).write_text(json.dumps(made.document()), encoding="utf-8")
    return made


def redaction(resource: str, moment: str, versions: Iterable[str], gone: bool = False) -> Tombstone:
    return Tombstone(resource, datetime.fromisoformat(moment), REASON, tuple(versions), 1, gone, "00", ("00",))


def write(releases: Path, out: Path, graph: Dataset) -> Path:
    """The feed of a folder of releases."""
    settings = Settings(public_url=ADDRESS, releases=releases)
    out.mkdir()
    documents.write(Publication(graph, settings, Archive([releases]), out))
    return out


def files(folder: Path) -> dict[str, bytes]:
    """All pages of the feed in all forms, without what grows with it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.stem not in ("root", "contents"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def triples(body: bytes, suffix: str) -> Said:
    return {quad.triple for quad in parse(body, format=SYNTAX[suffix])}


def reading(folder: Path, suffix: str = "nq") -> Fetch:
    """A way to fetch the documents of a feed from its folder."""

    def fetch(address: str) -> Said:
        path = address.removeprefix(ADDRESS)
        stem = documents.ROOT if path == "ldes" else path
        return triples((folder / f"{stem}.{suffix}").read_bytes(), suffix)

    return fetch


def objects(said: Said, subject: Any, name: str) -> list[Any]:
    predicate = term(name)
    return [one.object for one in said if one.predicate == predicate and one.subject == subject]


def one(said: Said, subject: Any, name: str) -> Any:
    [found] = objects(said, subject, name)
    return found


def nodes(fetch: Fetch, root: str = ROOT) -> dict[str, Said]:
    """All documents of the feed, by following the relations from its root as a client does."""
    found: dict[str, Said] = {}
    waiting = [root]
    while waiting:
        address = waiting.pop()
        found[address] = fetch(address)
        relations = objects(found[address], NamedNode(address), "tree:relation")
        nexts = {one(found[address], relation, "tree:node").value for relation in relations}
        waiting += sorted(nexts - found.keys() - set(waiting))
    return found


def members(said: Said) -> Iterator[tuple[NamedNode, Said]]:
    """The members of a document, each with what the document says of it."""
    about: dict[Any, Said] = {}
    for triple in said:
        about.setdefault(triple.subject, set()).add(triple)
    for member in objects(said, STREAM, "tree:member"):
        yield member, about[member]


def history(pages: Iterable[Said]) -> list[Row]:
    """What each member says, the oldest first."""
    rows = []
    for member, about in (found for said in pages for found in members(said)):
        resource = one(about, member, "dcterms:isVersionOf").value
        told = {Triple(NamedNode(resource), t.predicate, t.object) for t in about if t.predicate not in BOOKKEEPING}
        moment = datetime.fromisoformat(one(about, member, "as:published").value)
        rows.append(Row(moment, resource, one(about, member, "prov:wasGeneratedBy"), told))
    return sorted(rows, key=lambda row: (row.moment, row.resource))


def replica(rows: list[Row], start: dict[str, Said] | None = None) -> dict[str, Said]:
    """What a client holds that keeps of each resource its last version, materialised."""
    held = dict(start or {})
    for row in rows:
        held[row.resource] = row.told
        if row.activity == DELETE:
            del held[row.resource]
    return held


def union(held: dict[str, Said]) -> Said:
    return set().union(*held.values())


def activities(rows: list[Row], moment: datetime) -> dict[str, Any]:
    return {row.resource: row.activity for row in rows if row.moment == moment}


# --- releases with a known difference ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(graph: Dataset) -> list[Quad]:
    return data_quads(graph.store, BASE)


@pytest.fixture(scope="module")
def earlier(real: list[Quad]) -> list[Quad]:
    """An earlier state of the data: another title, another label, a resource more, one less, a triple elsewhere."""
    about = {
        subject: [quad for quad in real if quad.subject.value == subject]
        for subject in (AGREEMENT, CLASS, created(real))
    }
    title = next(quad for quad in about[AGREEMENT] if quad.predicate == term("dcterms:title"))
    label = next(quad for quad in about[CLASS] if quad.predicate == term("rdfs:label"))
    moved = next(quad for quad in real if quad.subject.value not in about)
    left_out = {title, label, moved, *about[created(real)]}
    return [
        *(quad for quad in real if quad not in left_out),
        Quad(title.subject, title.predicate, Literal("Een eerdere titel", language="nl"), title.graph_name),
        Quad(moved.subject, moved.predicate, moved.object, NamedNode(f"{BASE}id/graaf/elders")),
        statement(GONE, "foaf:name", "Niemand"),
    ]


def created(real: list[Quad]) -> str:
    """A resource that the earlier release has not."""
    return max(str(quad.subject.value) for quad in real if str(quad.subject.value).startswith(f"{BASE}id/maatregel/"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, graph: Dataset, real: list[Quad], earlier: list[Quad]) -> Path:
    """The feed of the earlier data and of the real data."""
    folder = tmp_path_factory.mktemp("whole")
    release(folder / "releases", "0.9.0", FIRST, earlier)
    release(folder / "releases", "1.0.0", SECOND, real)
    return write(folder / "releases", folder / "out", graph)


@pytest.fixture(scope="module")
def found(whole: Path) -> dict[str, Said]:
    return nodes(reading(whole))


@pytest.fixture(scope="module")
def rows(found: dict[str, Said]) -> list[Row]:
    return history(found.values())


def test_feed_shows_the_difference_and_no_other(rows: list[Row], real: list[Quad], earlier: list[Quad]) -> None:
    before = {quad.subject.value for quad in earlier}
    assert activities(rows, FIRST) == dict.fromkeys(before, CREATE)
    wanted = {AGREEMENT: UPDATE, CLASS: UPDATE, created(real): CREATE, GONE: DELETE}
    assert activities(rows, SECOND) == wanted
    assert len(rows) == len(before) + len(wanted)


def test_replica_is_the_dump(rows: list[Row], real: list[Quad], earlier: list[Quad]) -> None:
    held = replica([row for row in rows if row.moment == FIRST])
    assert union(held) == {quad.triple for quad in earlier}
    held = replica([row for row in rows if row.moment == SECOND], held)
    assert union(held) == {quad.triple for quad in real}


def test_bookkeeping_is_no_property_of_the_data(real: list[Quad]) -> None:
    assert BOOKKEEPING.isdisjoint({quad.predicate for quad in real})


# --- as TREE and LDES want it -----------------------------------------------------------------------------------------


def test_there_is_one_view_and_it_is_the_root(found: dict[str, Said]) -> None:
    views = {(t.subject, t.object) for said in found.values() for t in said if t.predicate == term("tree:view")}
    assert views == {(STREAM, NamedNode(ROOT))}
    assert term("tree:Node") in objects(found[ROOT], NamedNode(ROOT), "rdf:type")


def test_stream_says_how_it_is_read(found: dict[str, Said]) -> None:
    root = found[ROOT]
    assert one(root, STREAM, "rdf:type") == term("ldes:EventStream")
    assert one(root, STREAM, "ldes:timestampPath") == PUBLISHED
    assert one(root, STREAM, "ldes:versionOfPath") == VERSION_OF
    for name, activity in (("Create", CREATE), ("Update", UPDATE), ("Delete", DELETE)):
        assert one(root, STREAM, f"ldes:version{name}Path") == GENERATED
        assert one(root, STREAM, f"ldes:version{name}Object") == activity
    assert one(root, STREAM, "ldes:pollingInterval").datatype == term("xsd:integer")
    assert one(root, STREAM, "tree:shape") == NamedNode(f"{ROOT}/shape")
    assert one(root, STREAM, "dcterms:license").value == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert {title.language for title in objects(root, STREAM, "dcterms:title")} == {"nl", "en"}
    assert not [t for t in root if t.predicate == term("ldes:retentionPolicy")], "the history is whole"
    view = one(root, NamedNode(ROOT), "tree:viewDescription")
    assert {text.language for text in objects(root, view, "dcterms:description")} == {"nl", "en"}


def test_relations_of_the_root_bound_the_releases(found: dict[str, Said]) -> None:
    root, bounds = found[ROOT], set()
    for relation in objects(root, NamedNode(ROOT), "tree:relation"):
        kind, node = one(root, relation, "rdf:type"), one(root, relation, "tree:node").value
        value = one(root, relation, "tree:value")
        assert one(root, relation, "tree:path") == PUBLISHED
        assert value.datatype == term("xsd:dateTime")
        bounds.add((node.split("/")[-2], kind.value.removeprefix(PREFIXES["tree"]), value.value))
    assert bounds == {
        ("0.9.0", "GreaterThanOrEqualToRelation", "2026-01-01T09:00:00Z"),
        ("0.9.0", "LessThanRelation", "2026-02-01T09:00:00Z"),
        ("1.0.0", "GreaterThanOrEqualToRelation", "2026-01-01T09:00:00Z"),
        ("1.0.0", "GreaterThanOrEqualToRelation", "2026-02-01T09:00:00Z"),
    }


def test_pages_of_a_release_hang_on_its_first(found: dict[str, Said]) -> None:
    for address, said in found.items():
        if address != ROOT:
            assert one(said, NamedNode(address), "rdf:type") == term("tree:Node")
            assert one(said, NamedNode(address), "ldes:immutable").value == "true"
            relations = objects(said, NamedNode(address), "tree:relation")
            assert {one(said, relation, "rdf:type") for relation in relations} <= {term("tree:Relation")}
            assert {one(said, relation, "tree:node").value.rpartition("/")[0] for relation in relations} <= {
                address.rpartition("/")[0]
            }


def test_members_lie_within_the_bounds_of_their_node(found: dict[str, Said]) -> None:
    moments = {"0.9.0": "2026-01-01T09:00:00Z", "1.0.0": "2026-02-01T09:00:00Z"}
    sizes = Counter()
    for address, said in found.items():
        for member, about in members(said):
            sizes[address] += 1
            assert one(about, member, "as:published").value == moments[address.split("/")[-2]]
    assert max(sizes.values()) == 250
    assert sum(size < 250 for size in sizes.values()) <= len(moments)


def test_members_stand_in_the_order_of_their_resources(found: dict[str, Said]) -> None:
    pages = {int(at.rpartition("/")[2].split("-")[0]): history([said]) for at, said in found.items() if "/0.9.0/" in at}
    resources = [sorted(row.resource for row in pages[number]) for number in sorted(pages)]
    assert len(resources) > 20
    assert all(before[-1] < after[0] for before, after in pairwise(resources))


def test_members_have_names_of_their_own(found: dict[str, Said]) -> None:
    names = [member for said in found.values() for member, _ in members(said)]
    assert all(isinstance(name, NamedNode) for name in names)
    assert len(set(names)) == len(names) > 5000
    assert all(isinstance(t.subject, NamedNode) for said in found.values() for t in said)


def test_every_page_is_reached_and_no_other_is_there(whole: Path, found: dict[str, Said]) -> None:
    written = {str(path.relative_to(whole).with_suffix("")) for path in whole.rglob("*.*.nq")} | {
        str(path.relative_to(whole)).removesuffix(".nq") for path in whole.rglob("*.nq")
    }
    reached = {address.removeprefix(ADDRESS) for address in found if address != ROOT}
    assert written == reached | {documents.ROOT, "ldes/shape"}


def test_terms_are_those_of_the_vocabularies(found: dict[str, Said], vocabularies: Path) -> None:
    known = {prefix: Graph().parse(vocabularies / "ldes" / f"{prefix}-vocabulary.ttl") for prefix in ("ldes", "tree")}
    used = {
        node.value
        for said in found.values()
        for t in said
        for node in (t.predicate, t.object)
        if isinstance(node, NamedNode)
    }
    for prefix, vocabulary in known.items():
        terms = {iri for iri in used if iri.startswith(PREFIXES[prefix])}
        assert terms
        assert terms <= {str(subject) for subject in vocabulary.subjects()}


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        (f"{BASE}id/maatregel/x", f"{BASE}id/maatregel/x?v=1.0.0"),
        (f"{BASE}ns#Measure", f"{BASE}ns?v=1.0.0#Measure"),
        (f"{BASE}id/x?a=b#c", f"{BASE}id/x?a=b&v=1.0.0#c"),
        ("http://www.w3.org/ns/oa#end", f"{BASE}id/dataset/ldes?of=http%3A%2F%2Fwww.w3.org%2Fns%2Foa%23end&v=1.0.0"),
    ],
)
def test_version_objects_are_named_after_their_resources(resource: str, version: str) -> None:
    assert version_object(resource, "1.0.0", BASE) == NamedNode(version)


# --- the shape --------------------------------------------------------------------------------------------------------


def told(pages: Iterable[Said]) -> Said:
    """Members with their bookkeeping."""
    return {t for said in pages for t in said if t.predicate in {*BOOKKEEPING, term("tree:member")}}


def findings(data: Said, whole: Path) -> list[tuple[str, str]]:
    shape = Graph().parse(data=(whole / "ldes/shape.ttl").read_bytes(), format="turtle")
    _, report, _ = pyshacl.validate(Graph().parse(data=lines(data), format="nt"), shacl_graph=shape, meta_shacl=True)
    assert isinstance(report, Graph)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted(
        (str(report.value(result, SH.resultPath)), str(report.value(result, SH.sourceConstraintComponent)))
        for result in results
    )


def test_members_have_the_shape(found: dict[str, Said], whole: Path) -> None:
    pages = [said for address, said in found.items() if "/1-" in address]
    assert len(pages) == 2
    assert findings(told(pages), whole) == []


def test_shape_finds_what_a_member_must_not_be(found: dict[str, Said], whole: Path) -> None:
    data = told(said for address, said in found.items() if "/ldes/1.0.0/" in address)
    first, second, third = sorted({t.subject for t in data} - {STREAM}, key=str)[:3]
    bad = {
        (first, PUBLISHED): [],
        (second, GENERATED): [Triple(second, GENERATED, term("as:Like"))],
        (third, VERSION_OF): [Triple(third, VERSION_OF, Literal("text"))],
    }
    spoilt = {t for t in data if (t.subject, t.predicate) not in bad} | {t for added in bad.values() for t in added}
    assert findings(spoilt, whole) == [
        (VERSION_OF.value, str(SH.NodeKindConstraintComponent)),
        (GENERATED.value, str(SH.InConstraintComponent)),
        (PUBLISHED.value, str(SH.MinCountConstraintComponent)),
    ]


# --- as files ---------------------------------------------------------------------------------------------------------


def test_forms_say_the_same(whole: Path) -> None:
    stems = [path.with_suffix("") if path.suffix == ".nq" else path for path in whole.rglob("*.nq")]
    assert len(stems) > 20
    for path in whole.rglob("*.nq"):
        said = triples(path.read_bytes(), "nq")
        assert said
        for suffix in SYNTAX:
            assert triples(path.with_name(f"{path.name.removesuffix('nq')}{suffix}").read_bytes(), suffix) == said


def test_documents_begin_as_harvesters_expect(whole: Path) -> None:
    starts = {"ttl": b"@prefix", "trig": b"@prefix", "jsonld": b"{", "nq": b"<"}
    for path in [*whole.rglob("*.ttl"), *whole.rglob("*.jsonld"), *whole.rglob("*.trig"), *whole.rglob("*.nq")]:
        assert path.read_bytes().startswith(starts[path.name.rpartition(".")[2]])


@pytest.fixture(scope="module")
def few(real: list[Quad]) -> list[Quad]:
    """Some of the data, and two persons of whom something has to go."""
    chosen = set(sorted({str(quad.subject.value) for quad in real})[::10])
    return [
        *(quad for quad in real if quad.subject.value in chosen),
        *(statement(PERSON, name, value) for name, value in (("foaf:name", "Iemand"), ("skos:scopeNote", SECRET))),
        statement(GONE, "foaf:name", SECRET),
        statement(GONE, "rdf:type", term("foaf:Person")),
    ]


def test_same_releases_give_the_same_bytes(tmp_path: Path, graph: Dataset, few: list[Quad]) -> None:
    mixed = random.Random(6).sample(few, len(few))
    found = []
    for name, quads in (("a", few), ("b", mixed)):
        made = release(tmp_path / name, "1.0.0", FIRST, quads)
        (made.folder / QUADS).write_bytes(gzip.compress(b"".join(lines([quad]) for quad in quads)))
        out = write(tmp_path / name, tmp_path / f"{name}-out", graph)
        found.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert found[0] == found[1]


def test_pages_stay_when_a_release_is_added(tmp_path: Path, graph: Dataset, few: list[Quad]) -> None:
    release(tmp_path / "r", "1.0.0", FIRST, few)
    before = files(write(tmp_path / "r", tmp_path / "before", graph))
    release(tmp_path / "r", "1.1.0", SECOND, [*few, statement(PERSON, "skos:altLabel", "Nog een naam")])
    after = files(write(tmp_path / "r", tmp_path / "after", graph))
    assert len(before) > 8
    assert before.items() <= after.items()
    assert len({path.split("/")[-2] for path in after.keys() - before.keys()}) == 1
    rows = history(nodes(reading(tmp_path / "after")).values())
    assert activities(rows, SECOND) == {PERSON: UPDATE}


def test_release_that_changes_nothing_has_a_page_without_members(
    tmp_path: Path, graph: Dataset, few: list[Quad]
) -> None:
    release(tmp_path / "r", "1.0.0", FIRST, few)
    release(tmp_path / "r", "1.0.1", SECOND, few)
    found = nodes(reading(write(tmp_path / "r", tmp_path / "out", graph)))
    assert activities(history(found.values()), SECOND) == {}
    assert sum("/ldes/1.0.1/" in address for address in found) == 1


# --- redactions -------------------------------------------------------------------------------------------------------


def without_secret(quads: list[Quad]) -> list[Quad]:
    hidden = (GONE,)
    return [quad for quad in quads if quad.object.value != SECRET and quad.subject.value not in hidden]


@pytest.fixture(scope="module")
def redacted(tmp_path_factory: pytest.TempPathFactory, graph: Dataset, few: list[Quad]) -> tuple[Path, Path, Path]:
    """The feed of two releases, after a redaction of both, and after a third release."""
    folder = tmp_path_factory.mktemp("redacted")
    later = [*few, statement(PERSON, "skos:altLabel", "Nog een naam")]
    newest = [*without_secret(later), statement(PERSON, "skos:editorialNote", "Nieuw")]
    for version, moment, quads in (("1.0.0", FIRST, few), ("1.1.0", SECOND, later)):
        release(folder / "r", version, moment, quads)
    before = write(folder / "r", folder / "before", graph)
    for version, moment, quads in (("1.0.0", FIRST, few), ("1.1.0", SECOND, later)):
        release(folder / "r", version, moment, without_secret(quads))
    at = "2026-02-10T12:00:00Z"
    versions = ("1.0.0", "1.1.0")
    metadata = redaction(f"{BASE}id/dataset/vesoc", at, versions)
    tombstones.write(
        folder / "r", [redaction(PERSON, at, versions), redaction(GONE, at, versions, gone=True), metadata]
    )
    after = write(folder / "r", folder / "after", graph)
    release(folder / "r", "1.2.0", THIRD, newest)
    return before, after, write(folder / "r", folder / "last", graph)


REDACTED = datetime(2026, 2, 10, 12, tzinfo=UTC)


def test_redaction_leaves_no_trace(redacted: tuple[Path, Path, Path]) -> None:
    before, *rest = redacted
    assert any(SECRET.encode() in body for body in files(before).values())
    for folder in rest:
        assert [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


def test_redaction_is_told_with_its_reason(redacted: tuple[Path, Path, Path]) -> None:
    for folder in redacted[1:]:
        found = nodes(reading(folder))
        assert activities(history(found.values()), REDACTED) == {PERSON: UPDATE, GONE: DELETE}
        [(address, page)] = [(at, said) for at, said in found.items() if "/redaction-20260210T120000Z/" in at]
        reasons = objects(page, NamedNode(address), "dcterms:description")
        assert {reason.language: reason.value for reason in reasons} == REASON
        [left] = [row.told for row in history([page]) if row.resource == PERSON]
        assert {t.object.value for t in left} == {"Iemand", "Nog een naam"}


def test_replica_drops_what_was_redacted(redacted: tuple[Path, Path, Path]) -> None:
    before, after, last = (nodes(reading(folder)) for folder in redacted)
    held = replica(history(before.values()))
    assert any(t.object.value == SECRET for t in union(held))
    fresh = history(said for address, said in after.items() if "/redaction-" in address)
    mended = replica(history(after.values()))
    assert replica(fresh, held) == mended
    assert not any(t.object.value == SECRET for t in union(mended))
    assert any(t.object.value == "Nieuw" for t in union(replica(history(last.values()))))


def test_pages_that_had_it_have_new_addresses(redacted: tuple[Path, Path, Path]) -> None:
    before, after, last = map(files, redacted)
    replaced = [path for path, body in before.items() if SECRET.encode() in body]
    assert replaced
    assert not after.keys() & set(replaced)
    assert {path for path in after.keys() & before.keys() if after[path] != before[path]} == set()
    assert after.items() <= last.items()


def test_relations_bound_each_transaction_and_all_of_them(redacted: tuple[Path, Path, Path]) -> None:
    fetch = reading(redacted[2])
    root, bounds = fetch(ROOT), defaultdict(list)
    for relation in objects(root, NamedNode(ROOT), "tree:relation"):
        kind = "<" if one(root, relation, "rdf:type") == term("tree:LessThanRelation") else ">="
        node, value = one(root, relation, "tree:node").value, one(root, relation, "tree:value").value
        bounds[node.split("/")[-2]].append(f"{kind} {value[5:10]}")
    assert {name: sorted(found) for name, found in bounds.items()} == {
        "1.0.0": ["< 02-01", "< 03-01", ">= 01-01"],
        "1.1.0": ["< 02-10", "< 03-01", ">= 01-01", ">= 02-01"],
        "redaction-20260210T120000Z": ["< 03-01", ">= 01-01", ">= 02-10"],
        "1.2.0": [">= 01-01", ">= 03-01"],
    }


def test_moments_never_go_back(redacted: tuple[Path, Path, Path]) -> None:
    contents = json.loads((redacted[2] / documents.CONTENTS).read_text())
    assert [one["name"] for one in contents] == ["1.0.0", "1.1.0", "redaction-20260210T120000Z", "1.2.0"]
    assert [one["redaction"] for one in contents] == [False, False, True, False]
    moments = [datetime.fromisoformat(one["moment"]) for one in contents]
    assert moments == sorted(set(moments))
    assert contents[2]["changes"] == {"Update": 1, "Delete": 1}


def test_redaction_comes_after_the_releases_it_was_made_in(tmp_path: Path, graph: Dataset, few: list[Quad]) -> None:
    release(tmp_path / "r", "1.0.0", FIRST, without_secret(few))
    tombstones.write(tmp_path / "r", [redaction(PERSON, "2025-12-24T00:00:00Z", ["1.0.0"])])
    rows = history(nodes(reading(write(tmp_path / "r", tmp_path / "out", graph))).values())
    assert activities(rows, FIRST)[PERSON] == CREATE
    assert activities(rows, FIRST.replace(second=1)) == {PERSON: UPDATE}


@pytest.mark.parametrize("text", ["{", "[1]", '[{"resource": "x"}]', '{"a": 1}'])
def test_list_of_redactions_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / tombstones.LIST).write_text(text)
    with pytest.raises(VesocError, match=r"redactions\.json: no list of redactions"):
        tombstones.read(tmp_path)


@pytest.mark.parametrize("moment", ["yesterday", "", 4])
def test_redaction_without_a_moment_is_told(tmp_path: Path, moment: Any) -> None:
    tombstones.write(tmp_path, [redaction(PERSON, "2026-01-02T00:00:00Z", ["1.0.0"])])
    told = json.loads((tmp_path / tombstones.LIST).read_text())
    (tmp_path / tombstones.LIST).write_text(json.dumps([told[0] | {"moment": moment}]))
    with pytest.raises(VesocError, match="no list of redactions"):
        tombstones.read(tmp_path)


def test_resource_to_forget_is_told_by_its_digest(tmp_path: Path, graph: Dataset, few: list[Quad]) -> None:
    release(tmp_path / "r", "1.0.0", FIRST, without_secret(few))
    name = tombstones.hashed(GONE)
    tombstones.write(tmp_path / "r", [redaction(name, "2026-01-02T00:00:00Z", ["1.0.0"], gone=True)])
    out = write(tmp_path / "r", tmp_path / "out", graph)
    assert activities(history(nodes(reading(out)).values()), datetime(2026, 1, 2, tzinfo=UTC)) == {name: DELETE}
    assert not any(GONE.encode() in body for body in files(out).values())


def test_no_list_is_no_redactions(tmp_path: Path) -> None:
    assert tombstones.read(tmp_path) == tombstones.read(None) == ()


# --- on a server ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def feeding(tmp_path_factory: pytest.TempPathFactory, earlier: list[Quad]) -> Iterator[httpx2.Client]:
    """A server with an earlier release beside the data that it serves."""
    folder = tmp_path_factory.mktemp("releases")
    release(folder, "0.9.0", FIRST, earlier)
    with running("--no-validate", VESOC_RELEASES=str(folder)) as client:
        until = time.monotonic() + WRITTEN_SECONDS
        while client.head("/ldes").status_code == httpx2.codes.SERVICE_UNAVAILABLE:
            assert time.monotonic() < until, "the feed is not being written"
        yield client


def address(client: httpx2.Client) -> str:
    return f"{str(client.base_url).rstrip('/')}/ldes"


@pytest.fixture(scope="module")
def served(feeding: httpx2.Client) -> dict[str, Said]:
    def fetch(at: str) -> Said:
        reply = feeding.get(at, headers={"Accept": "application/n-quads"})
        assert reply.status_code == 200
        return triples(reply.content, "nq")

    return nodes(fetch, address(feeding))


def test_served_feed_is_the_dump(feeding: httpx2.Client, served: dict[str, Said], real: list[Quad]) -> None:
    dump = feeding.get("/dumps/latest/vesoc.nt.gz", follow_redirects=True)
    wanted = triples(gzip.decompress(dump.content), "nq")
    assert union(replica(history(served.values()))) == wanted == {quad.triple for quad in real}


def test_every_address_answers_get_and_head(feeding: httpx2.Client, served: dict[str, Said]) -> None:
    for at in [*served, f"{address(feeding)}/shape"]:
        for suffix, media_type in TYPES.items():
            asked = {"Accept": media_type.split(";")[0], "Accept-Encoding": "identity"}
            head, by_suffix = feeding.head(at, headers=asked), feeding.head(f"{at}.{suffix}")
            assert head.status_code == by_suffix.status_code == 200
            assert head.headers["content-type"] == by_suffix.headers["content-type"] == media_type
        reply = feeding.get(at, headers=asked)
        assert reply.headers["content-length"] == head.headers["content-length"] == str(len(reply.content))
        assert head.headers["etag"] == reply.headers["etag"]
        assert "Accept" in reply.headers["vary"]
        assert feeding.get(at, headers={**asked, "If-None-Match": reply.headers["etag"]}).status_code == 304


def test_pages_are_kept_and_the_root_is_not(feeding: httpx2.Client, served: dict[str, Said]) -> None:
    for at in served:
        kept = feeding.head(at).headers["cache-control"]
        assert ("immutable" in kept) == (at != address(feeding))
    assert feeding.head("/ldes").headers["cache-control"].startswith("public, max-age=300")


def test_stream_leads_to_the_feed(feeding: httpx2.Client) -> None:
    for method in ("GET", "HEAD"):
        reply = feeding.request(method, "/id/dataset/ldes")
        assert (reply.status_code, reply.headers["location"]) == (303, "/ldes")


def test_version_objects_lead_to_their_resource(feeding: httpx2.Client) -> None:
    name = version_object(AGREEMENT, "0.9.0", BASE).value.removeprefix(BASE)
    reply = feeding.get(f"/{name}", follow_redirects=True)
    assert reply.status_code == 200
    assert reply.url.path.startswith("/doc/akkoord/iab")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("1.0.0/1-0123456789ab", 410),
        ("0.9.0/1-0123456789ab.jsonld", 410),
        ("0.9.0/999-0123456789ab.jsonld", 404),
        (f"0.9.0/{'7' * 300}-0123456789ab", 404),
        ("9.9.9/1-0123456789ab", 404),
        ("1.0.0/1", 404),
        ("1.0.0/0-0123456789ab", 404),
        ("1.0.0", 404),
        ("root", 404),
        ("contents.json", 404),
        ("../dumps/1.0.0/1-0123456789ab", 404),
    ],
)
def test_pages_that_are_not_there(feeding: httpx2.Client, path: str, status: int) -> None:
    reply = feeding.get(f"/ldes/{path}")
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")


def test_feed_has_no_other_suffix(feeding: httpx2.Client) -> None:
    reply = feeding.get("/ldes.foo")
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
    assert feeding.get("/ldes.jsonld").headers["content-location"] == "/ldes.jsonld"


@pytest.mark.parametrize(("language", "words"), [("nl", "Wat wanneer veranderde"), ("en", "What changed when")])
def test_page_tells_what_the_feed_is(feeding: httpx2.Client, language: str, words: str) -> None:
    reply = feeding.get("/ldes", headers={"Accept": "text/html", "Accept-Language": language})
    assert reply.headers["content-type"].startswith("text/html")
    assert words in reply.text
    assert f"ldes-client {address(feeding)}" in reply.text
    assert "0.9.0" in reply.text


def test_data_of_others_has_no_feed(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    with running("--no-validate", "--data", str(tmp_path / "a.ttl")) as client:
        for path in ("/ldes", "/ldes/shape", "/ldes.html"):
            assert client.get(path).status_code == 404
