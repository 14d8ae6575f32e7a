"""The rules of a release: which editions are compared, what is asked before one is made, and what is made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from released import DAY, METADATA, released
from typer.testing import CliRunner, Result

from vesoc import __version__, dataset, graphs, publisher
from vesoc.cli import app
from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES
from vesoc.places import Places
from vesoc.releases import content
from vesoc.versions.comparison import compare
from vesoc.versions.edition import Finder
from vesoc.versions.last import last

sys.path.append(str(ROOT / ".ci"))
from release import __main__ as release_main
from release import artefacts, changelog, checks, context
from release.__main__ import CHECKS, carry_out, main
from release.step import Broken, Order

TODAY = date(2031, 6, 2)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("release") / "root")


# --- which editions are compared --------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> str:
    who = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-C", str(root), "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, env=os.environ | who, capture_output=True, text=True, check=True).stdout


def commit(root: Path, tag: str | None = None) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")
    if tag:
        git(root, "tag", tag)


def export(root: Path, releases: Path) -> None:
    found = Places(root)
    data = dataset.build_own(graphs.own_files(found), BASE, "http://127.0.0.1:8000/")
    publisher.release(data, content.heading(found, BASE), releases)


@pytest.fixture(scope="module")
def repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of git with the invented graph, whose version is 1.0.0 and released as tag and as folder."""
    folder = tmp_path_factory.mktemp("repository") / "vesoc"
    shutil.copytree(root, folder)
    (folder / "api/vesoc").mkdir(parents=True)
    shutil.copy(ROOT / "api/vesoc/__init__.py", folder / "api/vesoc")
    (folder / "docs").mkdir()
    (folder / ".gitignore").write_text("build/\n__pycache__/\n", encoding="utf-8")
    say(folder, __version__, "1.0.0", DAY)
    git(folder, "init", "--quiet")
    commit(folder, "v1.0.0")
    export(folder, folder.parent / "releases")
    return folder


def say(root: Path, before: str, version: str, day: str) -> None:
    """Have all that tells a version say this one."""
    for name in ("ontology/vesoc.ttl", "ontology/vesoc-axioms.ttl", "api/vesoc/__init__.py"):
        text = (root / name).read_text(encoding="utf-8").replace(before, version)
        text = re.sub(r'(dcterms:modified ")[^"]*', rf"\g<1>{day}", text)
        text = re.sub(rf'"{re.escape(version)} \([-0-9]*\)', f'"{version} ({day})', text)
        (root / name).write_text(text, encoding="utf-8")
    (root / "data/ttl/metadata.ttl").write_text(METADATA.format(day=day, version=version), encoding="utf-8")
    entry = (
        f"# Changelog\n\n## {version} ({day})\n\n- **Data**: more.\n\n# kept\n\n## 0.1.0 (2030-01-01)\n\nThe first.\n"
    )
    (root / "docs/changelog.md").write_text(entry, encoding="utf-8")


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes a tag, as git asks it."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")


@pytest.fixture
def next_one(repository: Path, tmp_path: Path, identity: None) -> Path:
    """A copy of the repository in which version 1.1.0 is ready: one thing more, said everywhere, committed."""
    folder = tmp_path / "vesoc"
    shutil.copytree(repository, folder)
    shutil.copytree(repository.parent / "releases", tmp_path / "releases")
    say(folder, "1.0.0", "1.1.0", "2031-06-02")
    with (folder / "data/ttl/proef/akkoord.ttl").open("a", encoding="utf-8") as file:
        file.write(f"<{PREFIXES['pers']}eva-vierde> a <{PREFIXES['foaf']}Person> ; <{PREFIXES['foaf']}name> 'Eva' .\n")
    commit(folder)
    return folder


def test_release_folder_revision_and_files_are_the_same_edition(repository: Path) -> None:
    finder = Finder(repository, repository.parent / "releases", BASE)
    by_release, by_tag, by_folder = (finder.find(name) for name in ("1.0.0", "v1.0.0", str(repository)))
    for one in (by_tag, by_folder):
        found = compare(by_release, one)
        assert (found.differences, found.axioms, one.version) == ((), True, "1.0.0")


