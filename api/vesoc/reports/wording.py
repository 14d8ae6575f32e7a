"""What reports say of a finding: names shortened by prefixes, long values cut, sentences in Dutch and English."""

from __future__ import annotations

import re
from types import MappingProxyType

from vesoc.checks.finding import Finding, told
from vesoc.checks.outcome import Allowance
from vesoc.names import short

_LONG = 160  # characters of a value; more of it tells a reader no more
_IRI = re.compile(r"<([^<>\s]*)>")
_PHRASES = MappingProxyType(
    {
        "Violation": ("overtreding", "violation"),
        "Warning": ("waarschuwing", "warning"),
        "Info": ("opmerking", "remark"),
        "Violations": ("overtredingen", "violations"),
        "Warnings": ("waarschuwingen", "warnings"),
        "Infos": ("opmerkingen", "remarks"),
        "at": ("bij", "at"),
        "property": ("eigenschap", "property"),
        "expected": ("verwacht", "expected"),
        "found": ("gevonden", "found"),
        "mend": ("herstel", "to mend"),
        "no place": ("zonder plaats in een bestand", "without a place in a file"),
        "more": ("en nog {}: --format json toont alles", "and {} more: --format json shows all"),
        "many": ("nog {} zoals hierboven: --format json toont alles", "{} more as above: --format json shows all"),
        "excused": ("verschoond: {}", "excused: {}"),
        "until": ("tot en met", "until"),
        "steps": ("stappen", "steps"),
        "left out": ("overgeslagen", "left out"),
        "conforms": ("in orde", "conforms"),
        "fails": ("niet in orde", "does not conform"),
        "findings": ("{} bevindingen", "{} findings"),
        "more of a kind": (
            "Nog {} van deze ernst: zie het logboek van deze stap.",
            "{} more of this severity: see the log of this step.",
        ),
    }
)


def phrase(name: str, language: str) -> str:
    """A phrase in a language, by what it means in English."""
    dutch, english = _PHRASES[name]
    return dutch if language == "nl" else english


def counted(number: int, severity: str, language: str) -> str:
    """How many of a severity, in words: `1 violation`, `3 violations`."""
    return f"{number} {phrase(severity if number == 1 else f'{severity}s', language)}"


def shortened(value: str, base: str) -> str:
    """A term in N-Triples for people: prefixed names, on one line, cut where it is long."""
    text, quote, rest = value.rpartition('"')
    named = _IRI.sub(lambda found: short(found[1], base), rest)
    whole = re.sub(r"\s+", " ", text + quote + named)
    return whole if len(whole) <= _LONG else f"{whole[:_LONG]}…"


def facts(finding: Finding, language: str, base: str) -> list[tuple[str, str]]:
    """What was expected, what was found and how to mend it, each with its heading; those that are known."""
    path = short(finding.path, base) if finding.path else ""
    about_itself = finding.value == f"<{finding.thing}>"  # as constraints over the whole graph report it
    value = shortened(finding.value, base) if finding.value and not about_itself else ""
    known = {
        "property": "" if value else path,
        "expected": told(finding.expected, language),
        "found": " ".join(part for part in (path, value) if part) if value else "",
        "mend": told(finding.remedy, language),
    }
    return [(phrase(name, language), text) for name, text in known.items() if text]


def subject(finding: Finding, language: str, base: str) -> str:
    """The thing to mend, by its label and its short name; nothing where there is none."""
    name = short(named(finding), base)
    label = told(finding.label, language)
    return f"{label} ({name})" if label and name else label or name


def named(finding: Finding) -> str:
    """The IRI of the thing to mend; nothing for a document, which the place names."""
    name = finding.thing or finding.focus or ""
    return "" if finding.place and name.startswith("file:") else name


def explained(finding: Finding, language: str, base: str) -> str:
    """All that is to be said of a finding, but where it stands, a line each."""
    about = subject(finding, language, base)
    lines = [f"{heading}: {text}" for heading, text in facts(finding, language, base)]
    return "\n".join([finding.message(language), *([f"{phrase('at', language)} {about}"] if about else []), *lines])


def excuse(allowance: Allowance, language: str) -> str:
    """Why a finding is excused, and until when."""
    return f"{allowance.reason} ({phrase('until', language)} {allowance.expires.isoformat()})"
