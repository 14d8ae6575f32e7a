"""What is found in the catalogue, as the outcome of a run."""

from __future__ import annotations

from vesoc.checks import shacl
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.reports.options import Options
from vesoc.shapes import Shapes
from vesoc.validation import Report


def outcome(report: Report, used: Shapes, least: str | None) -> tuple[Outcome, Options]:
    """A validation of the catalogue as an outcome, and how to tell of it."""
    found = tuple(shacl.findings(report, used))
    step = StepRun(shacl.STEP.name, len(report.candidates) or 1, "catalogue")
    return Outcome(found, steps=(step,)), Options(least=least or "Violation")
