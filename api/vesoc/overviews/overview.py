"""An overview: what it is called, which questions of the library it asks, what can be chosen, what its page needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from vesoc.pages.view import View

Cells = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """What the reader chooses by a parameter of the address; empty is any, unless there is a default.

    `variable` is that of the queries, `space` what the IRIs of the values begin with, less the base. The values are the
    things of a `source`, a class or scheme by its prefixed name, or those `fixed`, each a prefixed name and a label;
    without both, any thing of the graph will do and the page offers no list.
    """

    name: str
    label: str
    variable: str
    space: str = "id/"
    source: str = ""
    default: str = ""
    fixed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A question of the library whose answer is a part of the page.

    It is asked where all choices that it `needs` are made, and none of those that stand in its place (`unless`).
    """

    name: str
    title: str
    query: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer to a part: the SPARQL that was asked, and its rows by variable; an unbound one is None."""

    part: Part
    text: str
    rows: Sequence[Cells]


@dataclass(frozen=True)
class Chosen:
    """What the reader chose, as the address has it, and the IRIs that this stands for."""

    values: Mapping[str, str]
    iris: Mapping[str, str]

    def get(self, name: str) -> str:
        """The value of a parameter; empty where it is any."""
        return self.values.get(name, "")

    def address(self, path: str, **changes: str) -> str:
        """The path with the choices, some of them changed."""
        fields = {name: value for name, value in {**self.values, **changes}.items() if value}
        return f"{path}?{urlencode(fields, safe='/')}" if fields else path


Answers = Mapping[str, Answer]
Show = Callable[[View, Answers, Chosen], Mapping[str, Any]]


@dataclass(frozen=True)
class Overview:
    """One overview; where no part is named, the first that is asked is meant.

    `show` gives what its page needs, from the answers and what was chosen. Choices in `distinct` may not be the same.
    """

    name: str
    title: str
    sentence: str
    parts: tuple[Part, ...]
    show: Show
    choices: tuple[Choice, ...] = ()
    distinct: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/{self.name}"

    @property
    def template(self) -> str:
        """The template of its page."""
        return f"overviews/{self.name}.html"