def test_release_without_its_tag_has_no_axioms(repository: Path, tmp_path: Path) -> None:
    assert Finder(tmp_path, repository.parent / "releases", BASE).find("1.0.0").axioms is None


def test_name_that_stands_for_nothing_is_refused(repository: Path) -> None:
    for name, why in (
        ("9.9.9", r"9\.9\.9: no release, .* no revision of .*, and no file"),
        (str(repository / "docs"), "no"),
    ):
        with pytest.raises(VesocError, match=why):
            Finder(repository, None, BASE).find(name)


def test_last_release_is_the_latest_by_number_and_its_folder_before_its_tag(repository: Path, tmp_path: Path) -> None:
    releases = repository.parent / "releases"
    assert (last(repository, releases), last(repository, None), last(tmp_path, None)) == ("1.0.0", "v1.0.0", None)
    folder = tmp_path / "tagged"
    shutil.copytree(repository, folder)
    for tag in ("v1.9.0", "v1.10.0", "vintage"):
        git(folder, "tag", tag)
    assert last(folder, releases) == "v1.10.0"


# --- the command ------------------------------------------------------------------------------------------------------


def weigh(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["weigh", *map(str, arguments)])


def test_weigh_tells_the_least_version(next_one: Path) -> None:
    done = weigh("--root", next_one, "--releases", next_one.parent / "releases")
    assert done.exit_code == 0
    assert "minor  thing added (1): a concept" in done.output
    assert "    pers:eva-vierde\n" in done.output
    assert done.output.endswith("1.0.0 -> the files: 1 minor\nleast version: 1.1.0\n")


