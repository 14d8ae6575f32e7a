"""The words that a Dutch compound is made of, told from the other words of the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

_LEAST = 4  # letters of a part; shorter ones are found in words that have nothing to do with them
_LINKS = ("", "s", "e", "en", "er")  # what Dutch puts between the parts


class Compounds:
    """Takes words apart into those of `vocabulary`, all folded to lower-case letters without accents."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = {word for word in vocabulary if len(word) >= _LEAST and word.isalpha()}
        self.parts = cache(self._parts)

    def _parts(self, word: str) -> frozenset[str]:
        """The parts of a word, and theirs; none where it is no compound."""
        found: set[str] = set()
        for head, tail in self._splits(word):
            found |= {head, tail} | self.parts(head) | self.parts(tail)
        return frozenset(found)

    def _splits(self, word: str) -> Iterator[tuple[str, str]]:
        for cut in range(_LEAST, len(word) - _LEAST + 1):
            tail = word[cut:]
            if tail in self._known:
                yield from ((head, tail) for head in self._heads(word[:cut]))

    def _heads(self, text: str) -> Iterator[str]:
        for link in _LINKS:
            head = text.removesuffix(link) if link else text
            if head in self._known and (not link or text.endswith(link)):
                yield head
