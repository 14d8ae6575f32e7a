"""The documentation knows every setting, command and route; and no file gives away where it was made."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx2
import pytest
from pyoxigraph import NamedNode
from typer.main import get_command

from vesoc import __version__
from vesoc.cli import app
from vesoc.dataset import Dataset
from vesoc.names import PREFIXES
from vesoc.settings import Settings
from vesoc.web import ROUTES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").iterdir())
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
OPERATE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
SETTINGS = Settings().table()
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
# Taken apart, so that this file does not name them.
REGISTRIES = ("pypi." + "org", "python" + "hosted", "npm" + "js.", "npm" + "mirror", "crates" + ".io", "docker" + ".io")
MACHINE_PATH = re.compile(r"(?<![\w./:~-])/(?:home|root|work|Users|mnt)/\w")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def repository() -> dict[Path, str]:
    """The text of each file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    found = {}
    for path in (ROOT / relative for relative in listed if relative):
        data = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in data:
            found[path] = data.decode()
    assert len(found) > 100
    return found


@pytest.mark.parametrize("setting", [variable for variable, _, _ in SETTINGS])
def test_setting_is_documented(setting: str) -> None:
    assert f"\n| `{setting}` |" in OPERATE


@pytest.mark.parametrize(("setting", "default"), [(variable, value) for variable, value, _ in SETTINGS if value])
def test_documented_default_is_the_setting_s(setting: str, default: str) -> None:
    [row] = [line for line in OPERATE.splitlines() if line.startswith(f"| `{setting}` |")]
    assert row.split("|")[2].strip().strip("`") == default.removesuffix(".0")


def test_no_setting_is_documented_that_is_not_there() -> None:
    named = set(re.findall(r"VESOC_[A-Z_]+", TEXT)) - {variable for variable, _, _ in SETTINGS}
    others = "".join(
        path.read_text(encoding="utf-8") for path in [ROOT / "hatch_build.py", *(ROOT / "tests").glob("*.py")]
    )
    assert {name for name in named if f'"{name}"' not in others} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command: str) -> None:
    assert re.search(rf"vesoc {command}\b", TEXT)


def test_no_command_is_documented_that_is_not_there() -> None:
    named = set(re.findall(r"(?:`|bin/)vesoc ([a-z]+)", TEXT))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("route", sorted({path for path, _, _ in ROUTES}))
def test_route_is_documented(route: str) -> None:
    assert f"`{route.replace(':path', '')}`" in TEXT


def test_changelog_starts_with_this_version() -> None:
    changelog = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", changelog, re.MULTILINE)
    assert versions[0][0] == __version__
    assert versions == sorted(versions, key=lambda version: version[1], reverse=True)


def test_decisions_are_numbered_once() -> None:
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in DECISIONS)
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_decision_has_its_number_status_and_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.search(r"^Status: (accepted|superseded by \d{4}), \d{4}-\d\d-\d\d\.$", text, re.MULTILINE)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def links() -> Iterator[tuple[Path, str]]:
    for path in DOCS:
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("#"):
                yield path, target.partition("#")[0]


@pytest.mark.parametrize(("page", "target"), sorted(set(links())), ids=str)
def test_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def queries() -> Iterator[str]:
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"^```sparql\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        yield from re.findall(r'^QUERY = """\n(.*?)^"""$', text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("query", list(queries()))
def test_query_answers(query: str, server: httpx2.Client) -> None:
    own = {
        prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in query and f"PREFIX {prefix}:" not in query
    }
    assert own == {}, "each query names its own prefixes"
    reply = server.get("/sparql", params={"query": query})
    assert reply.status_code == httpx2.codes.OK, reply.text
    assert reply.json()["results"]["bindings"]


def test_example_of_a_passage_is_the_graph_s(graph: Dataset) -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    selector = NamedNode(re.findall(r"^<(\S+#bereik>)$", text, re.MULTILINE)[0].rstrip(">"))
    told = {
        quad.predicate.value: quad.object.value for quad in graph.store.quads_for_pattern(selector, None, None, None)
    }
    assert re.findall(r"oa:start (\d+)", text) == [told[f"{PREFIXES['oa']}start"]]
    assert re.findall(r"oa:end (\d+)", text) == [told[f"{PREFIXES['oa']}end"]]


def test_example_of_a_passage_can_be_computed(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    exec(code.replace('Path("texts/', f'Path("{sources}/'), {})
    start, end, digest = capsys.readouterr().out.split()
    assert [start, end] == re.findall(r"oa:(?:start|end) (\d+)", text)[::-1]
    assert re.fullmatch(r"[0-9a-f]{64}", digest)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_address(lock: str) -> None:
    text = (ROOT / ".ci" / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_package_registry(registry: str) -> None:
    assert [name(path) for path, text in repository().items() if registry in text] == []


def test_no_file_names_a_path_of_a_machine() -> None:
    assert [name(path) for path, text in repository().items() if MACHINE_PATH.search(text)] == []


def test_machine_paths_are_recognised() -> None:
    for home in ("home", "root", "Users"):
        assert MACHINE_PATH.search(f"see /{home}/someone/x")
    assert not MACHINE_PATH.search("https://example.org/home/x and api/home/x and /workbench")
