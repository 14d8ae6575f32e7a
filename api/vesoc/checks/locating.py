"""Where the cause of a finding stands: the statement to mend, or else the thing that lacks one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import Quad

from vesoc import positions
from vesoc.checks.causes import Causes
from vesoc.checks.finding import Finding, Place
from vesoc.checks.material import Document
from vesoc.names import PREFIXES, term
from vesoc.positions import Position, Statement
from vesoc.shapes import Shapes

_TYPE = str(term("rdf:type"))
_LINKS = tuple(str(term(name)) for name in ("rdf:first", "rdf:rest"))
_SHACL = PREFIXES["sh"]
_Found = tuple["_Sheet", Statement]


class Locator:
    """Finds the places of findings in documents, of which it reads only those that speak of the things.

    `shapes` tell by vs:cause which statements a rule blames; `context` is what those queries see besides the documents.
    """

    def __init__(
        self, documents: Iterable[Document], shapes: Shapes | None = None, context: Iterable[Quad] = ()
    ) -> None:
        self._sheets = [_Sheet(document) for document in documents if document.readable]
        quads = (quad for source in (*(sheet.document.quads for sheet in self._sheets), context) for quad in source)
        self._causes = Causes(shapes, quads)

    def place(self, finding: Finding) -> Place | None:
        """Where the cause stands: what the rule blames, the statement, thing, its use, a mention, or a file."""
        looks = (self._blamed, self._stated, self._described, self._used, self._mentioned, self._headed)
        return next((place for look in looks if (place := look(finding))), None)

    def _blamed(self, finding: Finding) -> Place | None:
        """The last of the statements that the rule blames."""
        found = [hit for triple in self._causes.blamed(finding) for hit in self._last(*triple)]
        return _object(max(found, key=self._order)) if found else None

    def _stated(self, finding: Finding) -> Place | None:
        """The statement of the thing with that property, or with any, and the value; else the one that is too many."""
        path = _TYPE if _lacks_class(finding) else f"<{finding.path}>"
        value = _spelt(finding.value)
        for thing in _terms(finding.thing):
            about = list(self._about(thing))
            stated = [found for found in about if found[1].predicate == path]
            exact = [found for found in stated or about if found[1].object == value]
            if blamed := exact or _doubled(stated, finding) or stated:
                return _property(blamed[-1]) if finding.path and finding.focus == finding.path else _object(blamed[-1])
        return None

    def _described(self, finding: Finding) -> Place | None:
        """The subject of the block about the thing: the one that tells its type, where there are more."""
        for thing in _terms(finding.thing):
            about = list(self._about(thing))
            typed = [found for found in about if found[1].predicate == _TYPE]
            for sheet, statement in (typed or about)[:1]:
                return sheet.place(statement.subject_at)
        return None

    def _used(self, finding: Finding) -> Place | None:
        """The first statement that has the thing as object or predicate; a thing may be a literal, told as value."""
        terms = (*_terms(finding.thing), _spelt(finding.value))
        hits = ((term, sheet) for term in terms for sheet in self._sheets if term in sheet.terms)
        return next((sheet.place(sheet.uses[term]) for term, sheet in hits if term in sheet.uses), None)

    def _mentioned(self, finding: Finding) -> Place | None:
        """The first place of its IRI in a document whose statements have no places."""
        for thing in _terms(finding.thing):
            for sheet in self._sheets:
                if thing in sheet.terms and (at := positions.mention(sheet.document.text, thing.strip("<>"))):
                    return sheet.place(at)
        return None

    def _headed(self, finding: Finding) -> Place | None:
        """The first line of the document that the finding is about."""
        found = (sheet for sheet in self._sheets if finding.thing == sheet.document.iri)
        return next((sheet.place((1, 1)) for sheet in found), None)

    def _about(self, thing: str) -> Iterator[_Found]:
        """The statements of which a thing is the subject, in the order of documents and lines."""
        for sheet in self._sheets:
            if thing in sheet.terms:
                yield from ((sheet, statement) for statement in sheet.blocks.get(thing, ()))

    def _last(self, subject: str, predicate: str, value: str) -> list[_Found]:
        """That statement, or where its literal is written otherwise, the last one like it."""
        alike = [found for found in self._about(subject) if found[1].predicate == predicate]
        exact = [found for found in alike if found[1].object == value]
        return (exact or alike)[-1:]

    def _order(self, found: _Found) -> tuple[int, Position]:
        return self._sheets.index(found[0]), found[1].object_at


class _Sheet:
    """A document, and what is read of it when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def place(self, at: Position) -> Place:
        return Place(self.document.name, *at)

    @cached_property
    def terms(self) -> frozenset[str]:
        """All that it speaks of."""
        quads = self.document.quads
        return frozenset(map(str, {term for quad in quads for term in (quad.subject, quad.predicate, quad.object)}))

    @cached_property
    def blocks(self) -> Mapping[str, Sequence[Statement]]:
        """Its statements by subject, in the order of their lines."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self._statements:
            found[statement.subject].append(statement)
        return found

    @cached_property
    def uses(self) -> Mapping[str, Position]:
        """The first place of each object and predicate."""
        found: dict[str, Position] = {}
        for statement in self._statements:
            found.setdefault(statement.object, statement.object_at)
            found.setdefault(statement.predicate, statement.predicate_at)
        return found

    @cached_property
    def _statements(self) -> list[Statement]:
        """In the order of their lines, with the blank nodes' labels that the engine has given."""
        document = self.document
        if document.form.media_type in ("application/rdf+xml", "application/ld+json"):
            return []
        found = list(positions.statements(document.text, document.iri))
        labels = _labels(found, document.quads)
        renamed = (
            statement._replace(
                subject=labels.get(statement.subject, statement.subject),
                object=labels.get(statement.object, statement.object),
            )
            for statement in found
        )
        return sorted(renamed, key=lambda statement: statement.object_at)


