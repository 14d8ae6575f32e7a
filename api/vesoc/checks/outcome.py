"""What a run of checks came to: the findings, what was excused, and what each step looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vesoc.checks.finding import SEVERITIES, Finding


@dataclass(frozen=True)
class Allowance:
    """A line of the allow-list: the findings that it excuses, why, and until when (that day included).

    What is None fits any finding.
    """

    reason: str
    expires: date
    rule: str | None = None
    thing: str | None = None
    path: str | None = None
    value: str | None = None

    def excuses(self, finding: Finding) -> bool:
        """Whether it is about that finding."""
        pairs = (
            (self.rule, finding.rule),
            (self.thing, finding.thing),
            (self.path, finding.path),
            (self.value, finding.value),
        )
        return all(asked is None or asked == found for asked, found in pairs)


@dataclass(frozen=True)
class StepRun:
    """One step of a run: how many things it looked at, of which kind, and how long it took in seconds.

    `left_out` says why it did not run; then it has looked at nothing.
    """

    name: str
    looked_at: int = 0
    what: str = ""
    seconds: float = 0.0
    left_out: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A whole run: what was found, sorted, what the allow-list excused, and the steps in their order."""

    findings: tuple[Finding, ...]
    excused: tuple[tuple[Finding, Allowance], ...] = ()
    steps: tuple[StepRun, ...] = ()

    def fails(self, least: str = "Violation") -> bool:
        """Whether something was found that is at least so severe."""
        return any(SEVERITIES.index(finding.severity) <= SEVERITIES.index(least) for finding in self.findings)

    def count(self, severity: str) -> int:
        """How many findings are so severe."""
        return sum(finding.severity == severity for finding in self.findings)
