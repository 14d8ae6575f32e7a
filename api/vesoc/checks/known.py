"""Which terms there are: those that rdflib lists of well-known vocabularies, and those that an ontology declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache, cached_property
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad
from rdflib import namespace

from vesoc.names import split, term

_LISTS = (
    *("CSVW", "DC", "DCAM", "DCAT", "DCMITYPE", "DCTERMS", "DOAP", "FOAF", "ODRL2", "ORG", "OWL", "PROF", "PROV", "QB"),
    *("RDF", "RDFS", "SDO", "SH", "SKOS", "SOSA", "SSN", "TIME", "VANN", "VOID", "XSD"),
)
# What the lists lack: DCAT 3 (section 6), node expressions of SHACL-AF, the abstract types of XML Schema.
_LACKING: Mapping[str, str] = MappingProxyType(
    {
        "http://purl.org/dc/terms/": "ISO639-2 ISO639-3",
        "http://www.w3.org/2001/XMLSchema#": "anyAtomicType anySimpleType anyType",
        "http://www.w3.org/ns/dcat#": "DatasetSeries first hasCurrentVersion hasVersion inSeries last next nextVersion"
        " prev previousVersion resource seriesMember version",
        "http://www.w3.org/ns/shacl#": "count desc distinct else exists groupConcat if limit max min minus offset"
        " orderBy separator sum then values",
    }
)
# Where a vocabulary stood before.
_OLDER: Mapping[str, str] = MappingProxyType(
    {
        "http://www.w3.org/1999/XMLSchema#": "http://www.w3.org/2001/XMLSchema#",
        "http://www.w3.org/2000/10/XMLSchema#": "http://www.w3.org/2001/XMLSchema#",
        "http://www.w3.org/2001/XMLSchema/": "http://www.w3.org/2001/XMLSchema#",
        "http://www.w3.org/2008/05/skos#": "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/2004/02/skos/": "http://www.w3.org/2004/02/skos/core#",
        "http://purl.org/dc/terms/1.1/": "http://purl.org/dc/terms/",
        "http://vocab.deri.ie/dcat#": "http://www.w3.org/ns/dcat#",
        "http://www.epimorphics.com/vocabularies/org#": "http://www.w3.org/ns/org#",
        "http://schema.org/": "https://schema.org/",
    }
)
_KINDS = frozenset(
    {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Property", "Datatype", "NamedIndividual"}
)
_TYPE = term("rdf:type")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_NEAR, _MOST = 0.6, 3
_WORSE = 0.1  # by so much less alike than the likest, and a name helps nobody


class Terms:
    """The terms of the namespaces of which all are known; `spaces` are others that somebody may nearly write."""

    def __init__(self, quads: Iterable[Quad], own: str, spaces: Iterable[str] = ()) -> None:
        self._declared = frozenset(_declared(quads))
        self._own = own
        self._spaces = (*spaces, *_lists(), own)

    @cached_property
    def _judged(self) -> Mapping[str, frozenset[str]]:
        judged = {**_lists(), self._own: frozenset[str]()}
        return {space: names | self._in(space) for space, names in judged.items()}

    def _in(self, space: str) -> frozenset[str]:
        return frozenset(iri.removeprefix(space) for iri in self._declared if iri.startswith(space))

    def space(self, iri: str) -> str | None:
        """The namespace of a term that is not in it; None where it is, or where the namespace is not judged."""
        start, name = split(iri)
        if start not in self._judged or name in self._judged[start] or not name:
            return None
        return None if start.endswith("rdf-syntax-ns#") and name[0] == "_" and name[1:].isdigit() else start

    def near(self, iri: str, space: str) -> list[str]:
        """The terms of a namespace whose names are like that of an IRI, the likest first."""
        return nearest(iri, (space + name for name in self._judged[space]))

    def meant(self, iri: str) -> tuple[str, str] | None:
        """The namespace that an IRI has and the known one that it nearly is; None where it is no near miss."""
        start, _ = split(iri)
        if start in _OLDER:
            return start, _OLDER[start]
        found = self._miss.fullmatch(iri)
        if found is None:
            return None
        space = self._bare[found["bare"].lower()]
        given = iri.removesuffix(found["name"])
        # Without a mark behind it, the rest of the IRI is only a name where there is a term of that name.
        likely = found["mark"] or found["name"] in self._judged.get(space, ())
        return (given, space) if likely and given != space else None

    @cached_property
    def _bare(self) -> Mapping[str, str]:
        """The namespaces by what is left of them without scheme and last mark."""
        return {_SCHEME.sub("", space).rstrip("#/").lower(): space for space in self._spaces}

    @cached_property
    def _miss(self) -> re.Pattern[str]:
        longest_first = sorted(map(re.escape, self._bare), key=len, reverse=True)
        return re.compile(
            rf"{_SCHEME.pattern}(?P<bare>{'|'.join(longest_first)})(?P<mark>[#/]*)(?P<name>[\w-]*)", re.IGNORECASE
        )


def nearest(iri: str, known: Iterable[str]) -> list[str]:
    """The IRIs whose last part is like that of an IRI, the likest first."""
    names: dict[str, str] = {}
    for other in sorted(known):
        names.setdefault(split(other)[1].lower(), other)
    given = split(iri)[1].lower()
    near = get_close_matches(given, names, _MOST, _NEAR)
    likeness = {name: SequenceMatcher(None, name, given).ratio() for name in near}
    return [names[name] for name in near if likeness[name] > max(likeness.values()) - _WORSE]


def _declared(quads: Iterable[Quad]) -> Iterable[str]:
    for quad in quads:
        typed = quad.predicate == _TYPE and isinstance(quad.object, NamedNode) and split(quad.object.value)[1] in _KINDS
        if typed and isinstance(quad.subject, NamedNode):
            yield quad.subject.value


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """The names of the terms of well-known vocabularies, by namespace."""
    found = {}
    for name in _LISTS:
        terms = getattr(namespace, name)
        space = str(terms._NS)
        found[space] = frozenset(str(term).removeprefix(space) for term in dir(terms)) | _lacking(space)
    return found


def _lacking(space: str) -> frozenset[str]:
    return frozenset(_LACKING.get(space, "").split())
