"""Two SHACL engines of others find what ours find, on each file of wrong data and on the whole graph.

Both get the files of `shapes/bad` in heaps, and find in each what ours find, which `test_shapes.py` holds to what each
file announces; what a heap hides they get by itself. `pyshacl-turbo` gets all files at once as well, `pyrudof` our
graph as it is. Why these two, and what they can and cannot show, stands in docs/decisions/0021-second-opinion.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pyrudof
import pyshacl_turbo
import pytest
from rdflib import SH, XSD, Graph, URIRef
from rdflib.term import Node
from test_shapes import BAD, base, changed, expected, shapes

from vesoc import graphs, places, validation
from vesoc.conversion import as_graph, as_term
from vesoc.names import BASE

# Shape, constraint component, focus node, path, value as N-Triples has it, severity.
Result = tuple[str, str, str, str | None, str | None, str]
Engine = Callable[[Iterable[pyoxigraph.Quad]], set[Result]]
HEAPS = 18


@cache
def compiled() -> Any:  # this package has no types
    return cast(Any, pyshacl_turbo).compile_shapes(shapes().graph)


def by_turbo(quads: Iterable[pyoxigraph.Quad]) -> set[Result]:
    """What pyshacl-turbo finds, on the terms that our own core constraints get."""
    _, results, _ = compiled().validate(as_graph(quads))
    assert isinstance(results, Graph)
    return {_of_report(results, node) for node in results.objects(None, SH.result)}


def _of_report(results: Graph, node: Node) -> Result:
    shape, component = results.value(node, SH.sourceShape), results.value(node, SH.sourceConstraintComponent)
    path, value = results.value(node, SH.resultPath), cast(Any, results.value(node, SH.value))
    severity = str(results.value(node, SH.resultSeverity)).removeprefix(str(SH))
    focus = _plain(as_term(cast(Any, results.value(node, SH.focusNode))))
    told = None if value is None else str(as_term(value))
    return str(shape), str(component), focus, None if path is None else str(path), told, severity


def _plain(term: Any) -> str:
    """An IRI without its brackets, another term as N-Triples has it: as focus nodes are told."""
    return term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)


@cache
def written() -> str:
    """The shapes as text, which rdflib takes longer to write than the engine to read."""
    return shapes().graph.serialize(format="turtle")


def by_rudof(quads: Iterable[pyoxigraph.Quad]) -> set[Result]:
    """What pyrudof finds."""
    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_shacl(written(), pyrudof.ShaclFormat.Turtle)
    text = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert text is not None
    engine.read_data(text.decode(), pyrudof.RDFFormat.NTriples, reader_mode=pyrudof.ReaderMode.Strict)
    return set(map(_of_entry, engine.validate_shacl()))


def _of_entry(entry: pyrudof.ShaclValidationEntry) -> Result:
    path = None if entry.path is None else str(entry.path)
    value = None if entry.value is None else _as_ntriples(str(entry.value))
    told = _as_ntriples(entry.focus_node)
    focus = told[1:-1] if told.startswith("<") else told
    return str(entry.source_shape), entry.constraint_component, focus, path, value, str(entry.severity)


def _as_ntriples(value: str) -> str:
    """A value as N-Triples has it: this engine leaves the brackets of an IRI out, and shortens a datatype."""
    if not value.startswith('"'):
        return f"<{value}>"
    return re.sub(r'(?<="\^\^)xsd:(\w+)$', rf"<{XSD}\1>", value)


def ours(quads: Iterable[pyoxigraph.Quad]) -> set[Result]:
    """What our own run finds."""
    found = validation.check(quads, shapes()).findings
    return {(x.shape, x.component, x.focus, x.path, x.value, x.severity) for x in found}


def announced(path: Path) -> set[Result]:
    """What the first line of a bad file says that our run finds, with the severity that the shape has."""
    shape, component, focus, predicate, value = expected(path)
    return {(shape, component, focus, predicate, value, shapes().severity_of(URIRef(shape)))}


@cache
def whole_graph() -> tuple[pyoxigraph.Quad, ...]:
    files = [file for file in graphs.own_files(places.find()) if file.slug != graphs.METADATA]
    return tuple(quad for file in files for quad in graphs.quads(file, BASE))


def heap(number: int) -> list[pyoxigraph.Quad]:
    """The base graph with what every so many bad files do to it, one on top of the other."""
    return changed(*(path.read_text() for path in BAD[number::HEAPS]))


@cache
def ours_of_heap(number: int) -> frozenset[Result]:
    return frozenset(ours(heap(number)))


@cache
def hidden() -> list[Path]:
    """The files of which no heap shows the finding: in a heap one file can remove what another damages."""
    shown = {result[:2] for number in range(HEAPS) for result in ours_of_heap(number)}
    return [path for path in BAD if expected(path)[:2] not in shown]


@pytest.mark.parametrize("engine", [by_turbo, by_rudof], ids=["turbo", "rudof"])
@pytest.mark.parametrize("number", range(HEAPS))
def test_engine_agrees_on_a_heap_of_wrong_data(number: int, engine: Engine) -> None:
    assert engine(heap(number)) == ours_of_heap(number) != set()


@pytest.mark.parametrize("engine", [by_turbo, by_rudof], ids=["turbo", "rudof"])
def test_engine_finds_what_the_heaps_hide(engine: Engine) -> None:
    """They get a graph of their own, so that no file is left out."""
    assert len(hidden()) < len(BAD) / HEAPS
    for path in hidden():
        assert engine(changed(path.read_text())) == announced(path), path.stem


def test_turbo_agrees_on_all_wrong_data_at_once() -> None:
    quads = changed(*(path.read_text() for path in BAD))
    assert by_turbo(quads) == ours(quads)


def test_rudof_agrees_on_the_whole_graph() -> None:
    assert by_rudof(whole_graph()) == ours(whole_graph()) != set()


def test_all_agree_that_the_base_is_valid() -> None:
    assert by_turbo(base()) == by_rudof(base()) == ours(base()) == set()


def test_an_engine_that_misses_a_finding_is_noticed() -> None:
    """The engines look at the data: without the wrong triple they find nothing, with it they do."""
    wrong = next(path for path in BAD if path.stem == "R10-digest-in-capitals")
    assert by_turbo(base()) != announced(wrong)
    assert by_turbo(changed(wrong.read_text())) == by_rudof(changed(wrong.read_text())) == announced(wrong)
