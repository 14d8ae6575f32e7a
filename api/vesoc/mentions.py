"""Each statement of our Turtle files that names a thing, as subject or as object, with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vesoc.graphs import GraphFile, content
from vesoc.names import short
from vesoc.positions import Statement, statements


@dataclass(frozen=True)
class Mention:
    """A statement in a file below the root; `incoming` says that it points to the thing and is about another."""

    file: str
    statement: Statement
    incoming: bool

    def told(self, base: str) -> str:
        """The mention on one line, names with their prefixes; the place is that of the object."""
        line, column = self.statement.object_at
        terms = (self.statement.subject, self.statement.predicate, self.statement.object)
        subject, predicate, value = (_short(term, base) for term in terms)
        return f"{self.file}:{line}:{column}: {f'{subject} ' if self.incoming else ''}{predicate} {value}"


def mentions(root: Path, files: Sequence[GraphFile], iri: str) -> list[Mention]:
    """The statements about a thing, then those that point to it, each in the order of the files."""
    found = [mention for file in files for mention in _in_file(root, file, iri)]
    return sorted(found, key=lambda mention: mention.incoming)


def _in_file(root: Path, file: GraphFile, iri: str) -> Iterator[Mention]:
    text, node = content(file).decode(), f"<{iri}>"
    local = iri.replace("#", "/").rpartition("/")[2]
    if local in text:  # reading the positions takes a hundred times as long
        for one in statements(text):
            if node in (one.subject, one.object):
                yield Mention(file.path.relative_to(root).as_posix(), one, one.subject != node)


def _short(term: str, base: str) -> str:
    return short(term[1:-1], base) if term.startswith("<") else term
