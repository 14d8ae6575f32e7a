"""The library of queries: each answers as expected, and each notices a change of the data that it should notice.

`VESOC_WRITE_ANSWERS=1` writes tests/answers anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from vesoc import library
from vesoc.dataset import Dataset

ROOT = Path(__file__).parent
QUERIES = sorted((ROOT.parent / "queries").glob("*.rq"))
ANSWERS, MUTATIONS = ROOT / "answers", ROOT / "mutations"
LEAST = 40
IRI = re.compile("<([^>]*)>")
query = pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)


def answer(store: Store, path: Path) -> str:
    results = store.query(path.read_text(encoding="utf-8"))
    assert isinstance(results, QuerySolutions)
    return results.serialize(format=QueryResultsFormat.CSV).decode().replace("\r\n", "\n")


def test_library_is_large_enough() -> None:
    assert len(QUERIES) >= LEAST


def test_each_query_has_answer_and_mutation_and_nothing_is_left_over() -> None:
    names = {path.stem for path in QUERIES}
    assert {path.stem for path in ANSWERS.glob("*.csv")} == names
    assert {path.stem for path in MUTATIONS.glob("*.ru")} == names


@query
def test_query_answers_as_expected(graph: Dataset, path: Path) -> None:
    expected = ANSWERS / f"{path.stem}.csv"
    found = answer(graph.store, path)
    if os.environ.get("VESOC_WRITE_ANSWERS"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@query
def test_query_has_rows_unless_it_says_so(path: Path) -> None:
    rows = (ANSWERS / f"{path.stem}.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows or "may-be-empty" in library.read(path).headers


@pytest.fixture(scope="module")
def copy(graph: Dataset) -> Iterator[Store]:
    """A copy of the graph, which each test leaves as it was."""
    store = Store()
    store.extend(graph.store)
    yield store
    assert set(store) == set(graph.store)


def around(store: Store, update: str) -> set[Quad]:
    """The statements on and to what an update names by its IRI."""
    nodes = list(map(NamedNode, set(IRI.findall(update))))
    on = (quad for node in nodes for quad in store.quads_for_pattern(node, None, None, None))
    to = (quad for node in nodes for quad in store.quads_for_pattern(None, None, node, None))
    return {*on, *to}


@query
def test_mutation_changes_the_answer(copy: Store, path: Path) -> None:
    update = (MUTATIONS / f"{path.stem}.ru").read_text(encoding="utf-8")
    before = around(copy, update)
    copy.update(update)
    try:
        assert answer(copy, path) != (ANSWERS / f"{path.stem}.csv").read_text(encoding="utf-8")
    finally:
        after = around(copy, update)
        copy.extend(before - after)
        for quad in after - before:
            copy.remove(quad)


@query
def test_query_file_is_in_form(path: Path) -> None:
    named, text = library.read(path), path.read_text(encoding="utf-8")
    prefixes = [line for line in text.splitlines() if line.startswith("PREFIX ")]
    assert prefixes == sorted(prefixes)
    assert "ORDER BY" in text
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 120
    assert all(f"?{parameter.name}" in text for parameter in named.parameters)
    assert "chart" not in named.headers or named.headers["chart"] in library.CHARTS
