"""What other people's pipelines get: the GitHub Action, the hooks of pre-commit, the container command."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from harvest import environment
from pre_commit.clientlib import load_manifest
from runner import ROOT, Result, action, carry_out
from test_reports import parsed, sarif_schema

from vesoc import graphs

VESOC = f"{sys.executable} -m vesoc.cli"
BIN = Path(sys.executable).parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Name a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:name ; sh:minCount 1 ;
  sh:message "A person has a name."@en , "Een persoon heeft een naam."@nl .
ex:Age a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:age ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "A person has an age."@en , "Een persoon heeft een leeftijd."@nl .
"""
GOOD = "@prefix ex: <http://example.org/> .\nex:ada a ex:Person ; ex:name 'Ada' ; ex:age 36 .\n"
OLD = "@prefix ex: <http://example.org/> .\nex:bob a ex:Person ; ex:name 'Bob' .\n"
BAD = "@prefix ex: <http://example.org/> .\n\nex:eve\n  a ex:Person .\n"


def laid_out(folder: Path, **files: str) -> Path:
    """A folder with files and our shapes, as somebody else has it."""
    folder.mkdir()
    for name, text in {"shapes": SHAPES, **files}.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, paths: str, **given: str) -> Result:
    """The Action on a folder, with a vesoc that is installed already."""
    temporary = folder.parent / "runner's temp"
    temporary.mkdir(exist_ok=True)
    inputs = {"shapes": "shapes.ttl", "vesoc": VESOC, "steps": "syntax shacl"}
    named = {name.replace("_", "-"): value for name, value in given.items()}
    return carry_out(folder, temporary, {**inputs, "paths": paths, **named})


