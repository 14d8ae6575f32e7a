"""A report for people: by file, alike findings folded, and the verdict last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from vesoc.checks.finding import SEVERITIES, Finding
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.wording import counted, excuse, facts, looked_at, phrase, subject, why

_SHOWN = MappingProxyType({"Violation": 10, "Warning": 5, "Info": 3})  # of one rule; more of them say the same
_Kind = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """A line, and what it is: `heading`, a severity, `detail`, `good` or `bad`."""

    kind: str
    text: str


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report as plain text, with a line feed after each line."""
    return "".join(f"{line.text}\n" for line in lines(outcome, language, options))


def lines(outcome: Outcome, language: str, options: Options = PLAIN) -> Iterator[Line]:
    """The report line by line, for whoever gives each kind of line its colour.

    Remarks that fail nothing are only counted, unless all is asked for: on a sound graph they would bury the rest.
    """
    quiet = not options.whole and options.least != "Info"
    shown = [finding for finding in outcome.findings if not (quiet and finding.severity == "Info")]
    told: Counter[_Kind] = Counter()
    for heading, group in groupby(sorted(shown, key=_order), _group):
        yield Line("heading", _joined(heading) or phrase("no place", language))
        yield from _file(list(group), told, language, options)
        yield Line("detail", "")
    if hidden := [finding for finding in outcome.findings if finding not in shown]:
        yield Line("Info", _remarks(hidden, language))
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
    """By file, those without one last, by line and column, the worst first."""
    place = (finding.place.line, finding.place.column) if finding.place else (0, 0)
    return not finding.place, _group(finding), place, finding.sort_key


def _kind(finding: Finding) -> _Kind:
    return finding.severity, finding.step, finding.rule


def _file(findings: list[Finding], told: Counter[_Kind], language: str, options: Options) -> Iterator[Line]:
    """The findings of one file; of those of one rule the first, and how many more there are."""
    hidden: Counter[_Kind] = Counter()
    for finding in findings:
        kind = _kind(finding)
        if options.whole or told[kind] < _SHOWN[finding.severity]:
            yield from _finding(finding, language, options.base, remedied=not told[kind])
        else:
            hidden[kind] += 1
        told[kind] += 1
    for (_, _, rule), number in hidden.items():
        yield Line("detail", f"  {rule}: {phrase('more', language).format(number)}")


def _remarks(findings: list[Finding], language: str) -> str:
    rules = ", ".join(f"{rule} {number}" for rule, number in Counter(finding.rule for finding in findings).items())
    return phrase("remarks", language).format(counted(len(findings), "Info", language), rules)


def _finding(finding: Finding, language: str, base: str, *, remedied: bool) -> Iterator[Line]:
    """A finding; how to mend it is said with the first of its rule."""
    place = f"{_joined(str(finding.place))} " if finding.place else ""
    severity = phrase(finding.severity, language)
    yield Line(finding.severity, f"  {place}{severity} {_joined(f'{finding.rule}: {finding.message(language)}')}")
    if about := subject(finding, language, base):
        yield Line("detail", f"    {_joined(about)}")
    for heading, text in facts(finding if remedied else replace(finding, remedy={}), language, base):
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
        left_out = f"{phrase('left out', language)}: {_joined(why(step, language))}"
        looked = f"{looked_at(step, language)}, {step.seconds:.1f} s"
        yield Line("detail", f"  {step.name:<{width}}  {left_out if step.left_out else looked}")
