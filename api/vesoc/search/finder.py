"""What an index finds for a text: each word in its stems, unfinished, inside compounds or one typing error away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vesoc.search.language import stem, telling, whole, words
from vesoc.search.spelling import Spelling
from vesoc.words import LANGUAGES

LONGEST = 200  # characters of a question that are read
MOST_WORDS = 12
_PREFIX, _NEAR = 3, 3  # letters that a word has before it counts as unfinished or as mistyped
_MOST_NEAR = 3
_EXACT, _TIE = 40.0, 0.1


@dataclass(frozen=True)
class Word:
    """A word of the question; where it is nowhere as it stands, `near` are those one typing error away that are."""

    text: str
    near: tuple[str, ...] = ()
    missing: bool = False

    @property
    def sought(self) -> tuple[str, ...]:
        """What was looked for in its place."""
        return self.near or (self.text,)


@dataclass(frozen=True)
class Found:
    """The numbers of the things with their scores; `loose` where no thing has all of the words."""

    scores: dict[int, float]
    words: tuple[Word, ...]
    loose: bool = False


class Finder:
    """Asks the index in a folder, in one process: it is opened by whoever asks."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._t = tantivy
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader(reload_policy="manual")
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._spelling = Spelling(self._searcher.terms_with_prefix)

    def find(self, text: str, language: str, typing: bool = False) -> Found:
        """What fits a text; the last word of one that is being typed may be any beginning."""
        spelled = telling(words(text[:LONGEST]))[:MOST_WORDS]
        if not spelled:
            return Found({}, ())
        least = [1 if typing and place == len(spelled) - 1 else _PREFIX for place in range(len(spelled))]
        tried = [self._word(word, language, letters) for word, letters in zip(spelled, least, strict=True)]
        asked = tuple(word for word, _ in tried)
        known = [query for word, query in tried if not word.missing]
        if not known:
            return Found({}, asked)
        exact = self._constant("exact", whole(text), _EXACT)
        scores = self._scores(known, exact) if len(known) == len(tried) else {}
        return Found(scores, asked) if scores else Found(self._scores([self._any(known)], exact), asked, loose=True)

    def instead(self, text: str) -> str | None:
        """The text with words that are there for those that are not nor are one error away, None where none is like."""
        found = [(word, self._spelling.like(word)) for word in telling(words(text[:LONGEST]))[:MOST_WORDS]]
        other = " ".join(like or word for word, like in found)
        return other if any(like and like != word for word, like in found) else None

    def _word(self, word: str, language: str, least: int) -> tuple[Word, Any]:
        """A word of the question, and what finds it."""
        sure = self._best([*self._stemmed(word, language), *self._unfinished(word, least)])
        if self._finds(sure):
            return Word(word), sure
        near = self._spelling.near(word, _MOST_NEAR) if len(word) >= _NEAR else []
        likely = self._best(query for other in near for query in self._stemmed(other, language))
        return Word(word, tuple(near), missing=not near), likely

    def _stemmed(self, word: str, language: str) -> Iterable[Any]:
        yield self._constant("exact", word, _EXACT / 2)
        for each in LANGUAGES:
            own = each == language
            weights = {"name": 4.0 if own else 3.0, "text": 1.5 if own else 1.0, "about": 1.2 if own else 0.8}
            for field, weight in weights.items():
                yield self._boosted(self._term(f"{field}_{each}", stem(word, each)), weight)
        for field, weight in (("name_parts", 2.5), ("text_parts", 0.7)):
            yield self._boosted(self._term(field, stem(word, "nl")), weight)

    def _unfinished(self, word: str, least: int) -> Iterable[Any]:
        if len(word) >= least:
            for field, weight in (("name_words", 3.0), ("text_words", 0.5)):
                yield self._boosted(self._beginning(field, word), weight)

    def _term(self, field: str, text: str) -> Any:
        return self._t.Query.term_query(self._schema, field, text)

    def _beginning(self, field: str, text: str) -> Any:
        return self._t.Query.fuzzy_term_query(self._schema, field, text, distance=0, prefix=True)

    def _constant(self, field: str, text: str, score: float) -> Any:
        return self._t.Query.const_score_query(self._term(field, text), score)

    def _boosted(self, query: Any, weight: float) -> Any:
        return self._t.Query.boost_query(query, weight)

    def _best(self, queries: Iterable[Any]) -> Any:
        return self._t.Query.disjunction_max_query(list(queries), _TIE)

    def _any(self, queries: list[Any]) -> Any:
        return self._t.Query.boolean_query([(self._t.Occur.Should, query) for query in queries])

    def _scores(self, required: list[Any], exact: Any) -> dict[int, float]:
        """The numbers of what has all that is required, with their scores; more for what is called exactly so."""
        occur = self._t.Occur
        query = self._t.Query.boolean_query([*((occur.Must, each) for each in required), (occur.Should, exact)])
        hits = self._searcher.search(query, limit=max(1, self._searcher.num_docs), count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {int(number or 0): score for number, (score, _) in zip(numbers, hits, strict=True)}

    def _finds(self, query: Any) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)
