"""The words of a text that a question asked for, and the piece of a long text in which they stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from vesoc.search.finder import Word
from vesoc.search.language import spans, stem
from vesoc.words import LANGUAGES

_PREFIX, _INSIDE = 3, 4  # letters from which the beginning of a word, and a part of one, is marked
_ALIKE = 2  # letters that a word and its other forms begin with
_LONG, _BEFORE = 240, 60  # characters of a piece, and of those before the first marked word
Pieces = list[tuple[str, bool]]


class Marker:
    """Marks what was sought: the words themselves, other forms of them, and compounds that hold them."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._asked = len(words := tuple(words))
        self._sought = frozenset(text for word in words for text in word.sought)
        self._stems = {stem(word, language) for word in self._sought for language in LANGUAGES}
        self.marks = cache(self._marks)

    def count(self, text: str) -> int:
        """How many different words of a text are marked."""
        return len({word for _, _, word in spans(text) if self.marks(word)}) if self._sought else 0

    def knows(self, text: str) -> bool:
        """Whether a text has as many marked words as there are words in the question."""
        return self.count(text) >= self._asked

    def pieces(self, text: str) -> Pieces:
        """The text in pieces, each with whether it is marked."""
        found: Pieces = []
        end = 0
        for start, stop, word in spans(text) if self._sought else ():
            if self.marks(word):
                found += [(text[end:start], False), (text[start:stop], True)]
                end = stop
        return [(piece, marked) for piece, marked in [*found, (text[end:], False)] if piece]

    def snippet(self, text: str) -> Pieces:
        """The pieces of a short text, or of the part of a long one where the first marked word stands."""
        return self.pieces(text if len(text) <= _LONG else self._cut(text))

    def _cut(self, text: str) -> str:
        first = next((start for start, _, word in spans(text) if self.marks(word)), 0)
        start = text.rfind(" ", 0, max(0, first - _BEFORE)) + 1 if first > _BEFORE else 0
        end = text.rfind(" ", start, start + _LONG) if start + _LONG < len(text) else len(text)
        return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"

    def _marks(self, word: str) -> bool:
        if any(word == sought or (len(sought) >= _PREFIX and word.startswith(sought)) for sought in self._sought):
            return True
        if any(len(part) >= _INSIDE and part in word for part in self._stems):
            return True
        # Stemming takes its time, and leaves the beginning of a word as it is.
        alike = any(word[:_ALIKE] == sought[:_ALIKE] for sought in self._sought)
        return alike and any(stem(word, language) in self._stems for language in LANGUAGES)
