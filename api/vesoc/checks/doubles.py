"""Findings that two steps make of one fault: the one that helps most stays."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from vesoc.checks.finding import Finding
from vesoc.checks.skos import SAID_BY_OTHERS

# By rule the one that says the same of a statement, and more: which terms are near, how to mend it.
_SAID_BETTER = MappingProxyType(
    {"R13": "unknown-term", "R15": "unknown-term", "R23": "deprecated-term", "datatype": "R01"}
)
# The same of a value: a thing that does not exist has no class and stands in no scheme either.
_OF_ITS_VALUE = MappingProxyType({"R01": "unknown-term", "R20": "unknown-term"})


def without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each fault once; their order stays."""
    kept = list(dict.fromkeys(findings))
    of_values = {(finding.rule, finding.thing, finding.path, finding.value) for finding in kept if finding.value}
    of_statements = {(finding.rule, finding.thing, finding.path) for finding in kept}
    of_things = {(finding.rule, finding.thing) for finding in kept}

    def told(finding: Finding) -> bool:
        better, same = _SAID_BETTER.get(finding.rule), SAID_BY_OTHERS.get(finding.rule)
        of_value = _OF_ITS_VALUE.get(finding.rule)
        return (
            (of_value, finding.thing, finding.path, finding.value) in of_values
            or (better, finding.thing, finding.path) in of_statements
            or (same, finding.thing) in of_things
        )

    return [finding for finding in kept if not told(finding)]