@pytest.mark.parametrize(("version", "code"), [("1.0.1", 1), ("1.1.0", 0), ("2.0.0", 0)])
def test_weigh_fails_on_too_low_a_version(next_one: Path, version: str, code: int) -> None:
    done = weigh("v1.0.0", "HEAD", "--root", next_one, "--for", version, "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["least"], told["version"], told["axioms"]) == (code, "1.1.0", version, True)
    assert [(one["weight"], one["about"]) for one in told["differences"]] == [
        ("minor", f"{PREFIXES['pers']}eva-vierde")
    ]


def test_weigh_of_what_did_not_change_is_fine(repository: Path) -> None:
    done = weigh("--root", repository)
    assert (done.exit_code, done.output) == (0, "v1.0.0 -> the files: nothing differs\nleast version: 1.0.1\n")


def test_weigh_needs_a_release(root: Path) -> None:
    done = weigh("--root", root)
    assert isinstance(done.exception, VesocError)
    assert "there is no release yet" in str(done.exception)


# --- what is asked before a release is made ---------------------------------------------------------------------------


def order(root: Path, version: str = "1.1.0") -> Order:
    return Order(root, version, root / "build/release", root.parent / "releases", TODAY)


def test_checks_tell_what_they_found(next_one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quick = [step for step in CHECKS if step.run is not checks.validation]
    assert carry_out(order(next_one), quick) == 0
    told, complaints = capsys.readouterr()
    assert complaints == ""
    assert re.fullmatch(
        r"1/6 repository: commit [0-9a-f]+ is clean, v1\.1\.0 is free\n"
        r"2/6 version: 1\.1\.0 is later than 1\.0\.0\n"
        r"3/6 changelog: docs/changelog\.md has 1\.1\.0 of 2031-06-02\n"
        r"4/6 one version everywhere: 8 places say 1\.1\.0 or 2031-06-02, and the notes of the ontology both\n"
        r"5/6 moment of the data: \S+/releases takes data of 2031-06-02\n"
        r"6/6 weight of the changes: minor  thing added \(1\).*these changes ask for 1\.1\.0 at least\n",
        told,
        re.DOTALL,
    )
    assert not (next_one / "build").exists()


def rewrite(root: Path, name: str, before: str, after: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert before in text
    (root / name).write_text(text.replace(before, after), encoding="utf-8")
    commit(root)


Damage = Callable[[Path], object]
LOG, ONTOLOGY, AXIOMS = "docs/changelog.md", "ontology/vesoc.ttl", "ontology/vesoc-axioms.ttl"
BROKEN: list[tuple[str, str, Damage, str]] = [
    ("1.1.0", "repository", lambda root: (root / "new").touch(), "1 files differ from commit .*new.*commit or remove"),
    ("1.1.0", "repository", lambda root: git(root, "tag", "v1.1.0"), "tag v1.1.0 is there already: give a later"),
    (
        "1.1.0",
        "repository",
        lambda root: (git(root, "config", "status.showUntrackedFiles", "no"), (root / "new").touch()),
        "1 files differ from commit",
    ),
    (
        "1.1.0",
        "repository",
        lambda root: ((root / ".git/info/exclude").write_text("x.ttl"), (root / "data/ttl/x.ttl").touch()),
        "data/ttl/x.ttl",
    ),
    ("1.0.0", "repository", lambda root: None, "tag v1.0.0 is there already"),
    ("0.9.0", "version", lambda root: None, "0.9.0 is not later than the last release, 1.0.0"),
    ("1.2.0", "changelog", lambda root: None, r"has no entry of 1\.2\.0: write one under ## 1.2.0 \(YYYY-MM-DD\)"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "0.1.0", "1.1.0"), "has several entries of 1.1.0"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "2031-06-02", "soon"), "1.1.0 has no day .*YYYY-MM-DD"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, " (2031-06-02)", ""), r"1.1.0 has no day \(''\)"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "2031-06-02", "2031-06-03"), "which has not come: date it"),
    (
        "1.1.0",
        "changelog",
        lambda root: rewrite(root, LOG, "\n- **Data**: more.\n\n# kept\n", ""),
        "the entry of 1.1.0 is empty: say what users notice",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "api/vesoc/__init__.py", "1.1.0", "1.0.0"),
        "__init__.py says __version__ 1.0.0, not 1.1.0: write the same",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "data/ttl/metadata.ttl", "1.1.0", "1.0.9"),
        "metadata.ttl says dcat:version 1.0.9, not 1.1.0",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "data/ttl/metadata.ttl", "2031-06-02", "2031-06-01"),
        "metadata.ttl says dcterms:modified 2031-06-01, not 2031-06-02",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, 'versionInfo "1.1.0"', 'versionInfo "1.0.0"'),
        "vesoc.ttl says owl:versionInfo 1.0.0, not 1.1.0",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "ns/1.1.0> ;", "ns/1.0.0> ;"),
        "says owl:versionIRI https://w3id.org/vesoc-kg/ns/1.0.0, not",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, 'modified "2031-06-02"', 'modified "2031-06-01"'),
        "vesoc.ttl says dcterms:modified 2031-06-01, not 2031-06-02",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, AXIOMS, "1.1.0", "1.0.0"),
        "vesoc-axioms.ttl says owl:versionInfo 1.0.0, not 1.1.0; .*axioms.ttl says owl:versionIRI",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "1.1.0 (2031-06-02): de", "1.0.0 (2031-06-01): de"),
        r"vesoc.ttl has no skos:changeNote in nl with “1.1.0 \(2031-06-02\)”: write",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "version 1.1.0.", "version 1.0.0."),
        "has no dcterms:bibliographicCitation in en with",
    ),
    (
        "1.1.0",
        "moment of the data",
        lambda root: (say(root, "1.1.0", "1.1.0", DAY), commit(root)),
        "release 1.0.0 is of 2031-06-01 00:00Z, this data of 2031-06-01 00:00Z: write a later dcterms:modified",
    ),
    (
        "1.1.0",
        "weight of the changes",
        lambda root: rewrite(root, ONTOLOGY, "vesoc:Leaflet\n    a owl:Class ;", "vesoc:Leaflet"),
        "major  name removed .*vesoc:Leaflet.*these changes ask for 2.0.0 at least: give that version, or take back",
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=[f"{one[1]}: {one[3]}" for one in BROKEN])
def test_rule_that_does_not_hold_stops_the_release(
    case: tuple[str, str, Damage, str], next_one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version, step, damage, message = case
    if version == "0.9.0":
        git(next_one, "tag", "--delete", "v1.0.0")
    damage(next_one)
    assert carry_out(order(next_one, version), CHECKS) == 1
    told = capsys.readouterr().err
    assert re.search(rf"^\d/7 {step}: ", told)
    assert re.search(message, told, re.DOTALL)


@pytest.mark.parametrize(
    ("version", "damage", "message"),
    [
        ("next", lambda root: None, "'next' is no version; write three numbers, as in 1.2.0"),
        ("1.1.0", lambda root: shutil.rmtree(root / ".git"), "git rev-parse: .*not a git repository"),
        ("1.1.0", lambda root: (root / LOG).unlink(), "differ"),
        ("1.1.0", lambda root: shutil.rmtree(root.parent / "releases"), "releases: no such folder of releases"),
        (
            "1.1.0",
            lambda root: (git(root, "tag", "--delete", "v1.0.0"), shutil.rmtree(root.parent / "releases/1.0.0")),
            "no tag and no folder tells of a release before: .*FIRST=1",
        ),
        (
            "1.1.0",
            lambda root: (root / ".git/shallow").write_text(git(root, "rev-parse", "HEAD")),
            "this clone is shallow.*--unshallow",
        ),
    ],
)
def test_release_that_cannot_run_says_why(
    version: str, damage: Damage, message: str, next_one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(next_one)
    assert carry_out(order(next_one, version), CHECKS) == (1 if message == "differ" else 2)
    assert re.search(message, capsys.readouterr().err, re.DOTALL)


def test_release_is_not_begun_where_git_knows_nobody(next_one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(next_one, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for what in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"GIT_COMMITTER_{what}")
    with pytest.raises(VesocError, match="git var"):
        checks.state(order(next_one))


def test_first_release_is_said_to_be_the_first(next_one: Path) -> None:
    first = replace(order(next_one), first=True)
    with pytest.raises(Broken, match=r"there is 1\.0\.0: leave FIRST out"):
        checks.later(first)
    git(next_one, "tag", "--delete", "v1.0.0")
    shutil.rmtree(next_one.parent / "releases/1.0.0")
    assert checks.later(first) == "1.1.0 is the first release"


def test_data_that_an_earlier_run_released_is_no_hindrance(next_one: Path) -> None:
    export(next_one, next_one.parent / "releases")
    again = order(next_one)
    assert checks.later(again) == "1.1.0 is later than 1.0.0"
    assert checks.moment(again).endswith("has this data as 1.1.0 already")
    assert "ask for 1.1.0 at least" in checks.weight(again)
    rewrite(next_one, "data/ttl/proef/akkoord.ttl", "'Eva'", "'Eve'")
    with pytest.raises(Broken, match=r"release 1\.1\.0 of other data"):
        checks.moment(again)


def test_tag_is_put_on_the_commit_that_was_checked(next_one: Path) -> None:
    found = order(next_one)
    checks.state(found)
    commit(next_one)
    with pytest.raises(Broken, match="HEAD is no longer"):
        artefacts.tag(found)
    assert git(next_one, "tag", "--list", "v1.1.0") == ""


def test_artefacts_of_an_earlier_run_stay_where_they_are_the_same(tmp_path: Path) -> None:
    for name, text in (("made", "a"), ("there", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(text)
    with pytest.raises(Broken, match="remove it, or give another folder by OUT"):
        artefacts._place(tmp_path / "made", tmp_path / "other")
    artefacts._place(tmp_path / "made", tmp_path / "there")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "there"]


def test_folder_of_releases_is_meant_from_where_the_command_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given, _ = release_main._read(["1.1.0", "--root", "elsewhere", "--releases", "x"])
    assert given.releases == tmp_path / "x"


def test_graph_that_breaks_its_rules_stops_the_release(next_one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(next_one, "data/ttl/proef/akkoord.ttl", "'Eva' .", "'Eva")
    shutil.copytree(
        ROOT / "api", next_one / "api", dirs_exist_ok=True, ignore=shutil.ignore_patterns("vendor", "__py*")
    )
    [validation] = [step for step in CHECKS if step.run is checks.validation]
    assert carry_out(order(next_one), [validation]) == 1
    assert "mend what vesoc validate tells" in capsys.readouterr().err


# --- what is made -----------------------------------------------------------------------------------------------------


def test_changelog_is_read_by_its_headings() -> None:
    found = changelog.entries((ROOT / LOG).read_text(encoding="utf-8"))
    assert found[0].version == __version__
    assert found[0].text.startswith("The first version.") or len(found) > 1
    assert [one.version for one in changelog.entries("## 2.0.0\n\nx\n\n### y\n\n## 1.0.0 (d)\nz")] == ["2.0.0", "1.0.0"]


def test_context_is_what_docker_is_sent() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    paths = [
        "LICENSE", "README.md", "api/vesoc/web.py", "api/vesoc/__pycache__/web.pyc", "api/vesoc/static/vendor/x.js",
        "tests/conftest.py", "docs/use.md", ".ci/run", ".ci/requirements.lock", "data/ttl/a/b.ttl", "database",
    ]  # fmt: skip
    expected = ["LICENSE", "README.md", "api/vesoc/web.py", ".ci/requirements.lock", "data/ttl/a/b.ttl"]
    assert context.sent(paths, ignore) == expected


@pytest.mark.parametrize(
    ("pattern", "ignored"),
    [
        ("*", {"a", "b.txt", "b/c.txt", "b/d/e.txt"}),
        ("*.txt", {"b.txt"}),
        ("**/*.txt", {"b.txt", "b/c.txt", "b/d/e.txt"}),
        ("b", {"b/c.txt", "b/d/e.txt"}),
        ("b/*\n!b/d", {"b/c.txt"}),
        ("b/**\n!b/c.txt", {"b/d/e.txt"}),
        ("?", {"a", "b/c.txt", "b/d/e.txt"}),
        ("# a\n\n/a", {"a"}),
    ],
)
def test_last_pattern_that_fits_decides(pattern: str, ignored: set[str]) -> None:
    paths = ["a", "b.txt", "b/c.txt", "b/d/e.txt"]
    assert {path for path in paths if path not in context.sent(paths, pattern)} == ignored


@pytest.fixture(scope="module")
def whole(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository from which a wheel can be built, with version 1.1.0 ready."""
    folder = tmp_path_factory.mktemp("whole") / "vesoc"
    shutil.copytree(repository, folder)
    shutil.copytree(repository.parent / "releases", folder.parent / "releases")
    skipped = shutil.ignore_patterns("vendor", "__pycache__", "*.po")
    shutil.copytree(ROOT / "api", folder / "api", dirs_exist_ok=True, ignore=skipped)
    (folder / ".ci").mkdir()
    for name in (".ci/requirements.lock", ".ci/requirements-dev.lock", ".dockerignore", "Dockerfile", "LICENSE",
                 "README.md", "hatch_build.py", "pyproject.toml", "web-assets.json"):  # fmt: skip
        shutil.copy(ROOT / name, folder / name)
    today = datetime.now(UTC).date()
    say(folder, __version__, "1.1.0", str(today))
    say(folder, "1.0.0", "1.1.0", str(today))
    metadata = folder.parent / "releases/1.0.0/manifest.json"
    metadata.write_text(re.sub(r'"2031-', '"2020-', metadata.read_text(encoding="utf-8")), encoding="utf-8")
    commit(folder)
    return folder


@pytest.mark.usefixtures("identity")
def test_release_is_made(whole: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_SKIP_ASSETS", "1")
    monkeypatch.delenv("VESOC_SOURCES", raising=False)  # which has not the texts of an invented graph
    releases = whole.parent / "releases"
    arguments = ["1.1.0", "--root", str(whole), "--releases", str(releases)]
    before = {path for path in whole.parent.rglob("*") if ".git/" not in str(path)}
    assert main([*arguments, "--dry-run"]) == 0, capsys.readouterr().err
    made = {path for path in whole.parent.rglob("*") if ".git/" not in str(path)} - before
    assert [path for path in made if "__pycache__" not in str(path)] == []
    assert "nothing was made: without DRY_RUN=1" in capsys.readouterr().out
    monkeypatch.setattr("release.__main__.CHECKS", CHECKS[:1])  # the dry run has made the others
    assert main(arguments) == 0, capsys.readouterr().err
    folder = whole / "build/release/1.1.0"
    names = ["SHA256SUMS", "vesoc-1.1.0-context.tar.gz", "vesoc-1.1.0-py3-none-any.whl"]
    assert sorted(path.name for path in folder.iterdir()) == names
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: sha256((folder / name).read_bytes()).hexdigest() for name in names[1:]}
    assert (releases / "1.1.0/manifest.json").is_file()
    assert git(whole, "cat-file", "-t", "v1.1.0") == "tag\n"
    day = datetime.now(UTC).date()
    message = git(whole, "for-each-ref", "--format=%(contents)", "refs/tags/v1.1.0")
    assert message.strip() == f"vesoc 1.1.0 ({day})\n\n- **Data**: more.\n\n# kept"
    assert (
        f"nothing was pushed: git push origin v1.1.0, then publish {folder} and {releases}" in capsys.readouterr().out
    )
    assert git(whole, "status", "--porcelain") == ""
    git(whole, "tag", "--delete", "v1.1.0")
    assert main(arguments) == 0, capsys.readouterr().err  # as after a run that was cut off before the tag
    assert "release 1.1.0 is there already" in capsys.readouterr().out
    (whole / "README.md").write_text("not of the commit", encoding="utf-8")
    again = [artefacts.context.archive(whole, "HEAD", 1_000_000_000) for _ in range(2)]
    assert again[0] == again[1] != (folder / names[1]).read_bytes()
    assert again[0][4:8] == bytes(4), "gzip tells no time"
    with tarfile.open(fileobj=BytesIO(again[0])) as archive:
        told = archive.extractfile("README.md")
        assert told
        assert told.read() == (ROOT / "README.md").read_bytes()
    _require_buildable(folder / names[1], folder / names[2])


def _require_buildable(packed: Path, wheel: Path) -> None:
    """The context holds all that the Dockerfile copies, and its wheel is the one beside it."""
    moment = int(git(packed.parents[2], "log", "-1", "--format=%ct"))
    unpacked = packed.parent / "unpacked"
    with tarfile.open(packed) as archive:
        assert {one.mtime for one in archive} == {moment}
        assert [one.name for one in archive] == sorted(one.name for one in archive)
        assert {one.uid for one in archive} == {0}
        filters: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # not in the first of Python 3.11
        archive.extractall(unpacked, **filters)
    assert (unpacked / ".ci/requirements.lock").is_file()
    assert not (unpacked / "docs").exists()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(unpacked / "dist")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(command, cwd=unpacked, env=environment, capture_output=True, check=True)
    [built] = (unpacked / "dist").iterdir()
    with zipfile.ZipFile(built) as one, zipfile.ZipFile(BytesIO(wheel.read_bytes())) as other_one:
        assert sorted(one.namelist()) == sorted(other_one.namelist())
        assert "vesoc/graph/data/ttl/metadata.ttl" in one.namelist()
    assert built.read_bytes() == wheel.read_bytes()


def test_make_passes_on_what_is_asked() -> None:
    command = ["make", "--dry-run", "--assume-old=check", "release", "VERSION=1.2.3", "DRY_RUN=1", "FIRST=1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "-m release 1.2.3 --dry-run --first" in done.stdout, done.stderr
    refused = subprocess.run(["make", "--dry-run", "release"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, "VERSION" in refused.stderr) == (2, True)
