"""The entries of a changelog: a heading with version and day, and the text below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^## (\S+)(?: \(([^)\n]*)\))?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """An entry: its version, its day as it is written, empty where there is none, and its text in Markdown."""

    version: str
    day: str
    text: str


def entries(changelog: str) -> list[Entry]:
    """The entries of a changelog, in its order."""
    found = list(_HEADING.finditer(changelog))
    ends = [one.start() for one in found[1:]] + [len(changelog)]
    pairs = zip(found, ends, strict=True)
    return [Entry(one[1], one[2] or "", changelog[one.end() : end].strip()) for one, end in pairs]
