"""What stands on a page: values, statements with their marks, rows of them, passages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Value:
    """One value on a page: a link where it has an address, else a text with its language.

    `iri` is that of a thing and `kind` the first segment of its path, which says what it is.
    """

    text: str
    href: str | None = None
    language: str | None = None
    iri: str | None = None
    kind: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Passage:
    """Where a statement stands: its number on the page, the address of its text, its source, section, item, range."""

    number: int
    href: str
    iri: str
    source: Value
    section: str
    item: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Statement:
    """A value with the passages that bear it out; `verdict` where it is a claim that does not hold as it stands."""

    value: Value
    passages: tuple[Passage, ...] = ()


@dataclass
class Row:
    """A property and what is said by it; `total` is larger than the number of statements where some are left out.

    `more` is where all of them are.
    """

    name: Value
    statements: list[Statement] = field(default_factory=list)
    total: int = 0
    predicate: str = ""
    more: str | None = None
