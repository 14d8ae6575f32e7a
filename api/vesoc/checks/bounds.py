"""An outcome that is no longer than a reader can use, whatever somebody hands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vesoc.checks.finding import Finding
from vesoc.checks.outcome import Outcome

FINDINGS = 1000
CHARACTERS = 1000  # of a term or a text
_TERMS = ("thing", "focus", "path", "value")
_TEXTS = ("messages", "label", "expected", "remedy")
_MORE = {
    "nl": "Er zijn nog {number} bevindingen, die hier niet staan.",
    "en": "There are {number} more findings, which are not told here.",
}


def bounded(outcome: Outcome, findings: int = FINDINGS, characters: int = CHARACTERS) -> Outcome:
    """The first findings, the worst ones, with long terms and texts cut, and one that tells how many are left out."""
    kept = tuple(_cut(finding, characters) for finding in outcome.findings[:findings])
    left = len(outcome.findings) - len(kept)
    return replace(outcome, findings=(*kept, _more(left)) if left else kept)


def _cut(finding: Finding, characters: int) -> Finding:
    terms = {name: _short(term, characters) for name in _TERMS if (term := getattr(finding, name))}
    texts = {name: _each(getattr(finding, name), characters) for name in _TEXTS}
    changes: dict[str, Any] = {**terms, **texts}
    return replace(finding, **changes)


def _each(texts: Mapping[str, str], characters: int) -> Mapping[str, str]:
    return {language: _short(text, characters) for language, text in texts.items()}


def _short(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[:characters]}…"


def _more(number: int) -> Finding:
    messages = {language: text.format(number=number) for language, text in _MORE.items()}
    return Finding("report", "more-findings", "Info", messages)
