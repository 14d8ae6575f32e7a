"""A fourth agreement, from its text to its page: the steps of docs/contributing.md, carried out as they stand there.

The agreement is invented and lives only in the folder of the test.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from conftest import ROOT, running
from typer.testing import CliRunner

from vesoc import canonical, places
from vesoc.authoring import pages, renaming
from vesoc.cli import app
from vesoc.names import BASE, PREFIXES

GUIDE = ROOT / "docs" / "contributing.md"
TEXT = ROOT / "tests" / "authoring" / "proefakkoord.txt"
_SECTION = re.compile(r"^## A new agreement, step by step\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit code (\d)$")
ELSEWHERE = ("ahad", "inim", "partena", "securex", "verbanden.ttl")  # most of the data, which is of the same kinds
NEW = "vesoc new agreement texts/proefakkoord.txt --slug proef --title Proef"


@dataclass(frozen=True)
class Ran:
    """A command of the guide, and what it printed."""

    command: str
    output: str


def steps() -> list[tuple[str, str, str]]:
    """The fences of the section in order: language, path of a file, and content."""
    section = _SECTION.search(GUIDE.read_text(encoding="utf-8"))
    assert section
    return _FENCE.findall(section[1])


def run(line: str) -> str:
    """Run a command of the guide in this process, and hold it to the exit code that it has there."""
    wanted = _EXIT.search(line)
    program, *arguments = shlex.split(_EXIT.sub("", line))
    assert program == "vesoc"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == int(wanted[1] if wanted else 0), f"{line}\n{result.output}\n{result.exception!r}"
    return result.output


def edit(path: str, content: str) -> None:
    """A file as its author leaves it: an outline is written whole, Turtle is added to."""
    file = Path(path)
    if file.suffix == ".ttl":
        content = file.read_text(encoding="utf-8") + content
    file.write_text(content, encoding="utf-8")


def copy(folder: Path, *left_out: str) -> None:
    """Our graph, without what some names are of, and the invented text beside it."""
    for part in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(*left_out))
    (folder / "texts").mkdir()
    shutil.copy(TEXT, folder / "texts")


@pytest.fixture
def graph_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the graph with one agreement and the invented text beside it, as the current folder."""
    copy(tmp_path, *ELSEWHERE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VESOC_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, sources: Path) -> tuple[Path, list[Ran]]:
    """The folder after all steps but the server, and the commands that were run in it."""
    folder = tmp_path_factory.mktemp("proef")
    copy(folder)
    for text in sources.glob("*.txt"):
        shutil.copy(text, folder / "texts")
    ran = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("VESOC_ROOT", str(folder))
        for language, path, content in steps():
            if path:
                edit(path, content)
            else:
                assert language == "sh"
                ran += [Ran(line, run(line)) for line in content.splitlines() if line != "vesoc serve"]
    return folder, ran


@pytest.fixture(scope="module")
def served(followed: tuple[Path, list[Ran]]) -> Iterator[httpx2.Client]:
    """A server of the graph with the new agreement, in which the voucher has another name than in the guide."""
    folder = followed[0]
    old, new = f"{BASE}id/instrument/leerbon", f"{BASE}id/instrument/leercheque"
    pages.put(renaming.Renaming(places.find(folder), old, new, True, BASE).pages())
    with running("--no-validate", "--root", str(folder)) as client:
        yield client


def test_every_command_of_the_guide_was_run(followed: tuple[Path, list[Ran]]) -> None:
    lines = [line for _, path, text in steps() if not path for line in text.splitlines()]
    assert [ran.command for ran in followed[1]] == [line for line in lines if line != "vesoc serve"]
    assert len(lines) == 10


def test_measure_has_a_page_with_its_passage(served: httpx2.Client) -> None:
    page = served.get("/doc/maatregel/proef-leren-1a.html", headers={"Accept-Language": "nl"})
    assert page.status_code == httpx2.codes.OK
    assert "Leerbon voor personeel van kmo’s" in page.text
    assert "Leren op het werk" in page.text
    assert "/doc/vindplaats/proef-leren-1#passage" in page.text
    passage = served.get("/doc/vindplaats/proef-leren-1.ttl").text
    assert 'vesoc:sectionPath "1. Leren op het werk"' in passage


