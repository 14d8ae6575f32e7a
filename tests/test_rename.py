"""A thing under another name: everywhere, with the old name kept, and never at the cost of a rule."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import small
from pyoxigraph import NamedNode, Quad, Store, parse
from typer.testing import CliRunner, Result

from vesoc import standing
from vesoc.authoring.pages import put
from vesoc.authoring.renaming import Renaming
from vesoc.canonical import canonical
from vesoc.cli import app
from vesoc.errors import VesocError
from vesoc.names import BASE, term
from vesoc.places import Places

OLD, NEW = f"{BASE}id/instrument/proefcheque", f"{BASE}id/instrument/proefbon"
FILE = "data/ttl/proef/akkoord.ttl"
SHAPES = ("agreement", "instrument", "label", "lineage", "measure", "prefixes", "rules")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return small.root(tmp_path)


@pytest.fixture
def root(whole: Path) -> Path:
    """A root with those shapes only that the tests name or break, which are run twice at each renaming."""
    for path in (whole / "shapes").iterdir():
        if path.stem not in SHAPES:
            path.unlink()
    return whole


def rename(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["rename", *arguments, "--root", str(root)])


def quads(root: Path) -> set[Quad]:
    return {quad for path in sorted((root / "data").rglob("*.ttl")) for quad in parse(path=path)}


def nodes(quad: Quad) -> Iterator[object]:
    yield from (quad.subject, quad.predicate, quad.object)


def renaming(root: Path, old: str, new: str, keep: bool = True) -> Renaming:
    return Renaming(Places(root), old, new, keep, BASE)


def texts(found: Renaming) -> dict[Path, str]:
    return {page.path: page.content or "" for page in found.pages()}


def test_every_statement_names_the_thing_anew(whole: Path) -> None:
    before = quads(whole)
    result = rename(whole, "ins:proefcheque", "ins:proefbon")
    assert result.exit_code == 0, result.output
    after, old, new = quads(whole), NamedNode(OLD), NamedNode(NEW)
    kept = {quad for quad in after if old in nodes(quad)}
    told = {(str(quad.predicate), str(quad.object)) for quad in kept if quad.subject == old}
    assert len(kept) == 2
    assert told == {
        (str(term("owl:deprecated")), f'"true"^^{term("xsd:boolean")}'),
        (str(term("dcterms:isReplacedBy")), str(new)),
    }
    assert len(after) == len(before) + 2
    mentioned = sum(old in nodes(quad) for quad in before)
    assert mentioned > 5
    assert sum(new in nodes(quad) for quad in after) == mentioned + 1


def test_file_stays_in_canonical_form(root: Path) -> None:
    rename(root, "ins:proefcheque", "ins:proefbon")
    text = (root / FILE).read_text(encoding="utf-8")
    assert canonical(text) == text


def test_old_name_leads_to_the_new_one(root: Path) -> None:
    rename(root, "ins:proefcheque", "ins:proefbon")
    store = Store()
    store.extend(Quad(*quad.triple) for quad in quads(root))
    found = standing.of(store, OLD)
    assert found.renamed
    assert found.successors == (NEW,)


def test_name_renamed_twice_leads_to_the_last(root: Path) -> None:
    rename(root, "ins:proefcheque", "ins:proefbon")
    assert rename(root, "ins:proefbon", "ins:leerbon").exit_code == 0
    store = Store()
    store.extend(Quad(*quad.triple) for quad in quads(root))
    assert standing.of(store, OLD).successors == (f"{BASE}id/instrument/leerbon",)


def test_what_is_named_after_it_by_a_fragment_goes_along(root: Path) -> None:
    old, new = f"{BASE}id/vindplaats/proef-1-1-1a", f"{BASE}id/vindplaats/proef-1-1-1z"
    [text] = texts(renaming(root, old, new)).values()
    assert f"<{new}#bereik>\n    a oa:TextPositionSelector" in text
    assert f"{old}#bereik" not in text


def test_longer_name_that_begins_alike_stays(root: Path) -> None:
    file = root / FILE
    file.write_text(file.read_text(encoding="utf-8") + f"<{OLD}-2> <{BASE}p> <{OLD}> .\n", encoding="utf-8")
    [text] = texts(renaming(root, OLD, NEW)).values()
    assert "ins:proefcheque-2" in text
    assert "ins:proefbon-2" not in text


def test_term_of_the_ontology_changes_in_ontology_data_and_shapes(root: Path) -> None:
    pages = texts(renaming(root, f"{BASE}ns#consults", f"{BASE}ns#asksView"))
    names = {path.relative_to(root).as_posix() for path in pages}
    assert {FILE, "ontology/vesoc.ttl", "shapes/measure.ttl"} <= names
    [shape] = [text for path, text in pages.items() if path.name == "measure.ttl"]
    assert "sh:path vesoc:asksView" in shape
    assert "sh:path vesoc:consults" not in shape


def test_files_of_others_that_name_it_are_told_and_stay(root: Path) -> None:
    result = rename(root, "ins:proefcheque", "ins:proefbon")
    assert f"to change by hand: {root / 'queries/what-is-this.rq'}:3" in result.output
    assert (root / "queries" / "what-is-this.rq").read_text(encoding="utf-8") == small.QUERY


def test_queries_inside_shapes_are_told(root: Path) -> None:
    told = renaming(root, f"{BASE}id/concept/oordeel/aanvaard", f"{BASE}id/concept/oordeel/juist").mentions([])
    assert {mention.path.name for mention in told} >= {"lineage.ttl"}


def test_dry_run_changes_nothing(root: Path) -> None:
    before = (root / FILE).read_bytes()
    result = rename(root, "ins:proefcheque", "ins:proefbon", "--dry-run")
    assert f"would change {root / FILE}" in result.output
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("deel:proef-1-1", "deel:proef-x", "R12"),  # its measures are named after it
        ("ins:proefcheque", "dg:proefcheque", "R12"),
        ("akk:proef", "akk:Proef-1", "R12"),
    ],
)
def test_name_that_breaks_a_rule_is_refused(root: Path, old: str, new: str, rule: str) -> None:
    before = (root / FILE).read_bytes()
    result = rename(root, old, new)
    assert result.exit_code == 1
    assert f"would break {rule}: " in result.output
    assert (root / FILE).read_bytes() == before


def test_fault_that_was_there_before_is_no_hindrance(root: Path) -> None:
    file = root / FILE
    text = file.read_text(encoding="utf-8")
    assert '"proefcheque"@nl' in text
    file.write_text(text.replace('"proefcheque"@nl', '"proefcheque "@nl'), encoding="utf-8")
    assert rename(root, "ins:proefcheque", "ins:proefbon").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("ins:nothing", "ins:proefbon", "does not describe it"),
        ("ins:proefcheque", "ins:proefverlof", "taken"),
        ("ins:proefcheque", "ins:proefcheque", "taken"),
    ],
)
def test_name_that_cannot_be_is_refused(root: Path, old: str, new: str, why: str) -> None:
    result = rename(root, old, new)
    assert isinstance(result.exception, VesocError)
    assert why in str(result.exception)


def test_thing_that_was_renamed_already_is_refused(root: Path) -> None:
    rename(root, "ins:proefcheque", "ins:proefbon")
    assert "renamed or withdrawn" in str(rename(root, "ins:proefcheque", "ins:leerbon").exception)


def released(root: Path, *lines: str) -> Path:
    folder = root / "releases" / "1.0.0"
    folder.mkdir(parents=True)
    with gzip.open(folder / "vesoc.nq.gz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    return folder.parent


def test_name_that_was_never_released_can_be_forgotten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_RELEASES", str(released(root, f'<{OLD}-2> <{BASE}p> "x" .\n')))
    assert rename(root, "ins:proefcheque", "ins:proefbon", "--forget").exit_code == 0
    assert not any(NamedNode(OLD) in nodes(quad) for quad in quads(root))


def test_name_that_was_released_is_not_forgotten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_RELEASES", str(released(root, f'<{OLD}> <{BASE}p> "x" .\n')))
    assert "was released in 1.0.0" in str(rename(root, "ins:proefcheque", "ins:proefbon", "--forget").exception)


def test_nothing_is_forgotten_where_releases_are_not_known(root: Path) -> None:
    assert "VESOC_RELEASES" in str(rename(root, "ins:proefcheque", "ins:proefbon", "--forget").exception)


def test_datatype_changes_with_its_name(root: Path) -> None:
    file = root / FILE
    statement = f'<{OLD}> a <{BASE}Thing> ; <{BASE}p> "1"^^<{OLD}> .\n'
    file.write_text(file.read_text(encoding="utf-8") + statement, encoding="utf-8")
    [text] = texts(renaming(root, OLD, NEW)).values()
    assert '"1"^^ins:proefbon' in text
    assert "ins:proefcheque" not in text.replace("ins:proefcheque\n    dcterms:isReplacedBy", "")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("tests/x.ttl", "ins:proefcheque a ins:x ."),
        ("docs/x.yml", "page: https://example.org/doc/instrument/proefcheque.html"),
        ("x.po", "ins:proefcheque#deel"),
        ("x.jsonld", '"@id": "id/instrument/proefcheque"'),
        ("x.bin", "\udcffins:proefcheque"),
    ],
)
def test_mention_is_told_wherever_it_stands(root: Path, name: str, line: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_bytes(b"\n" + line.encode(errors="surrogateescape"))
    result = rename(root, "ins:proefcheque", "ins:proefbon")
    assert result.exit_code == 0, result.exception
    assert f"to change by hand: {root / name}:2\n" in result.output


def test_texts_and_comments_of_our_turtle_that_name_it_are_told(root: Path) -> None:
    folder = root / "shapes"
    (folder / "x.ttl").write_text(
        "<x:x#y> <x:p> 'a' .\n<x:x> <x:p> 'ins:proefcheque' . # ins:proefcheque\n# \"ins:proefcheque\n"
        f'<x:x> <x:p> <{OLD}-2> .\n<x:x> <x:p> """\n\nins:proefcheque""" .\n',
        encoding="utf-8",
    )
    found = renaming(root, OLD, NEW)
    assert [one.line for one in found.mentions([]) if one.path == folder / "x.ttl"] == [2, 3, 7]


def test_finding_is_known_by_its_whole_names(root: Path) -> None:
    found = renaming(root, OLD, NEW)
    for old, new in ((OLD, NEW), (f"<{OLD}#x>", f"<{NEW}#x>"), (f"{OLD}-2", f"{OLD}-2")):
        finding = SimpleNamespace(shape="s", component="c", focus=old, path=None, value=None)
        assert found._key(finding)[2] == new


def test_edit_made_meanwhile_is_kept(root: Path) -> None:
    file = root / FILE
    found = renaming(root, f"{BASE}ns#consults", f"{BASE}ns#asksView")
    written = found.pages()
    before = {page.path: page.path.read_bytes() for page in written}
    before[file] += b"# by hand\n"
    file.write_bytes(before[file])
    with pytest.raises(VesocError, match=r"akkoord\.ttl: changed meanwhile; nothing was written"):
        put(written)
    assert {path: path.read_bytes() for path in before} == before
    assert list(root.rglob(".*.part")) == []


def test_files_are_all_written_or_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = renaming(root, f"{BASE}ns#consults", f"{BASE}ns#asksView").pages()
    assert len(found) > 1
    before = {page.path: page.path.read_bytes() for page in found}
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path == found[-1].part:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(VesocError, match=r"cannot be written \(No space left"):
        put(found)
    assert {path: path.read_bytes() for path in before} == before
    assert list(root.rglob(".*.part")) == []


def test_mode_of_a_file_stays(root: Path) -> None:
    (root / FILE).chmod(0o640)
    rename(root, "ins:proefcheque", "ins:proefbon")
    assert (root / FILE).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["shapes.ttl", "metadata.ttl"])
def test_name_that_only_stands_beside_the_released_data_is_not_forgotten(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = released(root)
    (folder / "1.0.0" / name).write_text(f"PREFIX ins: <{BASE}id/instrument/>\nins:x a ins:proefcheque .\n")
    monkeypatch.setenv("VESOC_RELEASES", str(folder))
    assert "was released in 1.0.0" in str(rename(root, "ins:proefcheque", "ins:proefbon", "--forget").exception)


def test_nothing_is_forgotten_where_the_folder_of_releases_is_not_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VESOC_RELEASES", str(root / "relaeses"))
    assert "no such folder" in str(rename(root, "ins:proefcheque", "ins:proefbon", "--forget").exception)
