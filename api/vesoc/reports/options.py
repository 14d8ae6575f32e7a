"""What the writer of a report may be told beside the outcome."""

from __future__ import annotations

from dataclasses import dataclass

from vesoc.checks.rule import Rule
from vesoc.names import BASE


@dataclass(frozen=True)
class Options:
    """How to write a report.

    `base` is that of our IRIs, which are shortened by it. `least` is the least severity that fails a run, `rules` are
    all that were checked, with those that found nothing. `whole` shows every finding where alike ones would be folded.
    `root` is the folder that names of files are relative to, as an IRI with a slash at its end. `anchor` is the file
    that stands for the whole graph, for readers that take no finding without a file.
    """

    base: str = BASE
    least: str = "Violation"
    rules: tuple[Rule, ...] = ()
    whole: bool = False
    root: str = "file:///"
    anchor: str = "README.md"


PLAIN = Options()