def test_agreement_has_a_page_with_its_parts(served: httpx2.Client) -> None:
    page = served.get("/doc/akkoord/proef.html", headers={"Accept-Language": "en"}).text
    assert "Trial agreement (invented)" in page
    assert "Learning at work" in page


def test_thing_that_was_renamed_answers_to_its_old_name(served: httpx2.Client) -> None:
    reply = served.get("/id/instrument/leerbon")
    assert reply.status_code == httpx2.codes.MOVED_PERMANENTLY
    assert reply.headers["location"].endswith("/id/instrument/leercheque")


def test_what_is_left_to_do_is_told(followed: tuple[Path, list[Ran]]) -> None:
    coverage = [ran.output for ran in followed[1] if ran.command.startswith("vesoc coverage")]
    left = re.findall(r"not covered: (proef-\S+)", coverage[0])
    assert len(left) == 8
    assert "not covered" not in coverage[1].partition("securex")[2]


def test_lines_of_a_measure_are_told_with_what_points_to_it(followed: tuple[Path, list[Ran]]) -> None:
    folder, ran = followed
    told = next(one.output for one in ran if one.command.startswith("vesoc describe"))
    lines = (folder / "data/ttl/proef/leren.ttl").read_text(encoding="utf-8").splitlines()
    number = next(place for place, line in enumerate(lines, 1) if "dg:kmos" in line)
    assert (
        f"data/ttl/proef/leren.ttl:{number}:{lines[number - 1].index('dg:') + 1}: vesoc:hasTargetGroup dg:kmos" in told
    )


def test_everything_is_in_canonical_form_at_once(graph_copy: Path) -> None:
    run(NEW)
    run(NEW)
    written = sorted((graph_copy / "data/ttl/proef").glob("*.ttl"))
    assert [path.name for path in written] == ["1.ttl", "2.ttl", "akkoord.ttl", "ondertekening.ttl"]
    assert not canonical.rewrite(graph_copy / "data/ttl" / name for name in ("proef", "metadata.ttl", "actoren"))


def test_no_words_of_the_text_are_copied_but_headings(graph_copy: Path) -> None:
    run(NEW)
    run(NEW)
    written = "".join(path.read_text(encoding="utf-8") for path in (graph_copy / "data/ttl/proef").glob("*.ttl"))
    headings = ("Leren op het werk", "Opvolging", "Ondertekening", "Namens de")
    lines = [line.strip("- ") for line in TEXT.read_text(encoding="utf-8").splitlines() if len(line) > 10]
    others = [line for line in lines if not any(heading in line for heading in headings)]
    assert len(others) >= 8
    assert [line for line in others if line in written] == []


def test_dry_run_writes_nothing(graph_copy: Path) -> None:
    assert "Leren op het werk" in run(f"{NEW} --dry-run")
    assert not (graph_copy / "proef.outline").exists()
    run(NEW)
    assert "would write" in run(f"{NEW} --dry-run")
    assert not (graph_copy / "data/ttl/proef").exists()


