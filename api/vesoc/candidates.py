"""What somebody may have meant who asks for a thing that is not there: the nearest names and labels."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from vesoc.names import term

MOST = 5
_LEAST = 0.6  # how alike, of 1
_LOOKED_AT = 40  # names with the most trigrams in common, which are compared letter by letter
_MOST_QUADS = 50_000  # beyond these, which only others' data has, no thing is looked at
_LONGEST = 100  # letters that are compared
_SAME_KIND = 0.1
_LABELS = ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dcterms:title", "foaf:name")


@dataclass(frozen=True)
class _Name:
    text: str
    iri: str


class Candidates:
    """The things of one store by their names, which are read when the first is asked for."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._own = f"{base}id/"

    @cached_property
    def _names(self) -> list[_Name]:
        return list(dict.fromkeys(name for thing in self._things() for name in self._of(thing)))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The names that have each run of three characters, by their place among the names."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for trigram in _trigrams(name.text):
                places[trigram].append(place)
        return places

    def warm(self) -> None:
        """Read the names now."""
        self.near("")

    def near(self, path: str) -> list[tuple[str, str]]:
        """The IRIs of the things whose names are like `path` after /id/, with their kinds, the likest first."""
        kind, _, last = path.rstrip("/").rpartition("/")
        wanted = _plain(unquote(last))
        scores: dict[str, float] = {}
        for name in self._alike(wanted):
            score = SequenceMatcher(None, wanted, name.text).ratio()
            if score >= _LEAST:
                bonus = _SAME_KIND if name.iri.startswith(f"{self._own}{kind}/") else 0
                scores[name.iri] = max(scores.get(name.iri, 0), score + bonus)
        nearest = sorted(scores, key=lambda iri: (-scores[iri], iri))[:MOST]
        return [(iri, iri.removeprefix(self._own).split("/")[0]) for iri in nearest]

    def _alike(self, wanted: str) -> list[_Name]:
        shared = Counter(place for trigram in _trigrams(wanted) for place in self._places.get(trigram, ()))
        return [self._names[place] for place, _ in shared.most_common(_LOOKED_AT)]

    def _things(self) -> dict[NamedNode, None]:
        quads = islice(self._store.quads_for_pattern(None, term("rdf:type"), None, None), _MOST_QUADS)
        subjects = (quad.subject for quad in quads if isinstance(quad.subject, NamedNode))
        return {s: None for s in subjects if s.value.startswith(self._own) and "#" not in s.value}

    def _of(self, thing: NamedNode) -> Iterator[_Name]:
        yield _Name(_plain(unquote(thing.value.rsplit("/", 1)[-1])), thing.value)
        for label in _LABELS:
            for quad in self._store.quads_for_pattern(thing, term(label), None, None):
                if isinstance(quad.object, Literal):
                    yield _Name(_plain(quad.object.value), thing.value)


def _plain(text: str) -> str:
    """Lower case without accents, words joined by hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "-".join("".join(c if c.isalnum() else " " for c in bare).split())[:_LONGEST]


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
