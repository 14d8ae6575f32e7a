"""An assessment on a terminal: a table for each dataset, what is missing, and the sum."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from vesoc.catalogues import translation
from vesoc.quality.assessment import Assessment, DatasetScore, DistributionScore
from vesoc.quality.encoding import encoded
from vesoc.quality.report import Fault, Report

_ACROSS = 8  # distributions beside each other in one table


def tell(assessment: Assessment, form: str, language: str, console: Console) -> None:
    """Print an assessment as text, or write it as json, csv or ttl."""
    if form == "text":
        show(assessment, language, console)
    else:
        sys.stdout.buffer.write(encoded(assessment, form, language))
        sys.stdout.buffer.flush()


def show(assessment: Assessment, language: str, console: Console) -> None:
    """Print the whole assessment in a language."""
    _ = translation(language).gettext
    report = Report(assessment, language)
    console.print(assessment.address, markup=False)
    if not assessment.live:
        console.print(_("Nothing was asked of the addresses: their metrics, and the rating, are left out."))
    for dataset in assessment.datasets:
        _show_dataset(report, dataset, language, console)
    if assessment.besides:
        console.print()
        console.print(_("DCAT-AP is broken besides, by what belongs to no dataset:"))
    for text in assessment.besides:
        console.print(f"  {report.said(text)}", markup=False)
    _show_sum(report, language, console)


def _show_dataset(report: Report, dataset: DatasetScore, language: str, console: Console) -> None:
    _ = translation(language).gettext
    console.print(f"\n{report.title(dataset)}\n{dataset.name}", markup=False)
    if not dataset.distributions:
        console.print(_("There is no distribution."))
    for number, part in enumerate(dataset.distributions, 1):
        console.print(f"  {number}. {report.title(part)}  {part.name}", markup=False)
    for start in range(0, max(1, len(dataset.distributions)), _ACROSS):
        console.print(_table(report, dataset, start, language))
    for fault in report.faults(dataset):
        _show_fault(fault, language, console)


def _table(report: Report, dataset: DatasetScore, start: int, language: str) -> Table:
    """The points of the dataset, and those of the distributions from number `start` on."""
    _ = translation(language).gettext
    parts = dataset.distributions[start : start + _ACROSS]
    numbers = [Column(str(start + n), justify="right") for n in range(1, len(parts) + 1)]
    right = [Column(name, justify="right") for name in (_("most"), _("dataset"))]
    table = Table(_("metric"), *right, *numbers, box=None)
    for dimension, rows in report.dimensions(report.rows(dataset, parts)):
        table.add_row(Text(dimension, style="bold"))
        for row in rows:
            points = ("" if value is None else str(value) for value in row.points)
            table.add_row(f"  {row.label}", str(row.metric.points), *points)
    _add_sums(table, report, dataset, parts, language)
    return table


def _add_sums(
    table: Table, report: Report, dataset: DatasetScore, parts: Sequence[DistributionScore], language: str
) -> None:
    """The totals: the dataset has that of its best distribution."""
    sums = [dataset.points, *(dataset.points_of(part) for part in parts)]
    _ = translation(language).gettext
    table.add_row(Text(_("Total"), style="bold"), str(report.assessment.most), *map(str, sums))
    table.add_row("", "", *map(report.rating, sums))


def _show_fault(fault: Fault, language: str, console: Console) -> None:
    _ = translation(language).gettext
    where = ", ".join(map(str, fault.wheres))
    place = _("distribution %(numbers)s") % {"numbers": where} if where else _("dataset")
    console.print(f"  -{fault.points} {fault.label} ({place}): {fault.mend}", markup=False)
    for found in fault.found:
        console.print(f"       {found}", markup=False)


def _show_sum(report: Report, language: str, console: Console) -> None:
    _ = translation(language).gettext
    assessment = report.assessment
    told = {"least": assessment.least, "most": assessment.most}
    console.print()
    console.print(_("The lowest score is %(least)d of %(most)d points.") % told)
    ratings = Counter(report.rating(dataset.points) for dataset in assessment.datasets)
    if assessment.live:
        console.print(", ".join(f"{rating}: {number}" for rating, number in ratings.items()))
