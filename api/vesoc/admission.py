"""Whether new data may be served: the shapes over the files of the graph, in a process that is gone afterwards."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable
from typing import Any

from vesoc import confinement, graphs
from vesoc.errors import VesocError
from vesoc.places import Places

MOST = 20  # violations that are told one by one
_FAILED = {"error": "the validation ended before its report; the log of the server says why"}


def violations(found: Places, base: str) -> list[dict[str, str]]:
    """What breaks a rule: rule, focus node and message; VesocError for a file that is not RDF."""
    from vesoc import validation  # which imports much

    files = [file for file in graphs.own_files(found) if file.slug != graphs.METADATA]
    report = validation.check([quad for file in files for quad in graphs.quads(file, base)], found.shapes)
    return [
        {"rule": finding.rule, "focus": finding.culprit, "message": finding.messages.get("en", "")}
        for finding in report.findings
        if finding.severity == "Violation"
    ]


class Examination:
    """The validation of the graph in a process of its own, which begins at once; `niceness` lets others go first."""

    def __init__(self, found: Places, base: str, niceness: int) -> None:
        self._reading, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _report(writing, niceness, lambda: violations(found, base))
        os.close(writing)

    def refusal(self) -> dict[str, Any] | None:
        """Wait for the end: why the data may not be served, as the engine reports it; None where it may."""
        with os.fdopen(self._reading, "rb") as stream:
            told = stream.read()
        os.waitpid(self._process, 0)
        report: dict[str, Any] = json.loads(told) if told else _FAILED
        found = report.get("violations")
        if found == []:
            return None
        return report if found is None else {"error": _summary(found), "violations": found[:MOST]}


def _report(stream: int, niceness: int, work: Callable[[], list[dict[str, str]]]) -> None:
    """Write what some work gives, and end this process."""
    try:
        confinement.die_with_parent()
        os.nice(niceness)
        with os.fdopen(stream, "w", encoding="utf-8") as file:
            json.dump(_told(work), file)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(0)


def _told(work: Callable[[], list[dict[str, str]]]) -> dict[str, Any]:
    try:
        return {"violations": work()}
    except VesocError as error:
        return {"error": str(error)}


def _summary(found: list[dict[str, str]]) -> str:
    """The number of violations, and the first of them."""
    number = "1 violation" if len(found) == 1 else f"{len(found)} violations"
    return f"the graph breaks a rule: {number}; the first is <{found[0]['focus']}>, {found[0]['message']}"
