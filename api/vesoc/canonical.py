"""One way to write a Turtle file, so that a difference between two versions is one of meaning."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.plugins.serializers.turtle import RecursiveSerializer
from rdflib.term import Node

from vesoc.names import PREFIXES

_Triple = tuple[Any, Any, Any]


def canonical(text: str) -> str:
    """The canonical form of a Turtle document."""
    stream = BytesIO()
    serializer = _Serializer(_graph(text))  # type: ignore[no-untyped-call]
    serializer.serialize(stream, encoding="utf-8", canon=True)
    return stream.getvalue().decode().strip() + "\n"


def _graph(text: str) -> Graph:
    """The document as the engine gives it back, in the literal forms that survive a load."""
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    default = pyoxigraph.DefaultGraph()
    dump = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=default)
    graph = Graph(bind_namespaces="none").parse(data=dump, format="nt")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


class _Serializer(LongTurtleSerializer):
    """Long Turtle in alphabetical order, without prefixes that only hidden datatypes ask for."""

    def orderSubjects(self) -> list[Any]:  # noqa: N802
        # The parent sorts by the number of references, so a new link would move whole blocks.
        return sorted(self._subjects, key=self._place)

    def _place(self, subject: Node) -> tuple[bool, bool, Node]:
        return isinstance(subject, BNode), self._references[subject] > 0, subject

    def preprocessTriple(self, triple: _Triple) -> None:  # noqa: N802
        RecursiveSerializer.preprocessTriple(self, triple)
        for position, node in enumerate(triple):
            self.label(node, position)

    def get_pname(self, uri: Node, gen_prefix: bool = False) -> Any:
        return super().get_pname(uri, False)  # type: ignore[no-untyped-call]

    def label(self, node: Node, position: int) -> str:
        # The parent writes the decimal 7500 as 7500.0, which the engine gives back as 7500.
        if isinstance(node, Literal) and node.datatype == XSD.decimal and "." not in node:
            return f'"{node}"^^{self.get_pname(XSD.decimal)}'
        return str(super().label(node, position))  # type: ignore[no-untyped-call]


def rewrite(paths: Iterable[Path]) -> list[Path]:
    """Put the Turtle files under `paths` in canonical form; gives those that changed."""
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.ttl")))
    return [file for file in files if _rewrite(file)]


def _rewrite(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    form = canonical(text)
    file.write_text(form, encoding="utf-8")
    return form != text


if __name__ == "__main__":
    for changed in rewrite(map(Path, sys.argv[1:])):
        print(f"formatted {changed}")
