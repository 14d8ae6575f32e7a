"""What a project makes of findings: severities of its own, and an allow-list whose entries are needed and in time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vesoc.checks import policy
from vesoc.checks.finding import Finding, Place
from vesoc.checks.policy import Policy
from vesoc.checks.rule import Rule
from vesoc.errors import VesocError
from vesoc.names import BASE

TODAY = date(2031, 6, 1)
RULES = (Rule("shacl", "R22"), Rule("shacl", "R27"), Rule("skos", "no-label"), Rule("queries", "no-answer"))
STEPS = {rule.step for rule in RULES}
THING = f"{BASE}id/budgetlijn/proef"
AMOUNT = f"{BASE}ns#amount"
VALUE = '"5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
SMALL = Finding("shacl", "R22", "Warning", {"en": "small"}, thing=THING, path=AMOUNT, value=VALUE)
IDLE = Finding("shacl", "R27", "Info", {"en": "not used"}, thing=f"{BASE}id/concept/thema/x")
BARE = Finding("skos", "no-label", "Violation", {"en": "no label"})


def written(folder: Path, text: str, name: str = "vesoc.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, name: str = "vesoc.toml") -> Policy:
    found = policy.read(written(folder, text, name), RULES)
    assert found is not None
    return found


def entry(**values: str) -> str:
    given = {"reason": "'known'", "expires": "2031-12-31", **values}
    return "[[allow]]\n" + "".join(f"{key} = {value}\n" for key, value in given.items())


OF_R22, OF_R27, OF_X2 = (entry(rule=f"'{code}'") for code in ("R22", "R27", "X2"))


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


@pytest.mark.parametrize("name", ["pyproject.toml", "own.toml"])
def test_policy_of_a_project_is_its_table(tmp_path: Path, name: str) -> None:
    text = """
        [tool.vesoc.validate]
        fail-on = "Warning"
        severity = { R22 = "Violation", "shacl/R27" = "off" }

        [[tool.vesoc.validate.allow]]
        rule = "R22"
        thing = "bud:proef"
        path = "vesoc:amount"
        value = '"5"^^xsd:decimal'
        reason = "counted in millions in the text"
        expires = 2031-12-31
        """
    found = read(tmp_path, text, name)
    assert found.fail_on == "Warning"
    findings, excused = found.apply([SMALL, IDLE, BARE], TODAY, STEPS)
    assert codes(findings) == ["no-label"]
    [(finding, allowance)] = excused
    assert (finding.rule, finding.severity) == ("R22", "Violation")
    assert (allowance.thing, allowance.path, allowance.value) == (THING, AMOUNT, VALUE)
    assert found.entries[0].place.line == 6


def test_file_of_its_own_has_the_same_keys_at_the_top(tmp_path: Path) -> None:
    found = read(tmp_path, f"fail-on = 'Info'\nseverity = {{ R27 = 'Warning' }}\n{OF_R22}")
    findings, excused = found.apply([SMALL, IDLE], TODAY, STEPS)
    assert found.fail_on == "Info"
    assert [(finding.rule, finding.severity) for finding in findings] == [("R27", "Warning")]
    assert codes(tuple(finding for finding, _ in excused)) == ["R22"]


def test_severity_of_a_step_s_rule_goes_before_that_of_the_rule() -> None:
    found = Policy({"R22": "off", "shacl/R22": "Info"})
    findings, _ = found.apply([SMALL], TODAY, STEPS)
    assert [finding.severity for finding in findings] == ["Info"]


def test_findings_stay_in_order_when_severities_change() -> None:
    findings, _ = Policy({"R22": "Violation", "no-label": "Info"}).apply([SMALL, IDLE, BARE], TODAY, STEPS)
    assert codes(findings) == ["R22", "R27", "no-label"]
    assert list(findings) == sorted(findings, key=lambda finding: finding.sort_key)


@pytest.mark.parametrize(
    "asked",
    [
        {"rule": '"R22"'},
        {"thing": '"bud:proef"'},
        {"thing": f'"{THING}"'},
        {"thing": f'"<{THING}>"'},
        {"path": '"vesoc:amount"', "rule": '"R22"'},
        {"value": "'\"5\"^^xsd:decimal'"},
        {"value": f"'{VALUE}'"},
    ],
)
def test_entry_excuses_what_it_names(tmp_path: Path, asked: dict[str, str]) -> None:
    findings, excused = read(tmp_path, entry(**asked)).apply([SMALL, BARE], TODAY, STEPS)
    assert codes(findings) == ["no-label"]
    assert [finding for finding, _ in excused] == [SMALL]


@pytest.mark.parametrize(
    "asked",
    [{"rule": '"R27"'}, {"thing": '"bud:other"'}, {"path": '"vesoc:x"'}, {"value": "'\"5\"'"}, {"value": "'bud:x'"}],
)
def test_entry_excuses_nothing_else_and_is_told_of(tmp_path: Path, asked: dict[str, str]) -> None:
    findings, excused = read(tmp_path, entry(**asked)).apply([SMALL], TODAY, STEPS)
    assert excused == ()
    assert codes(findings) == ["allow-unused", "R22"]


def test_finding_of_an_unused_entry_leads_to_its_line(tmp_path: Path) -> None:
    text = f"fail-on = 'Warning'\n\n{OF_R22}\n# a note\n{OF_R27}"
    findings, _ = read(tmp_path, text).apply([SMALL], TODAY, STEPS)
    [finding] = findings
    assert finding.place == Place(str(tmp_path / "vesoc.toml"), 9)
    assert finding.severity == "Violation"
    assert set(finding.messages) == set(finding.remedy) == {"nl", "en"}
    assert text.splitlines()[finding.place.line - 1] == "[[allow]]"


def test_entries_in_one_array_are_found_at_the_array(tmp_path: Path) -> None:
    text = "\nallow = [\n  { rule = 'R22', reason = 'x', expires = 2031-12-31 },\n"
    findings, _ = read(tmp_path, f"{text}  {{ rule = 'R27', reason = 'y', expires = 2031-12-31 }},\n]\n").apply(
        [], TODAY, STEPS
    )
    assert codes(findings) == ["allow-unused", "allow-unused"]
    assert {finding.place and finding.place.line for finding in findings} == {2}


@pytest.mark.parametrize(
    ("asked", "ran", "told"),
    [
        ({"rule": '"R22"'}, {"shacl"}, True),
        ({"rule": '"R22"'}, {"skos", "queries"}, False),
        ({"rule": '"R22"'}, set(), False),
        ({"thing": '"bud:proef"'}, {"shacl", "skos"}, False),
        ({"thing": '"bud:proef"'}, STEPS, True),
    ],
)
def test_entry_is_unused_only_when_what_could_use_it_ran(
    tmp_path: Path, asked: dict[str, str], ran: set[str], told: bool
) -> None:
    findings, _ = read(tmp_path, entry(**asked)).apply([], TODAY, ran)
    assert (codes(findings) == ["allow-unused"]) is told


@pytest.mark.parametrize(("day", "told"), [("2031-06-01", False), ("2031-05-31", True), ("'2031-05-31'", True)])
def test_entry_expires_after_its_last_day(tmp_path: Path, day: str, told: bool) -> None:
    findings, excused = read(tmp_path, entry(rule='"R22"', expires=day)).apply([SMALL], TODAY, STEPS)
    assert codes(findings) == (["allow-expired", "R22"] if told else [])
    assert len(excused) == (0 if told else 1)


def test_expired_entry_is_told_of_whatever_ran(tmp_path: Path) -> None:
    findings, _ = read(tmp_path, entry(rule='"R22"', expires="2030-01-01")).apply([], TODAY, set())
    assert codes(findings) == ["allow-expired"]


def test_severity_of_unused_entries_can_be_changed(tmp_path: Path) -> None:
    found = read(tmp_path, f"severity = {{ allow-unused = 'Info' }}\n{OF_R22}")
    findings, _ = found.apply([], TODAY, STEPS)
    assert [finding.severity for finding in findings] == ["Info"]


def test_two_entries_for_one_finding_are_both_used(tmp_path: Path) -> None:
    found = read(tmp_path, entry(rule='"R22"', reason="'first'") + entry(thing='"bud:proef"'))
    findings, excused = found.apply([SMALL], TODAY, STEPS)
    assert findings == ()
    assert [allowance.reason for _, allowance in excused] == ["first"]


@pytest.mark.parametrize(
    ("text", "key", "wrong"),
    [
        ("fail = 'Warning'", "fail", "unknown key"),
        ("fail-on = 'warning'", "fail-on", "none of Violation"),
        ("severity = 'x'", "severity", "a table"),
        ("severity = { R99 = 'Info' }", "severity.R99", "no rule R99"),
        ("severity = { 'shacl/R99' = 'Info' }", "severity.shacl/R99", "no rule shacl/R99"),
        ("severity = { 'shalc/R22' = 'off' }", "severity.shalc/R22", "no rule shalc/R22"),
        ("severity = { 'policy/R22' = 'off' }", "severity.policy/R22", "no rule policy/R22"),
        ("severity = { R22 = 'Error' }", "severity.R22", "none of"),
        ("severity = { R22 = ['Info'] }", "severity.R22", "none of"),
        ("allow = 3", "allow", "a list"),
        ("allow = [3]", "allow[1]", "a table"),
        (entry(rule='"R22"') + entry(), "allow[2]", "what it excuses"),
        (entry(rule='"R99"'), "allow[1].rule", "no rule R99"),
        (entry(rule='"shacl/R22"'), "allow[1].rule", "no rule shacl/R22"),
        (entry(rule='"R22"', because="'x'"), "allow[1].because", "unknown key"),
        (entry(rule='"R22"', reason="' '"), "allow[1].reason", "not empty"),
        (entry(rule='"R22"', expires="'soon'"), "allow[1].expires", "2031-12-31"),
        (entry(rule='"R22"', expires="2031-12-31T00:00:00"), "allow[1].expires", "2031-12-31"),
        (entry(rule='"R22"', expires="20311231"), "allow[1].expires", "2031-12-31"),
        (entry(thing='"nothing:x"'), "allow[1].thing", "prefix 'nothing'"),
        (entry(thing='"proef"'), "allow[1].thing", "no IRI"),
        (entry(thing="3"), "allow[1].thing", "a text"),
        (entry(value="'\"5'"), "allow[1].value", "no literal"),
        (entry(value="'\"5\"^^nothing:x'"), "allow[1].value", "prefix 'nothing'"),
        ("[[allow]]\nrule = 'R22'\nexpires = 2031-12-31", "allow[1].reason", "missing"),
        ("[[allow]]\nrule = 'R22'\nreason = 'x'", "allow[1].expires", "missing"),
        ("allow = [", "", "no TOML"),
        ("[tool.other]\nx = 1", "tool.vesoc.validate", "no such table"),
        ("tool = 3", "tool.vesoc.validate", "no such table"),
        ("[tool.vesoc]\nvalidate = 3", "tool.vesoc.validate", "a table"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, key: str, wrong: str) -> None:
    with pytest.raises(VesocError) as told:
        read(tmp_path, text)
    assert str(told.value).startswith(f"{tmp_path / 'vesoc.toml'}: {key}")
    assert wrong in str(told.value)
    assert "\n" not in str(told.value)


def test_rules_are_not_known_without_their_list(tmp_path: Path) -> None:
    found = policy.read(written(tmp_path, f"severity = {{ X1 = 'off' }}\n{OF_X2}"))
    assert found is not None
    assert codes(found.apply([], TODAY, {"shacl"})[0]) == ["allow-unused"]
    assert found.apply([], TODAY, set())[0] == ()


def test_policy_may_name_rules_of_other_runs(tmp_path: Path) -> None:
    def read_with(rule: str) -> Policy | None:
        path = written(tmp_path, f"severity = {{ '{rule}' = 'off' }}\n{entry(rule=repr(rule))}")
        return policy.read(path, RULES, others=lambda: [Rule("shacl", "R99")])

    found = read_with("R99")
    assert found is not None
    assert found.apply([], TODAY, STEPS) == ((), ()), "nothing of this run could use it"
    with pytest.raises(VesocError, match="no rule R98"):
        read_with("R98")


def test_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(VesocError, match=r"none\.toml: the policy cannot be read"):
        policy.read(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'", "[tool.vesoc]\nother = 1", "tool = 3"])
def test_project_without_the_table_has_no_policy(tmp_path: Path, text: str) -> None:
    assert policy.read(written(tmp_path, text, "pyproject.toml"), RULES) is None


@pytest.mark.parametrize(("text", "name"), [("", "vesoc.toml"), ("[tool.vesoc.validate]", "pyproject.toml")])
def test_empty_policy_changes_nothing(tmp_path: Path, text: str, name: str) -> None:
    assert read(tmp_path, text, name).apply([BARE, SMALL], TODAY, STEPS) == ((BARE, SMALL), ())
