"""The command as users run it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import socket
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from command import clean, vesoc
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse
from typer.main import get_command

from vesoc import __version__, settings
from vesoc.cli import app
from vesoc.names import BASE, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
VESOC = Path(sys.executable).with_name("vesoc")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
NEEDY = {"query", "describe", "diff", "export", "new", "quality", "redact", "rename"}  # which want an argument first
DATA = "<http://example.org/a> <http://example.org/p> 'x' , 'é', '[b]1[/b], 2' .\n"
VALUES = ["[b]1[/b], 2", "x", "é"]
QUERY = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
LONG = f"http://example.org/{'very-' * 100}long"
REMARKABLE = ROOT / "tests" / "shapes" / "bad" / "R22-ten-for-ten-million.ru"  # which conforms, with a warning
TEXTS = "INSERT { ?text ?p ?o } WHERE { VALUES ?text { bron:ahad bron:iab bron:inim } bron:proef ?p ?o }"
# A measure without anything that the shapes want of one.
BAD = f"PREFIX vesoc: <{PREFIXES['vesoc']}>\n<{BASE}id/maatregel/x> a vesoc:Measure .\n"


def spawned(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: what `vesoc` gives sooner."""
    return subprocess.run(
        [VESOC, *arguments], capture_output=True, text=True, timeout=120, check=False, env=clean(environment)
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on the standard error of a command that cannot run."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("vesoc: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.removeprefix("vesoc: ").rstrip("\n")


def root_with(folder: Path, text: str) -> Path:
    """A folder with our ontology and shapes, and with this Turtle as the data."""
    for name in ("ontology", "shapes"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "data" / "ttl").mkdir(parents=True)
    (folder / "data" / "ttl" / "data.ttl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Other people's data: three triples."""
    path = tmp_path / "x.ttl"
    path.write_text(DATA, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def bad_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that breaks the shapes."""
    return root_with(tmp_path_factory.mktemp("bad"), BAD)


# --- help and version ----------------------------------------------------------------------------------------------


def test_version_is_the_package_s() -> None:
    done = spawned("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"vesoc {__version__}\n", "")


def test_command_without_arguments_shows_the_commands() -> None:
    done = vesoc()
    assert all(f"\n  {name} " in done.stdout + done.stderr for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(name: str) -> None:
    done = vesoc(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example: " in done.stdout
    assert f"vesoc {name}" in done.stdout.split("Example: ")[1]


def test_command_is_installed_by_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"vesoc": "vesoc.cli:main"}
    assert VESOC.is_file()


# --- cannot run: exit code 2 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("nonsense",), ("where", "--nonsense"), ("export",), ("query",), ("describe",)])
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = vesoc(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NEEDY))
def test_missing_root_is_named(name: str, tmp_path: Path) -> None:
    assert str(tmp_path / "ontology") in complaint(vesoc(name, "--root", tmp_path))


def test_root_of_the_environment_is_used(tmp_path: Path) -> None:
    assert "VESOC_ROOT" in complaint(spawned("where", VESOC_ROOT=str(tmp_path)))


def test_bad_setting_is_named() -> None:
    assert "VESOC_PORT='x'" in complaint(vesoc("where", VESOC_PORT="x"))


@pytest.mark.parametrize("name", ["query", "serve"])
def test_missing_file_is_named(name: str, tmp_path: Path) -> None:
    arguments = ["ASK {}"] if name == "query" else []
    assert complaint(vesoc(name, *arguments, "--data", tmp_path / "no.ttl")) == f"{tmp_path / 'no.ttl'}: no such file"


def test_bad_file_is_named_with_line_and_column(data: Path) -> None:
    data.write_text(f"{DATA}oops", encoding="utf-8")
    assert complaint(vesoc("query", QUERY, "--data", data)).startswith(f"{data}:2:")


def test_server_names_a_bad_file(data: Path) -> None:
    data.write_text(f"{DATA}oops", encoding="utf-8")
    done = spawned("serve", "--port", "0", "--data", data)
    assert done.returncode == 2
    assert f"{data}:2:" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_data_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.touch()
    assert "unknown format" in complaint(vesoc("query", QUERY, "--data", path))


def test_bad_query_is_told_line_and_column(data: Path) -> None:
    told = complaint(vesoc("query", "SELECT *\n{ ?s ?p", "--data", data))
    assert told.startswith("the query is not valid SPARQL at line 2, column 8: ")


def test_update_is_no_query(data: Path) -> None:
    assert "not valid SPARQL" in complaint(vesoc("query", "DELETE WHERE { ?s ?p ?o }", "--data", data))


def test_other_endpoints_are_not_asked(data: Path) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert "SERVICE" in complaint(vesoc("query", query, "--data", data))


def test_unknown_format_tells_the_known_ones(data: Path) -> None:
    told = complaint(vesoc("query", QUERY, "--data", data, "--format", "pdf"))
    assert told == "unknown format 'pdf'; there are table, json, xml, csv, tsv, ttl, nt, rdf, jsonld, nq, trig"


@pytest.mark.parametrize(("query", "form"), [(QUERY, "ttl"), ("DESCRIBE <urn:x:a>", "csv"), ("ASK {}", "csv")])
def test_format_that_does_not_fit_is_told(data: Path, query: str, form: str) -> None:
    assert "on offer" in complaint(vesoc("query", query, "--data", data, "--format", form))


def test_missing_query_file_is_named(data: Path) -> None:
    assert complaint(vesoc("query", "no.rq", "--data", data)) == "no.rq: no such file"


def test_query_file_that_is_no_text_is_named(data: Path) -> None:
    path = data.with_suffix(".rq")
    path.write_bytes(b"SELECT * { ?s ?p '\xff' }")
    assert str(path) in complaint(vesoc("query", path, "--data", data))


@pytest.mark.parametrize("name", ["coverage", "evidence"])
def test_texts_are_asked_for(name: str, bad_root: Path) -> None:
    assert "VESOC_SOURCES" in complaint(vesoc(name, "--root", bad_root))


@pytest.mark.parametrize("name", ["coverage", "evidence"])
def test_missing_folder_of_texts_is_named(name: str, tmp_path: Path, bad_root: Path) -> None:
    told = complaint(vesoc(name, "--sources", tmp_path / "no", "--root", bad_root))
    assert told.startswith(f"{tmp_path / 'no'}: no such folder")


@pytest.mark.parametrize("name", ["coverage", "evidence"])
def test_folder_without_the_texts_names_them(name: str, tmp_path: Path) -> None:
    assert f"{BASE}id/bron/ahad" in complaint(vesoc(name, "--sources", tmp_path))


def test_busy_port_is_named(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        told = complaint(spawned("serve", "--data", data, "--port", str(port)))
    assert told.startswith(f"127.0.0.1:{port} cannot be listened on (Address already in use)")


def test_port_that_is_taken_during_the_start_is_told(data: Path) -> None:
    with socket.socket() as later:
        later.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        later.bind(("127.0.0.1", 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "vesoc.cli", "serve", "--data", data, "--port", str(later.getsockname()[1])],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        assert "the server will be at" in process.stderr.readline()  # it has its socket, and loads
        later.listen()
        told = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert told == "vesoc: another server listens at this address since this one was started\n"


def test_port_that_cannot_be_is_named(data: Path) -> None:
    assert "70000" in complaint(spawned("serve", "--data", data, "--port", "70000"))


def test_releases_cannot_go_into_a_file(data: Path) -> None:
    assert complaint(vesoc("export", "--releases", data)).startswith(f"{data}: cannot be written")


# --- validate ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "strict"), [("", 0), (REMARKABLE.read_text(), 1)], ids=["flawless", "remarkable"])
def test_remarks_fail_where_that_is_asked(tmp_path: Path, change: str, strict: int) -> None:
    store = Store()
    store.load(path=ROOT / "tests" / "shapes" / "base.ttl")
    for update in (TEXTS, change):  # the ontology names the texts
        store.update(update, prefixes=PREFIXES)
    root = root_with(tmp_path, store.dump(format=RdfFormat.TURTLE, from_graph=DefaultGraph()).decode())
    assert vesoc("validate", "--only", "shacl", "--root", root).returncode == 0
    assert vesoc("validate", "--only", "shacl", "--fail-on", "Info", "--root", root).returncode == strict


def test_violation_is_exit_code_1(bad_root: Path) -> None:
    done = vesoc("validate", "--root", bad_root)
    assert done.returncode == 1
    assert "data.ttl:2:1 violation R01: " in done.stdout
    assert "    mtr:x" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("does not conform: ")


def test_findings_as_json(bad_root: Path) -> None:
    done = vesoc("validate", "--format", "json", "--root", bad_root)
    report = json.loads(done.stdout)
    violations = [finding for finding in report["findings"] if finding["severity"] == "Violation"]
    assert (done.returncode, report["conforms"]) == (1, False)
    assert f"{BASE}id/maatregel/x" in {finding["focus"] for finding in violations}
    assert all(set(finding["messages"]) == {"nl", "en"} for finding in violations)


def test_findings_are_told_in_the_language_asked_for(bad_root: Path) -> None:
    told = ("validate", "--only", "shacl", "--root", bad_root)
    texts = {code: vesoc(*told, "--lang", code).stdout for code in ("nl", "en")}
    assert texts["nl"] != texts["en"]


def test_unknown_language_is_named(bad_root: Path) -> None:
    done = vesoc("validate", "--lang", "xx", "--root", bad_root)
    assert done.returncode == 2
    assert "xx" in done.stderr
    assert "Traceback" not in done.stderr


def test_graph_with_a_violation_is_not_served(bad_root: Path) -> None:
    done = vesoc("serve", "--port", "0", "--root", bad_root)
    assert done.returncode == 2
    assert "data/ttl/data.ttl:2:1 violation R01: " in done.stderr
    assert "    mtr:x" in done.stderr.splitlines()
    assert done.stderr.splitlines()[-1].endswith("serve it all the same with --no-validate")


# --- query ---------------------------------------------------------------------------------------------------------


def answered(*arguments: str | Path, stdin: str = "") -> str:
    done = vesoc("query", *arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_answer_as_a_table(data: Path) -> None:
    lines = [line.strip() for line in answered(QUERY, "--data", data).splitlines()]
    assert lines == ["o", *VALUES]


def test_table_shortens_our_iris() -> None:
    query = f"SELECT ?x {{ ?x a <{PREFIXES['vesoc']}Agreement> }} ORDER BY ?x"
    assert "akk:ahad" in answered(query).split()


def test_table_cuts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_text(f'<{LONG}> <{LONG}> "x" .', encoding="utf-8")
    assert "…" not in answered("SELECT * { ?s ?p ?o }", "--data", path)
    assert LONG in "".join(answered("SELECT ?s { ?s ?p ?o }", "--data", path).split())


def test_answer_as_json(data: Path) -> None:
    document = json.loads(answered(QUERY, "--data", data, "--format", "json"))
    assert [row["o"]["value"] for row in document["results"]["bindings"]] == VALUES


def test_answer_as_xml(data: Path) -> None:
    tree = ET.fromstring(answered(QUERY, "--data", data, "--format", "xml"))
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == VALUES


def test_answer_as_csv(data: Path) -> None:
    rows = list(csv.reader(io.StringIO(answered(QUERY, "--data", data, "--format", "csv"), newline="")))
    assert rows == [["o"], *([value] for value in VALUES)]


def test_answer_as_tsv(data: Path) -> None:
    lines = answered(QUERY, "--data", data, "--format", "tsv").removesuffix("\n").split("\n")
    assert lines == ["?o", *(f'"{value}"' for value in VALUES)]


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld", "nq", "trig"])
def test_graph_in_each_format(data: Path, form: str) -> None:
    text = answered("DESCRIBE <http://example.org/a>", "--data", data, "--format", form)
    triples = {quad.triple for quad in parse(text, format=RdfFormat.from_extension(form))}
    assert triples == {quad.triple for quad in parse(DATA, format=RdfFormat.TURTLE)}


def test_graph_is_turtle_by_default(data: Path) -> None:
    text = answered("CONSTRUCT WHERE { ?s ?p ?o }", "--data", data)
    assert len(list(parse(text, format=RdfFormat.TURTLE))) == 3


@pytest.mark.parametrize(("query", "told"), [("ASK { ?s ?p 'x' }", "true\n"), ("ASK { ?s ?p 'y' }", "false\n")])
def test_answer_to_ask_is_a_word(data: Path, query: str, told: str) -> None:
    assert answered(query, "--data", data) == told


@pytest.mark.parametrize("suffix", [".rq", ".sparql"])
def test_query_from_a_file(data: Path, suffix: str) -> None:
    path = data.with_suffix(suffix)
    path.write_text(QUERY, encoding="utf-8")
    assert answered(path, "--data", data, "--format", "tsv") == answered(QUERY, "--data", data, "--format", "tsv")


def test_query_from_the_standard_input(data: Path) -> None:
    found = answered("-", "--data", data, "--format", "tsv", stdin=QUERY)
    assert found == answered(QUERY, "--data", data, "--format", "tsv")


def test_several_files_are_asked_together(data: Path) -> None:
    more = data.with_name("y.nq")
    more.write_text('<http://example.org/a> <http://example.org/p> "more" .\n', encoding="utf-8")
    assert "more" in answered(QUERY, "--data", data, "--data", more)


def test_reader_that_stops_early_is_no_error(data: Path) -> None:
    command = f"'{VESOC}' query '{QUERY}' --data '{data}' --format csv | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert "cannot be evaluated" not in done.stderr
    assert "Traceback" not in done.stderr


# --- where, progress -----------------------------------------------------------------------------------------------


def test_where_tells_the_root_and_all_settings() -> None:
    done = vesoc("where", VESOC_PORT="8123")
    words = done.stdout.split()
    assert done.returncode == 0
    assert done.stdout.startswith(f"graph: {ROOT}\n")
    assert {name for name, _, _ in settings.read({}).table()} <= set(words)
    assert words[words.index("VESOC_PORT") + 1] == "8123"


def test_setting_that_is_misspelt_is_told_without_its_value() -> None:
    done = vesoc("where", VESOC_ACCES_TOKEN="hidden")
    assert done.returncode == 0
    assert "VESOC_ACCES_TOKEN is no setting, and is not read; did you mean VESOC_ACCESS_TOKEN?" in done.stderr
    assert "hidden" not in done.stdout + done.stderr


def test_where_shows_long_values_whole() -> None:
    address = f"https://example.org/{'a' * 100}/"
    assert address in "".join(vesoc("where", VESOC_PUBLIC_URL=address).stdout.split())


def test_progress_is_quiet_without_a_terminal() -> None:
    assert spawned("query", "ASK {}").stderr == ""


def test_progress_is_shown_on_a_terminal(data: Path) -> None:
    reader, terminal = pty.openpty()
    subprocess.run([VESOC, "query", QUERY, "--data", data], stdout=subprocess.DEVNULL, stderr=terminal, check=True)
    os.close(terminal)
    shown = os.read(reader, 1 << 16)
    os.close(reader)
    assert b"reading" in shown
