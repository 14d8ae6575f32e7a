"""`vesoc validate` as people and pipelines use it: what may be given to it, what it says, and how it ends."""

from __future__ import annotations

import codecs
import functools
import http.server
import io
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from pyoxigraph import Quad
from rdflib import SH
from typer.testing import CliRunner, Result

from vesoc import canonical, graphs, places, settings, validation
from vesoc.checks import gathering
from vesoc.checks.aside import aside
from vesoc.checks.order import Order
from vesoc.cli import app
from vesoc.commands.validating import _catalogued
from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES
from vesoc.shapes import Shapes

ROOT = Path(__file__).resolve().parent.parent
HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("mtr", "skos", "status", "thema", "vesoc"))
MEASURE = """
mtr:iab-x-1a a vesoc:Measure ;
    vesoc:hasStatedStatus status:nergens ;
    vesoc:hasSteated "?" .
"""
CONCEPT = """
thema:proef a skos:Concept ;
    skos:inScheme <https://w3id.org/vesoc-kg/id/conceptscheme/thema> ;
    skos:prefLabel "Proef"@nl ,
        "Trial"@en ,
        "Test"@en .
"""
OWN_SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX ex: <http://example.org/>
ex:Person-shape a sh:NodeShape ; sh:targetClass ex:Person ; sh:property [ sh:path ex:age ; sh:minInclusive 0 ] ;
  sh:sparql [ sh:message "too old"@en ;
    sh:select "SELECT $this ?value { $this <http://example.org/age> ?value FILTER(?value > 150) }" ] .
ex:Ghost-shape a sh:NodeShape ; sh:targetClass ex:Ghost ; sh:nodeKind sh:IRI .
"""
PEOPLE = """PREFIX ex: <http://example.org/>
ex:a a ex:Person ; ex:age 12 .
ex:b a ex:Person ;
    ex:age -3 .
ex:c a ex:Person ;
    ex:age 200 .
"""


def validate(*arguments: str | Path, stdin: str | bytes = "") -> Result:
    """The command in this process; one that cannot run raises."""
    result = CliRunner().invoke(app, ["validate", *map(str, arguments)], input=stdin)
    if isinstance(result.exception, VesocError):
        raise result.exception
    assert result.exit_code in (0, 1, 2), result.output
    return result


def found(*arguments: str | Path, stdin: str | bytes = "") -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the findings."""
    result = validate(*arguments, "--format", "json", stdin=stdin)
    return result.exit_code, json.loads(result.stdout)["findings"]


