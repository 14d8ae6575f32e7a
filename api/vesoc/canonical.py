"""One way to write a Turtle file, so that a difference between two versions is one of meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import Node

from vesoc.conversion import as_graph
from vesoc.errors import VesocError
from vesoc.names import PREFIXES

_VERB = 1  # the position of a predicate
# A comment, or a text or IRI that may hold its sign.
_COMMENT = re.compile(
    r"""(?P<comment>\#[^\r\n]*) | <[^<>\s]*> | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' | (?:\\.|[^\s<>"'#\\])+""",
    re.VERBOSE | re.DOTALL,
)


def canonical(text: str) -> str:
    """The canonical form of a Turtle document."""
    stream = BytesIO()
    graph = _graph(text)
    serializer = _Serializer(graph)
    # To look for the names of blank nodes takes half of the time, and few documents have any.
    serializer.serialize(stream, encoding="utf-8", canon=any(isinstance(node, BNode) for node in graph.all_nodes()))
    return stream.getvalue().decode().strip() + "\n"


def _graph(text: str) -> Graph:
    """The document as the engine gives it back, in the literal forms that survive a load."""
    store, parser = pyoxigraph.Store(), pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    store.extend(parser)
    graph = as_graph(store, native=True, kind="SimpleMemory")
    for prefix, namespace in _prefixes(parser.prefixes).items():
        graph.bind(prefix, namespace)
    return graph


def _prefixes(declared: Mapping[str, str]) -> dict[str, str]:
    """Our prefixes, and those of the document for namespaces that have none of ours."""
    known = set(PREFIXES.values())
    others = {name: space for name, space in declared.items() if name and space not in known}
    return {**others, **PREFIXES}


def comments(text: str) -> int:
    """How many comments a Turtle document has, which its canonical form leaves out."""
    return sum(found["comment"] is not None for found in _COMMENT.finditer(text))


class _Serializer(LongTurtleSerializer):
    """Long Turtle in alphabetical order, without prefixes that only hidden datatypes ask for."""

    def __init__(self, graph: Graph) -> None:
        self._labels: dict[tuple[Node, bool], str] = {}
        super().__init__(graph)  # type: ignore[no-untyped-call]

    def orderSubjects(self) -> list[Any]:  # noqa: N802
        # The parent sorts by the number of references, so a new link would move whole blocks.
        return sorted(self._subjects, key=self._place)

    def _place(self, subject: Node) -> tuple[bool, bool, Node]:
        return isinstance(subject, BNode), self._references[subject] > 0, subject

    def preprocess(self) -> None:
        for subject, predicate, value in self.store:
            self._subjects[subject] = True
            self._references[value] += 1
            self.label(predicate, _VERB)
        # A prefix is declared when the first name with it is written, and that must be before the first line.
        for node in (*self._subjects, *self._references):
            self.label(node, 0)

    def get_pname(self, uri: Node, gen_prefix: bool = False) -> Any:
        return super().get_pname(uri, False)  # type: ignore[no-untyped-call]

    def label(self, node: Node, position: int) -> str:
        key = node, position == _VERB
        if key not in self._labels:
            self._labels[key] = self._label(node, position)
        return self._labels[key]

    def _label(self, node: Node, position: int) -> str:
        # The parent writes the decimal 7500 as 7500.0, which the engine gives back as 7500.
        if isinstance(node, Literal) and node.datatype == XSD.decimal and "." not in node:
            return f'"{node}"^^{self.get_pname(XSD.decimal)}'
        return str(super().label(node, position))  # type: ignore[no-untyped-call]


def rewrite(paths: Iterable[Path], *, keep: bool = False) -> dict[Path, int]:
    """Put the Turtle files under `paths` in canonical form, or `keep` them; gives those that were in another.

    Each with the number of its comments, which its canonical form leaves out.

    VesocError names a file that is not there or that is no Turtle.
    """
    texts = {file: _rewritten(file, keep) for path in paths for file in _files(path)}
    return {file: comments(text) for file, text in texts.items() if text is not None}


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.ttl"))
    if path.suffix != ".ttl":
        raise VesocError(f"{path}: only Turtle has a canonical form; name a .ttl file or a folder")
    return [path]


def _rewritten(file: Path, keep: bool) -> str | None:
    """What the file said before; None where that was its canonical form."""
    try:
        text = file.read_bytes().decode()
        form = canonical(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        raise VesocError(f"{file}:{error.lineno}:{error.offset}: {error.msg}") from None
    except (OSError, ValueError) as error:
        raise VesocError(f"{file}: cannot be read ({error})") from None
    if form == text:
        return None
    if not keep:
        file.write_bytes(form.encode())
    return text
