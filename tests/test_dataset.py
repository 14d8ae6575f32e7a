"""The graph as the server holds it: named graphs, a default graph, a digest and dumps."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, Triple, parse

from vesoc import dataset, graphs, places
from vesoc.dataset import Dataset
from vesoc.graphs import METADATA, GraphFile, graph_iri
from vesoc.names import BASE

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "http://127.0.0.1:8000/"
PREFIX = "@prefix e: <http://example.org/> . "


def triples(store: Store, graph: NamedNode | DefaultGraph) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]


def union(store: Store) -> list[Triple]:
    names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    return [triple for name in names for triple in triples(store, name)]


def stated() -> dict[str, set[Triple]]:
    """The triples of our files by graph, as a parser reads them."""
    found: dict[str, set[Triple]] = defaultdict(set)
    for file in graphs.own_files(places.find(ROOT)):
        found[graph_iri(file.slug or "", BASE)] |= {quad.triple for quad in parse(path=str(file.path))}
    return found


def own(folder: Path, text: str = "", more: str = "") -> Dataset:
    """A graph of two files, with a graph of each."""
    texts = {"ontology/vesoc.ttl": "", "ontology/alignments.ttl": "", "data/ttl/a.ttl": text, "data/ttl/b.ttl": more}
    for name, content in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIX + content, encoding="utf-8")
    return dataset.build_own(graphs.own_files(places.Places(folder)), BASE, ADDRESS)


def given(folder: Path, **texts: str) -> Dataset:
    paths = []
    for suffix, text in texts.items():
        paths.append(folder / f"x.{suffix}")
        paths[-1].write_text(text, encoding="utf-8")
    return dataset.build_given(graphs.given_files(paths), BASE)


def test_no_triple_stands_in_two_graphs(graph: Dataset) -> None:
    counts = Counter(union(graph.store))
    assert [str(triple) for triple, number in counts.items() if number > 1] == []


def test_default_graph_holds_each_triple_once(graph: Dataset) -> None:
    default = triples(graph.store, DefaultGraph())
    assert len(default) == len(set(default))
    assert set(default) == set(union(graph.store))


def test_triple_of_two_graphs_stands_once_in_the_default_graph(tmp_path: Path) -> None:
    data = own(tmp_path, "e:a e:b 1 .", "e:a e:b 1 .")
    query = "SELECT (COUNT(*) AS ?n) { <http://example.org/a> ?p ?o }"
    [row] = data.store.query(query)
    assert row["n"].value == "1"


def test_store_gives_every_file_back(graph: Dataset) -> None:
    for iri, expected in stated().items():
        held = set(triples(graph.store, NamedNode(iri)))
        assert expected <= held
        assert iri == graph_iri(METADATA, BASE) or expected == held


def test_data_has_no_blank_nodes(graph: Dataset) -> None:
    nodes = {node for quad in graph.store for node in (quad.subject, quad.object, quad.graph_name)}
    assert [node for node in nodes if isinstance(node, BlankNode)] == []


def test_graphs_are_those_of_the_files_and_the_metadata(graph: Dataset) -> None:
    files = {graph_iri(file.slug or "", BASE) for file in graphs.own_files(places.find(ROOT))}
    assert {name.value for name in graph.store.named_graphs() if isinstance(name, NamedNode)} == {
        *files,
        graph_iri(METADATA, BASE),
    }


def test_counts_leave_the_metadata_out(graph: Dataset) -> None:
    assert graph_iri(METADATA, BASE) not in graph.counts.graphs
    assert graph.counts.triples == sum(graph.counts.graphs.values())


def test_metadata_tells_where_the_server_is(tmp_path: Path) -> None:
    held = triples(own(tmp_path, "e:a e:b 1 .").store, NamedNode(graph_iri(METADATA, BASE)))
    assert NamedNode(f"{ADDRESS}sparql") in {triple.object for triple in held}


def test_counts_of_a_small_graph(tmp_path: Path) -> None:
    counts = own(tmp_path, "e:a a e:T ; e:b 1 . e:c a e:T .", "e:c e:b 1 .").counts
    assert (counts.triples, counts.subjects, counts.classes, counts.properties) == (4, 2, 1, 2)


def test_digest_does_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    first = own(tmp_path / "1", "e:a e:b 1 , 2 .", "e:c e:d 3 .")
    second = own(tmp_path / "2", "e:a e:b 2 . e:a e:b 1 .", "e:c e:d 3 .")
    assert first.digest == second.digest


def test_digest_follows_the_graph_that_a_triple_is_in(tmp_path: Path) -> None:
    assert own(tmp_path / "1", "e:a e:b 1 .").digest != own(tmp_path / "2", "", "e:a e:b 1 .").digest


def test_digest_does_not_depend_on_the_address(tmp_path: Path) -> None:
    first = own(tmp_path, "e:a e:b 1 .")
    files = graphs.own_files(places.Places(tmp_path))
    assert dataset.build_own(files, BASE, "https://example.org/").digest == first.digest


def test_progress_tells_each_file(tmp_path: Path) -> None:
    own(tmp_path)
    files: list[GraphFile] = []
    dataset.build_own(graphs.own_files(places.Places(tmp_path)), BASE, ADDRESS, files.append)
    assert [file.path.name for file in files] == ["vesoc.ttl", "alignments.ttl", "a.ttl", "b.ttl"]


# --- dumps ---------------------------------------------------------------------------------------------------------


def test_quads_dump_leaves_out_metadata_and_default_graph(tmp_path: Path) -> None:
    data = own(tmp_path, "e:a e:b 1 .", "e:a e:b 1 .")
    names = {quad.graph_name for quad in parse(dataset.dump(data.store, BASE, "nq"), format=RdfFormat.N_QUADS)}
    assert names == {NamedNode(graph_iri(slug, BASE)) for slug in "ab"}


@pytest.mark.parametrize(("suffix", "form"), [("nt", RdfFormat.N_TRIPLES), ("ttl", RdfFormat.TURTLE)])
def test_triples_dump_has_each_triple_once(tmp_path: Path, suffix: str, form: RdfFormat) -> None:
    data = own(tmp_path, "e:a e:b 1 .", "e:a e:b 1 . e:c e:b 2 .")
    assert len(list(parse(dataset.dump(data.store, BASE, suffix), format=form))) == 2


def test_lines_of_a_dump_are_sorted(graph: Dataset) -> None:
    lines = dataset.dump(graph.store, BASE, "nq").splitlines()
    assert lines == sorted(lines)


def test_dumps_of_the_graph_say_the_same(graph: Dataset) -> None:
    found = {
        suffix: {quad.triple for quad in parse(dataset.dump(graph.store, BASE, suffix), format=form)}
        for suffix, form in (("nq", RdfFormat.N_QUADS), ("nt", RdfFormat.N_TRIPLES), ("ttl", RdfFormat.TURTLE))
    }
    assert len(found["nq"]) == graph.counts.triples
    assert found["nt"] == found["nq"]
    assert found["ttl"] == found["nq"]


def test_quads_dump_loads_into_another_store(graph: Dataset) -> None:
    store = Store()
    store.load(dataset.dump(graph.store, BASE, "nq"), format=RdfFormat.N_QUADS)
    assert len(store) == sum(graph.counts.graphs.values())


# --- other people's data -------------------------------------------------------------------------------------------


def test_other_people_s_files_load_as_they_stand(tmp_path: Path) -> None:
    data = given(
        tmp_path,
        ttl="_:x <http://example.org/p> 007 .",
        trig="<http://example.org/g> { <http://example.org/a> <http://example.org/p> 1 }",
        nq="<http://example.org/a> <http://example.org/p> <http://example.org/b> <http://example.org/h> .",
        jsonld='{"@id": "http://example.org/a", "http://example.org/q": "x"}',
        rdf="""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">
