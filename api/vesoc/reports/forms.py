"""The forms of a report, by the name that `vesoc validate --format` and POST /validate know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vesoc.checks.outcome import Outcome
from vesoc.errors import VesocError
from vesoc.reports import github, json, junit, sarif, text, turtle
from vesoc.reports.options import Options


@dataclass(frozen=True)
class Form:
    """A form: its name, and what writes it in a language (`nl`, `en`)."""

    name: str
    write: Callable[[Outcome, str, Options], str]


FORMS = (
    Form("text", text.write),
    Form("json", json.write),
    Form("turtle", turtle.write),
    Form("junit", junit.write),
    Form("sarif", sarif.write),
    Form("github", github.write),
)


def form(name: str) -> Form:
    """The form of that name; VesocError where there is none."""
    for known in FORMS:
        if known.name == name:
            return known
    raise VesocError(f"unknown format {name!r}; there are {', '.join(known.name for known in FORMS)}")
