"""Which file says something of a thing, and on which line: the subjects of the graph's own Turtle files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vesoc.graphs import GraphFile

_PREFIX = re.compile(r"^@?prefix\s+(?P<prefix>[\w.-]*):\s*<(?P<space>[^>]*)>", re.IGNORECASE | re.MULTILINE)
# A block begins at the start of a line with its subject, which stands alone there: so the canonical form has it.
_BLOCK = re.compile(r"^(?:<(?P<iri>[^>]*)>|(?P<prefix>[\w.-]*):(?P<local>\S*))$", re.MULTILINE)
_LONG_TEXT = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""', re.DOTALL)
_ESCAPED = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Place:
    """Where a block about a thing begins: its file below the root, the line from 1, and the slug of its graph."""

    file: str
    line: int
    slug: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Whereabouts:
    """The places of all subjects of some files below a root; read when the first is asked for."""

    def __init__(self, root: Path, files: Sequence[GraphFile]) -> None:
        self._root = root
        self._files = files

    def of(self, iri: str) -> list[Place]:
        """The places where blocks about a thing begin."""
        return self._places.get(iri, [])

    def files(self, slug: str) -> list[str]:
        """The files that a named graph is made of."""
        return [self._named(file) for file in self._files if file.slug == slug]

    @cached_property
    def _places(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for file in self._files:
            name = self._named(file)
            for iri, line in subjects(file.path.read_text(encoding="utf-8")):
                found[iri].append(Place(name, line, file.slug or ""))
        return dict(found)

    def _named(self, file: GraphFile) -> str:
        return file.path.relative_to(self._root).as_posix()


def subjects(text: str) -> Iterator[tuple[str, int]]:
    """The subject of each block of a Turtle file in canonical form, and the line where the block begins."""
    spaces = {match["prefix"]: match["space"] for match in _PREFIX.finditer(text)}
    line, read = 1, 0
    bare = _LONG_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for match in _BLOCK.finditer(bare):
        line, read = line + bare.count("\n", read, match.start()), match.start()
        if match["iri"] is not None:
            yield _CODE.sub(lambda code: chr(int(code[1] or code[2], 16)), match["iri"]), line
        elif match["prefix"] in spaces:
            yield spaces[match["prefix"]] + _ESCAPED.sub(r"\1", match["local"]), line
