"""The media types on offer, and the choice of one from an Accept field (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import QueryResultsFormat, RdfFormat

from vesoc.errors import Problem


@dataclass(frozen=True, eq=False)
class Format:
    """A format by its file suffix; `types` are its media types, the one we answer with first."""

    suffix: str
    types: tuple[str, ...]
    engine: RdfFormat | QueryResultsFormat | None = None
    charset: bool = False

    @property
    def media_type(self) -> str:
        """The value of Content-Type."""
        return f"{self.types[0]}; charset=utf-8" if self.charset else self.types[0]


TURTLE = Format("ttl", ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE, charset=True)
N_TRIPLES = Format("nt", ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES)
RDF_XML = Format("rdf", ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML)
JSON_LD = Format("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD)
N_QUADS = Format("nq", ("application/n-quads",), RdfFormat.N_QUADS)
TRIG = Format("trig", ("application/trig",), RdfFormat.TRIG)
HTML = Format("html", ("text/html", "application/xhtml+xml"), charset=True)

JSON_RESULTS = Format("json", ("application/sparql-results+json", "application/json"), QueryResultsFormat.JSON)
XML_RESULTS = Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), QueryResultsFormat.XML)
CSV = Format("csv", ("text/csv",), QueryResultsFormat.CSV, charset=True)
TSV = Format("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV, charset=True)

SPARQL_QUERY = Format("rq", ("application/sparql-query",), charset=True)
LINKSET = Format("linkset", ("application/linkset+json",))
JSON = Format("json", ("application/json",))

BIBTEX = Format("bib", ("application/x-bibtex", "text/x-bibtex"), charset=True)
RIS = Format("ris", ("application/x-research-info-systems",), charset=True)
CSL_JSON = Format("json", ("application/vnd.citationstyles.csl+json", "application/json"))

GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, N_QUADS, TRIG)
TRIPLES = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
TABLES = (JSON_RESULTS, XML_RESULTS, CSV, TSV)
BOOLEANS = (JSON_RESULTS, XML_RESULTS)
ANSWERS = (HTML, JSON_RESULTS, CSV, SPARQL_QUERY)
RESOURCES = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, N_QUADS, TRIG, HTML)
LISTS = (*RESOURCES, CSV)
CITATIONS = (BIBTEX, RIS, CSL_JSON)

EXACT = 3
_SHORT = 500  # characters of a field whose choice is remembered
_QUALITY = re.compile(r"0?\.\d{1,3}|0\.?|1(\.0{0,3})?")  # a client may leave the nought out
_RANGE = re.compile(r"[^\s/]+/[^\s/]+")
_QUOTED = r'"(?:\\.|[^"\\])*"?'
_MEMBER = re.compile(rf'(?:[^,"]|{_QUOTED})+')
_PARAMETER = re.compile(rf'(?:[^;"]|{_QUOTED})+')


@dataclass(frozen=True)
class _Range:
    type: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How well the range names the media type; 0 is not at all."""
        if self.type == media_type:
            return EXACT
        if self.type.endswith("/*") and media_type.startswith(self.type[:-1]):
            return 2
        return int(self.type == "*/*")


def choose(accept: str | None, offers: tuple[Format, ...]) -> Format:
    """The offer that `accept` likes best, the earlier of equals, but a page that it names before them.

    Problem 406 where it likes none.
    """
    return (_remembered if len(accept or "") < _SHORT else _chosen)(accept, offers)


def _chosen(accept: str | None, offers: tuple[Format, ...]) -> Format:
    ranges = [_Range(value, weight) for value, weight in weighted((accept or "").lower()) if _RANGE.fullmatch(value)]
    if not ranges:  # what names nothing asks for nothing
        return offers[0]
    liking = [(_liking(offer, ranges), offer) for offer in offers]
    best = max(quality for quality, _ in liking)
    if best <= 0:
        raise refusal(offers)
    liked = [offer for quality, offer in liking if quality == best]
    return HTML if HTML in liked and any(r.type in HTML.types and r.quality == best for r in ranges) else liked[0]


def refusal(offers: Sequence[Format]) -> Problem:
    """Problem 406 with the list of what there is."""
    types = [offer.types[0] for offer in offers]
    detail = f"none of the media types asked for is on offer: {', '.join(types)}"
    return Problem(406, detail, extra={"offers": types})


_remembered = lru_cache(maxsize=256)(_chosen)


def by_suffix(suffix: str, offers: Sequence[Format]) -> Format | None:
    """The offer with that file suffix."""
    return next((offer for offer in offers if offer.suffix == suffix), None)


def _liking(offer: Format, ranges: list[_Range]) -> float:
    """The quality of the offer's own type; another name of it counts only where it is asked for by name."""
    specificity, quality = _quality(offer.types[0], ranges)
    if specificity == EXACT:
        return quality
    named = [q for s, q in (_quality(alias, ranges) for alias in offer.types[1:]) if s == EXACT]
    return max([quality, *named])


def _quality(media_type: str, ranges: list[_Range]) -> tuple[int, float]:
    matches = ((r.specificity(media_type), r.quality) for r in ranges)
    return max((match for match in matches if match[0]), default=(0, 0.0))


def weighted(field: str) -> list[tuple[str, float]]:
    """The members of a list field with their weights, the parameters left out; commas may stand within quotes."""
    members = (_PARAMETER.findall(member) for member in _MEMBER.findall(field))
    return [(member[0].strip(), _weight(member[1:])) for member in members if member and member[0].strip()]


def parameter(field: str | None, media_type: str, name: str) -> str | None:
    """A parameter of the first member of a list field that names a media type, without its quotes."""
    members = (_PARAMETER.findall(member) for member in _MEMBER.findall(field or ""))
    found = next((member for member in members if member and member[0].strip().lower() == media_type), [])
    pairs = (pair.strip().partition("=") for pair in found[1:])
    return next((value.strip().strip('"') for key, _, value in pairs if key.strip().lower() == name), None)


def _weight(parameters: list[str]) -> float:
    named = (parameter.strip().lower() for parameter in parameters)
    return number(next((p[2:] for p in named if p.startswith("q=")), "1"))


def number(text: str) -> float:
    """The weight of a `q` parameter; 0 for one that is none."""
    return float(text) if _QUALITY.fullmatch(text) else 0.0
