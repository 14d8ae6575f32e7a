"""How texts are cut into words, and words brought to their stems, in Dutch and in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

_STEMMERS = MappingProxyType({"nl": "dutch_porter", "en": "english"})  # that named dutch takes begeleiding for beleid
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40  # letters of a word that count
_AGAIN = 256  # texts that may be cut once more: those of one thing are, for each field of the index
_DUTCH = """de het een en of in op te ten ter van voor bij met door om aan uit over naar tot als dat die dit deze er
zijn is was wat wie welke hoe waar wordt worden"""
_ENGLISH = """the a an and or in on at to of for by with from as that this these is are was what who which how where
be"""
_STOP = frozenset(f"{_DUTCH} {_ENGLISH}".split())


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of each word of a text."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(match[0])


@lru_cache(maxsize=_AGAIN)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case and without accents."""
    return tuple(map(fold, _WORD.findall(text)))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word in lower case, without accents, its end cut off where it is too long."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))[:_LONGEST]


def whole(text: str) -> str:
    """A text as its folded words, one space between them."""
    return " ".join(words(text))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    found: str = _stemmer(language).stemWord(word)
    return found


def stems(text: str, language: str) -> str:
    """A text as the stems of its words, one space between them."""
    return " ".join(stem(word, language) for word in words(text))


def telling(found: Iterable[str]) -> list[str]:
    """The words without those that say nothing by themselves in Dutch or English; all where none is left."""
    every = list(found)
    return [word for word in every if word not in _STOP] or every


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language], 0)  # what it has stemmed is remembered above