def _labels(found: Iterable[Statement], quads: Iterable[Quad]) -> dict[str, str]:
    """The engine's label of each blank node of ours: but for collections, both give statements in the same order."""
    ours = [statement for statement in found if statement.predicate not in _LINKS]
    theirs = [quad for quad in quads if str(quad.predicate) not in _LINKS]
    pairs = ((mine, its) for mine, its in zip(ours, theirs, strict=False) if mine.predicate == str(its.predicate))
    both = (pair for mine, its in pairs for pair in ((mine.subject, its.subject), (mine.object, its.object)))
    return {mine: str(its) for mine, its in both if mine.startswith("_:")}


def _property(found: _Found) -> Place:
    sheet, statement = found
    return sheet.place(statement.predicate_at)


def _object(found: _Found) -> Place:
    sheet, statement = found
    return sheet.place(statement.object_at)


def _terms(thing: str | None) -> tuple[str, ...]:
    """How N-Triples may write the thing of a finding: an IRI, the label of a blank node, or a literal."""
    if not thing:
        return ()
    return (thing,) if thing.startswith(("_:", '"')) else (f"<{thing}>", f"_:{thing}")


def _spelt(value: str | None) -> str:
    """A value as the engine writes it in N-Triples, which other libraries do not all do alike."""
    try:
        return positions.spelt(value) if value and not value.startswith("_:") else value or ""
    except (SyntaxError, ValueError):
        return ""


def _lacks_class(finding: Finding) -> bool:
    return finding.path is None and finding.component == f"{_SHACL}ClassConstraintComponent"


def _doubled(stated: list[_Found], finding: Finding) -> list[_Found]:
    """The second text in a language, where no language may come twice."""
    if finding.component != f"{_SHACL}UniqueLangConstraintComponent":
        return []
    seen: set[str] = set()
    for found in stated:
        _, mark, language = found[1].object.rpartition('"@')
        if mark and language.lower() in seen:
            return [found]
        seen.add(language.lower())
    return []