def written(folder: Path, text: str, name: str = "mine.ttl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def at(finding: dict[str, Any]) -> tuple[str, int, int]:
    place = finding["place"]
    return Path(place["file"]).name, place["line"], place["column"]


# --- what may be given ---------------------------------------------------------------------------------------------


def checkout(folder: Path) -> Path:
    """A copy of our ontology, some of our data and the shapes, which is a graph of ours."""
    for name in ("ontology", "data/ttl/begrippen", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def concepts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that is read in no time, for documents to stand beside."""
    return checkout(tmp_path_factory.mktemp("concepts") / "vesoc")


@pytest.fixture(autouse=True)
def beside(concepts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our graph is that of the concepts, but where a test says otherwise."""
    monkeypatch.setenv("VESOC_ROOT", str(concepts))


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The report on our own graph."""
    result = validate("--format", "json", "--root", ROOT)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_own_graph_has_no_violation_or_warning(whole: dict[str, Any]) -> None:
    assert whole["conforms"]
    assert {finding["severity"] for finding in whole["findings"]} <= {"Info"}


def test_every_step_runs_on_our_graph_but_what_needs_the_texts(whole: dict[str, Any]) -> None:
    names = ["syntax", "form", "vocabulary", "owl", "shacl", "skos", "evidence", "queries"]
    assert [step["name"] for step in whole["steps"]] == names
    left_out = {step["name"] for step in whole["steps"] if step["left_out"]}
    assert left_out == (set() if os.environ.get("VESOC_SOURCES") else {"evidence"})
    assert all(step["looked_at"] > 0 for step in whole["steps"] if not step["left_out"])


def test_every_finding_on_our_graph_has_its_statement(whole: dict[str, Any]) -> None:
    assert whole["findings"]
    for finding in whole["findings"]:
        place = finding["place"]
        line = (ROOT / place["file"]).read_text(encoding="utf-8").splitlines()[place["line"] - 1]
        assert line[place["column"] - 1 :].strip()
        assert finding["label"], finding


def test_file_beside_our_graph_is_judged_with_it(tmp_path: Path) -> None:
    code, findings = found(written(tmp_path, HEAD + CONCEPT), "--root", ROOT)
    rules = {(finding["rule"], at(finding)) for finding in findings if finding["severity"] == "Violation"}
    assert code == 1
    assert ("R02", ("mine.ttl", 11, 9)) in rules  # the second label in English
    assert all(finding["thing"] == f"{BASE}id/concept/thema/proef" for finding in findings)


def test_terms_that_are_not_there_are_named_with_those_that_are_near(tmp_path: Path) -> None:
    _, findings = found(written(tmp_path, HEAD + MEASURE))
    unknown = [finding for finding in findings if finding["rule"] == "unknown-term"]
    assert [at(finding) for finding in unknown] == [("mine.ttl", 8, 27), ("mine.ttl", 9, 5)]
    assert "vesoc:hasStatedStatus" in unknown[1]["messages"]["en"]
    assert not [finding for finding in findings if finding["rule"] in ("R13", "R15")]


def test_rules_of_our_house_leave_things_of_others_alone(tmp_path: Path) -> None:
    theirs = """PREFIX ex: <http://example.org/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>
    ex:me a foaf:Person ; foaf:mbox <mailto:me@example.org> .
    ex:c a skos:Concept ; skos:prefLabel "C"@en .
    """
    _, alone = found(written(tmp_path, theirs), "--only", "shacl")
    assert [finding["rule"] for finding in alone] == ["nothing-checked"]
    _, mixed = found(written(tmp_path, f"{theirs} ex:m a vesoc:Measure ; foaf:nick 'm' ."), "--only", "shacl")
    assert {finding["thing"] for finding in mixed} == {"http://example.org/m"}
    assert not {finding["rule"] for finding in mixed} & {"R12", "R13"}
    assert "R01" in {finding["rule"] for finding in mixed}


def test_without_context_the_things_of_our_graph_are_unknown(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + CONCEPT.replace("proef", "iets"))
    scheme = f"{BASE}id/conceptscheme/thema"
    alone, beside = (
        [f for f in found(file, *more)[1] if scheme in (f["thing"], (f["value"] or "").strip("<>"))]
        for more in (["--no-context"], [])
    )
    assert alone
    assert not beside


def test_file_of_our_own_graph_gives_what_was_found_in_it(whole: dict[str, Any]) -> None:
    name = "data/ttl/begrippen/vergelijking.ttl"
    code, findings = found(ROOT / name, "--only", "shacl", "--root", ROOT)
    assert code == 0
    assert [f["thing"] for f in findings] == [f["thing"] for f in whole["findings"] if f["place"]["file"] == name]
    assert findings


def test_standard_input_in_a_syntax_that_is_named() -> None:
    document = {"@id": f"{BASE}id/concept/thema/x", "@type": f"{PREFIXES['skos']}Concept"}
    code, findings = found("-", "--stdin-format", "jsonld", stdin=json.dumps(document))
    assert code == 1
    assert {finding["place"]["file"] for finding in findings} == {"-"}


def test_folder_and_two_syntaxes(tmp_path: Path) -> None:
    written(tmp_path, HEAD + CONCEPT)
    written(tmp_path, f"<{BASE}id/concept/thema/y> <{PREFIXES['rdf']}type> <{PREFIXES['skos']}Concept> .", "more.nt")
    _, findings = found(tmp_path)
    assert {at(finding)[0] for finding in findings} == {"mine.ttl", "more.nt"}


def test_folder_around_our_graph_is_read_for_the_files_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout(tmp_path / "vesoc")
    monkeypatch.setenv("VESOC_ROOT", str(root))
    monkeypatch.chdir(tmp_path)
    chosen = settings.read()
    ours = gathering.among([str(root)], chosen)
    assert ours
    assert gathering.among(["vesoc", "vesoc/data"], chosen) == ours
    assert gathering.among(["."], chosen) == ours
    assert gathering.among(["vesoc/ontology"], chosen) == ["vesoc/ontology/vesoc.ttl", "vesoc/ontology/alignments.ttl"]
    written(root, "<a> <b> .", "of-ours.ttl")
    assert gathering.among([str(root)], chosen) == gathering.among(["."], chosen) == ours
    written(tmp_path, "<a> <b> .", "bad.ttl")
    assert gathering.among(["."], chosen) is None
    assert gathering.among([str(root)], chosen) == ours
    code, findings = found(".", "--only", "syntax")
    assert (code, [finding["place"]["file"] for finding in findings]) == (1, ["bad.ttl"])
    assert [gathering.among([name], chosen) for name in ("-", "HTTP://127.0.0.1:1/x.ttl")] == [None, None]


def test_file_of_ours_does_not_conform_while_another_cannot_be_read(tmp_path: Path) -> None:
    root = checkout(tmp_path / "vesoc")
    asked = root / "data/ttl/begrippen/vergelijking.ttl"
    arguments = (asked, "--root", root, "--only", "syntax", "--only", "form")
    assert found(*arguments) == (0, [])
    sibling = written(root / "data/ttl/begrippen", "<a> <b> .", "aaa.ttl")
    code, findings = found(*arguments)
    assert (code, [at(finding)[0] for finding in findings]) == (1, ["aaa.ttl"])
    sibling.write_text("<urn:a> <urn:b>   1 .", encoding="utf-8")
    assert found(*arguments) == (0, []), "the form of another is none of its business"
    policy = '[[allow]]\nrule = "not-canonical"\nreason = "x"\nexpires = 2001-01-01\n'
    code, findings = found(*arguments, "--policy", written(tmp_path, policy, "vesoc.toml"))
    assert (code, [finding["rule"] for finding in findings]) == (1, ["allow-expired"])


def test_document_that_is_named_twice_is_one(tmp_path: Path, site: str) -> None:
    path = written(tmp_path, "<urn:a> <urn:b> [] .", "mine.ttl")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/link.ttl").symlink_to(path)
    names = [str(path), str(tmp_path), f"{tmp_path}/more/../mine.ttl", "-", "-", f"{site}mine.ttl", f"{site}mine.ttl"]
    material = gathering.given(names, settings.read(), io.BytesIO(b"<urn:a> <urn:b> [] ."), context=False)
    assert sorted(document.name for document in material.documents) == sorted([str(path), "-", f"{site}mine.ttl"])
    assert len(material.quads) == 3


def test_byte_order_mark_is_no_part_of_a_document(tmp_path: Path) -> None:
    def told(path: Path) -> list[tuple[str, tuple[str, int, int]]]:
        findings = found(path, "--only", "form", "--no-context")[1]
        return [(finding["rule"], at(finding)) for finding in findings]

    path = tmp_path / "mine.ttl"
    path.write_bytes(codecs.BOM_UTF8 + b"<urn:a> <urn:b> <urn:c> .\n<urn:x> <urn:y> .\n")
    assert told(path) == [("syntax-error", ("mine.ttl", 2, 17))]
    path.write_bytes(codecs.BOM_UTF8 + b"<urn:a> <urn:b> <urn:c> .\n")
    assert told(path) == [("not-canonical", ("mine.ttl", 1, 1))]
    assert list(canonical.rewrite([path])) == [path]
    assert told(path) == []


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server that has the folder of the test."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_address_is_fetched(tmp_path: Path, site: str) -> None:
    written(tmp_path, HEAD + CONCEPT)
    code, findings = found(f"{site}mine.ttl")
    assert code == 1
    assert {finding["place"]["file"] for finding in findings} == {f"{site}mine.ttl"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["no-such-file.ttl"], "no such file"),
        (["README.md"], "unknown format"),
        (["tests/answers"], "no RDF in this folder"),
        (["-", "--stdin-format", "docx"], "unknown syntax"),
        (["--only", "spelling"], "there is no step spelling"),
        (["--format", "pdf"], "unknown format 'pdf'"),
        (["--format", "json="], "name the file"),
        (["--shapes", "data/ttl/verbanden.ttl", "--policy", "no.toml", "data/ttl/verbanden.ttl"], "no.toml"),
        (["--catalog", "README.md"], "leave the paths out"),
        (["--catalog", "--watch", "--only", "shacl", "--policy", "x.toml"], "leave --only and --policy out"),
        (["--catalog", "--skip", "form", "--no-context"], "leave --skip and --no-context out"),
        (["--format", "json", "--format", "sarif"], "one document at a time"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(VesocError, match=reason):
        validate(*arguments)


# --- steps ---------------------------------------------------------------------------------------------------------


def test_syntax_error_has_its_place_and_stops_the_rest(tmp_path: Path) -> None:
    written(tmp_path, HEAD + "\nthema:x a skos:Concept\n  skos:prefLabel 'a'@nl .\n")
    result = validate(tmp_path, "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(f["rule"], at(f)[:2]) for f in report["findings"]] == [("syntax-error", ("mine.ttl", 8))]
    assert all(step["left_out"] for step in report["steps"][1:])


def test_each_broken_file_is_told(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        written(tmp_path, "<a> <b> .", name)
    _, findings = found(tmp_path)
    assert [at(finding)[0] for finding in findings] == ["a.ttl", "b.ttl"]


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        (["--only", "vocabulary"], ["syntax", "vocabulary"]),
        (["--skip", "shacl", "--skip", "skos", "--skip", "owl", "--skip", "vocabulary"], ["syntax"]),
        (["--only", "form"], ["syntax", "form"]),
    ],
)
def test_steps_can_be_left_out(tmp_path: Path, arguments: list[str], steps: list[str]) -> None:
    result = validate(written(tmp_path, HEAD + MEASURE), "--format", "json", *arguments)
    assert [step["name"] for step in json.loads(result.stdout)["steps"]] == steps


def test_step_that_is_asked_for_and_cannot_run_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match="queries was asked for and cannot run"):
        validate(written(tmp_path, HEAD + CONCEPT), "--only", "queries")


def test_nothing_that_a_rule_hits_is_a_violation(tmp_path: Path) -> None:
    code, findings = found(written(tmp_path, "<http://example.org/a> <http://example.org/b> 1 ."))
    assert code == 1
    assert "nothing-checked" in [finding["rule"] for finding in findings]


# --- shapes of others ----------------------------------------------------------------------------------------------


def test_shapes_of_others_judge_the_data_alone(tmp_path: Path) -> None:
    shapes = written(tmp_path, OWN_SHAPES, "shapes.ttl")
    (tmp_path / "data").mkdir()
    data = written(tmp_path / "data", PEOPLE, "people.ttl")
    code, findings = found(data, "--shapes", shapes)
    assert code == 1
    told = {(finding["severity"], finding["thing"].rpartition("/")[2]) for finding in findings}
    assert told == {("Violation", "b"), ("Violation", "c"), ("Info", "Ghost-shape")}
    places = {finding["thing"][-1]: at(finding) for finding in findings if finding["severity"] == "Violation"}
    assert places == {"b": ("people.ttl", 4, 12), "c": ("people.ttl", 6, 12)}


def test_files_of_shapes_are_read_once_and_apart(tmp_path: Path) -> None:
    shape = "[] a sh:NodeShape ; sh:targetClass ex:Person ; sh:property _:p . _:p sh:path ex:age ; {0} ."
    head = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://example.org/>\n"
    for name, constraint in (("a.ttl", "sh:minInclusive 0"), ("b.ttl", "sh:maxInclusive 150")):
        written(tmp_path, head + shape.format(constraint), name)
    read = Shapes(tmp_path, tmp_path / "a.ttl", tmp_path / "." / "b.ttl")
    assert len(list(read.graph.subject_objects(SH.path))) == 2
    assert len({node for kind in (SH.minInclusive, SH.maxInclusive) for node in read.graph.subjects(kind)}) == 2


def test_shapes_that_hit_nothing_do_not_pass(tmp_path: Path) -> None:
    shapes = written(tmp_path, OWN_SHAPES, "shapes.ttl")
    data = written(tmp_path, "<http://example.org/a> a <http://example.org/Dog> .", "dogs.ttl")
    code, findings = found(data, "--shapes", shapes)
    assert code == 1
    assert sorted(finding["rule"] for finding in findings) == ["no-focus-node", "no-focus-node", "nothing-checked"]


# --- what a part adds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "fault"), [("begrippen/vergelijking.ttl", False), ("ahad/s04.ttl", True)])
def test_part_adds_what_the_whole_has_beyond_the_rest(name: str, fault: bool) -> None:
    place = places.find(ROOT)
    shapes = Shapes(place.shapes)
    files = [file for file in graphs.own_files(place) if file.slug in ("ontologie", "begrippen", "ahad")]
    part = [quad for file in files if str(file.path).endswith(name) for quad in graphs.quads(file, BASE)]
    rest = [quad for file in files if not str(file.path).endswith(name) for quad in graphs.quads(file, BASE)]
    if fault:  # every seventh statement goes
        part = part[::7] + [quad for number, quad in enumerate(part) if number % 7 > 1]
    whole, before = (set(validation.check(quads, shapes).findings) for quads in ([*part, *rest], rest))
    added = set(validation.check_part(part, validation.Surroundings(rest, shapes), shapes).findings)
    assert _of_part(whole - before, part) <= added
    assert added <= whole
    assert bool(added) == fault or name.startswith("begrippen")


def _of_part(findings: set[validation.Finding], part: list[Quad]) -> set[validation.Finding]:
    """Those about what the part speaks of; what was found idle without it is no finding of it."""
    named = {getattr(term, "value", "") for quad in part for term in (quad.subject, quad.object)}
    return {finding for finding in findings if finding.culprit in named}


# --- how it tells --------------------------------------------------------------------------------------------------


def test_several_forms_from_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, HEAD + CONCEPT)
    forms = ("github", f"sarif={tmp_path}/out/a.sarif", f"junit={tmp_path}/a.xml")
    result = validate("mine.ttl", *(word for form in forms for word in ("--format", form)))
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=mine.ttl,line=")
    assert json.loads((tmp_path / "out" / "a.sarif").read_text())["version"] == "2.1.0"
    assert (tmp_path / "a.xml").read_text().startswith("<?xml")


def test_text_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    texts = {code: validate(written(tmp_path, HEAD + CONCEPT), "--lang", code).stdout for code in ("en", "nl")}
    assert "mine.ttl:11:9 violation R02" in texts["en"]
    assert "mine.ttl:11:9 overtreding R02" in texts["nl"]
    assert "Add the missing language, remove the double one" in texts["en"]
    assert texts["en"].splitlines()[-1].startswith("does not conform: ")


def test_least_severity_that_fails(tmp_path: Path) -> None:
    file = written(tmp_path, "<http://example.org/a> <https://www.w3.org/2004/02/skos/core#note> 'a'@en .")
    told = found(file, "--only", "vocabulary")[1]
    assert [(finding["rule"], finding["severity"]) for finding in told] == [("near-namespace", "Warning")]
    codes = [validate(file, "--only", "vocabulary", *more).exit_code for more in ([], ["--fail-on", "Warning"])]
    assert codes == [0, 1]


def test_allow_list_excuses_until_its_day(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + CONCEPT)
    steps = ("--only", "skos", "--only", "vocabulary")
    rules = sorted({finding["rule"] for finding in found(file, *steps)[1]})
    assert rules
    entries = [
        f'[[allow]]\nrule = "{rule}"\nthing = "thema:proef"\nreason = "a trial"\nexpires = 2999-12-31\n'
        for rule in rules
    ]
    policy = written(tmp_path, "\n".join(entries), "vesoc.toml")
    report = json.loads(validate(file, "--format", "json", "--policy", policy, *steps).stdout)
    assert report["findings"] == []
    assert report["counts"]["excused"] > 0
    policy.write_text(policy.read_text().replace("2999", "2001"))
    code, findings = found(file, "--policy", policy, *steps)
    assert code == 1
    assert "allow-expired" in {finding["rule"] for finding in findings}


def test_policy_of_a_project_is_no_obstacle_to_other_shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "[tool.vesoc.validate]\nseverity = { R22 = 'Violation' }\n", "pyproject.toml")
    shapes, data = written(tmp_path, OWN_SHAPES, "shapes.ttl"), written(tmp_path, PEOPLE, "people.ttl")
    assert found(data, "--shapes", shapes, "--only", "syntax") == (0, [])
    written(tmp_path, "[tool.vesoc.validate]\nseverity = { R2222 = 'Violation' }\n", "pyproject.toml")
    with pytest.raises(VesocError, match="no rule R2222"):
        validate(data, "--shapes", shapes, "--only", "syntax")


def test_report_on_the_catalogue_is_told_as_that_on_data(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONTACT", "PUBLIC_URL", "PUBLISHER", "PUBLISHER_NAME", "ROOT"):
        monkeypatch.delenv(f"VESOC_{name}", raising=False)
    order = Order(settings.read(), whole=True, least="Info")
    outcome, options = _catalogued(order)
    assert options == order.options("Info", options.rules)
    assert options.whole
    assert {finding.rule for finding in outcome.findings}
    assert len(options.rules) > 10


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + MEASURE + CONCEPT)
    for form in ("turtle", "sarif", "github"):
        once, again = (validate(file, "--format", form, "--only", "vocabulary").stdout for _ in range(2))
        assert once == again


@pytest.mark.parametrize("kinds", [["fork", "spawn"], ["spawn"]])
def test_work_aside_is_done_where_there_are_no_forks(kinds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: kinds)
    assert (aside(os.getpid)() == os.getpid()) == ("fork" not in kinds)


# --- while editing -------------------------------------------------------------------------------------------------


def test_watch_looks_at_the_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own, other = written(tmp_path, "", "vesoc.toml"), written(tmp_path, "", "other.toml")
    assert own in Order(settings.read()).folders
    assert other in Order(settings.read(), policy=other).folders


def test_watch_on_the_catalogue_checks_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchfiles, "watch", lambda *_, **__: iter([set()]))
    monkeypatch.delenv("VESOC_PUBLISHER", raising=False)
    result = validate("--catalog", "--watch", "--format", "json", "--root", ROOT)
    assert [step["what"] for step in json.loads(result.stdout)["steps"]] == ["catalogue"]


def test_watch_checks_again_at_each_change(tmp_path: Path) -> None:
    shapes = written(tmp_path, OWN_SHAPES, "shapes.ttl")
    data = written(tmp_path, PEOPLE, "people.ttl")
    command = [sys.executable, "-m", "vesoc.cli", "validate", "people.ttl", "--shapes", "shapes.ttl", "--watch"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        try:
            assert "people.ttl:4:12" in _until(process.stdout, "watching")
            data.write_text(PEOPLE.replace("-3", "3").replace("200", "20"), encoding="utf-8")
            assert "conforms" in _until(process.stdout, "watching")
            shapes.write_text("no shapes", encoding="utf-8")
            assert "no shapes can be read" in _until(process.stdout, "watching")
        finally:
            process.terminate()


def _until(stream: io.TextIOBase | Any, word: str) -> str:
    lines = []
    while not lines or word not in lines[-1]:
        line = stream.readline()
        assert line, "".join(lines)
        lines.append(line)
    return "".join(lines)
