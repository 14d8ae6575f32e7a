"""Ways to garble a query; each takes its chances from one source, so that it can be repeated."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from benchmarks.soak import seeds

_TOKEN = re.compile(r"\s+|<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|[?$]?\w+|.", re.DOTALL)
_NASTY = (
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        ".",
        ";",
        "'",
        '"',
        "'''",
        "\\",
        "\\u",
        "\\uD800",
        "\\U00110000",
        "#",
        "^",
        "*",
    ),
    *(
        "UNION",
        "OPTIONAL",
        "MINUS",
        "SERVICE",
        "SELECT",
        "WHERE",
        "FILTER",
        "BIND",
        "VALUES",
        "GRAPH",
        "?",
        "$1",
        "a",
        "_:b",
    ),
    *(
        "<<",
        ">>",
        "{|",
        "@",
        "@en--ltr",
        "^^",
        "UNDEF",
        "||",
        "&&",
        "DISTINCT",
        "GROUP BY",
        "LIMIT 0",
        "OFFSET 1",
        "NaN",
    ),
)
_NUMBERS = (
    *(
        "0",
        "-0",
        "00",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1e999",
        "1e-999",
        "1" * 400,
    ),
    *("0." + "3" * 400, "18446744073709551616", "4294967296", "1.7976931348623157e309", "2147483648", "1e2147483648"),
)
_LETTERS = (
    *(
        "é",
        "\u202e",
        "\u0301" * 50,
        "😀",
        "\ufeff",
        "\u2028",
        "\x7f",
        "\x01",
        "\x85",
        "\ufffe",
        "\U0010ffff",
        "ß",
        "İ",
        "\ud800",
    ),
    *("\udfff", "\x00", "\x00" * 9, "\r", "\n", "\t", "\xa0", "\u3000", "ﷺ", "١", "Ⅷ"),
)
_OPENERS = (
    *(
        ("{", "}"),
        ("(", ")"),
        ("[ ?p ", " ]"),
        ("OPTIONAL { ", " }"),
        ("SELECT * { ", " }"),
        ("!", ""),
        ("{} UNION ", ""),
    ),
    *(
        ("<<", ">>"),
        ("1 + ", ""),
        ("(^", ")"),
        ("FILTER EXISTS { ", " }"),
        ("-", ""),
        ("IF(1, ", ", 2)"),
        ("?s ?p ?o . ", ""),
    ),
)
_DEPTHS = (2, 10, 100, 1000, 4000)

Texts = Callable[[Random, str], str]


def swapped(random: Random, text: str) -> str:
    """Two tokens change places."""
    tokens = _TOKEN.findall(text) or [""]
    one, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def shortened(random: Random, text: str) -> str:
    """Some tokens are gone."""
    tokens = _TOKEN.findall(text)
    share = random.choice((0.01, 0.05, 0.3))
    return "".join(token for token in tokens if random.random() > share)


def doubled(random: Random, text: str) -> str:
    """A run of tokens stands there several times."""
    tokens = _TOKEN.findall(text) or [""]
    start = random.randrange(len(tokens))
    run = tokens[start : start + random.choice((1, 2, 10, 50))]
    return "".join([*tokens[:start], *run * random.choice((2, 3, 30)), *tokens[start:]])


def sprinkled(random: Random, text: str) -> str:
    """Tokens that do not belong there."""
    return _insert(random, text, random.choices(_NASTY, k=random.randint(1, 3)))


def crossed(random: Random, text: str) -> str:
    """The beginning of one query and the end of another."""
    other = seeds.query(random)
    return text[: random.randrange(len(text) + 1)] + other[random.randrange(len(other)) :]


def nested(random: Random, text: str) -> str:
    """A part of it deep within brackets, or open ones without an end."""
    before, after = random.choice(_OPENERS)
    depth = random.choice(_DEPTHS)
    start = random.randrange(len(text) + 1)
    end = random.randrange(start, len(text) + 1)
    return text[:start] + before * depth + text[start:end] + after * random.choice((depth, depth, 0)) + text[end:]


def enlarged(random: Random, text: str) -> str:
    """Numbers that are too large, small or long."""
    if re.search(r"\d", text) and random.random() < 0.7:
        return re.sub(r"\d+", lambda found: random.choice((found[0], random.choice(_NUMBERS))), text)
    return _insert(random, text, [f" {random.choice(_NUMBERS)} "])


def spelled(random: Random, text: str) -> str:
    """Letters from far away, and none at all."""
    return _insert(random, text, random.choices(_LETTERS, k=random.randint(1, 4)))


def flipped_text(random: Random, text: str) -> str:
    """Bits of its characters turned."""
    letters = list(text)
    for _ in range(random.choice((1, 2, 8))):
        index = random.randrange(len(letters))
        letters[index] = chr(ord(letters[index]) ^ (1 << random.randrange(8)))
    return "".join(letters)


def _insert(random: Random, text: str, pieces: list[str]) -> str:
    for piece in pieces:
        place = random.randrange(len(text) + 1)
        text = text[:place] + piece + text[place:]
    return text


TEXTS: dict[str, Texts] = {
    **{"tokens swapped": swapped, "tokens gone": shortened, "tokens doubled": doubled, "tokens added": sprinkled},
    **{
        "queries crossed": crossed,
        "nesting": nested,
        "numbers": enlarged,
        "unicode": spelled,
        "characters": flipped_text,
    },
}
