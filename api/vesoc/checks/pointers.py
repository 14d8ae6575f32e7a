"""The step `evidence`: every pointer into a source text leads to what it tells of, and no item is left out."""

from __future__ import annotations

from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from vesoc import coverage, evidence, texts
from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.wording import filled, same
from vesoc.coverage import Covered, Kind
from vesoc.evidence import Fault
from vesoc.names import prefixes
from vesoc.texts import Text

_ABSENT = "the source texts are not here: VESOC_SOURCES"
# The property that says what is wrong.
_PATHS = MappingProxyType(
    {
        "pointer-range": "oa:hasSelector",
        "pointer-digest": "vesoc:sha256",
        "pointer-item": "oa:hasSelector",
        "pointer-number": "vesoc:bulletNumber",
        "pointer-path": "vesoc:sectionPath",
        "pointer-heading": "vesoc:sectionPath",
        "text-length": "vesoc:characterCount",
        "text-missing": "vesoc:sha256",
    }
)
_TOLD = ("pointer-digest", "pointer-number", "pointer-path")  # of which the graph has the very text that was found
_MISSING = {
    "nl": "Geen bestand in {folder} heeft de hash van deze tekst.",
    "en": "No file in {folder} has the digest of this text.",
}
_LEFT_OUT = {
    "nl": "Punt {number} onder {path!r} (tekens {start} tot {end}) is overgeslagen: geen uitspraak wijst ernaar.",
    "en": "Item {number} under {path!r} (characters {start} to {end}) is left out: no statement points to it.",
}
_DESCRIBE = {
    "nl": "Beschrijf wat het punt belooft, of hang de vindplaats met soort en reden aan het deel van het akkoord.",
    "en": "Describe what the item promises, or hang the passage on the part of the agreement with a kind and a reason.",
}
_CORRECT = {
    "nl": "Zoek de passage in de tekst op, en verbeter bereik, hash, sectiepad of nummer.",
    "en": "Look the passage up in the text, and correct range, digest, section path or number.",
}


def look(material: Material) -> Look:
    """Verify what the documents say of the texts that are there."""
    assert material.sources is not None
    store, base = material.store, material.base
    theirs = {quad.subject for quad in material.quads}
    number, findings = 0, list[Finding]()
    for iri, text in texts.available(store, base, material.sources).items():
        if text is None:
            findings.append(_missing(iri, material))
            continue
        pointers, faults = evidence.verify(store, base, text)
        number += pointers
        left_out = coverage.cover(store, base, text).of(Kind.NONE)
        findings += [*(_fault(fault, base) for fault in faults), *(_left_out(covered, text) for covered in left_out)]
    found = tuple(finding for finding in findings if NamedNode(str(finding.thing)) in theirs)
    return Look(found, number, "pointers")


def _hindrance(material: Material) -> str | None:
    return None if material.sources and material.sources.is_dir() else _ABSENT


def _fault(fault: Fault, base: str) -> Finding:
    return Finding(
        STEP.name,
        fault.rule,
        "Violation",
        {language: f"{text[0].upper()}{text[1:]}." for language, text in fault.messages.items()},
        thing=fault.evidence,
        focus=fault.evidence,
        path=_path(fault.rule, base),
        value=str(Literal(fault.found)) if fault.rule in _TOLD else None,
        expected=same(fault.expected),
        remedy=_CORRECT,
    )


def _missing(iri: str, material: Material) -> Finding:
    messages, path = filled(_MISSING, folder=material.sources), _path("text-missing", material.base)
    return Finding(STEP.name, "text-missing", "Violation", messages, iri, focus=iri, path=path)


def _left_out(covered: Covered, text: Text) -> Finding:
    item = covered.item
    messages = filled(_LEFT_OUT, number=item.number, path=item.section.path, start=item.start, end=item.end)
    return Finding(STEP.name, "item-left-out", "Violation", messages, text.iri, focus=text.iri, remedy=_DESCRIBE)


def _path(rule: str, base: str) -> str:
    prefix, name = _PATHS[rule].split(":")
    return prefixes(base)[prefix] + name


_TITLES = {
    "pointer-range": ("Een bereik valt binnen de tekst", "A range is inside the text"),
    "pointer-digest": ("De hash is die van de passage", "The digest is that of the passage"),
    "pointer-item": ("Een passage staat in een punt", "A passage stands in a list item"),
    "pointer-number": ("Het nummer is dat van het punt", "The number is that of the item"),
    "pointer-path": ("Het sectiepad is dat van de passage", "The section path is that of the passage"),
    "pointer-heading": ("De koppen staan voor de passage", "The headings stand before the passage"),
    "text-length": ("De lengte is die van de tekst", "The length is that of the text"),
    "text-missing": ("Elke tekst is er", "Each text is there"),
    "item-left-out": ("Geen punt is overgeslagen", "No item is left out"),
}
RULES = tuple(Rule("evidence", code, {"nl": nl, "en": en}) for code, (nl, en) in _TITLES.items())
STEP = Step(
    "evidence",
    "every pointer into a text holds, and no item is left out",
    look,
    _hindrance,
    by_default=False,
    rules=RULES,
)
