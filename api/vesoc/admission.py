"""Whether new data may be served: the shapes over the files of the graph, in a process that is gone afterwards."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vesoc import confinement
from vesoc.errors import VesocError
from vesoc.places import Places

if TYPE_CHECKING:
    from vesoc.checks.finding import Finding

MOST = 20  # violations that are told one by one
_FAILED = {"error": "the validation ended before its report; the log of the server says why"}


def violations(found: Places, base: str) -> list[dict[str, str]]:
    """What breaks a rule: its rule, focus node, message and place; VesocError for a file that is not RDF."""
    from vesoc.checks import soundness, syntax  # which import much

    breaches = soundness.violations(found, base)
    for finding in breaches:
        if finding.step == syntax.STEP.name:
            raise VesocError(f"{finding.place}: {finding.message('en')}")
    return [_document(finding) for finding in breaches]


def _document(finding: Finding) -> dict[str, str]:
    """What the log and the report of the engine tell of a violation."""
    place = {"place": str(finding.place)} if finding.place else {}
    return {"rule": finding.rule, "focus": finding.thing or "", "message": finding.messages["en"], **place}


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
    first = found[0]
    place = f" ({first['place']})" if "place" in first else ""
    return f"the graph breaks a rule: {number}; the first is <{first['focus']}>, {first['message']}{place}"
