"""Where reports go: to the standard output, or to files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from vesoc.checks.outcome import Outcome
from vesoc.errors import ReaderGone, VesocError
from vesoc.reports import text
from vesoc.reports.forms import Form, form
from vesoc.reports.options import Options

_STYLES = {
    "heading": "bold",
    "Violation": "red",
    "Warning": "yellow",
    "Info": "cyan",
    "good": "bold green",
    "bad": "bold red",
}
_LOGS = frozenset({"text", "github"})  # lines, which may stand below those of another


@dataclass(frozen=True)
class Delivery:
    """A form that is wanted, and the file that it goes to; None for the standard output."""

    form: Form
    file: Path | None


def wanted(names: Iterable[str]) -> tuple[Delivery, ...]:
    """What `FORM` and `FORM=FILE` ask; VesocError for an unknown form, or two documents on one standard output."""
    found = tuple(_wanted(name) for name in names)
    printed = [delivery.form.name for delivery in found if not delivery.file]
    if len(printed) > 1 and not _LOGS.issuperset(printed):
        raise VesocError(f"--format {' and '.join(printed)}: one document at a time; write the others by FORM=FILE")
    return found


def deliver(outcome: Outcome, options: Options, language: str, asked: Iterable[Delivery], console: Console) -> None:
    """Write each report that is wanted, the text in colours where a terminal shows them.

    VesocError names a file that cannot be written.
    """
    for delivery in asked:
        if delivery.file:
            _write(delivery.file, delivery.form.write(outcome, language, options))
        elif delivery.form.write is text.write:
            for line in text.lines(outcome, language, options):
                console.print(Text(line.text, style=_STYLES.get(line.kind, "")))
        else:
            _print(delivery.form.write(outcome, language, options))


def _wanted(name: str) -> Delivery:
    wanted_form, equals, file = name.partition("=")
    if equals and not file:
        raise VesocError(f"--format {name}: name the file after the sign")
    return Delivery(form(wanted_form), Path(file) if file else None)


def _write(file: Path, report: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report, encoding="utf-8", newline="")
    except OSError as error:
        raise VesocError(f"{file}: the report cannot be written ({error.strerror})") from None


def _print(report: str) -> None:
    try:
        sys.stdout.buffer.write(report.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None
