"""The distributions: each file of the latest release and each form of the change feed, with its true size."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.catalogue.scope import Scope, moment, number, said, texts, typed
from vesoc.feed.documents import FORMS, ROOT
from vesoc.formats import Format
from vesoc.releases import tables
from vesoc.releases.release import File

FEED = "ldes"
TABLES = "tabellen"
EU = "http://publications.europa.eu/resource/authority/"
LICENCE = NamedNode(f"{EU}licence/CC0")
LANGUAGES = (NamedNode(f"{EU}language/NLD"), NamedNode(f"{EU}language/ENG"))
_IANA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = MappingProxyType(
    {
        "application/ld+json": "JSON_LD",
        "application/n-quads": "RDF_N_QUADS",
        "application/n-triples": "RDF_N_TRIPLES",
        "application/rdf+xml": "RDF_XML",
        "application/trig": "RDF_TRIG",
        "text/csv": "CSV",
        "text/turtle": "RDF_TURTLE",
    }
)
_CSVW = NamedNode("https://www.w3.org/TR/tabular-metadata/")
_LDES = NamedNode("https://w3id.org/ldes/specification")
_PACKED = MappingProxyType({"nl": "{}: {}, ingepakt met gzip", "en": "{}: {}, packed with gzip"})
_PLAIN = MappingProxyType({"nl": "{}: {}", "en": "{}: {}"})
_TABLE = MappingProxyType({"nl": "{}: {}, {}", "en": "{}: {}, {}"})
_STATEMENTS = MappingProxyType(
    {
        "nl": "De dataset in uitgave {} als {}: {} uitspraken in één bestand.",
        "en": "The dataset in release {} as {}: {} statements in one file.",
    }
)
_ROWS = MappingProxyType(
    {
        "nl": "Tabel {} uit uitgave {}: {} rijen; csv-metadata.json ernaast zegt wat elke kolom betekent.",
        "en": "Table {} of release {}: {} rows; csv-metadata.json beside it says what each column means.",
    }
)
_STREAM = MappingProxyType(
    {
        "nl": "De eerste pagina van de stroom als {}; zij leidt naar alle andere pagina’s.",
        "en": "The first page of the stream as {}; it leads to all other pages.",
    }
)


@dataclass(frozen=True)
class Distribution:
    """One way to fetch a dataset; `label` names it in its dataset, `size` is in bytes, None where it is unknown."""

    label: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    access: str
    download: str
    media_type: str
    packing: str | None
    size: int | None
    issued: datetime
    modified: datetime
    conforms: NamedNode
    service: str | None


def triples(scope: Scope, dataset: NamedNode) -> Iterator[Triple]:
    """The distributions of a dataset."""
    for one in of(scope, dataset):
        node = NamedNode(f"{dataset.value}#{one.label}")
        yield from said(dataset, "dcat:distribution", node)
        yield from _described(scope, node, one)


def of(scope: Scope, dataset: NamedNode) -> list[Distribution]:
    """The distributions of a dataset, in a fixed order."""
    name = scope.name(dataset)
    if name == FEED:
        return [_feed(scope, dataset, form) for form in FORMS]
    if name == TABLES:
        titles = _table_titles(scope)
        found = (scope.latest.file(f"tables/{table}") for table in tables.MAIN)
        return [_table(scope, dataset, file, titles) for file in found if file]
    files = sorted((file for file in scope.latest.files if file.part == name), key=lambda file: file.name)
    return [_dump(scope, dataset, file) for file in files]


def _described(scope: Scope, node: NamedNode, one: Distribution) -> Iterator[Triple]:
    yield from typed(node, ("dcat:Distribution",))
    yield from said(node, "dcterms:identifier", Literal(node.value))
    yield from texts(node, "dcterms:title", one.titles)
    yield from texts(node, "dcterms:description", one.descriptions)
    yield from said(node, "dcat:accessURL", scope.at(one.access))
    yield from said(node, "dcat:downloadURL", scope.at(one.download))
    yield from _form(node, one)
    yield from said(node, "dcterms:license", LICENCE)
    yield from said(node, "dcterms:rights", scope.node("rechten"))
    yield from said(node, "dcterms:issued", moment(one.issued))
    yield from said(node, "dcterms:modified", moment(one.modified))
    yield from said(node, "dcterms:language", *LANGUAGES)
    yield from said(node, "dcterms:conformsTo", one.conforms)
    yield from said(node, "dcatap:availability", NamedNode(f"{EU}planned-availability/AVAILABLE"))
    if one.service:
        yield from said(node, "dcat:accessService", scope.node(one.service))


def _form(node: NamedNode, one: Distribution) -> Iterator[Triple]:
    yield from said(node, "dcterms:format", _file_type(one.media_type))
    yield from said(node, "dcat:mediaType", NamedNode(_IANA + one.media_type))
    if one.packing:
        yield from said(node, "dcat:compressFormat", NamedNode(_IANA + one.packing))
    if one.size is not None:
        yield from said(node, "dcat:byteSize", number(one.size))


def _dump(scope: Scope, dataset: NamedNode, file: File) -> Distribution:
    told = {lang: (scope.latest.version, form, str(file.triples)) for lang, form in _forms(scope, file.media_type)}
    return _released(
        scope,
        file,
        label=file.name.removesuffix(".gz").rpartition(".")[2],
        titles=_named(scope, scope.editorial.texts(dataset, "dcterms:title"), file.media_type, file.packing),
        descriptions=_filled(_STATEMENTS, told),
        conforms=NamedNode(f"{scope.settings.base}ns"),
        service="sparql",
    )


def _table(scope: Scope, dataset: NamedNode, file: File, titles: Mapping[str, Mapping[str, str]]) -> Distribution:
    name = file.name.removeprefix("tables/")
    whole, forms = scope.editorial.texts(dataset, "dcterms:title"), _forms(scope, file.media_type)
    told = (name, scope.latest.version, str(file.rows))
    return _released(
        scope,
        file,
        label=name.removesuffix(".csv"),
        titles=_filled(_TABLE, {lang: (whole[lang], titles[name][lang], form) for lang, form in forms}),
        descriptions=_filled(_ROWS, dict.fromkeys(_ROWS, told)),
        conforms=_CSVW,
        service=None,
    )


def _released(scope: Scope, file: File, **told: Any) -> Distribution:
    """The distribution that a file of the latest release is; `told` is what the file does not tell itself."""
    place = _place(scope, file)
    return Distribution(
        access=place,
        download=place,
        media_type=file.media_type,
        packing=file.packing,
        size=file.bytes,
        issued=scope.began(file.name),
        modified=scope.changed(file.name),
        **told,
    )


def _feed(scope: Scope, dataset: NamedNode, form: Format) -> Distribution:
    page = scope.folder / f"{ROOT}.{form.suffix}"
    return Distribution(
        label=form.suffix,
        titles=_named(scope, scope.editorial.texts(dataset, "dcterms:title"), form.types[0], None),
        descriptions=_filled(_STREAM, {lang: (label,) for lang, label in _forms(scope, form.types[0])}),
        access="ldes",
        download=f"ldes.{form.suffix}",
        media_type=form.types[0],
        packing=None,
        size=page.stat().st_size if page.is_file() else None,
        issued=scope.first,
        modified=scope.latest.moment,
        conforms=_LDES,
        service="ldes-dienst",
    )


def _named(scope: Scope, titles: Mapping[str, str], media_type: str, packing: str | None) -> dict[str, str]:
    """The title of a distribution: that of what it holds, and its format."""
    patterns = _PACKED if packing else _PLAIN
    return _filled(patterns, {lang: (titles[lang], form) for lang, form in _forms(scope, media_type)})


def _forms(scope: Scope, media_type: str) -> list[tuple[str, str]]:
    """The name of a format by language."""
    return list(scope.editorial.texts(_file_type(media_type), "skos:prefLabel").items())


def _filled(patterns: Mapping[str, str], values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {lang: pattern.format(*values[lang]) for lang, pattern in patterns.items()}


def _file_type(media_type: str) -> NamedNode:
    return NamedNode(f"{EU}file-type/{_FILE_TYPES[media_type]}")


def _place(scope: Scope, file: File) -> str:
    return f"dumps/{scope.latest.version}/{file.name}"


def _table_titles(scope: Scope) -> dict[str, dict[str, str]]:
    """The titles of the tables by language, as their own metadata has them."""
    described = json.loads((scope.latest.folder / "tables" / tables.METADATA).read_text(encoding="utf-8"))
    return {
        table["url"]: {title["@language"]: title["@value"] for title in table["dc:title"]}
        for table in described["tables"]
    }
