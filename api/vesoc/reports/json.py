"""A report as JSON, as `report.schema.json` beside this module says it is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from vesoc import __version__
from vesoc.checks.finding import SEVERITIES, Finding
from vesoc.checks.outcome import Allowance, Outcome
from vesoc.reports.options import PLAIN, Options

VERSION = "1.0"  # a new first number takes something away or changes what it means


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report as JSON (RFC 8259), indented; texts are in all languages, whatever is asked."""
    return json.dumps(document(outcome, options), ensure_ascii=False, indent=2) + "\n"


def document(outcome: Outcome, options: Options = PLAIN) -> dict[str, Any]:
    """The report as it goes into JSON."""
    counts = {severity: outcome.count(severity) for severity in SEVERITIES}
    return {
        "schema_version": VERSION,
        "tool": {"name": "vesoc", "version": __version__},
        "conforms": not outcome.fails(options.least),
        "fail_on": options.least,
        "counts": {**counts, "excused": len(outcome.excused)},
        "findings": [_finding(finding) for finding in outcome.findings],
        "excused": [_excused(finding, allowance) for finding, allowance in outcome.excused],
        "steps": [asdict(step) for step in outcome.steps],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    texts = {name: dict(getattr(finding, name)) for name in ("messages", "label", "expected", "remedy")}
    names = ("step", "rule", "severity", "thing", "focus", "path", "value", "shape", "component")
    place = asdict(finding.place) if finding.place else None
    return {name: getattr(finding, name) for name in names} | {"place": place} | texts


def _excused(finding: Finding, allowance: Allowance) -> dict[str, Any]:
    return {"finding": _finding(finding), "reason": allowance.reason, "expires": allowance.expires.isoformat()}
