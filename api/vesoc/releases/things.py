"""The things that the data speaks of, as the rows of tables: one table a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from vesoc.graphs import ALIGNMENTS, METADATA, ONTOLOGY, graph_iri
from vesoc.labels import Labels
from vesoc.names import prefixes
from vesoc.words import LANGUAGES

IRI = "@id"

# The table of each class; a thing of several classes is a row of the first.
CLASSES = MappingProxyType(
    {
        "vesoc:Agreement": "agreements",
        "vesoc:AgreementPart": "parts",
        "vesoc:Measure": "measures",
        "vesoc:Instrument": "instruments",
        "vesoc:InstrumentChange": "instrument-changes",
        "vesoc:TargetGroup": "target-groups",
        "vesoc:EligibilityCriterion": "criteria",
        "vesoc:Goal": "goals",
        "vesoc:Indicator": "indicators",
        "vesoc:Quantity": "quantities",
        "vesoc:BudgetLine": "budget-lines",
        "vesoc:BudgetTotal": "budget-totals",
        "vesoc:Claim": "claims",
        "org:Organization": "organisations",
        "foaf:Person": "persons",
        "org:Membership": "posts",
        "vesoc:Signature": "signatures",
        "dcterms:PeriodOfTime": "periods",
        "skos:Concept": "concepts",
        "skos:ConceptScheme": "concept-schemes",
        "vesoc:Evidence": "passages",
        "vesoc:SourceDocument": "sources",
    }
)
OTHERS = "other-things"

# What stands in no table, and why.
LEFT_OUT = MappingProxyType(
    {
        ONTOLOGY: "the terms and what they mean: ontology.ttl has them, columns.csv tells those that the tables use",
        ALIGNMENTS: "which terms of other vocabularies ours are near to: for those who read RDF",
        METADATA: "what is said of the dataset itself: metadata.ttl has it",
    }
)

# Things that stand in the row of the one that points to them by this property.
NESTED = ("oa:hasSelector",)


class Field(NamedTuple):
    """What a value is to its row: the property, and IRI, a language tag or the IRI of a datatype.

    `via` is the property by which the row points to the nested thing that has the value; empty for the row's own.
    """

    predicate: str
    kind: str
    via: str = ""


@dataclass
class Thing:
    """A row: the IRI, its classes, and its values by field, sorted; `nested` are the classes of nested things."""

    iri: str
    types: set[str] = field(default_factory=set)
    values: dict[Field, list[str]] = field(default_factory=lambda: defaultdict(list))
    nested: dict[str, set[str]] = field(default_factory=dict)


class Things:
    """All things of some data, with what they are called; the named graphs of LEFT_OUT only help to name.

    `rows` has the things of each table in the order of their IRIs, the tables in alphabetical order; `table_of` the
    table of each thing.
    """

    def __init__(self, store: Store, base: str) -> None:
        self.base = base
        self.prefixes = prefixes(base)
        quads = [quad for graph in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, graph)]
        self._labels = _labels(quads, base)
        left_out = {graph_iri(slug, base) for slug in LEFT_OUT}
        told = [
            quad for quad in quads if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in left_out
        ]
        self.all = self._gathered(told)
        self._short: dict[str, str] = {}
        self._named = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        self._nest()
        self.table_of = {iri: self._table(thing) for iri, thing in sorted(self.all.items())}
        self.rows = self._rows()

    def expanded(self, name: str) -> str:
        """The IRI of a prefixed name."""
        prefix, local = name.split(":", 1)
        return self.prefixes[prefix] + local

    def short(self, iri: str) -> str:
        """The prefixed name of an IRI, with the longest prefix that fits; the IRI itself where none does."""
        if iri not in self._short:
            fits = [(len(space), prefix) for prefix, space in self.prefixes.items() if iri.startswith(space)]
            length, prefix = max(fits, default=(0, ""))
            self._short[iri] = f"{prefix}:{iri[length:]}" if fits else iri
        return self._short[iri]

    def known(self, iri: str) -> bool:
        """Whether the data says anything of a thing, so that it has a name of its own."""
        return iri in self._named

    def label(self, iri: str, language: str) -> str:
        """What a thing is called; empty for what the data knows nothing of."""
        return self._labels[language].of(NamedNode(iri)) if self.known(iri) else ""

    def term(self, iri: str, language: str) -> str:
        """What a property is called."""
        return self._labels[language].of(NamedNode(iri))

    def definition(self, iri: str, language: str) -> str:
        """The definition of a term of ours; empty for others' terms."""
        found = self._labels[language].values(NamedNode(iri) if iri else None, "skos:definition")
        return next((text.value for text in found if isinstance(text, Literal) and text.language == language), "")

    def _gathered(self, quads: Iterable[Quad]) -> dict[str, Thing]:
        things: dict[str, Thing] = {}
        for subject, name, (kind, value) in sorted(set(map(_told, quads))):
            thing = things.setdefault(subject, Thing(subject))
            if name == self.expanded("rdf:type"):
                thing.types.add(value)
            else:
                thing.values[Field(name, kind)].append(value)
        return things

    def _rows(self) -> dict[str, list[Thing]]:
        found: dict[str, list[Thing]] = defaultdict(list)
        for iri, table in self.table_of.items():
            found[table].append(self.all[iri])
        for things in found.values():
            self._keep_apart(things)
        return dict(sorted(found.items()))

    def _keep_apart(self, things: list[Thing]) -> None:
        """Have the classes that not all rows of a table share stand in a column."""
        shared = set.intersection(*(thing.types for thing in things))
        for thing in things:
            if others := sorted(thing.types - shared):
                thing.values[Field(self.expanded("rdf:type"), IRI)] = others

    def _nest(self) -> None:
        for via in map(self.expanded, NESTED):
            for thing in list(self.all.values()):
                for inner in thing.values.get(Field(via, IRI), []):
                    self._merge(thing, via, inner)

    def _merge(self, thing: Thing, via: str, inner: str) -> None:
        nested = self.all.pop(inner, Thing(inner))
        thing.nested[via] = nested.types
        for told, values in nested.values.items():
            thing.values[Field(told.predicate, told.kind, via)] = values

    def _table(self, thing: Thing) -> str:
        return next((slug for name, slug in CLASSES.items() if self.expanded(name) in thing.types), OTHERS)


def _labels(quads: list[Quad], base: str) -> dict[str, Labels]:
    """Labels from a store of its own, where the default graph holds all, as those who make labels expect."""
    store = Store()
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return {language: Labels(store, base, language) for language in LANGUAGES}


def _told(quad: Quad) -> tuple[str, str, tuple[str, str]]:
    """Subject, predicate, and the object as its kind and text; a blank node is named as in N-Triples."""
    node = quad.object
    kind = (node.language or node.datatype.value) if isinstance(node, Literal) else IRI
    return _text(quad.subject), quad.predicate.value, (kind, _text(node))


def _text(node: Any) -> str:
    return str(node.value) if isinstance(node, NamedNode | Literal) else str(node)
