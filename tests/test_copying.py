"""What the editors write is in their own words: no text of theirs shares a long run of words with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from vesoc.names import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
VESOC = Namespace(PREFIXES["vesoc"])
RUN = 8  # consecutive words
OWN_WORDS = (RDFS.label, RDFS.comment, SKOS.definition, SKOS.scopeNote, DCTERMS.description, VESOC.conditionNote)
NAMES = (SKOS.prefLabel, SKOS.altLabel)


def words(text: str) -> list[str]:
    """Words in lower case; what is joined by a hyphen, an apostrophe or a full stop is one."""
    return re.findall(r"\w+(?:[-'’.]\w+)*", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of that many words in a text."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


@cache
def graph() -> Graph:
    found = Graph()
    for folder in ("ontology", "data"):
        for path in sorted((ROOT / folder).rglob("*.ttl")):
            found.parse(path)
    return found


def written() -> Iterator[tuple[URIRef, Literal]]:
    """What the editors wrote; official titles of agreements and parts are not theirs."""
    measures = set(graph().subjects(RDF.type, VESOC.Measure))
    for subject, predicate, value in graph():
        if predicate in OWN_WORDS or (predicate == DCTERMS.title and subject in measures):
            yield subject, value


def named() -> set[tuple[str, ...]]:
    """Runs inside names: a group or an instrument is called what a source calls it, also within a definition."""
    return {run for name in NAMES for value in graph().objects(None, name) for run in runs(value)}


def copied(sources: Path) -> Iterator[str]:
    printed = {run for path in sorted(sources.glob("*.txt")) for run in runs(path.read_text(encoding="utf-8"))}
    assert len(printed) > 10_000
    printed -= named()
    for subject, value in written():
        for run in sorted(runs(value) & printed)[:1]:
            yield f"{subject} ({value.language}): {' '.join(run)}"


def test_runs_are_words_in_a_row() -> None:
    assert runs("Een, twee; drie vier vijf zes zeven\nacht negen") == {
        ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"),
        ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    }


def test_joined_words_are_one() -> None:
    assert words("N.B. 55-plussers, foto’s (m.b.t.) één.") == ["n.b", "55-plussers", "foto’s", "m.b.t", "één"]


def test_there_is_something_to_compare() -> None:
    assert len(list(written())) > 1000


def test_no_text_of_ours_is_copied(sources: Path) -> None:
    assert sorted(copied(sources)) == []
