"""What the tables say of themselves: CSV on the Web (Metadata Vocabulary for Tabular Data)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from vesoc.names import term
from vesoc.releases.columns import Column
from vesoc.releases.things import IRI
from vesoc.words import LANGUAGES

SEPARATOR = "|"
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
_DIALECT = MappingProxyType(
    {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
)
_XSD = term("xsd:string").value.removesuffix("string")
_TYPE = term("rdf:type").value


@dataclass(frozen=True)
class Table:
    """A table for its metadata: the name of its file, titles and descriptions by language, and its columns.

    `key` names the columns that together tell a row from the others, `types` are the classes of every row, `nested`
    columns with the classes of what they name, `references` columns with the table that they refer to. Where
    `about` is empty, no RDF is to be read from the table; else it is the column that names what its values belong to.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    columns: tuple[dict[str, Any], ...]
    key: tuple[str, ...]
    types: tuple[str, ...] = ()
    nested: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    about: str = "iri"


def document(titles: Mapping[str, str], tables: Iterable[Table]) -> dict[str, Any]:
    """The table group: all tables with their columns."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _texts(titles),
        "dc:license": {"@id": LICENCE},
        "dialect": dict(_DIALECT),
        "tables": [_table(table) for table in tables],
    }


def column(told: Column, definitions: Mapping[str, str], about: str = "") -> dict[str, Any]:
    """A column of a table of things; `about` is the column that names what its values belong to, if not the first."""
    described = plain(told.name, told.titles, definitions) | _valued(told)
    if told.required:
        described["required"] = True
    if told.many:
        described["separator"] = SEPARATOR
    return described | _stated(told, about)


def plain(
    name: str, titles: Mapping[str, str], definitions: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """A column that says nothing in RDF: its name, which is its header, titles and definition."""
    described: dict[str, Any] = {"name": name, "titles": {"und": name, **titles}}
    if any(definitions.values()):
        described["dc:description"] = _texts(definitions)
    return described


def _valued(told: Column) -> dict[str, Any]:
    if told.kind == IRI:
        return {"datatype": "anyURI"}
    if told.kind.startswith(_XSD):
        return {"datatype": told.kind.removeprefix(_XSD)}
    return {"datatype": "string", **({"lang": told.kind} if told.kind else {})}


def _stated(told: Column, about: str) -> dict[str, Any]:
    """How RDF is read from a cell; a cell of several IRIs cannot tell it, links.csv does."""
    if told.field is None or (told.field.kind == IRI and told.many):
        return {"suppressOutput": True}
    stated = {"propertyUrl": told.field.predicate} | ({"aboutUrl": f"{{+{about}}}"} if about else {})
    return stated | ({"valueUrl": f"{{+{told.name}}}"} if told.field.kind == IRI else {})


def _table(table: Table) -> dict[str, Any]:
    columns = [*table.columns, *_virtual(table)]
    schema: dict[str, Any] = {"columns": columns, "primaryKey": list(table.key), "rowTitles": _row_titles(table)}
    if table.about:
        schema["aboutUrl"] = f"{{+{table.about}}}"
    if table.references:
        schema["foreignKeys"] = [_reference(column, name) for column, name in table.references]
    told = {"url": table.name, "dc:title": _texts(table.titles), "null": "", "tableSchema": schema}
    if any(table.descriptions.values()):
        told["dc:description"] = _texts(table.descriptions)
    return told if table.about else told | {"suppressOutput": True}


def _virtual(table: Table) -> list[dict[str, Any]]:
    """The classes of each row, and of what is nested in it, which stand in no cell."""
    classes = [("iri", kind) for kind in table.types] + list(table.nested)
    return [
        {
            "name": f"type_{place}",
            "virtual": True,
            "aboutUrl": f"{{+{about}}}",
            "propertyUrl": _TYPE,
            "valueUrl": kind,
        }
        for place, (about, kind) in enumerate(classes, 1)
    ]


def _row_titles(table: Table) -> list[str]:
    names = [column["name"] for column in table.columns]
    return [name for name in ("label", *(f"label_{language}" for language in LANGUAGES)) if name in names]


def _reference(column: str, name: str) -> dict[str, Any]:
    return {"columnReference": [column], "reference": {"resource": name, "columnReference": ["iri"]}}


def _texts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items() if text]