<r:Description r:about="http://example.org/a"><e:r>x</e:r></r:Description></r:RDF>""",
    )
    assert len(data.store) == 5
    assert len(triples(data.store, DefaultGraph())) == 3
    assert {name.value for name in data.store.named_graphs() if isinstance(name, NamedNode)} == {
        "http://example.org/g",
        "http://example.org/h",
    }


def test_other_people_s_default_graph_is_as_written(tmp_path: Path) -> None:
    data = given(tmp_path, trig="<http://example.org/g> { <http://example.org/a> <http://example.org/p> 1 }")
    assert triples(data.store, DefaultGraph()) == []


def test_dump_of_other_people_s_triples_is_not_empty(tmp_path: Path) -> None:
    data = given(tmp_path, ttl="<http://example.org/a> <http://example.org/p> 1 .")
    assert len(dataset.dump(data.store, BASE, "nq").splitlines()) == 1


def test_dump_of_other_people_s_data_has_default_and_named_graphs(tmp_path: Path) -> None:
    data = given(
        tmp_path,
        ttl="<http://example.org/a> <http://example.org/p> 1 .",
        trig="<http://example.org/g> { <http://example.org/a> <http://example.org/p> 2 }",
    )
    assert len(dataset.dump(data.store, BASE, "nq").splitlines()) == 2
    assert data.counts.triples == 2


def test_digest_of_other_people_s_data_follows_its_bytes(tmp_path: Path) -> None:
    first = given(tmp_path, ttl="<http://example.org/a> <http://example.org/p> 1 .")
    second = given(tmp_path, ttl="<http://example.org/a> <http://example.org/p> 2 .")
    assert first.digest != second.digest


def test_empty_file_gives_an_empty_store(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.touch()
    assert len(dataset.load([GraphFile(path)], BASE)) == 0
