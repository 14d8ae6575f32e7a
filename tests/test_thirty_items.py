"""The page with thirty items says what the graph says. `VESOC_WRITE_PAGES=1` writes it anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pyoxigraph import Store
from thirty_items import DRAWN, PAGE, draw, page, write

from vesoc import coverage, texts
from vesoc.dataset import Dataset
from vesoc.names import BASE, PREFIXES
from vesoc.texts import Text


@pytest.fixture(scope="module")
def read(graph: Dataset, sources: Path) -> list[Text]:
    return texts.find(graph.store, BASE, sources)


@pytest.fixture(scope="module")
def expected(graph: Dataset, read: list[Text]) -> str:
    return page(graph.store, BASE, read)


def sections(text: str) -> dict[str, str]:
    """What the page says of each item."""
    _, *found = re.split(r"^### (\S+)\n", text, flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def test_page_says_what_the_graph_says(expected: str) -> None:
    if os.environ.get("VESOC_WRITE_PAGES"):
        write(expected)
    assert PAGE.read_text(encoding="utf-8") == expected


def test_page_has_the_items_drawn(expected: str, read: list[Text]) -> None:
    agreements = ("ahad", "iab", "inim")
    codes = [item.code for text in read if text.slug in agreements for item in text.items()]
    assert len(set(codes)) == len(codes)
    assert set(sections(expected)) == set(draw(codes))
    assert len(sections(expected)) == DRAWN


def test_page_has_every_measure_of_an_item(graph: Dataset, expected: str, read: list[Text]) -> None:
    told = sections(expected)
    covered = [one for text in read for one in coverage.cover(graph.store, BASE, text).items if one.item.code in told]
    measures = [(one.item.code, iri.rsplit("/", 1)[-1]) for one in covered for iri in one.measures]
    assert len(measures) > DRAWN
    assert [pair for pair in measures if f"#### Maatregel `{pair[1]}`" not in told[pair[0]]] == []


def test_each_item_has_something_to_say(expected: str) -> None:
    assert [code for code, told in sections(expected).items() if "\n#### " not in told] == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE WHERE { ?measure vesoc:hasStatedStatus ?status }",
        "DELETE { ?passage vesoc:sha256 ?digest } INSERT { ?passage vesoc:sha256 'x' } "
        "WHERE { ?passage a vesoc:Evidence ; vesoc:sha256 ?digest }",
        "INSERT { ?measure vesoc:consults orgn:vdab } WHERE { ?measure a vesoc:Measure }",
    ],
)
def test_page_follows_the_graph(graph: Dataset, read: list[Text], expected: str, change: str) -> None:
    store = Store()
    store.extend(graph.store)
    store.update(change, prefixes=PREFIXES)
    assert page(store, BASE, read) != expected
