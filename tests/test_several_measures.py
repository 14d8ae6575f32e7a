"""docs/several-measures.md lists the items that make more than one promise; `VESOC_WRITE_PAGES=1` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from vesoc.coverage import cover
from vesoc.dataset import Dataset
from vesoc.texts import find

PAGE = Path(__file__).parent.parent / "docs" / "several-measures.md"
HEAD = """# Items with more than one measure

One promise is one measure, so an item with n promises has n measures. These are the items with more than one.

| item | measures | |
| --- | ---: | --- |
"""


def page(graph: Dataset, sources: Path) -> str:
    lines = []
    for text in find(graph.store, graph.base, sources):
        for covered in cover(graph.store, graph.base, text).items:
            names = [iri.rsplit("/", 1)[-1] for iri in covered.measures]
            if len(names) > 1:
                lines.append(f"| {covered.item.code} | {len(names)} | {', '.join(names)} |\n")
    return HEAD + "".join(lines)


def test_page_lists_them(graph: Dataset, sources: Path) -> None:
    expected = page(graph, sources)
    if os.environ.get("VESOC_WRITE_PAGES"):
        PAGE.write_text(expected, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == expected
