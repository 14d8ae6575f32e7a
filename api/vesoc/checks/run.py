"""A run of checks: the steps one after the other, and what they find put in place, named, weighed and sorted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from datetime import date

from vesoc.checks import form, owl, pointers, policy, queries, shacl, skos, syntax, vocabulary
from vesoc.checks.aside import aside
from vesoc.checks.doubles import without_doubles
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.checks.placing import placed
from vesoc.checks.policy import Policy
from vesoc.checks.rule import Rule, declared
from vesoc.checks.step import Look, Step
from vesoc.errors import VesocError

# In the order of reports.
STEPS = (syntax.STEP, form.STEP, vocabulary.STEP, owl.STEP, shacl.STEP, skos.STEP, pointers.STEP, queries.STEP)
_UNREAD = "not all documents can be read"
Progress = Callable[[str], None]
_Run = tuple[StepRun, tuple[Finding, ...]]


def names(material: Material, only: Collection[str], skip: Collection[str]) -> tuple[str, ...]:
    """The steps that are to run, in their order; VesocError for a name that no step has, or that cannot run."""
    known = [step.name for step in STEPS]
    if unknown := {*only, *skip} - set(known):
        raise VesocError(f"there is no step {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for step in STEPS:
        if step.name in only and (hindrance := step.hindrance(material)):
            raise VesocError(f"the step {step.name} was asked for and cannot run: {hindrance}")
    wanted = only or [step.name for step in STEPS if material.own or step.by_default]
    return tuple(name for name in known if name in wanted and name not in skip)


def rules(material: Material) -> tuple[Rule, ...]:
    """All rules that the steps check by, with those that the shapes declare."""
    return (*(rule for step in STEPS for rule in step.rules), *declared(material.shapes), *policy.RULES)


def check(
    material: Material,
    steps: Collection[str],
    weighed: Policy,
    progress: Progress = lambda step: None,
    *,
    split: bool = True,
) -> Outcome:
    """Run the steps of those names; `split` does so in two processes.

    The syntax is looked at whatever is asked, for the others need documents that can be read.
    """
    first, *others = [step for step in STEPS if step.name in {*steps, syntax.STEP.name}]
    progress(first.name)
    runs = [_run(first, material)]
    unread = any(finding.severity == "Violation" for finding in runs[0][1])
    runs += [_left_out(step, _UNREAD) for step in others] if unread else _runs(others, material, progress, split)
    return _outcome(runs, material, weighed)


def _runs(steps: list[Step], material: Material, progress: Progress, split: bool) -> list[_Run]:
    """The shapes take as long as all the rest, which another process does meanwhile."""
    material.quads  # noqa: B018 - parsed once, for both processes
    rest = [step for step in steps if step is not shacl.STEP]
    if not split or len(rest) in (0, len(steps)):
        return _one_by_one(steps, material, progress)
    wait = aside(lambda: _one_by_one(rest, material, lambda name: None))
    here = _one_by_one([shacl.STEP], material, progress)
    progress(" ".join(step.name for step in rest))
    found = {run.name: (run, findings) for run, findings in (*here, *wait())}
    return [found[step.name] for step in steps]


def _one_by_one(steps: Iterable[Step], material: Material, progress: Progress) -> list[_Run]:
    runs = []
    for step in steps:
        progress(step.name)
        runs.append(_run(step, material))
    return runs


def _run(step: Step, material: Material) -> _Run:
    if hindrance := step.hindrance(material):
        return _left_out(step, hindrance)
    started = time.perf_counter()
    look = step.look(material)
    return _told(step, look, time.perf_counter() - started), look.findings


def _told(step: Step, look: Look, seconds: float) -> StepRun:
    return StepRun(step.name, look.looked_at, look.what, seconds)


def _left_out(step: Step, why: str) -> _Run:
    return StepRun(step.name, left_out=why), ()


def _outcome(runs: list[_Run], material: Material, weighed: Policy) -> Outcome:
    steps = tuple(run for run, _ in runs)
    ran = {run.name for run in steps if run.left_out is None}
    found = without_doubles(finding for _, findings in runs for finding in findings)
    findings, excused = weighed.apply(placed(found, material), date.today(), ran)
    return Outcome(findings, excused, steps)
