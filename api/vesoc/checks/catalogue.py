"""What is found in the catalogue, as the outcome of a run."""

from __future__ import annotations

from vesoc.checks import shacl
from vesoc.checks.order import LEAST, Order
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.checks.rule import declared
from vesoc.errors import VesocError
from vesoc.reports.options import Options
from vesoc.shapes import Shapes
from vesoc.validation import Report


def refuse(order: Order) -> None:
    """VesocError where something is asked that says nothing of our own catalogue, which the shapes alone judge."""
    asked = {
        "the paths": order.paths,
        "--only": order.only,
        "--skip": order.skip,
        "--policy": order.policy,
        "--no-context": not order.context,
        "--stdin-format": order.syntax,
    }
    if named := [name for name, given in asked.items() if given]:
        raise VesocError(f"--catalog checks our own catalogue: leave {' and '.join(named)} out")


def outcome(report: Report, used: Shapes, order: Order) -> tuple[Outcome, Options]:
    """A validation of the catalogue as an outcome, and how to tell of it."""
    found = tuple(sorted(shacl.findings(report, used), key=lambda finding: finding.sort_key))
    step = StepRun(shacl.STEP.name, len(report.candidates) or 1, "catalogue")
    return Outcome(found, steps=(step,)), order.options(order.least or LEAST, declared(used))
