"""The columns of a table: what its rows have in common, readable values on the left and IRIs on the right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from vesoc.names import ROLES
from vesoc.releases.passages import EVIDENCE, PLACES, Passages
from vesoc.releases.things import IRI, NESTED, Field, Thing, Things
from vesoc.words import LANGUAGES

# The properties that name a thing, the first that a table has; the columns are called `label`.
_NAMES = ("skos:prefLabel", "dcterms:title", "rdfs:label", "foaf:name")

# Others' properties whose name says less than ours do.
_CALLED = MappingProxyType({"dcterms:subject": "theme", "dcterms:type": "kind", "oa:hasSource": "document"})

# These stand first, in this order; the others by name, and the passages last.
_FIRST = (
    "skos:definition",
    "dcterms:description",
    "skos:notation",
    "eli:number",
    "dcterms:isPartOf",
    "dcterms:type",
    "vesoc:hasStatedStatus",
    "vesoc:conditionNote",
    "vesoc:hasActionKind",
    "dcterms:subject",
    "vesoc:concernsInstrument",
    "vesoc:hasTargetGroup",
    *(f"vesoc:{role}" for role in ROLES),
    "vesoc:appliesDuring",
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
Reading = Callable[[Thing], list[str]]
Titles = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Column:
    """A column; `read` gives the values of a row's cell.

    `kind` is that of the values: IRI, a language tag, the IRI of a datatype, or empty for texts of no one language.
    `field` is what the values are to the row, None where the column only repeats what stands elsewhere, so that no
    statement is to be read from it. `many` says that a cell may hold several values, `required` that none is empty,
    `table` in which table all the things stand that it names by IRI.
    """

    name: str
    titles: Titles
    read: Reading
    kind: str = ""
    field: Field | None = None
    predicate: str = ""
    many: bool = False
    required: bool = False
    table: str = ""


class Columns:
    """The columns of the table with these rows."""

    def __init__(self, things: Things, passages: Passages, rows: list[Thing]) -> None:
        self._things = things
        self._passages = passages
        self._rows = rows
        self._fields = sorted({told for thing in rows for told in thing.values}, key=_rank)
        self._names = dict(self._named(list(dict.fromkeys((told.predicate, told.via) for told in self._fields))))
        self._label = next((name for name in map(things.expanded, _NAMES) if (name, "") in self._names), "")

    def all(self) -> list[Column]:
        """The columns in their order."""
        groups: dict[str, list[Field]] = {}
        for told in sorted(self._fields, key=self._place):
            groups.setdefault(told.predicate, []).append(told)
        readable = [column for fields in groups.values() for column in self._readable(fields)]
        links = [self._link(told) for fields in groups.values() for told in fields if told.kind == IRI]
        return [*self._first(), *self._agreement(), *readable, *links]

    def _named(self, predicates: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
        """Each property with the name of its column: the end of its IRI, with the prefix where two have one end."""
        short = {pair: self._things.short(pair[0]) for pair in predicates}
        ends = Counter(map(_end, short.values()))
        for pair, name in short.items():
            yield pair, _end(name) if ends[_end(name)] == 1 else f"{name.partition(':')[0]}_{_end(name)}"

    def _place(self, told: Field) -> tuple[int, str]:
        name = self._things.short(told.predicate)
        last = len(_FIRST) + (name == EVIDENCE)
        return _FIRST.index(name) if name in _FIRST else last, self._names[told.predicate, told.via]

    def _first(self) -> Iterator[Column]:
        """The IRI, the short name and the label of the row."""
        yield self._column("iri", _titles("IRI", "IRI"), lambda thing: [thing.iri], kind=IRI, required=True)
        yield self._column("id", _titles("korte naam", "short name"), self._short, required=True)
        labels = [told for told in self._fields if told.predicate == self._label]
        if labels:
            yield from (self._literal(told, "label", labels) for told in labels)
        else:
            yield from self._labels("label", _titles("label", "label"), lambda thing: [thing.iri])

    def _short(self, thing: Thing) -> list[str]:
        return [self._things.short(thing.iri)]

    def _readable(self, fields: list[Field]) -> Iterator[Column]:
        """What people read of a property: texts, numbers and days, and the labels of things."""
        if self._things.short(fields[0].predicate) == EVIDENCE:
            yield from self._passage_columns()
        elif fields[0].predicate != self._label:
            for told in fields:
                name = self._names[told.predicate, told.via]
                if told.kind != IRI:
                    yield self._literal(told, name, fields)
                elif self._named_there(told):
                    yield from self._labels(name, self._titled(told), self._reading(told), told.predicate)

    def _named_there(self, told: Field) -> bool:
        """Whether any of what a property points to has a label, other than what is part of the row."""
        nested = self._things.short(told.predicate) in NESTED
        return not nested and any(self._things.known(iri) for iri in self._values(told))

    def _literal(self, told: Field, name: str, fields: list[Field]) -> Column:
        """Texts in one language or values of one datatype; the name tells which where there are several."""
        others = any(field.kind == IRI or ":" in field.kind for field in fields if field != told)
        suffix = told.kind if ":" not in told.kind else told.kind.rpartition("#")[2] if others else ""
        titles = {language: f"{text} ({suffix})" if suffix else text for language, text in self._titled(told).items()}
        return self._stated("_".join(filter(None, (name, suffix))), titles, self._reading(told), told)

    def _labels(self, name: str, titles: Titles, iris: Reading, predicate: str = "") -> Iterator[Column]:
        for language in LANGUAGES:
            told = {spoken: f"{text} ({language})" for spoken, text in titles.items()}
            read = self._labelled(iris, language)
            yield self._column(f"{name}_{language}", told, read, iris, kind=language, predicate=predicate)

    def _labelled(self, iris: Reading, language: str) -> Reading:
        return lambda thing: [self._things.label(iri, language) for iri in iris(thing)]

    def _link(self, told: Field) -> Column:
        titles = {language: f"{text} (IRI)" for language, text in self._titled(told).items()}
        tables = {self._things.table_of.get(iri, "") for iri in self._values(told)}
        evidence = self._things.short(told.predicate) == EVIDENCE
        read = self._passages.of if evidence else self._reading(told)
        table = tables.pop() if len(tables) == 1 else ""
        return self._stated(self._names[told.predicate, told.via], titles, read, told, table)

    def _agreement(self) -> Iterator[Column]:
        """The agreement that things stand in, by its short name, where they are parts of one."""
        if (self._things.expanded("dcterms:isPartOf"), "") in self._names:
            yield self._column("agreement", _titles("akkoord", "agreement"), self._within)

    def _within(self, thing: Thing) -> list[str]:
        part = Field(self._things.expanded("dcterms:isPartOf"), IRI)
        seen: set[str] = set()
        while (wholes := thing.values.get(part)) and thing.iri not in seen:
            seen.add(thing.iri)
            thing = self._things.all.get(wholes[0], Thing(wholes[0]))
        return [self._things.short(thing.iri)] if seen else []

    def _passage_columns(self) -> Iterator[Column]:
        """Where the passages of a row stand, each in the same order as their IRIs."""
        for place, (told, dutch, english, datatype) in enumerate(PLACES):
            titles = _titles(f"vindplaats: {dutch}", f"passage: {english}")
            more = {"kind": self._things.expanded(datatype), "predicate": self._passages.property(place)}
            yield self._column(f"passage_{told}", titles, self._placed(place), self._passages.of, **more)

    def _placed(self, place: int) -> Reading:
        return lambda thing: [self._passages.places[iri][place] for iri in self._passages.of(thing)]

    def _column(self, name: str, titles: Titles, read: Reading, counted: Reading | None = None, **more: Any) -> Column:
        """A column of this table; `counted` reads as many values as `read`, sooner."""
        many = any(len((counted or read)(thing)) > 1 for thing in self._rows)
        return Column(name, titles, read, many=many, **more)

    def _stated(self, name: str, titles: Titles, read: Reading, told: Field, table: str = "") -> Column:
        filled = all(any(thing.values.get(told, ())) for thing in self._rows)
        more = {"kind": told.kind, "field": told, "predicate": told.predicate, "required": filled, "table": table}
        return self._column(name, titles, read, None, **more)

    def _titled(self, told: Field) -> Titles:
        return {language: self._things.term(told.predicate, language) for language in LANGUAGES}

    def _values(self, told: Field) -> Iterable[str]:
        return (value for thing in self._rows for value in thing.values.get(told, ()))

    def _reading(self, told: Field) -> Reading:
        return lambda thing: thing.values.get(told, [])


def _titles(dutch: str, english: str) -> Titles:
    return dict(zip(LANGUAGES, (dutch, english), strict=True))


def _rank(told: Field) -> tuple[str, int, Field]:
    """Dutch before English, as everywhere."""
    return told.predicate, LANGUAGES.index(told.kind) if told.kind in LANGUAGES else len(LANGUAGES), told


def _end(name: str) -> str:
    """The end of a prefixed name as a column has it: hasTargetGroup is target_group."""
    end = _CALLED.get(name) or _WORDS.sub("_", name.rpartition(":")[2]).lower()
    return end.removeprefix("has_")
