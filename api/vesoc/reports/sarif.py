"""A report as SARIF 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from vesoc import __version__
from vesoc.checks.finding import Finding, Place, told
from vesoc.checks.outcome import Allowance, Outcome, StepRun
from vesoc.checks.rule import Rule, used
from vesoc.names import BASE, short
from vesoc.reports.artifact import artifact
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.wording import excuse, explained, named

Document = dict[str, Any]
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = MappingProxyType({"Violation": "error", "Warning": "warning", "Info": "note"})
_PROBLEMS = MappingProxyType({"Violation": "error", "Warning": "warning", "Info": "recommendation"})
_FOLDER = "%SRCROOT%"  # the name that portals know for the root of the checkout


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report as SARIF, indented; the texts of rules are in English."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(outcome, language, options)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(outcome: Outcome, language: str, options: Options) -> Document:
    told_of: list[tuple[Finding, Allowance | None]] = [
        *((finding, None) for finding in outcome.findings),
        *outcome.excused,
    ]
    rules = used((finding for finding, _ in told_of), options.rules)
    results = [_result(finding, allowance, language, options) for finding, allowance in told_of]
    ranks = {(rule.step, rule.code): number for number, rule in enumerate(rules)}
    for result, (finding, _) in zip(results, told_of, strict=True):
        result["ruleIndex"] = ranks[finding.step, finding.rule]
    return {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": "vesoc/validate/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_FOLDER: {"description": {"text": "The root of the checkout."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _left_out(outcome.steps)}],
        "results": _printed(results),
    }


def _driver(rules: Iterable[Rule]) -> Document:
    about = {"name": "vesoc", "version": __version__, "semanticVersion": __version__, "informationUri": BASE}
    return {**about, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> Document:
    title = _message(told(rule.titles, "en") or f"Rule {rule.code} of the step {rule.step}")
    return {
        "id": rule.code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": _message(told(rule.remedies, "en")) or title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.step], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _left_out(steps: Iterable[StepRun]) -> list[Document]:
    texts = (f"The step {step.name} was left out: {step.left_out}" for step in steps if step.left_out)
    return [{"level": "note", "message": {"text": _message(text)}} for text in texts]


def _result(finding: Finding, allowance: Allowance | None, language: str, options: Options) -> Document:
    result: Document = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(explained(finding, language, options.base))},
        "locations": [_location(finding, language, options)],
        "properties": _properties(finding),
    }
    if allowance:
        result["suppressions"] = [_suppression(allowance, language)]
    return result


def _properties(finding: Finding) -> Document:
    names = ("step", "thing", "focus", "path", "value", "shape", "component")
    return {name: found for name in names if (found := getattr(finding, name)) is not None}


def _suppression(allowance: Allowance, language: str) -> Document:
    return {"kind": "external", "status": "accepted", "justification": excuse(allowance, language)}


def _location(finding: Finding, language: str, options: Options) -> Document:
    """Where it stands; the anchor for what has no place, since code scanning refuses a report with such a result."""
    place = finding.place or Place(options.anchor)
    region = {"startLine": place.line, "startColumn": place.column}
    location: Document = {"physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}}
    if thing := named(finding):
        label = told(finding.label, language) or short(thing, options.base)
        logical = {"name": label, "fullyQualifiedName": thing, "kind": "resource"}
        location["logicalLocations"] = [logical]
    return location


def _artifact(file: str) -> Document:
    """The file as a URI: below the root of the checkout unless it says itself where it is."""
    found = artifact(file)
    return {"uri": found.uri, **({"uriBaseId": _FOLDER} if found.within else {})}


def _printed(results: list[Document]) -> list[Document]:
    """The results, each with a fingerprint that does not change when lines move.

    Code scanning knows a result again by `primaryLocationLineHash` alone; a number tells those with the same apart.
    """
    seen: Counter[str] = Counter()
    for result in results:
        mark = _mark(result)
        seen.update([mark])
        result["partialFingerprints"] = {"primaryLocationLineHash": f"{mark}:{seen[mark]}"}
    return results


def _mark(result: Document) -> str:
    """What tells a result from others: file, rule and what it is about, or its message where it is about a document.

    The address of a document differs from machine to machine.
    """
    found = result["properties"].items()
    about = {name: value for name, value in found if name != "step" and not value.startswith("file:")}
    file = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    said = about or re.sub(r"\d+", "", result["message"]["text"])
    parts = json.dumps([result["ruleId"], file, said], sort_keys=True)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _message(text: str) -> str:
    """A text in which nothing stands for a placeholder or a link (SARIF 2.1.0, sections 3.11.5 and 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
