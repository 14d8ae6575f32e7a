"""The fields of addresses and forms: as Python's own library reads them."""

from __future__ import annotations

import random
from urllib.parse import parse_qsl, quote, quote_plus

import pytest

from vesoc.errors import Problem
from vesoc.negotiation import FIELDS, pairs

ALPHABET = "%%%%%%0123456789abcdefABCDEFxuN\\&&==++; é\xff\x00\n\"'"
TEXT = 'ASK { ?s ?p "é\\u0041 %41 + & = \\x41 \U0001f642" }'


def read(text: str) -> list[tuple[str, str]] | None:
    """None for what is refused."""
    try:
        return pairs(text)
    except Problem:
        return None


def expected(text: str) -> list[tuple[str, str]] | None:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        return None


def test_any_text_is_read_as_by_the_library() -> None:
    chance = random.Random(7)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randrange(14))) for _ in range(20_000)]
    assert all(read(text) == expected(text) for text in texts)
    assert {read(text) is None for text in texts} == {True, False}


@pytest.mark.parametrize(
    "text",
    ["", "&", "a", "=", "a=%e2%82%ac", "a=%E2%82", "a=%5Cu0041", "\\x41=\\", "%41=%zz", "a=%", "&" * 999, "&" * 1000],
)
def test_what_is_odd_is_read_as_by_the_library(text: str) -> None:
    assert read(text) == expected(text)


def test_what_cannot_be_read_is_a_bad_request() -> None:
    with pytest.raises(Problem, match="percent-encoded") as caught:
        pairs("a=%E2%82")
    assert caught.value.status == 400


def test_query_comes_through_either_way_of_escaping() -> None:
    assert pairs(f"query={quote(TEXT)}&query={quote_plus(TEXT)}") == [("query", TEXT)] * 2
