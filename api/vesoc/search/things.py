"""What can be searched: the things of a store with what they are called and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from vesoc.labels import Labels
from vesoc.names import ROLES, prefixes
from vesoc.search.facets import ACTOR, FACETS, KIND, Facet
from vesoc.words import LANGUAGES

LIMIT = 100_000  # things in an index
_NAMES = (
    *("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name", "schema:name", "vesoc:printedAs"),
    *("skos:altLabel", "skos:hiddenLabel", "skos:notation", "vesoc:functionAsPrinted", "eli:number", "org:identifier"),
)
_TEXTS = (
    *("dcterms:description", "skos:definition", "skos:scopeNote", "vesoc:conditionNote", "rdfs:comment"),
    *("dcterms:audience", "schema:keywords", "schema:description"),
)
_COMPOSED = ("vesoc:Claim", "vesoc:InstrumentChange", "vesoc:EligibilityCriterion")
_UNLISTED = ("vesoc:Evidence", "vesoc:Quantity", "oa:TextPositionSelector", "sd:Graph", "sd:NamedGraph", "void:Dataset")
_UNTOLD = ("vesoc:hasEvidence", "skos:inScheme", "skos:topConceptOf", "rdfs:isDefinedBy")
_SHADES = ("owl:FunctionalProperty", "time:ProperInterval", "sh:SPARQLSelectExecutable")  # said beside another class
_PLACES = """SELECT ?thing ?day (MIN(?at) AS ?start) {
  ?thing (dcterms:isPartOf|vesoc:budgetsFor|vesoc:signs)/dcterms:isPartOf* ?agreement .
  ?agreement a vesoc:Agreement ; vesoc:agreedDuring/dcat:startDate ?day .
  OPTIONAL {
    ?thing vesoc:hasEvidence ?passage .
    ?passage oa:hasSource/vesoc:isTextOf ?agreement ; oa:hasSelector/oa:start ?at .
  }
} GROUP BY ?thing ?day"""
_LAST = ("9999", 0)


@dataclass
class Thing:
    """`names`, `texts` and `about` (the names of what it points to) are lists by language, "" for none."""

    iri: str
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    about: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    place: tuple[str, int] = _LAST

    def title(self, language: str) -> str:
        """The first name in a language, else the first there is."""
        named = self.names.get(language) or self.names.get("") or next(iter(self.names.values()))
        return named[0]


class Things:
    """The things of one store, at most `limit` of them; `left_out` says whether there were more."""

    def __init__(self, store: Store, base: str, limit: int = LIMIT) -> None:
        self._store = store
        self._base = base
        self._limit = limit
        self._prefixes = prefixes(base)
        self._things: dict[str, Thing] = {}
        self.left_out = False
        self._unlisted = self._of_types(_UNLISTED) | self._deprecated()
        self._gather()
        self._compose()
        self._tell()
        self._set_places()

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things.values())

    def values(self, facet: Facet) -> dict[str, set[str]]:
        """The values of a facet with the IRIs of their things."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(f"SELECT DISTINCT ?thing ?value {{ {facet.pattern} }}"):
            if "value" in row:
                found[facet.value(row["value"], self._base)].add(row["thing"])
        return found

    def all_values(self) -> dict[str, dict[str, set[str]]]:
        """The values of all facets, and under `role actor` those of each actor in each role."""
        found = {facet.name: self.values(facet) for facet in FACETS}
        for shade in _SHADES:
            found[KIND.name].pop(shade, None)
        for role in ROLES:
            acting = Facet("", f"?thing vesoc:{role} ?value .", ACTOR.space)
            found["role actor"] = found.get("role actor", {}) | {
                f"{role} {actor}": things for actor, things in self.values(acting).items()
            }
        return found

    def _rows(self, query: str) -> Iterator[dict[str, str]]:
        """The rows of a query on ?thing that are on things of ours, one after another: of all there may be many."""
        found: Any = self._store.query(query, prefixes=self._prefixes)
        names = [variable.value for variable in found.variables]
        for row in found:
            if row["thing"].value in self._things:
                yield {name: row[name].value for name in names if row[name] is not None}

    def _node(self, name: str) -> NamedNode:
        prefix, local = name.split(":", 1)
        return NamedNode(self._prefixes[prefix] + local)

    def _of_types(self, names: Iterable[str]) -> set[str]:
        kind = self._node("rdf:type")
        return {str(s) for name in names for s, _ in self._pairs(kind, self._node(name))}

    def _deprecated(self) -> set[str]:
        return {str(subject) for subject, _ in self._pairs(self._node("owl:deprecated"), Literal(True))}

    def _pairs(self, predicate: NamedNode, value: Any = None) -> Iterator[tuple[NamedNode, Any]]:
        """Subjects and objects of a property, each pair once for each graph that has it."""
        for quad in self._store.quads_for_pattern(None, predicate, value, None):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject, quad.object

    def _thing(self, node: NamedNode) -> Thing | None:
        """The thing of a node, made where there is room for it."""
        if str(node) in self._unlisted:
            return None
        if node.value not in self._things and len(self._things) >= self._limit:
            self.left_out = True
            return None
        return self._things.setdefault(node.value, Thing(node.value))

    def _gather(self) -> None:
        for properties, part in ((_NAMES, "names"), (_TEXTS, "texts")):
            for name in properties:
                for node, value in self._pairs(self._node(name)):
                    thing = self._thing(node) if isinstance(value, Literal) else None
                    if thing:
                        _add(getattr(thing, part), _language(value), value.value)

    def _compose(self) -> None:
        """Names for those that have none of their own."""
        for subject in self._of_types(_COMPOSED):
            self._thing(NamedNode(subject[1:-1]))
        for language in LANGUAGES:
            labels = Labels(self._store, self._base, language)
            for thing in self._things.values():
                if not set(thing.names) - set(LANGUAGES[: LANGUAGES.index(language)]):
                    thing.names[language] = [labels.of(NamedNode(thing.iri))]

    def _tell(self) -> None:
        """The names of what each thing points to: a measure is found by its instrument too."""
        untold = {self._node(name) for name in _UNTOLD}
        for thing in self._things.values():
            quads = self._store.quads_for_pattern(NamedNode(thing.iri), None, None, None)
            objects = {q.object.value for q in quads if isinstance(q.object, NamedNode) and q.predicate not in untold}
            for other in sorted(objects & self._things.keys()):
                for language, names in self._things[other].names.items():
                    thing.about[language] += names[:2]

    def _set_places(self) -> None:
        for row in self._rows(_PLACES):
            self._things[row["thing"]].place = (row["day"], int(row.get("start", 0)))


def _language(text: Literal) -> str:
    """One of our languages; a text in another one is as good as one in none."""
    language = (text.language or "").split("-")[0]
    return language if language in LANGUAGES else ""


def _add(texts: dict[str, list[str]], language: str, text: str) -> None:
    if text not in texts[language]:
        texts[language].append(text)