def test_files_that_are_there_stay(graph_copy: Path) -> None:
    run(NEW)
    run(NEW)
    file = graph_copy / "data/ttl/proef/1.ttl"
    file.write_text(file.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
    assert "taken" in refused(NEW)
    assert "# by hand" in file.read_text(encoding="utf-8")
    run(f"{NEW} --force")
    assert "# by hand" not in file.read_text(encoding="utf-8")


def test_what_an_author_wrote_is_not_written_over(graph_copy: Path) -> None:
    run(NEW)
    run(NEW)
    folder = graph_copy / "data/ttl/proef"
    file = folder / "1.ttl"
    before = file.read_text(encoding="utf-8")
    for written in (
        "mtr:proef-1-1a a vesoc:Measure .",
        'deel:proef-1 dcterms:title "Learning"@en .',
        "deel:proef-1 vesoc:hasEvidence vind:proef-1-1 .",
    ):
        prologue = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
        file.write_text(f"{before}{prologue}{written}\n", encoding="utf-8")
        kept = {path: path.read_bytes() for path in folder.iterdir()}
        for line in (f"{NEW} --force", f"{NEW} --force --dry-run"):
            told = refused(line)
            assert f"{file}: {written.split()[0]}" in told
        assert {path: path.read_bytes() for path in folder.iterdir()} == kept
    file.write_text(before, encoding="utf-8")
    run(f"{NEW} --force")


def test_file_that_another_outline_left_goes(graph_copy: Path) -> None:
    run(NEW)
    run(NEW)
    outline = graph_copy / "proef.outline"
    outline.write_text(re.sub(r"(?m)^( *\d+ +1 +)2 ", r"\1opvolging ", outline.read_text("utf-8")), encoding="utf-8")
    folder = graph_copy / "data/ttl/proef"
    names = {path.name for path in folder.iterdir()}
    told = run(f"{NEW} --force --dry-run")
    assert f"would remove {folder / '2.ttl'}" in told
    assert {path.name for path in folder.iterdir()} == names
    assert f"removed {folder / '2.ttl'}" in run(f"{NEW} --force")
    assert {path.name for path in folder.iterdir()} == names - {"2.ttl"} | {"opvolging.ttl"}


def test_outline_goes_into_a_folder_that_is_not_there(graph_copy: Path) -> None:
    run(f"{NEW} --outline x/y/p.outline")
    assert (graph_copy / "x/y/p.outline").is_file()
    assert "cannot be written" in refused(f"{NEW} --outline texts/proefakkoord.txt/p.outline")


def refused(line: str) -> str:
    """Why a command cannot run."""
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    assert type(result.exception).__name__ == "VesocError", result.output
    return str(result.exception)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Eerste\nTweede \xff\n", "t.txt:2: not UTF-8"),
        (b"Eerste\r\nTweede\r\n", "t.txt:1: line ends of Windows"),
        (b"\xef\xbb\xbfEerste\n", "byte order mark"),
        (b" \n", "empty"),
    ],
)
def test_text_whose_characters_cannot_be_counted_is_refused(graph_copy: Path, content: bytes, why: str) -> None:
    (graph_copy / "t.txt").write_bytes(content)
    assert why in refused("vesoc new agreement t.txt --slug t --title T")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("--slug iab --title T", "taken"),
        ("--slug metadata --title T", "taken"),
        ("--slug Proef-1 --title T", "lower-case letters and digits"),
        ("--slug proef --title T --kind feest", "there are akkoord, engagementsverklaring"),
    ],
)
def test_agreement_that_cannot_be_named_so_is_refused(graph_copy: Path, options: str, why: str) -> None:
    assert why in refused(f"vesoc new agreement texts/proefakkoord.txt {options}")
    assert list(graph_copy.glob("*.outline")) == []


def test_text_that_is_in_the_graph_is_refused(graph_copy: Path, sources: Path) -> None:
    text = sources / "iedereen-aan-boord.txt"
    assert "bron/iab already" in refused(f"vesoc new agreement {text} --slug nieuw --title T")


@pytest.mark.parametrize(
    ("outline", "why"),
    [
        ("6 1 leren hoofdstuk 1. Leren op school", "does not stand in line 6"),
        ("6 1 leren hoofdstuk", "p.outline:1: no heading"),
        ("6 1 leren feest 1. Leren op het werk", "kind 'feest'"),
        ("6 1 Leren! hoofdstuk 1. Leren op het werk", "code 'Leren!'"),
        ("6 2 leren hoofdstuk 1. Leren op het werk", "level 2 under no heading of level 1"),
        ("6 1 a hoofdstuk 1. Leren op het werk\n14 1 a hoofdstuk 2. Opvolging", "p.outline:2: code 'a' is given twice"),
        ("14 1 b hoofdstuk 2. Opvolging\n6 1 a hoofdstuk 1. Leren op het werk", "keep their order"),
        ("6 1 p1 hoofdstuk 1. Leren op het werk", "would name 2 passages"),
        ("6 1 - - 1. Leren op het werk\n14 1 -x - 2. Opvolging", "no part 'x'"),
        ("# nothing", "no heading; an agreement has at least one part"),
    ],
)
def test_outline_that_does_not_fit_is_refused(graph_copy: Path, outline: str, why: str) -> None:
    (graph_copy / "p.outline").write_text(f"{outline}\n", encoding="utf-8")
    assert why in refused(f"{NEW} --outline p.outline")
    assert not (graph_copy / "data/ttl/proef").exists()
