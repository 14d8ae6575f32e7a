"""What a check finds: what is wrong with which thing, where it stands, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SEVERITIES = ("Violation", "Warning", "Info")  # those of SHACL, worst first
Texts = Mapping[str, str]  # by language: nl, en


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file as it was named, line and column from 1, the column in Unicode code points."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """One thing that breaks one rule.

    `step` is the check that found it and `rule` a code that is stable over versions. `thing` is the IRI to mend, which
    for a constraint over the whole graph is not the SHACL focus node. IRIs are plain; `value`, and a thing, focus node
    or shape without an IRI, is written as in N-Triples. `focus`, `path`, `value`, `shape` and `component` are those of
    a SHACL validation result, and `part` tells the nameless parts of one shape apart.
    """

    step: str
    rule: str
    severity: str
    messages: Texts = field(compare=False)
    thing: str | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str | None = None
    component: str | None = None
    part: str | None = None
    place: Place | None = None
    label: Texts = field(default_factory=dict, compare=False)
    expected: Texts = field(default_factory=dict, compare=False)
    remedy: Texts = field(default_factory=dict, compare=False)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The order of findings: worst first, then by rule, place and thing."""
        place = (self.place.file, self.place.line, self.place.column) if self.place else ("", 0, 0)
        parts = (self.thing, self.path, self.value, self.shape, self.component, self.part, self.focus)
        return (SEVERITIES.index(self.severity), self.rule, place, *(part or "" for part in parts))

    def message(self, language: str) -> str:
        """What is wrong, in that language, or else in any, without the code; shapes of others may say nothing."""
        said = told(self.messages, language) or (self.component or self.rule).rpartition("#")[2]
        return said.removeprefix(f"{self.rule} ")


def told(texts: Texts, language: str) -> str:
    """A text in that language, or else in any there is; nothing where there is none."""
    return texts.get(language) or next(iter(texts.values()), "")
