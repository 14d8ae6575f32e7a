"""Which statements are meant: those of a subject, or all that mention a thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from vesoc.errors import VesocError

_ABSOLUTE = ("http://", "https://", "urn:", "ni:")


@dataclass(frozen=True)
class Selection:
    """Statements with this subject, and predicate and object where they are given; or with one of `mentions` in them.

    An object that is a plain text stands for each literal with that text, whatever its language or datatype.
    """

    subject: NamedNode | None = None
    predicate: NamedNode | None = None
    object: NamedNode | Literal | str | None = None
    mentions: frozenset[NamedNode] = frozenset()

    def holds(self, triple: Triple) -> bool:
        """Whether a statement is one of those meant."""
        if self.mentions:
            return bool(self.mentions & {triple.subject, triple.predicate, triple.object})
        pairs = ((self.subject, triple.subject), (self.predicate, triple.predicate))
        return all(wanted in (None, found) for wanted, found in pairs) and self._fits(triple)

    def _fits(self, triple: Triple) -> bool:
        if isinstance(self.object, str):
            return isinstance(triple.object, Literal) and triple.object.value == self.object
        return self.object in (None, triple.object)


def selection(
    names: Mapping[str, str], subject: str | None, predicate: str | None, value: str | None, mentions: Sequence[str]
) -> Selection:
    """A selection as it is written on the command line, with `names` for prefixes.

    VesocError where it selects by nothing or by both, or where an IRI is none.
    """
    if bool(subject) == bool(mentions) or (mentions and (predicate or value is not None)):
        raise VesocError("say which statements: --subject, with --predicate and --object at will, or --mentions alone")
    return Selection(
        iri(subject, names) if subject else None,
        iri(predicate, names) if predicate else None,
        _object(value, names) if value is not None else None,
        frozenset(iri(text, names) for text in mentions),
    )


def iri(text: str, names: Mapping[str, str]) -> NamedNode:
    """The node of an IRI, in angle brackets or without, or of a name with a prefix; VesocError for another text."""
    bare = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if bare == text and colon and prefix in names and not local.startswith("//"):
        bare = names[prefix] + local
    if not bare.startswith(_ABSOLUTE):
        raise VesocError(f"{text}: no IRI, nor a name with a prefix that is known")
    try:
        return NamedNode(bare)
    except ValueError:
        raise VesocError(f"{text}: no IRI") from None


def _object(text: str, names: Mapping[str, str]) -> NamedNode | Literal | str:
    """An IRI, a literal as N-Triples writes it, or the text of any literal."""
    if text.startswith('"'):
        return _literal(text)
    if text.startswith(("<", *_ABSOLUTE)) or (text.partition(":")[0] in names and " " not in text):
        return iri(text, names)
    return text


def _literal(text: str) -> Literal:
    try:
        [quad] = parse(f"<s:s> <s:p> {text} .".encode(), format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        raise VesocError(f'{text}: no literal; write it as "text"@nl or "4"^^<datatype>, or the text alone') from None
    assert isinstance(quad.object, Literal)
    return quad.object
