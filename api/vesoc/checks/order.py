"""What somebody asks of a run, and the run that does so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from vesoc import places
from vesoc.checks import gathering, policy, run, syntax
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.outcome import Outcome
from vesoc.checks.policy import Policy
from vesoc.checks.rule import Rule, declared
from vesoc.reports.options import Options
from vesoc.settings import Settings
from vesoc.shapes import Shapes

_WHOLE = (syntax.STEP.name, policy.STEP)  # what these find touches each document
_POLICIES = ("pyproject.toml", "vesoc.toml")
LEAST = "Violation"  # that fails a run, where nobody says otherwise


@dataclass(frozen=True)
class Order:
    """What is asked: `paths` (none: our graph), the steps to run or to skip, and what to weigh findings by.

    `syntax` is that of the standard input, `shapes` stand in the place of ours, `context` lets the paths point into our
    graph. `least` is the least severity that fails, `whole` shows each of many alike findings.
    """

    chosen: Settings
    paths: tuple[str, ...] = ()
    shapes: tuple[Path, ...] = ()
    context: bool = True
    syntax: str | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    policy: Path | None = None
    least: str | None = None
    whole: bool = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where a change of a file may change what is found."""
        found = places.find(self.chosen.root)
        own = () if self.paths and self.shapes else (found.ontology, found.data, found.shapes, found.queries)
        policies = [self.policy] if self.policy else [*_policies(Path.cwd()), *_policies(found.root)]
        return tuple(path for path in (*map(Path, self.paths), *self.shapes, *own, *policies) if path.exists())

    def options(self, least: str, rules: tuple[Rule, ...]) -> Options:
        """How to tell of a run by those rules."""
        return Options(self.chosen.base, least, rules, self.whole, Path.cwd().as_uri() + "/")


def carry_out(order: Order, stream: BinaryIO, progress: Callable[[str], None]) -> tuple[Outcome, Options]:
    """Run the checks; VesocError where something that is named is not there. Gives how to tell of it as well."""
    within = gathering.among(order.paths, order.chosen) if order.paths and not order.shapes else []
    progress("reading")
    material = gathering.own(order.chosen) if within is not None and not order.shapes else _given(order, stream)
    rules = run.rules(material)
    weighed = _policy(order, material, rules)
    names = run.names(material, order.only, order.skip)
    outcome = run.check(material, names, weighed, progress)
    options = order.options(order.least or weighed.fail_on or LEAST, rules)
    return (_within(outcome, within) if within else outcome), options


def _given(order: Order, stream: BinaryIO) -> Material:
    return gathering.given(
        order.paths, order.chosen, stream, syntax=order.syntax, shapes=order.shapes, context=order.context
    )


def _policy(order: Order, material: Material, rules: tuple[Rule, ...]) -> Policy:
    """The policy that is named; else that of the checkout of our graph, or of the folder where the command runs."""

    def ours() -> tuple[Rule, ...]:
        return declared(Shapes(places.find(order.chosen.root).shapes)) if order.shapes else ()

    folder = material.places.root if material.places else Path.cwd()
    files = [order.policy] if order.policy else [file for file in _policies(folder) if file.is_file()]
    found = (policy.read(file, rules, order.chosen.base, ours) for file in files)
    return next((read for read in found if read is not None), Policy())


def _policies(folder: Path) -> list[Path]:
    return [folder / name for name in _POLICIES]


def _within(outcome: Outcome, names: Collection[str]) -> Outcome:
    """What was found in the documents of those names, and what touches them wherever it is, or has no place."""

    def told(finding: Finding) -> bool:
        return finding.place is None or finding.place.file in names or finding.step in _WHOLE

    findings = tuple(finding for finding in outcome.findings if told(finding))
    return replace(outcome, findings=findings, excused=tuple(pair for pair in outcome.excused if told(pair[0])))
