"""A report as JUnit XML, which build servers show as tests: a suite a step, a case a rule.

The schema of Jenkins allows a case no `file` or `line`, so each finding begins with its place in the text of the
failure. A case has one failure with all its findings, for most readers show only one.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from vesoc.checks.finding import SEVERITIES, Finding, told
from vesoc.checks.outcome import Allowance, Outcome, StepRun
from vesoc.checks.rule import Rule, used
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.wording import counted, excuse, explained, phrase

Excused = tuple[Finding, Allowance]
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report as XML; what is less severe than `options.least` is no failure but output of its case."""
    root = ET.Element("testsuites", name="vesoc validate")
    rules = used([*outcome.findings, *(finding for finding, _ in outcome.excused)], options.rules)
    for step in _steps(outcome):
        root.append(_suite(step, [rule for rule in rules if rule.step == step.name], outcome, language, options))
    for name in ("tests", "failures"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _steps(outcome: Outcome) -> list[StepRun]:
    """The steps that ran or were left out, then those that only findings tell of."""
    steps = {step.name: step for step in outcome.steps}
    for finding in (*outcome.findings, *(finding for finding, _ in outcome.excused)):
        steps.setdefault(finding.step, StepRun(finding.step))
    return list(steps.values())


def _suite(step: StepRun, rules: list[Rule], outcome: Outcome, language: str, options: Options) -> ET.Element:
    suite = ET.Element("testsuite", name=step.name)
    if step.left_out or not rules:
        suite.append(_whole(step))
    for rule in [] if step.left_out else rules:
        suite.append(_case(rule, outcome, language, options))
    _count(suite, step)
    return suite


def _count(suite: ET.Element, step: StepRun) -> None:
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("time", f"{step.seconds:.3f}")


def _whole(step: StepRun) -> ET.Element:
    """The only case of a step that was left out, or whose rules are not known and found nothing."""
    case = ET.Element("testcase", name=step.name, classname=f"vesoc.{step.name}", time=f"{step.seconds:.3f}")
    if step.left_out:
        ET.SubElement(case, "skipped").text = _clean(step.left_out)
    return case


def _case(rule: Rule, outcome: Outcome, language: str, options: Options) -> ET.Element:
    name = " ".join(part for part in (rule.code, told(rule.titles, language)) if part)
    case = ET.Element("testcase", name=_clean(name), classname=f"vesoc.{rule.step}", time="0.000")
    key = rule.step, rule.code
    found = [finding for finding in outcome.findings if (finding.step, finding.rule) == key]
    excused = [pair for pair in outcome.excused if (pair[0].step, pair[0].rule) == key]
    least = SEVERITIES.index(options.least)
    failing = [finding for finding in found if SEVERITIES.index(finding.severity) <= least]
    if failing:
        _fail(case, failing, language, options)
    elif excused and not found:
        ET.SubElement(case, "skipped").text = _text(_excuses(excused, language, options))
        excused = []
    told_besides = [_told(finding, language, options) for finding in found if finding not in failing]
    if beside := [*told_besides, *_excuses(excused, language, options)]:
        ET.SubElement(case, "system-out").text = _text(beside)
    return case


def _fail(case: ET.Element, findings: list[Finding], language: str, options: Options) -> None:
    worst = min(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    counts = counted(len(findings), worst.severity, language) if _alike(findings) else str(len(findings))
    place = f" {worst.place}:" if worst.place else ""
    message = f"{counts}:{place} {worst.message(language)}"
    failure = ET.SubElement(case, "failure", message=_clean(message), type=worst.severity)
    failure.text = _text(_told(finding, language, options) for finding in findings)


def _alike(findings: list[Finding]) -> bool:
    return len({finding.severity for finding in findings}) == 1


def _told(finding: Finding, language: str, options: Options) -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"{place}{phrase(finding.severity, language)}: {explained(finding, language, options.base)}"


def _excuses(excused: Iterable[Excused], language: str, options: Options) -> list[str]:
    return [f"{excuse(allowance, language)}\n{_told(finding, language, options)}" for finding, allowance in excused]


def _text(parts: Iterable[str]) -> str:
    return _clean("\n\n".join(parts))


def _clean(text: str) -> str:
    """A text without the characters that XML 1.0 does not know."""
    return _NO_XML.sub("\ufffd", text)