def annotations(log: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner shows; it reads no commands after `stop-commands` until it meets the token again."""
    shown, token = [], None
    for line in log.splitlines():
        found = None if token else parsed(line)
        if line == f"::{token}::":
            token = None
        elif found and found[0] == "stop-commands":
            token = found[2]
        elif found and found[0] in ("error", "warning", "notice"):
            shown.append(found)
    assert token is None
    return shown


def test_action_as_it_installs_itself(tmp_path: Path) -> None:
    folder = environment("action") / "action"
    workspace = laid_out(tmp_path / "workspace", bad=BAD)
    given = {"paths": "bad.ttl", "shapes": "shapes.ttl", "steps": "syntax, shacl"}
    found = carry_out(workspace, folder, given, installed=True)
    assert found.code == 1, found.log
    assert found.outputs == {
        "conforms": "false",
        "violations": "1",
        "warnings": "1",
        "remarks": "0",
        "sarif": "vesoc.sarif",
    }
    [(command, properties, message), (other, _, _)] = annotations(found.log)
    assert (command, other) == ("error", "warning")
    assert (properties["file"], properties["line"]) == ("bad.ttl", "3")
    assert message.startswith("A person has a name.")
    sarif = json.loads((workspace / "vesoc.sarif").read_text(encoding="utf-8"))
    sarif_schema().validate(sarif)
    assert len(sarif["runs"][0]["results"]) == 2
    assert found.summary.startswith("### vesoc: does not conform: 1 violation, 1 warning, 0 remarks\n")
    assert "bad.ttl:3:1 violation" in found.summary


def test_action_passes_what_conforms(tmp_path: Path) -> None:
    found = run(laid_out(tmp_path / "w", good=GOOD), "good.ttl")
    assert (found.code, found.outputs["conforms"], annotations(found.log)) == (0, "true", []), found.log
    assert (tmp_path / "w" / "vesoc.sarif").is_file()


def test_inputs_say_what_is_checked_and_how(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "w", old=OLD, good=GOOD)
    given = {"fail_on": "Warning", "lang": "nl", "sarif": "out/een rapport.sarif"}
    found = run(folder, "\n  good.ttl\n\n  old.ttl  \n", **given)
    assert found.code == 1
    assert found.outputs["sarif"] == "out/een rapport.sarif"
    assert (folder / "out" / "een rapport.sarif").is_file()
    [(command, properties, message)] = annotations(found.log)
    assert (command, properties["file"]) == ("warning", "old.ttl")
    assert message.startswith("Een persoon heeft een leeftijd.")
    assert "niet in orde: 0 overtredingen, 1 waarschuwing" in found.summary


def test_policy_and_skipped_steps_are_passed_on(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "w", bad=BAD)
    (folder / "own.toml").write_text("fail-on = 'Violation'\nseverity = { Name = 'Warning' }\n", encoding="utf-8")
    found = run(folder, "bad.ttl", policy="own.toml", steps="", skip="owl skos,vocabulary form")
    assert (found.code, found.outputs["warnings"]) == (0, "2"), found.log
    assert "skos" not in found.summary


def test_action_says_when_it_cannot_run(tmp_path: Path) -> None:
    found = run(laid_out(tmp_path / "w"), "nothing.ttl")
    assert found.code == 2
    assert [command for command, _, _ in annotations(found.log)] == ["error"]
    assert "nothing.ttl" in found.log
    assert found.outputs["violations"] == ""


def test_action_does_not_pass_what_names_no_paths(tmp_path: Path) -> None:
    found = run(laid_out(tmp_path / "w", good=GOOD), "\n  \n")
    assert found.code == 2
    [(command, _, message)] = annotations(found.log)
    assert (command, message.split(":")[0]) == ("error", "The input paths names nothing")
    assert found.outputs["conforms"] == ""


def test_names_of_files_are_neither_code_nor_commands(tmp_path: Path) -> None:
    name = "::error::a b'$(touch pwned)\"; touch pwned #::error::x,y=1%25"
    folder = laid_out(tmp_path / "w", **{name: BAD})
    found = run(folder, f"./{name}.ttl", sarif="$(touch pwned).sarif")
    assert found.code == 1, found.log
    assert not (folder / "pwned").exists()
    assert {properties["file"] for _, properties, _ in annotations(found.log)} == {f"{name}.ttl"}


def test_metadata_of_the_action_are_valid() -> None:
    path = resources.files("check_jsonschema").joinpath("builtin_schemas", "vendor", "github-actions.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(action(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**action(), "runs": {"using": "composite"}}, schema)


def test_every_input_is_used_and_documented() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action()["runs"])))
    assert used == set(action()["inputs"])
    text = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert [name for name in (*action()["inputs"], *action()["outputs"]) if f"`{name}`" not in text] == []


# --- pre-commit


@cache
def hooks() -> list[dict[str, Any]]:
    return list(load_manifest(str(MANIFEST)))


def test_hooks_are_as_pre_commit_wants_them() -> None:
    assert [(hook["id"], hook["language"]) for hook in hooks()] == [
        ("vesoc-validate", "python"),
        ("vesoc-format", "python"),
    ]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True).stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


def hooked(tmp_path: Path, hook: str, *args: str, **files: str) -> Path:
    """A checkout of somebody who uses one of our hooks; what they run is installed already."""
    ours = tmp_path / "ours"
    ours.mkdir()
    here = [{**hook, "language": "system"} for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))]
    (ours / MANIFEST.name).write_text(yaml.safe_dump(here), encoding="utf-8")
    theirs = laid_out(tmp_path / "theirs", **files)
    used = {"id": hook, **({"args": list(args)} if args else {})}
    repo = {"repo": str(ours), "rev": committed(ours), "hooks": [used]}
    (theirs / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repo]}), encoding="utf-8")
    committed(theirs)
    return theirs


def pre_commit(folder: Path, *arguments: str) -> tuple[int, str]:
    settings = {
        "PRE_COMMIT_HOME": str(folder.parent / "home"),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    command = [sys.executable, "-m", "pre_commit", "run", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **settings}, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_hook_validates(tmp_path: Path) -> None:
    args = (".", "--shapes", "shapes.ttl", "--only", "shacl")
    folder = hooked(tmp_path, "vesoc-validate", *args, data=BAD, other=GOOD)
    code, log = pre_commit(folder, "--all-files")
    assert code == 1, log
    assert "data.ttl:3:1 violation Name: A person has a name." in log
    assert "other.ttl:" not in log
    (folder / "data.ttl").write_text(GOOD.replace("ada", "bob"), encoding="utf-8")
    git(folder, "add", "--all")
    assert pre_commit(folder)[0] == 0
    (folder / "notes.md").write_text("no RDF", encoding="utf-8")
    assert "Skipped" in pre_commit(folder, "--files", "notes.md")[1]


def test_hook_formats(tmp_path: Path) -> None:
    folder = hooked(tmp_path, "vesoc-format", data=GOOD)
    code, log = pre_commit(folder, "--files", "data.ttl")
    assert code == 1, log
    assert "files were modified by this hook" in log
    assert (folder / "data.ttl").read_text(encoding="utf-8") != GOOD
    assert (folder / "shapes.ttl").read_text(encoding="utf-8") == SHAPES
    assert pre_commit(folder, "--files", "data.ttl")[0] == 0


def test_hook_runs_for_every_kind_of_file_that_a_folder_is_read_for() -> None:
    [hook] = [hook for hook in hooks() if hook["id"] == "vesoc-validate"]
    assert all(re.search(hook["files"], f"a/x{suffix}") for suffix in (*graphs.SUFFIXES, ".TTL"))
    named = re.search(r"\(([\w|]+)\)\$", hook["files"])
    assert named
    assert [f".{suffix}" for suffix in named[1].split("|")] == [*graphs.SUFFIXES]
    assert f"`{' '.join(graphs.SUFFIXES)}`" in (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")


# --- the container


def test_container_runs_the_command_that_is_documented(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^docker run (.*)$", text, re.MULTILINE)
    options, command = line.split(" vesoc vesoc ", 1)
    assert shlex.split(options) == ["--rm", "--volume", "$PWD:/data:ro", "--workdir", "/data"]
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "ENTRYPOINT" not in recipe, "the command would be an argument of another"
    assert 'CMD ["vesoc", "serve"]' in recipe
    folder = laid_out(tmp_path / "data", mine=BAD)
    homeless = {**os.environ, "HOME": "/nonexistent"}
    done = subprocess.run(
        [BIN / "vesoc", *shlex.split(command)], cwd=folder, env=homeless, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert b"mine.ttl:3:1 violation" in done.stdout
