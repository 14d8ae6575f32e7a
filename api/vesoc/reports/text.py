"""A report for people: by file, alike findings folded, and the verdict last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from vesoc.checks.finding import SEVERITIES, Finding
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.wording import counted, excuse, facts, phrase, subject

_SHOWN = MappingProxyType({"Violation": 10, "Warning": 5, "Info": 3})  # of one rule; more of them say the same


@dataclass(frozen=True)
class Line:
    """A line, and what it is: `heading`, a severity, `detail`, `good` or `bad`."""

    kind: str
    text: str


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report as plain text, with a line feed after each line."""
    return "".join(f"{line.text}\n" for line in lines(outcome, language, options))


def lines(outcome: Outcome, language: str, options: Options = PLAIN) -> Iterator[Line]:
    """The report line by line, for whoever gives each kind of line its colour."""
    told: Counter[tuple[str, str, str]] = Counter()
    for heading, group in groupby(sorted(outcome.findings, key=_order), _group):
        yield Line("heading", _joined(heading) or phrase("no place", language))
        for kind, alike in groupby(group, _kind):
            findings = list(alike)
            most = len(findings) if options.whole else _SHOWN[kind[0]] - told[kind]
            told.update({kind: len(findings)})
            yield from _alike(findings, most, language, options)
        yield Line("detail", "")
    yield from _excused(outcome, language, options)
    yield from _steps(outcome.steps, language)
    yield Line("bad" if outcome.fails(options.least) else "good", verdict(outcome, language, options))


def verdict(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The whole run in one line."""
    word = phrase("fails" if outcome.fails(options.least) else "conforms", language)
    counts = ", ".join(counted(outcome.count(severity), severity, language) for severity in SEVERITIES)
    return f"{word}: {counts}"


def _group(finding: Finding) -> str:
    return finding.place.file if finding.place else ""


def _order(finding: Finding) -> tuple[object, ...]:
    """By file, those without one last, and in the order of findings below that."""
    return not finding.place, _group(finding), finding.sort_key


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.severity, finding.step, finding.rule


def _alike(findings: list[Finding], most: int, language: str, options: Options) -> Iterator[Line]:
    """Findings of one rule in one file: the first of them, and how many more there are."""
    shown = findings[: max(most, 0)]
    for finding in shown:
        yield from _finding(finding, language, options.base)
    if hidden := len(findings) - len(shown):
        more = phrase("more" if shown else "many", language).format(hidden)
        yield Line("detail", f"  {findings[0].rule}: {more}")


def _finding(finding: Finding, language: str, base: str) -> Iterator[Line]:
    place = f"{_joined(str(finding.place))} " if finding.place else ""
    severity = phrase(finding.severity, language)
    yield Line(finding.severity, f"  {place}{severity} {_joined(f'{finding.rule}: {finding.message(language)}')}")
    if about := subject(finding, language, base):
        yield Line("detail", f"    {_joined(about)}")
    for heading, text in facts(finding, language, base):
        yield Line("detail", f"    {heading}: {_joined(text)}")


def _joined(text: str) -> str:
    """A text on one line, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))


def _excused(outcome: Outcome, language: str, options: Options) -> Iterator[Line]:
    if outcome.excused:
        yield Line("heading", phrase("excused", language).format(len(outcome.excused)))
    for finding, allowance in outcome.excused:
        about = subject(finding, language, options.base) or finding.place or ""
        yield Line("detail", f"  {_joined(f'{finding.rule} {about}: {excuse(allowance, language)}')}")


def _steps(steps: Iterable[StepRun], language: str) -> Iterator[Line]:
    found = list(steps)
    if not found:
        return
    yield Line("heading", phrase("steps", language))
    width = max(len(step.name) for step in found)
    for step in found:
        left_out = f"{phrase('left out', language)}: {_joined(step.left_out or '')}"
        looked = f"{step.looked_at:,} {step.what}, {step.seconds:.1f} s"
        yield Line("detail", f"  {step.name:<{width}}  {left_out if step.left_out else looked}")
