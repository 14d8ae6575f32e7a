"""The step `form`: each Turtle file stands in its canonical form, so that a difference is one of meaning."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import RdfFormat

from vesoc.checks.finding import Finding, Place
from vesoc.checks.material import Document, Material, shown
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.wording import filled

_MESSAGES = {
    "nl": "Dit bestand staat niet in zijn canonieke vorm: hier begint het eerste verschil.",
    "en": "This file is not in its canonical form: the first difference begins here.",
}
_EXPECTED = {"nl": "de regel {line!r}", "en": "the line {line!r}"}
_END = {"nl": "het einde van het bestand", "en": "the end of the file"}
_REMEDY = {
    "nl": "Draai `vesoc format {name}`; in een kopie van deze opslagplaats kan dat met `make format`.",
    "en": "Run `vesoc format {name}`, or `make format` in a checkout.",
}


def look(material: Material) -> Look:
    """Compare each Turtle document with its canonical form; of our graph the shapes and the axioms as well."""
    documents = [*_turtle(material.documents), *_beside(material)]
    return Look(tuple(found for document in documents for found in _findings(document)), len(documents), "files")


def _turtle(documents: tuple[Document, ...]) -> Iterator[Document]:
    return (document for document in documents if document.form == RdfFormat.TURTLE)


def _beside(material: Material) -> Iterator[Document]:
    """The Turtle files of the checkout that are in no graph."""
    if material.places is None:
        return
    known = {document.iri for document in material.documents}
    for folder in (material.places.ontology, material.places.shapes):
        for path in sorted(folder.glob("*.ttl")):
            if (iri := path.resolve().as_uri()) not in known:
                yield Document(shown(path), path.read_bytes(), RdfFormat.TURTLE, iri)


def _findings(document: Document) -> Iterator[Finding]:
    from vesoc.canonical import canonical

    try:
        form = canonical(document.text)
    except (SyntaxError, ValueError):  # of which the step before tells
        return
    whole = document.content.decode("utf-8", "replace")  # with a byte order mark
    if form != whole:
        yield _finding(document, whole, form)


def _finding(document: Document, whole: str, form: str) -> Finding:
    pairs = enumerate(zip(whole, form, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(whole), len(form)))
    row, start = whole.count("\n", 0, at), whole.rfind("\n", 0, at)
    wanted = form.split("\n")
    return Finding(
        STEP.name,
        "not-canonical",
        "Violation",
        _MESSAGES,
        document.iri,
        place=Place(document.name, row + 1, at - start),
        expected=filled(_EXPECTED, line=wanted[row]) if row < len(wanted) - 1 else _END,
        remedy=filled(_REMEDY, name=document.name),
    )


_TITLES = {"nl": "Elk Turtle-bestand staat in zijn canonieke vorm", "en": "Each Turtle file is in its canonical form"}
RULES = (Rule("form", "not-canonical", _TITLES),)
STEP = Step("form", "each Turtle file stands in its canonical form", look, by_default=False, rules=RULES)
