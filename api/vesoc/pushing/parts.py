"""A graph as parts of bounded size, in N-Triples (RDF 1.2), and blank nodes that have to hold beyond one part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Triple


@dataclass(frozen=True)
class Size:
    """What one request may have: triples and bytes."""

    triples: int
    bytes: int


@dataclass(frozen=True)
class Part:
    """Some statements as lines; `blank` tells whether a blank node is among them."""

    lines: tuple[bytes, ...]
    blank: bool

    @property
    def body(self) -> bytes:
        """The lines as one document."""
        return b"".join(self.lines)

    def fits(self, size: Size) -> bool:
        """Whether it is no larger than that."""
        return len(self.lines) <= size.triples and sum(map(len, self.lines)) <= size.bytes

    def halves(self) -> tuple[Part, Part]:
        """The part in two; for one with several lines."""
        middle = len(self.lines) // 2
        return Part(self.lines[:middle], self.blank), Part(self.lines[middle:], self.blank)


def parts(triples: Iterable[Triple], size: Size) -> Iterator[Part]:
    """All statements in order; a part has at least one, and else no more than fits."""
    lines: list[bytes] = []
    taken, blank = 0, False
    for triple in triples:
        line = f"{triple} .\n".encode()
        if lines and (len(lines) >= size.triples or taken + len(line) > size.bytes):
            yield Part(tuple(lines), blank)
            lines, taken, blank = [], 0, False
        lines.append(line)
        taken += len(line)
        blank = blank or has_blank(triple)
    if lines:
        yield Part(tuple(lines), blank)


def has_blank(triple: Triple) -> bool:
    """Whether a blank node stands in a statement, however deep."""
    return any(
        isinstance(node, BlankNode) or (isinstance(node, Triple) and has_blank(node))
        for node in (triple.subject, triple.object)
    )


def skolem(name: str, base: str) -> NamedNode:
    """The IRI that stands for a blank node (RDF 1.1 Concepts, section 3.5)."""
    return NamedNode(_space(base) + name)


def skolemized(triple: Triple, base: str) -> Triple:
    """The same statement with IRIs instead of blank nodes."""
    if not has_blank(triple):
        return triple
    return _mapped(triple, lambda node: skolem(node.value, base) if isinstance(node, BlankNode) else node)


def unskolemized(triple: Triple, base: str) -> Triple:
    """The statement that `skolemized` was given."""
    space = _space(base)
    if space not in str(triple):
        return triple
    return _mapped(triple, lambda node: _blank(node, space))


def _mapped(triple: Triple, change: Callable[[Any], Any]) -> Triple:
    """A statement with another node for each node, in triple terms too."""
    subject, value = (
        _mapped(node, change) if isinstance(node, Triple) else change(node) for node in (triple.subject, triple.object)
    )
    return Triple(subject, triple.predicate, value)


def _blank(node: Any, space: str) -> Any:
    if isinstance(node, NamedNode) and node.value.startswith(space):
        return BlankNode(node.value.removeprefix(space))
    return node


def _space(base: str) -> str:
    return f"{base}.well-known/genid/"
