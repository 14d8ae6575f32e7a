"""The step `syntax`: each document is RDF in the syntax that it claims, as UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad, Triple

from vesoc.checks.finding import Finding, Place
from vesoc.checks.material import Document, Material
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.wording import about

_PLACE = re.compile(r"^Parser error [^:]*: ")  # which stands in the place of the finding
_BAD = {
    "nl": "Dit is geen geldige {form}: {reason}. Wat erna komt, is niet gelezen.",
    "en": "This is not valid {form}: {reason}. What comes after it has not been read.",
}
_EMPTY = {
    "nl": "Het document zegt niets: er staat geen enkele uitspraak in.",
    "en": "The document says nothing: there is not one statement in it.",
}
_NEW = {
    "nl": "Dit is RDF 1.2 (een uitspraak als waarde, of een tekst met een richting), en dat wordt niet nagekeken.",
    "en": "This is RDF 1.2 (a statement as a value, or a text with a direction), which is not checked.",
}
_OLD = {"nl": "Zeg het in RDF 1.1.", "en": "Say it in RDF 1.1."}


def look(material: Material) -> Look:
    """Parse each document whole."""
    findings = tuple(finding for document in material.documents for finding in _findings(document))
    return Look(findings, len(material.documents), "documents")


def _findings(document: Document) -> Iterator[Finding]:
    try:
        if not document.quads:
            yield _finding(document, "empty-document", "Warning", _EMPTY, Place(document.name))
        yield from _new(document.quads)
    except SyntaxError as error:
        place = Place(document.name, error.lineno or 1, error.offset or 1)
        yield _finding(document, "syntax-error", "Violation", _said(document, error.msg), place)
    except ValueError as error:
        yield _finding(document, "syntax-error", "Violation", _said(document, str(error)), Place(document.name))


def _new(quads: Iterable[Quad]) -> Iterator[Finding]:
    """The first statement with what RDF 1.2 added, which neither SHACL 1.0 nor the other steps know."""
    for quad in quads:
        if isinstance(quad.object, Triple) or (isinstance(quad.object, Literal) and quad.object.direction):
            yield about(quad, _NEW, step=STEP.name, rule="rdf-12", remedy=_OLD)
            return


def _said(document: Document, reason: str) -> dict[str, str]:
    plain = _PLACE.sub("", " ".join(reason.split())).rstrip(".")
    values = {"form": document.form.name, "reason": plain}
    return {language: text.format(**values) for language, text in _BAD.items()}


def _finding(document: Document, rule: str, severity: str, messages: dict[str, str], place: Place) -> Finding:
    return Finding(STEP.name, rule, severity, messages, thing=document.iri, focus=document.iri, place=place)


RULES = (
    Rule("syntax", "syntax-error", {"nl": "Elk document is geldige RDF", "en": "Each document is valid RDF"}),
    Rule("syntax", "rdf-12", {"nl": "Elk document is RDF 1.1", "en": "Each document is RDF 1.1"}),
    Rule("syntax", "empty-document", {"nl": "Elk document zegt iets", "en": "Each document says something"}, "Warning"),
)
STEP = Step("syntax", "each document is RDF in its syntax", look, rules=RULES)
