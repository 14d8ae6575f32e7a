"""The tables of a release: all of the data, readable in a spreadsheet, and described so that RDF comes out again."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from conftest import ROOT
from csvw import CSVW
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from rfc3986 import URIReference

from vesoc import dataset, graphs, places
from vesoc.errors import VesocError
from vesoc.graphs import graph_iri
from vesoc.names import BASE, PREFIXES, term
from vesoc.releases import tables
from vesoc.releases.things import CLASSES, LEFT_OUT, OTHERS

Row = dict[str, str]
LINKS_READ = 500  # records of the links that a slow reader is given: they are all of one form
SOME = ("actoren", "begrippen", "iab")
BESIDE = {tables.LINKS, tables.DICTIONARY}
EXAMPLE = NamedNode("https://example.org/graph")


@pytest.fixture(scope="module")
def store() -> Store:
    """The named graphs of the data, without the metadata graph."""
    files = [file for file in graphs.own_files(places.find(ROOT)) if file.slug != graphs.METADATA]
    return dataset.load(files, BASE)


@pytest.fixture(scope="module")
def made(store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, int | None]]]:
    """The folder of the tables, and what their writer tells of them."""
    folder = tmp_path_factory.mktemp("tables")
    return folder, tables.write(store, BASE, folder)


@pytest.fixture(scope="module")
def folder(made: tuple[Path, list[tuple[str, int | None]]]) -> Path:
    return made[0]


@pytest.fixture(scope="module")
def metadata(folder: Path) -> dict[str, Any]:
    return {table["url"]: table for table in group(folder)["tables"]}


def group(folder: Path) -> Any:
    return json.loads((folder / tables.METADATA).read_text(encoding="utf-8"))


def rows(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def row(folder: Path, name: str, short: str) -> Row:
    [found] = [one for one in rows(folder, name) if one["id"] == short]
    return found


def columns(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [column for column in table["tableSchema"]["columns"] if not column.get("virtual")]


def data(store: Store) -> set[Triple]:
    """What the tables have to hold: the statements of all graphs but those that are left out with a reason."""
    left_out = {graph_iri(slug, BASE) for slug in LEFT_OUT}
    return {quad.triple for quad in store if str(quad.graph_name.value) not in left_out}


# --- the RDF that comes out of CSV and metadata, as csv2rdf has it in its minimal mode --------------------------------


def expanded(template: str, values: Row) -> str:
    """A URI template with what the tables use of it: values that stand as they are."""
    return re.sub(r"\{\+(\w+)\}", lambda found: values[found[1]], template)


def literal(text: str, column: dict[str, Any]) -> Literal:
    if "lang" in column:
        return Literal(text, language=column["lang"])
    return Literal(text, datatype=term(f"xsd:{column['datatype']}"))


def stated(values: Row, column: dict[str, Any], schema: dict[str, Any]) -> Iterator[Triple]:
    text = values.get(column["name"], "")
    if column.get("suppressOutput") or not (text or column.get("virtual")):
        return
    subject = NamedNode(expanded(column.get("aboutUrl", schema["aboutUrl"]), values))
    predicate = NamedNode(expanded(column["propertyUrl"], values))
    if "valueUrl" in column:
        yield Triple(subject, predicate, NamedNode(expanded(column["valueUrl"], values)))
    else:
        for part in text.split(column["separator"]) if "separator" in column else [text]:
            yield Triple(subject, predicate, literal(part, column))


def triples(folder: Path, table: dict[str, Any]) -> set[Triple]:
    if table.get("suppressOutput"):
        return set()
    schema = table["tableSchema"]
    read = (stated(values, column, schema) for values in rows(folder, table["url"]) for column in schema["columns"])
    return {triple for told in read for triple in told}


def kept(found: set[Triple]) -> set[Triple]:
    """Triples as the store has them, which may write a number otherwise."""
    held = Store()
    held.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in found)
    return {quad.triple for quad in held}


# --- what is in them --------------------------------------------------------------------------------------------------


def test_tables_hold_the_data_and_nothing_else(folder: Path, metadata: dict[str, Any], store: Store) -> None:
    read = kept(set().union(*(triples(folder, table) for table in metadata.values())))
    assert len(read) > 30_000
    assert read == data(store)


@pytest.mark.parametrize("name", ["agreements.csv", "claims.csv", "links.csv", "measures.csv", "passages.csv"])
def test_a_table_alone_says_only_what_is_true(name: str, folder: Path, metadata: dict[str, Any], store: Store) -> None:
    read = kept(triples(folder, metadata[name]))
    assert read
    assert read <= data(store)


def test_graphs_are_in_tables_or_left_out_with_a_reason(store: Store, graph: dataset.Dataset) -> None:
    slugs = {str(one.value).rpartition("/")[2] for one in graph.store.named_graphs() if isinstance(one, NamedNode)}
    assert set(LEFT_OUT) <= slugs
    assert all(reason.strip() for reason in LEFT_OUT.values())
    subjects = {triple.subject for triple in data(store)}
    assert not any(str(subject).startswith(f"<{PREFIXES['vesoc']}") for subject in subjects)


def test_every_class_with_instances_has_a_table(folder: Path, store: Store) -> None:
    kinds = Counter(str(one.object.value) for one in data(store) if one.predicate == term("rdf:type"))
    named = {PREFIXES[name.partition(":")[0]] + name.partition(":")[2]: slug for name, slug in CLASSES.items()}
    nested = {PREFIXES["oa"] + "TextPositionSelector", PREFIXES["time"] + "ProperInterval"}
    assert set(kinds) == set(named) | nested
    numbers = {slug: len(rows(folder, f"{slug}.csv")) for slug in named.values()}
    narrower = numbers["instruments"] + numbers["target-groups"] + numbers["indicators"]
    assert numbers.pop("concepts") == kinds[PREFIXES["skos"] + "Concept"] - narrower
    assert {slug: kinds[iri] for iri, slug in named.items() if slug in numbers} == numbers


def test_numbers_of_records_are_told(made: tuple[Path, list[tuple[str, int | None]]]) -> None:
    folder, told = made
    assert [name for name, _ in told] == sorted(path.name for path in folder.iterdir())
    assert [name for name, number in told if number is None] == [tables.METADATA]
    assert all(number == len(rows(folder, name)) for name, number in told if number is not None)


def test_main_tables_are_ten_that_there_are(folder: Path) -> None:
    assert len(set(tables.MAIN)) == len(tables.MAIN) == 10
    assert all(len(rows(folder, name)) for name in tables.MAIN)


def test_links_name_both_ends_and_their_tables(folder: Path) -> None:
    iri, group = f"{BASE}id/maatregel/ahad-s01-4a", f"{PREFIXES['vesoc']}hasTargetGroup"
    found = [one for one in rows(folder, tables.LINKS) if (one["from"], one["property"]) == (iri, group)]
    measure = row(folder, "measures.csv", "mtr:ahad-s01-4a")
    assert [one["to"] for one in found] == measure["target_group"].split("|")
    assert [one["to_label_nl"] for one in found] == measure["target_group_nl"].split("|")
    assert {(one["from_table"], one["to_table"], one["property_en"]) for one in found} == {
        ("measures", "target-groups", "target group")
    }


def test_links_lead_to_rows_and_outwards_but_not_into_a_row(folder: Path) -> None:
    found = rows(folder, tables.LINKS)
    assert all(one["from_table"] for one in found)
    assert f"{PREFIXES['oa']}hasSelector" not in {one["property"] for one in found}
    assert {one["to"].startswith(BASE) for one in found if not one["to_table"]} == {True, False}
    assert all(one["to_label_nl"] and one["to_label_en"] for one in found if one["to_table"] not in ("", "passages"))


# --- what people read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", sorted(CLASSES.values()))
def test_iri_short_name_and_labels_come_first(slug: str, folder: Path) -> None:
    found = rows(folder, f"{slug}.csv")
    header = list(found[0])
    assert header[:2] == ["iri", "id"]
    assert header[2:4] == ["label_nl", "label_en"] or (slug, header[2]) == ("persons", "label")
    assert all(one["iri"] == PREFIXES[(short := one["id"]).split(":")[0]] + short.split(":")[1] for one in found)
    assert all(one[name] for one in found for name in header[2:4] if name.startswith("label"))
    assert [one["iri"] for one in found] == sorted(one["iri"] for one in found)


def test_measure_is_told_in_words_and_in_iris(folder: Path) -> None:
    measure = row(folder, "measures.csv", "mtr:ahad-s01-4a")
    assert measure["agreement"] == "akk:ahad"
    assert measure["stated_status_en"]
    assert measure["stated_status"].startswith(PREFIXES["status"])
    header = list(measure)
    assert header.index("passage_end") < header.index("is_part_of"), "what people read stands left of the IRIs"
    assert header.index("theme_nl") + 1 == header.index("theme_en")


def test_everything_within_an_agreement_tells_which(folder: Path) -> None:
    short = {one["id"] for one in rows(folder, "agreements.csv")}
    for name in ("measures.csv", "parts.csv", "goals.csv", "budget-lines.csv", "budget-totals.csv"):
        assert {one["agreement"] for one in rows(folder, name)} <= short, name


def test_passages_stand_in_the_order_of_their_iris(folder: Path) -> None:
    known = {one["iri"]: one for one in rows(folder, "passages.csv")}
    several = 0
    for measure in rows(folder, "measures.csv"):
        passages = [known[iri] for iri in measure["evidence"].split("|")]
        several += len(passages) > 1
        for column, of in {"section": "section_path", "item": "bullet_number", "start": "start", "end": "end"}.items():
            assert measure[f"passage_{column}"].split("|") == [one[of] for one in passages]
        documents = [one["document"].replace(PREFIXES["bron"], "bron:") for one in passages]
        assert measure["passage_document"].split("|") == documents
        starts = [int(one["start"]) for one in passages]
        assert starts == sorted(starts)
    assert several > 100


def test_a_target_value_is_told_with_its_unit(folder: Path) -> None:
    goal = row(folder, "goals.csv", "doel:iab-werkzaamheidsgraad-80")
    assert (goal["target_value_nl"], goal["target_value_en"]) == ("80 procent", "80 per cent")


def test_values_of_several_datatypes_stand_apart(folder: Path) -> None:
    claims = rows(folder, "claims.csv")
    told = Counter(name for one in claims for name in ("claims", "claims_decimal", "claims_string") if one[name])
    assert set(told) == {"claims", "claims_decimal", "claims_string"}
    assert all(float(one["claims_decimal"]) for one in claims if one["claims_decimal"])


def test_no_cell_is_taken_for_a_formula(folder: Path) -> None:
    cells = [
        value for path in sorted(folder.glob("*.csv")) for one in rows(folder, path.name) for value in one.values()
    ]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t") and len(cell) > 1] == []


# --- form -------------------------------------------------------------------------------------------------------------


def test_files_are_as_rfc_4180_has_them(folder: Path) -> None:
    for path in sorted(folder.glob("*.csv")):
        body = path.read_bytes()
        assert not body.startswith(b"\xef\xbb\xbf")
        assert body.endswith(b"\r\n")
        assert body.count(b"\n") == body.count(b"\r\n")
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(record) for record in csv.reader(file, strict=True)}) == 1


def test_headers_are_the_names_of_the_columns(folder: Path, metadata: dict[str, Any]) -> None:
    assert {path.name for path in folder.glob("*.csv")} == set(metadata)
    for name, table in metadata.items():
        header = (folder / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == [column["name"] for column in columns(table)] == [c["titles"]["und"] for c in columns(table)]
        assert len(set(header)) == len(header)
        assert all(re.fullmatch(r"[a-z0-9_]+", column) for column in header)


def test_every_column_has_titles_in_both_languages(metadata: dict[str, Any]) -> None:
    titles = [column["titles"] for table in metadata.values() for column in columns(table)]
    assert len(titles) > 400
    assert all(told["nl"] and told["en"] for told in titles)


def test_columns_are_told_in_a_table_of_their_own(folder: Path, metadata: dict[str, Any]) -> None:
    told = {(one["table"], one["column"]): one for one in rows(folder, tables.DICTIONARY)}
    described = {(name, c["name"]): c for name, table in metadata.items() if name not in BESIDE for c in columns(table)}
    assert set(told) == set(described)
    assert all((one["several"] == "true") == ("separator" in described[key]) for key, one in told.items())
    status = told["measures.csv", "stated_status"]
    assert status["property"] == f"{PREFIXES['vesoc']}hasStatedStatus"
    assert status["values"] == "concepts.csv"
    assert status["meaning_nl"]
    assert status["meaning_en"]


def test_foreign_keys_name_the_tables(metadata: dict[str, Any]) -> None:
    keys = {
        (name, key["columnReference"][0]): key["reference"]["resource"]
        for name, table in metadata.items()
        for key in table["tableSchema"].get("foreignKeys", [])
    }
    assert keys["measures.csv", "is_part_of"] == "parts.csv"
    assert keys["signatures.csv", "signed_by"] == "persons.csv"
    assert ("parts.csv", "is_part_of") not in keys, "a part stands in a part or in an agreement"
    assert ("measures.csv", "theme") not in keys, "a cell of several names no one row"


def test_group_says_title_and_licence(folder: Path) -> None:
    told = group(folder)
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {text["@language"] for text in told["dc:title"]} == {"nl", "en"}
    assert told["dc:license"] == {"@id": "http://creativecommons.org/publicdomain/zero/1.0/"}


@pytest.fixture
def shortened(folder: Path, tmp_path: Path) -> Path:
    """The tables with only the first links."""
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    lines = (copy / tables.LINKS).read_bytes().split(b"\r\n")
    (copy / tables.LINKS).write_bytes(b"\r\n".join(lines[:LINKS_READ]) + b"\r\n")
    return copy


def test_another_reader_of_csvw_finds_no_fault(shortened: Path) -> None:
    read = CSVW(str(shortened / tables.METADATA), validate=True)
    # It reads each table several times, and would take each IRI of it apart anew each time.
    with patch.object(URIReference, "from_string", cache(URIReference.from_string)):
        assert read.is_valid, [str(warning.message) for warning in read.warnings]
    assert len(read.tables) == len(CLASSES) + len(BESIDE)


def test_same_data_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    graphs_read = {NamedNode(graph_iri(slug, BASE)) for slug in SOME}
    quads = [quad for quad in store if quad.graph_name in graphs_read]
    assert len(quads) > 5000
    found = []
    for seed in range(2):
        random.Random(seed).shuffle(quads)
        other, folder = Store(), tmp_path / f"{seed}"
        for quad in quads:
            other.add(quad)
        folder.mkdir()
        tables.write(other, BASE, folder)
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert found[0] == found[1]


# --- data that is not there yet ---------------------------------------------------------------------------------------


def written(folder: Path, *told: tuple[str, str, Any]) -> Path:
    """The tables of a few statements, of prefixed names and literals."""
    made = Store()
    for subject, predicate, value in told:
        node = NamedNode(value) if isinstance(value, str) else value
        made.add(Quad(NamedNode(f"https://example.org/{subject}"), term(predicate), node, EXAMPLE))
    tables.write(made, BASE, folder)
    return folder


def test_a_class_that_no_table_is_for_has_one_all_the_same(tmp_path: Path) -> None:
    written(tmp_path, ("a", "rdf:type", "https://example.org/Kind"), ("b", "dcterms:title", Literal("B")))
    assert [one["iri"] for one in rows(tmp_path, f"{OTHERS}.csv")] == ["https://example.org/a", "https://example.org/b"]


def test_a_mark_among_several_values_is_refused(tmp_path: Path) -> None:
    title = ("a", "dcterms:title", Literal("x|y"))
    assert rows(written(tmp_path, title), f"{OTHERS}.csv")[0]["label"] == "x|y"
    with pytest.raises(VesocError, match=r"label: a value holds \|, which parts"):
        written(tmp_path, title, ("a", "dcterms:title", Literal("z")))


def test_properties_with_one_end_keep_their_prefix(tmp_path: Path) -> None:
    made = written(tmp_path, ("a", "dcterms:date", Literal("1")), ("a", "schema:date", Literal("2")))
    [found] = rows(made, f"{OTHERS}.csv")
    assert (found["dcterms_date"], found["schema_date"]) == ("1", "2")


def test_types_that_not_all_rows_have_stand_in_the_table(tmp_path: Path) -> None:
    kind = PREFIXES["skos"] + "Concept"
    made = written(
        tmp_path, ("a", "rdf:type", kind), ("b", "rdf:type", kind), ("b", "rdf:type", "https://example.org/K")
    )
    [table] = [one for one in group(made)["tables"] if one["url"] == "concepts.csv"]
    assert {str(one.object.value) for one in triples(made, table)} == {kind, "https://example.org/K"}


def test_another_reader_of_csvw_misses_a_row_that_others_name(tmp_path: Path) -> None:
    person = ("b", "rdf:type", PREFIXES["foaf"] + "Person"), ("b", "foaf:name", Literal("B"))
    signature = ("a", "rdf:type", PREFIXES["vesoc"] + "Signature"), ("a", "vesoc:signedBy", "https://example.org/b")
    made = written(tmp_path, *person, *signature)
    assert CSVW(str(made / tables.METADATA), validate=True).is_valid
    lines = (made / "persons.csv").read_bytes().split(b"\r\n")
    (made / "persons.csv").write_bytes(b"\r\n".join(lines[:1] + lines[2:]))
    with pytest.raises(ValueError, match=r"example.org.* not found in table persons\.csv"):
        assert CSVW(str(made / tables.METADATA), validate=True).is_valid
