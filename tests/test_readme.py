"""The README keeps its word: its commands run, its queries answer, its links lead somewhere."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Made already by whoever runs this: making it anew would change the environment that the tests run in.
MAKE = ["make", "--old-file=.venv/ready"]
NOT_COPIED = shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "build", "dist", ".vesoc")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


COMMANDS = list(dict.fromkeys(line for block in blocks("sh") for line in block.splitlines() if line.strip()))
PREFIXES = next(block for block in blocks("text") if block.startswith("PREFIX "))
QUERIES = blocks("sparql")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that commands may write into it."""
    copy = tmp_path_factory.mktemp("readme") / "vesoc"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def environment(**values: str) -> dict[str, str]:
    """That of a shell of its own, also where make runs the tests."""
    outer = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return {**outer, **values}


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def serve(folder: Path) -> None:
    """Start the server as told, get a page, and stop it as a user does."""
    with (folder / "log").open("w+") as log:
        command = [*MAKE, "serve"]
        process = subprocess.Popen(
            command, cwd=folder, stderr=log, env=environment(VESOC_PORT="0"), start_new_session=True
        )
        try:
            assert answers(process, folder / "log")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def answers(process: subprocess.Popen[bytes], log: Path) -> bool:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        time.sleep(0.1)
        found = re.search(r"will be at (\S+)", log.read_text(encoding="utf-8"))
        try:
            if found and httpx2.get(found[1]).status_code == httpx2.codes.OK:
                return True
        except httpx2.TransportError:
            continue
    raise AssertionError(log.read_text(encoding="utf-8"))


def test_readme_has_blocks() -> None:
    assert COMMANDS[:2] == ["make serve", "make test"]
    assert ".venv/bin/vesoc validate" in COMMANDS
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs(line: str, checkout: Path) -> None:
    if line == "make serve":
        serve(checkout)
    elif line == "make test":
        command = [*MAKE, "--dry-run", "test"]
        recipe = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
        assert "-m pytest" in recipe.stdout.splitlines()[-1], "it is this very run"
    elif line == ".venv/bin/vesoc validate":
        done = run([line.partition(" ")[0], "validate"], checkout)
        assert done.stdout.splitlines()[-1].startswith("conforms: 0 violations, ")
        assert done.stderr == "", "progress is for a terminal"
    else:
        command = shlex.split(line)
        run([*MAKE, *command[1:]] if command[0] == "make" else command, checkout)


@pytest.mark.parametrize("query", QUERIES)
def test_query_answers(query: str, server: httpx2.Client) -> None:
    reply = server.get("/sparql", params={"query": PREFIXES + query})
    assert reply.status_code == httpx2.codes.OK, reply.text
    assert reply.json()["results"]["bindings"]


def test_queries_use_every_prefix() -> None:
    names = re.findall(r"PREFIX (\w+):", PREFIXES)
    assert [name for name in names if not any(f"{name}:" in query for query in QUERIES)] == []


def relative_links() -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", README):
        if "://" not in target and not target.startswith("#"):
            yield target.partition("#")[0]


@pytest.mark.parametrize("target", sorted(set(relative_links())))
def test_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_files_named_in_the_text_exist() -> None:
    named = re.findall(r"`((?:data|ontology|shapes|queries|api|docs)/[\w./-]+)`", README)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
