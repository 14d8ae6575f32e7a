"""What reports say of a finding: names shortened by prefixes, long values cut, sentences in Dutch and English."""

from __future__ import annotations

import re
from types import MappingProxyType

from vesoc.checks.finding import Finding, told
from vesoc.checks.outcome import Allowance, StepRun
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
        "more": ("en nog {}: --all toont ze", "and {} more: --all shows them"),
        "remarks": ("{} ({}): --all toont ze", "{} ({}): --all shows them"),
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
# What steps look at, and why they do not: what they say in English, in Dutch, and where it is counted, one of it.
_THINGS = MappingProxyType(
    {
        "documents": (("document", "documenten"), ("document", "documents")),
        "files": (("bestand", "bestanden"), ("file", "files")),
        "uses of terms": (("gebruik van een term", "keer een term gebruikt"), ("use of a term", "uses of terms")),
        "triples": (("triple", "triples"), ("triple", "triples")),
        "concepts": (("concept", "concepten"), ("concept", "concepts")),
        "pointers": (("verwijzing", "verwijzingen"), ("pointer", "pointers")),
        "queries": (("vraag", "vragen"), ("query", "queries")),
        "catalogue": (("catalogus", "catalogus"), ("catalogue", "catalogue")),
    }
)
_REASONS = MappingProxyType(
    {
        "not all documents can be read": "niet alle documenten zijn leesbaar",
        "the source texts are not here: VESOC_SOURCES": "de bronteksten zijn er niet: VESOC_SOURCES",
        "the library of queries belongs to our own graph": "de vragen horen bij onze eigen graaf",
    }
)


def phrase(name: str, language: str) -> str:
    """A phrase in a language, by what it means in English."""
    dutch, english = _PHRASES[name]
    return dutch if language == "nl" else english


def counted(number: int, severity: str, language: str) -> str:
    """How many of a severity, in words: `1 violation`, `3 violations`."""
    return f"{number} {phrase(severity if number == 1 else f'{severity}s', language)}"


def looked_at(step: StepRun, language: str) -> str:
    """How many things of which kind a step looked at."""
    dutch, english = _THINGS.get(step.what, ((step.what, step.what),) * 2)
    one, many = dutch if language == "nl" else english
    return f"{step.looked_at:,} {one if step.looked_at == 1 else many}"


def why(step: StepRun, language: str) -> str:
    """Why a step was left out; nothing where it ran."""
    reason = step.left_out or ""
    return _REASONS.get(reason, reason) if language == "nl" else reason


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
