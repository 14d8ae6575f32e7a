"""Where the passages stand that bear out a row: document, section, item and range."""

from __future__ import annotations

from vesoc.releases.things import IRI, Field, Thing, Things

EVIDENCE = "vesoc:hasEvidence"

# What tells the place of a passage: the end of the column's name, what it is called in nl and en, and its datatype.
PLACES = (
    ("document", "document", "document", "xsd:string"),
    ("section", "sectie", "section", "xsd:string"),
    ("item", "punt in de tekst", "item in the text", "xsd:string"),
    ("start", "begin van het bereik", "start of the range", "xsd:integer"),
    ("end", "einde van het bereik", "end of the range", "xsd:integer"),
)
_PROPERTIES = ("oa:hasSource", "vesoc:sectionPath", "vesoc:bulletNumber", "oa:start", "oa:end")


class Passages:
    """The passages of some data; `places` has for each IRI the texts of PLACES, empty where nothing is told."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._properties = [things.expanded(name) for name in _PROPERTIES]
        self._evidence = Field(things.expanded(EVIDENCE), IRI)
        pointed = {iri for thing in things.all.values() for iri in thing.values.get(self._evidence, ())}
        self.places = {iri: self._place(things.all.get(iri, Thing(iri))) for iri in sorted(pointed)}
        self._order = {iri: (texts[0], int(texts[3] or 0), iri) for iri, texts in self.places.items()}

    def of(self, thing: Thing) -> list[str]:
        """The passages of a row, in the order of the texts."""
        return sorted(thing.values.get(self._evidence, ()), key=self._order.__getitem__)

    def property(self, place: int) -> str:
        """The property that tells one of PLACES."""
        return self._properties[place]

    def _place(self, passage: Thing) -> list[str]:
        told = {field.predicate: self._text(field, values) for field, values in passage.values.items()}
        return [told.get(name, "") for name in self._properties]

    def _text(self, field: Field, values: list[str]) -> str:
        return self._things.short(values[0]) if field.kind == IRI else values[0]
