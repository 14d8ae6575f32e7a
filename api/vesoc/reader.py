"""Who reads a page: the language, the colours and the address that they have before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Reader:
    """`language` is nl or en, `theme` one of THEMES, `here` the path and query of the page."""

    language: str
    theme: str = THEMES[0]
    here: str = "/"

    def document(self) -> dict[str, str]:
        """The reader as JSON has it."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, str]) -> Reader:
        """The reader that `document()` gave."""
        return cls(document["language"], document["theme"], document["here"])
