"""Words that are one typing error away: a letter too many, too few, another one, or two that changed places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

Terms = Callable[[str, str], Iterable[tuple[str, int]]]
FORWARDS, BACKWARDS = "words", "backwards"
_LIKE = 0.75  # of 1, as difflib has it
_SHORT = 4  # letters up to which one letter at an end is all that an error spares
_ENDS = 2


class Spelling:
    """Asks an index for the words that begin in some way, and how many things have each; `terms` does so in a field.

    One error spares the beginning of a word or its end, so that only words with the same are looked at; those with the
    same end begin in the same way where they stand backwards.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def near(self, word: str, most: int) -> list[str]:
        """The words one error away, those of most things first."""
        size = 1 if len(word) <= _SHORT else _ENDS
        likely = dict(self._terms(FORWARDS, word[:size]))
        likely |= {other[::-1]: count for other, count in self._terms(BACKWARDS, word[::-1][:size])}
        found = [(-count, other) for other, count in likely.items() if one_error(word, other)]
        return [other for _, other in sorted(found)[:most]]

    def like(self, word: str) -> str | None:
        """The word most like one that nothing is near to, None where none is."""
        begun = [other for other, _ in self._terms(FORWARDS, word[:1]) if abs(len(other) - len(word)) <= _ENDS]
        return next(iter(get_close_matches(word, begun, n=1, cutoff=_LIKE)), None)


def one_error(left: str, right: str) -> bool:
    """Whether one typing error makes one word out of the other."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    start = _alike(left, right)
    left, right = left[start:], right[start:]
    end = min(_alike(left[::-1], right[::-1]), len(left), len(right))
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _alike(left: str, right: str) -> int:
    """How many letters both begin with."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
