"""A report as workflow commands of GitHub, which it shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vesoc.checks.finding import SEVERITIES, Finding, Place
from vesoc.checks.outcome import Outcome
from vesoc.reports.artifact import artifact
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.text import verdict
from vesoc.reports.wording import explained, phrase

_COMMANDS = MappingProxyType({"Violation": "error", "Warning": "warning", "Info": "notice"})
_MOST = 10  # annotations of a command that GitHub keeps of one step
_DATA = MappingProxyType({"%": "%25", "\r": "%0D", "\n": "%0A"})  # the per cent sign first
_PROPERTY = MappingProxyType({**_DATA, ":": "%3A", ",": "%2C"})


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """Annotations, a line each, at most ten a severity; what is over stands below each other in a group of the log."""
    return "".join(f"{line}\n" for line in _lines(outcome, language, options))


def command(name: str, message: str, properties: Mapping[str, object] = MappingProxyType({})) -> str:
    """A workflow command; properties without a value are left out."""
    given = ((key, _escaped(str(value), _PROPERTY)) for key, value in properties.items() if value)
    told = ",".join(f"{key}={value}" for key, value in given)
    return f"::{name}{' ' if told else ''}{told}::{_escaped(message, _DATA)}"


def _lines(outcome: Outcome, language: str, options: Options) -> Iterator[str]:
    rest: list[Finding] = []
    for severity in SEVERITIES:
        found = [finding for finding in outcome.findings if finding.severity == severity]
        shown = found if len(found) <= _MOST else found[: _MOST - 1]
        yield from (_annotation(finding, language, options) for finding in shown)
        if hidden := len(found) - len(shown):
            yield command(_COMMANDS[severity], phrase("more of a kind", language).format(hidden), {"title": "vesoc"})
        rest += found[len(shown) :]
    if rest:
        yield command("group", phrase("findings", language).format(len(rest)))
        yield from (_logged(finding, language, options.base) for finding in rest)
        yield "::endgroup::"
    yield f"vesoc: {verdict(outcome, language, options)}"


def _annotation(finding: Finding, language: str, options: Options) -> str:
    title = f"{finding.rule} ({finding.step})"
    text = explained(finding, language, options.base)
    if not finding.place or artifact(finding.place.file).file:
        return command(_COMMANDS[finding.severity], text, {**_where(finding.place), "title": title})
    return command(_COMMANDS[finding.severity], f"{finding.place}: {text}", {"title": title})


def _where(place: Place | None) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "col": place.column} if place else {}


def _logged(finding: Finding, language: str, base: str) -> str:
    """A finding on one line of the log, where nothing in it can pass for a command."""
    text = " | ".join(explained(finding, language, base).split("\n"))
    line = f"{finding.severity} {finding.rule} {finding.place or ''} {text}"
    return " ".join(line.replace("##[", "## [").split())


def _escaped(text: str, table: Mapping[str, str]) -> str:
    for letter, code in table.items():
        text = text.replace(letter, code)
    return text
